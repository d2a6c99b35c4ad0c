"""Atom feeds (RFC 4287)."""

import re
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct

from copytaster.date import instant
from copytaster.desk.listing import Listing
from copytaster.site import wording

ATOM = "http://www.w3.org/2005/Atom"

# What XML 1.0 cannot hold at all, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(Struct, frozen=True, kw_only=True):
    """One entry; `link` is an address on this site."""

    title: str
    link: str
    updated: str
    author: str
    summary: str | None = None
    language: str | None = None
    original: str | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """A list as a feed; `link` is the address of its page on this site."""

    title: str
    link: str
    entries: list[Entry]


def entry(listing: Listing) -> Entry:
    """Make the entry of an article."""
    return Entry(
        title=listing.headline,
        link=f"/article/{listing.id}",
        updated=listing.date,
        author=listing.publisher or listing.outlet,
        summary=listing.standfirst,
        language=listing.language,
        original=wording.web(listing.url),
    )


def atom(feed: Feed, base: str, address: str) -> bytes:
    """Write `feed`; `base` is the site's root without a last slash, `address` the feed's own."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", _id(feed.link))
    _add(root, "title", feed.title)
    _add(
        root, "updated", max((_time(each.updated) for each in feed.entries), default=_time("1970"))
    )
    _link(root, "self", address, "application/atom+xml")
    _link(root, "alternate", base + feed.link, "text/html")
    for each in feed.entries:
        _entry(root, each, base)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _entry(root: Element, entry: Entry, base: str) -> None:
    element = SubElement(root, "entry")
    if language := wording.lang(entry.language):
        element.set("xml:lang", language)
    _add(element, "id", _id(entry.link))
    _add(element, "title", entry.title)
    _add(element, "updated", _time(entry.updated))
    _add(SubElement(element, "author"), "name", entry.author)
    _link(element, "alternate", base + entry.link, "text/html")
    if entry.original:
        _link(element, "via", entry.original, "text/html")
    if entry.summary:
        _add(element, "summary", entry.summary)


def _id(link: str) -> str:
    # Of the path alone, so that a desk served at another address shows readers nothing twice.
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'copytaster:' + link)}"


def _time(date: str) -> str:
    try:
        moment = instant(date)
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _ILLEGAL.sub("", text)


def _link(parent: Element, rel: str, address: str, media_type: str) -> None:
    href = _ILLEGAL.sub("", address)
    SubElement(parent, "link", {"rel": rel, "type": media_type, "href": href})
