"""Rarity: what a term tells, by how few articles have it."""

import zlib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from itertools import repeat

import numpy as np
from msgspec import json
from numpy.typing import NDArray

from copytaster.stories.similar import Index, frequencies

SEEN_BEFORE = 3000
"""Articles that a count begins with, in which words are as common as in news at large."""


def telling(terms: Collection[int], index: Index, language: str | None) -> NDArray[np.float64]:
    """Say what each of `terms` tells: the logarithm of how rare it is in its language.

    A count begins with what is common in news at large (`common.json`): else the first articles
    of a stream, or a stream with much about one matter, would take common words for telling ones.
    """
    articles, often = frequencies(terms, index, language)
    common = map(before().get, terms, repeat(0.0))
    seen = often + np.fromiter(common, np.float64, len(terms))
    # Two languages may share a key: then more articles have the term than there are.
    seen = np.minimum(seen, articles + SEEN_BEFORE)
    told: NDArray[np.float64] = np.log((articles + SEEN_BEFORE + 1.0) / (seen + 0.5))
    return told


@cache
def before() -> dict[int, float]:
    """Give how many of `SEEN_BEFORE` articles have each common word."""
    shares = json.decode(
        files("copytaster.stories").joinpath("common.json").read_bytes(), type=dict[str, float]
    )
    return {zlib.crc32(word.encode()): share * SEEN_BEFORE for word, share in shares.items()}
