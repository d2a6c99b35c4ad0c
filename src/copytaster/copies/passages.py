"""Passages that two texts share: maximal runs of the same words, small edits bridged.

The r-th occurrence of a shingle here is matched with its r-th there; matches in a row make runs,
runs grow over equal words, the longest take their words first.
"""

import numpy as np
from numpy.typing import NDArray

from copytaster.copies.shingles import Hashes, Words
from copytaster.copy import Passage

Span = tuple[int, int, int, int]
"""Words `start` to `end` of one text are words `other_start` to `other_end` of the other."""

BRIDGED = 8
"""Words in a row that may differ inside a passage."""
EDITED = 40
"""Words in a row of which half may differ inside a passage."""
LEAST = 16
"""Half words of the shortest passage."""
RUNS = 2000
"""Runs looked at, longest first: more are found only where a text repeats itself endlessly."""


def shared(this: Words, that: Words) -> list[Span]:
    """Give the passages as spans of words, in the order of `this`; none overlaps another."""
    if len(this) == len(that) and np.array_equal(this.hashes, that.hashes):
        return [(0, len(this), 0, len(that))] if len(this) else []
    taken = _Taken(this.hashes, that.hashes)
    for start, other, length in _runs(this.shingles, that.shingles):
        taken.take(start, other, length)
    spans = _bridged(taken.spans, this.hashes, that.hashes)
    grown = np.concatenate(([0], np.cumsum(this.sizes)))
    return [span for span in spans if grown[span[1]] - grown[span[0]] >= LEAST]


def located(spans: list[Span], this: Words, that: Words) -> tuple[Passage, ...]:
    """Give the offsets of spans of words."""
    return tuple(
        Passage(
            int(this.starts[start]),
            int(this.ends[end - 1]),
            int(that.starts[other_start]),
            int(that.ends[other_end - 1]),
        )
        for start, end, other_start, other_end in spans
    )


def _runs(ours: Hashes, theirs: Hashes) -> list[tuple[int, int, int]]:
    """Match shingles; give start, start there and length of each run, longest first."""
    our_keys, our_places = _numbered(ours)
    their_keys, their_places = _numbered(theirs)
    _, here, there = np.intersect1d(our_keys, their_keys, assume_unique=True, return_indices=True)
    here, there = our_places[here], their_places[there]
    order = np.argsort(here)
    here, there = here[order], there[order]
    if not len(here):
        return []
    breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1)) + 1
    first = np.concatenate(([0], breaks))
    length = np.diff(np.concatenate((first, [len(here)])))
    longest = np.lexsort((here[first], -length))[:RUNS]
    return list(
        zip(
            here[first][longest].tolist(),
            there[first][longest].tolist(),
            length[longest].tolist(),
            strict=True,
        )
    )


def _numbered(shingles: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    """Put above the 48 bits of each shingle which occurrence it is; give that and where it is.

    What occurs more often than 65,536 times is left out there.
    """
    order = np.argsort(shingles, kind="stable")
    ordered = shingles[order]
    places = np.arange(len(ordered))
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    occurrence = places - np.maximum.accumulate(np.where(new, places, 0))
    kept = occurrence < 1 << 16
    keys: Hashes = ordered | (occurrence.astype(np.uint64) << np.uint64(48))
    return keys[kept], order[kept]


class _Taken:
    """The words of both texts that lie in a passage already."""

    def __init__(self, ours: Hashes, theirs: Hashes) -> None:
        self.ours, self.theirs = ours, theirs
        self.here, self.there = np.zeros(len(ours), bool), np.zeros(len(theirs), bool)
        self.spans: list[Span] = []

    def take(self, start: int, other: int, length: int) -> None:
        """Take a run of shingles and the equal words around it, as far as they are free."""
        used = np.flatnonzero(
            self.here[start : start + length] | self.there[other : other + length]
        )
        edges = np.concatenate(([-1], used, [length]))
        widest = int(np.diff(edges).argmax())
        start, other = start + int(edges[widest]) + 1, other + int(edges[widest]) + 1
        length = int(edges[widest + 1] - edges[widest]) - 1
        if not length:
            return
        end, other_end = start + length, other + length
        while self._free(end, other_end):
            end, other_end = end + 1, other_end + 1
        while self._free(start - 1, other - 1):
            start, other = start - 1, other - 1
        if end - start < 3:
            return
        self.here[start:end] = self.there[other:other_end] = True
        self.spans.append((start, end, other, other_end))

    def _free(self, here: int, there: int) -> bool:
        return (
            0 <= here < len(self.ours)
            and 0 <= there < len(self.theirs)
            and bool(self.ours[here] == self.theirs[there])
            and not (self.here[here] or self.there[there])
        )


def _bridged(spans: list[Span], this: Hashes, that: Hashes) -> list[Span]:
    """Join spans that follow one another in both texts with little or much the same between."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined:
            start, end, other_start, other_end = joined[-1]
            here, there = this[end : span[0]], that[other_end : span[2]]
            if span[0] >= end and span[2] >= other_end and _alike(here, there):
                joined[-1] = (start, span[1], other_start, span[3])
                continue
        joined.append(span)
    return joined


def _alike(here: Hashes, there: Hashes) -> bool:
    longest = max(len(here), len(there))
    if longest <= BRIDGED:
        return True
    return longest <= EDITED and 2 * len(np.intersect1d(here, there)) >= longest
