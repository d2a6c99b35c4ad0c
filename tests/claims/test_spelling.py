"""Which names may be one person's, and what a text gives as evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.claims.prose import Prose
from copytaster.claims.spelling import (
    acronyms,
    but_for_an_initial,
    fit,
    full_forms,
    is_full,
    offices,
    slug,
    sound,
    untitled,
    words,
)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Alexander Lukashenko", "Alyaksandr Lukashenka", "given name"),
        ("Александр Лукашенко", "Aleksandr Lukashenko", "given name"),
        ("Svetlana Tikhanovskaya", "Sviatlana Tsikhanouskaya", "given name"),
        ("Vladimir Zelenskiy", "Volodymyr Zelensky", "given name"),
        ("Joseph R. Biden", "Joseph Biden", "given name"),
        ("I. Vashko", "President Irina Vashko", "initial"),
        ("Calder", "Peter Calder", "surname"),
        ("Peter Calder", "Ruth Calder", None),
        ("Denny Marsh", "Dana Marsh", None),
        ("Maria Rossi", "Mario Rossi", None),
        ("John A. Smith", "John B. Smith", None),
        ("", "Peter Calder", None),
    ],
)
def test_names_that_may_be_one_persons(one: str, other: str, how: str | None) -> None:
    assert fit(words(one), words(other)) == how == fit(words(other), words(one))


def test_a_full_name_tells_a_person() -> None:
    assert is_full(words("Irina Vashko"))
    assert is_full(words("浦部誠一"))
    assert not is_full(words("Vashko"))
    assert not is_full(words("I. Vashko"))
    assert not is_full(words("President Vashko"))
    assert not is_full(words("--"))


def test_keys() -> None:
    assert slug(words("President Carmen Úbeda’s")) == "carmen-ubeda"
    assert slug(words("O’Neill & Sons")) == "oneill-sons"
    assert slug(words("!!!")) == "nameless"
    assert untitled("President Carmen  Úbeda") == "Carmen Úbeda"
    assert untitled("King Charles") == "King Charles"


def test_what_an_article_gives_as_evidence() -> None:
    text = "Peter Calder, a pilot, was there. Calder said that the Harbour Safety Board (HSB) knew."
    assert full_forms(text, ("calder",)) == {"peter calder"}
    assert full_forms(text, ("peter", "calder")) == set()
    assert list(acronyms(text)) == [("Harbour Safety Board", "HSB")]
    text = "“No,” said Kremlin spokesman Dmitry Peskov."
    start = text.index("Dmitry")
    assert offices(Prose(text), "Dmitry Peskov", (start, start + 13)).all == {
        "spokesman",
        "spokesman russi",
    }


def test_a_middle_initial_more() -> None:
    assert but_for_an_initial(words("Donald J. Trump"), words("Donald Trump"))
    assert not but_for_an_initial(words("Donald J. Trump"), words("Donald K. Trump"))
    assert not but_for_an_initial(words("Donald John Trump"), words("Donald Trump"))
    assert not but_for_an_initial(words("Donald Trump"), words("Donald Trump"))
    assert not but_for_an_initial(words("J. Trump"), words("Trump"))


@given(st.text(max_size=60))
def test_any_text_has_words_and_a_key(text: str) -> None:
    name = words(text)
    key = slug(name)
    assert key
    assert not set("/?#.% ") & set(key)
    assert words(" ".join(name)) == name or len(name) > 1
    if name:
        sound(name[-1])
    full_forms(text, name)
    list(acronyms(text))
