"""The lists of a desk: of articles, newest first or by relevance, of outlets, of pages not read."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from copytaster.article import Article
from copytaster.desk.identity import story_id
from copytaster.desk.listing import Breadth, Listing, Missed, Outlet
from copytaster.desk.numbers import numbers_of
from copytaster.desk.query import Query
from copytaster.desk.record import Records
from copytaster.desk.words import storable

NEWEST_RANKED = 2000
"""A ranked search weighs so many of the newest matches: relevance among what is current, at a cost
that does not grow with the desk."""

COUNTED = 1000
"""Articles found, the newest, among which independent reports are counted and told apart."""

WEIGHTS = "1.0, 5.0, 2.0, 0.0"
"""BM25's weights of body, headline, lead and facet."""

ORIGIN = (
    "article.arrival = "
    "ifnull((SELECT origin FROM lineage WHERE number = article.lineage), article.arrival)"
)
"""Whether an article goes back to no other."""

Scored = Sequence[tuple[int, float | None]]
"""Numbers of articles, each with its score where the list is by one."""

FIRST, LAST = -(1 << 62), 1 << 62
"""Below and above all numbers."""


class Row(NamedTuple):
    """An article as the lists need it."""

    number: int
    id: str
    at: int
    dated: int
    arrival: int
    version: int
    record: bytes
    key: str
    name: str
    lineage: int | None
    also: int
    story: int | None
    reads: int


ROWS = """
SELECT article.number, id, at, dated, arrival, version, record, outlet.key, outlet.name,
       lineage, ifnull((SELECT outlets - 1 FROM lineage WHERE number = article.lineage), 0),
       (SELECT story.id FROM story WHERE number = article.story AND articles > 1),
       (SELECT coalesce(sum(count), 0) FROM reads WHERE reads.article = article.number)
FROM article
JOIN state ON state.number = article.state
JOIN outlet ON outlet.number = article.outlet
"""

OUTLETS = "SELECT key, name, articles, latest FROM outlet "


def iso(seconds: int) -> str:
    """Give a moment as the desk's records have it; `seconds` since 1970."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def at_most(limit: int) -> int:
    """Give a limit as SQLite takes it."""
    return min(max(limit, 0), LAST)


class Lists:
    """The lists of a desk."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.records = Records(connection)

    def listing(
        self, row: Row, article: Article | None = None, score: float | None = None
    ) -> Listing:
        """Make the line of a list."""
        article = article or self.records.unpack(row.record)
        dated = article.date_published if row.dated else None
        return Listing(
            id=row.id,
            headline=article.headline,
            standfirst=article.standfirst,
            kicker=article.kicker,
            url=article.canonical_url or article.url,
            outlet=row.key,
            publisher=row.name,
            language=article.language,
            date=dated or iso(row.at),
            dated=dated is not None,
            reads=row.reads,
            also=row.also,
            story=None if row.story is None else story_id(row.story),
            score=score,
        )

    def number_of(self, id: str) -> int | None:
        """Give the number of an article."""
        row = self._connection.execute(
            "SELECT number FROM article WHERE id = ?", (storable(id),)
        ).fetchone()
        return row and int(row[0])

    def row_of(self, number: int) -> Row | None:
        """Give one article's row."""
        row = self._connection.execute(ROWS + "WHERE article.number = ?", (number,)).fetchone()
        return row and Row(*row)

    def listings(self, scored: Scored) -> list[Listing]:
        """Make a list of articles, in the order given, of numbers and scores."""
        found = []
        for number, score in scored:
            row = self.row_of(number)
            if row:
                found.append(self.listing(row, score=score))
        return found

    def outlets(self) -> list[Outlet]:
        """Give the outlets, most articles first."""
        rows = self._connection.execute(OUTLETS + "ORDER BY articles DESC, key")
        return [_outlet(*row) for row in rows.fetchall()]

    def outlet(self, key: str) -> Outlet | None:
        """Give one outlet."""
        row = self._connection.execute(OUTLETS + "WHERE key = ?", (storable(key),)).fetchone()
        return row and _outlet(*row)

    def languages(self) -> list[str]:
        """Give the languages of the articles, most frequent first."""
        rows = self._connection.execute("SELECT tag FROM language ORDER BY articles DESC, tag")
        return [tag for (tag,) in rows.fetchall()]

    def missed(self, after: str | None, limit: int) -> list[Missed]:
        """Give the pages that could not be read, latest first; an unknown `after` gives nothing."""
        rows = self._connection.execute(
            "SELECT path, url, error, added, content IS NOT NULL FROM missed WHERE number < "
            "iif(?1 IS NULL, 1 << 62, ifnull((SELECT number FROM missed WHERE path = ?1), 0)) "
            "ORDER BY number DESC LIMIT ?2",
            (after and storable(after), at_most(limit)),
        ).fetchall()
        return [
            Missed(path=path, url=url, error=error, added=iso(added), kept=bool(kept))
            for path, url, error, added, kept in rows
        ]

    def newest(
        self, outlet: str | None, *, once: bool, after: str | None, limit: int
    ) -> list[Listing]:
        """Give articles newest first; an unknown `after` gives nothing.

        With `once` articles that go back to another are left out.
        """
        before = self.before(after)
        where = "article.number < ?"
        values: list[int | str] = [before]
        if once:
            where += f" AND {ORIGIN}"
        if outlet is not None:
            where += " AND outlet = (SELECT number FROM outlet WHERE key = ?)"
            values.append(storable(outlet))
        rows = self._connection.execute(
            f"{ROWS} WHERE {where} ORDER BY article.number DESC LIMIT ?",
            (*values, at_most(limit)),
        )
        return [self.listing(Row(*row)) for row in rows.fetchall()]

    def search(
        self,
        query: Query,
        *,
        ranked: bool,
        once: bool,
        after: str | None,
        limit: int,
    ) -> list[Listing]:
        """Give what `query` finds; with `once` one article of each report, of the newest."""
        low, high = between(query)
        found: Scored
        if ranked:
            found = self.ranked(query.match, low, high)
        elif once:
            found = self._matching(query.match, low, high, COUNTED)
        else:
            high = min(high, self.before(after))
            return self.listings(self._matching(query.match, low, high, at_most(limit)))
        return self.leaf(self.once(found) if once else found, after, limit)

    def _matching(self, match: str, low: int, high: int, most: int) -> Scored:
        """Give the numbers of the newest matches, each without a score."""
        numbers = self._connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? "
            "ORDER BY rowid DESC LIMIT ?",
            (match, low, high, most),
        ).fetchall()
        return [(number, None) for (number,) in numbers]

    def once(self, found: Scored) -> Scored:
        """Keep one article of each report: the origin where it is among them, else the first."""
        rows = self._connection.execute(
            f"SELECT number, lineage, {ORIGIN} FROM article "  # noqa: S608
            "WHERE number IN (SELECT value FROM json_each(?)) AND lineage IS NOT NULL",
            (json.dumps([number for number, _ in found]),),
        ).fetchall()
        report = {number: lineage for number, lineage, _ in rows}
        shown = {lineage: number for number, lineage, origin in rows if origin}
        for number, _ in found:
            if number in report:
                shown.setdefault(report[number], number)
        return [one for one in found if one[0] not in report or shown[report[one[0]]] == one[0]]

    def breadth(self, query: Query) -> Breadth:
        """Count the outlets and the independent reports in what `query` finds."""
        low, high = between(query)
        return self.broad(
            "SELECT rowid FROM words "
            "WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (query.match, low, high, COUNTED),
        )

    def broad(self, numbers: str, values: tuple[object, ...]) -> Breadth:
        """Count outlets and reports of articles, at most `COUNTED`, whose numbers a query gives."""
        articles, outlets, reports = self._connection.execute(
            "SELECT count(*), count(DISTINCT outlet), count(DISTINCT ifnull(-lineage, number)) "  # noqa: S608
            f"FROM article WHERE number IN ({numbers})",
            values,
        ).fetchone()
        return Breadth(
            articles=articles, outlets=outlets, reports=reports, newest=articles == COUNTED
        )

    def leaf(self, best: Scored, after: str | None, limit: int) -> list[Listing]:
        """Give what follows the article `after` in a list that was made whole."""
        start = 0
        if after is not None:
            last = self.number_of(after)
            places = [place for place, (number, _) in enumerate(best) if number == last]
            start = places[0] + 1 if places else len(best)
        return self.listings(best[start : start + at_most(limit)])

    def ranked(self, match: str, low: int, high: int) -> list[tuple[int, float]]:
        """Give number and relevance of the newest matches, best first."""
        newest = self._connection.execute(
            f"SELECT rowid, -bm25(words, {WEIGHTS}) FROM words "  # noqa: S608
            "WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (match, low, high, NEWEST_RANKED),
        ).fetchall()
        return sorted(newest, key=lambda found: -found[1])  # of equal ones the newest is first

    def before(self, after: str | None) -> int:
        """Give the number below which the next page of a list begins."""
        if after is None:
            return LAST
        number = self.number_of(after)
        return FIRST if number is None else number


def between(query: Query) -> tuple[int, int]:
    """Give the first number that a query may find, and the one after the last."""
    low = numbers_of(query.since)[0] if query.since else FIRST
    high = numbers_of(query.until)[1] if query.until else LAST
    return low, high


def _outlet(key: str, name: str, articles: int, latest: int) -> Outlet:
    return Outlet(key=key, name=name, articles=articles, latest=iso(latest))
