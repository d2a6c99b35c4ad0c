"""Similar articles: what must be near, what must hold for any text, and the floors of quality."""

import gzip
import math
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Article, Block
from copytaster.stories.similar import (
    ENTRY,
    MemoryIndex,
    Text,
    counted,
    known,
    nearest,
    similar,
    terms,
    text_of,
    vector,
)

STORIES = Path(__file__).parents[3] / "shared" / "data" / "stories"

FIRE = Text("fire", "Mill burns in Oxley", "The old paper mill in Oxley burned for six hours.")
BLAZE = Text("blaze", "Six hours of fire", "Crews fought a blaze at the paper mill in Oxley.")
VOTE = Text("vote", "Harbour vote delayed", "Councillors put off the vote on the new harbour.")
ISLE = Text("isle", "Ferry fares rise", "The isle council agreed higher fares for the ferry.")
SOME = (FIRE, VOTE, BLAZE, ISLE)


def test_the_same_matter_is_nearest() -> None:
    found = {one.id: one.similar for one in similar(SOME)}
    assert found["fire"][0].id == "blaze"
    assert found["blaze"][0].id == "fire"
    assert all(0 < near.score <= 1 for one in found.values() for near in one)


def test_the_order_of_the_file_decides_nothing_but_the_order_of_lines() -> None:
    forth = list(similar(SOME))
    back = list(similar(reversed(SOME)))
    assert [one.id for one in forth] == [text.id for text in SOME]
    assert forth == back[::-1]


def test_equal_scores_go_by_id() -> None:
    twins = [Text(id, FIRE.headline, FIRE.text) for id in "dbca"]
    found = next(iter(similar([*twins, VOTE])))
    assert [near.id for near in found.similar[:3]] == ["a", "b", "c"]
    assert [near.score for near in found.similar[:3]] == [1, 1, 1]


def test_a_second_record_of_an_article_takes_the_place_of_the_first() -> None:
    again = Text("fire", "Ferry fares rise again", "The isle council raised ferry fares again.")
    found = list(similar([*SOME, again]))
    assert [one.id for one in found] == ["fire", "vote", "blaze", "isle", "fire"]
    assert all(near.id != one.id for one in found for near in one.similar)
    assert found[3].similar[0].id == "fire"
    assert found[0].similar[0].id == "blaze"
    assert all(len({near.id for near in one.similar}) == len(one.similar) for one in found)


def test_a_crowd_of_copies_and_a_giant_cost_little() -> None:
    index = MemoryIndex()
    weighed = terms("", " ".join(map(str, range(100_000))))
    fire = terms("", FIRE.text)
    for number in range(3000):
        index.count(counted(weighed.terms if number < 2 else fire.terms, None))
        index.add(number, vector(known(fire, index, None)))
    found = nearest(vector(known(weighed, index, None)), index, None)
    assert found == []
    newest = nearest(vector(known(fire, index, None)), index, None)
    assert len(newest) == 10
    assert all(number >= 2000 for number, _ in newest)


def test_at_most_so_many() -> None:
    assert all(len(one.similar) <= 1 for one in similar(SOME, most=1))


def test_nothing_to_compare() -> None:
    assert list(similar([])) == []
    assert [one.similar for one in similar([FIRE])] == [()]
    empty = Text("empty", "", "")
    assert [one.similar for one in similar([empty, Text("also", "", "!?")])] == [(), ()]


def test_names_count_as_one_term_and_the_headline_twice() -> None:
    with_name = terms("", "so Anna Maria Berg went home").terms.tolist()
    assert set(terms("", "Anna Maria Berg").terms.tolist()) <= set(with_name)
    assert len(with_name) == 7
    assert terms("mill", "mill").weights != terms("", "mill mill").weights
    assert terms("mill", "mill").weights == terms("", "mill mill mill").weights


def test_terms_come_in_rising_order_and_once() -> None:
    weighed = terms("Mill burns", "A mill burns. The Old Mill burns, and burns " + "on " * 2000)
    assert weighed.terms.tolist() == sorted(set(weighed.terms.tolist()))
    assert weighed.weights.max() == 1 + math.log(2000)
    # Two words of one number (CRC-32) are one term.
    assert len(terms("", "plumless buckeroo").terms) == 1


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert np.array_equal(terms("", "火灾现场").terms, terms("", "火灾 灾现 现场").terms)
    assert np.array_equal(terms("", "GDP増加").terms, terms("", "gdp 増加").terms)


@pytest.mark.parametrize("word", ["हिन्दी", "Straße", "العَرَبِيَّة", "O2"])
def test_a_word_stays_whole(word: str) -> None:
    assert len(terms("", word).terms) == 1


def test_an_articles_text_is_what_follows_the_headline() -> None:
    article = Article(id="0" * 16, path="-", headline="Up", body=(Block("paragraph", "Down."),))
    assert text_of(article) == Text("0" * 16, "Up", "Down.")


@given(st.text(), st.text())
def test_any_text_has_terms_that_pack(headline: str, text: str) -> None:
    weighed = terms(headline, text)
    index = MemoryIndex()
    index.count(counted(weighed.terms, None))
    packed = vector(known(weighed, index, None))
    assert len(packed) == len(weighed.terms) * ENTRY.itemsize
    index.add(0, packed)
    found = nearest(packed, index, None)
    assert [round(score, 6) for _, score in found] == [1.0] * bool(len(weighed.terms))
    assert nearest(packed, index, None, without=0) == []


def precision_at_one(name: str) -> float:
    """Share of articles whose nearest is of the same story; the only one of a story is no query."""
    file = STORIES / f"{name}.jsonl.gz"
    if not file.exists():
        pytest.skip(f"the labelled stories are not at {file}")
    lines = gzip.decompress(file.read_bytes()).splitlines()
    records = [msgspec.json.decode(line, type=dict[str, str | None]) for line in lines]
    story = {one["id"]: one["story"] for one in records}
    size = Counter(story.values())
    found = similar(msgspec.json.decode(line, type=Text) for line in lines)
    queries = [one for one in found if size[story[one.id]] > 1]
    right = sum(story[one.similar[0].id] == story[one.id] for one in queries if one.similar)
    return right / len(queries)


@pytest.mark.parametrize(("name", "floor"), [("ecbplus-dev", 0.985), ("wikinews-dev", 0.90)])
def test_same_story_comes_first(name: str, floor: float) -> None:
    assert precision_at_one(name) >= floor


def test_the_common_words_of_a_language_tell_nothing_among_many_of_another() -> None:
    english = [
        Text(f"en{n}", f"Report {n}", f"Town {n} voted on bridge {n}, and mayor {n} won.", "en")
        for n in range(40)
    ]
    words = ["el", "alcalde", "de", "la", "dijo", "que", "los", "no", "se", "abre", "en"]
    spanish = [
        Text(f"es{n}", "", " ".join([*words, *(f"{word}{n}" for word in "abcdefgh")]), "es")
        for n in range(12)
    ]
    one = Text("pair", "", "temblor terremoto sismo de la el en que no se Quirama volcan", "es")
    two = Text("twin", "", "temblor terremoto sismo de la el en que no se Quirama lava", "es")
    found = {line.id: line.similar for line in similar([*english, *spanish, one, two])}
    assert found["pair"][0].id == "twin"
    assert all(near.score < 0.2 for near in found["pair"][1:])
