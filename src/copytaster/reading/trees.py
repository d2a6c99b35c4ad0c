"""Trees that ask the same of every row: a sum of many small tables, each found by a few questions.

An oblivious tree asks one question a level, the same in all its branches, so that the answers are
the number of a leaf (Kohavi and Li 1995; Prokhorenkova et al. 2018). Rows are few and questions
many, which is where numpy is fast.
"""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Tree(Struct, frozen=True):
    """One tree as its file has it."""

    asks: list[tuple[str, float]]
    """Whether a column is more than a limit; the first answer is the lowest bit of the leaf."""
    leaves: list[float]


class Weights(Struct, frozen=True):
    """Trained trees as their file has them."""

    about: str
    bias: float
    trees: list[Tree]


class Trees(Struct, frozen=True):
    """The trees as arrays, all of one depth."""

    columns: NDArray[np.int64]
    """By level, then by tree."""
    limits: Matrix
    leaves: NDArray[np.float64]
    """Of all trees, one after another."""
    starts: NDArray[np.int64]
    """Of each tree, its first leaf."""
    bias: float

    def sums(self, rows: Matrix) -> NDArray[np.float64]:
        """Give for each row the sum of the leaves that it falls on: log odds."""
        yes = rows.take(self.columns, axis=1) > self.limits
        count = len(self.starts)
        found = self.starts + yes[:, :count]
        for level in range(1, len(self.columns) // count):
            found += yes[:, level * count : (level + 1) * count].astype(np.int64) << level
        return np.asarray(self.leaves.take(found).sum(axis=1) + self.bias)


def trees_of(weights: Weights, columns: Sequence[str]) -> Trees:
    """Put trees into arrays."""
    place = {name: number for number, name in enumerate(columns)}
    never = (columns[0], np.inf)  # asked by trees that are less deep than others
    levels = list(zip_longest(*(tree.asks for tree in weights.trees), fillvalue=never))
    sizes = [len(tree.leaves) for tree in weights.trees]
    return Trees(
        columns=np.array([place[name] for level in levels for name, _ in level]),
        limits=np.array([limit for level in levels for _, limit in level], dtype=np.float32),
        leaves=np.concatenate([tree.leaves for tree in weights.trees]),
        starts=np.cumsum([0, *sizes[:-1]]),
        bias=weights.bias,
    )
