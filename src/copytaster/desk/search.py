"""Looking things up: lists of articles, newest first or by relevance."""

import sqlite3
from datetime import date
from typing import NamedTuple

from copytaster.article import Article
from copytaster.desk.listing import Listing
from copytaster.desk.numbers import filed_at, numbers_of
from copytaster.desk.query import Query, narrowed
from copytaster.desk.record import unpack

NEWEST_RANKED = 2000
"""A ranked search weighs so many of the newest matches: relevance among what is current, at a cost
that does not grow with the desk."""

WEIGHTS = "5.0, 2.0, 1.0, 0.0"
"""BM25's weights of headline, lead, body and facet."""

_FIRST, _LAST = -(1 << 62), 1 << 62


class Row(NamedTuple):
    """An article as the lists need it."""

    number: int
    id: str
    dated: int
    record: bytes
    key: str
    name: str
    reads: int


ROWS = """
SELECT article.number, article.id, dated, record, outlet.key, outlet.name,
       (SELECT coalesce(sum(count), 0) FROM reads WHERE reads.article = article.number)
FROM article JOIN outlet ON outlet.number = article.outlet
"""


def listing(row: Row, article: Article | None = None, score: float | None = None) -> Listing:
    """Make the line of a list."""
    article = article or unpack(row.record)
    dated = bool(row.dated and article.date_published)
    return Listing(
        id=row.id,
        headline=article.headline,
        standfirst=article.standfirst,
        kicker=article.kicker,
        url=article.canonical_url or article.url,
        outlet=row.key,
        publisher=row.name,
        language=article.language,
        date=(article.date_published if dated else None)
        or filed_at(row.number).isoformat(timespec="minutes"),
        dated=dated,
        reads=row.reads,
        score=score,
    )


def number_of(connection: sqlite3.Connection, id: str) -> int | None:
    """Give the number of an article."""
    row = connection.execute("SELECT number FROM article WHERE id = ?", (id,)).fetchone()
    return row and int(row[0])


def row_of(connection: sqlite3.Connection, number: int) -> Row | None:
    """Give one article's row."""
    row = connection.execute(ROWS + "WHERE article.number = ?", (number,)).fetchone()
    return row and Row(*row)


def listings(
    connection: sqlite3.Connection, scored: list[tuple[int, float | None]]
) -> list[Listing]:
    """Make a list of articles, in the order given, of numbers and scores."""
    found = []
    for number, score in scored:
        row = row_of(connection, number)
        if row:
            found.append(listing(row, score=score))
    return found


def newest(
    connection: sqlite3.Connection, outlet: str | None, after: str | None, limit: int
) -> list[Listing]:
    """Give articles newest first; an unknown `after` gives nothing."""
    before = _before(connection, after)
    where = "article.number < ?"
    values: list[int | str] = [before]
    if outlet is not None:
        where += " AND outlet = (SELECT number FROM outlet WHERE key = ?)"
        values.append(outlet)
    rows = connection.execute(
        f"{ROWS} WHERE {where} ORDER BY article.number DESC LIMIT ?",
        (*values, max(limit, 0)),
    )
    return [listing(Row(*row)) for row in rows.fetchall()]


def search(
    connection: sqlite3.Connection,
    query: Query,
    *,
    ranked: bool,
    outlet: str | None,
    language: str | None,
    since: date | None,
    until: date | None,
    after: str | None,
    limit: int,
) -> list[Listing]:
    """Give what `query` finds within the filters."""
    match = narrowed(query, outlet, language)
    low = max([numbers_of(day)[0] for day in (since, query.since) if day], default=_FIRST)
    high = min([numbers_of(day)[1] for day in (until, query.until) if day], default=_LAST)
    if ranked:
        best = _ranked(connection, match, low, high)
        start = 0
        if after is not None:
            last = number_of(connection, after)
            places = [place for place, (number, _) in enumerate(best) if number == last]
            start = places[0] + 1 if places else len(best)
        return listings(connection, list(best[start : start + max(limit, 0)]))
    high = min(high, _before(connection, after))
    numbers = connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? "
        "ORDER BY rowid DESC LIMIT ?",
        (match, low, high, max(limit, 0)),
    ).fetchall()
    return listings(connection, [(number, None) for (number,) in numbers])


def _ranked(
    connection: sqlite3.Connection, match: str, low: int, high: int
) -> list[tuple[int, float]]:
    """Give number and relevance of the newest matches, best first."""
    row = connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? "
        "ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        (match, low, high, NEWEST_RANKED - 1),
    ).fetchone()
    return [
        (number, -score)
        for number, score in connection.execute(
            f"SELECT rowid, bm25(words, {WEIGHTS}) AS score FROM words "  # noqa: S608
            "WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY score, rowid DESC",
            (match, row[0] if row else low, high),
        )
    ]


def _before(connection: sqlite3.Connection, after: str | None) -> int:
    """Give the number below which the next page of a list begins."""
    if after is None:
        return _LAST
    number = number_of(connection, after)
    return _FIRST if number is None else number
