"""Rarity: what a term tells, by how few articles have it."""

import zlib
from functools import cache
from importlib.resources import files

import numpy as np
from msgspec import json
from numpy.typing import NDArray

from copytaster.stories.frequencies import Keys
from copytaster.stories.similar import Known

SEEN_BEFORE = 3000
"""Articles that a count begins with, in which words are as common as in news at large."""


def telling(known: Known) -> NDArray[np.float64]:
    """Say what each term of an article tells: the logarithm of how rare it is in its language.

    A count begins with what is common in news at large (`common.json`): else the first articles
    of a stream, or a stream with much about one matter, would take common words for telling ones.
    """
    words, articles = before()
    at = np.minimum(np.searchsorted(words, known.terms), len(words) - 1)
    seen = known.often + np.where(words[at] == known.terms, articles[at], 0.0)
    # Two languages may share a key: then more articles have the term than there are.
    seen = np.minimum(seen, known.documents + SEEN_BEFORE)
    told: NDArray[np.float64] = np.log((known.documents + SEEN_BEFORE + 1.0) / (seen + 0.5))
    return told


@cache
def before() -> tuple[Keys, NDArray[np.float64]]:
    """Give the common words in rising order, and how many of `SEEN_BEFORE` articles have each."""
    shares = json.decode(
        files("copytaster.stories").joinpath("common.json").read_bytes(), type=dict[str, float]
    )
    known = {zlib.crc32(word.encode()): share * SEEN_BEFORE for word, share in shares.items()}
    words = sorted(known)
    return np.array(words, np.uint32), np.array([known[word] for word in words])
