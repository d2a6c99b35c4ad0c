"""The desk: one SQLite file that holds everything, and the recipe that fills it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from copytaster.desk.listing import Filed, Listing, Missed, Outlet, Tally
from copytaster.page import Page


class DeskError(Exception):
    """The desk cannot be used; the message names the file and the remedy."""


class QueryError(ValueError):
    """The query cannot be understood; the message says what is wrong, and where."""


class Desk:
    """A desk, opened. Use it as a context manager, in one thread at a time."""

    def __init__(self, path: str | Path, *, mode: Literal["write", "read"] = "write") -> None:
        """Open the desk at `path`; "write" creates it where it is missing. Raises DeskError."""
        raise NotImplementedError

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
        raise NotImplementedError

    def add(
        self,
        *sources: str | Path,
        follow: bool | None = None,
        pictures: bool = False,
        progress: Callable[[Tally, int, int | None], None] | None = None,
    ) -> Tally:
        """Put the pages of `sources` on the desk; what it has already changes nothing.

        `progress` is called now and then with the tally so far, bytes done and bytes in all.
        """
        raise NotImplementedError

    def article(self, id: str, *, version: int | None = None) -> Filed | None:
        """Give an article (nothing: its current version) with all that its page shows."""
        raise NotImplementedError

    def page(self, id: str, *, version: int | None = None) -> Page | None:
        """Give the saved page behind an article, byte for byte."""
        raise NotImplementedError

    def picture(self, id: str, number: int) -> tuple[str, bytes] | None:
        """Give the media type and bytes of the article's picture `number` (from 0), if kept."""
        raise NotImplementedError

    def newest(
        self, *, outlet: str | None = None, after: str | None = None, limit: int = 30
    ) -> list[Listing]:
        """Give articles newest first; `after` is the id of the last one of the page before."""
        raise NotImplementedError

    def search(
        self,
        query: str,
        *,
        ranked: bool = False,
        outlet: str | None = None,
        language: str | None = None,
        since: date | None = None,
        until: date | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> list[Listing]:
        """Give what `query` finds: newest first, or by relevance among the newest. Raises QueryError."""
        raise NotImplementedError

    def similar(self, id: str, *, limit: int = 10) -> list[Listing]:
        """Give the neighbours stored for an article, nearest first."""
        raise NotImplementedError

    def outlets(self) -> list[Outlet]:
        """Give the outlets, most articles first."""
        raise NotImplementedError

    def outlet(self, key: str) -> Outlet | None:
        raise NotImplementedError

    def languages(self) -> list[str]:
        """Give the languages of the articles, most frequent first."""
        raise NotImplementedError

    def missed(self, *, after: str | None = None, limit: int = 50) -> list[Missed]:
        """Give the pages that could not be read, latest first; `after` is a path."""
        raise NotImplementedError

    def count_reads(self, reads: dict[str, int], day: date) -> None:
        """Add reads of articles (id -> number) to the count of `day`."""
        raise NotImplementedError

    def check(self) -> list[str]:
        """Look for faults in the file and between its tables; an empty list is a sound desk."""
        raise NotImplementedError
