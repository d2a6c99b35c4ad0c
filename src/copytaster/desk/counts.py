"""In how many articles each term stands: runs of sorted terms, each run a row.

A batch writes one more run, of what it counted, and a run is merged with the one before it where
that is not much larger (as in a log-structured merge tree, O'Neil et al. 1996). A term takes three
bytes so where a row of its own takes ten, and a batch writes some rows, not one for each term.
"""

import sqlite3
from collections import Counter

import numpy as np
import zstandard
from numpy.typing import NDArray

from copytaster.desk.schema import DamagedError
from copytaster.stories.frequencies import Keys

CACHED = 300_000
"""Counts looked up that are held in memory while articles are added; 30 MB."""
GROWTH = 4
"""How many times larger a run is than the one after it."""

_Run = tuple[Keys, NDArray[np.int32]]
"""Terms in rising order, and how many more articles have each."""


class Counts:
    """Counts while articles are added; what is new is in memory until `flush`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._runs: list[_Run] = []
        self._known: dict[int, int] = {}
        self._fresh: Counter[int] = Counter()

    def load(self) -> None:
        """Read what is on the desk, which another process may have changed. Raises DamagedError."""
        rows = self._connection.execute("SELECT content FROM terms ORDER BY run").fetchall()
        self._runs = [unpack_run(content) for (content,) in rows]
        self._known.clear()

    def add(self, keys: Keys) -> None:
        """Count terms once more."""
        self._fresh.update(keys.tolist())

    def take(self, keys: Keys) -> None:
        """Count terms once less."""
        self._fresh.subtract(keys.tolist())

    def of(self, keys: Keys) -> NDArray[np.int64]:
        """Say how often each term was counted."""
        if len(self._known) > CACHED:
            self._known.clear()
        terms = keys.tolist()
        if new := list(set(terms).difference(self._known)):
            self._look_up(np.array(new, np.uint32))
        known, fresh = self._known, self._fresh.get
        return np.array([known[term] + fresh(term, 0) for term in terms], np.int64)

    def _look_up(self, keys: Keys) -> None:
        found = np.zeros(len(keys), np.int64)
        for terms, counts in self._runs:
            at = np.minimum(np.searchsorted(terms, keys), len(terms) - 1)
            found += np.where(terms[at] == keys, counts[at], 0)
        self._known.update(zip(keys.tolist(), found.tolist(), strict=True))

    def flush(self) -> None:
        """Write down what is in memory."""
        fresh = sorted(term for term, count in self._fresh.items() if count)
        if fresh:
            counts = [self._fresh[term] for term in fresh]
            self._runs.append((np.array(fresh, np.uint32), np.array(counts, np.int32)))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < GROWTH * len(self._runs[-1][0]):
            self._runs[-2:] = [_merged(*self._runs[-2:])]
        if fresh:
            last = len(self._runs) - 1
            self._connection.execute("DELETE FROM terms WHERE run >= ?", (last,))
            self._connection.execute(
                "INSERT INTO terms VALUES (?, ?)", (last, _pack_run(*self._runs[last]))
            )
        for term in self._known.keys() & self._fresh.keys():
            self._known[term] += self._fresh[term]
        self._fresh.clear()


def _merged(one: _Run, other: _Run) -> _Run:
    terms, at = np.unique(np.concatenate((one[0], other[0])), return_inverse=True)
    counts = np.zeros(len(terms), np.int32)
    np.add.at(counts, at, np.concatenate((one[1], other[1])))
    return terms, counts


def _pack_run(terms: Keys, counts: NDArray[np.int32]) -> bytes:
    """Write a run: steps from term to term and counts, lowest bytes first, then the next ones."""
    steps = np.diff(terms, prepend=np.uint32(0))
    planes = np.stack((steps, counts.view(np.uint32))).astype("<u4").view(np.uint8)
    return zstandard.compress(planes.reshape(2, -1, 4).transpose(0, 2, 1).tobytes())


def unpack_run(packed: bytes) -> _Run:
    """Read a run. Raises DamagedError."""
    try:
        planes = np.frombuffer(zstandard.decompress(packed), np.uint8).reshape(2, 4, -1)
    except (zstandard.ZstdError, ValueError) as error:
        raise DamagedError(str(error)) from error
    steps, counts = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<u4").reshape(2, -1)
    return np.cumsum(steps, dtype=np.uint32), counts.astype(np.uint32).view(np.int32)
