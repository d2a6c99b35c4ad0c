"""The learned part of labelling: how likely each part is body, caption or credit.

A small network over the columns of `features`, and where it is in doubt of the body trees over the
same columns, which err otherwise. Both are trained by `bench/train_reading.py`; the weights are in
`labeller.json` and `doubts.json`, under the columns' names. Nothing of any site is in them: they
know lengths, links, elements, neighbours and the flags of `hints`.
"""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from copytaster.reading import network as networks
from copytaster.reading import trees as forests
from copytaster.reading.features import NAMES, Matrix
from copytaster.reading.network import Network, network_of
from copytaster.reading.trees import Trees, trees_of

WEIGHTS = Path(__file__).with_name("labeller.json")
DOUBTS = Path(__file__).with_name("doubts.json")
OUTPUTS = ("body", "caption", "credit")
SURE = 0.05
"""How far from 0 or 1 the network has to be for the trees to be asked: of one part in eight."""
TRUST = 0.7
"""Weight of the trees' word, of 1, against the network's."""


@cache
def network() -> Network:
    """Load the network's weights, once a process."""
    weights = msgspec.json.decode(WEIGHTS.read_bytes(), type=networks.Weights)
    return network_of(weights, NAMES, OUTPUTS)


@cache
def trees() -> Trees:
    """Load the trees, once a process."""
    return trees_of(msgspec.json.decode(DOUBTS.read_bytes(), type=forests.Weights), NAMES)


def likelihoods(rows: Matrix) -> Matrix:
    """Give for each row of features how likely it is each of `OUTPUTS`, 0 to 1."""
    found = network().likelihoods(rows)
    body = found[:, 0]
    doubtful = np.flatnonzero((body > SURE) & (body < 1 - SURE))
    if len(doubtful):
        chance = body[doubtful].astype(np.float64)
        odds = (1 - TRUST) * np.log(chance / (1 - chance)) + TRUST * trees().sums(rows[doubtful])
        body[doubtful] = 1 / (1 + np.exp(-odds))
    return found
