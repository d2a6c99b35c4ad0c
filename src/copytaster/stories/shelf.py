"""The shelf: where a grouping finds the articles and stories that came before.

Somebody else may hold it. What a grouping changed is written down with `Grouping.changes`; a
grouping over a shelf that was written so goes on as if it had never stopped.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import numpy as np
from msgspec import Struct, msgpack
from msgspec.structs import replace
from numpy.typing import NDArray

from copytaster.stories.evidence import Evidence
from copytaster.stories.gist import Gist

SWEPT = 20_000
"""Articles after which the shelf in memory is swept: little work for each, at any size."""


class Member(Struct, kw_only=True, gc=False):
    """An article that was grouped, while it may still be moved."""

    number: int
    """In order of arrival: that of the index in which similar articles are found."""
    evidence: Evidence
    near: dict[int, float]
    """Articles near it, by number, and how near (cosine)."""
    riders: list[int] = []
    """Copies of it, which go where it goes."""
    begun: int = 0
    """How many stories it began."""


class Story(Struct, kw_only=True, gc=False):
    """The articles about one event, as far as they have come."""

    number: int
    """Made from the number of the article that began it."""
    id: str
    """16 hexadecimal digits."""
    gist: Gist
    begun: int
    """Number of the article at whose coming it began."""
    newest: int
    """Number of the last article that came to it."""
    near: dict[int, float]
    """Articles of other stories near to one of its own, and how near."""
    keys: list[str]
    """Those of its articles about which a person ruled (`Rulings.key`)."""
    next: int = 2
    """How many articles it has when it is next laid beside others."""
    into: int | None = None
    """Number of the story that it was merged into: then it is no more."""


class Changes(Struct):
    """What is to be written down, each in order of its number."""

    members: list[Member]
    stories: list[Story]
    """Those that were made, changed or read. A story with `into` is no more: its articles are those
    of that story, and it may go."""
    changed: set[int]
    """Numbers of the stories that were more than read."""
    homes: dict[int, int]
    """Articles and the stories they are in now, by number."""


class Shelf(Protocol):
    """Articles and stories by number."""

    def member(self, number: int) -> Member | None:
        """Give an article as it was written down; nothing where it was let go, or is a copy.

        Asked for the last `LOOKED` articles and for those that a person rules about.
        """

    def story(self, number: int) -> Story | None:
        """Give a story as it was written down; nothing where it was let go."""

    def holder(self, id: str) -> int | None:
        """Give the number of the story that has an id."""

    def homes(self, numbers: Iterable[int]) -> dict[int, int]:
        """Give the story that each article is in; one that is unknown is left out."""

    def number(self, id: str) -> int | None:
        """Give the number of an article by its id."""


class MemoryShelf:
    """The shelf in memory: for one file, and for tests.

    It keeps the last `members` articles, numbered from 0, and the stories that one of the last
    `articles` came to; of an article whose story was let go, 16 bytes. `numbers` are the articles
    by id, where somebody keeps them already.
    """

    def __init__(self, members: int, articles: int, numbers: dict[str, int] | None = None) -> None:
        self._last = members, articles
        self._members: dict[int, bytes] = {}
        self._stories: dict[int, tuple[int, bytes]] = {}
        self._ids: dict[int, str] = {}
        self._homes, self._closed = array("q"), array("Q")
        self._into: dict[int, int] = {}
        self._numbers = {} if numbers is None else numbers
        self._swept = 0

    def write(self, changes: Changes) -> None:
        """Write changes down, and let go what is older than what is kept."""
        grown = max(changes.homes, default=-1) + 1
        for member in changes.members:
            self._numbers[member.evidence.id] = member.number
            if member.number >= grown - self._last[0]:
                self._members[member.number] = _encode(member)
        if any(story.into is None and story.number in self._into for story in changes.stories):
            self._sweep()  # before a story that was no more is again
        for story in changes.stories:
            if story.number not in changes.changed:
                continue
            if story.into is not None:
                self._into[story.number] = story.into
                self._stories.pop(story.number, None)
                self._ids.pop(story.number, None)
            else:
                self._stories[story.number] = story.newest, _packed(story)
                self._ids[story.number] = story.id
        for number, home in sorted(changes.homes.items()):
            if number == len(self._homes):
                self._homes.append(home)
                self._closed.append(0)
            self._homes[number] = home
        for number in [n for n in self._members if n < len(self._homes) - self._last[0]]:
            del self._members[number]
        if len(self._homes) - self._swept >= SWEPT:
            self._sweep()

    def member(self, number: int) -> Member | None:
        packed = self._members.get(number)
        return _member(packed) if packed else None

    def story(self, number: int) -> Story | None:
        newest, packed = self._stories.get(number, (-1, b""))
        return _opened(packed) if packed and newest >= len(self._homes) - self._last[1] else None

    def holder(self, id: str) -> int | None:
        return next((number for number, known in self._ids.items() if known == id), None)

    def homes(self, numbers: Iterable[int]) -> dict[int, int]:
        return {n: self._home(n) for n in numbers if n < len(self._homes)}

    def number(self, id: str) -> int | None:
        return self._numbers.get(id)

    def placed(self) -> Iterator[str]:
        """Give the id of each article's story, in order of arrival."""
        return map(self.story_of, range(len(self._homes)))

    def story_of(self, number: int) -> str:
        """Give the id of an article's story."""
        id = self._ids.get(self._home(number))
        return f"{self._closed[number]:016x}" if id is None else id

    def _home(self, number: int) -> int:
        home = self._homes[number]
        while home in self._into:
            home = self._into[home]
        self._homes[number] = home
        return home

    def _sweep(self) -> None:
        """Put articles where their stories were merged into, and let go the stories too old."""
        self._swept = len(self._homes)
        homes = np.frombuffer(self._homes, np.int64)
        for gone in self._into:
            into = self._into[gone]
            while into in self._into:
                into = self._into[into]
            self._into[gone] = into
        at, moved = _among(homes, self._into)
        homes[at] = moved
        self._into.clear()
        oldest = len(homes) - self._last[1]
        old = [number for number, (newest, _) in self._stories.items() if newest < oldest]
        for number in old:
            del self._stories[number]
        at, ids = _among(homes, {number: int(self._ids.pop(number), 16) for number in old})
        np.frombuffer(self._closed, np.uint64)[at] = ids


def _among(
    homes: NDArray[np.int64], known: Mapping[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Give where homes stand that are `known`, and what is known of each."""
    keys = np.fromiter(known, np.int64, len(known))
    values = np.fromiter(known.values(), np.uint64, len(known))
    order = np.argsort(keys)
    keys, values = keys[order], values[order]
    if not len(keys):
        return keys, values
    places = np.searchsorted(keys, homes).clip(max=len(keys) - 1)
    at = np.flatnonzero(keys[places] == homes)
    return at, values[places[at]]


def _packed(story: Story) -> bytes:
    return _encode(replace(story, gist=story.gist.folded()))


def _opened(packed: bytes) -> Story:
    story = _story(packed)
    story.gist.unfolded()
    return story


_encode = msgpack.Encoder().encode
_member = msgpack.Decoder(Member).decode
_story = msgpack.Decoder(Story).decode
