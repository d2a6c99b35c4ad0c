"""Likeness: how sure it is that two gists are of one event."""

import math
from functools import cache
from pathlib import Path

from msgspec import Struct, json

from copytaster.stories.gist import Gist, Sum
from copytaster.stories.rarity import Rarity

WEIGHTS = Path(__file__).with_name("likeness.json")
FEW = 0.03
"""Share of a story's headlines in which a word stands that counts as half covered there."""

MEASURES = (
    "bias",
    "text", "text_pairs", "headline", "headline_pairs", "covered", "covering", "names",
    "numbers", "numbers_known", "days", "small", "large",
    "text_by_size", "covered_by_size",
)  # fmt: skip


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the measures, by name: between texts, and where one side has headlines only."""

    texts: dict[str, float]
    headlines: dict[str, float]

    def sureness(self, one: Gist, other: Gist, rarity: Rarity) -> float:
        """Give the logit of the chance that two gists are of one event: above 0 is yes."""
        weights = self.texts if one.texts and other.texts else self.headlines
        return sum(
            weights[name] * value
            for name, value in zip(MEASURES, measures(one, other, rarity), strict=True)
        )


@cache
def weights() -> Weights:
    """Give the weights that ship."""
    return json.decode(WEIGHTS.read_bytes(), type=Weights)


def measures(one: Gist, other: Gist, rarity: Rarity) -> tuple[float, ...]:
    """Measure two gists against each other, in the order of `MEASURES`; the order is no matter."""
    if one.articles > other.articles:
        one, other = other, one
    pairs = one.articles * other.articles
    text = _cosine(one.text, other.text)
    headline = one.headline.product(other.headline)
    days = _days(one, other)
    covered = _covered(one, other, rarity)
    size = math.log(other.articles)
    return (
        1.0,
        text,
        text * math.sqrt(one.text.square * other.text.square) / pairs,
        headline / math.sqrt(one.headline.square * other.headline.square or 1.0),
        headline / pairs,
        covered,
        _covered(other, one, rarity),
        _cosine(one.names, other.names),
        _cosine(one.numbers, other.numbers),
        float(bool(one.numbers.terms and other.numbers.terms)),
        math.log1p(days or 0.0),
        math.log(one.articles),
        size,
        text * size,
        covered * size,
    )


def _cosine(one: Sum, other: Sum) -> float:
    if not (one.terms and other.terms):
        return 0.0
    return one.product(other) / math.sqrt(one.square * other.square or 1.0)


def _covered(one: Gist, other: Gist, rarity: Rarity) -> float:
    """Say how much of one's headlines, in words by rarity, is found in those of the other."""
    found = told = 0.0
    known, articles = other.words.terms, other.articles + 0.5
    for term, times in one.words.terms.items():
        weight = times * rarity.telling(term)
        told += weight
        if count := known.get(term):
            share = count / articles
            found += weight * share / (share + FEW)
    return found / told if told else 0.0


def _days(one: Gist, other: Gist) -> float | None:
    """Give the days between the nearest articles of two gists; 0 where they overlap."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return max(0.0, one.first - other.last, other.first - one.last)
