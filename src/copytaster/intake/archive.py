"""Web archives (WARC 1.0 and 1.1, ISO 28500), plain, gzip or zstd: their pages, one at a time."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from copytaster.intake.sniff import HEAD, LIMIT, TOO_LARGE, accepted, media_type_of, nature
from copytaster.intake.stream import Members, PackingError, Stream, up_to
from copytaster.page import Page, Unreadable

_HTML = ("text/html", "application/xhtml+xml")
_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_HEADERS = 1 << 18
"""Bytes that the headers of one record may have."""
_HEADLESS = "damaged: the record's HTTP headers make no sense"
_CUT_SHORT = "cut short: the archive ends inside a record; what came before it is kept"
_DAMAGED = "damaged: the archive cannot be read further; what came before is kept"


def pages(path: str, stream: Stream) -> Iterator[Page | Unreadable]:
    """Give the pages of an archive as ``path#OFFSET``, the offset of the record in the file.

    These are `response` records with status 200 and HTML, and `resource` and `conversion` records
    with HTML or plain text. Where several records were packed as one piece they share its offset,
    and the path says which one: ``path#OFFSET.2``. Where the archive is cut short or damaged, what
    came before is given, then one `Unreadable` for the archive.
    """
    last, number = -1, 1
    members = Members(stream) if nature(stream.look()) == "gzip" else None
    try:
        for record in ArchiveIterator(
            members or stream,
            record_types=_WANTED,
            parse_http=False,
            max_header_len=_HEADERS,
        ):
            offset = members.origin(record.stream_pos) if members else record.stream_pos
            number = number + 1 if offset == last else 1
            last = offset
            place = f"{path}#{offset}" if number == 1 else f"{path}#{offset}.{number}"
            page = _page(place, record)
            if page is not None:
                yield page
    except EOFError:
        yield Unreadable(path=path, error=_CUT_SHORT)
    except (OSError, PackingError) as error:
        cut = "incomplete" in str(error)
        yield Unreadable(path=path, error=_CUT_SHORT if cut else _DAMAGED)


def _page(path: str, record: WarcRecord) -> Page | Unreadable | None:
    """Give the page in a record, why it cannot be read, or nothing where it holds no page.

    Raises EOFError where the archive ends inside the record.
    """
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    kind, charset = media_type_of(record.headers.get("Content-Type") or "")
    if kind == "application/http":
        try:
            record.parse_http(max_header_len=_HEADERS, quirks_mode=True)
        except OSError:
            return Unreadable(path=path, url=url, error=_HEADLESS)
        if not record.is_http_parsed or record.http_headers.status_code is None:
            return Unreadable(path=path, url=url, error=_HEADLESS)
        if record.http_headers.status_code != HTTPStatus.OK:
            return None
        kind, charset = media_type_of(record.http_headers.get("Content-Type") or "")
        wanted = kind in _HTML or kind is None
    else:
        wanted = kind in _HTML or kind == "text/plain"
    if not wanted:
        return None
    if not record.headers.get("Content-Length"):
        raise EOFError
    if record.content_length > LIMIT:
        return Unreadable(path=path, url=url, error=TOO_LARGE)
    content = up_to(LIMIT + 1, record.reader)
    if len(content) < record.content_length:
        raise EOFError
    if record.is_http_parsed:
        content = _decoded(content, record)
    if kind is None and b"<" not in content[:HEAD]:
        return None
    date: datetime | None = record.record_date
    return accepted(
        Page(
            path=path,
            content=content,
            url=url,
            fetched=date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if date else None,
            media_type=kind,
            charset=charset,
        )
    )


def _decoded(body: bytes, record: WarcRecord) -> bytes:
    """Undo HTTP's chunking and compression, at most one byte beyond the limit.

    Some crawlers keep the headers and store the body decoded: what cannot be undone stays.
    """
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _undone(ChunkedReader(io.BytesIO(body)), body)
    codings = (headers.get("Content-Encoding") or "").lower().replace(" ", "").split(",")
    for coding in reversed(codings):
        match coding:
            case "gzip" | "x-gzip":
                body = _undone(GzipReader(io.BytesIO(body)), body)
            case "deflate":
                body = _undone(GzipReader(io.BytesIO(body), zlib=True), body)
            case "br":
                body = _undone(BrotliReader(io.BytesIO(body)), body)
            case "zstd":
                body = _undone(ZstdReader(io.BytesIO(body)), body)
    return body


def _undone(reader: WarcReader, body: bytes) -> bytes:
    try:
        return up_to(LIMIT + 1, reader) or body
    except OSError:
        return body
