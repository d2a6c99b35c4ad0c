"""Evidence: what an article shows of the event it is about."""

import re
import zlib
from datetime import UTC, datetime

from msgspec import Struct

from copytaster.date import instant
from copytaster.records import Record, full_text
from copytaster.stories.similar import terms

Terms = dict[int, float]
"""Weights of terms; a term is the CRC-32 of its UTF-8."""


class Evidence(Struct, frozen=True, kw_only=True):
    """What an article shows of its event. The weights do not know yet which terms are rare."""

    id: str
    day: float | None
    """Days since 1970, UTC; nothing where the article has no date that can be read."""
    headline: Terms
    text: Terms
    """Words and names of headline and text; empty where there is nothing but a headline."""
    names: Terms
    """Words written with a capital only: people, bodies, places."""
    numbers: Terms


_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
READ = 8000
"""Characters of a text that are read: the event is told at the beginning."""


def evidence(record: Record) -> Evidence:
    """Take from a record what shows its event."""
    headline, text = record.headline or "", full_text(record)[:READ]
    return Evidence(
        id=record.id,
        day=_day(record.date_published),
        headline=terms(headline, ""),
        text=terms(headline, text) if text.strip() else {},
        names=_names(text),
        numbers=_numbers(f"{headline}\n{text}"),
    )


def _day(date: str | None) -> float | None:
    try:
        return (instant(date) - _EPOCH).total_seconds() / 86400 if date else None
    except ValueError:
        return None


def _names(text: str) -> Terms:
    words = set(_WORD.findall(text))
    capital = {word.casefold() for word in words if word[0].isupper()}
    capital.difference_update(word for word in words if word[0].islower())
    return {zlib.crc32(word.encode()): 1.0 for word in capital}


def _numbers(text: str) -> Terms:
    found = {number.rstrip(".,:") for number in _NUMBER.findall(text)}
    return {zlib.crc32(number.encode()): 1.0 for number in found if len(number) > 1}
