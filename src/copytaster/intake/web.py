"""The web, fetched politely: in the order of the addresses, many hosts at once, each in turn."""

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

import httpx
from msgspec import Struct

from copytaster.intake import feeds
from copytaster.intake.fetching import AGENT, Answer, FetchError, Validators, address, get
from copytaster.intake.manners import Host
from copytaster.intake.pictures import PICTURE_LIMIT, PICTURES, raster
from copytaster.intake.sniff import HEAD, LIMIT, accepted, nature
from copytaster.page import Page, Unreadable

REDIRECTS = 10
_ROBOTS_LIMIT = 1_000_000
_AT_ONCE = 16
"""Requests under way at one time, to as many hosts."""
_AHEAD = 32
"""Addresses begun before the first of them is taken: results wait in memory for their turn."""

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


class Link(Struct, frozen=True, kw_only=True):
    """An address to be fetched."""

    url: str
    inside: bool = True
    """Whether it may lead into a loopback or private network: where the user typed it."""
    depth: int = 2
    """2: anything; 1: a feed or a page, as an OPML file lists them; 0: only a page."""
    follow: bool = True
    """Whether a feed stands for the pages it links to, or for its entries as they are."""


class _Taken(Struct, frozen=True, kw_only=True):
    """What an address gave: a page, nothing new, or the addresses and pages that it stands for."""

    url: str
    outcome: "Page | Unreadable | list[Page | Unreadable | Future[_Taken]] | None"
    validators: Validators | None = None


class Web:
    """The web as this run sees it: one event loop in a thread of its own, and a turn per host.

    A context manager that may be entered again while it is; who leaves it last stops all fetching.
    """

    def __init__(
        self,
        *,
        seen: Mapping[str, Validators] = MappingProxyType({}),
        pause: float = 1.0,
        seconds: float = 30.0,
        limit: int = LIMIT,
    ) -> None:
        """Set the limits.

        `seen`: the validators kept from earlier runs, by the address as it was asked for.
        `pause`: seconds between two requests to a host. `seconds`: the most a page may take; the
        waiting for its turn does not count. `limit`: the most bytes it may have.
        """
        self._seen = seen
        self.fresh: dict[str, Validators] = {}
        """Validators of what was given so far; of a feed, once all that it led to was given."""
        self._pause = pause
        self._seconds = seconds
        self._limit = limit
        self._hosts: dict[tuple[str, bool], Host] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._running: threading.Thread | None = None
        self._users = 0
        self._private: set[str] = set()

    def _start(self) -> None:
        """Start the event loop; nothing is set up where no address is asked for."""
        self._client = httpx.AsyncClient(
            headers={"user-agent": AGENT, "accept": "text/html, */*;q=0.5"},
            # No connection is used twice, so that each one's address is looked at.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            timeout=self._seconds,
            trust_env=False,
        )
        self._loop = asyncio.new_event_loop()
        self._running = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._running.start()

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
        if self._users or self._running is None:
            return
        self._begin(self._close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._running.join()
        self._running = None
        self._loop.close()
        self._hosts.clear()

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()

    def pages(self, links: Iterable[Link | Page | Unreadable]) -> Iterator[Page | Unreadable]:
        """Fetch the links, and give what they lead to in their order; pages pass through."""
        begun: deque[Page | Unreadable | Future[_Taken]] = deque()
        for link in links:
            begun.append(self._begin(self._take(link)) if isinstance(link, Link) else link)
            while begun and (len(begun) > _AHEAD or not isinstance(begun[-1], Future)):
                yield from self._given(begun.popleft())
        while begun:
            yield from self._given(begun.popleft())

    def picture(self, url: str) -> tuple[str, bytes] | None:
        """Fetch a picture: its media type and bytes; nothing where it gives none.

        From a private network it comes only where a page did, in this run, from the same host.
        """
        with self:
            return self._begin(self._picture(url)).result()

    def _begin(self, work: Coroutine[object, object, T]) -> Future[T]:
        if self._running is None:
            self._start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _given(self, part: "Page | Unreadable | Future[_Taken]") -> Iterator[Page | Unreadable]:
        """Give what a link led to, in order."""
        if not isinstance(part, Future):
            yield part
            return
        taken = part.result()
        whole = True
        parts = taken.outcome if isinstance(taken.outcome, list) else [taken.outcome]
        for outcome in parts:
            if outcome is not None:
                for page in self._given(outcome):
                    whole = whole and isinstance(page, Page)
                    yield page
        if taken.validators and whole:
            self.fresh[taken.url] = taken.validators

    async def _take(self, link: Link) -> _Taken:
        """Fetch a link, and begin to fetch what it leads to."""
        try:
            known = self._seen.get(link.url)
            answer = await self._fetch(link.url, link.inside, self._limit, _WANTED, known)
        except FetchError as error:
            unread = Unreadable(path=link.url, error=str(error), url=link.url)
            return _Taken(url=link.url, outcome=unread)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return _Taken(url=link.url, outcome=None)
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
        outcome: Page | Unreadable | list[Page | Unreadable | Future[_Taken]] = page
        if isinstance(page, Page):
            parts = expanded(
                page, depth=link.depth, follow=link.follow, inside=link.inside and answer.private
            )
            if parts is not None:
                outcome = [
                    self._begin(self._take(part)) if isinstance(part, Link) else part
                    for part in parts
                ]
        return _Taken(url=link.url, outcome=outcome, validators=answer.validators)

    async def _fetch(
        self,
        url: str,
        inside: bool,
        limit: int,
        wanted: frozenset[str],
        known: Validators | None = None,
    ) -> Answer:
        """Fetch an address politely, following redirects. Raises FetchError."""
        left = self._seconds
        clock = self._loop.time
        for _ in range(REDIRECTS + 1):
            target = address(url)
            async with self._host(target, inside).turn(str(target)):
                began = clock()
                answer = await self._get(target, inside, limit, wanted, known, left)
                left -= clock() - began
            if answer.private:
                self._private.add(target.host)
            if answer.location is None:
                break
            inside = inside and answer.private
            url = answer.location
        else:
            raise FetchError(f"redirects more than {REDIRECTS} times")
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            raise FetchError(f"answered {_status(answer.status)}")
        return answer

    async def _get(
        self,
        url: httpx.URL,
        inside: bool,
        limit: int,
        wanted: frozenset[str] | None,
        known: Validators | None,
        seconds: float,
    ) -> Answer:
        """Send one request. Raises FetchError, also where it takes longer than `seconds`."""
        async with self._slots:
            try:
                async with asyncio.timeout(seconds):
                    return await get(
                        self._client, url, inside=inside, limit=limit, wanted=wanted, known=known
                    )
            except TimeoutError:
                raise FetchError(f"took longer than {self._seconds:g} seconds") from None

    async def _robots(self, url: str, inside: bool) -> Answer:
        """Fetch a robots.txt, over five redirects at most."""
        for _ in range(6):
            answer = await self._get(address(url), inside, _ROBOTS_LIMIT, None, None, self._seconds)
            if answer.location is None:
                return answer
            inside = inside and answer.private
            url = answer.location
        raise FetchError("its robots.txt redirects for ever")

    async def _picture(self, url: str) -> tuple[str, bytes] | None:
        try:
            inside = address(url).host in self._private
            answer = await self._fetch(url, inside, PICTURE_LIMIT, PICTURES)
        except FetchError:
            return None
        media_type = raster(answer.content)
        return (media_type, answer.content) if media_type else None

    def _host(self, url: httpx.URL, inside: bool) -> Host:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if (origin, inside) not in self._hosts:
            ask = partial(self._robots, inside=inside)
            self._hosts[origin, inside] = Host(origin, self._pause, ask)
        return self._hosts[origin, inside]


def expanded(
    page: Page, *, depth: int, follow: bool, inside: bool
) -> list[Page | Unreadable | Link] | None:
    """Give what a feed or a list of feeds stands for; nothing where the page is just a page."""
    match nature(page.content[:HEAD]):
        case "opml":
            if depth < 2:
                return [Unreadable(path=page.path, url=page.url, error="a list of feeds")]
            found = feeds.listed(page)
            if not found:
                return [Unreadable(path=page.path, url=page.url, error="a list without feeds")]
            return [Link(url=url, inside=inside, depth=1, follow=follow) for url in found]
        case "feed" | "json feed":
            if depth < 1:
                return [Unreadable(path=page.path, url=page.url, error="a feed, not a page")]
            return [
                Link(url=item.url, inside=inside, depth=0)
                if follow and isinstance(item, Page) and item.url
                else item
                for item in feeds.items(page)
            ]
    return None


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
