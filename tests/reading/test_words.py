from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.words import Words, key

SOME = st.text(alphabet="abc é©😀\ud800", max_size=8)


@given(st.lists(SOME, min_size=1, max_size=8), st.text(alphabet="abc é©😀\ud800"))
def test_words_are_found_where_they_are(words: list[str], text: str) -> None:
    sought = [word for word in words if "\ud800" not in word] or ["a"]
    assert Words(sought).within(text) == {word for word in sought if word in text}


@given(SOME)
def test_a_key_is_letters_and_digits(text: str) -> None:
    assert key(text) == "".join(filter(str.isalnum, text.casefold()))
