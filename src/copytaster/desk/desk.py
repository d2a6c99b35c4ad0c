"""The desk as the site, the command line and the library see it."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from copytaster.article import Article
from copytaster.desk.articles import Articles
from copytaster.desk.backup import back_up
from copytaster.desk.check import faults_of
from copytaster.desk.claims import DeskClaims
from copytaster.desk.listing import (
    Beside,
    Breadth,
    Copied,
    Excerpt,
    Filed,
    Listing,
    Missed,
    Outlet,
    Report,
    Ruled,
    Story,
    StoryLine,
    Tally,
)
from copytaster.desk.lists import Lists
from copytaster.desk.query import EVERYWHERE, Filters, understand
from copytaster.desk.record import NEIGHBOURS
from copytaster.desk.reports import Reports
from copytaster.desk.room import give_back
from copytaster.desk.schema import connect, faults, snapshot, transaction
from copytaster.desk.stated import Made
from copytaster.desk.telling import Telling
from copytaster.desk.words import storable
from copytaster.page import Page
from copytaster.story import Ruling

if TYPE_CHECKING:
    from copytaster.desk.decisions import Decisions


class Desk:
    """A desk, opened. Use it as a context manager, in one thread at a time."""

    def __init__(self, path: str | Path, *, mode: Literal["write", "read"] = "write") -> None:
        """Open the desk at `path`; "write" creates it where it is missing. Raises DeskError."""
        self.path = Path(path)
        self._connection = connect(self.path, mode)
        with self._faults():
            self._lists = Lists(self._connection)
            self._reports = Reports(self._connection, self._lists)
            self._telling = Telling(self._connection, self._lists, self._reports)
            self._articles = Articles(self._connection, self._lists, self._reports, self._telling)
        self.claims = DeskClaims(self.path, self._connection, self._lists)
        """Who said what, and who is who."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the desk cannot be used after."""
        self._connection.close()

    def add(
        self,
        *sources: str | Path,
        follow: bool | None = None,
        pictures: bool = False,
        claims: bool = True,
        progress: Callable[[Tally, int, int | None], None] | None = None,
        claiming: Callable[[Made, int], None] | None = None,
    ) -> Tally:
        """Put the pages of `sources` on the desk; what it has already changes nothing.

        `follow`: whether the pages that a feed links to are fetched. `pictures`: whether the images
        of the articles are kept too. `claims`: whether the claims of all articles that have none
        yet are made when all is filed; `claiming` tells how that goes. `progress` is called now and
        then with the tally so far, bytes done and bytes in all.
        """
        # Only here: who reads a desk need not wait for the reading of pages.
        from copytaster.desk import memory, recipe
        from copytaster.intake import Pile
        from copytaster.reading.workers import read_all

        with self._faults():
            seen = memory.recall(self._connection)
        pile = Pile([os.fspath(source) for source in sources], follow=follow, seen=seen)

        def report(tally: Tally) -> None:
            if progress:
                progress(tally, pile.done, pile.total)

        with self._faults(), pile:
            tally = recipe.add(
                self._connection,
                pile,
                read_all,
                picture=pile.picture if pictures else None,
                progress=report,
            )
            memory.remember(self._connection, pile.fresh)
        if claims:
            self.claims.make(progress=claiming)
        with self._faults():
            give_back(self._connection, tally.new)
        return tally

    def article(self, id: str, *, version: int | None = None) -> Filed | None:
        """Give an article (nothing: its current version) with all that its page shows."""
        with self._faults(), snapshot(self._connection):
            row = self._articles.row(id)
            return self._articles.filed(row, version) if row else None

    def listing(self, id: str) -> Listing | None:
        """Give what a list shows of an article."""
        with self._faults(), snapshot(self._connection):
            row = self._articles.row(id)
            return self._lists.listing(row) if row else None

    def find(self, url: str) -> str | None:
        """Give the id of the article at an address, if the desk has it."""
        with self._faults():
            return self._articles.find(url)

    def page(self, id: str, *, version: int | None = None) -> Page | None:
        """Give the saved page behind an article, byte for byte."""
        with self._faults():
            return self._articles.page(id, version)

    def picture(
        self, id: str, number: int, *, version: int | None = None
    ) -> tuple[str, bytes] | None:
        """Give the media type and bytes of the article's picture `number` (from 0), if kept."""
        with self._faults():
            return self._articles.picture(id, number, version)

    def newest(
        self,
        *,
        outlet: str | None = None,
        once: bool = False,
        after: str | None = None,
        limit: int = 30,
    ) -> list[Listing]:
        """Give articles newest first; `after` is the id of the last one of the page before.

        With `once` copies of others on the desk are left out.
        """
        with self._faults():
            return self._lists.newest(outlet, once=once, after=after, limit=limit)

    def search(
        self,
        query: str,
        within: Filters = EVERYWHERE,
        *,
        ranked: bool = False,
        once: bool = False,
        after: str | None = None,
        limit: int = 20,
    ) -> list[Listing]:
        """Give what `query` finds: newest first, or by relevance among the newest matches.

        With `once` one article of each report, among the newest: the origin, where it is found.
        Raises QueryError, which says what is wrong with the query or a filter, and where.
        """
        understood = understand(query, within)
        with self._faults():
            lists = self.claims.finding if understood.said else self._lists
            return lists.search(understood, ranked=ranked, once=once, after=after, limit=limit)

    def breadth(self, query: str, within: Filters = EVERYWHERE) -> Breadth:
        """Count the outlets and independent reports in what `query` finds; raises QueryError."""
        understood = understand(query, within)
        with self._faults():
            lists = self.claims.finding if understood.said else self._lists
            return lists.breadth(understood)

    def every(self, *, story: str | None = None) -> Iterator[Article]:
        """Give all articles as they stand now, or those of a story, oldest first."""
        with self._faults():
            number = None if story is None else self._telling.number_of(story)
            if story is None or number is not None:
                yield from self._articles.every(number)

    def excerpts(self, query: str, ids: Iterable[str]) -> list[Excerpt]:
        """Give the first words that `query` looks for in articles, where lists do not show them.

        Raises QueryError.
        """
        sought = understand(query, EVERYWHERE).sought
        with self._faults(), snapshot(self._connection):
            return self._articles.excerpts(sought, ids)

    def similar(self, id: str, *, limit: int = NEIGHBOURS) -> list[Listing]:
        """Give an article's neighbours, nearest first: one of each report, none of its own."""
        with self._faults(), snapshot(self._connection):
            row = self._articles.row(id)
            return self._articles.similar(row, limit) if row else []

    def report(self, id: str, *, after: str | None = None, limit: int = 30) -> Report | None:
        """Give the report that an article is part of, with whoever carries it.

        Nothing where no other article goes back to the same origin. `after` is the id of the last
        carrier of the page before.
        """
        with self._faults(), snapshot(self._connection):
            number = self._lists.number_of(id)
            last = None if after is None else self._lists.number_of(after)
            return None if number is None else self._reports.of(number, after=last, limit=limit)

    def copies(self, id: str, *, limit: int = 50) -> list[Copied]:
        """Give the articles that an article shares passages with, most first."""
        with self._faults(), snapshot(self._connection):
            row = self._articles.row(id)
            return self._reports.copies(row, limit=limit) if row else []

    def beside(self, id: str, other: str) -> Beside | None:
        """Lay two articles side by side; nothing where one of them is not on the desk."""
        with self._faults(), snapshot(self._connection):
            this, that = self._articles.row(id), self._articles.row(other)
            return self._reports.beside(this, that) if this and that else None

    def stories(self, *, after: str | None = None, limit: int = 30) -> list[StoryLine]:
        """Give the stories of several articles, ranked by independent reports and newness.

        Twice as many reports weigh as much as being a day newer. `after` is the id of the last one
        of the page before.
        """
        with self._faults(), snapshot(self._connection):
            return self._telling.stories(after, limit)

    def story(self, id: str, *, after: str | None = None, limit: int = 30) -> Story | None:
        """Give a story with its latest reports; `after` is the origin of the last one seen.

        Under the id of one that became part of another, that one is given: see `line.id`.
        """
        with self._faults(), snapshot(self._connection):
            number = self._telling.number_of(id)
            return None if number is None else self._telling.story(number, after, limit)

    def in_story(
        self,
        id: str,
        *,
        day: str | None = None,
        outlet: str | None = None,
        after: str | None = None,
        limit: int = 30,
    ) -> list[Listing]:
        """Give the articles of a story newest first: all, of a day (UTC), of an outlet (its key).

        `after` is the id of the last one of the page before.
        """
        with self._faults(), snapshot(self._connection):
            number = self._telling.number_of(id)
            if number is None:
                return []
            return self._telling.articles(number, day, outlet, after, limit)

    def merge(self, *stories: str) -> int:
        """Make stories one, for good; give the decision's number. Raises RulingError.

        So do the next four. All later runs obey what was decided.
        """
        with self._faults():
            return self._decisions().merge(stories)

    def split(self, story: str, *articles: str) -> int:
        """Take articles out of a story, into one of their own."""
        with self._faults():
            return self._decisions().split(story, articles)

    def move(self, article: str, story: str) -> int:
        """Put an article into another story."""
        with self._faults():
            return self._decisions().move(article, story)

    def apart(self, article: str, other: str) -> int:
        """Say that two articles are not about the same event."""
        with self._faults():
            return self._decisions().apart(article, other)

    def rule(self, *rulings: Ruling) -> int:
        """Obey rulings from elsewhere; their articles need not be here yet."""
        with self._faults():
            return self._decisions().rule(rulings)

    def undo(self, number: int) -> None:
        """Take a decision back, and group anew what it was about. Raises RulingError."""
        with self._faults():
            self._decisions().undo(number)

    def rulings(self) -> list[Ruled]:
        """Give what was decided and stands, the latest first."""
        with self._faults():
            return self._telling.rulings()

    def outlets(self) -> list[Outlet]:
        """Give the outlets, most articles first."""
        with self._faults():
            return self._lists.outlets()

    def outlet(self, key: str) -> Outlet | None:
        """Give one outlet."""
        with self._faults():
            return self._lists.outlet(key)

    def languages(self) -> list[str]:
        """Give the languages of the articles, most frequent first."""
        with self._faults():
            return self._lists.languages()

    def missed(self, *, after: str | None = None, limit: int = 50) -> list[Missed]:
        """Give the pages that could not be read, latest first; `after` is a path."""
        with self._faults():
            return self._lists.missed(after, limit)

    def count_reads(self, reads: dict[str, int], day: date) -> None:
        """Add reads of articles (id -> number) to the count of `day`; unknown ids are left out."""
        with self._faults(), transaction(self._connection):
            self._connection.executemany(
                "INSERT INTO reads SELECT number, ?2, ?3 FROM article WHERE id = ?1 "
                "ON CONFLICT (article, day) DO UPDATE SET count = count + excluded.count",
                [(storable(id), day.isoformat(), count) for id, count in reads.items()],
            )

    def back_up(self, path: Path) -> None:
        """Copy the desk to a file that is not there yet, while others read it or add to it."""
        back_up(self._connection, path)

    def check(self) -> list[str]:
        """Look for faults in the file and between its tables; an empty list is a sound desk."""
        return faults_of(self._connection)

    def _faults(self) -> AbstractContextManager[None]:
        return faults(self.path)

    def _decisions(self) -> "Decisions":
        # Only here: who reads a desk need not wait for numpy.
        from copytaster.desk.decisions import Decisions

        return Decisions(self._connection, self._lists, self._telling)
