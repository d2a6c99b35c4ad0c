"""The sample's expectations are complete, and every word of them stands in its page."""

import gzip
import html
import re
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from copytaster.intake.pictures import nearby_picture
from copytaster.sample import HERE, sources
from copytaster.sample.expected import Said, expected

EXPECTED = expected()
PAGES = EXPECTED.pages
KINDS = {"identical", "reprint", "truncated", "abridged", "embedded"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)


def source(path: str) -> str:
    """Give the page's characters, decoded as the page says of itself."""
    file, _, url = path.partition("#")
    content = (HERE / file).read_bytes()
    if file.endswith(".warc.gz"):
        records = ArchiveIterator(BytesIO(content), WarcRecordType.response, parse_http=True)
        content = next(r.reader.read() for r in records if r.headers["WARC-Target-URI"] == url)
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    named = re.search(rb"charset=\"?([\w-]+)", content, re.IGNORECASE)
    encoding = named[1].decode().lower() if named else "utf-8"
    return content.decode("cp1252" if encoding == "iso-8859-1" else encoding)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def words(markup: str) -> str:
    return one_line(html.unescape(re.sub(r"<[^>]+>", "", markup)))


def test_every_source_is_there() -> None:
    assert all(Path(path).exists() for path in sources())


@each_page
def test_the_expectation_is_complete(page: Said) -> None:
    assert page.outlet in EXPECTED.outlets
    assert page.story is None or page.story in EXPECTED.stories
    assert bool(page.headline and page.body) != bool(page.error)
    if page.copy:
        assert page.copy.kind in KINDS
        assert page.copy.of in {other.path for other in PAGES}


@each_page
def test_what_is_expected_stands_in_the_page(page: Said) -> None:
    text = words(source(page.path))
    pieces = [page.headline, page.standfirst, page.kicker, *page.bylines]
    pieces += [block.text for block in page.body]
    pieces += [piece for picture in page.pictures for piece in (picture.caption, picture.credit)]
    pieces += [teaser.headline for teaser in page.teasers]
    assert [piece for piece in pieces if piece and one_line(piece) not in text] == []


@each_page
def test_claims_stand_in_the_article(page: Said) -> None:
    text = "\n\n".join(block.text for block in page.body)
    assert [claim.content for claim in page.claims if text.count(claim.content) != 1] == []
    assert [claim.cue for claim in page.claims if claim.cue and claim.cue not in text] == []
    speakers = [claim.speaker.split()[-1] for claim in page.claims if claim.speaker]
    assert [name for name in speakers if name not in text] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.copy], ids=lambda page: page.path)
def test_a_copy_has_passages_of_what_it_copies(page: Said) -> None:
    assert page.copy
    other = next(other for other in PAGES if other.path == page.copy.of)
    own, theirs = (tuple(block.text for block in one.body) for one in (page, other))
    shared = [text for text in own if text in theirs]
    match page.copy.kind:
        case "identical":
            assert (page.headline, own) == (other.headline, theirs)
        case "reprint":
            assert len(own) == len(theirs)
        case "truncated":
            assert own == theirs[: len(own)]
            assert len(own) < len(theirs)
        case "abridged":
            assert shared
            assert len(own) < len(theirs)
        case "embedded":
            assert own[0] not in theirs
            assert own[-1] not in theirs
            assert len(shared) >= 3
    assert page.story == other.story


def test_a_second_version_has_the_address_of_a_first() -> None:
    first = {page.url for page in PAGES if page.version == 1}
    second = {page.url for page in PAGES if page.version == 2}
    assert second and second < first


def test_there_is_enough_of_everything() -> None:
    assert len(PAGES) >= 60
    assert len(EXPECTED.outlets) >= 18
    assert set(EXPECTED.stories) == {page.story for page in PAGES if page.story}
    assert {page.copy.kind for page in PAGES if page.copy} == KINDS
    assert {page.language for page in PAGES} == {"en", "de", "fr", "es", "ru", "ja", "ar"}


def test_every_file_is_expected() -> None:
    files = {
        path.relative_to(HERE).as_posix()
        for folder in ("pages", "v2")
        for path in (HERE / folder).rglob("*")
        if path.is_file() and not path.parent.name.endswith("_files")
    }
    assert files == {page.path for page in PAGES if "#" not in page.path}


@each_page
def test_pictures_that_were_saved_lie_beside_their_page(page: Said) -> None:
    saved = [picture.url for picture in page.pictures if picture.url and "_files/" in picture.url]
    for url in saved:
        found = nearby_picture(str(HERE / page.path), url)
        assert found
        assert found[0] == "image/png"
        assert len(found[1]) < 10_000
