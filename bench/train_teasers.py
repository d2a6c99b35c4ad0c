"""Fit the weights of `copytaster.reading.odds` to our labels of teasers.

python -m bench.train_teasers           # scores on publishers not seen, of five parts
python -m bench.train_teasers --write   # and the weights of all pages, into the module

Logistic regression by Newton's method over the boxes of the pages in `teasers.json`; each page
counts alike.
"""

import argparse
from operator import mul
from pathlib import Path

import numpy as np
from bench.labelled import boxes, folds, mark, pages
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.reading import odds, teasers
from copytaster.reading.encoding import decode
from copytaster.reading.labels import label
from copytaster.reading.metadata import metadata
from copytaster.reading.odds import WEIGHTS, Features
from copytaster.reading.walk import walk

Matrix = NDArray[np.float64]
PARTS = 5
PENALTY = 2e-3


class Example(Struct):
    """The candidates of one page."""

    name: str
    looks: list[Features]
    marks: list[str]
    right: list[bool]
    open: list[bool]
    """Neither right nor wrong."""
    wanted: list[list[str]]


def examples() -> list[Example]:
    found = []
    for name, truth in boxes().items():
        page = pages()[name][0]
        tree = walk(decode(page.content, page.charset, html=True))
        labelled = label(tree, metadata(tree, page.url))
        several = teasers.candidates(tree, labelled, page.url)
        marks = [mark(candidate.headline) for candidate in several]
        known = {hash_ for forms in truth.teasers for hash_ in forms}
        found.append(
            Example(
                name,
                odds.features(several, tree, labelled, page.url),
                marks,
                [hash_ in known for hash_ in marks],
                [hash_ in truth.either for hash_ in marks],
                truth.teasers,
            )
        )
    return found


def fit(known: list[Example]) -> dict[str, float]:
    """Fit weights to what the candidates of `known` look like."""
    rows, right, weight = [], [], []
    for example in known:
        for look, yes, either in zip(example.looks, example.right, example.open, strict=True):
            if not either:
                rows.append(look)
                right.append(yes)
                weight.append(1 / (10 + len(example.looks)))
    names = list(WEIGHTS)
    table: Matrix = np.array(rows)
    answer, counts = np.array(right, float), np.array(weight)
    counts /= counts.sum()
    beta = np.zeros(len(names))
    punished = PENALTY * np.array([0.0 if name == "bias" else 1.0 for name in names])
    for _ in range(20):
        likely = 1 / (1 + np.exp(-np.clip(table @ beta, -20, 20)))
        slope = table.T @ (counts * (likely - answer)) + punished * beta
        bend = (table * (counts * likely * (1 - likely) + 1e-9)[:, None]).T @ table
        beta -= np.linalg.solve(bend + np.diag(punished + 1e-9), slope)
    return {name: round(float(b), 2) for name, b in zip(names, beta, strict=True)}


def judged(known: list[Example], weights: dict[str, float], least: float) -> tuple[int, int, int]:
    """Give how many teasers were found, how many were given wrongly, how many there are."""
    found = wrong = wanted = 0
    for example in known:
        taken = set()
        for n, look in enumerate(example.looks):
            if not example.open[n] and sum(map(mul, weights.values(), look)) >= least:
                taken.add(example.marks[n])
                wrong += not example.right[n]
        found += sum(not taken.isdisjoint(forms) for forms in example.wanted)
        wanted += len(example.wanted)
    return found, wrong, wanted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    known, part = examples(), folds(PARTS)
    fitted = [fit([e for e in known if part[e.name] != number]) for number in range(PARTS)]
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        sums = [
            judged([e for e in known if part[e.name] == number], fitted[number], least)
            for number in range(PARTS)
        ]
        found, wrong, wanted = (sum(column) for column in zip(*sums, strict=True))
        print(f"odds {least:4}  P {found / (found + wrong):.3f}  R {found / wanted:.3f}")
    if arguments.write:
        path = Path(odds.__file__)
        rows = "".join(f'    "{name}": {weight},\n' for name, weight in fit(known).items())
        head, _, rest = path.read_text().partition("WEIGHTS: dict[str, float] = {\n")
        path.write_text(
            f"{head}WEIGHTS: dict[str, float] = {{\n{rows}}}\n{rest.partition('}')[2][1:]}"
        )


if __name__ == "__main__":
    main()
