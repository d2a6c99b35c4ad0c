"""What tells pages, articles, their states and their outlets apart."""

import re
from hashlib import sha256
from pathlib import Path

from copytaster.address import host
from copytaster.article import Article
from copytaster.page import Page

UNKNOWN = "unknown"
"""Key of the outlet of articles that say neither address nor publisher."""


def digest(page: Page) -> bytes:
    """Give 16 bytes that tell a page: its address from outside, if it has one, and its bytes."""
    told = sha256((page.url or "").encode(errors="replace") + b"\n")
    told.update(page.content)
    return told.digest()[:16]


def content(article: Article) -> tuple[object, ...]:
    """Give what makes a version: what a reader sees, without the boxes that change every hour."""
    pictures = [(picture.caption, picture.credit) for picture in article.pictures]
    return (
        article.headline,
        article.standfirst,
        article.kicker,
        article.bylines,
        article.body,
        pictures,
    )


def own_addresses(page: Page, article: Article) -> list[str]:
    """Give an article's addresses, without that of a copy elsewhere that it calls canonical.

    One with a fragment is a place on a page of many: no article's own.
    """
    found = [url for url in (page.url, article.url) if url]
    canonical = article.canonical_url
    if canonical and (not found or host(canonical) == host(found[0])):
        found.insert(0, canonical)
    return [url for url in dict.fromkeys(found) if "#" not in url]


def outlet_of(article: Article) -> tuple[str, str]:
    """Give key and name of an article's outlet: its host, or else a slug of its publisher."""
    at = host(article.url or article.canonical_url) or ""
    slug = re.sub(r"[\W_]+", "-", (article.publisher or "").casefold()).strip("-")
    return at or slug or UNKNOWN, article.publisher or at or "Unknown outlet"


def place(page: Page, article: Article) -> str | None:
    """Give where a page's file lies, for one that has no address to tell it by."""
    if own_addresses(page, article) or page.path == "-" or "://" in page.path:
        return None
    return str(Path(page.path).absolute())


def story_number(id: str) -> int | None:
    """Give a story's id as the desk keeps it, or nothing where it is no id."""
    try:
        return int.from_bytes(bytes.fromhex(id), signed=True) if len(id) == 16 else None
    except ValueError:
        return None


def story_id(kept: int) -> str:
    """Give a story's id in 16 hexadecimal digits."""
    return kept.to_bytes(8, signed=True).hex()
