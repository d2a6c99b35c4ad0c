"""Dates with the precision that is known: "2021", "2021-02", "2021-02-19T10:30+01:00"."""

from datetime import UTC, datetime


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
