"""What does not make a copy: what an outlet puts under all its articles, and the words of others.

Newsletter boxes, copyright lines, notes on the author: what two articles of one outlet share that
are not copies of one another is noted, and what was noted for three articles is furniture.
"""

import re

import numpy as np
from numpy.typing import NDArray

from copytaster.copies.shingles import LENGTH, Hashes, Words

NOTED = 2
"""Articles after the first in which words must stand to be furniture of the outlet."""

# To the closing mark or the end of the line: a quote of many paragraphs opens each of them. A mark
# with neither near was set by mistake.
_LONGEST = "{1,500}"
_QUOTE = re.compile(
    rf"""(?:[“„]|``|(?<![^\s(\[—–-])"(?=\S))(?:(?!'')[^“”„"\n]){_LONGEST}(?:[“”"]|''|$)"""
    rf"|«[^«»\n]{_LONGEST}(?:»|$)|»[^«»\n]{_LONGEST}(?:«|$)"
    rf"|「[^「」\n]{_LONGEST}(?:」|$)|『[^『』\n]{_LONGEST}(?:』|$)",
    re.M,
)


def counted(words: Words, furniture: Hashes) -> NDArray[np.bool_]:
    """Say for each word whether it counts, given the shingles of the outlet's furniture."""
    counts = np.ones(len(words), bool)
    if len(furniture):
        for start in np.flatnonzero(among(words.shingles, furniture)).tolist():
            counts[start : start + LENGTH // 2] = False
    return counts


def among(shingles: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Say for each shingle whether it is one of those `known`, which are in rising order."""
    if not len(known):
        return np.zeros(len(shingles), bool)
    places = np.searchsorted(known, shingles)
    found: NDArray[np.bool_] = known[np.minimum(places, len(known) - 1)] == shingles
    return found


def quoted(text: str, words: Words) -> NDArray[np.bool_]:
    """Say for each word whether it stands in quotation marks."""
    inside = np.zeros(len(words), bool)
    for quote in _QUOTE.finditer(text):
        first, last = np.searchsorted(words.starts, quote.span())
        inside[first:last] = True
    return inside
