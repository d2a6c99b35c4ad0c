"""Reading: a page becomes an article."""

import re
from collections.abc import Callable
from hashlib import blake2b
from importlib import import_module

from copytaster.article import Article
from copytaster.page import Page

_SIGN = re.compile(rb"[^\0\t\n\r ]")
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_ITEM = frozenset(("application/feed+json",))
_BINARY = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"RIFF", b"\x1f\x8b",
    b"\x00\x00\x00", b"wOFF", b"wOF2", b"\xfd7zXZ", b"BZh", b"SQLite format 3",
)  # fmt: skip
_MARKS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml", b"<meta", b"<div",
          b"<p", b"<article", b"<title", b"<script", b"<h1")  # fmt: skip
_READERS = {
    "html": ("copytaster.reading.html", "read_html"),
    "item": ("copytaster.reading.item", "read_item"),
    "text": ("copytaster.reading.dump", "read_dump"),
}
"""Kind of page to the module and function that read it; imported when the first such page comes."""


class NoArticle(ValueError):  # noqa: N818
    """The page holds no article, or nothing that can be read; the message says which."""


def read(page: Page) -> Article:
    """Read one page, in this process, without limits. Raises NoArticle."""
    if not _SIGN.search(page.content):
        raise NoArticle(f"{page.path}: no article found (the page is empty)")
    kind = kind_of(page)
    if kind in _READERS:
        module, name = _READERS[kind]
        reader: Callable[[Page], Article] = getattr(import_module(module), name)
        return reader(page)
    raise NoArticle(
        f"{page.path}: no article found (this is neither HTML nor text"
        + (f", but {page.media_type})" if page.media_type else ")")
    )


def kind_of(page: Page) -> str:
    """Tell what a page is: its media type if that is known, else by its first bytes."""
    if page.media_type in _ITEM:
        return "item"
    head = page.content[:2048]
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if utf16:
        head = head[2:].replace(b"\0", b"")
    if head.startswith(_BINARY):
        return "binary"
    low = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not utf16 and low.count(b"\0") > 8 and not low.replace(b"\0", b"").startswith(b"<"):
        return "binary"
    if page.media_type in _HTML:
        return "html"
    if low.replace(b"\0", b"").startswith(_MARKS):
        return "html"
    if page.media_type is None or page.media_type == "text/plain":
        return "text"
    return "html" if page.media_type.endswith("xml") or b"<p" in low else "binary"


def identify(page: Page, canonical_url: str | None) -> str:
    """Give the article's id: 16 hexadecimal digits of its address, or of its bytes.

    The address that the page gives itself counts where its host is that of the page, or where the
    page came without one: saved twice, or under a mobile address, it is the same article.
    """
    from copytaster.address import host

    if canonical_url and (not page.url or host(canonical_url) == host(page.url)):
        what = canonical_url.encode("utf-8", "surrogatepass")
    elif page.url:
        what = page.url.encode("utf-8", "surrogatepass")
    else:
        what = page.content
    return blake2b(what, digest_size=8).hexdigest()
