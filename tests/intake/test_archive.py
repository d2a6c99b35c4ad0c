import gzip
import io
import zlib
from collections.abc import Callable
from tempfile import NamedTemporaryFile

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from copytaster.intake import Pile
from copytaster.intake.files import pages
from copytaster.intake.sniff import LIMIT
from copytaster.page import Page, Unreadable


def record(
    number: int,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    media_type: str = "text/html; charset=windows-1251",
    headers: str = "",
) -> bytes:
    """Write one record of an archive."""
    outer = media_type
    if kind == "response":
        outer = "application/http; msgtype=response"
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n"
        body = http.encode() + body
    return (
        (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2031-02-03T04:05:06.789Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://amsel.example/{number}\r\n"
            f"Content-Type: {outer}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        + body
        + b"\r\n\r\n"
    )


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


def brotli(body: bytes) -> bytes:
    target = io.BytesIO()
    with BrotliWriter(target) as writer:
        writer.write(body)
    return target.getvalue()


def zstd(records: list[bytes], *, dictionary: bool = False) -> bytes:
    """Pack as IIPC's WARC-zstd has it: a frame a record, the dictionary in front."""
    if not dictionary:
        return b"".join(map(zstandard.compress, records))
    samples = (record(number, b"<p>sample %d" % number) for number in range(300))
    trained = zstandard.train_dictionary(2000, list(samples))
    packer = zstandard.ZstdCompressor(dict_data=trained)
    front = zstandard.compress(trained.as_bytes())
    skippable = (0x184D2A5D).to_bytes(4, "little") + len(front).to_bytes(4, "little")
    return skippable + front + b"".join(map(packer.compress, records))


PACKS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": lambda records: b"".join(map(gzip.compress, records)),
    "gzip in one": lambda records: gzip.compress(b"".join(records)),
    "zstd": zstd,
    "zstd in one": lambda records: zstandard.compress(b"".join(records)),
    "zstd with dictionary": lambda records: zstd(records, dictionary=True),
}

RECORDS = [
    record(0, b"software: test", kind="warcinfo", media_type="application/warc-fields"),
    record(1, b"<p>one" * 50),
    record(2, b"\xff\xd8\xff" * 50, media_type="image/jpeg"),
    record(3, b"<p>gone", status="404 Not Found"),
    record(4, gzip.compress(b"<p>four"), headers="Content-Encoding: gzip\r\n"),
    record(5, chunked(b"<p>five"), headers="Transfer-Encoding: chunked\r\n"),
    record(6, brotli(b"<p>six"), headers="Content-Encoding: br\r\n"),
    record(7, b"<p>seven", headers="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    record(8, b"eight\n\nin words", kind="conversion", media_type="text/plain"),
    record(9, b"<p>nine", kind="resource", media_type="text/html"),
    record(10, zlib.compress(b"<p>ten"), headers="Content-Encoding: deflate\r\n"),
]
BODIES = [b"<p>one" * 50, b"<p>four", b"<p>five", b"<p>six", b"<p>seven", b"eight\n\nin words"]
BODIES += [b"<p>nine", b"<p>ten"]


def held(content: bytes) -> list[Page | Unreadable]:
    return list(pages("a.warc", io.BytesIO(content)))


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_an_archive_gives_its_pages(pack: Callable[[list[bytes]], bytes]) -> None:
    found = held(pack(RECORDS))
    assert [page.content for page in found if isinstance(page, Page)] == BODIES
    first = found[0]
    assert isinstance(first, Page)
    assert (first.url, first.fetched) == ("https://amsel.example/1", "2031-02-03T04:05:06Z")
    assert (first.media_type, first.charset) == ("text/html", "windows-1251")
    assert len({page.path for page in found}) == len(BODIES)


@pytest.mark.parametrize("name", ["plain", "gzip", "zstd", "zstd with dictionary"])
def test_a_page_is_found_again_by_its_offset(name: str) -> None:
    packed = PACKS[name](RECORDS)
    for page in held(packed):
        offset = int(page.path.removeprefix("a.warc#"))
        rest = packed[offset:]
        if name == "zstd":
            rest = zstandard.ZstdDecompressor().decompressobj().decompress(rest)
        elif name == "gzip":
            rest = zlib.decompressobj(31).decompress(rest)
        elif name == "plain":
            assert page.url is not None
            assert page.url.encode() in rest[:300]
            continue
        else:
            assert rest.startswith(b"\x28\xb5\x2f\xfd")
            continue
        assert page.url is not None
        assert page.url.encode() in rest[:300]


@pytest.mark.parametrize("name", PACKS)
def test_an_archive_cut_anywhere_keeps_what_came_before(name: str) -> None:
    packed = PACKS[name](RECORDS)
    whole = held(packed)
    for cut in range(len(packed) * 2 // 3, len(packed) - 30, 7):
        *before, last = held(packed[:cut])
        assert before == whole[: len(before)]
        if isinstance(last, Unreadable):
            assert last.error.startswith(("cut short", "damaged"))
            assert last.path.startswith("a.warc")


@settings(deadline=None)
@given(st.sampled_from(sorted(PACKS)), st.floats(0, 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_never_raises(name: str, place: float, damage: bytes) -> None:
    packed = PACKS[name](RECORDS)
    at = int(place * len(packed))
    held(packed[:at] + damage + packed[at + len(damage) :])


def test_a_record_beyond_the_limit_is_told_and_the_next_one_read() -> None:
    large = b"<div>" * (LIMIT // 5 + 1)
    bomb = record(2, gzip.compress(large), headers="Content-Encoding: gzip\r\n")
    found = held(gzip.compress(record(1, large)) + gzip.compress(bomb) + gzip.compress(RECORDS[1]))
    assert [isinstance(page, Page) for page in found] == [False, False, True]
    assert all(
        "larger than 10 MB" in page.error for page in found[:2] if isinstance(page, Unreadable)
    )


def test_a_list_of_feeds_in_an_archive_has_nothing_fetched() -> None:
    opml = record(1, b"<opml><body><outline xmlUrl='http://127.0.0.1:9/'/></body></opml>")
    with NamedTemporaryFile(suffix=".warc") as file:
        file.write(opml)
        file.flush()
        (found,) = Pile([file.name])
    assert isinstance(found, Unreadable)
    assert "a list of feeds" in found.error


def test_a_record_with_nonsense_for_headers_costs_that_record_only() -> None:
    broken = RECORDS[1].replace(
        b"HTTP/1.1 200 OK\r\n", b"\x00\x01\x02\x03\x04\x05\x06\x07\x08!!!!!!\r\n"
    )
    found = held(broken + RECORDS[1])
    assert [type(page) for page in found] == [Unreadable, Page]
