"""The claims of a desk as the site, the command line and the library see them."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from copytaster.desk.finding import Finding
from copytaster.desk.listing import Listing
from copytaster.desk.lists import Lists
from copytaster.desk.namings import namings
from copytaster.desk.pending import Queue
from copytaster.desk.query import understand
from copytaster.desk.rulings import RulingError
from copytaster.desk.sayings import Sayings
from copytaster.desk.schema import faults, snapshot
from copytaster.desk.stated import (
    Made,
    Naming,
    Progress,
    Quoted,
    Speaking,
    Spelling,
    Stated,
    Unclaimed,
)
from copytaster.desk.voices import Voices
from copytaster.story import Ruling

if TYPE_CHECKING:
    from copytaster.desk.claiming import Claiming


class DeskClaims:
    """Who said what on a desk, and who is who; `Desk.claims`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lists: Lists) -> None:
        """Use the desk at `path`, which is open."""
        self._path = path
        self._connection = connection
        self._lists = lists
        self._sayings = Sayings(connection, lists)
        self._voices = Voices(connection, lists)
        self.finding = Finding(connection, lists, self._sayings, self._voices)

    def make(
        self, *, stale: bool = False, progress: Callable[[Made, int], None] | None = None
    ) -> Made:
        """Make the claims of all articles that have none yet.

        `stale`: also of those whose claims another model or version has made. `progress` is called
        now and then with what was done, and how many articles there are to do in all. A run that
        is stopped goes on where it was.
        """
        # Only here, and so below: who reads a desk need not wait for the stage.
        from copytaster.claims import workers
        from copytaster.desk.claiming import make

        with faults(self._path):
            return make(
                self._connection,
                workers.make_all,
                workers.maker,
                stale=stale,
                progress=progress or (lambda made, total: None),
            )

    def progress(self) -> Progress:
        """Say how many articles' claims are still to be made, or to be made anew."""
        from copytaster.claims.workers import maker

        with faults(self._path), snapshot(self._connection):
            queue = Queue(self._connection, maker)
            pending = len(queue.states(stale=False))
            return Progress(
                pending=pending,
                stale=len(queue.states(stale=True)) - pending,
                missed=self._sayings.count_missed(),
            )

    def missed(self, *, limit: int = 50) -> list[Unclaimed]:
        """Give the articles whose claims could not be made, the latest first."""
        with faults(self._path):
            return self._sayings.missed(limit)

    def of(self, id: str, *, version: int | None = None) -> tuple[Stated, ...] | None:
        """Give the claims of an article (nothing: its current version), in the order of its text.

        Nothing where there is no such article, or its claims were not made.
        """
        with faults(self._path), snapshot(self._connection):
            found = self._sayings.state(id, version)
            return found and self._sayings.of(*found)

    def count(self, id: str) -> int:
        """Count the claims of an article's current version; beliefs and intentions are left out."""
        with faults(self._path):
            return self._sayings.count(id)

    def speakers(
        self, *, name: str | None = None, after: str | None = None, limit: int = 50
    ) -> list[Speaking]:
        """Give people and bodies, those with most claims first; `name`: words of their names."""
        with faults(self._path), snapshot(self._connection):
            return self._voices.speakers(name, after, limit)

    def speaker(self, key: str) -> Speaking | None:
        """Give one speaker by the key of any of its names."""
        with faults(self._path), snapshot(self._connection):
            return self._voices.speaker(key)

    def spellings(self, key: str) -> list[Spelling]:
        """Give the names of a speaker, with the evidence on which they were joined."""
        with faults(self._path), snapshot(self._connection):
            return self._voices.spellings(key)

    def by(
        self, key: str, *, thoughts: bool = False, after: str | None = None, limit: int = 30
    ) -> list[tuple[str, Quoted]]:
        """Give a speaker's claims, newest first, the same words once, each with its place.

        `thoughts`: also beliefs and intentions. `after` is the place of the last one seen.
        """
        with faults(self._path), snapshot(self._connection):
            return self._sayings.by(key, thoughts=thoughts, after=after, limit=limit)

    def found(self, query: str, articles: list[Listing]) -> list[Quoted]:
        """Give the claims that `query` asks for, in articles that it found; raises QueryError."""
        understood = understand(query)
        if not understood.said:
            return []
        with faults(self._path), snapshot(self._connection):
            return self.finding.claims(understood, articles)

    def in_articles(self, ids: Iterable[str]) -> list[Quoted]:
        """Give the claims of some articles, in that order."""
        with faults(self._path), snapshot(self._connection):
            return self._sayings.in_articles(ids)

    def every(self, *, speaker: str | None = None, story: str | None = None) -> Iterator[Quoted]:
        """Give all claims, or those of a speaker, a story, by article, the oldest first."""
        with faults(self._path):
            for quoted in self._sayings.every(speaker):
                if story is None or quoted.article.story == story:
                    yield quoted

    def same(self, *keys: str) -> int:
        """Rule that names are one person's or body's; gives the ruling's number.

        Raises RulingError where one of them is not on the desk.
        """
        return self._ruled(Ruling(kind="together", these=keys))

    def apart(self, these: Iterable[str], those: Iterable[str]) -> int:
        """Rule that none of `these` names is one person's with any of `those`."""
        return self._ruled(Ruling(kind="apart", these=tuple(these), those=tuple(those)))

    def _ruled(self, ruling: Ruling) -> int:
        with faults(self._path):
            for key in ruling.these + ruling.those:
                if not self._voices.knows(key):
                    raise RulingError(f"{key}: there is no such speaker on this desk")
            return self._claiming().ruled(ruling)

    def _claiming(self) -> "Claiming":
        from copytaster.desk.claiming import Claiming

        return Claiming(self._connection)

    def undo(self, number: int) -> Ruling | None:
        """Take a ruling back; nothing where there is none of that number."""
        with faults(self._path):
            return self._claiming().undone(number)

    def rulings(self) -> list[Naming]:
        """Give what was ruled about names, the latest first."""
        with faults(self._path):
            return namings(self._connection)
