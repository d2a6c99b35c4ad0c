"""Train the weights by which stories are made, `src/copytaster/stories/likeness.json`.

python -m bench.train_stories    # learn on the whole of the labelled sets, and write the weights

Articles of the labelled sets come in shuffled order, the grouping lays them beside stories by the
weights so far, and each comparison becomes an example: one event or not. Logistic regression over
the examples of all rounds gives the next weights; then the bias is moved to where BCubed F1 is
best. Minutes on one core.
"""

from collections import Counter
from functools import cache
from typing import Literal

import numpy as np
from bench.stories import SETS, Near, bcubed, f1, grouped, halves, labelled, seen, shuffled
from msgspec import json, structs
from numpy.typing import NDArray

from copytaster.stories.evidence import Evidence
from copytaster.stories.grouping import LOOKED, Grouping
from copytaster.stories.likeness import MEASURES, WEIGHTS, Weights, measures, weights
from copytaster.stories.shelf import Member, MemoryShelf, Story

ROUNDS = 3
PENALTY = 0.02
MOVED = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)

Kind = Literal["texts", "headlines"]
Told = list[tuple[int, Evidence, Near]]
LEARNED: dict[Kind, list[tuple[str, tuple[int, ...]]]] = {
    "texts": [("ecbplus", (0, 1)), ("wikinews", (0, 1))],
    "headlines": [("uci-headlines", (0,))],
}
"""On which sets, and in which orders of each."""

Examples = list[tuple[tuple[float, ...], float, float]]
"""Measures, whether it is one event, and how much the example counts."""


class Watched(Grouping):
    """A grouping that notes what it compares."""

    def __init__(self, model: Weights, gold: dict[str, str], size: int) -> None:
        super().__init__(MemoryShelf(LOOKED, size), model=model)
        self.gold = gold
        self.examples: Examples = []
        self._labels: dict[int, Counter[str]] = {}

    def likeliest(self, story: Story, now: int) -> Story | None:
        mine, pure = self._label(story)
        for other, links in self.candidates(story, now):
            label, share = self._label(other)
            count = min(story.gist.articles, other.gist.articles) ** 0.5 * pure * share
            measured = measures(story.gist, other.gist, links)
            self.examples.append((measured, float(label == mine), count))
        return super().likeliest(story, now)

    def _label(self, story: Story) -> tuple[str, float]:
        label, count = self._labels[story.number].most_common(1)[0]
        return label, count / story.gist.articles

    def _begin(self, member: Member, now: int) -> Story:
        label = self.gold[member.evidence.id]
        if member.begun:
            self._labels[self._home(member.number)][label] -= 1
        story = super()._begin(member, now)
        self._labels[story.number] = Counter([label])
        return story

    def _merge(self, one: Story, other: Story) -> Story:
        labels = self._labels[one.number] + self._labels[other.number]
        into = super()._merge(one, other)
        self._labels[into.number] = labels
        return into


def learn(examples: Examples) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method, measures scaled for the penalty."""
    x = np.array([one[0] for one in examples])
    y = np.array([one[1] for one in examples])
    count = np.array([one[2] for one in examples])
    count *= len(count) / count.sum()
    scale = x.std(axis=0)
    scale[scale < 1e-9] = 1.0
    x = x / scale
    ridge = np.full(x.shape[1], PENALTY * len(x) / 100)
    ridge[0] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(20):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (count * (y - chance)) - ridge * beta
        curve = (x * (count * chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        beta += np.linalg.solve(curve, slope)
    scaled: NDArray[np.float64] = beta / scale
    return scaled


@cache
def train(half: int | None, split: int, kind: Kind) -> Weights:
    """Learn weights of one kind, on a half of the stories or (None) on all."""
    told: list[tuple[str, Told]] = []
    for name, seeds in LEARNED[kind]:
        ids = None if half is None else halves(name, split)[half]
        told += [(name, list(seen(shuffled(name, seed, ids)))) for seed in seeds]
    model = weights()
    examples: Examples = []
    for _ in range(ROUNDS):
        for name, articles in told:
            watched = Watched(model, labelled(name)[1], len(articles))
            for one in articles:
                watched.add(*one)
            examples += watched.examples
        model = structs.replace(
            model, **{kind: dict(zip(MEASURES, learn(examples).tolist(), strict=True))}
        )
    return max((moved(model, kind, by) for by in MOVED), key=lambda one: score(one, told))


def score(model: Weights, told: list[tuple[str, Told]]) -> float:
    return sum(
        f1(bcubed([labelled(name)[1][one.id] for _, one, _ in articles], grouped(articles, model)))
        for name, articles in told
    )


def moved(model: Weights, kind: Kind, by: float) -> Weights:
    of = getattr(model, kind)
    return structs.replace(model, **{kind: {**of, "bias": of["bias"] + by}})


def main() -> None:
    texts, headlines = train(None, 0, "texts").texts, train(None, 0, "headlines").headlines
    rounded = {
        kind: {name: float(f"{weight:.3f}") for name, weight in of.items()}
        for kind, of in (("texts", texts), ("headlines", {**headlines, "days": texts["days"]}))
    }
    WEIGHTS.write_bytes(json.format(json.encode(rounded), indent=2) + b"\n")
    print(f"written: {WEIGHTS}, learned on {', '.join(SETS)}")


if __name__ == "__main__":
    main()
