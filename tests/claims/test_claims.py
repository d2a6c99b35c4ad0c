"""The whole recipe over texts whose parts a stub tags."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims.stub import found

from copytaster.claim import Claims


def rows(got: Claims) -> list[tuple[str | None, list[str], list[str]]]:
    return [
        (
            one.speaker.name if one.speaker else None,
            [carrier.name for carrier in one.via],
            [got.text[start:end] for start, end in one.content],
        )
        for one in got.claims
    ]


def test_a_quotation_around_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“The wall is standing,” Ulrich Sanders said. “It will stand.”"
    got = found(
        monkeypatch,
        text,
        person=["Ulrich Sanders"],
        source=["Ulrich Sanders"],
        cue=["said"],
        content=["“The wall is standing,”", "“It will stand.”"],
    )
    (claim,) = got.claims
    assert rows(got) == [("Ulrich Sanders", [], ["“The wall is standing,”", "“It will stand.”"])]
    assert (claim.kind, claim.attitude, claim.negated) == ("direct", "statement", False)
    assert claim.found == "tagger" and 0 < claim.confidence <= 1


def test_who_carried_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "President Andrei Solunin said he was ready to talk, TolvaPress reported, "
        "according to Reuters.\n\nPrices fell by a fifth in March, according to Reuters."
    )
    got = found(
        monkeypatch,
        text,
        person=["Andrei Solunin"],
        source=["President Andrei Solunin"],
        cue=["said"],
        content=["he was ready to talk"],
    )
    assert rows(got) == [
        ("Andrei Solunin", ["TolvaPress", "Reuters"], ["he was ready to talk"]),
        ("Reuters", [], ["Prices fell by a fifth in March"]),
    ]


def test_told_to_an_outlet(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "Irina Vashko told the Harbour Post on Friday that it was over. "
        "She told the newspaper that she would go on."
    )
    got = found(
        monkeypatch,
        text,
        person=["Irina Vashko"],
        source=["Irina Vashko", "She"],
        cue=["told"],
        content=["that it was over", "that she would go on"],
    )
    assert rows(got) == [
        ("Irina Vashko", ["Harbour Post"], ["that it was over"]),
        ("Irina Vashko", ["Harbour Post"], ["that she would go on"]),
    ]


def test_a_claim_inside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Imogen Vane said that Stellan Rudge had told the police that the lashings were checked."
    outer = "that Stellan Rudge had told the police that the lashings were checked"
    got = found(
        monkeypatch,
        text,
        person=["Imogen Vane", "Stellan Rudge"],
        source=["Imogen Vane", "Stellan Rudge"],
        cue=["said", "had told"],
        content=[outer],
    )
    assert rows(got) == [("Imogen Vane", [], [outer])]


SPOKEN = {"cue": ["said", "added"], "content": ["it rained", "it was cold"]}


@pytest.mark.parametrize(
    ("text", "source", "speaker", "kind"),
    [
        (
            "Kremlin spokesman Dmitry Peskov said it rained.",
            "Kremlin spokesman Dmitry Peskov",
            "Dmitry Peskov",
            "person",
        ),
        (
            "Dmitry Peskov, the spokesman, said it rained.",
            "Dmitry Peskov, the spokesman,",
            "Dmitry Peskov",
            "person",
        ),
        (
            "A spokesman for Dmitry Peskov said it rained.",
            "A spokesman for Dmitry Peskov",
            "A spokesman for Dmitry Peskov",
            "unnamed",
        ),
        (
            "Dmitry Peskov’s lawyer said it rained.",
            "Dmitry Peskov’s lawyer",
            "Dmitry Peskov’s lawyer",
            "unnamed",
        ),
        (
            "Dmitry Peskov and Ana Low said it rained.",
            "Dmitry Peskov and Ana Low",
            "Dmitry Peskov and Ana Low",
            "unnamed",
        ),
        ("Dmitry Peskov left. Peskov said it rained.", "Peskov", "Dmitry Peskov", "person"),
        ("Ana Low stayed. Dmitry Peskov left. He said it rained.", "He", "Dmitry Peskov", "person"),
        (
            "Kremlin spokesman Dmitry Peskov left. The spokesman said it rained.",
            "The spokesman",
            "Dmitry Peskov",
            "person",
        ),
        (
            "Belarusian President Ana Low met French President Dmitry Peskov. "
            "The French president said it rained.",
            "The French president",
            "Dmitry Peskov",
            "person",
        ),
        ("The captain said it rained.", "The captain", "The captain", "unnamed"),
        (
            "Two officials who asked not to be named said it rained.",
            "Two officials who asked not to be named",
            "Two officials who asked not to be named",
            "unnamed",
        ),
        (
            "Critics like Ana Low said it rained.",
            "Critics like Ana Low",
            "Critics like Ana Low",
            "unnamed",
        ),
        ("Sound Lines said it rained.", "Sound Lines", "Sound Lines", "organisation"),
        (
            "An official at Sound Lines said it rained.",
            "An official at Sound Lines",
            "An official at Sound Lines",
            "unnamed",
        ),
        (
            "The Seln rights centre said it rained.",
            "The Seln rights centre",
            "Seln rights centre",
            "organisation",
        ),
        ("Sound Lines left. The company slept. They said it rained.", "They", None, None),
    ],
)
def test_who_speaks(
    monkeypatch: pytest.MonkeyPatch, text: str, source: str, speaker: str | None, kind: str | None
) -> None:
    got = found(
        monkeypatch,
        text,
        person=["Dmitry Peskov", "Peskov", "Ana Low"],
        organisation=["Sound Lines"],
        source=[source],
        **SPOKEN,
    )
    (claim,) = got.claims
    assert (claim.speaker.name if claim.speaker else None) == speaker
    assert (claim.speaker.kind if claim.speaker else None) == kind
    if claim.speaker:
        assert text[slice(*claim.speaker.mention)] == speaker


def test_unlike_countries_have_unlike_presidents(monkeypatch: pytest.MonkeyPatch) -> None:
    got = found(
        monkeypatch,
        "French President Ana Low slept. The Polish president said it rained.",
        person=["Ana Low"],
        source=["The Polish president"],
        **SPOKEN,
    )
    assert rows(got) == [("The Polish president", [], ["it rained"])]


@pytest.mark.parametrize(
    ("cue", "attitude", "negated"),
    [
        ("said", "statement", False),
        ("did not say", "statement", True),
        ("denied", "statement", True),
        ("did not deny", "statement", False),
        ("hopes", "belief", False),
        ("expressed hope", "statement", False),
        ("is looking for", "intention", False),
        ("plans", "intention", False),
        ("responded to", "act", False),
    ],
)
def test_what_a_cue_makes_of_it(
    monkeypatch: pytest.MonkeyPatch, cue: str, attitude: str, negated: bool
) -> None:
    text = f"Ana Low {cue} rain."
    got = found(
        monkeypatch, text, source=["Ana Low"], person=["Ana Low"], cue=[cue], content=["rain"]
    )
    assert [(one.attitude, one.negated) for one in got.claims] == [(attitude, negated)]


def test_figures_of_the_content_only(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Two doctors said more than 300 people were held."
    got = found(
        monkeypatch,
        text,
        source=["Two doctors"],
        cue=["said"],
        content=["more than 300 people were held"],
    )
    ((figure,),) = [one.figures for one in got.claims]
    assert (figure.value, figure.qualifier, figure.counted) == (300, "more than", "people")
    assert text[slice(*figure.span)] == "more than 300 people"


WORDS = (
    "Ana Low",
    "she",
    "said",
    "it rained",
    "“",
    "”",
    "’s",
    ", AP reports",
    ".",
    "\n\n",
    " ",
    ",",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(WORDS), max_size=30))
def test_anything_goes(monkeypatch: pytest.MonkeyPatch, parts: list[str]) -> None:
    got = found(
        monkeypatch,
        " ".join(parts),
        person=["Ana Low"],
        source=["Ana Low", "she"],
        **SPOKEN,
    )
    for number, claim in enumerate(got.claims):
        spans = [*claim.content, *claim.cue, *claim.source]
        assert all(0 <= start < end <= len(got.text) for start, end in spans)
        assert claim.within is None or claim.within < number


def test_long_texts_take_time_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ana Low said it rained, AP reports. She added it was cold.\n\n" * 3000
    got = found(monkeypatch, text, person=["Ana Low"], source=["Ana Low", "She"], **SPOKEN)
    assert len(got.claims) == 6000
