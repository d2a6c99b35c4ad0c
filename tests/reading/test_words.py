from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.words import Words, key, keys

SOME = st.text(alphabet="abc é©—😀\ud800", max_size=8)


@given(st.lists(SOME, min_size=1, max_size=8), st.lists(SOME, min_size=1))
def test_words_are_found_in_the_lines_that_hold_them(words: list[str], lines: list[str]) -> None:
    sought = [word for word in words if word and "\ud800" not in word] or ["a"]
    marks = {1: sought[::2], 2: sought[1::2]}
    assert Words(marks).within("\n".join(lines)) == [
        sum(mark for mark, some in marks.items() if any(word in line for word in some))
        for line in lines
    ]


@given(SOME)
def test_a_key_is_letters_and_digits(text: str) -> None:
    assert key(text) == "".join(filter(str.isalnum, text.casefold()))


@given(st.lists(SOME, min_size=1))
def test_keys_are_the_keys_of_all_lines(lines: list[str]) -> None:
    assert keys(lines) == [key(line) for line in lines]
