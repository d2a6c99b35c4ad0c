"""What a search can be narrowed to, looked up once a minute: it costs as much as the search."""

import time
from functools import lru_cache

from markupsafe import Markup

from copytaster.desk import Desk

Menu = tuple[tuple[str, str], ...]
"""What can be chosen: values and names."""

KEPT_SECONDS = 60.0

OFFERED = 60
"""Outlets to choose from, the largest; others are asked for by `outlet:KEY`."""


class Choices:
    """The outlets and languages of a desk, a minute old at most. For any thread."""

    def __init__(self) -> None:
        """Look nothing up yet."""
        self._until = float("-inf")
        self._found: tuple[Menu, Menu] = ((), ())

    def outlets(self, desk: Desk) -> Menu:
        """Give the largest outlets."""
        return self._current(desk)[0]

    def languages(self, desk: Desk) -> Menu:
        """Give the languages, most frequent first."""
        return self._current(desk)[1]

    def _current(self, desk: Desk) -> tuple[Menu, Menu]:
        if time.monotonic() > self._until:
            largest = desk.outlets()[:OFFERED]
            self._found = (
                tuple((outlet.key, outlet.name) for outlet in largest),
                tuple((tag, tag) for tag in desk.languages()),
            )
            self._until = time.monotonic() + KEPT_SECONDS
        return self._found


@lru_cache(64)
def options(menu: Menu, chosen: str | None) -> Markup:
    """Draw the options of a menu, once for all who chose the same: it is half of a search page."""
    others = () if not chosen or chosen in dict(menu) else ((chosen, chosen),)
    return Markup("\n").join(
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == chosen else "", name
        )
        for value, name in (("", "Any"), *others, *menu)
    )
