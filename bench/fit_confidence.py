"""Fit the confidence of claims: `src/copytaster/claims/confidence.json`, on polnear-dev.

python -m bench.fit_confidence          # fit, write; prints F1 and calibration of held-out fifths

The training part cannot be used: the tagger has learned it and is surer there than it is right. A
link counts as right where half of its content's union and some of its source are a labelled one's.
"""

import argparse
from itertools import pairwise

import msgspec
import numpy as np
from bench.attribution import labelled
from bench.claims_judge import pairs
from numpy.typing import NDArray

from copytaster.claim import Claim
from copytaster.claims import load
from copytaster.claims.confidence import WEIGHTS, Weights, features
from copytaster.claims.layout import laid_out
from copytaster.claims.linking import Link, link
from copytaster.claims.mending import mended
from copytaster.claims.peeling import peeled

Row = dict[str, float]


def examples() -> tuple[list[list[tuple[Row, bool]]], int]:
    """Give for each article its links' features and whether they are right; count the labels."""
    model = load("en")
    articles = labelled("polnear-dev")
    if not articles or model is None:
        raise SystemExit("the labelled sets or the model are not here")
    given = []
    for article in articles:
        stripped = peeled(article.text, ())
        prose = stripped.prose(model([piece.text for piece in stripped.pieces]))
        links = laid_out(prose, mended(prose, link(prose, prose.parts)))
        right = {
            at for at, _, same in pairs([_claim(one) for one in links], article.relations) if same
        }
        given.append(
            [(features(prose, one), at in right) for at, one in enumerate(links) if one.scores]
        )
    return given, sum(len(article.relations) for article in articles)


def _claim(one: Link) -> Claim:
    source = (one.source,) if one.source else ()
    return Claim(
        content=one.content,
        cue=(one.cue,),
        source=source,
        kind="mixed",
        found="tagger",
        confidence=0,
    )


def fitted(rows: list[tuple[Row, bool]], names: list[str]) -> NDArray[np.float64]:
    """Fit a logistic model with a penalty, by Newton's method."""
    matrix = np.array([[row.get(name, 0.0) for name in names] for row, _ in rows])
    truth = np.array([right for _, right in rows], float)
    weight = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ weight, -30, 30)))
        slope = matrix.T @ (chance - truth) + weight
        curve = (matrix.T * (chance * (1 - chance))) @ matrix + np.eye(len(names))
        weight -= np.linalg.solve(curve, slope)
    return weight


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    given, there = examples()
    names = sorted({name for rows in given for row, _ in rows for name in row})
    held: list[tuple[float, bool]] = []
    for fold in range(5):
        train = [pair for at, rows in enumerate(given) if at % 5 != fold for pair in rows]
        weight = fitted(train, names)
        for at, rows in enumerate(given):
            if at % 5 == fold:
                for row, right in rows:
                    total = sum(row.get(n, 0.0) * w for n, w in zip(names, weight, strict=True))
                    held.append((1 / (1 + float(np.exp(-total))), right))
    for least in (0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        kept = [right for chance, right in held if chance >= least]
        print(f"from {least:4}: F1 {2 * sum(kept) / (len(kept) + there):.3f} of {len(kept)} links")
    for low, high in pairwise((0, 0.2, 0.4, 0.6, 0.8, 1)):
        bin_ = [right for chance, right in held if low <= chance < high]
        if bin_:
            print(f"confidence {low} to {high}: {sum(bin_) / len(bin_):.2f} right of {len(bin_)}")
    weight = fitted([pair for rows in given for pair in rows], names)
    weights = {name: round(float(value), 3) for name, value in zip(names, weight, strict=True)}
    about = "Logistic weights by feature; bench/fit_confidence.py over polnear-dev"
    content = msgspec.json.encode(Weights(about, weights))
    WEIGHTS.write_bytes(msgspec.json.format(content, indent=1) + b"\n")


if __name__ == "__main__":
    main()
