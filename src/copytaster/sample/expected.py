"""What each page of the sample says: the records of `expected.json`."""

from pathlib import Path

import msgspec
from msgspec import Struct

from copytaster.article import Block, Picture, Teaser


class Outlet(Struct, frozen=True, forbid_unknown_fields=True):
    """A fictional outlet; `layout` says in words how its pages are built."""

    name: str
    domain: str
    language: str
    layout: str


class Copy(Struct, frozen=True, forbid_unknown_fields=True):
    """How a page carries another page's copy: identical, reprint, truncated, abridged, embedded."""

    kind: str
    of: str
    """The `path` of that page."""


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """Who said what; `content` is its first words, as they stand in the page."""

    speaker: str | None
    cue: str | None
    content: str
    via: tuple[str, ...]
    """Who carried it, nearest to the speaker first."""


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """What one page says; a page that cannot be read has an `error` and no headline."""

    path: str
    """Below this folder; an entry of a feed or an archive has its URL after a "#"."""
    url: str | None
    outlet: str
    publisher: str | None
    """The outlet's name, where the page gives it."""
    version: int
    language: str
    headline: str | None
    standfirst: str | None
    kicker: str | None
    bylines: tuple[str, ...]
    agency: str | None
    date_published: str | None
    date_modified: str | None
    section: str | None
    pictures: tuple[Picture, ...]
    """Their URLs are as they stand in the page, often relative."""
    body: tuple[Block, ...]
    teasers: tuple[Teaser, ...]
    story: str | None
    copy: Copy | None
    claims: tuple[Claim, ...]
    """The main ones, on English pages that have any here; by no means all."""
    error: str | None = None


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it: outlets and stories by their key, and the pages by version and path."""

    outlets: dict[str, Outlet]
    stories: dict[str, str]
    pages: tuple[Said, ...]


def expected() -> Expected:
    """Read `expected.json`."""
    content = Path(__file__).with_name("expected.json").read_bytes()
    return msgspec.json.decode(content, type=Expected)
