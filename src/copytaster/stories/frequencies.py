"""How many articles have a term, counted in memory of one size however many terms there are."""

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]

BITS = 24
"""Bits of a key that choose its cell in a row: a row has 64 MB, touched as it fills."""


class Frequencies:
    """A count-min sketch (Cormode and Muthukrishnan 2005) of two rows.

    A key is counted in one cell by its lower bits and in one by its upper ones; the smaller says
    how often. That is never less than it was, and more only where both cells were met by others:
    by chance once in some thousands while a million terms are known.
    """

    def __init__(self) -> None:
        self._lower, self._upper = np.zeros((2, 1 << BITS), np.uint32)

    def add(self, keys: Keys) -> None:
        """Count each of `keys`, which are all different, once more."""
        self._lower[keys & _MASK] += 1
        self._upper[keys >> _SHIFT] += 1

    def __getitem__(self, keys: Keys) -> NDArray[np.uint32]:
        """Say how often each of `keys` was counted."""
        counts: NDArray[np.uint32] = np.minimum(
            self._lower[keys & _MASK], self._upper[keys >> _SHIFT]
        )
        return counts


_MASK = np.uint32((1 << BITS) - 1)
_SHIFT = np.uint32(32 - BITS)
