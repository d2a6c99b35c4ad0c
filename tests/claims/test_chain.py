import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copytaster.claims.chain import best, decode, rules, runs

LABELS = ["O", "B-cue", "I-cue", "B-source", "I-source"]


def test_inside_follows_its_own_kind_only() -> None:
    scores = np.array([[0, 0, 9, 0, 0], [0, 0, 9, 0, 0]], np.float32)
    paths = best(scores[None], [2], rules(LABELS, np.zeros((5, 5), np.float32)))
    assert [LABELS[label] for label in paths[0]] == ["B-cue", "I-cue"]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_best_is_best_of_all(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    follows = rules(LABELS, random.normal(size=(5, 5)).astype(np.float32))
    rows = [random.normal(size=(length, 5)).astype(np.float32) for length in lengths]
    for row, (path, likely) in zip(rows, decode(rows, follows), strict=True):

        def total(labels: tuple[int, ...], row: np.ndarray = row) -> float:
            score = -1e4 if LABELS[labels[0]].startswith("I") else 0.0
            score += sum(float(row[at, label]) for at, label in enumerate(labels))
            return score + sum(float(follows[pair]) for pair in itertools.pairwise(labels))

        assert np.isclose(
            total(tuple(path)), max(map(total, itertools.product(range(5), repeat=len(row))))
        )
        assert all(0 <= chance <= 1 for chance in likely)


def test_nothing_to_label() -> None:
    assert decode([], rules(LABELS, np.zeros((5, 5), np.float32))) == []


def test_runs() -> None:
    labels = ["B-cue", "I-cue", "B-cue", "O", "B-source", "I-source"]
    assert runs(labels) == [("cue", 0, 2), ("cue", 2, 3), ("source", 4, 6)]
