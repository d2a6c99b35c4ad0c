"""The sample's expectations are complete, and every word of them stands in its page."""

import gzip
import html
import re
from pathlib import Path

import pytest

from copytaster.sample import HERE, sources
from copytaster.sample.expected import Said, expected

EXPECTED = expected()
PAGES = EXPECTED.pages
KINDS = {"identical", "reprint", "truncated", "abridged", "embedded"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)


def source(path: str) -> str:
    """Give the page's characters, decoded as the page says of itself."""
    content = (HERE / path).read_bytes()
    if path.endswith(".gz"):
        content = gzip.decompress(content)
    named = re.search(rb"charset=\"?([\w-]+)", content, re.IGNORECASE)
    encoding = named[1].decode().lower() if named else "utf-8"
    return content.decode("cp1252" if encoding == "iso-8859-1" else encoding)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text))).strip()


def test_every_source_is_there() -> None:
    assert all(Path(path).exists() for path in sources())


@each_page
def test_the_expectation_is_complete(page: Said) -> None:
    assert page.outlet in EXPECTED.outlets
    assert page.story in EXPECTED.stories
    if page.copy:
        assert page.copy.kind in KINDS
        assert page.copy.of in {other.path for other in PAGES}


@each_page
def test_what_is_expected_stands_in_the_page(page: Said) -> None:
    text = words(source(page.path))
    pieces = [page.headline, page.standfirst, page.kicker, *page.bylines]
    pieces += [block.text for block in page.body]
    pieces += [words for picture in page.pictures for words in (picture.caption, picture.credit)]
    pieces += [teaser.headline for teaser in page.teasers]
    assert [piece for piece in pieces if piece and words(piece) not in text] == []


@each_page
def test_claims_stand_in_the_article(page: Said) -> None:
    text = "\n\n".join(block.text for block in page.body)
    pieces = [claim.content for claim in page.claims] + [claim.cue or "" for claim in page.claims]
    assert [piece for piece in pieces if piece not in text] == []


def test_every_file_is_expected() -> None:
    files = {
        path.relative_to(HERE).as_posix()
        for folder in ("pages", "v2")
        for path in (HERE / folder).rglob("*")
        if path.is_file() and not path.parent.name.endswith("_files")
    }
    assert files == {page.path for page in PAGES if "#" not in page.path}
