"""Evidence: what an article shows of the event it is about."""

import math
import re
import zlib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from itertools import repeat

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.date import instant
from copytaster.stories.rarity import SEEN_BEFORE, telling
from copytaster.stories.similar import Index, Text, terms
from copytaster.stories.words import folded, letters

Terms = dict[int, float]
"""Weights of terms; a term is the CRC-32 of its UTF-8."""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an article shows of its event, each term weighed by how rare it was when it came."""

    id: str
    day: float | None = None
    """Days since 1970, UTC; nothing where the article has no date that can be read."""
    headline: Terms = {}
    """The words of the headline, cut to stems: what each tells (the logarithm of how rare)."""
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
"""Characters of a text that are its first sentences."""
STEM = 6
"""Letters by which words of headlines are told apart, without an "s" at their end."""
NEW = math.log(SEEN_BEFORE)
"""What a term tells that is not counted, as a number with a comma in it."""
_NUMBER = re.compile(r"\d[\d.,:]*\d")
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
    text = article.text[:READ] if article.text.strip() else ""
    top = f"{article.headline}\n{text[:LEAD]}"
    names, numbers = _names(text), _numbers(f"{article.headline}\n{text}")
    each = telling(weighed, index, article.language)
    told = dict(zip(weighed, each.tolist(), strict=True))
    heavy = each * np.fromiter(weighed.values(), np.float64, len(weighed))
    return Evidence(
        id=article.id,
        day=_day(date),
        headline=_stems(article.headline, told),
        text=_heaviest(np.fromiter(weighed, np.uint32, len(weighed)), heavy) if text else {},
        names=_told(names.values(), told),
        numbers=_equal(numbers),
        lead={
            **{
                names[word]: told.get(names[word], NEW)
                for word in map(str.casefold, letters(top))
                if word in names
            },
            **dict.fromkeys(_numbers(top), NEW),
        },
    )


def _day(date: str | None) -> float | None:
    try:
        return (instant(date) - _EPOCH).total_seconds() / 86400 if date else None
    except ValueError:
        return None


def _told(terms: Collection[int], told: Mapping[int, float]) -> Terms:
    """Weigh terms by what they tell."""
    weights = np.fromiter(map(told.get, terms, repeat(NEW)), np.float64, len(terms))
    return _heaviest(np.fromiter(terms, np.uint32, len(terms)), weights)


def _heaviest(terms: NDArray[np.uint32], weights: NDArray[np.float64]) -> Terms:
    if len(terms) > KEPT:
        least = np.partition(weights, -KEPT)[-KEPT]
        heavy = np.flatnonzero(weights > least)
        equal = np.flatnonzero(weights == least)
        equal = equal[np.argsort(terms[equal])][: KEPT - len(heavy)]
        kept = np.concatenate((heavy, equal))
        terms, weights = terms[kept], weights[kept]
    length = math.sqrt(math.fsum((weights * weights).tolist()))
    return dict(zip(terms.tolist(), (weights / length).tolist(), strict=True)) if length else {}


def _equal(terms: list[int]) -> Terms:
    """Weigh terms the same."""
    kept = terms[:KEPT]
    return dict.fromkeys(kept, 1 / math.sqrt(len(kept))) if kept else {}


def _stems(headline: str, told: Mapping[int, float]) -> Terms:
    """Give the stems of a headline: "recall", "recalls" and "recalled" are one."""
    stems: Terms = {}
    for word in folded(headline):
        stem = zlib.crc32(word.rstrip("s")[:STEM].encode())
        stems[stem] = max(stems.get(stem, 0.0), told.get(zlib.crc32(word.encode()), NEW))
    return stems


def _names(text: str) -> dict[str, int]:
    """Give the words that a text writes with a capital only, in lower case, and their terms."""
    written = set(letters(text))
    capital = {word.casefold() for word in written if word[0].isupper()}
    small = [word for word in capital & written if word[0].islower()]
    capital.difference_update(small)
    return {word: zlib.crc32(word.encode()) for word in sorted(capital)}


def _numbers(text: str) -> list[int]:
    return sorted(zlib.crc32(number.encode()) for number in set(_NUMBER.findall(text)))
