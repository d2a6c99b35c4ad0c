"""Train the labeller of `copytaster.reading` from the labelled pages; about a minute.

pip install catboost                    # grows the trees; only here
export OPENBLAS_NUM_THREADS=1           # more threads would only wait for each other
python -m bench.train_reading           # cross-validated by publisher, then trained on all
python -m bench.train_reading --check   # only the cross-validation
python -m bench.train_reading --fast    # only the training
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import numpy as np
from bench.labelled import (
    f1,
    folds,
    overlap,
    pages,
    plain,
    shingles,
    shot_lines,
    wanted_body,
)  # fmt: skip
from msgspec import Struct
from numpy.typing import NDArray

from copytaster.reading import trees
from copytaster.reading.credits import clean_credit, split_credit
from copytaster.reading.encoding import decode
from copytaster.reading.features import FLAGS, NAMES, measure
from copytaster.reading.headline import find_headline
from copytaster.reading.labeller import DOUBTS, OUTPUTS, WEIGHTS
from copytaster.reading.metadata import metadata
from copytaster.reading.network import Network, standardised
from copytaster.reading.root import find_root
from copytaster.reading.tree import Tree
from copytaster.reading.walk import walk

Array = NDArray[np.float32]
HIDDEN = 24
NETWORKS = 3
"""Networks from different starts, laid side by side in one: steadier than one of the same width."""
EPOCHS = 26
RATE = 3e-3
DECAY = 1e-2
BATCH, PAGES = 512, 16
BLIND = 0.05
"""Share of the flags of `hints` taken away by chance: other publishers have other words."""
DROP, OFF = 0.07, 0.2
"""Shares of the columns and of the hidden units that are left out by chance while training."""


_FLAGGED = [NAMES.index(f"{place} {flag}") for flag in FLAGS for place in ("own", "in", "parent")]


class Sample(Struct):
    """One page: its features, what each part is, and how much each answer counts."""

    name: str
    label: dict[str, Any]
    tree: Tree
    rows: Array
    answers: Array
    counts: Array


def answers(tree: Tree, label: dict[str, Any]) -> tuple[Array, Array]:
    """Tell of each part whether it is body, caption, credit; and how much each answer counts.

    A part of four words or more is body where most of its shingles are in the label's body; a
    shorter one where it is a line of it. What the labels leave open does not count.
    """
    count = len(tree.parts)
    given = np.zeros((count, len(OUTPUTS)), np.float32)
    weight = np.ones((count, len(OUTPUTS)), np.float32)
    captions: list[str] = []
    credits: list[str] = []
    text = wanted_body(label)
    lines = text.split("\n")
    if "articleBody" in label:
        weight[:, 1:] = 0
    else:
        captions, credits = shot_lines(label.get("images"))
        if not label.get("images"):
            weight[:, 1:] = 0
    known = {plain(line) for line in lines}
    wanted = shingles(plain(text))
    whole = f" {plain(text)} "
    for index, part in enumerate(tree.parts):
        words = plain(part.text)
        if not words:
            weight[index] = 0.1
            continue
        if len(words.split()) < 4 and len(words) < 25:
            given[index, 0] = words in known
            if words not in known and f" {words} " in whole:
                weight[index, 0] = 0.2
        else:
            mine = shingles(words)
            share = sum(n for shingle, n in mine.items() if shingle in wanted) / mine.total()
            given[index, 0] = share >= 0.6 or words in known
            if 0.3 < share < 0.6:
                weight[index, 0] = 0.3
        caption = plain(split_credit(part.text)[0])
        given[index, 1] = any(
            words == known_caption
            or caption == known_caption
            or (
                len(known_caption) > 25
                and words.startswith(known_caption)
                and len(words) < len(known_caption) + 80
            )
            for known_caption in captions
        )
        given[index, 2] = words in credits or plain(clean_credit(part.text)) in credits
        weight[index, 0] *= 0.3 + min(3, len(words) / 150)
    return given, weight


@cache
def samples() -> list[Sample]:
    found = []
    for name, (page, label) in sorted(pages().items()):
        tree = walk(decode(page.content, page.charset, html=True))
        meta = metadata(tree, page.url)
        headline = find_headline(tree, meta)
        rows = measure(tree, meta, headline, find_root(tree, headline))
        found.append(Sample(name, label, tree, rows, *answers(tree, label)))
    return found


class Fitted(Struct):
    """A trained network: standardising, and the weights of two layers."""

    mean: Array
    spread: Array
    weights: list[Array]

    def __call__(self, rows: Array) -> Array:
        first, bias, out, out_bias = self.weights
        scaled = np.clip((rows - self.mean) / self.spread, -6, 6)
        z = np.maximum(0, scaled @ first + bias) @ out + out_bias
        return np.asarray(1 / (1 + np.exp(-z)))


def fit(train: list[Sample], training: int = 0) -> Fitted:
    """Train `NETWORKS` networks; another `training` starts from other weights."""
    return fit_rows(
        np.concatenate([sample.rows for sample in train]),
        np.concatenate([sample.answers for sample in train]),
        np.concatenate([sample.counts for sample in train]),
        seeds=range(training * NETWORKS, (training + 1) * NETWORKS),
        flagged=_FLAGGED,
    )


def fit_rows(
    rows: Array,
    given: Array,
    counts: Array,
    *,
    seeds: Sequence[int],
    epochs: int = EPOCHS,
    flagged: Sequence[int] = (),
    pages: Sequence[int] = (),
) -> Fitted:
    """Train a network for each seed and lay them side by side: their logits are averaged.

    `flagged` are columns of flags, each flag three times. With `pages`, how many rows each page
    has, an answer is a choice among the rows of its page.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 0.05
    scaled = np.clip((rows - mean) / spread, -6, 6).astype(np.float32)
    each = [_network(scaled, given, counts, seed, epochs, list(flagged), pages) for seed in seeds]
    weights = [
        np.concatenate([net[0] for net in each], axis=1),
        np.concatenate([net[1] for net in each]),
        np.concatenate([net[2] for net in each]) / len(each),
        np.mean([net[3] for net in each], axis=0),
    ]
    return Fitted(mean, spread, weights)


def _network(
    rows: Array,
    given: Array,
    counts: Array,
    seed: int,
    epochs: int,
    flagged: list[int],
    pages: Sequence[int] = (),
) -> list[Array]:
    """Train one network: Adam, weight decay, cosine rate, dropout on inputs and hidden units.

    A flag is taken away from a part, its frames and its parent at once, as where the words of an
    element tell nothing.
    """
    rng = np.random.default_rng(seed)
    size, outputs = rows.shape[1], given.shape[1]
    weights = [
        rng.normal(0, 1 / np.sqrt(size), (size, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        rng.normal(0, 0.3, (HIDDEN, outputs)).astype(np.float32),
        np.full(outputs, -2, np.float32),
    ]
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    unset = rows[:, flagged].min(axis=0)
    steps = epochs * (-(-len(pages) // PAGES) if pages else -(-len(rows) // BATCH))
    step = 0
    for _ in range(epochs):
        for batch, begins in _batches(rng, len(rows), pages):
            x = rows[batch].copy()
            blind = rng.random((len(batch), len(flagged) // 3)) < BLIND
            x[:, flagged] = np.where(np.repeat(blind, 3, axis=1), unset, x[:, flagged])
            x = x * (rng.random(x.shape, dtype=np.float32) > DROP) / np.float32(1 - DROP)
            hidden = np.maximum(0, x @ weights[0] + weights[1])
            kept = (rng.random(hidden.shape, dtype=np.float32) > OFF) / np.float32(1 - OFF)
            z = (hidden * kept) @ weights[2] + weights[3]
            if pages:
                right = given[batch]
                off = (_shares(z, begins) - _shares(z, begins, right)) / len(begins)
            else:
                off = (1 / (1 + np.exp(-z)) - given[batch]) * counts[batch] / len(batch)
            back = (off @ weights[2].T) * kept * (hidden > 0)
            slopes = [x.T @ back, back.sum(axis=0), (hidden * kept).T @ off, off.sum(axis=0)]
            step += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            for i, slope in enumerate(slopes):
                first[i] = 0.9 * first[i] + 0.1 * slope
                second[i] = 0.999 * second[i] + 0.001 * slope**2
                change = (first[i] / (1 - 0.9**step)) / (
                    np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8
                )
                if i in (0, 2):
                    change = change + DECAY * weights[i]
                weights[i] = (weights[i] - rate * change).astype(np.float32)
    return weights


def _batches(
    rng: np.random.Generator, count: int, pages: Sequence[int]
) -> Iterator[tuple[NDArray[np.int64], list[int]]]:
    """Give the rows of each batch in turn and, with `pages`, where in it each page begins."""
    if not pages:
        order = rng.permutation(count)
        yield from ((order[start : start + BATCH], []) for start in range(0, count, BATCH))
        return
    ends = np.cumsum(pages)
    order = rng.permutation(len(pages))
    for start in range(0, len(pages), PAGES):
        chosen = [np.arange(ends[page] - pages[page], ends[page]) for page in order[start:][:PAGES]]
        begins = np.cumsum([0, *map(len, chosen[:-1])])
        yield np.concatenate(chosen), begins.tolist()


def _shares(z: Array, begins: list[int], among: Array | None = None) -> Array:
    """Give how likely each row is chosen of its page, or of the page's rows that are `among`."""
    page = np.repeat(np.arange(len(begins)), np.diff([*begins, len(z)]))
    odds = np.exp(z - np.maximum.reduceat(z, begins)[page])
    if among is not None:
        odds = odds * among
    return np.asarray(odds / np.maximum(1e-12, np.add.reduceat(odds, begins)[page]))


def grow(train: list[Sample], training: int = 0) -> trees.Weights:
    """Grow the trees that tell body from the rest, by gradient boosting.

    They see few of the columns at a time and are held back much: a page of a new publisher is to
    be told, not one of those that they have seen.
    """
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(
        iterations=200, depth=4, learning_rate=0.08, l2_leaf_reg=100, rsm=0.3, border_count=64,
        bootstrap_type="Bernoulli", subsample=0.7, random_seed=training, thread_count=1,
        verbose=False, allow_writing_files=False,
    )  # fmt: skip
    model.fit(
        np.concatenate([sample.rows for sample in train]),
        np.concatenate([sample.answers[:, 0] for sample in train]),
        sample_weight=np.concatenate([sample.counts[:, 0] for sample in train]),
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "trees.json")
        model.save_model(path, format="json")
        found = json.loads(path.read_bytes())
    scale, (bias,) = found["scale_and_bias"]
    return trees.Weights(
        about=f"grown by bench/train_reading.py on {len(train)} pages",
        bias=bias,
        trees=[
            trees.Tree(
                asks=[
                    (NAMES[ask["float_feature_index"]], float(f"{ask['border']:.7g}"))
                    for ask in tree["splits"]
                ],
                leaves=[float(f"{scale * value:.3g}") for value in tree["leaf_values"]],
            )
            for tree in found["oblivious_trees"]
        ],
    )


def network_of(fitted: Fitted) -> Network:
    """Give a trained network as the reader uses it."""
    return standardised(fitted.mean, fitted.spread, fitted.weights)


def check(every: list[Sample], parts: int = 5) -> None:
    """Print the body's F1 on publishers that were not trained on, by the labeller alone."""
    fold = folds(parts)
    scores: dict[str, list[tuple[float, float]]] = {"scrapinghub": [], "fundus": []}
    for number in range(parts):
        fitted = fit([s for s in every if fold[s.name] != number])
        for sample in every:
            if fold[sample.name] != number:
                continue
            likely = fitted(sample.rows)[:, 0]
            body = [
                part.text
                for part, chance in zip(sample.tree.parts, likely.tolist(), strict=True)
                if chance > 0.45
            ]
            text = "\n".join(dict.fromkeys(body))
            kind = "scrapinghub" if "articleBody" in sample.label else "fundus"
            scores[kind].append(overlap(text, wanted_body(sample.label)))
    for kind, pairs in scores.items():
        precision, recall = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
        print(f"{kind:12} P {precision:.3f}  R {recall:.3f}  F1 {f1(precision, recall):.4f}")


def written(
    fitted: Fitted, columns: Sequence[str], outputs: Sequence[str], about: str
) -> dict[str, Any]:
    """Give the weights as the file has them, rounded to four digits."""
    first, bias, out, out_bias = fitted.weights

    def short(values: Array) -> list[float]:
        return [float(f"{value:.4g}") for value in values.tolist()]

    return {
        "about": f"trained by {about}, {len(columns)} columns, {first.shape[1]} hidden units",
        "mean": dict(zip(columns, short(fitted.mean), strict=True)),
        "spread": dict(zip(columns, short(fitted.spread), strict=True)),
        "hidden": {name: short(first[i]) for i, name in enumerate(columns)},
        "bias": short(bias),
        "out": {name: short(out[:, i]) for i, name in enumerate(outputs)},
        "out_bias": dict(zip(outputs, short(out_bias), strict=True)),
    }


def save(file: dict[str, Any], path: Path) -> None:
    """Write weights, one column or tree a line."""
    lines = json.dumps(file, ensure_ascii=False)
    for end in ("}, ",) if "trees" in file else ("], ", "}, "):
        lines = lines.replace(end, end.rstrip() + "\n")
    path.write_text(lines + "\n")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="only the cross-validation")
    parser.add_argument("--fast", action="store_true", help="only the training")
    given = parser.parse_args()
    every = samples()
    if not given.fast:
        check(every)
    if not given.check:
        about = f"bench/train_reading.py on {len(every)} pages"
        save(written(fit(every), NAMES, OUTPUTS, about), WEIGHTS)
        save(msgspec.to_builtins(grow(every)), DOUBTS)


if __name__ == "__main__":
    main()
