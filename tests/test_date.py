from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.date import instant


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2021", datetime(2021, 1, 1, tzinfo=UTC)),
        ("2021-02", datetime(2021, 2, 1, tzinfo=UTC)),
        ("2021-02-19", datetime(2021, 2, 19, tzinfo=UTC)),
        ("2021-02-19T10:30+01:00", datetime(2021, 2, 19, 9, 30, tzinfo=UTC)),
        ("2021-02-19T10:30:00Z", datetime(2021, 2, 19, 10, 30, tzinfo=UTC)),
    ],
)
def test_instant(date: str, moment: datetime) -> None:
    assert instant(date) == moment


@given(st.text())
def test_anything_else_is_a_value_error(date: str) -> None:
    with suppress(ValueError):
        assert instant(date).tzinfo is UTC


@given(st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)))
def test_what_python_writes(moment: datetime) -> None:
    assert instant(moment.isoformat()) == moment
