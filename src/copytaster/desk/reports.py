"""Reports and copies, as they are read: who goes back to whom, and what two articles share."""

import sqlite3

from copytaster.article import Article
from copytaster.copy import Copy
from copytaster.desk.listing import Beside, Carried, Copied, Report
from copytaster.desk.lists import Lists, Row, at_most
from copytaster.desk.record import unpack_passages

_COPIES = """
SELECT copy.article, source, kind, share, source_share, evidence, passages,
       this.id, that.id, iif(copy.article = ?1, that.number, this.number)
FROM copy
JOIN arrival AS came ON came.number = copy.article
JOIN article AS this ON this.number = came.article
JOIN arrival AS was ON was.number = source
JOIN article AS that ON that.number = was.article
"""


class Reports:
    """What is read of copies and lineages; articles are told by number."""

    def __init__(self, connection: sqlite3.Connection, lists: Lists) -> None:
        self._connection = connection
        self._lists = lists

    def of(self, number: int, *, after: int | None = None, limit: int = 30) -> Report | None:
        """Give the report that an article is part of; nothing where nobody shares its origin."""
        row = self._connection.execute(
            "SELECT lineage.number, lineage.agency, wire, articles, outlets, arrival.article "
            "FROM article JOIN lineage ON lineage.number = lineage "
            "JOIN arrival ON arrival.number = origin WHERE article.number = ?",
            (number,),
        ).fetchone()
        if row is None:
            return None
        lineage, agency, wire, articles, outlets, origin = row
        numbers = self._connection.execute(
            "SELECT number FROM article WHERE lineage = ? AND number <> ? AND number > ? "
            "ORDER BY number LIMIT ?",
            (lineage, origin, -(1 << 62) if after is None else after, at_most(limit + 1)),
        ).fetchall()
        carriers = [self._carrier(one) for (one,) in numbers[:limit]]
        (first,) = self._lists.listings([(origin, None)])
        return Report(
            origin=first,
            agency=agency,
            wire=bool(wire),
            articles=articles,
            outlets=outlets,
            carriers=tuple(carriers),
            more=carriers[-1].listing.id if len(numbers) > limit and carriers else None,
        )

    def _carrier(self, number: int) -> Carried:
        (listing,) = self._lists.listings([(number, None)])
        row = self._connection.execute(
            "SELECT other.id, kind, share, source_share FROM article AS one "
            "JOIN copy ON copy.article = one.arrival AND followed "
            "JOIN arrival ON arrival.number = source "
            "JOIN article AS other ON other.number = arrival.article "
            "WHERE one.number = ?",
            (number,),
        ).fetchone()
        if row is None:
            return Carried(listing=listing)
        of, kind, share, source_share = row
        return Carried(
            listing=listing, of=of, kind=kind, share_of_this=share, share_of_that=source_share
        )

    def copies(self, row: Row, *, limit: int) -> list[Copied]:
        """Give the articles that share passages with one, most first."""
        rows = self._connection.execute(
            _COPIES + "WHERE copy.article = ?1 OR source = ?1 "
            "ORDER BY max(share, source_share) DESC, copy.article, source LIMIT ?2",
            (row.arrival, at_most(limit)),
        ).fetchall()
        others = self._lists.listings([(one[-1], None) for one in rows])
        return [
            Copied(copy=_copy(*one[2:-1]), other=other)
            for one, other in zip(rows, others, strict=True)
        ]

    def beside(self, this: Row, that: Row) -> Beside:
        """Lay two articles side by side; what was not compared when they came is compared now."""
        articles = [self._lists.records.unpack(row.record) for row in (this, that)]
        found = self._connection.execute(
            _COPIES + "WHERE (copy.article, source) IN (VALUES (?1, ?2), (?2, ?1))",
            (this.arrival, that.arrival),
        ).fetchone()
        copy = _copy(*found[2:-1]) if found else None
        if copy is None:
            copy = self._compared(*sorted(zip((this, that), articles, strict=True), key=_arrival))
        return Beside(
            article=articles[0],
            listing=self._lists.listing(this, articles[0]),
            other=articles[1],
            other_listing=self._lists.listing(that, articles[1]),
            copy=copy,
        )

    def _compared(self, first: tuple[Row, Article], second: tuple[Row, Article]) -> Copy | None:
        # Only here: who reads a desk need not wait for numpy.
        from copytaster.copies import find
        from copytaster.desk.carriers import text
        from copytaster.desk.holders import Holders, Only

        source, copy = (text(row.id, row.name, article) for row, article in (first, second))
        index = Holders(self._connection, self._lists.records)
        return next(iter(find(copy, Only(source, index)).copies), None)


def _arrival(side: tuple[Row, Article]) -> int:
    return side[0].arrival


def _copy(
    kind: str, share: float, source_share: float, evidence: str, passages: bytes, id: str, of: str
) -> Copy:
    return Copy(
        id=id,
        of=of,
        kind=kind,  # type: ignore[arg-type]
        share_of_this=share,
        share_of_that=source_share,
        passages=unpack_passages(passages),
        evidence=tuple(evidence.split()),  # type: ignore[arg-type]
    )
