"""How dates, languages and links are written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.site import wording


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2021", "2021"),
        ("2021-02", "February 2021"),
        ("2021-02-09", "9 February 2021"),
        ("2021-02-09T10:30", "9 February 2021, 10:30"),
        ("2021-02-09T10:30Z", "9 February 2021, 10:30 UTC"),
        ("2021-02-09T10:30:59.5+05:30", "9 February 2021, 10:30 UTC+5:30"),
        ("2021-02-09T23:30-01:00", "9 February 2021, 23:30 UTC−1"),
        ("2021-02-09Tsoon", "9 February 2021"),
    ],
)
def test_moment(date: str, written: str) -> None:
    assert wording.moment(date) == written


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{4}-[0-9]{2}-?[0-9T:]{0,8}"))
def test_any_date_is_written(date: str) -> None:
    assert isinstance(wording.moment(date) + wording.clock(date), str)


@pytest.mark.parametrize(
    ("language", "lang", "direction"),
    [
        ("en", "en", "ltr"),
        ("pt-BR", "pt-BR", "ltr"),
        ("ar", "ar", "rtl"),
        ("he-IL", "he-IL", "rtl"),
        ("fa", "fa", "rtl"),
        ("az-Arab", "az-Arab", "rtl"),
        ("ur-Latn", "ur-Latn", "ltr"),
        (None, "", "auto"),
        ("", "", "auto"),
        ('en" onclick="', "", "auto"),
    ],
)
def test_language(language: str | None, lang: str, direction: str) -> None:
    assert wording.lang(language) == lang
    assert wording.direction(language) == direction


@pytest.mark.parametrize("url", ["https://courier.example/1", "HTTP://courier.example"])
def test_web(url: str) -> None:
    assert wording.web(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(
            None,
            "",
            "javascript:alert(1)",
            " https://a.example",
            "https:javascript:alert(1)",
            "//a",
        ),
        *("data:text/html,x", "/local", "https:///nobody", "java\nscript:x", "https://a b"),
    ],
)
def test_not_web(url: str | None) -> None:
    assert wording.web(url) is None


@given(st.text())
def test_only_the_web_is_web(url: str) -> None:
    assert wording.web(url) is None or re.match("https?://", url, re.IGNORECASE)
