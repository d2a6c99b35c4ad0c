import pytest

from copytaster.copies.furniture import counted, quoted
from copytaster.copies.shingles import words


@pytest.mark.parametrize(
    "text",
    [
        "He said “IN HERE” and went.",
        "Er sagte: „IN HERE“ und ging.",
        "Il a dit « IN HERE » hier.",
        "Er sagte »IN HERE« und ging.",
        '"IN HERE," he said. "IN," he added.',
        "``IN HERE,'' he said.",
        "「IN」と言った",
        'He (5" tall) said "IN HERE".',
        "“IN HERE IN\n\n“IN HERE”, he said.",
        f"“{'a mark set by mistake ' * 70}\nHe said “IN HERE”.",
    ],
)
def test_what_stands_in_quotation_marks(text: str) -> None:
    found = words(text)
    said = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    inside = [word for word, mark in zip(said, quoted(text, found), strict=True) if mark]
    assert inside == [word for word in said if word in ("IN", "HERE", "I", "N")]


def test_words_of_furniture_do_not_count() -> None:
    box = words("sign up for our letter today")
    text = words("it rained sign up for our letter today and it snowed")
    counts = counted(text, box.shingles)
    assert counts.tolist() == [True] * 2 + [False] * 6 + [True] * 3
    assert counted(text, box.shingles[:0]).all()
