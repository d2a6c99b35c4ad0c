"""Addresses of the web."""

import pytest

from copytaster.address import host, join, place


@pytest.mark.parametrize(
    ("base", "address", "whole"),
    [
        ("https://ferry.example/a/b", "/news/1", "https://ferry.example/news/1"),
        ("https://ferry.example/a/b", "../c", "https://ferry.example/c"),
        ("https://ferry.example/", "//cdn.example/1.jpg", "https://cdn.example/1.jpg"),
        (None, "https://ferry.example/x", "https://ferry.example/x"),
        ("https://ferry.example/", "mailto:desk@ferry.example", None),
        ("https://ferry.example/", "http://[broken", None),
        (None, None, None),
    ],
)
def test_addresses_are_given_in_full(
    base: str | None, address: str | None, whole: str | None
) -> None:
    assert join(base, address) == whole


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.ferry.example/a", "ferry.example"),
        ("https://amp.ferry.example:8080", "ferry.example"),
        ("http://[broken", None),
        ("ferry", None),
        (None, None),
    ],
)
def test_a_host_is_named_without_what_says_nothing(url: str | None, name: str | None) -> None:
    assert host(url) == name


def test_a_place_is_path_and_query() -> None:
    assert place("https://ferry.example/a/b?c=d#e") == ("ferry.example", "/a/b", "c=d")
    assert place("https://www.ferry.example") == ("ferry.example", "", "")
    assert place("http://[broken") == (None, "http://[broken", "")
