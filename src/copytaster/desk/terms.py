"""The neighbours of an article: found once, when it is filed, and kept for its page.

The method is that of `stories.similar`; here is the index that it asks, in the desk's tables. A new
article also enters the lists of those that it is near to, so that a page view is a look-up. One
that is a copy does not: its origin stands there.
"""

import json
import sqlite3
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copytaster.article import Article
from copytaster.desk.counts import Counts
from copytaster.desk.record import pack_near, unpack_near
from copytaster.stories.frequencies import Keys
from copytaster.stories.similar import (
    COMPARED,
    SCANNED,
    Known,
    Text,
    Weighed,
    counted,
    known,
    nearest,
    placed,
    terms,
    text_of,
    vector,
)

FAINTEST = 0.12
"""Cosine below which most articles have nothing to do with each other (on the labelled stories)."""
CACHED = 300_000
"""Numbers in postings held in memory while articles are added; 30 MB."""


class Compared(NamedTuple):
    """What is known of an article after it was compared."""

    text: Text
    known: Known
    """Its terms."""
    vector: bytes
    near: dict[int, float]
    """By arrival, nearest first; copies of its own origin among them."""


class Terms:
    """The index of `stories.similar` over a desk, while articles are added to it.

    What is new is in memory until `flush`, which writes it in the order of the numbers: so the
    full-text index takes it in at once.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._state = -1
        self._held = 0
        self.documents = 0
        self._counts = Counts(connection)
        self._first: set[int] = set()
        self._postings: dict[int, list[int]] = {}
        self._unwritten: defaultdict[int, list[int]] = defaultdict(list)
        self._changed: dict[int, tuple[bytes | None, bytes]] = {}

    def begin(self) -> None:
        """Forget what another process may have changed; called at the start of a transaction."""
        (state,) = self._connection.execute("PRAGMA data_version").fetchone()
        if self._held > CACHED:
            self._held = 0
            self._postings.clear()
        if state != self._state:
            self._held = 0
            self._postings.clear()
            self._counts.load()
            (self.documents,) = self._connection.execute(
                "SELECT coalesce(max(number), 0) FROM arrival"
            ).fetchone()
        self._state = state

    def arrived(self, article: int) -> int:
        """Give a new article the number of its arrival."""
        self.documents += 1
        self._connection.execute(
            "INSERT INTO arrival VALUES (?, ?, x'', x'', 0)", (self.documents, article)
        )
        return self.documents

    def compared(self, number: int, record: Article, *, posted: bool) -> Compared:
        """Find the neighbours of an article, and be found by others where it is `posted`."""
        compared = self._placed(number, record)
        own, near = compared.vector, self._strange(number, compared.near)
        self._connection.execute(
            "UPDATE arrival SET vector = ?, nearest = ?, posted = ? WHERE number = ?",
            (own, pack_near(near.items()), posted, number),
        )
        if posted:
            self._post(number, None, own)
            self._enter(number, near, gone=set())
        return compared

    def again(self, number: int, record: Article) -> Compared:
        """Compare an article that is here already, and change nothing."""
        (own,) = self._connection.execute(
            "SELECT vector FROM arrival WHERE number = ?", (number,)
        ).fetchone()
        return self._near(number, record, known(_weighed(record), self, record.language), own)

    def changed(self, number: int, before: Article, record: Article, *, posted: bool) -> Compared:
        """Take the new version of an article in, and find its neighbours."""
        former, known, was_posted = self._connection.execute(
            "SELECT vector, nearest, posted FROM arrival WHERE number = ?", (number,)
        ).fetchone()
        self._counts.take(counted(_weighed(before).terms, before.language))
        compared = self._placed(number, record)
        own, near = compared.vector, self._strange(number, compared.near)
        self._connection.execute(
            "UPDATE arrival SET vector = ?, nearest = ?, posted = ? WHERE number = ?",
            (own, pack_near(near.items()), posted, number),
        )
        if posted or was_posted:
            self._post(number, former if was_posted else None, own if posted else b"")
        gone = {other for other, _ in unpack_near(known)}
        self._enter(number, near if posted else {}, gone=gone)
        return compared

    def _placed(self, number: int, record: Article) -> Compared:
        """Count an article's terms, make its vector, and find what is near it."""
        weighed = _weighed(record)
        self._counts.add(counted(weighed.terms, record.language))
        terms = known(weighed, self, record.language)
        self._first = set(terms.terms[terms.often == 1].tolist())
        return self._near(number, record, terms, vector(terms))

    def _near(self, number: int, record: Article, known: Known, own: bytes) -> Compared:
        near = nearest(own, self, record.language, most=COMPARED, without=number)
        return Compared(text_of(record), known, own, dict(near))

    def _strange(self, number: int, near: Mapping[int, float]) -> dict[int, float]:
        """Give what is near an article and of another origin."""
        found = {other: score for other, score in near.items() if score >= FAINTEST}
        for other in self._kin(number, found):
            del found[other]
        return found

    def _kin(self, number: int, others: Iterable[int]) -> list[int]:
        """Give those of the articles that are of one lineage with an article."""
        rows = self._connection.execute(
            "SELECT arrival.number FROM article JOIN arrival ON article = article.number "
            "WHERE arrival.number IN (SELECT value FROM json_each(?2)) AND lineage = "
            "(SELECT lineage FROM arrival JOIN article ON article.number = article "
            "WHERE arrival.number = ?1)",
            (number, json.dumps([*others])),
        )
        return [other for (other,) in rows.fetchall()]

    def flush(self) -> None:
        """Write down what is in memory."""
        self._counts.flush()
        for number, (before, after) in sorted(self._changed.items()):
            if before is not None:
                self._connection.execute(
                    "INSERT INTO posting (posting, rowid, terms) VALUES ('delete', ?, ?)",
                    (number, _tokens(before)),
                )
            if after:
                self._connection.execute(
                    "INSERT INTO posting (rowid, terms) VALUES (?, ?)", (number, _tokens(after))
                )
        self._unwritten.clear()
        self._changed.clear()

    def frequencies(self, keys: Keys) -> NDArray[np.int64]:
        """Say how often each term was counted."""
        return self._counts.of(keys)

    def postings(self, term: int, most: int) -> Keys:
        """Give articles that are found under `term`, newest first."""
        if term in self._first:
            return _NOBODY  # new to its language: a look-up saved
        numbers = self._postings.get(term)
        if numbers is None:
            rows = self._connection.execute(
                "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY rowid DESC LIMIT ?",
                (f'"{term:08x}"', SCANNED),
            ).fetchall()
            numbers = [row[0] for row in reversed(rows)]
            numbers += self._unwritten.get(term, ())
            numbers.sort()
            self._postings[term] = numbers
            self._held += len(numbers)
        return np.array(numbers[-most:], np.uint32)

    def vectors(self, documents: Sequence[int]) -> Sequence[bytes]:
        """Give the stored vectors of `documents`, in that order."""
        found = dict(
            self._connection.execute(
                "SELECT number, vector FROM arrival "
                "WHERE number IN (SELECT value FROM json_each(?))",
                (json.dumps(documents),),
            ).fetchall()
        )
        return [found[document] for document in documents]

    def _post(self, number: int, former: bytes | None, own: bytes) -> None:
        written = self._changed[number][0] if number in self._changed else former
        self._changed[number] = (written, own)
        for term in placed(former or b""):
            for held in (self._postings.get(term), self._unwritten.get(term)):
                if held and number in held:
                    held.remove(number)
        for term in placed(own):
            self._unwritten[term].append(number)
            if term in self._postings:
                insort(self._postings[term], number)

    def _enter(self, number: int, near: Mapping[int, float], gone: set[int]) -> None:
        """Write an article into the lists of those near it; out of those it was near to before."""
        rows = self._connection.execute(
            "SELECT number, nearest FROM arrival WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps([*near, *(gone - near.keys())]),),
        ).fetchall()
        for other, kept in rows:
            others = [one for one in unpack_near(kept) if one[0] != number]
            if other in near:
                others.append((number, near[other]))
            entered = pack_near(others)
            if entered != kept:
                self._connection.execute(
                    "UPDATE arrival SET nearest = ? WHERE number = ?", (entered, other)
                )


_NOBODY: Keys = np.zeros(0, np.uint32)


def _weighed(article: Article) -> Weighed:
    text = text_of(article)
    return terms(text.headline, text.text)


def _tokens(vector: bytes) -> str:
    return " ".join(f"{term:08x}" for term in placed(vector))
