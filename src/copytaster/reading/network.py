"""A small network of two layers over columns of numbers, its weights under the columns' names."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
TOGETHER = 16
"""Rows multiplied at once: so few that the linear algebra library starts no threads, which would
burn more time waiting than a page takes, and so that the sums come out the same everywhere."""


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

    mean: Matrix
    spread: Matrix
    hidden: Matrix
    bias: Matrix
    out: Matrix
    out_bias: Matrix

    def likelihoods(self, rows: Matrix) -> Matrix:
        """Give for each row how likely it is each output, 0 to 1."""
        scaled = rows - self.mean
        scaled /= self.spread
        np.minimum(scaled, 6, out=scaled)
        np.maximum(scaled, -6, out=scaled)
        sums = [
            scaled[start : start + TOGETHER] @ self.hidden
            for start in range(0, len(rows), TOGETHER)
        ]
        hidden = np.maximum(0, np.concatenate(sums) + self.bias)
        return np.asarray(1 / (1 + np.exp(-(hidden @ self.out + self.out_bias))), dtype=np.float32)


def network_of(weights: Weights, columns: Sequence[str], outputs: Sequence[str]) -> Network:
    """Put weights into arrays."""
    return Network(
        mean=np.array([weights.mean[name] for name in columns], dtype=np.float32),
        spread=np.array([weights.spread[name] for name in columns], dtype=np.float32),
        hidden=np.array([weights.hidden[name] for name in columns], dtype=np.float32),
        bias=np.array(weights.bias, dtype=np.float32),
        out=np.array([weights.out[name] for name in outputs], dtype=np.float32).T,
        out_bias=np.array([weights.out_bias[name] for name in outputs], dtype=np.float32),
    )
