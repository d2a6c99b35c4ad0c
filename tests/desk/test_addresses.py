"""Addresses: which are the same article's, and that any text may be asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.desk.addresses import address_key


@pytest.mark.parametrize(
    "other",
    [
        "http://harbour.example/storm",
        "https://www.harbour.example/storm/",
        "https://HARBOUR.example:443/storm#comments",
        "https://harbour.example/storm?utm_source=feed&utm_medium=rss",
        " https://harbour.example/storm?fbclid=x ",
    ],
)
def test_the_same_article(other: str) -> None:
    assert address_key(other) == address_key("https://harbour.example/storm")


@pytest.mark.parametrize(
    "other",
    [
        "https://harbour.example/Storm",
        "https://harbour.example/storm?page=2",
        "https://harbour.example:8080/storm",
        "https://news.harbour.example/storm",
        "https://harbour.example/",
    ],
)
def test_another_article(other: str) -> None:
    assert address_key(other) != address_key("https://harbour.example/storm")


@pytest.mark.parametrize(
    "url", ["", "storm.html", "mailto:a@b.example", "javascript:x", "http://["]
)
def test_no_address_of_the_web(url: str) -> None:
    assert address_key(url) is None


@given(st.one_of(st.text(), st.text().map("https://harbour.example/".__add__)))
def test_any_text_has_a_key_or_none(url: str) -> None:
    key = address_key(url)
    assert key is None or -(1 << 63) <= key < 1 << 63
