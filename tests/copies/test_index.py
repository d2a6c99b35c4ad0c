from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.copies.test_copies import numbered, record

from copytaster.copies import copies, postings
from copytaster.copies.index import MemoryIndex, Text
from copytaster.copies.postings import Postings

SAMPLES = st.sets(st.integers(0, 40), max_size=8)


@pytest.fixture(autouse=True, scope="module")
def small_packs() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "FRESH", 16)
        yield


@given(st.lists(SAMPLES, max_size=60), SAMPLES, st.integers(1, 30))
def test_postings_are_what_was_added(added: list[set[int]], asked: set[int], most: int) -> None:
    held = Postings()
    wanted: Counter[int] = Counter()
    for number, samples in enumerate(added):
        held.add(number, np.array(sorted(samples), np.uint64))
    for sample in asked:
        articles = [number for number, samples in enumerate(added) if sample in samples]
        wanted.update(articles if len(articles) <= most else [])
    assert held.holders(np.array(sorted(asked), np.uint64), most) == wanted


def test_postings_forget() -> None:
    held = Postings()
    samples = np.arange(4, dtype=np.uint64)
    for number in range(20):
        held.add(number, samples)
    held.forget(12)
    assert set(held.holders(samples, 99)) == set(range(12, 20))


def test_the_index_keeps_the_last_articles() -> None:
    index = MemoryIndex(last=3)
    samples = np.arange(4, dtype=np.uint64)
    for number in range(9):
        index.add(Text(id=f"{number}", text=""), samples)
    assert [text.id for text in index.texts(sorted(index.holders(samples)))] == ["6", "7", "8"]


def test_an_article_is_compared_with_the_last_ones() -> None:
    pages = [record("a", numbered(0, 60)), record("x", numbered(500, 60))]
    pages += [record("b", numbered(0, 60))]
    assert len(list(copies(pages, last=2))) == 1
    assert len(list(copies(pages, last=1))) == 0


def test_furniture_is_what_was_noted_twice() -> None:
    index = MemoryIndex(last=9)
    index.note("The Post", np.array([1, 2, 2], np.uint64))
    assert index.furniture("The Post").tolist() == []
    index.note("The Post", np.array([2, 3], np.uint64))
    assert index.furniture("The Post").tolist() == [2]
    assert index.furniture("The Sun").tolist() == []
