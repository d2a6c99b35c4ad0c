"""How terms and their weights are written in the desk's rows.

Several sums of one story have the same terms: each is written once. Terms are sorted, their high
bytes in unary (Elias and Fano), so that one takes 2.4 bytes; weights take as few as hold them all.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

TERM_BITS = 24
"""Of a term: two articles of a hundred terms each agree by chance on one in 1,700 times."""
_LOW = 16
_HIGHS = 1 << (TERM_BITS - _LOW)


class Packed(Struct, array_like=True, frozen=True):
    """Sums as a row has them."""

    low: bytes
    """The low 16 bits of the terms, which are sorted."""
    high: bytes
    """The other bits of the nth: a bit is set at n more."""
    sums: list[bytes]
    """Of each: a bit for each of the terms, then the weights of those it has."""


def pack(sums: Sequence[Mapping[int, float]], parts: int) -> Packed:
    """Write sums whose weights are above 0 and whole numbers of `parts`."""
    sizes = [len(one) for one in sums]
    told = np.fromiter(chain.from_iterable(sums), np.uint32, sum(sizes))
    given = chain.from_iterable(one.values() for one in sums)
    terms, at = np.unique(told, return_inverse=True)
    weights = np.zeros((len(sums), len(terms)), np.uint32)
    rows = np.repeat(np.arange(len(sums)), sizes)
    weights[rows, at] = np.rint(np.fromiter(given, np.float64, len(told)) * parts)
    has = weights > 0
    masks = np.packbits(has, axis=1)
    bits = np.zeros(len(terms) + _HIGHS, np.bool_)
    bits[(terms >> _LOW) + np.arange(len(terms))] = True
    return Packed(
        low=terms.astype("<u2").tobytes(),
        high=np.packbits(bits).tobytes(),
        sums=[
            mask.tobytes() + narrow(one[those])
            for mask, one, those in zip(masks, weights, has, strict=True)
        ],
    )


def unpack(packed: Packed, parts: int) -> list[dict[int, float]]:
    """Read sums. Raises ValueError where they are damaged."""
    low = np.frombuffer(packed.low, "<u2").astype(np.uint32)
    bits = np.unpackbits(np.frombuffer(packed.high, np.uint8), count=len(low) + _HIGHS)
    high = (np.flatnonzero(bits) - np.arange(len(low))).astype(np.uint32)
    terms = (low | high << _LOW).astype(np.uint32)
    return [_unpack_one(terms, one, parts) for one in packed.sums]


def narrow(numbers: NDArray[np.uint32]) -> bytes:
    """Write numbers, each in as many bytes as the largest takes."""
    wide = numbers.astype("<u4", copy=False)
    width = -(-int(wide.max(initial=0)).bit_length() // 8)
    return wide.view(np.uint8).reshape(len(wide), 4)[:, :width].tobytes()


def wide(packed: bytes, count: int) -> NDArray[np.uint32]:
    """Read `count` numbers that are `narrow`. Raises ValueError where they are damaged."""
    numbers = np.zeros((count, 4), np.uint8)
    if count:
        narrow = np.frombuffer(packed, np.uint8).reshape(count, -1)
        numbers[:, : narrow.shape[1]] = narrow
    return numbers.view("<u4").ravel()


def _unpack_one(terms: NDArray[np.uint32], one: bytes, parts: int) -> dict[int, float]:
    bits = -(-len(terms) // 8)
    has = np.unpackbits(np.frombuffer(one[:bits], np.uint8), count=len(terms)).astype(np.bool_)
    own = terms[has].tolist()
    weights = wide(one[bits:], len(own)) / parts
    return dict(zip(own, weights.tolist(), strict=True))
