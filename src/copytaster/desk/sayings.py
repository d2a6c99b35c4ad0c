"""Claims as they are read: of an article, of a speaker, of a search."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from copytaster.claim import Claim
from copytaster.desk.claimed import MOST, said, unpack_claims
from copytaster.desk.lists import Lists, Row, at_most, iso
from copytaster.desk.stated import (
    Naming,
    Quoted,
    Speaking,
    Spelling,
    Stated,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
    Unclaimed,
    Voice,
)
from copytaster.desk.words import spaced, storable
from copytaster.story import Ruling

AROUND = 32
"""Characters before and after the words, by which they are found in a text that changed."""

_VOICE = (
    "SELECT whole.number, whole.key, whole.name, whole.kind, whole.claims FROM speaker AS whole"
)
_QUOTES = """
SELECT min(article * ?5 + place), article, place, count(DISTINCT article) - 1 FROM said
WHERE speaker = ?1 AND (stated OR ?2) GROUP BY words HAVING min(article * ?5 + place) < ?3
ORDER BY 1 DESC LIMIT ?4
"""
_LAST = 1 << 62
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
        found = self.speaker(speaker) if speaker is not None else None
        if speaker is not None and found is None:
            return
        key = found and found.key
        last = -_LAST
        while True:
            rows = self._connection.execute(
                "SELECT DISTINCT article FROM said WHERE article > ?1 AND (?2 IS NULL OR speaker = "
                "(SELECT number FROM speaker WHERE key = ?2)) ORDER BY article LIMIT 500",
                (last, key),
            ).fetchall()
            for (number,) in rows:
                for quoted in self._all(number):
                    who = quoted.stated.speaker
                    if key is None or (who and who.key == key):
                        yield quoted
            if len(rows) < 500:
                return
            last = rows[-1][0]

    def _all(self, number: int) -> list[Quoted]:
        rows = self._connection.execute(
            "SELECT article, place, 0 FROM said WHERE article = ? ORDER BY place", (number,)
        ).fetchall()
        return self.quoted(rows)

    def rulings(self) -> list[Naming]:
        """Give what was ruled about names, the latest first."""
        rows = self._connection.execute(
            "SELECT number, made, ruling FROM naming ORDER BY number DESC"
        ).fetchall()
        return [
            Naming(number=number, made=iso(made), ruling=msgspec.json.decode(ruling, type=Ruling))
            for number, made, ruling in rows
        ]

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

    def speaker(self, key: str) -> Speaking | None:
        """Give a speaker by the key of any of its names."""
        row = self._connection.execute(
            f"{_VOICE} WHERE number = (SELECT whole FROM speaker WHERE key = ?)",  # noqa: S608
            (storable(key),),
        ).fetchone()
        return row and self._speaking(*row)

    def knows(self, key: str) -> bool:
        """Say whether a name on the desk has this key."""
        row = self._connection.execute("SELECT 1 FROM speaker WHERE key = ?", (storable(key),))
        return row.fetchone() is not None

    def by(
        self, key: str, *, thoughts: bool, after: str | None, limit: int
    ) -> list[tuple[str, Quoted]]:
        """Give a speaker's claims, newest first, the same words once, each with where it stands.

        With `thoughts` beliefs and intentions, too. `after` is the place of the last one seen.
        """
        row = self._connection.execute(
            "SELECT whole FROM speaker WHERE key = ?", (storable(key),)
        ).fetchone()
        before = int(after) if after and after.isdecimal() and len(after) < 19 else _LAST
        rows = self._connection.execute(
            _QUOTES, (row and row[0], thoughts, before, at_most(limit), MOST)
        ).fetchall()
        return [
            (str(at), quoted)
            for at, number, place, also in rows
            for quoted in self.quoted([(number, place, also)])
        ]

    def speakers(self, words: str | None, after: str | None, limit: int) -> list[Speaking]:
        """Give speakers, those with most statements first; `words` are of one of their names."""
        bound: Sequence[int] = (1 << 62, 0)
        if after is not None:
            row = self._connection.execute(
                "SELECT claims, number FROM speaker WHERE key = ?", (storable(after),)
            ).fetchone()
            bound = row or (-1, 0)
        named = ""
        values: list[object] = [*bound]
        if words is not None:
            phrase = name_match(words)
            if phrase is None:
                return []
            named = (
                "AND whole.number IN (SELECT whole FROM speaker WHERE number IN "
                "(SELECT rowid FROM named WHERE named MATCH ?)) "
            )
            values.append(phrase)
        rows = self._connection.execute(
            f"{_VOICE} WHERE claims > 0 AND (-claims, number) > (-?, ?) {named}"
            "ORDER BY claims DESC, number LIMIT ?",
            (*values, at_most(limit)),
        ).fetchall()
        return [self._speaking(*row) for row in rows]

    def _speaking(self, number: int, key: str, name: str, kind: str, claims: int) -> Speaking:
        (newest,) = self._connection.execute(
            "SELECT max(article) FROM said WHERE speaker = ? AND stated", (number,)
        ).fetchone()
        lines = self._lists.listings([(newest, None)]) if newest is not None else []
        return Speaking(
            key=key,
            name=name,
            kind=kind,  # type: ignore[arg-type]
            claims=claims,
            latest=lines[0].date if lines else "",
        )

    def spellings(self, key: str) -> list[Spelling]:
        """Give the names of a speaker, the one it is shown under first."""
        rows = self._connection.execute(
            "SELECT key, name, (SELECT total(stated) FROM said WHERE named = speaker.number), "
            "iif(number = whole, NULL, coalesce(why, 'ruling')) FROM speaker "
            "WHERE whole = (SELECT whole FROM speaker WHERE key = ?) "
            "ORDER BY number <> whole, number LIMIT 100",
            (storable(key),),
        ).fetchall()
        return [
            Spelling(key=key, name=name, claims=int(count), why=why)
            for key, name, count, why in rows
        ]

    def wholes(self, words: str) -> list[int]:
        """Give the speakers one of whose names has some words, those with most statements first."""
        phrase = name_match(words)
        rows = self._connection.execute(
            "SELECT DISTINCT whole.number FROM speaker AS one JOIN speaker AS whole "
            "ON whole.number = one.whole WHERE one.number IN "
            "(SELECT rowid FROM named WHERE named MATCH ?) ORDER BY whole.claims DESC LIMIT 50",
            (phrase,),
        )
        return [number for (number,) in rows.fetchall()] if phrase else []

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


def name_match(words: str) -> str | None:
    """Write words of a name as FTS5 wants them: each, the last as a beginning."""
    plain = [
        word.replace('"', "")
        for word in spaced(storable(words)).split()
        if any(map(str.isalnum, word))
    ]
    return " ".join(f'"{word}"' for word in plain) + "*" if plain else None


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
