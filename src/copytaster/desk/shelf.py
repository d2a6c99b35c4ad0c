"""The shelf of `stories`, in the desk's tables: what grouping goes on from."""

import json
import sqlite3
from collections.abc import Iterable

from copytaster.desk.identity import story_number
from copytaster.desk.shelved import (
    pack_member,
    pack_story,
    unpack_member,
    unpack_story,
)
from copytaster.desk.words import storable
from copytaster.stories.grouping import LAST, LOOKED
from copytaster.stories.rulings import Rulings
from copytaster.stories.shelf import Changes, Member, Story

OPEN = 1000
"""Stories held in memory while articles are added; 20 MB."""


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
        return unpack_member(number, row[0]) if row else None

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
        story = unpack_story(number, *row)
        story.keys = sorted({self.rulings.key(key) for key in story.keys})
        self._signs[number] = _sign(story)
        return story

    def holder(self, id: str) -> int | None:
        """Give the number of the story that has an id."""
        row = self._connection.execute(
            "SELECT number FROM story WHERE id = ?", (story_number(id),)
        ).fetchone()
        return row and int(row[0])

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
        self._note_former(changes.stories)
        changed = [one for one in kept if self._signs.get(one.number) != signs[one.number]]
        self._connection.executemany(
            "INSERT INTO story (number, id, newest, content) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (number) DO UPDATE SET id = excluded.id, newest = excluded.newest, "
            "content = excluded.content",
            [(one.number, story_number(one.id), one.newest, pack_story(one)) for one in changed],
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
            [(one.number, pack_member(one)) for one in changes.members],
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

    def _note_former(self, stories: list[Story]) -> None:
        """Note the ids that are on the desk and will be no story's, with an article of each."""
        ids = {story.number: story_number(story.id) for story in stories}
        before = self._connection.execute(
            "SELECT id, number FROM story WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps([*ids]),),
        ).fetchall()
        left = {ids[story.number] for story in stories if story.into is None}
        self._connection.executemany(
            "INSERT OR REPLACE INTO former VALUES (?, ?)",
            [(id, number >> 8) for id, number in before if id not in left],
        )


def _sign(story: Story) -> tuple[object, ...]:
    """Give what tells whether a story was changed; sums are exact, so that their lengths tell."""
    gist = story.gist
    return (
        (story.id, story.newest, story.begun, story.next, *story.keys),
        (gist.articles, gist.texts, gist.first, gist.last, *gist.hours.items()),
        tuple((len(one.terms), one.square) for one in gist.sums()),
        tuple(story.near.items()),
    )
