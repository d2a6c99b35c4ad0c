from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.lines import pieces
from copytaster.reading.prose import LEAST, likelihoods, taken

SHARES = st.lists(st.floats(0, 1), max_size=30)


def test_where_all_is_doubtful_the_likeliest_is_text() -> None:
    assert taken([0.01, 0.4, 0.3, 0.05], [100, 100, 100, 100]) == [1, 2]


def test_beside_what_is_sure_the_doubtful_is_none() -> None:
    assert taken([0.99, 0.4, 0.98, 0.05], [100, 100, 100, 100]) == [0, 2]


def test_where_nothing_is_likely_there_is_no_text() -> None:
    assert taken([0.01, 0.1, 0.15], [100, 100, 100]) == []


@given(SHARES, st.integers(1, 400))
def test_what_is_more_likely_than_not_is_text(likely: list[float], size: int) -> None:
    found = taken(likely, [size] * len(likely))
    assert found == sorted(set(found))
    assert {number for number, share in enumerate(likely) if share > 0.51} <= set(found)
    assert all(likely[number] > LEAST for number in found)


def test_an_empty_dump_has_no_pieces() -> None:
    assert likelihoods(pieces("")) == ([], [])
