"""Numbers of articles: time-ordered, so that newest first is the order of the file.

A number is the minute of publication since 1970, or else of arrival, followed by `SLOT_BITS` bits
that tell the articles of one minute apart. A minute that is full spills into the next one (a day
given without a time has room for 92,160), and for arrivals into the one before, not the future.
"""

import sqlite3
from datetime import UTC, date, datetime, timedelta

from copytaster.article import Article
from copytaster.date import instant

SLOT_BITS = 6
"""Few: every bit makes the full-text index larger by a hundredth of the text."""
FUTURE = timedelta(days=2)
"""Dates farther ahead of the fetch are a mistake (time zones and embargoes reach a day)."""
SPAN = "ifnull(min(iif(dated, at, NULL)), min(at)), ifnull(max(iif(dated, at, NULL)), max(at))"
"""From when to when a story's articles are: the undated, which only came at some time, do not
count where others are dated."""


def filed_under(article: Article, now: datetime) -> tuple[datetime, bool]:
    """Give the moment that an article is filed under, and whether that is its own date."""
    arrival = moment(article.fetched) or now
    published = moment(article.date_published)
    if published is None or published > arrival + FUTURE:
        return arrival, False
    return published, True


def moment(date: str | None) -> datetime | None:
    """Give the first moment of a date, or nothing where there is none or it is no date."""
    try:
        return instant(date) if date else None
    except (ValueError, OverflowError):
        return None


def first_number(at: datetime) -> int:
    """Give the lowest number of the minute of `at`."""
    return int(at.timestamp() // 60) << SLOT_BITS


def numbers_of(day: date) -> tuple[int, int]:
    """Give the lowest number of a day (UTC), and that of the day after."""
    first = first_number(datetime(day.year, day.month, day.day, tzinfo=UTC))
    return first, first + (24 * 60 << SLOT_BITS)


class Slots:
    """The free numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._full: dict[tuple[int, int], int] = {}

    def free(self, at: datetime, *, past: bool) -> int:
        """Give a free number in the minute of `at`, or in the next one that has room.

        `past`: look in the minutes before it, not in those after it.
        """
        slots = 1 << SLOT_BITS
        step = -slots if past else slots
        asked = first_number(at)
        first = self._full.get((asked, step), asked)
        while True:
            (last,) = self._connection.execute(
                "SELECT max(number) FROM article WHERE number >= ? AND number < ?",
                (first, first + slots),
            ).fetchone()
            if last is None or last + 1 < first + slots:
                break
            first += step
        if first != asked:
            self._full[asked, step] = first  # a day's worth need not be looked through each time
        return first if last is None else int(last) + 1
