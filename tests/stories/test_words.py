import re

from hypothesis import given
from hypothesis import strategies as st

from copytaster.stories import words

TEXTS = st.text(st.one_of(st.characters(max_codepoint=255), st.sampled_from(words._MARKS + "łσ火̀")))


@given(TEXTS)
def test_a_table_finds_what_the_pattern_finds(text: str) -> None:
    assert words.folded(text) == re.findall(r"[^\W_]+", text.casefold())
    assert words.letters(text) == re.findall(r"[^\W\d_]+", text)
    assert words.numbers(text) == set(re.findall(r"\d[\d.,:]*\d", text))


def test_marks_are_no_part_of_a_word() -> None:
    assert not re.search(r"\w", words._MARKS)
    assert words.folded("Rosa’s “Éclair”—500 µg") == ["rosa", "s", "éclair", "500", "μg"]
    assert words.folded_latin("Łódź") is None
