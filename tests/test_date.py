from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.date import instant, iso


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


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2021-02", "2021-02"),
        ("2021-02-19T10:30+01:00", "2021-02-19T10:30+01:00"),
        ("/2012/09/05/", "2012-09-05"),
        ("2012/9/5", "2012-09-05"),
        (1394470501.25, "2014-03-10T16:55:01.250000+00:00"),
        (1394470501250, "2014-03-10T16:55:01.250000+00:00"),
        ("1394470501250", "2014-03-10T16:55:01.250000+00:00"),
        ("Mon, 10 Mar 2014 16:55:01 +0100", "2014-03-10T16:55:01+01:00"),
        ("2012/13/05", None),
        ("yesterday", None),
        (1e300, None),
        (-5, None),
        (True, None),
        ({"year": 2012}, None),
    ],
)
def test_iso(date: object, known: str | None) -> None:
    assert iso(date) == known


@given(st.text() | st.floats() | st.integers() | st.none())
def test_what_is_given_can_be_read(date: object) -> None:
    known = iso(date)
    assert known is None or instant(known).tzinfo is UTC
