"""Stories as they are read: the list by rank, and all that a story's page shows."""

import re
import sqlite3
from collections import Counter

from copytaster.article import Article
from copytaster.desk.identity import story_id, story_number
from copytaster.desk.listing import (
    Listing,
    Report,
    Ruled,
    Story,
    StoryDay,
    StoryLine,
    StoryName,
    StoryOutlet,
    StoryVersions,
)
from copytaster.desk.lists import Lists, at_most, iso
from copytaster.desk.reports import Reports
from copytaster.desk.rulings import unpack_rulings
from copytaster.desk.words import storable

CARRIERS = 8
"""Shown under each report of a story; there may be more."""
READ = 40
"""Reports of a story whose texts are searched for names."""
NAMED = 12
"""Names shown of a story."""
OUTLETS = 60
"""Outlets shown of a story; there may be more."""

_ON_A_DAY = (
    "(dated OR NOT EXISTS (SELECT 1 FROM article AS other WHERE other.story = ?1 AND other.dated))"
)
"""An undated article is on no day of a story, but on that of its coming where all are undated."""
_LINE = "SELECT number, id, articles, outlets, reports, first, latest, lead FROM story "


class Telling:
    """What is read of stories."""

    def __init__(self, connection: sqlite3.Connection, lists: Lists, reports: Reports) -> None:
        self._connection = connection
        self._lists = lists
        self._reports = reports

    def stories(self, after: str | None, limit: int) -> list[StoryLine]:
        """Give the stories of several articles by rank; an unknown `after` gives nothing."""
        where, values = "", ()
        if after is not None:
            where = "AND (rank, number) < (SELECT rank, number FROM story WHERE id = ? ORDER BY 1) "
            values = (story_number(after),)  # type: ignore[assignment]
        rows = self._connection.execute(
            f"{_LINE} WHERE articles > 1 {where} ORDER BY rank DESC, number DESC LIMIT ?",
            (*values, at_most(limit)),
        ).fetchall()
        return [self._line(*row) for row in rows]

    def line_of(self, article: int) -> StoryLine | None:
        """Give the story of an article, where it has more."""
        (story,) = self._connection.execute(
            "SELECT story FROM article WHERE number = ?", (article,)
        ).fetchone()
        row = self._connection.execute(
            _LINE + "WHERE number = ? AND articles > 1", (story,)
        ).fetchone()
        return self._line(*row) if row else None

    def number_of(self, id: str) -> int | None:
        """Give the number of a story; of one that is no more, that which took it in."""
        row = self._connection.execute(
            "SELECT 0, number FROM story WHERE id = ?1 AND articles > 0 "
            "UNION ALL SELECT 1, story FROM article WHERE number = (SELECT article FROM arrival "
            "WHERE number = (SELECT arrival FROM former WHERE id = ?1)) ORDER BY 1",
            (story_number(id),),
        ).fetchone()
        return row and int(row[1])

    def story(self, number: int, after: str | None, limit: int) -> Story:
        """Give all that a story's page shows; `after` is the origin of the last report seen."""
        row = self._connection.execute(_LINE + "WHERE number = ?", (number,)).fetchone()
        origins = self.origins(number)
        start = 0
        if after is not None:
            last = self._lists.number_of(after)
            start = origins.index(last) + 1 if last in origins else len(origins)
        shown = origins[start : start + max(limit, 0)]
        return Story(
            line=self._line(*row),
            days=tuple(self._days(number)),
            reports=tuple(self._report(origin) for origin in shown),
            more=self._id(shown[-1]) if shown and start + len(shown) < len(origins) else None,
            outlets=tuple(self._outlets(number)),
            names=tuple(self._names(origins[:READ])),
            changed=tuple(self._changed(number)),
            rulings=tuple(self._rulings(number)),
        )

    def articles(
        self, number: int, day: str | None, outlet: str | None, after: str | None, limit: int
    ) -> list[Listing]:
        """Give the articles of a story, newest first: of a day (UTC), of an outlet."""
        said = [part and storable(part) for part in (day, outlet)]
        rows = self._connection.execute(
            "SELECT number FROM article WHERE story = ?1 AND number < ?2 "  # noqa: S608
            f"AND (?3 IS NULL OR (date(at, 'unixepoch') = ?3 AND {_ON_A_DAY})) "
            "AND (?4 IS NULL OR outlet = (SELECT number FROM outlet WHERE key = ?4)) "
            "ORDER BY number DESC LIMIT ?5",
            (number, self._lists.before(after), *said, at_most(limit)),
        ).fetchall()
        return self._lists.listings([(found, None) for (found,) in rows])

    def rulings(self) -> list[Ruled]:
        """Give what persons decided, the latest first."""
        rows = self._connection.execute(
            "SELECT number, made, act, content FROM ruling ORDER BY number DESC"
        ).fetchall()
        return [
            Ruled(number=number, made=iso(made), act=act, rulings=unpack_rulings(content))
            for number, made, act, content in rows
        ]

    def _line(
        self,
        number: int,
        id: int,
        articles: int,
        outlets: int,
        reports: int,
        first: int,
        latest: int,
        lead: int,
    ) -> StoryLine:
        (listing,) = self._lists.listings([(lead, None)])
        return StoryLine(
            id=story_id(id),
            lead=listing,
            articles=articles,
            outlets=outlets,
            reports=reports,
            first=iso(first),
            latest=iso(latest),
        )

    def origins(self, number: int) -> list[int]:
        """Give the article that each report goes back to, or its first one here; latest first."""
        rows = self._connection.execute(
            "SELECT ifnull((SELECT article FROM arrival JOIN lineage ON origin = arrival.number "
            "WHERE lineage.number = one.lineage AND article IN "
            "(SELECT number FROM article WHERE story = ?1)), min(number)) AS origin "
            "FROM article AS one WHERE story = ?1 GROUP BY ifnull(-lineage, number) "
            "ORDER BY origin DESC",
            (number,),
        ).fetchall()
        return [origin for (origin,) in rows]

    def _report(self, origin: int) -> Report:
        report = self._reports.of(origin, limit=CARRIERS)
        if report:
            return report
        (listing,) = self._lists.listings([(origin, None)])
        return Report(origin=listing, agency=None, wire=False, articles=1, outlets=1, carriers=())

    def _days(self, number: int) -> list[StoryDay]:
        rows = self._connection.execute(
            "SELECT date(at, 'unixepoch') AS day, count(*), "  # noqa: S608
            "count(DISTINCT iif(at = began, report, NULL)) FROM (SELECT at, "
            "ifnull(-lineage, number) AS report, "
            "min(at) OVER (PARTITION BY ifnull(-lineage, number)) AS began "
            f"FROM article WHERE story = ?1 AND {_ON_A_DAY}) GROUP BY day ORDER BY day",
            (number,),
        ).fetchall()
        return [StoryDay(day=day, articles=n, reports=reports) for day, n, reports in rows]

    def _outlets(self, number: int) -> list[StoryOutlet]:
        rows = self._connection.execute(
            "SELECT key, name, count(*), min(article.number) AS first FROM article "
            "JOIN outlet ON outlet.number = outlet WHERE story = ? GROUP BY outlet.number "
            "ORDER BY first LIMIT ?",
            (number, OUTLETS),
        ).fetchall()
        listings = self._lists.listings([(first, None) for *_, first in rows])
        return [
            StoryOutlet(key=key, name=name, articles=articles, first=first)
            for (key, name, articles, _), first in zip(rows, listings, strict=True)
        ]

    def _names(self, origins: list[int]) -> list[StoryName]:
        counts: Counter[str] = Counter()
        for origin in origins:
            row = self._lists.row_of(origin)
            if row:
                counts.update(set(names(self._lists.records.unpack(row.record))))
        # A name that stands in a longer one as often is that one.
        told = [
            (name, count)
            for name, count in counts.items()
            if count > 1
            and not any(
                name != other and f" {name} " in f" {other} " and many >= count
                for other, many in counts.items()
            )
        ]
        told.sort(key=lambda one: (-one[1], one[0]))
        return [StoryName(name=name, reports=count) for name, count in told[:NAMED]]

    def _changed(self, number: int) -> list[StoryVersions]:
        rows = self._connection.execute(
            "SELECT article.number, version FROM article JOIN state ON state.number = state "
            "WHERE story = ? AND version > 1 ORDER BY article.number DESC LIMIT 20",
            (number,),
        ).fetchall()
        listings = self._lists.listings([(article, None) for article, _ in rows])
        return [
            StoryVersions(listing=listing, versions=versions)
            for listing, (_, versions) in zip(listings, rows, strict=True)
        ]

    def _rulings(self, number: int) -> list[Ruled]:
        """Give the decisions about the articles of a story."""
        found = self.rulings()
        if not found:
            return []
        rows = self._connection.execute("SELECT id FROM article WHERE story = ?", (number,))
        ids = {id for (id,) in rows}
        return [
            one
            for one in found
            if any(not ids.isdisjoint((*each.these, *each.those)) for each in one.rulings)
        ]

    def _id(self, number: int) -> str:
        row = self._lists.row_of(number)
        assert row
        return row.id


_CAPITAL = "[^\\W\\d_a-zß-öø-ÿа-яё]"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}[\w’'-]+(?: {_CAPITAL}[\w’'-]+){{0,4}}")
_BEGINNING = frozenset(".!?:…“”\"‘'«»—–(")
_NO_NAMES = frozenset(
    {"January", "February", "March", "April", "May", "June", "July", "August", "September"}
    | {"October", "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
    | {"Saturday", "Sunday", "Mr", "Mrs", "Ms", "Dr", "I"}
)


def names(article: Article) -> list[str]:
    """Give the names in the body of an article, as often as they stand there: words with a capital.

    A word that the article writes small, too, begins no name; one alone at the beginning of a
    sentence is none.
    """
    if (article.language or "").startswith("de"):
        return []  # every noun has a capital
    found = []
    for block in article.body:
        small = {word for word in re.findall(r"\w+", block.text) if word[0].islower()}
        for run in _RUN.finditer(block.text):
            words = [re.sub("[’']s?$", "", word) for word in run[0].split(" ")]
            before = block.text[: run.start()].rstrip()
            begins = not before or before[-1] in _BEGINNING
            while words and (words[0] in _NO_NAMES or words[0].casefold() in small):
                del words[0]
                begins = False
            if len(words) > 1 and run[0].isupper():
                continue  # a place before the text of an agency
            if words and not (begins and len(words) == 1) and not _NO_NAMES.intersection(words):
                found.append(" ".join(words))
    return found
