"""Which articles hold a passage: the index of `copies`, in the desk's tables.

Articles are numbered by their state, so that the one before a new version is no longer found.
"""

import json
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from copytaster.copies import text_of
from copytaster.copies.furniture import NOTED, among
from copytaster.copies.index import COMMON, Index, Text
from copytaster.copies.postings import Postings
from copytaster.copies.shingles import Hashes, distinct
from copytaster.desk.record import Records

SHORTENED = np.uint64(20)
"""Bits that a sample has less on the desk than in memory: what is found is compared anyway."""
CACHED = 300_000
"""Shingles of furniture held in memory while articles are added; 30 MB."""
OPENED = 500
"""Texts likewise; 2 MB."""
LOADED = 4
"""All samples are taken into memory where a run has filed one article for so many on the desk:
reading those of one takes a fifth of the time that asking the desk for its samples does."""


class Holders:
    """The index of `copies` over a desk; what is new is in memory until `flush`."""

    def __init__(self, connection: sqlite3.Connection, records: Records) -> None:
        self._connection = connection
        self._records = records
        self._state = -1
        self._unwritten: dict[int, Hashes] = {}
        self._holding: defaultdict[int, list[int]] = defaultdict(list)
        self._filed = 0
        self._samples: Postings | None = None
        self._texts: dict[int, Text] = {}
        self._noted: dict[str, Counter[int]] = {}
        self._furniture: dict[str, Hashes] = {}
        self._fresh: dict[tuple[str, int], int] = {}

    def begin(self) -> None:
        """Forget what another process may have changed; called at the start of a transaction."""
        (state,) = self._connection.execute("PRAGMA data_version").fetchone()
        if state != self._state or sum(map(len, self._noted.values())) > CACHED:
            self._noted.clear()
            self._furniture.clear()
        if state != self._state:
            self._samples = None
        if self._samples is None:
            self._load()
        if len(self._texts) > OPENED:
            self._texts.clear()
        self._state = state

    def add(self, state: int, samples: Hashes) -> None:
        """Let an article be found under its `samples`."""
        short = self._unwritten[state] = _short(samples)
        self._filed += 1
        if self._samples is not None:
            self._samples.add(state, short)
        else:
            for sample in short.tolist():
                self._holding[sample].append(state)

    def note(self, outlet: str, shingles: Hashes) -> None:
        """Note shingles that one more article of the outlet shares with an unlike one."""
        if not len(shingles):
            return
        known = self.furniture(outlet)
        noted = self._noted[outlet]
        reached = []
        for shingle in np.unique(shingles[~among(shingles, known)]).tolist():
            noted[shingle] += 1
            self._fresh[outlet, shingle] = noted[shingle]
            if noted[shingle] == NOTED:
                reached.append(shingle)
        more = np.array(reached, np.uint64)
        self._furniture[outlet] = np.insert(known, np.searchsorted(known, more), more)

    def flush(self) -> None:
        """Write down what is in memory."""
        self._connection.executemany(
            "INSERT INTO sample (rowid, shingles) VALUES (?, ?)",
            [
                (state, " ".join([f"{sample:07x}" for sample in samples.tolist()]))
                for state, samples in sorted(self._unwritten.items())
            ],
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO furniture VALUES (?, ?, ?)",
            sorted((_key(outlet), shingle, n) for (outlet, shingle), n in self._fresh.items()),
        )
        self._unwritten.clear()
        self._holding.clear()
        self._fresh.clear()

    def holders(
        self, samples: Hashes, *, before: int | None = None, after: int = 0
    ) -> Mapping[int, int]:
        """Give the articles that hold any of `samples`, and how many; common ones do not count.

        Only those that came `before` an arrival and `after` another.
        """
        found = self._held(_short(samples))
        if not found:
            return found
        rows = self._connection.execute(
            "SELECT state FROM article WHERE state IN (SELECT value FROM json_each(?1)) "
            "AND arrival > ?2 AND (?3 IS NULL OR arrival < ?3)",
            (json.dumps([*found]), after, before),
        ).fetchall()
        return {state: found[state] for (state,) in rows}

    def texts(self, articles: Sequence[int]) -> Sequence[Text]:
        """Give articles by state; their id is their arrival."""
        rows = self._connection.execute(
            "SELECT state, arrival, outlet.name FROM article "
            "JOIN outlet ON outlet.number = article.outlet "
            "WHERE state IN (SELECT value FROM json_each(?))",
            (json.dumps([*articles]),),
        ).fetchall()
        found = {state: self._text(state, arrival, outlet) for state, arrival, outlet in rows}
        return [found[state] for state in articles]

    def furniture(self, outlet: str) -> Hashes:
        """Give the shingles of the outlet's furniture."""
        if outlet not in self._noted:
            rows = self._connection.execute(
                "SELECT shingle, articles FROM furniture WHERE outlet = ?", (_key(outlet),)
            ).fetchall()
            self._noted[outlet] = Counter(dict(rows))
            self._furniture[outlet] = _frequent(self._noted[outlet])
        return self._furniture[outlet]

    def _held(self, samples: Hashes) -> Counter[int]:
        """Count the samples that each state has, past ones too."""
        if self._samples is not None:
            return self._samples.holders(samples, COMMON)
        found: Counter[int] = Counter()
        for sample in samples.tolist():
            rows = self._connection.execute(
                "SELECT rowid FROM sample WHERE sample MATCH ? LIMIT ?",
                (f'"{sample:07x}"', COMMON + 1),
            ).fetchall()
            holding = [state for (state,) in rows] + self._holding.get(sample, [])
            if len(holding) <= COMMON:
                found.update(holding)
        return found

    def _load(self) -> None:
        """Take the samples into memory, where that is worth its while: 12 bytes each."""
        (states,) = self._connection.execute(
            "SELECT coalesce(max(number), 0) FROM state"
        ).fetchone()
        if self._filed * LOADED < states:
            return
        self._connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.sampled "
            "USING fts5vocab (main, sample, instance)"
        )
        rows = self._connection.execute("SELECT term, doc FROM sampled")
        held = np.fromiter(((int(sample, 16), state) for sample, state in rows), _HELD)
        order = np.lexsort((held["state"], held["sample"]))
        self._samples = Postings(held["sample"][order], held["state"][order])

    def _text(self, state: int, arrival: int, outlet: str) -> Text:
        if state not in self._texts:
            (record,) = self._connection.execute(
                "SELECT record FROM state WHERE number = ?", (state,)
            ).fetchone()
            self._texts[state] = text_of(self._records.unpack(record))
        # What an outlet is called may be learned later than its first article.
        return replace(self._texts[state], id=str(arrival), outlet=outlet)


class Earlier:
    """The index as it was before an article came."""

    def __init__(self, index: Holders, arrival: int) -> None:
        self._index, self._arrival = index, arrival
        self.texts, self.furniture = index.texts, index.furniture

    def holders(self, samples: Hashes) -> Mapping[int, int]:
        return self._index.holders(samples, before=self._arrival)


class Only:
    """An index of one article, to lay others beside it."""

    def __init__(self, text: Text, index: Index) -> None:
        self._text = text
        self.furniture = index.furniture

    def holders(self, samples: Hashes) -> Mapping[int, int]:
        return {0: max(len(samples), 1)}

    def texts(self, articles: Sequence[int]) -> Sequence[Text]:
        return [self._text for _ in articles]


_HELD = np.dtype([("sample", "u8"), ("state", "u4")])


def _short(samples: Hashes) -> Hashes:
    return distinct(samples >> SHORTENED)


def _frequent(noted: Counter[int]) -> Hashes:
    return np.array(sorted(one for one, n in noted.items() if n >= NOTED), np.uint64)


def _key(outlet: str) -> int:
    return zlib.crc32(outlet.encode(errors="replace"))
