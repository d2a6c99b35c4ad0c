"""Which articles hold a sample: postings in memory, 12 bytes each, always open for more."""

from collections import Counter
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.copies.shingles import Hashes

FRESH = 1 << 18
"""Postings that are kept by sample before they are packed."""
MARKS = 26
"""Bits of a sample that say whether a pack may hold it: a table of 8 MB, wrong once in twenty."""
GROWTH = 4
"""How many times larger a pack is than the one after it."""


class _Pack(Struct, frozen=True):
    """Postings ordered by sample, those of one sample by article."""

    samples: Hashes
    articles: NDArray[np.uint32]


_EMPTY: Hashes = np.zeros(0, np.uint64)
_NOBODY = np.zeros(0, np.uint32)


class Postings:
    """Samples and the articles that hold them, articles numbered as they come.

    New postings are packed now and then, and a pack is merged with the one before it where that is
    not much larger (as in a log-structured merge tree, O'Neil et al. 1996): an article costs about
    the same however many there are.
    """

    def __init__(self, samples: Hashes = _EMPTY, articles: NDArray[np.uint32] = _NOBODY) -> None:
        """Begin with these, as many of the one as of the other, ordered as in a pack."""
        self._fresh: dict[int, int | list[int]] = {}
        self._count = 0
        self._packs = [_Pack(samples, articles)] if len(samples) else []
        self._marks = np.zeros(1 << MARKS - 3, np.uint8)
        self._remember(samples)

    def add(self, article: int, samples: Hashes) -> None:
        """Add an article, newer than all before."""
        for sample in samples.tolist():
            known = self._fresh.setdefault(sample, article)
            if isinstance(known, list):
                known.append(article)
            elif known != article:
                self._fresh[sample] = [known, article]
        self._count += len(samples)
        if self._count >= FRESH:
            self._pack()

    def holders(self, samples: Hashes, most: int) -> Counter[int]:
        """Count the `samples` that each article holds, without those that more than `most` do."""
        held = [_listed(self._fresh.get(sample)) for sample in samples.tolist()]
        byte, bit = _marked(samples)
        likely = np.flatnonzero(self._marks[byte] & bit)
        asked = samples[likely]
        for pack in self._packs:
            first = np.searchsorted(pack.samples, asked)
            there = pack.samples[np.minimum(first, len(pack.samples) - 1)] == asked
            for found in np.flatnonzero(there).tolist():
                last = np.searchsorted(pack.samples, asked[found], "right")
                articles = pack.articles[first[found] : last][: most + 1].tolist()
                held[likely[found]] = articles + held[likely[found]]
        return Counter(chain.from_iterable(articles for articles in held if len(articles) <= most))

    def forget(self, before: int) -> None:
        """Drop the postings of articles with smaller numbers, as far as they are packed."""
        for at, pack in enumerate(self._packs):
            kept = pack.articles >= before
            self._packs[at] = _Pack(pack.samples[kept], pack.articles[kept])
        self._packs = [pack for pack in self._packs if len(pack.samples)]
        self._marks[:] = 0
        for pack in self._packs:
            self._remember(pack.samples)

    def _remember(self, samples: Hashes) -> None:
        byte, bit = _marked(samples)
        np.bitwise_or.at(self._marks, byte.astype(np.int64), bit)

    def _pack(self) -> None:
        samples = np.fromiter(self._fresh, np.uint64, len(self._fresh))
        held = [_listed(articles) for articles in self._fresh.values()]
        sizes = list(map(len, held))
        articles = np.fromiter(chain.from_iterable(held), np.uint32, self._count)
        self._fresh.clear()
        self._count = 0
        self._remember(samples)
        self._packs.append(_ordered(np.repeat(samples, sizes), articles))
        while len(self._packs) > 1 and len(self._packs[-2].samples) < GROWTH * len(
            self._packs[-1].samples
        ):
            new, old = self._packs.pop(), self._packs.pop()
            self._packs.append(
                _ordered(
                    np.concatenate((old.samples, new.samples)),
                    np.concatenate((old.articles, new.articles)),
                )
            )


def _marked(samples: Hashes) -> tuple[Hashes, NDArray[np.uint8]]:
    """Give the byte and the bit in it that stand for each sample."""
    low = samples & np.uint64((1 << MARKS) - 1)
    return low >> np.uint64(3), np.uint8(1) << (low & np.uint64(7)).astype(np.uint8)


def _listed(articles: int | list[int] | None) -> list[int]:
    """Give the articles of a sample, which is alone where nobody else has it."""
    return articles if isinstance(articles, list) else [] if articles is None else [articles]


def _ordered(samples: Hashes, articles: NDArray[np.uint32]) -> _Pack:
    order = np.argsort(samples, kind="stable")
    return _Pack(samples[order], articles[order])
