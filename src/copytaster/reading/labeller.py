"""The learned part of labelling: how likely each part is body, caption or credit.

A small network over the columns of `features`, trained by `bench/train_reading.py`; its weights
are in `labeller.json`, under the columns' names. Nothing of any site is in it: it knows lengths,
links, elements, neighbours and the flags of `hints`.
"""

from functools import cache
from pathlib import Path

import msgspec

from copytaster.reading.features import NAMES, Matrix
from copytaster.reading.network import Network, Weights, network_of

WEIGHTS = Path(__file__).with_name("labeller.json")
OUTPUTS = ("body", "caption", "credit")


@cache
def network() -> Network:
    """Load the weights, once a process."""
    return network_of(msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights), NAMES, OUTPUTS)


def likelihoods(rows: Matrix) -> Matrix:
    """Give for each row of features how likely it is each of `OUTPUTS`, 0 to 1."""
    return network().likelihoods(rows)
