"""Stories on a desk: an article is grouped when it is filed, and what persons ruled holds.

The method is that of `stories.grouping`. A copy goes with its source; a new version stays in the
story of its article.
"""

import json
import math
import sqlite3
from collections.abc import Iterable

from copytaster.article import Article
from copytaster.copies.kinds import MOST
from copytaster.desk.numbers import SPAN
from copytaster.desk.record import Records, unpack_near
from copytaster.desk.rulings import rulings_of
from copytaster.desk.shelf import DeskShelf
from copytaster.desk.shelved import rounded, rounded_near
from copytaster.desk.terms import Compared, Terms
from copytaster.stories.evidence import Evidence, evidence
from copytaster.stories.grouping import NEAR, Grouping
from copytaster.story import Ruling

DOUBLED_SECONDS = 86_400
"""Twice as many independent reports weigh as much as being so much newer."""
LED = 100
"""Articles of a story, the first, among which its headline is chosen."""


class Stories:
    """Groups articles while they are added; `flush` ends a batch."""

    def __init__(self, connection: sqlite3.Connection, records: Records, terms: Terms) -> None:
        self._connection = connection
        self._records = records
        self._terms = terms
        self._shelf = DeskShelf(connection)
        self._grouping = Grouping(self._shelf)
        self._state = -1
        self._touched: set[int] = set()

    def begin(self) -> None:
        """Learn what was ruled meanwhile; called at the start of a transaction."""
        (state,) = self._connection.execute("PRAGMA data_version").fetchone()
        if state != self._state:
            self.ruled()
        self._state = state

    def ruled(self, *more: Ruling) -> None:
        """Obey the rulings that stand now, and `more` until the next time."""
        self._grouping = Grouping(self._shelf, [*rulings_of(self._connection), *more])
        self._shelf.forget(self._grouping.rulings)

    def arrived(self, arrival: int, article: Article, compared: Compared, *, dated: bool) -> None:
        """Put a new article into its story."""
        of = self._copied(arrival)
        if of is None or not self._grouping.carry(arrival, article.id, of):
            self._grouping.add(*self._told(arrival, article, compared, dated), of)

    def corrected(self, arrival: int, compared: Compared) -> None:
        """Take the new version of an article for the one before; it stays in its story."""
        seen = rounded(evidence(compared.text, None, compared.known))
        near = rounded_near(compared.near, NEAR)
        self._grouping.correct(arrival, seen, near, self._terms.documents)

    def unite(self, arrivals: Iterable[int]) -> None:
        """Make one story of the stories of articles."""
        self._grouping.unite(arrivals)

    def regroup(self, stories: Iterable[int]) -> None:
        """Group the articles of some stories anew."""
        rows = self._connection.execute(
            "SELECT arrival, dated, record FROM article JOIN state ON state.number = state "
            "WHERE story IN (SELECT value FROM json_each(?)) ORDER BY arrival",
            (json.dumps([*stories]),),
        ).fetchall()
        told = []
        for arrival, dated, record in rows:
            article = self._records.unpack(record)
            compared = self._terms.again(arrival, article)
            seen = self._told(arrival, article, compared, bool(dated))
            told.append((*seen, self._copied(arrival)))
        self._grouping.regroup(told)

    def recount(self, articles: Iterable[int]) -> None:
        """Count anew the stories of articles whose lineage changed."""
        self._touched |= {
            story
            for arrival in articles
            for (story,) in self._connection.execute(
                "SELECT story FROM article WHERE story IS NOT NULL AND "
                "number = (SELECT article FROM arrival WHERE number = ?)",
                (arrival,),
            )
        }

    def flush(self) -> None:
        """Write down what was grouped, and what lists show of it."""
        touched = self._shelf.write(self._grouping.changes(), self._terms.documents)
        for story in sorted(touched | self._touched):
            self._show(story)
        self._touched.clear()

    def _copied(self, arrival: int) -> int | None:
        """Give the earliest article that shares so much with one that both are one report."""
        (of,) = self._connection.execute(
            "SELECT min(other) FROM (SELECT source AS other, kind, share FROM copy "
            "WHERE article = ?1 UNION ALL SELECT article, kind, share FROM copy WHERE source = ?1) "
            "WHERE other < ?1 AND (kind <> 'embedded' OR share >= ?2)",
            (arrival, MOST),
        ).fetchone()
        return of and int(of)

    def _told(
        self, arrival: int, article: Article, compared: Compared, dated: bool
    ) -> tuple[int, Evidence, dict[int, float]]:
        """Give what grouping is told of an article."""
        date = article.date_published if dated else None
        seen = rounded(evidence(compared.text, date, compared.known))
        return arrival, seen, rounded_near(compared.near, NEAR)

    def _show(self, story: int) -> None:
        """Count what a story has; choose its headline; rank it."""
        articles, outlets, reports, first, latest = self._connection.execute(
            "SELECT count(*), count(DISTINCT outlet), "  # noqa: S608
            f"count(DISTINCT ifnull(-lineage, number)), {SPAN} FROM article WHERE story = ?",
            (story,),
        ).fetchone()
        if not articles:
            return
        rank = latest + round(math.log2(reports) * DOUBLED_SECONDS)
        self._connection.execute(
            "UPDATE story SET (articles, outlets, reports, first, latest, lead, rank) = "
            "(?, ?, ?, ?, ?, ?, ?) WHERE number = ?",
            (articles, outlets, reports, first, latest, self._lead(story), rank, story),
        )

    def _lead(self, story: int) -> int:
        """Choose the article whose headline a story has: the origin that most outlets carry.

        Of several such the most central, to which the others are nearest; then the first.
        """
        rows = self._connection.execute(
            "SELECT article.number, arrival, nearest, ifnull(lineage.outlets, 1), "
            "ifnull(origin, arrival) = arrival FROM article "
            "JOIN arrival ON arrival.number = arrival "
            "LEFT JOIN lineage ON lineage.number = lineage WHERE story = ? "
            "ORDER BY article.number LIMIT ?",
            (story, LED),
        ).fetchall()
        inside = {arrival for _, arrival, *_ in rows}
        best = max(
            rows,
            key=lambda row: (
                row[4],
                row[3],
                sum(score for other, score in unpack_near(row[2]) if other in inside),
                -row[0],
            ),
        )
        return int(best[0])
