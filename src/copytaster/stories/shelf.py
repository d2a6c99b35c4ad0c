"""The shelf: where a grouping finds the articles and stories that came before.

Somebody else may hold it. What a grouping changed is written down with `Grouping.changes`; a
grouping over a shelf that was written so goes on as if it had never stopped.
"""

from array import array
from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct, msgpack

from copytaster.stories.evidence import Evidence
from copytaster.stories.gist import Gist


class Member(Struct, kw_only=True):
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


class Story(Struct, kw_only=True):
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
    """A story with `into` is no more: its articles are those of that story, and it may go."""
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

    def homes(self, numbers: Iterable[int]) -> dict[int, int]:
        """Give the story that each article is in; one that is unknown is left out."""

    def number(self, id: str) -> int | None:
        """Give the number of an article by its id."""


class MemoryShelf:
    """The shelf in memory: for one file, and for tests.

    It keeps the last `members` articles, numbered from 0, and the stories that one of the last
    `articles` came to.
    """

    def __init__(self, members: int, articles: int) -> None:
        self._last = members, articles
        self._members: dict[int, bytes] = {}
        self._stories: dict[int, tuple[int, bytes]] = {}
        self._ids: dict[int, str] = {}
        self._homes = array("q")
        self._into: dict[int, int] = {}
        self._numbers: dict[str, int] = {}

    def write(self, changes: Changes) -> None:
        """Write changes down, and let go what is older than what is kept."""
        for member in changes.members:
            self._members[member.number] = _encode(member)
            self._numbers[member.evidence.id] = member.number
        if any(story.into is None and story.number in self._into for story in changes.stories):
            for number in range(len(self._homes)):  # before a story that was no more is again
                self._home(number)
        for story in changes.stories:
            self._into.pop(story.number, None)
            if story.into is not None:
                self._into[story.number] = story.into
                self._stories.pop(story.number, None)
            else:
                self._stories[story.number] = story.newest, _encode(story)
                self._ids[story.number] = story.id
        for number, home in sorted(changes.homes.items()):
            if number == len(self._homes):
                self._homes.append(home)
            self._homes[number] = home
        members, articles = (len(self._homes) - last for last in self._last)
        for number in [number for number in self._members if number < members]:
            del self._members[number]
        for number in [n for n, (newest, _) in self._stories.items() if newest < articles]:
            del self._stories[number]

    def member(self, number: int) -> Member | None:
        packed = self._members.get(number)
        return _member(packed) if packed else None

    def story(self, number: int) -> Story | None:
        kept = self._stories.get(number)
        return _story(kept[1]) if kept else None

    def homes(self, numbers: Iterable[int]) -> dict[int, int]:
        return {n: self._home(n) for n in numbers if n < len(self._homes)}

    def number(self, id: str) -> int | None:
        return self._numbers.get(id)

    def placed(self) -> Iterator[str]:
        """Give the id of each article's story, in order of arrival."""
        for number in range(len(self._homes)):
            yield self._ids[self._home(number)]

    def _home(self, number: int) -> int:
        home = self._homes[number]
        while home in self._into:
            home = self._into[home]
        self._homes[number] = home
        return home


_encode = msgpack.Encoder().encode
_member = msgpack.Decoder(Member).decode
_story = msgpack.Decoder(Story).decode
