import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.claims.figure import figures
from copytaster.claims.prose import Prose


def found(text: str) -> list[tuple[float | None, float | None, str | None, str | None, str | None]]:
    return [
        (f.value, f.upto, f.qualifier, f.unit, f.counted)
        for f in figures(Prose(text), 0, len(text))
    ]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("more than 35,000 people arrested", (35000, None, "more than", None, "people arrested")),
        ("a $1.5bn loan", (1.5e9, None, None, "$", None)),
        ("cost about £20 million", (2e7, None, "about", "£", None)),
        ("28 journalists", (28, None, None, None, "journalists")),
        ("six lifeboats", (6, None, None, None, "lifeboats")),
        ("thousands beaten by police", (None, None, None, None, "beaten")),
        ("at least a dozen arrests", (12, None, "at least", None, "arrests")),
        ("nearly 31 per cent of voters", (31, None, "nearly", "%", "of voters")),
        ("10 to 15 lorries", (10, 15, None, None, "lorries")),
        ("between $2 million and $3 million", (2e6, 3e6, "between", "$", None)),
        ("twenty-one boats", (21, None, None, None, "boats")),
        ("two hundred thousand votes", (200000, None, None, None, "votes")),
        ("half a million euros", (500000, None, None, "euros", None)),
        ("14 metres long", (14, None, None, "metres", "long")),
    ],
)
def test_figures(text: str, figure: tuple[object, ...]) -> None:
    assert found(f"They saw {text}.") == [figure]


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2016.",
        "On March 2 they met.",
        "On 20 March they met.",
        "At 10:30 they met, at 3 p.m. they left.",
        "Rudge, 58, did not speak.",
        "His sixth term, the 15th meeting.",
        "A 12-year-old boy.",
        "On Channel 4, under Article 5.",
        "One of them left; no one stayed.",
        "Sept. 26, 2016",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


@given(
    st.text(st.sampled_from("0123456789,.$%- abmnthousandtwo–\n") | st.characters(), max_size=60)
)
def test_anything_goes(text: str) -> None:
    for figure in figures(Prose(text), 0, len(text)):
        assert 0 <= figure.span[0] < figure.span[1] <= len(text)
        assert figure.upto is None or (figure.value is not None and figure.upto > figure.value)
