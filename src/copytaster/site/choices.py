"""What a search can be narrowed to, looked up once a minute: it costs as much as the search."""

import time

from copytaster.desk import Desk
from copytaster.desk.listing import Outlet

KEPT_SECONDS = 60.0

OFFERED = 60
"""Outlets to choose from, the largest; others are asked for by `outlet:KEY`."""


class Choices:
    """The outlets and languages of a desk, a minute old at most. For any thread."""

    def __init__(self) -> None:
        """Look nothing up yet."""
        self._until = float("-inf")
        self._found: tuple[list[Outlet], list[str]] = ([], [])

    def outlets(self, desk: Desk) -> list[Outlet]:
        """Give the largest outlets."""
        return self._current(desk)[0]

    def languages(self, desk: Desk) -> list[str]:
        """Give the languages, most frequent first."""
        return self._current(desk)[1]

    def _current(self, desk: Desk) -> tuple[list[Outlet], list[str]]:
        if time.monotonic() > self._until:
            self._found = desk.outlets()[:OFFERED], desk.languages()
            self._until = time.monotonic() + KEPT_SECONDS
        return self._found
