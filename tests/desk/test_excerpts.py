"""Excerpts: the words that were searched for, where the article has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Article, Block
from copytaster.desk.excerpts import _FOLDS, _folded, excerpt
from copytaster.desk.query import EVERYWHERE, understand


def article(*body: str, headline: str = "Ferry", standfirst: str | None = "Ferry back") -> Article:
    blocks = tuple(Block("paragraph", text) for text in body)
    return Article(id="1", path="", headline=headline, standfirst=standfirst, body=blocks)


def marked(query: str, *body: str) -> list[str]:
    one = article(*body)
    found = excerpt(one, understand(query, EVERYWHERE).sought)
    if found is None:
        return []
    assert one.text[found.start : found.end] == found.text
    return [one.text[start:end] for start, end in found.marks]


@pytest.mark.parametrize(
    ("query", "body", "words"),
    [
        ("harbour", "The old Harbour, the harbours.", ["Harbour"]),
        ("harb*", "The old Harbour, the harbours.", ["Harbour", "harbours"]),
        ('"old pier"', "An old -- pier and an old ship.", ["old -- pier"]),
        ("émile", "EMILE said, Émile wrote.", ["EMILE", "Émile"]),
        ("паром", "Паром пришёл.", ["Паром"]),
        ("港町", "昨日港町で火事。", ["港町"]),
        ("ship -pier", "The pier and the ship.", ["ship"]),
        ("ship OR pier", "The pier and the ship.", ["pier", "ship"]),
        ("ferry", "No such word here.", []),
        ("outlet:a.example language:en", "en a.example", []),
        ("headline:old since:2020", "An old ship.", ["old"]),
    ],
)
def test_words_are_marked(query: str, body: str, words: list[str]) -> None:
    assert marked(query, body) == words


def test_an_excerpt_is_short_and_of_one_passage() -> None:
    long = "word " * 400
    found = excerpt(article("First.", f"{long}harbour {long}", "Last."), (("harbour", False),))
    assert found
    assert len(found.text) < 250
    assert found.text.startswith("word word") and found.text.endswith(" word")
    alone = excerpt(article("First.", "The harbour.", "Last."), (("harbour", False),))
    assert alone
    assert alone.text == "The harbour."


@given(st.text(max_size=200), st.text(min_size=1, max_size=4), st.booleans())
def test_any_text_and_any_words(body: str, words: str, begins: bool) -> None:
    one = article(body, standfirst=None)
    found = excerpt(one, ((words, begins),))
    if found:
        assert one.text[found.start : found.end] == found.text
        for start, end in found.marks:
            assert found.start <= start < end <= found.end


@given(st.text())
def test_letters_are_folded_one_for_one(text: str) -> None:
    assert _folded(text) == text.translate(_FOLDS)
