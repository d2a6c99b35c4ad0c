"""How often keys were counted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copytaster.stories.frequencies import Frequencies

COUNTED = Frequencies()
KNOWN: dict[int, int] = {}


@given(st.sets(st.integers(0, 2**32 - 1), min_size=1))
def test_no_count_is_less_than_it_was(keys: set[int]) -> None:
    COUNTED.add(np.array(sorted(keys), np.uint32))
    for key in keys:
        KNOWN[key] = KNOWN.get(key, 0) + 1
    counts = COUNTED[np.fromiter(KNOWN, np.uint32, len(KNOWN))]
    assert all(count >= known for count, known in zip(counts, KNOWN.values(), strict=True))


def test_a_key_that_meets_one_other_in_each_row_is_told_from_both() -> None:
    counted = Frequencies()
    counted.add(np.array([0x01020304], np.uint32))
    counted.add(np.array([0x02020304, 0x01020305], np.uint32))
    assert counted[np.array([0x02020304, 0x01020305, 0x7FFFFFFF], np.uint32)].tolist() == [1, 1, 0]
    assert counted[np.array([0x01020304], np.uint32)].tolist() == [2]
