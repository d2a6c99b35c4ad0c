"""Counts of terms: whatever the batches, what was counted is what is told."""

import sqlite3
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.desk.counts import GROWTH, Counts, unpack_run
from copytaster.desk.schema import DamagedError

TERMS = st.sets(st.integers(0, (1 << 32) - 1) | st.integers(0, 9), max_size=30)


def keys(terms: object) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.fromiter(terms, np.uint32)  # type: ignore[call-overload, no-any-return]


def desk() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE terms (run INTEGER PRIMARY KEY, content BLOB NOT NULL)")
    return connection


@given(st.lists(st.lists(TERMS, max_size=4), max_size=12), st.data())
def test_what_was_counted_is_told(batches: list[list[set[int]]], data: st.DataObject) -> None:
    connection = desk()
    counts, expected = Counts(connection), Counter[int]()
    held: list[set[int]] = []
    for batch in batches:
        for terms in batch:
            counts.add(keys(terms))
            expected.update(terms)
            held.append(terms)
        if data.draw(st.booleans()) and held:
            gone = held.pop(data.draw(st.integers(0, len(held) - 1)))
            counts.take(keys(gone))
            expected.subtract(gone)
        asked = [*expected, 77]
        assert counts.of(keys(asked)).tolist() == [expected[term] for term in asked]
        counts.flush()
        assert counts.of(keys(asked)).tolist() == [expected[term] for term in asked]
        again = Counts(connection)
        again.load()
        assert again.of(keys(asked)).tolist() == [expected[term] for term in asked]


def test_runs_stay_few_and_a_term_takes_about_three_bytes() -> None:
    connection = desk()
    counts, draw = Counts(connection), np.random.default_rng(1)
    for _ in range(300):
        counts.add(np.unique(draw.integers(0, 1 << 32, 200, np.uint32)))
        counts.flush()
    rows = connection.execute("SELECT content FROM terms ORDER BY run").fetchall()
    sizes = [len(unpack_run(content)[0]) for (content,) in rows]
    assert all(one >= GROWTH * next for one, next in pairwise(sizes))
    assert sum(len(content) for (content,) in rows) < 3.2 * sum(sizes)


@pytest.mark.parametrize("content", [b"", b"no zstd", b"(\xb5/\xfd\x20\x03\x19\x00\x00abc"])
def test_damage_is_told(content: bytes) -> None:
    with pytest.raises(DamagedError):
        unpack_run(content)
