"""Feeds as pages: RSS, Atom and JSON Feed give an item each, OPML the feeds that it lists."""

import io
import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from copytaster.date import instant
from copytaster.intake.sniff import nature
from copytaster.page import Page, Unreadable

ITEM = "application/feed+json"
"""Media type of a page that is one item of a feed, as JSON Feed 1.1 has it.

`_feed` is added to the item: `title`, `home_page_url` of the feed it came in.
"""


class Link(Struct, frozen=True, kw_only=True):
    """An address to be fetched."""

    url: str
    inside: bool = True
    """Whether it may lead into a loopback or private network: where the user gave it."""
    depth: int = 2
    """2: anything; 1: a feed or a page, as an OPML file lists them; 0: only a page."""
    follow: bool = True
    """Whether a feed stands for the pages it links to, or for its entries as they are."""


def expanded(
    page: Page | Unreadable, *, depth: int, follow: bool, inside: bool
) -> Iterator[Page | Unreadable | Link]:
    """Give what a feed or a list of feeds stands for; a page stands for itself.

    The parameters are as in `Link`; `depth` and `follow` for `page`, `inside` for what it leads to.
    """
    if isinstance(page, Unreadable):
        yield page
        return
    match nature(page.content):
        case "opml" if depth < 2:
            yield Unreadable(path=page.path, url=page.url, error="a list of feeds in a list")
        case "feed" | "json feed" if depth < 1:
            yield Unreadable(path=page.path, url=page.url, error="a feed, not a page")
        case "opml":
            found = listed(page)
            if not found:
                yield Unreadable(path=page.path, url=page.url, error="a list without feeds")
            for url in found:
                yield Link(url=url, inside=inside, depth=1, follow=follow)
        case "feed" | "json feed":
            for item in items(page):
                if follow and isinstance(item, Page) and item.url:
                    yield Link(url=item.url, inside=inside, depth=0)
                else:
                    yield item
        case _:
            yield page


def items(feed: Page) -> Iterator[Page | Unreadable]:
    """Give each entry of an RSS, Atom or JSON feed as a page of its own, in the feed's order.

    The path of an entry is that of the feed, ``#`` and the entry's id, or else its address.
    """
    parse = _json_feed if nature(feed.content) == "json feed" else _xml_feed
    try:
        found = parse(feed)
    except (ValueError, RecursionError) as error:
        yield Unreadable(path=feed.path, error=f"a feed, but damaged: {error}", url=feed.url)
        return
    if not found:
        yield Unreadable(path=feed.path, error="a feed without entries", url=feed.url)
    for number, item in enumerate(found, 1):
        url = item.get("url")
        yield Page(
            path=f"{feed.path}#{item.get('id') or url or number}",
            content=json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode(
                errors="replace"
            ),
            url=url,
            fetched=feed.fetched,
            media_type=ITEM,
            charset="utf-8",
        )


def listed(opml: Page) -> list[str]:
    """Give the addresses of the feeds that an OPML file lists, each once, in its order."""
    tree = LexborHTMLParser(opml.content)
    addresses = (node.attributes.get("xmlurl") for node in tree.css("outline[xmlurl]"))
    return list(dict.fromkeys(address.strip() for address in addresses if address))


def _xml_feed(feed: Page) -> list[dict[str, Any]]:
    """Read RSS or Atom, however badly formed. Raises ValueError."""
    # Only here: who reads pages need not wait for it.
    import feedparser  # type: ignore[import-untyped]

    try:
        # A stream, because feedparser fetches a string that looks like an address.
        parsed = feedparser.parse(
            io.BytesIO(feed.content),
            response_headers={"content-location": feed.url or ""},
            sanitize_html=False,
        )
    except Exception as error:  # It raises whatever its handlers stumble over.
        raise ValueError("it cannot be taken apart") from error
    about = _filled(title=parsed.feed.get("title"), home_page_url=parsed.feed.get("link"))
    language = parsed.feed.get("language")
    base = feed.url or _string(about, "home_page_url")
    # Plain dictionaries, because feedparser's own give one date where another is asked for.
    return [_entry(dict(entry), about, base, language) for entry in parsed.entries]


def _entry(
    entry: dict[str, Any], about: dict[str, Any], base: str | None, language: str | None
) -> dict[str, Any]:
    """Give an entry of RSS or Atom as an item of JSON Feed."""
    bodies = sorted(entry.get("content", []), key=lambda body: "html" not in body.get("type", ""))
    content = bodies[0] if bodies else {}
    plain = content.get("type") == "text/plain"
    return _filled(
        id=entry.get("id"),
        url=_address(base, entry.get("link")),
        title=entry.get("title"),
        content_html=None if plain else content.get("value"),
        content_text=content.get("value") if plain else None,
        summary=entry.get("summary"),
        date_published=_date(entry.get("published")),
        date_modified=_date(entry.get("updated")),
        authors=_authors(entry.get("authors")),
        tags=[tag["term"] for tag in entry.get("tags", []) if tag.get("term")],
        language=content.get("language") or language,
        image=_address(base, _picture(entry)),
        _feed=about,
    )


def _picture(entry: Any) -> str | None:
    """Give the address of an entry's first picture, wherever RSS and its extensions have one."""
    for medium in [*entry.get("links", []), *entry.get("media_content", [])]:
        if str(medium.get("type", "")).startswith("image/") or medium.get("medium") == "image":
            return _string(medium, "href") or _string(medium, "url")
    thumbnails = entry.get("media_thumbnail") or [{}]
    return _string(thumbnails[0], "url")


def _json_feed(feed: Page) -> list[dict[str, Any]]:
    """Read a JSON Feed, version 1 or 1.1. Raises ValueError."""
    document = json.loads(feed.content)
    entries = document.get("items") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise ValueError("it has no list of items")
    about = _filled(
        title=_string(document, "title"), home_page_url=_string(document, "home_page_url")
    )
    base = feed.url or about.get("home_page_url")
    found = []
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        authors = entry.get("authors") or entry.get("author") or document.get("authors")
        found.append(
            _filled(
                id=_string(entry, "id"),
                url=_address(base, _string(entry, "url")),
                title=_string(entry, "title"),
                content_html=_string(entry, "content_html"),
                content_text=_string(entry, "content_text"),
                summary=_string(entry, "summary"),
                date_published=_date(_string(entry, "date_published")),
                date_modified=_date(_string(entry, "date_modified")),
                authors=_authors(authors),
                tags=[tag for tag in _list(entry.get("tags")) if isinstance(tag, str)],
                language=_string(entry, "language") or _string(document, "language"),
                image=_address(base, _string(entry, "image") or _string(entry, "banner_image")),
                _feed=about,
            )
        )
    return found


def _authors(found: Any) -> list[dict[str, str]]:
    """Give the authors that have a name; `found` is a list of records, or one, or anything."""
    named = [_string(record, "name") for record in _list(found) if isinstance(record, dict)]
    return [{"name": name} for name in named if name]


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _address(base: str | None, written: str | None) -> str | None:
    """Give an address of the web, absolute; nothing where it is none."""
    if not written:
        return None
    try:
        address = urljoin(base or "", written)
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _string(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if isinstance(value, int | float) and name == "id":
        return str(value)
    return value if isinstance(value, str) else None


def _filled(**fields: Any) -> dict[str, Any]:
    """Leave out what is missing."""
    return {name: value for name, value in fields.items() if value}


def _date(written: str | None) -> str | None:
    """Give a date of a feed as ISO 8601; nothing where it cannot be understood."""
    if not written:
        return None
    try:
        return parsedate_to_datetime(written).isoformat()
    except ValueError:
        pass
    try:
        instant(written.strip())
    except ValueError:
        return None
    return written.strip()
