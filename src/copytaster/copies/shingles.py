"""Words of a text with their offsets, and the hashes of five words in a row: shingles.

All of it is done on arrays of code points, so that a text costs some microseconds a hundred words.
Hashes are polynomials modulo 2**64 over prefix sums (Karp and Rabin 1987), mixed; they are the same
on every machine. Where a script has no spaces between words each character is half a word.
"""

from functools import cache, cached_property, lru_cache
from unicodedata import category, normalize

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]

LENGTH = 10
"""Half words in a shingle."""
WINDOW = 24
"""Of so many shingles in a row at least one is sampled, in a long text."""

_NOTHING, _LETTER, _ALONE, _MARK = range(4)


class Words(Struct, frozen=True, dict=True):
    """The words of a text: a hash for each, and where it stands (code points, end exclusive)."""

    hashes: Hashes
    starts: Offsets
    ends: Offsets
    sizes: Offsets
    """2 for a word, 1 for a character of a script without spaces."""

    def __len__(self) -> int:
        return len(self.hashes)

    @cached_property
    def shingles(self) -> Hashes:
        """The hash (48 bits) of the shingle that begins at each word; none begin near the end."""
        if self.sizes.min(initial=2) == 2:
            stop = np.arange(LENGTH // 2, len(self) + 1)
        else:
            grown = np.concatenate(([0], np.cumsum(self.sizes)))
            stop = np.searchsorted(grown, grown[:-1] + LENGTH)
            stop = stop[stop < len(grown)]
        found: Hashes = _spans(self.hashes, np.arange(len(stop)), stop) >> np.uint64(16)
        return found


@lru_cache(maxsize=64)  # a text that many carry is compared again and again
def words(text: str) -> Words:
    """Take a text apart. Case, accents and the width of characters make no difference."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    hashes, kinds = _characters()
    rare = points.max(initial=0) >= len(kinds)
    known = np.minimum(points, len(kinds) - 1) if rare else points
    kind, values = kinds.take(known), hashes.take(known)
    if rare:
        values = np.where(points < len(kinds), values, _mixed(points.astype(np.uint64)))
    at = None
    if (marks := kind == _MARK).any():
        at = np.flatnonzero(~marks)
        kind, values = kind[at], values[at]
    letter, alone = np.zeros(len(kind) + 2, bool), kind == _ALONE
    letter[1:-1] = kind == _LETTER
    edge = letter[1:] != letter[:-1]
    if alone.any():
        first = np.flatnonzero(alone | (edge[:-1] & letter[1:-1]))
        last = np.flatnonzero(alone | (edge[1:] & letter[1:-1]))
    else:
        edges = np.flatnonzero(edge)
        first, last = edges[::2], edges[1::2] - 1
    return Words(
        hashes=_spans(values, first, last + 1),
        starts=first if at is None else at[first],
        ends=(last if at is None else at[last]) + 1,
        sizes=np.where(alone[first], 1, 2),
    )


def sampled(shingles: Hashes) -> Hashes:
    """Choose the smallest shingle of each window, as in winnowing (Schleimer et al. 2003).

    Texts that share a passage longer than a window share a sample in it. In a short text the window
    is smaller: it gives the same samples and more.
    """
    if not len(shingles):
        return shingles
    window = min(WINDOW, max(4, len(shingles) // 8), len(shingles))
    smallest, width = shingles, 1
    while width < window:  # of windows twice as wide each time, the last two of them overlapping
        step = min(width, window - width)
        smallest, width = np.minimum(smallest[:-step], smallest[step:]), width + step
    return distinct(np.sort(distinct(smallest)))


def distinct(values: Hashes) -> Hashes:
    """Leave out what is equal to the value before it."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values[new]


def _spans(values: Hashes, starts: Offsets, stops: Offsets) -> Hashes:
    """Hash values[start:stop] for each start and stop."""
    rising, falling = _powers(1 << max(10, len(values).bit_length()))
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * rising[: len(values)], out=sums[1:])
    return _mixed((sums[stops] - sums[starts]) * falling[starts])


def _mixed(values: Hashes) -> Hashes:
    """Spread each bit over all bits (the finisher of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


_BASE = 0x9E3779B97F4A7C15


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Give the powers of the base and of its inverse modulo 2**64."""
    ones = np.ones(length, np.uint64)
    ones[1:] = np.uint64(_BASE)
    rising = np.multiply.accumulate(ones)
    ones[1:] = np.uint64(pow(_BASE, -1, 1 << 64))
    return rising, np.multiply.accumulate(ones)


@cache
def _characters() -> tuple[Hashes, NDArray[np.uint8]]:
    """Give for each code point the hash of what it counts as, and its kind.

    The last entry stands for all rare Han characters, which lie above it.
    """
    folded = np.arange(0x20001, dtype=np.uint64)
    kinds = np.full(0x20001, _NOTHING, np.uint8)
    kinds[0xAC00:0xD7A4] = _LETTER
    kinds[0x10000:0x1F000] = _LETTER
    kinds[0x3400:0xA000] = _ALONE
    kinds[0x20000] = _ALONE
    for point in (*range(0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000)):
        character = chr(point)
        match category(character)[0]:
            case "M":
                kinds[point] = _MARK
            case "L" | "N":
                plain = normalize("NFKD", normalize("NFKC", character).casefold())
                folded[point] = ord(plain[0])
                kinds[point] = _ALONE if _unspaced(point) else _LETTER
            case _ if category(character) == "Cf":
                kinds[point] = _MARK
    return _mixed(folded), kinds


def _unspaced(point: int) -> bool:
    """Say whether the script is written without spaces: Thai, Lao, Burmese, Khmer, kana and Han."""
    return (
        0x0E00 <= point < 0x0F00
        or 0x1000 <= point < 0x10A0
        or 0x1780 <= point < 0x1800
        or 0x3005 <= point < 0x3008
        or 0x3040 <= point < 0x3100
        or 0xF900 <= point < 0xFB00
        or 0xFF66 <= point < 0xFFA0
    )
