"""Train the weights by which stories are made, `src/copytaster/stories/likeness.json`.

python -m bench.train_stories    # learn on the whole of the labelled sets, and write the weights

Articles of the labelled sets come in shuffled order, the grouping lays them beside stories by the
weights so far, and each comparison becomes an example: one event or not. Logistic regression over
the examples of all rounds gives the next weights; then the bias is moved to where BCubed F1 is
best. Minutes on one core.
"""

import random
from collections import Counter
from functools import cache
from typing import Literal

import numpy as np
from bench.stories import SETS, Near, bcubed, f1, filed, grouped, halves, labelled, seen, shuffled
from msgspec import json, structs

from copytaster.stories.evidence import Evidence
from copytaster.stories.grouping import LOOKED, Grouping
from copytaster.stories.likeness import MEASURES, WEIGHTS, Weights, measures
from copytaster.stories.shelf import Member, MemoryShelf, Story

ROUNDS = 3
PENALTY = 0.02
STEP = 0.5
"""By how much a bias is moved to see whether stories become better."""
LATE = (0.0, 1.0, 8.0)
"""Hours by which headlines are late in the mean, where they are learned from with times: stories of
a moment, an hour, a day. As they are in the set alone, a clock would do."""

Kind = Literal["texts", "headlines"]
Told = list[tuple[int, Evidence, Near]]
LEARNED: dict[Kind, list[tuple[str, tuple[int, ...]]]] = {
    "texts": [("ecbplus", (0, 1)), ("wikinews", (0, 1))],
    "headlines": [("uci-headlines", (0,))],
}
"""On which sets, and in which orders of each."""
TRIED = (1, 2, 3)
"""Further orders in which the bias of headlines is tried."""
APART: dict[Kind, frozenset[str]] = {
    "texts": frozenset({"timed", "hours", "hours_by_size"}),
    "headlines": frozenset(
        {"days", "nearest_few", "links", "lead", "lead_covered", "lead_missed"},
    ),
}
"""Measures that are not learned: hours count between headlines only, which have no first sentences
and lie near each other by chance."""
DAYS = -0.531
"""What a day tells between headlines: as it was learned between texts."""
BEGUN = {"bias": -3.0, "text": 4.0, "headline": 4.0, "shared": 0.5, "links": 4.0}
"""Weights that the first articles are laid beside stories by, set by hand."""

Examples = list[tuple[tuple[float, ...], float, float]]
"""Measures, whether it is one event, and how much the example counts."""


class Watched(Grouping):
    """A grouping that notes what it compares."""

    def __init__(self, model: Weights, gold: dict[str, str], size: int) -> None:
        super().__init__(MemoryShelf(LOOKED, size), model=model)
        self.gold = gold
        self.examples: Examples = []
        self._labels: dict[int, Counter[str]] = {}

    def _sureness(self, story: Story, other: Story, links: list[float]) -> float:
        (mine, pure), (label, share) = self._label(story), self._label(other)
        count = min(story.gist.articles, other.gist.articles) ** 0.5 * pure * share
        measured = measures(story.gist, other.gist, links)
        self.examples.append((measured, float(label == mine), count))
        return self.model.sureness(story.gist, other.gist, links)

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


def learn(examples: Examples, kind: Kind) -> dict[str, float]:
    """Fit a logistic regression by Newton's method, measures scaled for the penalty."""
    x = np.array([one[0] for one in examples])
    x[:, [name in APART[kind] for name in MEASURES]] = 0.0
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
    return dict(zip(MEASURES, (beta / scale).tolist(), strict=True))


@cache
def train(half: int | None, split: int, kind: Kind) -> Weights:
    """Learn weights of one kind, on a half of the stories or (None) on all."""
    told: list[tuple[str, Told]] = []
    timed: list[tuple[str, Told]] = []
    tried: list[tuple[str, Told]] = []
    for name, seeds in LEARNED[kind]:
        ids = None if half is None else halves(name, split)[half]
        for seed in seeds:
            told.append((name, list(seen(shuffled(name, seed, ids)))))
            if kind == "headlines":
                clocked = list(seen(shuffled(name, seed, ids, timed=True)))
                timed += [(name, late(clocked, hours)) for hours in LATE]
        if kind == "headlines":  # their order matters more: the bias is tried in others
            tried += [(name, list(seen(shuffled(name, seed, ids)))) for seed in TRIED]
            tried.append((name, list(seen(filed(name, ids)))))
    begun = {name: BEGUN.get(name, 0.0) for name in MEASURES}
    model = Weights(texts=begun, headlines=begun)
    examples: Examples = []
    for _ in range(ROUNDS):
        for name, articles in told + timed:
            watched = Watched(model, labelled(name)[1], len(articles))
            for one in articles:
                watched.add(*one)
            examples += watched.examples
        learned = learn(examples, kind)
        if kind == "headlines":
            learned["days"] = DAYS
        model = structs.replace(model, **{kind: learned})
    model = best(model, kind, "bias", tried or told)
    return best(model, kind, "timed", timed) if timed else model


def best(model: Weights, kind: Kind, measure: str, told: list[tuple[str, Told]]) -> Weights:
    """Move a weight, step by step, to where stories are best."""

    @cache
    def score(by: float) -> float:
        found = [grouped(articles, moved(model, kind, measure, by)) for _, articles in told]
        return sum(
            f1(bcubed([labelled(name)[1][one.id] for _, one, _ in articles], made))
            for (name, articles), made in zip(told, found, strict=True)
        )

    by = 0.0
    while (better := max((by, by - STEP, by + STEP), key=score)) != by:
        by = better
    return moved(model, kind, measure, by)


def moved(model: Weights, kind: Kind, measure: str, by: float) -> Weights:
    of = getattr(model, kind)
    return structs.replace(model, **{kind: {**of, measure: of[measure] + by}})


def late(told: Told, hours: float) -> Told:
    """Give headlines as if each had come some while after its time, so many hours in the mean."""
    chance = random.Random(hours)
    days = [(one.day or 0.0) + hours / 24 * chance.expovariate(1) for _, one, _ in told]
    return [
        (number, structs.replace(one, day=day), near)
        for (number, one, near), day in zip(told, days, strict=True)
    ]


def main() -> None:
    rounded = {
        kind: {name: float(f"{weight:.3f}") for name, weight in getattr(of, kind).items()}
        for kind, of in ((kind, train(None, 0, kind)) for kind in LEARNED)
    }
    WEIGHTS.write_bytes(json.format(json.encode(rounded), indent=2) + b"\n")
    print(f"written: {WEIGHTS}, learned on {', '.join(SETS)}")


if __name__ == "__main__":
    main()
