"""Where pages come from: files, directories, archives, feeds, the web, standard input."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from copytaster.intake import files
from copytaster.intake.feeds import Link, expanded
from copytaster.intake.pictures import nearby_picture
from copytaster.intake.sniff import nature
from copytaster.intake.validators import Validators
from copytaster.page import Page, Unreadable

if TYPE_CHECKING:
    from copytaster.intake.web import Web

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OTHER = re.compile(r"[a-z]+://|www\.", re.IGNORECASE)


class Pile:
    """Any pile of sources as one stream of pages, in the order given, a directory's files by name.

    `total` and `done` count bytes (for a progress bar); `total` is nothing where it is not known.
    As a context manager it keeps its manners between pages and their pictures.
    """

    total: int | None
    done: int

    def __init__(
        self,
        sources: list[str],
        *,
        follow: bool | None = None,
        seen: Mapping[str, Validators] = MappingProxyType({}),
        pause: float = 1.0,
        seconds: float = 30.0,
    ) -> None:
        """Look at what is there; nothing is read or fetched yet.

        `follow`: whether the pages that a feed links to are fetched; nothing means: where the feed
        itself came from the web. `seen`: the `fresh` of earlier runs; what did not change since is
        not given again. `pause`: the least seconds between two requests to a host. `seconds`: the
        most that a page may take.
        """
        self._follow = follow
        self._seen, self._pause, self._seconds = seen, pause, seconds
        self._web: Web | None = None
        self._users = 0
        self._places = [place for source in sources for place in _places(source)]
        sizes = [_size(place) for place in self._places]
        self.total = None if None in sizes else sum(size or 0 for size in sizes)
        self.done = 0
        self.fresh: dict[str, Validators] = {}
        """Address -> what its server said of the state it is in. Filled as pages are given. Keep it
        only once they are safe, or what was lost is not fetched again until it changes."""

    def __enter__(self) -> Self:
        self._users += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._users -= 1
        if self._web and not self._users:
            self._web.close()
            self._web = None

    def __iter__(self) -> Iterator[Page | Unreadable]:
        with self:
            found = self._found()
            for part in found:
                if isinstance(part, Link):
                    yield from self._online().pages(chain([part], found))
                else:
                    yield part

    def picture(self, page: Page, src: str) -> tuple[str, bytes] | None:
        """Give the media type and bytes of a picture of `page`; nothing where it is not to be had.

        The pictures of a page that was fetched are fetched, as politely, from their address `src`;
        those of a saved page lie beside it or are nowhere. Only raster images are given, at most
        5 MB large.
        """
        if not _ADDRESS.match(page.path):
            return nearby_picture(page.path, src)
        with self:
            return self._online().picture(src)

    def _online(self) -> "Web":
        """Give the web, which is set up only where something is to be fetched."""
        if self._web is None:
            from copytaster.intake.web import Web

            self._web = Web(seen=self._seen, pause=self._pause, seconds=self._seconds)
            self._web.fresh = self.fresh
        return self._web

    def _found(self) -> Iterator[Page | Unreadable | Link]:
        """Give the pages that lie here, and the links to those that are to be fetched."""
        for place in self._places:
            if isinstance(place, Unreadable):
                yield place
            elif isinstance(place, str) and _ADDRESS.match(place):
                yield Link(url=place, follow=self._follow is not False)
            else:
                yield from self._local(place)

    def _local(self, place: str | Path) -> Iterator[Page | Unreadable | Link]:
        """Read one file, or standard input."""
        before = self.done
        path = files.shown(place)
        try:
            with _opened(place) as raw:
                for page in files.pages(path, raw, self._count):
                    yield from self._parts(page, named=page.path == place)
        except OSError as error:
            yield Unreadable(path=path, error=files.reason(error))
        if self.total is not None:
            self.done = before + (_size(place) or 0)

    def _parts(self, page: Page | Unreadable, *, named: bool) -> Iterator[Page | Unreadable | Link]:
        """Give a page, or what it stands for where it is a feed or a list of feeds."""
        listed = isinstance(page, Page) and nature(page.content) == "opml"
        if listed and not named:
            yield Unreadable(path=page.path, error="a list of feeds: add it by its own name")
            return
        # The feeds of a list are the user's own choice; where a feed leads to is not.
        follow = self._follow is not False if listed else bool(self._follow)
        yield from expanded(page, depth=2, follow=follow, inside=listed)

    def _count(self, size: int) -> None:
        self.done += size


def _places(source: str) -> Iterator[str | Path | Unreadable]:
    """Give what a source stands for: itself as it was named, or the files of a directory."""
    if source == "-" or _ADDRESS.match(source):
        yield files.shown(source)
        return
    if not source or _OTHER.match(source):
        error = "neither a file nor an address that begins with http:// or https://"
        yield Unreadable(path=files.shown(source), error=error)
        return
    if not Path(source).is_dir():
        yield source
        return
    found = False
    for path in files.walk(Path(source)):
        found = True
        yield path
    if not found:
        yield Unreadable(path=files.shown(source), error="a directory without pages")


def _size(place: str | Path | Unreadable) -> int | None:
    """Give the bytes of a place; nothing where they are not known before it is read."""
    if isinstance(place, Unreadable):
        return 0
    if isinstance(place, str) and (place == "-" or _ADDRESS.match(place)):
        return None
    try:
        status = Path(place).stat()
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else None


def _opened(path: str | Path) -> AbstractContextManager[BinaryIO]:
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    return Path(path).open("rb")
