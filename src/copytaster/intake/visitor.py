"""A visitor on the web: redirects followed, manners kept, limits of size and time."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

import httpx

from copytaster.intake.fetching import AGENT, Answer, FetchError, address, get
from copytaster.intake.manners import Host
from copytaster.intake.validators import Validators

REDIRECTS = 10
_ROBOTS_REDIRECTS = 5
_ROBOTS_LIMIT = 1_000_000
_AT_ONCE = 16
"""Requests under way at one time, to as many hosts."""


class Visitor:
    """Fetches addresses, many hosts at once, each in turn; in one event loop."""

    def __init__(self, *, pause: float, seconds: float) -> None:
        """`pause`: least seconds between two requests to a host. `seconds`: most for an address."""
        self._pause = pause
        self._seconds = seconds
        self._hosts: dict[str, Host] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._client = httpx.AsyncClient(
            headers={"user-agent": AGENT, "accept": "text/html, */*;q=0.5"},
            # No connection is used twice, so that each one's address is looked at.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            timeout=seconds,
            trust_env=False,
        )
        self.private: set[str] = set()
        """Hosts in loopback or private networks that were asked."""

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        inside: bool,
        limit: int,
        wanted: Collection[str],
        known: Validators | None = None,
    ) -> Answer:
        """Fetch an address, following its redirects, with status 200 or 304. Raises FetchError.

        `inside`: whether it may be in a private network; a redirect from a public host may not lead
        there. `limit`: bytes of the body. `wanted`: media types. `known`: validators of what is
        here already. The time limit counts what is spent in requests, not the waiting for turns.
        """
        allowance = _Allowance(self._seconds)
        for _ in range(REDIRECTS + 1):
            target = address(url)
            host = self._hosts.setdefault(target.host, Host(self._pause))
            origin = f"{target.scheme}://{target.netloc.decode('ascii')}"
            turn = host.turn(origin, str(target), partial(self._robots, inside=inside))
            async with turn, self._slots, allowance.spent():
                answer = await get(
                    self._client, target, inside=inside, limit=limit, wanted=wanted, known=known
                )
            if answer.private:
                self.private.add(target.host)
            if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
                host.tire()
            if answer.location is None:
                break
            inside = inside and answer.private
            url = answer.location
        else:
            raise FetchError(f"redirects more than {REDIRECTS} times")
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            raise FetchError(f"answered {_status(answer.status)}")
        return answer

    async def _robots(self, url: str, *, inside: bool) -> Answer:
        """Fetch a robots.txt, over a few redirects."""
        allowance = _Allowance(self._seconds)
        for _ in range(_ROBOTS_REDIRECTS + 1):
            async with self._slots, allowance.spent():
                answer = await get(self._client, address(url), inside=inside, limit=_ROBOTS_LIMIT)
            if answer.location is None:
                return answer
            inside = inside and answer.private
            url = answer.location
        raise FetchError("its robots.txt redirects for ever")


class _Allowance:
    """Seconds that may be spent in requests for one address; waiting between them is free."""

    def __init__(self, seconds: float) -> None:
        self._whole = self._left = seconds

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """Spend what is done inside. Raises FetchError when nothing is left."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError:
            raise FetchError(f"took longer than {self._whole:g} seconds") from None
        finally:
            self._left -= clock() - began


def _status(status: int) -> str:
    """Name a status, as in ``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
