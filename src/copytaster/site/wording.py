"""How dates, languages and links are written in a page."""

import re
from datetime import datetime, timedelta

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "mzn", "nqo", "pnb"}) | {
    *("ps", "sd", "syr", "ug", "ur", "yi"),
}
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"})

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def day(date: str) -> str:
    """Write the day of an ISO 8601 date, or what is known of it: "19 February 2021", "2021"."""
    year, _, rest = date[:10].partition("-")
    month, _, number = rest.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return year
    name = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(number)} {name}" if number.isdecimal() else name


def clock(date: str) -> str:
    """Write the time of day of an ISO 8601 date as the page gave it: "10:30 UTC+1"; or nothing."""
    try:
        time = datetime.fromisoformat(date) if "T" in date else None
    except ValueError:
        time = None
    return f"{time:%H:%M}{_offset(time.utcoffset())}" if time else ""


def moment(date: str) -> str:
    """Write a date with its time, where there is one, as the page gave it: "…, 10:30 UTC+1"."""
    return ", ".join(filter(None, (day(date), clock(date))))


def _offset(offset: timedelta | None) -> str:
    if offset is None:
        return ""
    minutes = int(offset.total_seconds()) // 60
    if not minutes:
        return " UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f" UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def lang(language: str | None) -> str:
    """Give the value of `lang`; empty is HTML for "unknown", lest the site's own is taken."""
    return language if language and _LANGUAGE.fullmatch(language) else ""


def direction(language: str | None) -> str:
    """Give the value of `dir` by script, else by language; "auto" where neither is known."""
    if not lang(language) or language is None:
        return "auto"
    parts = language.lower().split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in RIGHT_TO_LEFT else "ltr"


def web(url: str | None) -> str | None:
    """Give `url` if it is an address of the web: javascript:, data: and such never become links."""
    return url if url and _WEB.fullmatch(url) else None


def number(count: int, one: str, many: str) -> str:
    """Write a count with its noun: "1 read", "12,000 reads"."""
    return f"{count:,} {one if count == 1 else many}"
