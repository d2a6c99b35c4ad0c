"""Likeness: how sure it is that two gists are of one event."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from msgspec import Struct, json

from copytaster.stories.gist import Gist, Sum

WEIGHTS = Path(__file__).with_name("likeness.json")
FEW = 0.03
"""Share of a story's headlines in which a word stands that counts as half covered there."""

SOME = 0.2
"""Share of a story's articles in which a name stands that counts for three fifths."""

LARGE, LARGE_IN_HEADLINES = 32, 320
"""Articles of a story from which on size makes no difference: larger ones were not learned from."""

SOON = 3
"""Hours between headlines that count for half of what the longest time does."""

TOP = 3
"""Links that are looked at apart, the nearest."""

MEASURES = (
    "bias",
    "text", "headline", "covered", "shared", "shared_by_size", "names", "numbers", "numbers_known",
    "days", "timed", "hours", "hours_by_size", "small", "large", "text_by_size",
    "nearest", "nearest_few", "links", "lead", "lead_covered", "lead_missed",
)  # fmt: skip


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the measures, by name: between texts, and where one side has headlines only."""

    texts: dict[str, float]
    headlines: dict[str, float]

    def sureness(self, one: Gist, other: Gist, links: Sequence[float]) -> float:
        """Give the logit of the chance that two gists are of one event: above 0 is yes."""
        weights = self.texts if one.texts and other.texts else self.headlines
        return sum(
            weights[name] * value
            for name, value in zip(MEASURES, measures(one, other, links), strict=True)
        )


@cache
def weights() -> Weights:
    """Give the weights that ship."""
    return json.decode(WEIGHTS.read_bytes(), type=Weights)


def measures(one: Gist, other: Gist, links: Sequence[float]) -> tuple[float, ...]:
    """Measure two gists against each other, in the order of `MEASURES`; the order is no matter.

    `links` are the cosines between articles of the one and the other that are near.
    """
    if one.articles > other.articles:
        one, other = other, one
    large = LARGE if one.texts and other.texts else LARGE_IN_HEADLINES
    small, size = math.log(min(one.articles, large)), math.log(min(other.articles, large))
    text, shared, between = _cosine(one.text, other.text), _shared(one, other), apart(one, other)
    timed = bool(one.hours and other.hours) and large == LARGE_IN_HEADLINES
    hours = _hours(one, other) if timed else 0.0
    within = max(_within(one), _within(other)) if timed else 0.0
    few = sorted(links, reverse=True)[:TOP]
    (covered, missed), (covering, missing) = _lead(one, other), _lead(other, one)
    return (
        1.0,
        text,
        _cosine(one.headline, other.headline),
        _covered(one, other),
        shared,
        shared * size,
        _cosine(one.names, other.names),
        _cosine(one.numbers, other.numbers),
        float(bool(one.numbers.terms and other.numbers.terms)),
        math.log1p(between),
        float(timed),
        hours,
        max(0.0, hours - within) * (1 - within) * size,
        small,
        size,
        text * size,
        max(links, default=0.0),
        math.fsum(few) / TOP,
        math.fsum(links) / (2 + len(links)),
        _cosine(one.lead, other.lead),
        min(covered, covering),
        min(missed, missing),
    )


def apart(one: Gist, other: Gist) -> float:
    """Give the days between the nearest articles of two gists; 0 where they overlap."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 0.0
    return max(0.0, one.first - other.last, other.first - one.last)


def _hours(one: Gist, other: Gist) -> float:
    """Say how long the hours of one's articles are from those of the other's, in the mean: 0 to 1.

    What came first and last would not do: one article that is there by mistake moves it by days.
    """
    between = math.fsum(
        articles * others * _long(hour, at)
        for hour, articles in one.hours.items()
        for at, others in other.hours.items()
    )
    return between / (sum(one.hours.values()) * sum(other.hours.values()))


def _within(gist: Gist) -> float:
    """Say the same of the hours of its own articles."""
    between = math.fsum(
        articles * others * _long(hour, at)
        for (hour, articles), (at, others) in combinations(gist.hours.items(), 2)
    )
    return 2 * between / sum(gist.hours.values()) ** 2


def _long(hour: int, at: int) -> float:
    between = abs(hour - at)
    return between / (between + SOON)


def _cosine(one: Sum, other: Sum) -> float:
    if not (one.terms and other.terms):
        return 0.0
    return one.product(other) / math.sqrt(one.square * other.square or 1.0)


def _shared(one: Gist, other: Gist) -> float:
    """Say how much the words tell that both have in their headlines: by how much there is of it."""
    found = []
    terms = other.headline.terms
    for term, weight in one.headline.terms.items():
        if term in terms:
            found.append(min(weight / one.articles, terms[term] / other.articles))
    return math.log1p(math.fsum(found))


def _covered(one: Gist, other: Gist) -> float:
    """Say how much of one's headlines, in words by what they tell, is found in the other's."""
    told = math.fsum(one.headline.terms.values())
    found = []
    articles = other.articles + 0.5
    words = other.words.terms
    for term, weight in one.headline.terms.items():
        if term in words:
            share = words[term] / articles
            found.append(weight * share / (share + FEW))
    return math.fsum(found) / told if told else 0.0


def _lead(one: Gist, other: Gist) -> tuple[float, float]:
    """Say how much of the names and numbers of one's first sentences is said in the other.

    Events that look alike differ in these: who it was, where, how many. Also says what the most
    telling one tells that is not said there.
    """
    told = math.fsum(one.lead.terms.values())
    if not told:
        return 0.5, 0.0
    found = []
    missed = 0.0
    said = other.said.terms
    for term, weight in one.lead.terms.items():
        if term in said:
            share = said[term] / other.articles
            found.append(weight * share * (1 + SOME) / (share + SOME))
        elif weight > missed:
            missed = weight
    return math.fsum(found) / told, missed / one.articles
