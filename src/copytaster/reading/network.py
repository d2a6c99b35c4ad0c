"""A small network of two layers over columns of numbers, its weights under the columns' names."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float32]
TOGETHER = 16
"""Rows multiplied at once: so few that the linear algebra library starts no threads, which would
burn more time waiting than a page takes, and so that the sums come out the same everywhere."""
FARTHEST = 6
"""Spreads from its mean from where a column counts no more."""


class Weights(Struct, frozen=True):
    """A trained network as its file has it."""

    about: str
    mean: dict[str, float]
    spread: dict[str, float]
    hidden: dict[str, list[float]]
    """Column to its weight in each hidden unit."""
    bias: list[float]
    out: dict[str, list[float]]
    """Output to the weight of each hidden unit."""
    out_bias: dict[str, float]


class Network(Struct, frozen=True):
    """The weights as arrays, columns and outputs in order."""

    least: Matrix
    most: Matrix
    """Between which each column counts."""
    hidden: Matrix
    bias: Matrix
    out: Matrix
    out_bias: Matrix

    def likelihoods(self, rows: Matrix) -> Matrix:
        """Give for each row how likely it is each output, 0 to 1."""
        return np.asarray(1 / (1 + np.exp(-self.scores(rows))), dtype=np.float32)

    def shares(self, rows: Matrix) -> Matrix:
        """Give for each row how likely it is the one of all rows that is each output."""
        scores = self.scores(rows)
        odds = np.exp(scores - scores.max(axis=0))
        return np.asarray(odds / odds.sum(axis=0), dtype=np.float32)

    def scores(self, rows: Matrix) -> Matrix:
        """Give the logarithm of the odds of each row for each output."""
        clipped = np.minimum(rows, self.most)
        np.maximum(clipped, self.least, out=clipped)
        sums = [
            clipped[start : start + TOGETHER] @ self.hidden
            for start in range(0, len(rows), TOGETHER)
        ]
        hidden = np.concatenate(sums)
        hidden += self.bias
        np.maximum(hidden, 0, out=hidden)
        return np.asarray(hidden @ self.out + self.out_bias, dtype=np.float32)


def standardised(mean: ArrayLike, spread: ArrayLike, layers: Sequence[ArrayLike]) -> Network:
    """Put weights into arrays: those of columns less their `mean` in units of their `spread`.

    `layers` are hidden weights and bias, weights and bias of the outputs. Columns are taken as
    they come: their standardising is part of the hidden weights.
    """
    middle, unit = np.asarray(mean, np.float64), np.asarray(spread, np.float64)
    hidden, bias, out, out_bias = (np.asarray(layer, np.float64) for layer in layers)
    hidden = hidden / unit[:, None]
    bias = bias - middle @ hidden
    least, most = middle - FARTHEST * unit, middle + FARTHEST * unit
    return Network(*(np.array(a, np.float32) for a in (least, most, hidden, bias, out, out_bias)))


def network_of(weights: Weights, columns: Sequence[str], outputs: Sequence[str]) -> Network:
    """Put the weights of a file into arrays."""
    return standardised(
        [weights.mean[name] for name in columns],
        [weights.spread[name] for name in columns],
        (
            [weights.hidden[name] for name in columns],
            weights.bias,
            np.array([weights.out[name] for name in outputs]).T,
            [weights.out_bias[name] for name in outputs],
        ),
    )
