"""Articles as they are read: one with all that its page shows, and what lies behind it."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

from copytaster.article import Article
from copytaster.desk.addresses import address_key
from copytaster.desk.excerpts import excerpt
from copytaster.desk.listing import Excerpt, Filed, Listing, TeaserLink, Version
from copytaster.desk.lists import FIRST, Lists, Row, iso
from copytaster.desk.record import NEIGHBOURS, unpack_near
from copytaster.desk.reports import Reports
from copytaster.desk.telling import Telling
from copytaster.desk.words import storable
from copytaster.page import Page

CARRIERS, COPIES = 6, 12
"""Shown with an article; there may be more."""

_STATES = """
WITH RECURSIVE states AS (
    SELECT number, version, before FROM state
    WHERE number = (SELECT state FROM article WHERE number = ?1)
    UNION ALL SELECT state.number, state.version, state.before
    FROM state JOIN states ON state.number = states.before
)
"""
"""An article's states, by its number."""


class Articles:
    """What is read of articles."""

    def __init__(
        self, connection: sqlite3.Connection, lists: Lists, reports: Reports, telling: Telling
    ) -> None:
        self._connection = connection
        self._lists = lists
        self._reports = reports
        self._telling = telling

    def row(self, id: str) -> Row | None:
        """Give an article's row."""
        number = self._lists.number_of(id)
        return None if number is None else self._lists.row_of(number)

    def filed(self, row: Row, version: int | None) -> Filed | None:
        """Give an article in one of its versions; nothing where it has none of that number."""
        article = self._lists.records.unpack(row.record)
        line = self._lists.listing(row, article)
        versions, former = self._versions(row.number, version)
        if version not in (None, row.version):
            if former is None:
                return None
            article = former
        return Filed(
            article=article,
            listing=line,
            version=version or row.version,
            versions=versions,
            story=self._telling.line_of(row.number),
            report=self._reports.of(row.number, limit=CARRIERS),
            copies=tuple(self._reports.copies(row, limit=COPIES)),
            similar=tuple(self.similar(row, NEIGHBOURS)),
            teasers=tuple(self._teasers(article)),
            pictures=tuple(self._has_pictures(row.number, article)),
        )

    def similar(self, row: Row, limit: int) -> list[Listing]:
        """Give an article's neighbours, nearest first: one of each report, none of its own."""
        # What came after a copy has entered its origin's list.
        rows = self._connection.execute(
            "SELECT nearest FROM arrival WHERE number = ?1 "
            "OR number = (SELECT root FROM lineage WHERE number = ?2)",
            (row.arrival, row.lineage),
        ).fetchall()
        near = [one for (kept,) in rows for one in unpack_near(kept)]
        shown = {row.lineage or row.number}
        found = []
        for arrival, score in sorted(near, key=lambda one: (-one[1], one[0])):
            (number,) = self._connection.execute(
                "SELECT article FROM arrival WHERE number = ?", (arrival,)
            ).fetchone()
            other = self._lists.row_of(number)
            if other and (other.lineage or other.number) not in shown:
                shown.add(other.lineage or other.number)
                found.append(self._lists.listing(other, score=score))
        return found[: max(limit, 0)]

    def find(self, url: str) -> str | None:
        """Give the id of the article at an address."""
        row = self._connection.execute(
            "SELECT id FROM address JOIN article ON article.number = article WHERE key = ?",
            (address_key(url),),
        ).fetchone()
        return row and str(row[0])

    def page(self, id: str, version: int | None) -> Page | None:
        """Give the saved page behind a version (nothing: the current one) of an article."""
        if version is not None and not 0 < version < 1 << 32:
            return None
        row = self._connection.execute(
            _STATES + "SELECT record, page "
            "FROM states JOIN state USING (number) "
            "WHERE ?2 IS NULL OR states.version = ?2 ORDER BY states.version DESC LIMIT 1",
            (self._lists.number_of(id), version),
        ).fetchone()
        return row and self._lists.records.unpack_page(*row)

    def picture(self, id: str, number: int, version: int | None) -> tuple[str, bytes] | None:
        """Give media type and bytes of an article's picture, if they are kept."""
        row = self.row(id)
        if row is None:
            return None
        _, former = self._versions(row.number, version)
        pictures = (former or self._lists.records.unpack(row.record)).pictures
        if not 0 <= number < len(pictures):
            return None
        kept = self._connection.execute(
            "SELECT media_type, content FROM picture WHERE article = ? AND url = ?",
            (row.number, pictures[number].url),
        ).fetchone()
        return kept and (str(kept[0]), bytes(kept[1]))

    def every(self, story: int | None) -> Iterator[Article]:
        """Give all articles as they stand now, or those of a story, oldest first."""
        last = FIRST
        while True:
            rows = self._connection.execute(
                "SELECT number FROM article WHERE number > ?1 AND (?2 IS NULL OR story = ?2) "
                "ORDER BY number LIMIT 500",
                (last, story),
            ).fetchall()
            for (number,) in rows:
                row = self._lists.row_of(number)
                if row:
                    yield self._lists.records.unpack(row.record)
            if len(rows) < 500:
                return
            last = rows[-1][0]

    def excerpts(self, sought: Collection[tuple[str, bool]], ids: Iterable[str]) -> list[Excerpt]:
        """Give where articles have the words sought, for those that do."""
        wanted = [storable(id) for id in ids] if sought else []
        records = dict(
            self._connection.execute(
                "SELECT id, record FROM article JOIN state ON state.number = state "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            ).fetchall()
        )
        articles = (self._lists.records.unpack(records[id]) for id in wanted if id in records)
        return [found for article in articles if (found := excerpt(article, sought))]

    def _versions(
        self, number: int, wanted: int | None
    ) -> tuple[tuple[Version, ...], Article | None]:
        """Give the versions of an article, and what version `wanted` says."""
        rows = self._connection.execute(
            _STATES + "SELECT states.version, added, record FROM states "  # noqa: S608
            "JOIN state USING (number) ORDER BY states.version",
            (number,),
        ).fetchall()
        articles = {version: self._lists.records.unpack(record) for version, _, record in rows}
        versions = tuple(
            Version(
                number=version,
                added=iso(added),
                headline=articles[version].headline,
                current=version == len(rows),
            )
            for version, added, _ in rows
        )
        return versions, articles.get(wanted or 0)

    def _teasers(self, article: Article) -> list[TeaserLink]:
        return [
            TeaserLink(
                headline=teaser.headline,
                url=teaser.url,
                standfirst=teaser.standfirst,
                count=teaser.count,
                article=self.find(teaser.url) if teaser.url else None,
            )
            for teaser in article.teasers
        ]

    def _has_pictures(self, number: int, article: Article) -> list[bool]:
        rows = self._connection.execute("SELECT url FROM picture WHERE article = ?", (number,))
        kept = {url for (url,) in rows}
        return [picture.url in kept for picture in article.pictures]
