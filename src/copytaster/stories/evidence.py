"""Evidence: what an article shows of the event it is about."""

import math
import zlib
from collections.abc import Collection
from datetime import UTC, datetime
from itertools import filterfalse

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.date import instant
from copytaster.stories.frequencies import Keys
from copytaster.stories.rarity import SEEN_BEFORE, telling
from copytaster.stories.similar import Known, Text
from copytaster.stories.words import folded, letters, numbers

Terms = dict[int, float]
"""Weights of terms; a term is the CRC-32 of its UTF-8."""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
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
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def evidence(article: Text, date: str | None, known: Known) -> Evidence:
    """Take from an article what shows its event; `known` are its terms (`similar.known`)."""
    text = article.text[:READ] if article.text.strip() else ""
    top = f"{article.headline}\n{text[:LEAD]}"
    names, words = _names(text), folded(article.headline)
    terms = _numbered([*names, *words])
    each = telling(known)
    told = _told(terms, known, each)
    named = dict(zip(names, zip(terms.tolist(), told.tolist(), strict=False), strict=False))
    return Evidence(
        id=article.id,
        day=_day(date),
        headline=_stems(words, told[len(names) :].tolist()),
        text=_heaviest(known.terms, known.weights * each) if text else {},
        names=_heaviest(terms[: len(names)], told[: len(names)]),
        numbers=_equal(_numbers(f"{article.headline}\n{text}")),
        lead={
            **dict(named[word] for word in map(str.casefold, letters(top)) if word in named),
            **dict.fromkeys(_numbers(top), NEW),
        },
    )


def _day(date: str | None) -> float | None:
    try:
        return (instant(date) - _EPOCH).total_seconds() / 86400 if date else None
    except ValueError:
        return None


def _told(terms: Keys, known: Known, each: NDArray[np.float64]) -> NDArray[np.float64]:
    """Look up what some terms tell, `each` being what those that are known do."""
    if not len(known.terms):
        return np.full(len(terms), NEW)
    at = np.minimum(np.searchsorted(known.terms, terms), len(known.terms) - 1)
    return np.where(known.terms[at] == terms, each[at], NEW)


def _heaviest(terms: NDArray[np.uint32], weights: NDArray[np.float64]) -> Terms:
    if len(terms) > KEPT:
        least = np.partition(weights, -KEPT)[-KEPT]
        kept = np.flatnonzero(weights >= least)
        if len(kept) > KEPT:
            kept = kept[np.lexsort((terms[kept], -weights[kept]))[:KEPT]]
        terms, weights = terms[kept], weights[kept]
    length = math.sqrt(math.fsum((weights * weights).tolist()))
    return dict(zip(terms.tolist(), (weights / length).tolist(), strict=True)) if length else {}


def _equal(terms: list[int]) -> Terms:
    """Weigh terms the same."""
    kept = terms[:KEPT]
    return dict.fromkeys(kept, 1 / math.sqrt(len(kept))) if kept else {}


def _stems(words: list[str], told: list[float]) -> Terms:
    """Give the stems of a headline: "recall", "recalls" and "recalled" are one."""
    stems: Terms = {}
    for word, tells in zip(words, told, strict=True):
        stem = zlib.crc32(word.rstrip("s")[:STEM].encode())
        stems[stem] = max(stems.get(stem, 0.0), tells)
    return stems


def _names(text: str) -> list[str]:
    """Give the words of two letters and more with a capital wherever the text has them, folded."""
    written = set(letters(text))
    larger = filterfalse(str.islower, written)
    capital = {word.casefold() for word in larger if word[0].isupper() and len(word) > 1}
    small = [word for word in capital & written if word[0].islower()]
    return sorted(capital.difference(small))


def _numbers(text: str) -> list[int]:
    return sorted(_numbered(numbers(text)).tolist())


def _numbered(words: Collection[str]) -> Keys:
    return np.fromiter(map(zlib.crc32, map(str.encode, words)), np.uint32, len(words))
