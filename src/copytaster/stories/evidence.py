"""Evidence: what an article shows of the event it is about."""

import math
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import Struct

from copytaster.date import instant
from copytaster.stories.rarity import SEEN_BEFORE, telling
from copytaster.stories.similar import Index, Text, terms

Terms = dict[int, float]
"""Weights of terms; a term is the CRC-32 of its UTF-8."""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an article shows of its event, each term weighed by how rare it was when it came."""

    id: str
    day: float | None = None
    """Days since 1970, UTC; nothing where the article has no date that can be read."""
    headline: Terms = {}
    """The words of the headline: what each tells (the logarithm of how rare it is)."""
    text: Terms = {}
    """Words and names of headline and text, the heaviest, scaled to length 1; empty where there is
    nothing but a headline. So are the next two."""
    names: Terms = {}
    """Words that the text writes with a capital only: people, bodies, places."""
    numbers: Terms = {}
    lead: Terms = {}
    """Names and numbers of headline and first sentences: what each tells."""


KEPT = 96
"""Terms kept of a text, and as many of its names."""
READ = 8000
"""Characters of a text that are searched for names and numbers: the event is told at its top."""
LEAD = 350
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def evidence(
    article: Text, date: str | None, index: Index, weighed: Mapping[int, float] | None = None
) -> Evidence:
    """Take from an article what shows its event.

    `index` says how rare its terms are: the one in which similar articles are found, after the
    article was counted there. `weighed` are its `similar.terms`, where they are known already.
    """
    if weighed is None:
        weighed = terms(article.headline, article.text)
    told = telling(weighed, index, article.language)
    heading = dict.fromkeys(terms(article.headline, ""), 0.0)
    names, top = _names(article.headline, article.text[:READ]), f"{article.headline}\n{article.text[:LEAD]}"
    said = {zlib.crc32(word.casefold().encode()) for word in _WORD.findall(top)} & set(names)
    text = article.text[:READ] if article.text.strip() else ""
    return Evidence(
        id=article.id,
        day=_day(date),
        headline={term: told.get(term, _NEW) for term in heading},
        text=_heaviest({term: w * told[term] for term, w in weighed.items()}) if text else {},
        names=_heaviest({term: told.get(term, _NEW) for term in names}),
        numbers=_heaviest(dict.fromkeys(_numbers(f"{article.headline}\n{text}"), 1.0)),
        lead={term: told.get(term, _NEW) for term in sorted(said) + _numbers(top)},
    )


_NEW = math.log(SEEN_BEFORE)


def _day(date: str | None) -> float | None:
    try:
        return (instant(date) - _EPOCH).total_seconds() / 86400 if date else None
    except ValueError:
        return None


def _heaviest(terms: Terms) -> Terms:
    if len(terms) > KEPT:
        kept = sorted(terms, key=lambda term: (-terms[term], term))[:KEPT]
        terms = {term: terms[term] for term in kept}
    length = math.sqrt(math.fsum(weight * weight for weight in terms.values()))
    return {term: weight / length for term, weight in terms.items()} if length else {}


def _names(headline: str, text: str) -> list[int]:
    words = set(_WORD.findall(text))
    capital = {word.casefold() for word in words if word[0].isupper()}
    capital.difference_update(word for word in words if word[0].islower())
    return sorted(zlib.crc32(word.encode()) for word in capital)


def _numbers(text: str) -> list[int]:
    found = {number for number in _NUMBER.findall(text) if len(number) > 1}
    return sorted(zlib.crc32(number.encode()) for number in found)
