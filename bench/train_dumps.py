"""Fit the weights of `copytaster.reading.prose` to the labelled pages, and say how well they do.

python -m bench.train_dumps           # scores on publishers not seen, of five parts
python -m bench.train_dumps --write   # and the weights of all pages, into the module

A piece is text of the article where most of its 4-word shingles, or all of its words if it is
short, stand in the label. Logistic regression, by Newton's method; each piece counts by its length.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from bench.dumps import Score, dumped, installed, mean_of, score
from bench.labelled import f1, folds, pages, plain, shingles, wanted_body
from numpy.typing import NDArray

from copytaster.reading import prose
from copytaster.reading.lines import Dump, pieces
from copytaster.reading.prose import Features

Matrix = NDArray[np.float64]
PARTS = 5
PENALTY = 1e-3


class Example:
    """A dump with the pieces that are the article's, as the label has it."""

    def __init__(self, browser: str, name: str, dump: Dump, label: str) -> None:
        self.browser, self.name, self.dump, self.label = browser, name, dump, label
        self.look = prose.features(dump)
        self.right = _right(dump, label)
        self.weight = np.array([max(8, min(prose.size(p.text), 400)) for p in dump.pieces], float)


def _right(dump: Dump, label: str) -> Matrix:
    whole, known = f" {plain(label)} ", set(shingles(plain(label)))
    right = []
    for piece in dump.pieces:
        text = plain(piece.text)
        own = shingles(text)
        long = len(text) >= 40
        most = sum(shingle in known for shingle in own) * 2 > len(own)
        right.append(most if long else len(text) > 1 and f" {text} " in whole)
    sure = [n for n, piece in enumerate(dump.pieces) if right[n] and len(piece.text) >= 40]
    if sure:  # short words stand anywhere: they count within the article alone
        right = [yes and sure[0] - 4 <= n <= sure[-1] + 4 for n, yes in enumerate(right)]
    return np.array(right, float)


def fit(examples: Sequence[Example]) -> Features:
    """Fit weights to what the pieces of `examples` look like."""
    looks = [example.look for example in examples]
    names = list(next(look for look in looks if look)[0])
    rows = np.array([[own[name] for name in names] for look in looks for own in look])
    right = np.concatenate([example.right for example in examples])
    weight = np.concatenate([example.weight for example in examples])
    weight /= weight.sum()
    spread = rows.std(0) + 1e-3
    spread[names.index("bias")] = 1.0
    scaled = rows / spread
    beta = np.zeros(len(names))
    for _ in range(15):
        likely = 1 / (1 + np.exp(-np.clip(scaled @ beta, -20, 20)))
        slope = scaled.T @ (weight * (likely - right)) + PENALTY * beta
        bend = (scaled * (weight * likely * (1 - likely) + 1e-9)[:, None]).T @ scaled
        beta -= np.linalg.solve(bend + PENALTY * np.eye(len(names)), slope)
    return {name: round(float(b / s), 2) for name, b, s in zip(names, beta, spread, strict=True)}


def examples() -> list[Example]:
    found = []
    for browser in installed():
        for name, (page, label) in pages().items():
            dump = pieces(dumped(browser, name, page).decode("utf-8", "replace"))
            if dump.pieces:
                found.append(Example(browser, name, dump, wanted_body(label)))
    return found


def unseen() -> dict[str, tuple[float, float]]:
    """Give precision and recall by browser, of pages whose publishers were not trained on."""
    part, known, found = folds(PARTS), examples(), list[Score]()
    shipped = prose.WEIGHTS
    try:
        for number in range(PARTS):
            prose.WEIGHTS = fit([example for example in known if part[example.name] != number])
            found += [score(e.browser, e.name) for e in known if part[e.name] == number]
    finally:
        prose.WEIGHTS = shipped
    return {name: mean_of([s for s in found if s.browser == name]) for name in installed()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    for browser, (precision, recall) in unseen().items():
        print(f"{browser:9} P {precision:.3f}  R {recall:.3f}  F1 {f1(precision, recall):.3f}")
    if arguments.write:
        path = Path(prose.__file__)
        rows = "".join(f'    "{name}": {weight},\n' for name, weight in fit(examples()).items())
        head, _, rest = path.read_text().partition("WEIGHTS: Features = {\n")
        path.write_text(f"{head}WEIGHTS: Features = {{\n{rows}}}\n{rest.partition('}')[2][1:]}")


if __name__ == "__main__":
    main()
