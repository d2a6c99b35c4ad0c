import pytest

from copytaster.claims.peeling import peeled
from copytaster.claims.prose import Prose
from copytaster.claims.via import clauses, inside, is_outlet


@pytest.mark.parametrize(
    ("sentence", "rest", "names"),
    [
        ("There is no need to do that, AP reports.", "There is no need to do that", ["AP"]),
        (
            "“All will be brought in,” Solunin said, according to Belta.",
            "“All will be brought in,” Solunin said",
            ["Belta"],
        ),
        (
            "Nobody had to answer, TolvaPress reported, according to MNA News.",
            "Nobody had to answer",
            ["TolvaPress", "MNA News"],
        ),
        (
            "It was a tale, he said, according to TolvaPress, the state agency.",
            "It was a tale, he said",
            ["TolvaPress"],
        ),
        (
            "In remarks carried by the state-run Belta news agency, Solunin said he was ready.",
            "Solunin said he was ready.",
            ["Belta"],
        ),
        ("According to Reuters, prices fell.", "prices fell.", ["Reuters"]),
        ("In an interview with CNN’s Ana Low, she said no.", "she said no.", ["CNN"]),
        ("Rain will fall, the state agency quoted him as saying.", None, []),
        ("More than 300 were held, according to the Svetlitsa rights centre.", None, []),
        ("Prices rose, according to the statistics office.", None, []),
        ("He left, and Reuters closed its office.", None, []),
    ],
)
def test_clauses_at_the_ends(sentence: str, rest: str | None, names: list[str]) -> None:
    found = clauses(sentence, 0, len(sentence))
    assert [sentence[slice(*clause.name)] for clause in found] == names
    if rest is not None:
        start = max([0, *(one.end for one in found if not one.trailing)])
        end = min([len(sentence), *(one.start for one in found if one.trailing)])
        assert sentence[start:end] == rest


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("She told The Associated Press that it was over.", ["Associated Press"]),
        (
            "He said in an interview with the Castarian daily Diario del Estuario.",
            ["Diario del Estuario"],
        ),
        ("Belta quoted Solunin as saying that it rained.", ["Belta"]),
        ("She told the police that it was over.", []),
        ("She told Ana Low that it was over.", []),
    ],
)
def test_outlets_inside_a_sentence(sentence: str, names: list[str]) -> None:
    found = [sentence[slice(*name)] for _, name, _ in inside(sentence, 0, len(sentence))]
    assert [name.removeprefix("The ") for name in found] == names


def test_what_is_an_outlet() -> None:
    assert all(map(is_outlet, ["AP", "the Associated Press", "Velmark Radio", "TolvaPress", "CNN"]))
    assert not any(map(is_outlet, ["Viasna", "Ana Low", "the Interior Ministry", "He", "In"]))
    assert is_outlet("Viasna", own=["Viasna"])


def test_offsets_come_back() -> None:
    text = "According to Reuters, prices fell, an official said.\n\nIt rained, AP reports. It did."
    stripped = peeled(text, ())
    assert [piece.text for piece in stripped.pieces] == [
        "Prices fell, an official said.",
        "It rained. It did.",
    ]
    first, second = stripped.pieces
    assert [text[s:e] for s, e in first.back(0, 6)] == ["prices"]
    assert [text[s:e] for s, e in second.back(0, 10)] == ["It rained", "."]
    assert [text[s:e] for s, e in second.back(11, 17)] == ["It did"]


def test_a_clause_far_from_any_other_is_cheap() -> None:
    assert peeled("a, b, " * 20_000, ()).clauses == ()
    assert Prose("a").sentences == [0]
