"""Rarity: what a term tells, by how few articles have it."""

import math
import zlib
from collections import Counter
from functools import cache
from importlib.resources import files

from msgspec import json

from copytaster.stories.evidence import Evidence, Terms

SEEN_BEFORE = 3000
"""Articles that a count begins with, in which words are as common as in news at large."""


class Rarity:
    """How many of the articles so far have each term.

    A count begins with what is common in news at large (`common.json`): else the first articles
    of a stream, or a stream with much about one matter, would take common words for telling ones.
    """

    def __init__(self) -> None:
        self._articles = SEEN_BEFORE
        self._counts: Counter[int] = Counter()
        self._before = before()

    def count(self, article: Evidence) -> None:
        """Count the terms of one more article."""
        self._articles += 1
        self._counts.update(article.headline.keys() | article.text.keys())
        self._counts.update((article.names.keys() | article.numbers.keys()) - article.text.keys())

    def weigh(self, terms: Terms, most: int) -> Terms:
        """Weigh `terms` by rarity, keep the `most` heaviest, and scale them to length 1."""
        seen, counts, before = math.log(self._articles + 1.0), self._counts, self._before
        heavy = {
            term: weight * (seen - math.log(counts[term] + before.get(term, 0.0) + 0.5))
            for term, weight in terms.items()
        }
        if len(heavy) > most:
            kept = sorted(heavy, key=lambda term: (-heavy[term], term))[:most]
            heavy = {term: heavy[term] for term in kept}
        length = math.sqrt(sum(weight * weight for weight in heavy.values()))
        return {term: weight / length for term, weight in heavy.items()} if length else {}

    def telling(self, term: int) -> float:
        """Say what one term tells: the logarithm of how rare it is."""
        return math.log(
            (self._articles + 1.0) / (self._counts[term] + self._before.get(term, 0.0) + 0.5)
        )


@cache
def before() -> dict[int, float]:
    """Give how many of `SEEN_BEFORE` articles have each common word."""
    shares = json.decode(
        files("copytaster.stories").joinpath("common.json").read_bytes(), type=dict[str, float]
    )
    return {zlib.crc32(word.encode()): share * SEEN_BEFORE for word, share in shares.items()}
