"""Sums in a row: what is written is what is read."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copytaster.desk import sums
from copytaster.desk.shelved import rounded
from copytaster.stories.evidence import Evidence

PARTS = 256
TERMS = st.integers(0, (1 << sums.TERM_BITS) - 1)
WEIGHTS = st.integers(1, (1 << 32) - 1).map(lambda parts: parts / PARTS)
SUMS = st.lists(st.dictionaries(TERMS, WEIGHTS, max_size=40), max_size=7)


@given(SUMS)
def test_sums_come_back(given: list[dict[int, float]]) -> None:
    assert sums.unpack(sums.pack(given, PARTS), PARTS) == given


@given(st.lists(st.integers(0, (1 << 32) - 1)))
def test_numbers_come_back(numbers: list[int]) -> None:
    packed = sums.narrow(np.array(numbers, np.uint32))
    assert sums.wide(packed, len(numbers)).tolist() == numbers


def test_a_term_takes_less_than_three_bytes() -> None:
    terms = {(number * 2654435761) >> 7 & 0xFFFFFF: 1 / 8 for number in range(140)}
    packed = sums.pack([terms], PARTS)
    assert len(packed.low) + len(packed.high) <= 2.4 * len(terms)


@given(SUMS, st.data())
def test_damage_is_a_value_error(given: list[dict[int, float]], data: st.DataObject) -> None:
    packed = sums.pack(given, PARTS)
    parts = [packed.low, packed.high, *packed.sums]
    at = data.draw(st.integers(0, len(parts) - 1))
    parts[at] = data.draw(st.binary(max_size=60))
    try:
        sums.unpack(sums.Packed(parts[0], parts[1], parts[2:]), PARTS)
    except ValueError:
        return


def test_what_weighs_nothing_is_not_written() -> None:
    seen = rounded(Evidence(id="a", lead={1 << 8: -0.2, 2 << 8: 0.001, 3 << 8: 1.5}))
    assert seen.lead == {3: 1.5}
