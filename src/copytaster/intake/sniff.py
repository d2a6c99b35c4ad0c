"""What bytes are, told by the bytes themselves: names and media types are often wrong."""

import re
from typing import Literal

from copytaster.page import Page, Unreadable

HEAD = 4096
"""Bytes of a file's beginning that are enough to tell its nature."""

LIMIT = 10_000_000
"""Bytes that a page may have after any compression was undone."""
TOO_LARGE = "larger than 10 MB, the limit for one page"

Nature = Literal[
    "empty", "page", "feed", "opml", "json feed", "json", "warc", "gzip", "zstd", "other"
]

_FOREIGN = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a zip file or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture, a sound or a film",
    b"\x1aE\xdf\xa3": "a film",
    b"ID3": "a sound",
    b"BZh": "a bzip2 file: unpack it first",
    b"\xfd7zXZ": "an xz file: unpack it first",
    b"7z\xbc\xaf": "a 7z file: unpack it first",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"bplist00": "a web archive of Safari: save the page as HTML instead",
}
"""What begins with words of letters and digits may still be a text; a zero byte tells."""

_MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*?)*?MIME-Version:", re.IGNORECASE)
_PROLOGUE = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)+", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|RDF|opml)[\s>]")
_JSON = re.compile(r"(?:\{|\[\s*\{)\s*\"")
_JSON_FEED = re.compile(rb"\\?/\\?/jsonfeed\.org\\?/version")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))


def nature(content: bytes) -> Nature:
    """Tell what a file is. Its first `HEAD` bytes are enough, but for a JSON Feed."""
    head = content[:HEAD]
    if not head.strip(b" \t\r\n\f\x00\xef\xbb\xbf\xfe\xff"):
        return "other" if b"\x00" in head else "empty"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")):
        return "zstd"
    if head.startswith(b"WARC/"):
        return "warc"
    if foreign(head):
        return "other"
    text = _text(head)
    if match := _PROLOGUE.match(text):
        text = text[match.end() :]
    if root := _ROOT.match(text):
        return "opml" if root[1] == "opml" else "feed"
    if _JSON.match(text):
        return "json feed" if _JSON_FEED.search(content.replace(b"\x00", b"")) else "json"
    return "page"


def accepted(page: Page) -> Page | Unreadable:
    """Give the page, or why its bytes cannot be one."""
    match nature(page.content):
        case "empty":
            error = "empty"
        case "json":
            error = "JSON, but no JSON Feed"
        case "gzip" | "zstd":
            error = "packed more than once; unpack it first"
        case "other":
            error = f"not a page but {foreign(page.content[:HEAD]) or 'binary'}"
        case _ if len(page.content) > LIMIT:
            error = TOO_LARGE
        case _:
            return page
    return Unreadable(path=page.path, error=error, url=page.url)


def media_type_of(header: str) -> tuple[str | None, str | None]:
    """Take a Content-Type header apart: media type in lower case, and charset."""
    charset = re.search(r"""charset\s*=\s*["']?([^\s"';,]+)""", header, re.IGNORECASE)
    return header.partition(";")[0].strip().lower() or None, charset[1] if charset else None


def foreign(head: bytes) -> str | None:
    """Name what is in bytes that are no text ("a PDF document"); nothing if they may be text."""
    for magic, name in _FOREIGN.items():
        if head.startswith(magic) and (b"\x00" in head or not magic.replace(b" ", b"").isalnum()):
            return name
    if _MHTML.match(head):
        return "an MHTML archive: save the page as HTML instead"
    if head[4:8] == b"ftyp":
        return "a picture or a film"
    if encoding := b"\x00" in head and _wide(head):
        head = head.decode(encoding, "replace").encode("latin-1", "replace")
    controls = len(head) - len(head.translate(None, _CONTROL))
    return "binary" if controls * 50 > len(head) else None


def _wide(head: bytes) -> str | None:
    """Name the UTF-16 that a text with zero bytes is in; nothing means that it is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (even + odd) * 50 < len(head) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _text(head: bytes) -> str:
    """Decode a beginning far enough to see its markup."""
    if encoding := b"\x00" in head and _wide(head):
        return head.decode(encoding, "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
