"""Speakers as they are read: who is quoted, and under which names."""

import sqlite3
from collections.abc import Sequence

from copytaster.desk.lists import LAST, Lists, at_most
from copytaster.desk.stated import Speaking, Spelling
from copytaster.desk.words import spaced, storable

_VOICE = (
    "SELECT whole.number, whole.key, whole.name, whole.kind, whole.claims FROM speaker AS whole"
)


class Voices:
    """What is read of speakers; they are told by the key of any of their names."""

    def __init__(self, connection: sqlite3.Connection, lists: Lists) -> None:
        self._connection = connection
        self._lists = lists

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

    def speakers(self, words: str | None, after: str | None, limit: int) -> list[Speaking]:
        """Give speakers, those with most statements first; `words` are of one of their names."""
        bound: Sequence[int] = (LAST, 0)
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


def name_match(words: str) -> str | None:
    """Write words of a name as FTS5 wants them: each, the last as a beginning."""
    plain = [
        word.replace('"', "")
        for word in spaced(storable(words)).split()
        if any(map(str.isalnum, word))
    ]
    return " ".join(f'"{word}"' for word in plain) + "*" if plain else None
