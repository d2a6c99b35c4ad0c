"""Train the linker of claims: `src/copytaster/claims/linking.json` from polnear-train.

python -m bench.train_linking           # train, write, and print how well it links gold parts
"""

import argparse
import random
from collections.abc import Iterator

import msgspec
import numpy as np
from bench.attribution import Labelled, labelled, parts
from numpy.typing import NDArray

from copytaster.claims.linking import WEIGHTS, Weights, candidates, features
from copytaster.claims.prose import Prose

DROPPED = 0.08
"""Share of parts left out while training, as a tagger misses some."""
RARE = 8
"""Features seen less often are left out."""
STEPS = 400

Pair = tuple[list[str], bool]


def pairs(article: Labelled, kind: str, seen: random.Random) -> Iterator[Pair]:
    """Give candidate pairs with whether they belong together."""
    prose = Prose(article.text)
    own = [part for part in parts(article) if seen.random() > DROPPED]
    partner = {"content": "cue", "cue": "source"}[kind]
    right = {
        (one, other)
        for relation in article.relations
        for one in getattr(relation, kind)
        for other in getattr(relation, partner)
    }
    for at, part in enumerate(own):
        if part.kind != kind:
            continue
        for other in candidates(own, at, partner):
            truth = ((part.start, part.end), (own[other].start, own[other].end)) in right
            yield features(prose, own, at, other), truth


def fitted(examples: list[Pair]) -> dict[str, float]:
    """Fit a logistic model with a small penalty, by Adam over all examples at once."""
    counts: dict[str, int] = {}
    for names, _ in examples:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    known = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: at for at, name in enumerate(known)}
    rows = [[place[name] for name in names if name in place] for names, _ in examples]
    row = np.repeat(np.arange(len(rows)), [len(columns) for columns in rows])
    column = np.concatenate([np.array(columns, int) for columns in rows])
    truth = np.array([right for _, right in examples], float)
    weight, first, second = np.zeros((3, len(known)))
    for step in range(1, STEPS + 1):
        total = np.bincount(row, weight[column], len(rows))
        error: NDArray[np.float64] = 1 / (1 + np.exp(-total)) - truth
        slope = np.bincount(column, error[row], len(known)) / len(rows) + 1e-5 * weight
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        rate = 0.1 * min(1.0, 2 * (1 - step / (STEPS + 1)))
        weight -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return {
        name: round(float(value), 3)
        for name, value in zip(known, weight, strict=True)
        if abs(value) >= 0.005
    }


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    articles = labelled("polnear-train")
    if not articles:
        raise SystemExit("the labelled sets are not here")
    models = {}
    for kind in ("content", "cue"):
        seen = random.Random(7)
        models[kind] = fitted([pair for article in articles for pair in pairs(article, kind, seen)])
    weights = Weights(
        about="Logistic weights by feature; bench/train_linking.py over polnear-train",
        content=models["content"],
        source=models["cue"],
    )
    WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(f"{len(weights.content)} and {len(weights.source)} weights in {WEIGHTS}")


if __name__ == "__main__":
    main()
