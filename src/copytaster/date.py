"""Dates with the precision that is known: "2021", "2021-02", "2021-02-19T10:30+01:00"."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MILLISECONDS = 1e11
"""Numbers from here on are milliseconds since 1970, not seconds: those would be years from 5138."""
_SLASHED = re.compile(r"/?(\d{4})/(\d{1,2})/(\d{1,2})/?")
_NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")


def instant(date: str) -> datetime:
    """Give the first moment of `date`, in UTC; a time without offset is taken as UTC.

    Raises ValueError where `date` is not ISO 8601 with at least a year.
    """
    match date.split("-"):
        case [year] if len(year) == 4 and year.isdigit():
            return datetime(int(year), 1, 1, tzinfo=UTC)
        case [year, month] if len(year) == 4 and len(month) == 2:
            return datetime(int(year), int(month), 1, tzinfo=UTC)
    moment = datetime.fromisoformat(date)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"outside the calendar: {date}") from None


def iso(date: object) -> str | None:
    """Give in ISO 8601 a date as collections of articles have it; nothing where it is none.

    ISO 8601 itself, seconds or milliseconds since 1970 as a number or in digits, the date of a feed
    ("Mon, 10 Mar 2014 16:55:01 GMT") or of an address ("/2014/03/10/").
    """
    try:
        if isinstance(date, str):
            if slashed := _SLASHED.fullmatch(date):
                year, month, day = map(int, slashed.groups())
                return datetime(year, month, day).date().isoformat()
            if not _NUMBER.fullmatch(date):
                return _written(date)
            date = float(date)
        if isinstance(date, int | float) and not isinstance(date, bool) and date > 0:
            seconds = date / 1000 if date >= MILLISECONDS else date
            return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _written(date: str) -> str:
    try:
        instant(date)
    except ValueError:
        return parsedate_to_datetime(date).isoformat()
    return date
