"""Claims as they are read: of an article, of a speaker, of a search."""

import sqlite3
from collections.abc import Iterable, Iterator

from copytaster.claim import Claim
from copytaster.desk.claimed import MOST, said, unpack_claims
from copytaster.desk.lists import FIRST, LAST, Lists, Row, at_most
from copytaster.desk.stated import (
    Quoted,
    Stated,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
    Unclaimed,
    Voice,
)
from copytaster.desk.words import storable

AROUND = 32
"""Characters before and after the words, by which they are found in a text that changed."""

_QUOTES = """
SELECT min(article * ?5 + place), article, place, count(DISTINCT article) - 1 FROM said
WHERE speaker = ?1 AND (stated OR ?2) GROUP BY words HAVING min(article * ?5 + place) < ?3
ORDER BY 1 DESC LIMIT ?4
"""
_FAR = 1 << 50
"""Beyond any article's number, and small enough to be multiplied."""
SHIFT = MOST.bit_length() - 1


class Sayings:
    """What is read of claims; articles are told by number."""

    def __init__(self, connection: sqlite3.Connection, lists: Lists) -> None:
        self._connection = connection
        self._lists = lists

    def of(self, state: int, id: str, text: str) -> tuple[Stated, ...] | None:
        """Give the claims of a state of an article; nothing where they were not made."""
        claims = self._claims(state)
        return None if claims is None else self._stated(state, claims, id, text)

    def _claims(self, state: int) -> tuple[Claim, ...] | None:
        row = self._connection.execute(
            "SELECT record FROM claims WHERE state = ?", (state,)
        ).fetchone()
        return unpack_claims(row[0]) if row and row[0] is not None else None

    def _stated(
        self, state: int, claims: tuple[Claim, ...], id: str, text: str
    ) -> tuple[Stated, ...]:
        rows = self._connection.execute(
            "SELECT place, key, name, kind FROM said JOIN speaker ON speaker.number = speaker "
            "WHERE article = (SELECT number FROM article WHERE state = ?1) AND state = ?1",
            (state,),
        )
        voices = {place: Voice(key=key, name=name, kind=kind) for place, key, name, kind in rows}
        return tuple(
            Stated(
                number=place + 1,
                words=said(claim, text),
                source=" ".join(text[start:end] for start, end in claim.source),
                cue=" ".join(text[start:end] for start, end in claim.cue),
                figures=tuple(text[slice(*figure.span)] for figure in claim.figures),
                claim=claim,
                speaker=voices.get(place),
                target=targets(claim, id, text),
            )
            for place, claim in enumerate(claims)
        )

    def state(self, id: str, version: int | None) -> tuple[int, str, str] | None:
        """Give the number of an article's state, its id and its text."""
        rows = self._connection.execute(
            "WITH RECURSIVE states AS (SELECT state.* FROM state JOIN article "
            "ON article.state = state.number WHERE id = ?1 UNION ALL "
            "SELECT state.* FROM state JOIN states ON state.number = states.before) "
            "SELECT number, record FROM states WHERE ?2 IS NULL OR version = ?2 LIMIT 1",
            (storable(id), version),
        ).fetchone()
        return rows and (rows[0], id, self._lists.records.unpack(rows[1]).text)

    def count(self, id: str) -> int:
        """Count the statements of an article."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM said WHERE stated "
            "AND article = (SELECT number FROM article WHERE id = ?)",
            (storable(id),),
        ).fetchone()
        return int(count)

    def in_articles(self, ids: Iterable[str]) -> list[Quoted]:
        """Give the claims of articles."""
        numbers = [number for id in ids if (number := self._lists.number_of(id)) is not None]
        return [quoted for number in numbers for quoted in self._all(number)]

    def every(self, speaker: str | None) -> Iterator[Quoted]:
        """Give all claims, or those of a speaker, by article."""
        last = FIRST
        while True:
            rows = self._connection.execute(
                "SELECT DISTINCT article FROM said WHERE article > ?1 AND (?2 IS NULL OR speaker = "
                "(SELECT whole FROM speaker WHERE key = ?2)) ORDER BY article LIMIT 500",
                (last, speaker and storable(speaker)),
            ).fetchall()
            for (number,) in rows:
                yield from self._all(number, speaker)
            if len(rows) < 500:
                return
            last = rows[-1][0]

    def _all(self, number: int, speaker: str | None = None) -> list[Quoted]:
        rows = self._connection.execute(
            "SELECT article, place, 0 FROM said WHERE article = ?1 AND (?2 IS NULL OR speaker = "
            "(SELECT whole FROM speaker WHERE key = ?2)) ORDER BY place",
            (number, speaker and storable(speaker)),
        ).fetchall()
        return self.quoted(rows)

    def count_missed(self) -> int:
        """Count the articles whose claims could not be made."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM claims WHERE error IS NOT NULL "
            "AND state IN (SELECT state FROM article)"
        ).fetchone()
        return int(count)

    def quoted(self, places: Iterable[tuple[int, int, int]]) -> list[Quoted]:
        """Give claims by article, place, and how many other articles have the same words."""
        found = []
        articles: dict[int, tuple[Row, tuple[Stated, ...]]] = {}
        for number, place, also in places:
            if number not in articles:
                row = self._lists.row_of(number)
                if row is None:
                    continue
                article = self._lists.records.unpack(row.record)
                (state,) = self._connection.execute(
                    "SELECT state FROM article WHERE number = ?", (number,)
                ).fetchone()
                articles[number] = row, self.of(state, row.id, article.text) or ()
            row, stated = articles[number]
            if place < len(stated):
                line = self._lists.listing(row)
                found.append(Quoted(article=line, stated=stated[place], also=also))
        return found

    def by(
        self, key: str, *, thoughts: bool, after: str | None, limit: int
    ) -> list[tuple[str, Quoted]]:
        """Give a speaker's claims, newest first, the same words once, each with where it stands.

        With `thoughts` beliefs and intentions, too. `after` is the place of the last one seen.
        """
        row = self._connection.execute(
            "SELECT whole FROM speaker WHERE key = ?", (storable(key),)
        ).fetchone()
        before = int(after) if after and after.isdecimal() and len(after) < 19 else LAST
        rows = self._connection.execute(
            _QUOTES, (row and row[0], thoughts, before, at_most(limit), MOST)
        ).fetchall()
        return [
            (str(at), quoted)
            for at, number, place, also in rows
            for quoted in self.quoted([(number, place, also)])
        ]

    def matching(self, match: str, number: int, most: int) -> list[tuple[int, int, int]]:
        """Give the claims of an article that a match of the index finds."""
        rows = self._connection.execute(
            "SELECT rowid FROM claimed WHERE claimed MATCH ? AND rowid >= ? AND rowid < ? "
            "ORDER BY rowid LIMIT ?",
            (match, number * MOST, (number + 1) * MOST, most),
        )
        return [(*divmod(rowid, MOST), 0) for (rowid,) in rows.fetchall()]

    def articles(self, match: str, low: int, high: int, most: int) -> list[int]:
        """Give the newest articles from `low` to below `high` with a claim that a match finds."""
        rows = self._connection.execute(
            f"SELECT DISTINCT rowid >> {SHIFT} FROM claimed WHERE claimed MATCH ? "  # noqa: S608
            "AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (match, max(low, -_FAR) * MOST, min(high, _FAR) * MOST, most),
        )
        return [number for (number,) in rows.fetchall()]

    def missed(self, limit: int) -> list[Unclaimed]:
        """Give the articles whose claims could not be made, the latest first."""
        rows = self._connection.execute(
            "SELECT article.number, error FROM claims JOIN article ON article.state = claims.state "
            "WHERE error IS NOT NULL ORDER BY claims.state DESC LIMIT ?",
            (at_most(limit),),
        ).fetchall()
        return [
            Unclaimed(article=line, error=error)
            for number, error in rows
            for line in self._lists.listings([(number, None)])
        ]


def targets(claim: Claim, id: str, text: str) -> tuple[Target, ...]:
    """Give the selectors of a claim's content, one pair for each piece."""
    return tuple(
        Target(
            source=f"/article/{id}",
            selector=(
                TextQuoteSelector(
                    exact=text[start:end],
                    prefix=text[max(0, start - AROUND) : start],
                    suffix=text[end : end + AROUND],
                ),
                TextPositionSelector(start=start, end=end),
            ),
        )
        for start, end in claim.content
    )
