"""Numbers of articles: time-ordered, so that newest first is the order of the file.

A number is the minute of publication since 1970, or else of arrival, followed by `SLOT_BITS` bits
that tell the articles of one minute apart. A minute that is full spills into the next one.
"""

import sqlite3
from datetime import UTC, date, datetime, timedelta

from copytaster.article import Article
from copytaster.date import instant

SLOT_BITS = 12
FUTURE = timedelta(days=2)
"""Dates farther ahead of the fetch are a mistake (time zones and embargoes reach a day)."""


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


def filed_at(number: int) -> datetime:
    """Give the minute that a number stands for."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=number >> SLOT_BITS)


def free_number(connection: sqlite3.Connection, at: datetime) -> int:
    """Give the next free number at or after the minute of `at`."""
    first = first_number(at)
    while True:
        end = first + (1 << SLOT_BITS)
        (last,) = connection.execute(
            "SELECT max(number) FROM article WHERE number >= ? AND number < ?", (first, end)
        ).fetchone()
        if last is None:
            return first
        if last + 1 < end:
            return int(last) + 1
        first = end
