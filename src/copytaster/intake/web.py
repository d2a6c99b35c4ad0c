"""The web as a stream of pages, in the order of their addresses, fetched ahead and politely."""

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import Future
from http import HTTPStatus
from typing import TypeVar

from msgspec import Struct

from copytaster.intake.feeds import Link, expanded
from copytaster.intake.fetching import FetchError, address
from copytaster.intake.pictures import PICTURE_LIMIT, PICTURES, raster
from copytaster.intake.sniff import LIMIT, accepted
from copytaster.intake.validators import Validators
from copytaster.intake.visitor import Visitor
from copytaster.page import Page, Unreadable

_AHEAD = 32
"""Addresses begun before the first of them is given: what they lead to waits in memory."""

_WANTED = frozenset(
    (
        "text/html",
        "text/plain",
        "text/xml",
        "text/x-opml",
        "application/xhtml+xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "application/json",
        "application/feed+json",
    )
)

T = TypeVar("T")


class _Taken(Struct, frozen=True):
    """What an address gave: nothing new, a page, or the parts that a feed or a list stands for."""

    url: str
    parts: "deque[Page | Unreadable | Link | Future[_Taken]]"
    validators: Validators | None = None


class Web:
    """The web, fetched in an event loop in a thread of its own, as long as it is not closed."""

    def __init__(self, *, seen: Mapping[str, Validators], pause: float, seconds: float) -> None:
        """`seen`: the validators kept from earlier runs, by the address as it was asked for.

        `pause`: seconds between two requests to a host. `seconds`: the most that a page may take;
        the waiting for its turn does not count.
        """
        self._seen = seen
        self._linked: set[str] = set()
        self._visitor = Visitor(pause=pause, seconds=seconds)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.fresh: dict[str, Validators] = {}
        """Validators of what was given so far; of a feed, once all that it led to was given."""

    def close(self) -> None:
        """Stop all fetching."""
        self._begin(self._close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._visitor.close()

    def pages(
        self, parts: "Iterable[Page | Unreadable | Link | Future[_Taken]]"
    ) -> Iterator[Page | Unreadable]:
        """Fetch the links, and give what they lead to in their order; pages pass through."""
        begun: deque[Page | Unreadable | Future[_Taken]] = deque()
        for part in parts:
            begun.append(self._begin(self._take(part)) if isinstance(part, Link) else part)
            while begun and (len(begun) > _AHEAD or not isinstance(begun[-1], Future)):
                yield from self._given(begun.popleft())
        while begun:
            yield from self._given(begun.popleft())

    def _given(self, part: "Page | Unreadable | Future[_Taken]") -> Iterator[Page | Unreadable]:
        """Give one part, or what it led to."""
        if not isinstance(part, Future):
            yield part
            return
        taken = part.result()
        whole = True
        for page in self.pages(_emptied(taken.parts)):
            whole = whole and isinstance(page, Page)
            yield page
        if taken.validators and whole:
            self.fresh[taken.url] = taken.validators

    def picture(self, url: str) -> tuple[str, bytes] | None:
        """Fetch a picture: its media type and bytes; nothing where it gives none.

        From a private network it comes only where a page did, in this run, from the same host.
        """
        return self._begin(self._picture(url)).result()

    async def _picture(self, url: str) -> tuple[str, bytes] | None:
        try:
            inside = address(url).host in self._visitor.private
            answer = await self._visitor.fetch(
                url, inside=inside, limit=PICTURE_LIMIT, wanted=PICTURES
            )
        except FetchError:
            return None
        media_type = raster(answer.content)
        return (media_type, answer.content) if media_type else None

    def _begin(self, work: Coroutine[object, object, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _take(self, link: Link) -> _Taken:
        """Fetch a link; where it is a feed, begin to fetch the pages that it links to."""
        if link.depth == 0:
            if link.url in self._linked:
                return _Taken(link.url, deque())
            self._linked.add(link.url)
        try:
            return await self._fetch(link)
        except FetchError as error:
            reason = str(error)
        except Exception as error:  # One address must not cost the others.
            fault = " ".join(f"{type(error).__name__}: {error}".split())
            reason = f"fetching failed on it ({fault}); please report the address"
        return _Taken(link.url, deque([Unreadable(path=link.url, error=reason, url=link.url)]))

    async def _fetch(self, link: Link) -> _Taken:
        """Fetch a link that was not fetched before. Raises FetchError."""
        known = self._seen.get(link.url)
        answer = await self._visitor.fetch(
            link.url, inside=link.inside, limit=LIMIT, wanted=_WANTED, known=known
        )
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return _Taken(link.url, deque())
        page = accepted(
            Page(
                path=link.url,
                content=answer.content,
                url=answer.url,
                fetched=answer.fetched,
                media_type=answer.media_type,
                charset=answer.charset,
            )
        )
        inside = link.inside and answer.private
        found = expanded(page, depth=link.depth, follow=link.follow, inside=inside)
        # A feed is taken apart in a thread, because others are fetched meanwhile. The pages of many
        # feeds are begun at once, the feeds of a list only some ahead.
        parts = [
            self._begin(self._take(part)) if isinstance(part, Link) and not part.depth else part
            for part in await asyncio.to_thread(list, found)
        ]
        return _Taken(link.url, deque(parts), answer.validators)


def _emptied(parts: deque[T]) -> Iterator[T]:
    """Give the parts and let go of them: what they hold is no longer needed."""
    while parts:
        yield parts.popleft()
