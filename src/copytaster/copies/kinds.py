"""Which kind of copy: judged by how much of each article is shared, and where."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from copytaster.copies.furniture import counted, quoted
from copytaster.copies.index import Text
from copytaster.copies.passages import Span
from copytaster.copies.shingles import Hashes, Words, shingles, words
from copytaster.copy import Kind

WHOLE = 0.8
"""Share of an article from which all of it is carried: furniture and edits are the rest."""
MOST = 0.5
"""Share from which an article is nothing but its source's text, in a reprint or a part of one."""
SHORT = 32
"""Half words outside quotation marks that a copy must share at least ..."""
LONG = 80
"""... and where both articles are mostly their own."""
UNBROKEN = 60
"""Half words of the passage that an article with its own text must have."""
EDGE = 6
"""Words from the beginning or the end of both articles within which furniture begins or ends."""
GAPS = 0.15
"""Share of a beginning that may be missing from it."""


class Side:
    """One article of a pair, taken apart."""

    def __init__(self, text: Text, furniture: Hashes) -> None:
        self.text = text
        self.words: Words = words(text.text)
        self.shingles: Hashes = shingles(self.words)
        self.counted = counted(self.words, self.shingles, furniture)
        self.weights: NDArray[np.int64] = self.words.sizes * self.counted
        self.total = int(self.weights.sum())

    @cached_property
    def unquoted(self) -> NDArray[np.int64]:
        weights: NDArray[np.int64] = self.weights * ~quoted(self.text.text, self.words)
        return weights

    @cached_property
    def opening(self) -> int:
        """How many words the headline has."""
        return int(np.searchsorted(self.words.starts, self.text.opening))

    def share(self, spans: list[tuple[int, int]]) -> float:
        if not self.total:
            return 0.0
        return sum(int(self.weights[start:end].sum()) for start, end in spans) / self.total


class Pair:
    """A likely copy, its likely source and the words they share, spans of the copy first."""

    def __init__(self, copy: Side, source: Side, spans: list[Span]) -> None:
        self.copy, self.source, self.spans = copy, source, spans
        self.ours = [(start, end) for start, end, _, _ in spans]
        self.theirs = sorted((start, end) for _, _, start, end in spans)
        self.share = copy.share(self.ours)
        self.source_share = source.share(self.theirs)

    def turned(self) -> "Pair":
        """Give the pair the other way round."""
        return Pair(self.source, self.copy, sorted((o, p, s, e) for s, e, o, p in self.spans))

    @property
    def begins(self) -> bool:
        """Whether the copy opens with the source's text: little of its own before it."""
        before = self.copy.weights[self.copy.opening : self.ours[0][0]].sum()
        return bool(before <= max(2 * EDGE, GAPS * self.copy.total))

    @property
    def beginning(self) -> bool:
        """Whether what the copy has is the source's beginning, with hardly a gap."""
        last = self.theirs[-1][1]
        weights = self.source.weights[:last].copy()
        weights[: self.source.opening] = 0
        for start, end in self.theirs:
            weights[start:end] = 0
        return bool(weights.sum() <= GAPS * self.source.weights[:last].sum())

    def enough(self) -> bool:
        """Whether the words shared are enough for a copy, quotes and furniture left out."""
        shares = self.share, self.source_share
        if max(shares) >= MOST:
            return sum(int(self.copy.unquoted[a:b].sum()) for a, b in self.ours) >= SHORT
        mine = self.copy.text.outlet
        if mine is not None and mine == self.source.text.outlet:
            return False
        inner = [span for span in self.spans if not self._edge(span)]
        long = [int(self.copy.unquoted[a:b].sum()) for a, b, _, _ in inner]
        return sum(long) >= LONG and max(long) >= UNBROKEN

    def _edge(self, span: Span) -> bool:
        start, end, other_start, other_end = span
        head = start <= EDGE and other_start <= EDGE
        left = len(self.copy.words) - end, len(self.source.words) - other_end
        return head or max(left) <= EDGE

    def kind(self) -> Kind:
        """Name the kind of a copy that has enough."""
        if np.array_equal(self.copy.words.hashes, self.source.words.hashes):
            return "identical"
        if self.source_share >= WHOLE and self.share >= MOST:
            return "reprint"
        if (self.share >= MOST and self.begins) or self.share >= WHOLE:
            return "truncated" if self.beginning else "abridged"
        return "embedded"
