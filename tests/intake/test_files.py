import gzip
import io
import os
import sys
import zlib
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from copytaster.intake import Pile
from copytaster.intake.files import page_of, pages
from copytaster.intake.sniff import LIMIT
from copytaster.page import Page, Unreadable

HTML = b"<!DOCTYPE html><title>Rain over Port Amsel</title><p>It rained for nine days."


def held(content: bytes, name: str = "page.html") -> list[Page | Unreadable]:
    return list(pages(name, io.BytesIO(content)))


def error(content: bytes) -> str:
    (found,) = held(content)
    assert isinstance(found, Unreadable)
    assert "\n" not in found.error
    return found.error


@pytest.mark.parametrize(
    "content",
    [
        HTML,
        gzip.compress(HTML),
        gzip.compress(HTML[:9]) + gzip.compress(HTML[9:]),
        zstandard.compress(HTML),
        zstandard.compress(HTML[:9]) + zstandard.compress(HTML[9:]),
    ],
    ids=["plain", "gzip", "gzip in two", "zstd", "zstd in two"],
)
def test_a_page_is_told_by_its_bytes(content: bytes) -> None:
    assert held(content, "any.name") == [Page(path="any.name", content=HTML)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1251", "shift_jis"])
def test_text_in_any_encoding_is_a_page(encoding: str) -> None:
    text = "<p>Дождь шёл девять дней.</p>\n" * 3
    assert isinstance(held(text.encode(encoding))[0], Page)


@pytest.mark.parametrize(
    "content",
    [
        b"RIFF RAFF IN THE HARBOUR\n\nText",
        b"[[File:rain.jpg]]\n",
        b"<p>a stray \x00 byte among many others, and no more of them for a while</p>" * 3,
    ],
)
def test_a_text_is_a_page_whatever_it_begins_with(content: bytes) -> None:
    assert isinstance(held(content)[0], Page)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (gzip.compress(b""), "empty"),
        (bytes(range(256)) * 40, "not a page but binary"),
        (b"\x00" * 5000, "not a page but binary"),
        (b"%PDF-1.7\n", "not a page but a PDF document"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\n", "MHTML"),
        (b'{"a": 1}', "JSON, but no JSON Feed"),
        (gzip.compress(HTML)[:-12], "cut short"),
        (gzip.compress(HTML)[:30] + b"####" + gzip.compress(HTML)[34:], "damaged"),
        (zstandard.compress(HTML)[:-8], "cut short"),
        (gzip.compress(gzip.compress(HTML)), "packed more than once"),
        (b"<div>" * (LIMIT // 5 + 1), "larger than 10 MB"),
        (gzip.compress(b"<div>" * (LIMIT // 5 + 1)), "larger than 10 MB"),
    ],
)
def test_what_is_no_page_has_one_reason(content: bytes, reason: str) -> None:
    assert reason in error(content)


class Endless(io.RawIOBase):
    """200 MB of ``<div>``, that nobody should read to the end."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "a page is never loaded whole"
        self.given += size
        assert self.given < 2 * LIMIT, "reading stops at the limit"
        return (b"<div>" * (size // 5 + 1))[:size]


def test_an_endless_page_is_read_to_the_limit() -> None:
    (found,) = pages("endless.html", Endless())  # type: ignore[arg-type]
    assert isinstance(found, Unreadable)


@given(st.binary(max_size=3000))
def test_any_bytes_give_one_answer(content: bytes) -> None:
    for packed in (content, zlib.compress(content), gzip.compress(content)):
        assert len(held(packed)) == 1


@given(st.data())
def test_a_damaged_pack_gives_one_answer(data: st.DataObject) -> None:
    for packed in (gzip.compress(HTML), zstandard.compress(HTML)):
        place = data.draw(st.integers(0, len(packed) - 1))
        torn = packed[:place] + data.draw(st.binary(max_size=4))
        assert len(held(torn)) == 1


def test_a_directory_is_walked_by_name_past_what_pages_are_dressed_with(tmp_path: Path) -> None:
    for name in ("b.html", "a/2.html", "a/1.txt", "b_files/frame.html", ".git/x.html", "c.JPG"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(HTML)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    pile = Pile([str(tmp_path)])
    assert pile.total == 3 * len(HTML)
    found = [str(Path(page.path).relative_to(tmp_path)) for page in pile]
    assert found == ["a/1.txt", "a/2.html", "b.html"]
    assert pile.done == pile.total


def test_what_is_missing_has_one_reason(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p {}")
    sources = [str(tmp_path), str(tmp_path / "gone.html"), "", "www.amsel.example", "ftp://x/y"]
    assert [page.error for page in Pile(sources) if isinstance(page, Unreadable)] == [
        "a directory without pages",
        "no such file or directory",
        *["neither a file nor an address that begins with http:// or https://"] * 3,
    ]


def test_a_name_in_no_known_encoding_can_be_printed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_bytes(HTML)
    (page,) = Pile([str(tmp_path)])
    assert isinstance(page, Page)
    assert page.path.encode().endswith("caf\ufffd.html".encode())


def test_standard_input_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(gzip.compress(HTML))

    monkeypatch.setattr(sys, "stdin", Input)
    pile = Pile(["-"])
    assert pile.total is None
    assert list(pile) == [Page(path="-", content=HTML)]
    assert not Input.buffer.closed


def test_one_page_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(HTML))
    assert page_of(path, url="https://amsel.example/rain").url == "https://amsel.example/rain"
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="empty"):
        page_of(path)
    with pytest.raises(FileNotFoundError):
        page_of(tmp_path / "gone")


def test_the_saved_pages_are_all_taken() -> None:
    shared = Path(__file__).parents[2].parent / "shared/data/pages"
    if not shared.is_dir():
        pytest.skip("the labelled pages are not here")
    found = [page for page in Pile([str(shared)]) if ".html" in page.path or ".txt" in page.path]
    assert sum(isinstance(page, Page) for page in found) >= 259
