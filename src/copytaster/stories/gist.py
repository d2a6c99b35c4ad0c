"""A gist: what articles say together, as sums that another gist can be laid beside."""

import math
from collections.abc import Iterable, Mapping, Sequence
from operator import mul

from msgspec import Struct
from msgspec.structs import replace

from copytaster.stories.evidence import Evidence, Terms

HELD = 400
"""Terms held of many articles; beyond twice as many the lightest are dropped."""
HOURS = 24
"""Hours held in which articles came; of more, the latest."""


class Sum(Struct, gc=False):
    """A sum of term vectors, with the square of its length."""

    terms: Terms
    square: float

    @classmethod
    def of(cls, terms: Terms) -> "Sum":
        """Give the sum of one vector."""
        return cls(terms, math.fsum(map(mul, terms.values(), terms.values())))

    @classmethod
    def ones(cls, terms: Iterable[int]) -> "Sum":
        """Give the sum of one vector in which each term weighs 1."""
        each = dict.fromkeys(terms, 1.0)
        return cls(each, float(len(each)))

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
        return math.fsum([w * large[term] for term, w in small.items() if term in large])

    def copy(self) -> "Sum":
        """Give a sum that may be changed without changing this one."""
        return Sum(dict(self.terms), self.square)


class Gist(Struct, gc=False):
    """What one article says, or many together."""

    articles: int
    texts: int
    """Articles among them that have more than a headline."""
    headline: Sum
    """What the words of the headlines tell, summed."""
    words: Sum
    """In how many of the headlines each word stands."""
    text: Sum
    names: Sum
    numbers: Sum
    lead: Sum
    """What the names and numbers of the first sentences tell, summed."""
    said: Sum
    """In how many of the articles each name, number and word of the headline stands."""
    first: float | None
    """Day of the earliest, where one is dated."""
    last: float | None
    hours: dict[int, int]
    """How many are of each hour since 1970; a date without a time of day says nothing of hours."""

    @classmethod
    def of(cls, one: Evidence) -> "Gist":
        """Give the gist of one article."""
        return cls(
            1,
            1 if one.text else 0,
            Sum.of(dict(one.headline)),
            Sum.ones(one.headline),
            Sum.of(dict(one.text)),
            Sum.of(dict(one.names)),
            Sum.of(dict(one.numbers)),
            Sum.of(dict(one.lead)),
            Sum.ones([*one.names, *one.numbers, *one.headline]),
            one.day,
            one.day,
            {} if one.day is None or one.day.is_integer() else {math.floor(24 * one.day): 1},
        )

    def folded(self) -> "Gist":
        """Leave out of the gist of one article what its other parts say again."""
        return replace(self, words=Sum({}, 0.0), said=Sum({}, 0.0)) if self.articles == 1 else self

    def unfolded(self) -> "Gist":
        """Say it again, in place, and give the gist."""
        if self.articles == 1:
            said = [*self.names.terms, *self.numbers.terms, *self.headline.terms]
            self.words = Sum.ones(self.headline.terms)
            self.said = Sum.ones(said)
        return self

    @classmethod
    def summed(
        cls,
        articles: int,
        texts: int,
        sums: Sequence[Sum],
        first: float | None,
        last: float | None,
        hours: dict[int, int],
    ) -> "Gist":
        """Give a gist again whose sums were written down, in the order of `sums`.

        Raises ValueError where they are not as many.
        """
        headline, words, text, names, numbers, lead, said = sums
        return cls(
            articles, texts, headline, words, text, names, numbers, lead, said, first, last, hours
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
        self._count(other.hours, sign)

    def _count(self, hours: Mapping[int, int], sign: int) -> None:
        for hour, articles in hours.items():
            before = self.hours.get(hour, 0)
            if before + sign * articles > 0:
                self.hours[hour] = before + sign * articles
            else:
                self.hours.pop(hour, None)
        for hour in sorted(self.hours)[:-HOURS]:
            del self.hours[hour]

    def sums(self) -> tuple[Sum, ...]:
        """Give the sums of the parts, in one order."""
        return self.headline, self.words, self.text, self.names, self.numbers, self.lead, self.said
