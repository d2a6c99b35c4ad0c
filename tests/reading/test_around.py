import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from copytaster.reading.around import core, gaps, shifted, window

VALUES = arrays(np.float32, st.integers(1, 30), elements=st.floats(0, 1, width=32))


def test_the_core_is_the_run_with_the_greatest_sum() -> None:
    assert core([-1, 2, -1, 3, -5, 4, -1]) == (1, 4)
    assert core([-1, -2]) == core([]) == (0, 0)


def test_gaps_count_what_is_no_text() -> None:
    assert gaps(np.array([0, 1, 0, 0, 1], dtype=np.float32), 3).tolist() == [3, 3, 0, 1, 2]


@given(VALUES, st.integers(-4, 4), st.integers(0, 4))
def test_a_window_is_a_mean_with_nothing_beyond_the_edges(
    values: np.ndarray, first: int, more: int
) -> None:
    found = window(values, first, first + more)
    for place in range(len(values)):
        inside = [
            float(values[place + by])
            for by in range(first, first + more + 1)
            if 0 <= place + by < len(values)
        ]
        assert abs(found[place] - sum(inside) / (more + 1)) < 1e-5


def test_values_are_shifted_and_nothing_comes_in() -> None:
    values = np.array([1, 2, 3], dtype=np.float32)
    assert shifted(values, 1).tolist() == [0, 1, 2]
    assert shifted(values, -1).tolist() == [2, 3, 0]
