"""The shelf of `stories`, in the desk's tables: what grouping goes on from.

Weights are rounded when an article comes, to fractions of which sums are exact, and terms cut to 24
bits: so a story that was written down and read again is the same to the last bit, and takes a
quarter of the room.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from copytaster.desk import sums
from copytaster.desk.identity import story_id, story_number
from copytaster.desk.words import storable
from copytaster.stories.evidence import Evidence
from copytaster.stories.gist import Gist, Sum
from copytaster.stories.grouping import LAST, LOOKED
from copytaster.stories.rulings import Rulings
from copytaster.stories.shelf import Changes, Member, Story

WEIGHT = 1 << 8
"""Parts of a term's weight."""
COSINE = (1 << 16) - 1
"""Parts of a cosine."""
PARTS = ("headline", "text", "names", "numbers", "lead")
"""Of what an article shows."""
OPEN = 1000
"""Stories held in memory while articles are added; 20 MB."""


def rounded(evidence: Evidence) -> Evidence:
    """Round the weights of what an article shows, and cut its terms."""
    cut = {part: _round(_cut(getattr(evidence, part)), WEIGHT) for part in PARTS}
    return replace(evidence, **cut)


def rounded_near(near: Mapping[int, float], most: int) -> dict[int, float]:
    """Round the cosines of the nearest articles; `near` has the nearest first."""
    return _round(dict(list(near.items())[:most]), COSINE)


class DeskShelf:
    """Members, stories and homes by arrival."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, int] = {}
        self._open: dict[int, Story] = {}
        self._signs: dict[int, tuple[object, ...]] = {}
        self.rulings = Rulings()
        """What stands for the articles that were ruled about may change from time to time."""

    def forget(self, rulings: Rulings) -> None:
        """Forget what another process may have changed, and obey these rulings."""
        self._open.clear()
        self._signs.clear()
        self.rulings = rulings

    def member(self, number: int) -> Member | None:
        """Give an article as it was written down. Raises ValueError where it is damaged."""
        row = self._connection.execute(
            "SELECT content FROM member WHERE number = ?", (number,)
        ).fetchone()
        try:
            return _unpacked_member(number, row[0]) if row else None
        except (msgspec.DecodeError, IndexError) as error:
            raise ValueError(str(error)) from error

    def story(self, number: int) -> Story | None:
        """Give a story as it was written down; nothing where it was let go.

        Raises ValueError where it is damaged.
        """
        if number in self._open:
            return self._open[number]
        row = self._connection.execute(
            "SELECT id, newest, content FROM story WHERE number = ? AND content IS NOT NULL",
            (number,),
        ).fetchone()
        if row is None:
            return None
        story = _unpacked(number, *row)
        story.keys = sorted({self.rulings.key(key) for key in story.keys})
        self._signs[number] = _sign(story)
        return story

    def homes(self, numbers: Iterable[int]) -> dict[int, int]:
        """Give the story that each article is in; one that is unknown is left out."""
        found = {}
        for number in numbers:
            row = self._connection.execute(
                "SELECT story FROM arrival JOIN article ON article.number = article "
                "WHERE arrival.number = ? AND story IS NOT NULL",
                (number,),
            ).fetchone()
            if row:
                found[number] = self._known[number] = int(row[0])
        return found

    def number(self, id: str) -> int | None:
        """Give the arrival of an article."""
        row = self._connection.execute(
            "SELECT arrival FROM article WHERE id = ?", (storable(id),)
        ).fetchone()
        return row and int(row[0])

    def write(self, changes: Changes, last: int) -> set[int]:
        """Write down what grouping changed; `last` is the last arrival. Give the stories."""
        into = {story.number: story.into for story in changes.stories if story.into is not None}
        kept = [story for story in changes.stories if story.into is None]
        signs = {story.number: _sign(story) for story in kept}
        before = self._connection.execute(
            "SELECT id, number FROM story WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps([story.number for story in changes.stories]),),
        ).fetchall()
        ids = {story_number(story.id) for story in kept}
        self._connection.executemany(
            "INSERT OR REPLACE INTO former VALUES (?, ?)",
            [(id, number >> 8) for id, number in before if id not in ids],
        )
        changed = [one for one in kept if self._signs.get(one.number) != signs[one.number]]
        self._connection.executemany(
            "INSERT INTO story (number, id, newest, content) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (number) DO UPDATE SET id = excluded.id, newest = excluded.newest, "
            "content = excluded.content",
            [(one.number, story_number(one.id), one.newest, _packed(one)) for one in changed],
        )
        for number, home in into.items():
            while home in into:
                home = into[home]
            self._connection.execute("UPDATE article SET story = ? WHERE story = ?", (home, number))
            self._connection.execute("DELETE FROM story WHERE number = ?", (number,))
        moved = {n: home for n, home in changes.homes.items() if self._known.get(n) != home}
        touched = {story.number for story in changed} | set(moved.values())
        touched |= {self._known[number] for number in moved if number in self._known}
        self._connection.executemany(
            "UPDATE article SET story = ? WHERE number = "
            "(SELECT article FROM arrival WHERE number = ?)",
            [(home, number) for number, home in moved.items()],
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO member VALUES (?, ?)",
            [(one.number, _packed_member(one)) for one in changes.members],
        )
        self._connection.execute("DELETE FROM member WHERE number < ?", (last - LOOKED,))
        self._connection.execute(
            "UPDATE story SET content = NULL WHERE number BETWEEN ?1 AND ?2 AND newest < ?3",
            (last - LAST - 2 * LOOKED << 8, last - LAST << 8, last - LAST),
        )
        self._known.clear()
        if len(self._open) > OPEN:
            self._open.clear()
            self._signs.clear()
        for number in into:
            self._open.pop(number, None)
            self._signs.pop(number, None)
        self._open |= {story.number: story for story in kept}
        self._signs |= signs
        return touched


def _sign(story: Story) -> tuple[object, ...]:
    """Give what tells whether a story was changed; sums are exact, so that their lengths tell."""
    gist = story.gist
    return (
        (story.id, story.newest, story.begun, story.next, *story.keys),
        (gist.articles, gist.texts, gist.first, gist.last),
        tuple((len(one.terms), one.square) for one in gist.sums()),
        tuple(story.near.items()),
    )


class _Near(Struct, array_like=True):
    """Articles by number, and how near they are."""

    numbers: bytes
    cosines: bytes

    @classmethod
    def of(cls, near: Mapping[int, float]) -> "_Near":
        cosines = np.rint(np.fromiter(near.values(), np.float64, len(near)) * COSINE)
        return cls(sums.narrow(near, len(near)), cosines.astype("<u2").tobytes())

    def read(self) -> dict[int, float]:
        cosines = np.frombuffer(self.cosines, "<u2") / COSINE
        numbers = sums.wide(self.numbers, len(cosines))
        return dict(zip(numbers.tolist(), cosines.tolist(), strict=True))


class _Kept(Struct, array_like=True):
    """A story as its row has it."""

    begun: int
    next: int
    keys: list[str]
    articles: int
    texts: int
    first: float | None
    last: float | None
    near: _Near
    sums: sums.Packed
    """Without the counts (`words` and `said`) where they follow: most stories are one article."""


class _KeptMember(Struct, array_like=True):
    """An article as its row has it."""

    id: str
    day: float | None
    begun: int
    riders: list[int]
    near: _Near
    parts: sums.Packed


_MEMBER = msgspec.msgpack.Decoder(_KeptMember)
_KEPT = msgspec.msgpack.Decoder(_Kept)


def _packed_member(member: Member) -> bytes:
    seen = member.evidence
    kept = _KeptMember(
        id=seen.id,
        day=seen.day,
        begun=member.begun,
        riders=member.riders,
        near=_Near.of(member.near),
        parts=sums.pack([getattr(seen, part) for part in PARTS], WEIGHT),
    )
    return msgspec.msgpack.encode(kept)


def _unpacked_member(number: int, content: bytes) -> Member:
    kept = _MEMBER.decode(content)
    parts = dict(zip(PARTS, sums.unpack(kept.parts, WEIGHT), strict=True))
    return Member(
        number=number,
        evidence=Evidence(id=kept.id, day=kept.day, **parts),
        near=kept.near.read(),
        riders=kept.riders,
        begun=kept.begun,
    )


def _packed(story: Story) -> bytes:
    gist = story.gist
    told = [gist.headline.terms, gist.text.terms, gist.names.terms, gist.numbers.terms]
    told.append(gist.lead.terms)
    counts = [gist.words.terms, gist.said.terms]
    if counts != _counts(told):
        told += counts
    kept = _Kept(
        begun=story.begun,
        next=story.next,
        keys=story.keys,
        articles=gist.articles,
        texts=gist.texts,
        first=gist.first,
        last=gist.last,
        near=_Near.of(story.near),
        sums=sums.pack(told, WEIGHT),
    )
    return msgspec.msgpack.encode(kept)


def _unpacked(number: int, id: int, newest: int, content: bytes) -> Story:
    try:
        kept = _KEPT.decode(content)
        told = sums.unpack(kept.sums, WEIGHT)
        near = kept.near.read()
    except (msgspec.DecodeError, IndexError) as error:
        raise ValueError(str(error)) from error
    headline, text, names, numbers, lead, *counts = told
    words, said = counts or _counts(told)
    ordered = [Sum.of(one) for one in (headline, words, text, names, numbers, lead, said)]
    return Story(
        number=number,
        id=story_id(id),
        gist=Gist.summed(kept.articles, kept.texts, ordered, kept.first, kept.last),
        begun=kept.begun,
        newest=newest,
        near=near,
        keys=kept.keys,
        next=kept.next,
    )


def _counts(told: list[dict[int, float]]) -> list[dict[int, float]]:
    """Give `words` and `said` of the gist of one article."""
    headline, _, names, numbers, *_ = told
    return [dict.fromkeys(headline, 1.0), dict.fromkeys([*names, *numbers, *headline], 1.0)]


def _cut(terms: Mapping[int, float]) -> dict[int, float]:
    return {term >> 32 - sums.TERM_BITS: weight for term, weight in terms.items()}


def _round(terms: Mapping[int, float], parts: int) -> dict[int, float]:
    values = ((term, round(weight * parts)) for term, weight in terms.items())
    return {term: value / parts for term, value in values if value > 0}
