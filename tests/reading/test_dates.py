from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.date import instant
from copytaster.reading.dates import is_dated, is_day_first, iso, visible


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("0001-01-01T00:00:00Z", None),
        ("2021-02-19T10:30:00+01:00", "2021-02-19T10:30:00+01:00"),
        ("2021-02-19T10:30:00.123Z", "2021-02-19T10:30:00+00:00"),
        ("2021-02-19 10:30:00 +0100", "2021-02-19T10:30:00+01:00"),
        ("2021-02-19T10:30", "2021-02-19T10:30"),
        ("2021-02-19", "2021-02-19"),
        ("2021-02", "2021-02"),
        ("20210219", "2021-02-19"),
        ("20210219T103000Z", "2021-02-19T10:30:00+00:00"),
        ("Fri, 19 Feb 2021 10:30:00 GMT", "2021-02-19T10:30:00+00:00"),
        ("1613730600", "2021-02-19T10:30:00+00:00"),
        ("1613730600000", "2021-02-19T10:30:00+00:00"),
        ("2021-02-31", None),
        ("2021-13-01", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_metadata_dates(given: str | None, wanted: str | None) -> None:
    assert iso(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Published 19 February 2021", "2021-02-19"),
        ("الجمعة 19 شباط/فبراير 2021", "2021-02-19"),
        ("19 فبراير 2021 10:30 (GMT+0400)", "2021-02-19T10:30+04:00"),
        ("19 בפברואר 2021", "2021-02-19"),
        ("19 Φεβρουαρίου 2021", "2021-02-19"),
        ("2021. február 19.", "2021-02-19"),
        ("2021 m. vasario 19 d.", "2021-02-19"),
        ("2021. gada 19. februārī", "2021-02-19"),
        ("19. helmikuuta 2021", "2021-02-19"),
        ("February 19, 2021, 3:07 pm", "2021-02-19T15:07"),
        ("19. Februar 2021, 10:30 Uhr", "2021-02-19T10:30"),
        ("19.02.2021 - 10:30", "2021-02-19T10:30"),
        ("Publié le 3 août 2021 à 09h05", "2021-08-03T09:05"),
        ("19 de febrero de 2021", "2021-02-19"),
        ("2021年2月19日", "2021-02-19"),
        ("19 февраля 2021", "2021-02-19"),
        ("19/02/2021", "2021-02-19"),
        ("02/03/2021", None),
        ("5 minutes ago", None),
    ],
)
def test_visible_dates(given: str, wanted: str | None) -> None:
    assert visible(given) == wanted


@given(st.text(max_size=60))
def test_any_text_gives_a_date_that_is_one_or_nothing(text: str) -> None:
    for date in (iso(text), visible(text)):
        if date is not None:
            instant(date)


@given(st.datetimes(min_value=datetime(1600, 1, 1)))
def test_what_is_iso_already_stays(moment: object) -> None:
    text = str(moment).replace(" ", "T")[:19]
    assert iso(text) == text


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("es", "2021-03-02"), ("en-GB", "2021-03-02"), ("en", None), ("en-US", None), (None, None)],
)
def test_the_language_tells_which_number_is_the_day(
    language: str | None, wanted: str | None
) -> None:
    assert visible("02/03/2021", day_first=is_day_first(language)) == wanted


def test_a_sentence_in_which_a_day_is_named_tells_no_when() -> None:
    assert is_dated("Last updated on Friday, 19 February 2021 at 10:30")
    assert not is_dated("The harbour act was signed into law in Nordholm on 19 February 2021")
