"""A gist: what articles say together, as sums that another gist can be laid beside."""

import math

from copytaster.stories.evidence import Evidence, Terms
from copytaster.stories.rarity import Rarity

KEPT = 96
"""Terms kept of one article."""
HELD = 400
"""Terms held of many; beyond twice as many the lightest are dropped."""


class Sum:
    """A sum of term vectors of length 1, with its own length."""

    __slots__ = ("square", "terms")

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.square = math.fsum(weight * weight for weight in terms.values())

    def add(self, other: "Sum", sign: float = 1.0) -> None:
        """Add another sum, or take it away again."""
        terms = self.terms
        for term, weight in other.terms.items():
            before = terms.get(term, 0.0)
            after = before + sign * weight
            self.square += after * after - before * before
            if after > 1e-9:
                terms[term] = after
            else:
                terms.pop(term, None)
        self.square = max(self.square, 0.0)
        if len(terms) > 2 * HELD:
            kept = sorted(terms, key=lambda term: (-terms[term], term))[:HELD]
            self.terms = {term: terms[term] for term in kept}
            self.square = math.fsum(weight * weight for weight in self.terms.values())

    def product(self, other: "Sum") -> float:
        """Give the inner product."""
        small, large = self.terms, other.terms
        if len(small) > len(large):
            small, large = large, small
        known = large.get
        return sum(weight * known(term, 0.0) for term, weight in small.items())

    def copy(self) -> "Sum":
        """Give a sum that may be changed without changing this one."""
        copied = Sum({})
        copied.terms, copied.square = dict(self.terms), self.square
        return copied


class Gist:
    """What one article says, or many together."""

    __slots__ = (
        "articles",
        "first",
        "headline",
        "last",
        "names",
        "numbers",
        "text",
        "texts",
        "words",
    )

    def __init__(
        self,
        headline: Sum,
        words: Sum,
        text: Sum,
        names: Sum,
        numbers: Sum,
        day: float | None,
    ) -> None:
        self.articles = 1
        self.headline, self.words, self.text = headline, words, text
        self.names, self.numbers = names, numbers
        self.texts = 1 if text.terms else 0
        self.first = self.last = day

    @classmethod
    def of(cls, one: Evidence, rarity: Rarity) -> "Gist":
        """Give the gist of one article, among those counted so far."""
        return cls(
            Sum(rarity.weigh(one.headline, KEPT)),
            Sum(dict.fromkeys(one.headline, 1.0)),
            Sum(rarity.weigh(one.text, KEPT)),
            Sum(rarity.weigh(one.names, KEPT)),
            Sum(rarity.weigh(one.numbers, KEPT)),
            one.day,
        )

    def add(self, other: "Gist", sign: int = 1) -> None:
        """Add another gist, or take it away again; its days stay."""
        self.articles += sign * other.articles
        self.texts += sign * other.texts
        for mine, theirs in zip(self.sums(), other.sums(), strict=True):
            mine.add(theirs, sign)
        if sign > 0:
            days = [day for day in (self.first, other.first) if day is not None]
            self.first = min(days, default=None)
            days = [day for day in (self.last, other.last) if day is not None]
            self.last = max(days, default=None)

    def copy(self) -> "Gist":
        """Give a gist that may be changed without changing this one."""
        headline, words, text, names, numbers = (one.copy() for one in self.sums())
        copied = Gist(headline, words, text, names, numbers, None)
        copied.articles, copied.texts = self.articles, self.texts
        copied.first, copied.last = self.first, self.last
        return copied

    def sums(self) -> tuple[Sum, Sum, Sum, Sum, Sum]:
        """Give the sums of the parts, in one order."""
        return self.headline, self.words, self.text, self.names, self.numbers

    @property
    def main(self) -> Sum:
        """What is said, in all words where there are texts, else in the headlines."""
        return self.text if self.texts else self.headline

    def heaviest(self, most: int) -> list[int]:
        """Give the terms that weigh most in what is said."""
        heavy = self.main.terms
        return sorted(heavy, key=lambda term: (-heavy[term], term))[:most]
