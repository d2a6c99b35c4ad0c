"""The learned part of labelling: how likely each part is body, caption or credit.

A small network over the columns of `features`, trained by `bench/train_reading.py`; its weights
are in `labeller.json`, under the columns' names. Nothing of any site is in it: it knows lengths,
links, elements, neighbours and the flags of `hints`.
"""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from copytaster.reading.features import NAMES, Matrix

WEIGHTS = Path(__file__).with_name("labeller.json")
OUTPUTS = ("body", "caption", "credit")
TOGETHER = 16
"""Rows multiplied at once: so few that the linear algebra library starts no threads, which would
burn more time waiting than a page takes, and so that the sums come out the same everywhere."""


class Weights(Struct, frozen=True):
    """The file of weights."""

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
    """The weights as arrays: standardising is folded into the first layer."""

    mean: Matrix
    spread: Matrix
    hidden: Matrix
    bias: Matrix
    out: Matrix
    out_bias: Matrix


@cache
def network() -> Network:
    """Load the weights, once a process."""
    weights = msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)
    return Network(
        mean=np.array([weights.mean[name] for name in NAMES], dtype=np.float32),
        spread=np.array([weights.spread[name] for name in NAMES], dtype=np.float32),
        hidden=np.array([weights.hidden[name] for name in NAMES], dtype=np.float32),
        bias=np.array(weights.bias, dtype=np.float32),
        out=np.array([weights.out[name] for name in OUTPUTS], dtype=np.float32).T,
        out_bias=np.array([weights.out_bias[name] for name in OUTPUTS], dtype=np.float32),
    )


def likelihoods(rows: Matrix) -> Matrix:
    """Give for each row of features how likely it is each of `OUTPUTS`, 0 to 1."""
    net = network()
    scaled = rows - net.mean
    scaled /= net.spread
    np.minimum(scaled, 6, out=scaled)
    np.maximum(scaled, -6, out=scaled)
    pieces = [
        scaled[start : start + TOGETHER] @ net.hidden for start in range(0, len(rows), TOGETHER)
    ]
    hidden = np.maximum(0, np.concatenate(pieces) + net.bias)
    return np.asarray(1 / (1 + np.exp(-(hidden @ net.out + net.out_bias))), dtype=np.float32)
