"""What persons decide about stories: written down as rulings, and done at once."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from copytaster.desk.listing import Act
from copytaster.desk.lists import Lists
from copytaster.desk.rulings import RulingError, pack_rulings, unpack_rulings
from copytaster.desk.schema import transaction
from copytaster.desk.stories import Stories
from copytaster.desk.telling import Telling
from copytaster.desk.terms import Terms
from copytaster.story import Ruling


class Decisions:
    """Decides on a desk that is open for writing; ids are those of articles and stories."""

    def __init__(self, connection: sqlite3.Connection, lists: Lists, telling: Telling) -> None:
        self._connection = connection
        self._lists = lists
        self._telling = telling

    def merge(self, stories: Sequence[str]) -> int:
        """Make stories one; give the number of the decision."""
        with transaction(self._connection):
            numbers = dict.fromkeys(self._story(id) for id in stories)
            if len(numbers) < 2:
                raise RulingError("a merge needs two stories")
            these = [id for number in numbers for id in self._origins(number)]
            return self._decide("merge", [Ruling(kind="together", these=tuple(these))])

    def split(self, story: str, articles: Sequence[str]) -> int:
        """Take articles out of a story, into one of their own."""
        with transaction(self._connection):
            number = self._story(story)
            these = tuple(dict.fromkeys(articles))
            for id in these:
                if self._home(id) != number:
                    raise RulingError(f"{id}: is no article of the story {story}")
            rest = self._rest(number, these)
            if not these or not rest:
                raise RulingError("a split needs some of the story's articles, and not all")
            rulings = [Ruling(kind="apart", these=these, those=rest)]
            if len(these) > 1:
                rulings.append(Ruling(kind="together", these=these))
            return self._decide("split", rulings, Ruling(kind="together", these=rest))

    def move(self, article: str, story: str) -> int:
        """Put an article into another story."""
        with transaction(self._connection):
            number, former = self._story(story), self._home(article)
            if number == former:
                raise RulingError(f"{article}: is in the story {story} already")
            rulings = [Ruling(kind="together", these=(article, self._origins(number)[0]))]
            rest = self._rest(former, (article,))
            if rest:
                rulings.append(Ruling(kind="apart", these=(article,), those=rest))
            return self._decide("move", rulings, Ruling(kind="together", these=rest))

    def apart(self, article: str, other: str) -> int:
        """Say that two articles are not about the same event."""
        if article == other:
            raise RulingError("an article cannot be kept apart from itself")
        with transaction(self._connection):
            for id in (article, other):
                self._home(id)
            return self._decide("apart", [Ruling(kind="apart", these=(article,), those=(other,))])

    def rule(self, rulings: Sequence[Ruling]) -> int:
        """Obey any rulings; their articles need not be on the desk yet."""
        with transaction(self._connection):
            act: Act = "merge" if all(one.kind == "together" for one in rulings) else "apart"
            return self._decide(act, rulings)

    def undo(self, number: int) -> None:
        """Take a decision back, and group anew what it was about."""
        with transaction(self._connection):
            row = self._connection.execute(
                "DELETE FROM ruling WHERE number = ? RETURNING content", (number,)
            ).fetchone()
            if row is None:
                raise RulingError(f"{number}: there is no such decision")
            self._regroup(unpack_rulings(row[0]))

    def _decide(self, act: Act, rulings: Sequence[Ruling], *now: Ruling) -> int:
        """Write a decision down and do it; `now` holds for this time only."""
        (number,) = self._connection.execute(
            "INSERT INTO ruling (made, act, content) VALUES (?, ?, ?) RETURNING number",
            (int(datetime.now(UTC).timestamp()), act, pack_rulings(rulings)),
        ).fetchone()
        if all(one.kind == "together" for one in rulings):
            stories = self._stories()
            stories.unite(
                arrival
                for one in rulings
                for id in (*one.these, *one.those)
                if (arrival := self._arrival(id)) is not None
            )
            stories.flush()
        else:
            self._regroup(rulings, *now)
        return int(number)

    def _regroup(self, rulings: Iterable[Ruling], *now: Ruling) -> None:
        ids = [id for one in rulings for id in (*one.these, *one.those)]
        if homes := {self._home(id) for id in ids if self._arrival(id) is not None}:
            stories = self._stories(*now)
            stories.regroup(sorted(homes))
            stories.flush()

    def _stories(self, *now: Ruling) -> Stories:
        terms = Terms(self._connection)
        terms.begin()
        stories = Stories(self._connection, self._lists.records, terms)
        stories.ruled(*now)
        return stories

    def _story(self, id: str) -> int:
        number = self._telling.number_of(id)
        if number is None:
            raise RulingError(f"{id}: there is no such story on this desk")
        return number

    def _home(self, id: str) -> int:
        """Give the story of an article."""
        article = self._lists.number_of(id)
        row = self._connection.execute(
            "SELECT story FROM article WHERE number = ?", (article,)
        ).fetchone()
        if row is None or row[0] is None:
            raise RulingError(f"{id}: there is no such article on this desk")
        return int(row[0])

    def _arrival(self, id: str) -> int | None:
        article = self._lists.number_of(id)
        row = article is not None and self._lists.row_of(article)
        return row.arrival if row else None

    def _origins(self, story: int) -> list[str]:
        """Give the articles that a story's reports go back to."""
        rows = (self._lists.row_of(number) for number in self._telling.origins(story))
        return [row.id for row in rows if row]

    def _rest(self, story: int, without: Sequence[str]) -> tuple[str, ...]:
        return tuple(id for id in self._origins(story) if id not in without)
