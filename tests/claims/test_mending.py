"""What rules mend after the tagger; its parts are tagged by a stub."""

import pytest
from tests.claims.stub import found
from tests.claims.test_claims import rows


def test_an_inner_claim_has_the_outer_speaker_in_its_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = "at the harbour Stellan Rudge said that it rained"
    text = f"Imogen Vane wrote, {inner}."
    calls = [
        {"source": ["Imogen Vane"], "cue": ["wrote"], "content": [inner]},
        {"source": ["Stellan Rudge"], "cue": ["said"], "content": ["that it rained"]},
    ]
    got = found(monkeypatch, text, calls, person=["Imogen Vane", "Stellan Rudge"])
    assert rows(got) == [
        ("Imogen Vane", [], [inner]),
        ("Stellan Rudge", ["Imogen Vane"], ["that it rained"]),
    ]
    assert [one.within for one in got.claims] == [None, 0]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“It was late, and it rained.” — Ana Low\n\nMore.", "“It was late, and it rained.”"),
        ("“It was late, and it rained,” Ana Low said.", "“It was late, and it rained,”"),
        ("It was late in the town, according to Ana Low.", "It was late in the town"),
        ("It was late in the town, Ana Low said on Friday.", "It was late in the town"),
        ("According to Ana Low, it was late in the town.", "it was late in the town"),
    ],
)
def test_what_is_plain_is_never_missed(
    monkeypatch: pytest.MonkeyPatch, text: str, content: str
) -> None:
    got = found(
        monkeypatch,
        text,
        person=["Ana Low"],
        source=["Ana Low"] if "”" in text and "said" in text else [],
        cue=["said"] if "”" in text else [],
        content=["“It was late, and it rained,”"],
    )
    assert rows(got) == [("Ana Low", [], [content])]


def test_an_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "ANA LOW: Why was it late?\n\nTOM REED: It rained.\n\nANA LOW: And now?"
    got = found(monkeypatch, text, person=["ANA LOW", "TOM REED"])
    assert rows(got) == [
        ("ANA LOW", [], ["Why was it late?"]),
        ("TOM REED", [], ["It rained."]),
        ("ANA LOW", [], ["And now?"]),
    ]


def test_a_quotation_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“It rained,” Ana Low said. She shrugged. “It was late, and it was cold.”"
    got = found(
        monkeypatch,
        text,
        person=["Ana Low"],
        source=["Ana Low"],
        cue=["said"],
        content=["“It rained,”"],
    )
    assert rows(got) == [("Ana Low", [], ["“It rained,”", "“It was late, and it was cold.”"])]


def test_words_before_the_name_are_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“It rained all night,” its head, Ana Low, said."
    got = found(
        monkeypatch,
        text,
        person=["Ana Low"],
        source=["Ana Low,"],
        cue=["said"],
        content=["“It rained all night,” its head"],
    )
    assert rows(got) == [("Ana Low", [], ["“It rained all night,”"])]
    assert text[slice(*got.claims[0].source[0])] == "its head, Ana Low,"


def test_who_asks_not_to_be_named_says_nothing_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    got = found(
        monkeypatch,
        "Two men asked not to be named.",
        source=["Two men"],
        cue=["asked"],
        content=["not to be named"],
    )
    assert rows(got) == []
