"""How likely a claim is right: a logistic model over the tagger's scores and the claim's shape.

The weights are in `confidence.json`, by the features' names; fitted by `bench/fit_confidence.py`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import exp, log
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from copytaster.claims.attitude import attitude
from copytaster.claims.linking import Link
from copytaster.claims.prose import Prose
from copytaster.claims.quotation import kind
from copytaster.claims.rules import verbs

WEIGHTS = Path(__file__).with_name("confidence.json")
LEAST = 0.55
"""Below this a link is given up: it is more likely wrong."""


class Weights(Struct, frozen=True):
    """The file of weights."""

    about: str
    weights: dict[str, float]


def weighed(prose: Prose, links: Sequence[Link]) -> Iterator[Link]:
    """Give the links with their confidence, without the unlikely ones."""
    for one in links:
        if one.scores:
            one = replace(one, confidence=likely(features(prose, one)))
        if one.confidence >= LEAST:
            yield one


def likely(measured: dict[str, float]) -> float:
    model = _weights()
    total = sum(model.get(name, 0.0) * value for name, value in measured.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def features(prose: Prose, one: Link) -> dict[str, float]:
    """Measure a link of the tagger's."""
    content, cue, source, linked, sure = one.scores
    words = prose.text[slice(*one.cue)].split()
    length = sum(end - start for start, end in one.content)
    quoted = kind(prose.text, prose.quotations, one.content)
    found = {
        "bias": 1.0,
        "content": _logit(content),
        "cue": _logit(cue),
        "linked": _logit(linked),
        "sure": _logit(sure),
        "length": log(1 + length),
        "pieces": float(len(one.content) > 1),
        f"kind {quoted}": 1.0,
        f"attitude {attitude(' '.join(words))}": 1.0,
        "verb of saying": float(any(word.casefold() in verbs("en") for word in words)),
        "words in cue": min(len(words), 6) / 3,
        f"cue ends {_ending(words[-1].casefold())}": 1.0,
    }
    if one.source:
        found["source"] = _logit(source)
        found["source before"] = float(one.source[0] < one.cue[0])
        found["length of source"] = log(1 + one.source[1] - one.source[0])
    else:
        found["no source"] = 1.0
    return found


def _ending(word: str) -> str:
    return next((end for end in ("ing", "ed", "s", "to", "of", "for") if word.endswith(end)), "")


def _logit(chance: float) -> float:
    bounded = min(0.999, max(0.001, chance))
    return log(bounded / (1 - bounded))


@cache
def _weights() -> dict[str, float]:
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights).weights
