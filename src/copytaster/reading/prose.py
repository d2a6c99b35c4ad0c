"""Which pieces of a dump are the article's text and headline: read by three small networks.

The first sees what a piece looks like, how its words lean and what stands around it. The second
sees besides what the first took for the text: whether a piece stands within its run, in its column,
and shares its words. The third chooses the headline among all pieces, by how each stands to the
text and to the others. Their weights are in `prose.json`, made by `bench/train_dumps.py`; nothing
of any site is in them.
"""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import Struct

from copytaster.reading.around import surroundings
from copytaster.reading.heads import candidacies
from copytaster.reading.leaning import leanings, phrases
from copytaster.reading.lines import Dump
from copytaster.reading.look import Columns, looks
from copytaster.reading.network import Matrix, Network, Weights, network_of
from copytaster.reading.spoken import Spoken, spoken
from copytaster.reading.standing import standings

WEIGHTS = Path(__file__).with_name("prose.json")
OUTPUTS, CHOICE = ("body", "headline"), ("headline",)
LEAST = 0.2
"""How likely a piece must be text to be taken for it where all of a page is doubtful."""


class Learned(Struct, frozen=True):
    """The file of weights."""

    leaning: dict[str, float]
    """For words, and pairs of them, that stand with several publishers: in articles (above 0) or
    around them (below)."""
    first: Weights
    second: Weights
    third: Weights


class Reader(Struct, frozen=True):
    """The weights as they are used."""

    leaning: dict[str, float]
    first: Network
    second: Network
    third: Network


class Likely(NamedTuple):
    """How likely each piece is text, 0 to 1, and how likely each is the headline, in all 1."""

    body: list[float]
    headline: list[float]


@cache
def reader() -> Reader:
    """Load the weights, once a process."""
    learned = msgspec.json.decode(WEIGHTS.read_bytes(), type=Learned)
    first, second, third = (
        network_of(weights, list(weights.mean), outputs)
        for weights, outputs in (
            (learned.first, OUTPUTS),
            (learned.second, OUTPUTS),
            (learned.third, CHOICE),
        )
    )
    return Reader(learned.leaning, first, second, third)


def likelihoods(dump: Dump) -> Likely:
    """Give for each piece how likely it is the article's text, and its headline."""
    if not dump.pieces:
        return Likely([], [])
    learned = reader()
    words = spoken(dump)
    seen = sight(dump, words) | leanings(phrases(words), learned.leaning)
    seen |= standings(dump, words, learned.first.likelihoods(rows(seen)))
    likely = learned.second.likelihoods(rows(seen))
    headline = learned.third.shares(rows(candidacies(dump, words, seen, likely)))
    return Likely(likely[:, 0].tolist(), headline[:, 0].tolist())


def taken(likely: Sequence[float], sizes: Sequence[float]) -> list[int]:
    """Give the numbers of the pieces to take for text: those that promise the best F1.

    That are all above some likelihood, a half at most: where a page is doubtful, what is likeliest
    in it is text (Lewis 1995, "Evaluating and optimizing autonomous text classification systems").
    """
    whole = math.fsum(share * size for share, size in zip(likely, sizes, strict=True))
    right = given = best = 0.0
    found: list[int] = []
    order = sorted(range(len(likely)), key=lambda number: (-likely[number], number))
    for count, number in enumerate(order, 1):
        right += likely[number] * sizes[number]
        given += sizes[number]
        if likely[number] > LEAST and right / (given + whole) > best:
            best, found = right / (given + whole), order[:count]
    return sorted(found)


def sight(dump: Dump, words: Spoken) -> Columns:
    """Give what is seen of each piece at first."""
    look = looks(dump, words)
    return look | surroundings(dump, words, look)


def rows(columns: Columns) -> Matrix:
    """Give a row a piece, its columns in the order of their names' making."""
    return np.stack(list(columns.values()), axis=1).astype(np.float32)
