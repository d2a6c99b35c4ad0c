"""Who is who: the names of people and bodies, and which of them are one person's.

A full name is one person, wherever it stands. A part of one ("Calder", "I. Vashko") is somebody in
its article only. Names are joined on evidence alone: the article gives the full name; or the names
sound alike, their given names allow it, and either both speak in articles about one event, or both
hold the same office; or one has but a middle initial more. Where two could be meant, nobody is.
What a person ruled stands above all.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from copytaster.claim import Speaker
from copytaster.claims import spelling
from copytaster.claims.prose import Prose
from copytaster.desk.namings import namings
from copytaster.desk.words import spaced
from copytaster.stories.rulings import Rulings

Why = Literal["article", "story", "office", "initial", "short form", "ruling"]
"""The evidence on which names were joined."""

_LOOKED = 200
"""Names of one sound that are compared."""


class _Known(NamedTuple):
    number: int
    key: str
    name: str
    kind: str | None
    same: int | None
    whole: int


_COLUMNS = "number, key, name, kind, same, whole"


class Speakers:
    """The speakers of a desk while claims are added; `begin` belongs to every transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rulings = Rulings()
        self.moved: set[int] = set()
        """Names whose whole changed: their claims are to be written anew."""

    def begin(self) -> None:
        """Read what was ruled."""
        self._rulings = Rulings(one.ruling for one in reversed(namings(self._connection)))
        self.moved.clear()

    def of(
        self, speakers: Iterable[Speaker | None], id: str, text: str, near: Collection[int]
    ) -> list[_Known | None]:
        """Find or make the entries of the speakers of one article; the unnamed have none.

        `near` are articles about the same event, by number.
        """
        prose = Prose(text)
        found: dict[tuple[str, str | None], int] = {}
        numbers: list[int | None] = []
        for speaker in speakers:
            if speaker is None or speaker.kind == "unnamed":
                numbers.append(None)
                continue
            name = speaker.name, speaker.kind
            if name not in found:
                found[name] = self._entry(speaker, id, prose, near)
            numbers.append(found[name])
        self._short_forms(text)
        return [None if number is None else self._known(number) for number in numbers]

    def _entry(self, speaker: Speaker, id: str, prose: Prose, near: Collection[int]) -> int:
        name = spelling.words(speaker.name)
        is_body = speaker.kind in ("organisation", "place")
        full = is_body or spelling.is_full(name)
        key = spelling.slug(name)
        if not full:
            key += f".{id}"
        known = self._by_key(key)
        if known and full and known.kind and speaker.kind and is_body != _is_body(known.kind):
            key += ".body" if is_body else ".person"
            known = self._by_key(key)
        if known is None:
            number = self._new(key, speaker, name, is_body)
        else:
            number = known.number
            if known.kind is None and speaker.kind:
                self._connection.execute(
                    "UPDATE speaker SET kind = ? WHERE number = ?", (speaker.kind, number)
                )
        if not is_body:
            held = spelling.offices(prose, speaker.name, speaker.mention).all
            self._connection.executemany(
                "INSERT OR IGNORE INTO office VALUES (?, ?)",
                [(number, one) for one in sorted(held)],
            )
            self._join(number, name, prose.text, held, near)
        return number

    def _new(self, key: str, speaker: Speaker, name: spelling.Words, is_body: bool) -> int:
        shown = " ".join(speaker.name.split()) if is_body else spelling.untitled(speaker.name)
        (number,) = self._connection.execute(
            "INSERT INTO speaker (key, name, kind, sound, whole) VALUES (?, ?, ?, ?, 0) "
            "RETURNING number",
            (key, shown, speaker.kind, "" if is_body or not name else spelling.sound(name[-1])),
        ).fetchone()
        self._connection.execute("UPDATE speaker SET whole = ?1 WHERE number = ?1", (number,))
        self._connection.execute(
            "INSERT INTO named (rowid, name) VALUES (?, ?)", (number, spaced(shown))
        )
        if self._rulings.about(key):
            self._settle([number])
        return int(number)

    def _join(
        self,
        number: int,
        name: spelling.Words,
        text: str,
        held: Collection[str],
        near: Collection[int],
    ) -> None:
        """Look for another name of the same person, where the evidence is for one only."""
        own = self._known(number)
        fits: dict[int, tuple[_Known, Why]] = {}
        spoke = self._spoke(near)
        written = spelling.full_forms(text, name)
        for other in self._alike(name, own.whole):
            other_name = spelling.words(other.name)
            how = spelling.fit(name, other_name)
            if how is None or (len(name) == len(other_name) == 1):
                continue
            why: Why | None = None
            if " ".join((other_name[0], other_name[-1])) in written:
                why = "article"
            elif other.whole in spoke:
                why = "story"
            elif spelling.shared(held, self._offices(other.whole)):
                why = "office"
            elif spelling.but_for_an_initial(name, other_name):
                why = "initial"
            if why:
                fits.setdefault(other.whole, (other, why))
        if not fits:
            return
        if spelling.is_full(name):
            # Parts of this name, each by itself the evidence; but only one other full name.
            parts = {
                whole: found
                for whole, found in fits.items()
                if not spelling.is_full(spelling.words(found[0].name))
            }
            for part, why in parts.values():
                if part.same is None and self._only(part, number, spoke):
                    self._same(part.number, number, why)
            fits = {whole: found for whole, found in fits.items() if whole not in parts}
        if len(fits) == 1 and own.same is None:
            other, why = next(iter(fits.values()))
            self._same(number, other.number, why)

    def _only(self, part: _Known, number: int, spoke: Collection[int]) -> bool:
        """Say whether a part of a name can be nobody else's in these articles."""
        name = spelling.words(part.name)
        own = self._known(number).whole
        return not any(
            other.whole in spoke and spelling.fit(name, spelling.words(other.name))
            for other in self._alike(name, part.whole)
            if other.whole != own and spelling.is_full(spelling.words(other.name))
        )

    def _alike(self, name: spelling.Words, whole: int) -> list[_Known]:
        if not name:
            return []
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM speaker WHERE sound = ? AND whole <> ? "  # noqa: S608
            "ORDER BY number DESC LIMIT ?",
            (spelling.sound(name[-1]), whole, _LOOKED),
        ).fetchall()
        return [_Known(*row) for row in reversed(rows)]

    def _spoke(self, near: Collection[int]) -> set[int]:
        """Give who speaks in some articles."""
        rows = self._connection.execute(
            "SELECT DISTINCT speaker FROM said WHERE speaker IS NOT NULL "
            "AND article IN (SELECT value FROM json_each(?))",
            (json.dumps([*near]),),
        )
        return {whole for (whole,) in rows}

    def _offices(self, whole: int) -> set[str]:
        rows = self._connection.execute(
            "SELECT office.name FROM office JOIN speaker ON speaker.number = office.speaker "
            "WHERE whole = ?",
            (whole,),
        )
        return {name for (name,) in rows}

    def _short_forms(self, text: str) -> None:
        """Join a body and its short form, where the article gives both."""
        for named, short in spelling.acronyms(text):
            long, brief = (
                self._by_key(spelling.slug(spelling.words(name))) for name in (named, short)
            )
            if long and brief and brief.same is None and long.whole != brief.whole:
                self._same(brief.number, long.number, "short form")

    def _same(self, number: int, other: int, why: Why) -> None:
        self._connection.execute(
            "UPDATE speaker SET same = ?, why = ? WHERE number = ?", (other, why, number)
        )
        self._settle([number, other])

    def settle(self, keys: Iterable[str]) -> None:
        """Put together and apart what belongs so now, around some names."""
        known = [self._by_key(key) for key in keys]
        self._settle([one.number for one in known if one])

    def _settle(self, numbers: Iterable[int]) -> None:
        around = self._around(numbers)
        parts: dict[int, set[int]] = {number: {number} for number in around}

        def join(one: int, other: int) -> None:
            if parts[one] is not parts[other] and self._rulings.allow(
                *(
                    {self._rulings.key(around[number].key) for number in parts[side]}
                    for side in (one, other)
                )
            ):
                both = parts[one] | parts[other]
                for number in both:
                    parts[number] = both

        first: dict[str, int] = {}
        for number, one in sorted(around.items()):
            join(first.setdefault(self._rulings.key(one.key), number), number)
        for number, one in sorted(around.items()):
            if one.same in around:
                join(number, one.same)
        for number, one in around.items():
            whole = max(parts[number], key=lambda each: self._weight(around[each]))
            if whole != one.whole:
                self._connection.execute(
                    "UPDATE speaker SET whole = ? WHERE number = ?", (whole, number)
                )
                self.moved.add(number)

    def _around(self, numbers: Iterable[int]) -> dict[int, _Known]:
        """Give all names that are, were or may be one person's with some names."""
        found: dict[int, _Known] = {}
        left = [*numbers]
        while left:
            number = left.pop()
            if number in found:
                continue
            found[number] = one = self._known(number)
            left += [
                other
                for (other,) in self._connection.execute(
                    "SELECT number FROM speaker WHERE whole = ?1 OR same = ?2 OR number = ?3",
                    (one.whole, number, one.same),
                )
            ]
            for key in self._rulings.together(self._rulings.key(one.key)):
                if other_one := self._by_key(key):
                    left.append(other_one.number)
        return found

    def _weight(self, one: _Known) -> tuple[bool, int, int]:
        """Say how well a name stands for all that are one person's: whole, and much used."""
        (claims,) = self._connection.execute(
            "SELECT count(*) FROM said WHERE named = ?", (one.number,)
        ).fetchone()
        return "." not in one.key, claims, -one.number

    def _known(self, number: int) -> _Known:
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM speaker WHERE number = ?",  # noqa: S608
            (number,),
        ).fetchone()
        return _Known(*row)

    def _by_key(self, key: str) -> _Known | None:
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM speaker WHERE key = ?",  # noqa: S608
            (key,),
        ).fetchone()
        return row and _Known(*row)


def _is_body(kind: str) -> bool:
    return kind in ("organisation", "place")
