"""The lineages of a desk: who goes back to whom, kept as articles come.

As in `copies.lineage` an article follows the one that it carries most of, and of a circle the way
that counts least is given up. Here that is decided anew whenever an article's copies change; the
smaller of two lineages is the one that is renamed.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from copytaster.copies.direction import is_agency
from copytaster.copies.index import Text
from copytaster.copies.kinds import MOST
from copytaster.copies.lineage import lineage

DESCRIBED = 100
"""Articles that decide which agency a lineage is of: no more are looked at for each that comes."""


# Ways, the one that counts most first: by credit, by how much is carried, by who came first.
_WAYS = """
SELECT ' ' || evidence || ' ' NOT LIKE '% credit %', -share, source, article, followed FROM copy
"""


class _Lineage(NamedTuple):
    number: int
    root: int
    articles: int


class Lineages:
    """Keeps `lineage`, `article.lineage` and `copy.followed`; articles are told by arrival."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.moved: set[int] = set()
        """Articles that went from one lineage to another."""

    def settle(self, articles: Iterable[int]) -> None:
        """Let each article follow what it carries most of; called when its copies have changed."""
        for article in sorted(set(articles)):
            self._settle(article)

    def part(self, article: int) -> list[int]:
        """Take an article out of all lineages; give those that followed it, on their own now."""
        following = self._connection.execute(
            "SELECT article FROM copy WHERE source = ? AND followed ORDER BY article", (article,)
        ).fetchall()
        parted = [one for (one,) in following]
        for one in [*parted, article]:
            self._leave(one)
        return parted

    def _settle(self, article: int) -> None:
        ways = self._connection.execute(
            _WAYS + "WHERE article = ? AND (kind <> 'embedded' OR share >= ?) ORDER BY 1, 2, 3",
            (article, MOST),
        ).fetchall()
        for *rank, followed in ways:
            if followed:
                return
            circle = self._chain(rank[2], article)
            weakest = max([rank, *circle])
            if circle and weakest == rank:
                continue
            for former in {weakest[3], article} if circle else {article}:
                self._leave(former)
            self._follow(article, rank[2])
            if circle:
                self._settle(weakest[3])
            return

    def _chain(self, article: int, to: int) -> list[list[int]]:
        """Give the ways, by rank, from an article to one that it goes back to; else nothing."""
        chain = []
        while article != to:
            row = self._connection.execute(
                _WAYS + "WHERE article = ? AND followed", (article,)
            ).fetchone()
            if row is None:
                return []
            chain.append([*row[:4]])
            article = row[2]
        return chain

    def _follow(self, article: int, source: int) -> None:
        self._connection.execute(
            "UPDATE copy SET followed = 1 WHERE article = ? AND source = ?", (article, source)
        )
        self.moved |= {article, source}
        ours, theirs = self._of(article), self._of(source)
        into, gone = (theirs, ours) if theirs.articles >= ours.articles else (ours, theirs)
        values = {"into": into.number, "gone": gone.number, "root": theirs.root}
        self._connection.execute(
            "UPDATE lineage SET root = :root, "
            "articles = articles + (SELECT articles FROM lineage WHERE number = :gone), "
            "outlets = outlets + (SELECT count(DISTINCT outlet) FROM article AS one "
            "WHERE lineage = :gone AND NOT EXISTS (SELECT 1 FROM article "
            "WHERE lineage = :into AND outlet = one.outlet)) WHERE number = :into",
            values,
        )
        self._connection.execute("UPDATE article SET lineage = :into WHERE lineage = :gone", values)
        self._connection.execute("DELETE FROM lineage WHERE number = :gone", values)
        self._describe(into.number, decided=into is theirs)

    def _leave(self, article: int) -> None:
        """Let an article, and who goes back to it, be a lineage of their own."""
        left = self._connection.execute(
            "UPDATE copy SET followed = 0 WHERE article = ? AND followed", (article,)
        )
        if not left.rowcount:
            return
        former = self._of(article)
        self.moved |= {article, former.root}
        number = self._begin(article)
        self._connection.execute(
            "WITH RECURSIVE below(number) AS (VALUES (?1) UNION "
            "SELECT article FROM copy JOIN below ON source = below.number WHERE followed) "
            "UPDATE article SET lineage = ?2 WHERE number IN "
            "(SELECT article FROM arrival JOIN below USING (number))",
            (article, number),
        )
        for one in (former.number, number):
            self._connection.execute(
                "UPDATE lineage SET (articles, outlets) = (SELECT count(*), count(DISTINCT outlet) "
                "FROM article WHERE lineage = ?1) WHERE number = ?1",
                (one,),
            )
            self._describe(one, decided=False)

    def _of(self, article: int) -> _Lineage:
        """Give an article's lineage; one that has none begins its own."""
        (number,) = self._connection.execute(
            "SELECT lineage FROM article WHERE number = "
            "(SELECT article FROM arrival WHERE number = ?)",
            (article,),
        ).fetchone()
        if number is None:
            number = self._begin(article)
            self._connection.execute(
                "UPDATE article SET lineage = ? WHERE number = "
                "(SELECT article FROM arrival WHERE number = ?)",
                (number, article),
            )
        row = self._connection.execute(
            "SELECT number, root, articles FROM lineage WHERE number = ?", (number,)
        ).fetchone()
        return _Lineage(*row)

    def _begin(self, article: int) -> int:
        (number,) = self._connection.execute(
            "INSERT INTO lineage (root, origin, wire, articles, outlets) VALUES (?1, ?1, 0, 1, 1) "
            "RETURNING number",
            (article,),
        ).fetchone()
        return int(number)

    def _describe(self, number: int, *, decided: bool) -> None:
        """Find the agency and the origin of a lineage; one of a single article is no lineage."""
        (root, articles) = self._connection.execute(
            "SELECT root, articles FROM lineage WHERE number = ?", (number,)
        ).fetchone()
        if articles == 1:
            self._connection.execute(
                "UPDATE article SET lineage = NULL WHERE lineage = ?", (number,)
            )
            self._connection.execute("DELETE FROM lineage WHERE number = ?", (number,))
            return
        if decided and articles > DESCRIBED:
            return
        rows = self._connection.execute(
            "SELECT arrival, name, agency FROM article "
            "JOIN outlet ON outlet.number = article.outlet WHERE lineage = ? "
            "ORDER BY arrival LIMIT ?",
            (number, DESCRIBED),
        ).fetchall()
        members = [Text(id=str(one), text="", outlet=name, agency=by) for one, name, by in rows]
        found = lineage(str(root), members)
        wire = any(one.id == found.origin for one in members if is_agency(found.agency, one.outlet))
        self._connection.execute(
            "UPDATE lineage SET origin = ?, agency = ?, wire = ? WHERE number = ?",
            (int(found.origin), found.agency, wire, number),
        )
