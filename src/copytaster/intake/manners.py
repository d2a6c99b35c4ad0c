"""Manners on the web: robots.txt (RFC 9309), one request at a time per host, a pause between."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

from protego import Protego

from copytaster.intake.fetching import AGENT, Answer, FetchError, PrivateError

LONGEST_PAUSE = 30.0
"""Seconds. A longer crawl delay that a site asks for is cut to it."""

_ASK = "answered 429 Too Many Requests: add it again later"


class Host:
    """One host: what its robots.txt allow, and whose turn it is to ask it."""

    def __init__(self, pause: float) -> None:
        """Begin with a `pause` of so many seconds between requests."""
        self._pause = pause
        self._robots: dict[str, Protego | FetchError] = {}
        self._lock = asyncio.Lock()
        self._free_at = 0.0
        self._weary = False

    @asynccontextmanager
    async def turn(
        self, origin: str, url: str, ask: Callable[[str], Awaitable[Answer]]
    ) -> AsyncIterator[None]:
        """Wait for the turn to ask for `url`; whoever has it sends one request.

        The first turn at an origin (``https://example.org:8080``) reads its robots.txt by `ask`.
        Raises FetchError where that forbids `url`.
        """
        async with self._lock:
            if self._weary:
                raise FetchError(_ASK)
            if origin not in self._robots:
                await self._rest()
                self._robots[origin] = await self._read_robots(origin, ask)
                self._begin_pause()
            robots = self._robots[origin]
            if isinstance(robots, FetchError):
                raise robots
            if not robots.can_fetch(url, AGENT):
                raise FetchError("its robots.txt forbids it")
            await self._rest()
            try:
                yield
            finally:
                self._begin_pause()

    def tire(self) -> None:
        """Ask the host nothing more: it said that there were too many requests."""
        self._weary = True

    async def _read_robots(
        self, origin: str, ask: Callable[[str], Awaitable[Answer]]
    ) -> Protego | FetchError:
        """Fetch a robots.txt: a missing one allows everything, a broken one nothing (2.3.1)."""
        try:
            answer = await ask(f"{origin}/robots.txt")
        except PrivateError:
            raise  # This address may be forbidden to a page, and allowed to the user.
        except FetchError as error:
            return error
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return FetchError(f"its robots.txt cannot be read: answered {answer.status}")
        found = answer.content if answer.status == HTTPStatus.OK else b""
        robots = Protego.parse(found.decode("utf-8", "replace"))
        delay = robots.crawl_delay(AGENT) or 0.0
        self._pause = max(self._pause, min(float(delay), LONGEST_PAUSE))
        return robots

    async def _rest(self) -> None:
        await asyncio.sleep(max(0.0, self._free_at - asyncio.get_running_loop().time()))

    def _begin_pause(self) -> None:
        self._free_at = asyncio.get_running_loop().time() + self._pause
