from itertools import pairwise
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.lines import Piece, pieces

ENGLISH = (
    "The council of Norrhamn decided on Monday that the old lighthouse would be rebuilt by hand, "
    "although nobody knows yet who will pay for it, the mayor said."
)
JAPANESE = (
    "市議会は月曜日、古い灯台を手作業で建て直すことを決めた。"
    "費用を誰が負担するかはまだ分かっていない、と市長は述べた。"
)


def texts(dump: str) -> list[str]:
    return [piece.text for piece in pieces(dump).pieces]


def test_unwrapped_lines_stay_apart() -> None:
    assert texts("One line.\nAnother line.\n\nA third.") == [
        "One line.",
        "Another line.",
        "A third.",
    ]


@pytest.mark.parametrize("width", [60, 80, 132])
def test_wrapped_lines_are_put_together(width: int) -> None:
    wrapped = [fill(f"{n} {ENGLISH}", width) for n in range(6)]
    assert texts("\n\n".join(wrapped)) == [f"{n} {ENGLISH}" for n in range(6)]


def test_lines_wider_than_the_width_were_not_wrapped() -> None:
    long = [f"{n} {ENGLISH}" for n in range(4)]
    short = ["Ferries sail less often from October on", "By Ada Sandell, Norrhamn Courier"] * 4
    assert texts("\n".join([*short, *long])) == [*short, *long]


def test_a_centred_headline_is_put_together() -> None:
    body = "\n\n".join(
        fill(f"{n} {ENGLISH}", 75, initial_indent="   ", subsequent_indent="   ") for n in range(4)
    )
    headline = "Lighthouse of Norrhamn goes dark in spring though nobody knows yet who is for it"
    first, second = (
        headline[:76].rsplit(" ", 1)[0],
        headline[len(headline[:76].rsplit(" ", 1)[0]) :],
    )
    centred = f"  {first}\n{second.strip():^79}".rstrip()
    assert texts(f"{centred}\n\n{body}")[0] == headline


def test_an_item_that_does_not_hang_is_put_together() -> None:
    items = [fill(f"- {n} {ENGLISH}", 80) for n in range(3)]
    assert texts("\n".join(items)) == [f"{n} {ENGLISH}" for n in range(3)]


def test_the_marks_of_html2text_are_taken_away() -> None:
    shown = texts("****** Lighthouse of Norrhamn\ngoes dark ******\nBy_Ada_Sandell\n* * * * *")
    assert shown[0] == "Lighthouse of Norrhamn goes dark"
    assert "By Ada Sandell" in shown
    assert texts("By_Ada_Sandell") == ["By_Ada_Sandell"]


def test_chinese_characters_are_two_columns_wide_and_need_no_space() -> None:
    lines = [JAPANESE[start : start + 20] for start in range(0, len(JAPANESE), 20)]
    assert texts("\n\n".join(["\n".join(lines)] * 4)) == [JAPANESE] * 4


def test_what_lynx_shows() -> None:
    dump = pieces(
        "   #[1]Norrhamn Courier\n\n"
        "     * [2]Home\n     *\n     * [3]Coast\n\n"
        "Lighthouse will be rebuilt\n\n"
        + fill(ENGLISH.replace("old", "[4]old"), 74, initial_indent="   ", subsequent_indent="   ")
        + "\n\n"
        + fill(ENGLISH, 74, initial_indent="   ", subsequent_indent="   ")
        + "\n\n   (BUTTON) Share\n\nReferences\n\n   Visible links:\n"
        "   1. https://norrhamn.example/feed\n   2. https://norrhamn.example/\n"
        "   3. https://norrhamn.example/coast\n   4. https://norrhamn.example/old\n"
    )
    assert dump.numbered
    assert dump.pieces == (
        Piece("Home", 7, True, True, 1, "https://norrhamn.example/"),
        Piece("Coast", 7, True, False, 1, "https://norrhamn.example/coast"),
        Piece("Lighthouse will be rebuilt", 0, False, True, heading=True),
        Piece(ENGLISH, 3, False, True, 1),
        Piece(ENGLISH, 3, False, True),
        Piece("Share", 4, False, True),
    )


def test_a_number_in_brackets_is_no_link_where_no_links_are_listed() -> None:
    assert texts("As was shown before [1] and after.") == ["As was shown before [1] and after."]


@given(st.text("ab .•*\n1[]“市　", max_size=300))
def test_no_word_is_lost_or_made_up(dump: str) -> None:
    given_letters = [character for character in dump if character.isalpha()]
    found = [character for text in texts(dump) for character in text if character.isalpha()]
    rest = iter(given_letters)
    assert all(character in rest for character in found), "in order, and nothing new"


@given(st.lists(st.integers(0, 3), min_size=2))
def test_blank_lines_part(gaps: list[int]) -> None:
    dump = "".join(f"word{n}\n" + "\n" * gap for n, gap in enumerate(gaps))
    found = pieces(dump).pieces
    assert len(found) == len(gaps)
    for gap, (_, after) in zip(gaps, pairwise(found), strict=False):
        assert after.apart == (gap > 0)
