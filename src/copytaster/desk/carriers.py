"""Who carried whose copy: found when an article is filed, and kept with the passages.

The method is that of `copies`; a new version is compared again, with what came before it and with
what came after.
"""

import sqlite3
from collections.abc import Iterable

from msgspec.structs import replace

from copytaster.article import Article
from copytaster.copies import CHECKED, find, text_of
from copytaster.copies.index import Text
from copytaster.copy import Copy
from copytaster.desk.holders import Earlier, Holders, Only
from copytaster.desk.lineages import Lineages
from copytaster.desk.record import Records, pack_passages

AGAIN = 300
"""Later articles that are compared again with a new version."""


class Carriers:
    """Finds and keeps copies and lineages while articles are added; `flush` ends a batch."""

    def __init__(self, connection: sqlite3.Connection, records: Records) -> None:
        self._connection = connection
        self._index = Holders(connection, records)
        self._lineages = Lineages(connection)
        self.begin, self.flush = self._index.begin, self._index.flush

    def moved(self) -> set[int]:
        """Give the articles whose lineage changed, and forget them here."""
        moved, self._lineages.moved = self._lineages.moved, set()
        return moved

    def arrived(self, arrival: int, state: int, outlet: str, article: Article) -> bool:
        """Compare a new article with those before it; say whether it is the copy of one."""
        found = find(text(str(arrival), outlet, article), self._index)
        self._index.add(state, found.samples)
        self._index.note(outlet, found.furniture)
        self._lineages.settle(self._keep(found.copies))
        return self._is_copy(arrival)

    def changed(self, arrival: int, state: int, outlet: str, article: Article) -> bool:
        """Compare the new version of an article; say whether it is a copy now."""
        own = text(str(arrival), outlet, article)
        settling = self._lineages.part(arrival)
        partners = self._connection.execute(
            "SELECT article FROM copy WHERE source = ?1 AND article > ?1 "
            "UNION SELECT source FROM copy WHERE article = ?1 AND source > ?1 LIMIT ?2",
            (arrival, AGAIN),
        ).fetchall()
        for side in ("article", "source"):
            self._connection.execute(f"DELETE FROM copy WHERE {side} = ?", (arrival,))  # noqa: S608
        found = find(own, Earlier(self._index, arrival))
        settling += self._keep(found.copies)
        holders = self._index.holders(found.samples, after=arrival)
        likely = sorted(holders, key=lambda state: (-holders[state], state))[:CHECKED]
        later = {int(other.id): other for other in self._index.texts(likely)}
        later |= {int(other.id): other for other in self._texts(one for (one,) in partners)}
        beside = Only(own, self._index)
        for number in sorted(later):
            settling += self._keep(find(later[number], beside).copies)
        self._index.add(state, found.samples)
        self._lineages.settle([*settling, arrival])
        return self._is_copy(arrival)

    def _texts(self, arrivals: Iterable[int]) -> Iterable[Text]:
        states = [
            state
            for arrival in arrivals
            for (state,) in self._connection.execute(
                "SELECT state FROM article WHERE number = "
                "(SELECT article FROM arrival WHERE number = ?)",
                (arrival,),
            )
        ]
        return self._index.texts(states)

    def _keep(self, copies: Iterable[Copy]) -> list[int]:
        """Write copies down; give the articles that are the copies."""
        kept = []
        for copy in copies:
            self._connection.execute(
                "INSERT OR REPLACE INTO copy (article, source, kind, share, source_share, "
                "evidence, passages, followed) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                (
                    int(copy.id),
                    int(copy.of),
                    copy.kind,
                    copy.share_of_this,
                    copy.share_of_that,
                    " ".join(copy.evidence),
                    pack_passages(copy.passages),
                ),
            )
            kept.append(int(copy.id))
        return kept

    def _is_copy(self, arrival: int) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM copy WHERE article = ? AND followed", (arrival,)
        )
        return found.fetchone() is not None


def text(id: str, outlet: str, article: Article) -> Text:
    """Take from an article what finding copies needs; the outlet is called as the desk calls it."""
    return replace(text_of(article), id=id, outlet=outlet)
