"""Trees: the answers of a row are the number of its leaf."""

import numpy as np
import pytest

from copytaster.reading.trees import Tree, Weights, trees_of

COLUMNS = ("length", "density")
WEIGHTS = Weights(
    about="by hand",
    bias=0.5,
    trees=[
        Tree(asks=[("length", 0.2), ("density", 0.8)], leaves=[1.0, 2.0, 4.0, 8.0]),
        Tree(asks=[("density", 0.1), ("length", 0.9)], leaves=[10.0, 20.0, 40.0, 80.0]),
        Tree(asks=[("length", 2.0)], leaves=[0.0, 100.0]),
    ],
)


@pytest.mark.parametrize(
    ("length", "density", "total"),
    [
        (0.0, 0.0, 0.5 + 1 + 10),
        (0.3, 0.0, 0.5 + 2 + 10),
        (0.3, 0.5, 0.5 + 2 + 20),
        (0.0, 0.9, 0.5 + 4 + 20),
        (1.0, 0.9, 0.5 + 8 + 80),
        (0.2, 0.8, 0.5 + 1 + 20),  # a limit itself is not more than it
    ],
)
def test_a_row_falls_on_one_leaf_of_each_tree(length: float, density: float, total: float) -> None:
    rows = np.array([[length, density], [0.0, 0.0]], dtype=np.float32)
    assert trees_of(WEIGHTS, COLUMNS).sums(rows).tolist() == [total, 11.5]


def test_no_rows_have_no_sums() -> None:
    assert trees_of(WEIGHTS, COLUMNS).sums(np.zeros((0, 2), np.float32)).tolist() == []
