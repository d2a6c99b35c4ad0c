"""Reading the sample gives what its pages say, as far as the floors below."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from copytaster.article import Article, Picture, Teaser
from copytaster.date import instant
from copytaster.intake import Pile
from copytaster.page import Page, Unreadable
from copytaster.reading import NoArticle, read
from copytaster.sample import HERE, sources
from copytaster.sample.expected import Said, expected

READABLE = tuple(page for page in expected().pages if not page.error)


def one_line(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", text).strip() if text else None


def when(date: str | None) -> tuple[datetime, bool] | None:
    """Give the moment and whether a time of day is known."""
    return (instant(date), "T" in date) if date else None


def captions(pictures: Iterable[Picture]) -> list[tuple[str | None, str | None]]:
    return [(one_line(picture.caption), one_line(picture.credit)) for picture in pictures]


def boxes(teasers: Iterable[Teaser]) -> list[tuple[str | None, str | None]]:
    return [(one_line(teaser.headline), teaser.url) for teaser in teasers]


def details(teasers: Iterable[Teaser]) -> list[tuple[str | None, int | None, str | None]]:
    return [(one_line(box.headline), box.count, one_line(box.standfirst)) for box in teasers]


def paragraphs(said: Said | Article) -> list[tuple[str, str | None]]:
    return [(block.kind, one_line(block.text)) for block in said.body]


FIELDS: dict[str, tuple[int, Callable[[Any], object]]] = {
    "publisher": (54, lambda said: said.publisher),
    "agency": (38, lambda said: said.agency),
    "language": (62, lambda said: said.language),
    "headline": (60, lambda said: one_line(said.headline)),
    "standfirst": (53, lambda said: one_line(said.standfirst)),
    "kicker": (58, lambda said: one_line(said.kicker)),
    "section": (39, lambda said: one_line(said.section)),
    "bylines": (49, lambda said: said.bylines),
    "date_published": (47, lambda said: when(said.date_published)),
    "date_modified": (58, lambda said: when(said.date_modified)),
    "pictures": (44, lambda said: captions(said.pictures)),
    "teasers": (40, lambda said: boxes(said.teasers)),
    "teasers' details": (20, lambda said: details(said.teasers)),
    "body": (48, paragraphs),
}
"""What is compared, and of how many of the 63 pages it must at least be exactly right."""


@cache
def pages() -> dict[str, Page]:
    """Give the sample's pages under the paths of `expected.json`."""
    found = {}
    for page in Pile(sources()):
        assert isinstance(page, Page), page
        path = page.path.removeprefix(f"{HERE}/")
        file, mark, _ = path.partition("#")
        found[f"{file}#{page.url}" if mark else path] = page
    return found


@cache
def articles() -> dict[str, Article]:
    return {said.path: read(pages()[said.path]) for said in READABLE}


def test_no_page_is_lost() -> None:
    assert set(pages()) == {said.path for said in expected().pages}
    assert not any(isinstance(page, Unreadable) for page in pages().values())
    assert set(articles()) == {said.path for said in READABLE}


@pytest.mark.parametrize("said", [page for page in expected().pages if page.error])
def test_a_page_without_an_article_says_so(said: Said) -> None:
    with pytest.raises(NoArticle, match=said.error):
        read(pages()[said.path])


def test_an_address_makes_versions_of_one_article() -> None:
    ids = {said.url: articles()[said.path].id for said in READABLE if said.url}
    assert [s.path for s in READABLE if s.url and articles()[s.path].id != ids[s.url]] == []


def test_nothing_hostile_becomes_an_address() -> None:
    (prank,) = (a for path, a in articles().items() if "jestersbugle" in path)
    addresses = [picture.url for picture in prank.pictures]
    addresses += [teaser.url for teaser in prank.teasers]
    assert [url for url in addresses if url and not url.startswith("https://")] == []


@pytest.mark.parametrize("field", FIELDS)
def test_fields_are_right(field: str) -> None:
    floor, value = FIELDS[field]
    wrong = {
        said.path: (value(said), value(articles()[said.path]))
        for said in READABLE
        if value(said) != value(articles()[said.path])
    }
    assert len(READABLE) - len(wrong) >= floor, "\n".join(
        f"{path}\n    page says {said}\n    was read  {got}" for path, (said, got) in wrong.items()
    )
