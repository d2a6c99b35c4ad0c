"""Manners on the web: robots.txt (RFC 9309), one request at a time per host, a pause between."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from protego import Protego

from copytaster.intake.fetching import AGENT, Answer, FetchError

LONGEST_PAUSE = 30.0
"""Seconds. A longer crawl delay that a site asks for is cut to it."""


class Host:
    """One host (scheme, name and port): its robots.txt, and whose turn it is to ask it."""

    def __init__(self, origin: str, pause: float, ask: Callable[[str], Awaitable[Answer]]) -> None:
        """Begin with `origin` (``https://example.org:8080``) and a `pause` in seconds.

        `ask` sends a request for robots.txt, following its redirects.
        """
        self._origin = origin
        self._ask = ask
        self._pause = pause
        self._robots: Protego | FetchError | None = None
        self._lock = asyncio.Lock()
        self._free_at = 0.0

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for the turn to ask for `url`; whoever has it sends one request.

        The first turn reads robots.txt. Raises FetchError where that forbids `url`.
        """
        async with self._lock:
            if self._robots is None:
                await self._rest()
                self._robots = await self._read_robots()
                self._begin_pause()
            if isinstance(self._robots, FetchError):
                raise self._robots
            if not self._robots.can_fetch(url, AGENT):
                raise FetchError("its robots.txt forbids it")
            await self._rest()
            try:
                yield
            finally:
                self._begin_pause()

    async def _read_robots(self) -> Protego | FetchError:
        """Fetch robots.txt: a missing one allows everything, a broken one nothing (2.3.1)."""
        try:
            answer = await self._ask(f"{self._origin}/robots.txt")
        except FetchError as error:
            return error
        if answer.status >= 500:
            return FetchError(f"its robots.txt cannot be read: answered {answer.status}")
        text = answer.content.decode("utf-8", "replace") if answer.status == 200 else ""
        robots = Protego.parse(text)
        delay = robots.crawl_delay(AGENT) or 0.0
        self._pause = max(self._pause, min(float(delay), LONGEST_PAUSE))
        return robots

    async def _rest(self) -> None:
        await asyncio.sleep(max(0.0, self._free_at - asyncio.get_running_loop().time()))

    def _begin_pause(self) -> None:
        self._free_at = asyncio.get_running_loop().time() + self._pause
