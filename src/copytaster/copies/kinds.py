"""Which kind of copy: judged by how much of each article is shared, and where."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from copytaster.copies.furniture import counted, quoted
from copytaster.copies.index import Text
from copytaster.copies.passages import Span
from copytaster.copies.shingles import Hashes, Words, words
from copytaster.copy import Kind

WHOLE = 0.8
"""Share of an article from which all of it is carried: furniture and edits are the rest."""
MOST = 0.5
"""Share from which an article can be nothing but its source's text and furniture."""
SOME = 0.25
"""Share that two articles of one outlet must have in common, each with text of its own."""
SHORT = 32
"""Half words outside quotation marks that a copy must share at least."""
LONG = 80
"""Half words of the passage that an article with text of its own must have; SHORT as above."""
EDGE = 6
"""Words within which a passage at the top or the foot of both articles is furniture."""
MARGIN = 24
"""Half words that may stand before what a body opens with: a place, a date, a name."""
WRAP = 60
"""Half words before and after a passage that make it a part of other text."""
GAPS = 0.15
"""Share of a beginning that may be missing from it."""


class Side:
    """One article of a pair, taken apart."""

    def __init__(self, text: Text, furniture: Hashes) -> None:
        self.text = text
        self.words: Words = words(text.text)
        self.counted = counted(self.words, furniture)
        self.weights: NDArray[np.int64] = self.words.sizes * self.counted
        self.total = int(self.weights.sum())

    @cached_property
    def unquoted(self) -> NDArray[np.int64]:
        weights: NDArray[np.int64] = self.weights * ~quoted(self.text.text, self.words)
        return weights

    @property
    def headline(self) -> Hashes:
        return self.words.hashes[: np.searchsorted(self.words.starts, self.text.headline)]

    @cached_property
    def body(self) -> int:
        """Which word the body begins with."""
        return int(np.searchsorted(self.words.starts, self.text.body))

    def inner(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give what of `spans` lies in the body."""
        return [(max(start, self.body), end) for start, end in spans if end > self.body]

    def around(self, spans: list[tuple[int, int]]) -> tuple[int, int]:
        """Give the half words of the body before the first of `spans` and after the last."""
        inner = self.inner(spans)
        first, last = (inner[0][0], inner[-1][1]) if inner else (len(self.words), self.body)
        before, after = self.weights[self.body : first].sum(), self.weights[last:].sum()
        return int(before), int(after)

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

    @cached_property
    def same(self) -> bool:
        """Whether both are the same text, word for word."""
        return np.array_equal(self.copy.words.hashes, self.source.words.hashes)

    @cached_property
    def begins(self) -> bool:
        """Whether the copy's body opens with words of the source."""
        return self.copy.around(self.ours)[0] <= MARGIN

    @cached_property
    def leads(self) -> bool:
        """Whether the source's body opens with words of the copy."""
        return self.source.around(self.theirs)[0] <= MARGIN

    @cached_property
    def wrapped(self) -> bool:
        """Whether the copy has text of its own before and after."""
        return min(self.copy.around(self.ours)) > WRAP

    @cached_property
    def gaps(self) -> float:
        """How much of the source's body is left out between the first passage and the last."""
        inner = self.source.inner(self.theirs)
        if not inner:
            return 0.0
        between = int(self.source.weights[inner[0][0] : inner[-1][1]].sum())
        carried = sum(int(self.source.weights[start:end].sum()) for start, end in inner)
        return 1 - carried / between if between else 0.0

    @cached_property
    def titled(self) -> bool:
        """Whether both have the same headline."""
        ours, theirs = self.copy.headline, self.source.headline
        return len(ours) > 0 and np.array_equal(ours, theirs)

    @property
    def within(self) -> bool:
        """Whether both are of one outlet."""
        return (
            self.copy.text.outlet is not None and self.copy.text.outlet == self.source.text.outlet
        )

    def enough(self) -> bool:
        """Whether the words shared are enough for a copy, quotes and furniture left out."""
        shares = self.share, self.source_share
        if max(shares) >= WHOLE:  # one is nothing but the other's words, quotes or not
            return sum(int(self.copy.weights[a:b].sum()) for a, b in self.ours) >= SHORT
        unquoted = [self._unquoted(span) for span in self.spans]
        if max(shares) >= MOST:
            return sum(unquoted) >= SHORT
        if self.within and max(shares) < SOME:
            return False
        return any(
            own >= SHORT and self.copy.weights[span[0] : span[1]].sum() >= LONG
            for own, span in zip(unquoted, self.spans, strict=True)
            if not self._edge(span)
        )

    def _unquoted(self, span: Span) -> int:
        """Give the half words of a passage that neither article has in quotation marks."""
        start, end, other_start, other_end = span
        ours = self.copy.unquoted[start:end].sum()
        return int(min(ours, self.source.unquoted[other_start:other_end].sum()))

    def _edge(self, span: Span) -> bool:
        """Say whether a passage stands at the top of both articles, or at the foot of both."""
        start, end, other_start, other_end = span
        left = len(self.copy.words) - end, len(self.source.words) - other_end
        return max(start, other_start) <= EDGE or max(left) <= EDGE

    def kind(self) -> Kind:
        """Name the kind of a copy that has enough."""
        if self.same:
            return "identical"
        if self.source_share >= WHOLE and self.share >= MOST and (self.titled or not self.wrapped):
            return "reprint"
        opens = self.begins or (self.titled and not self.wrapped)
        part = opens and (self.leads or self.gaps > GAPS)
        if self.share >= WHOLE or (self.share >= MOST and part):
            return "truncated" if self.leads and self.gaps <= GAPS else "abridged"
        return "embedded"
