"""A page: bytes as they came, and the note that is kept where a page could not be read."""

from msgspec import Struct


class Page(Struct, frozen=True, kw_only=True):
    """Bytes as they came, with what was known about them from outside."""

    path: str
    """Where it was found, in the user's words: a file name, a URL, ``news.warc.gz#4711``, ``-``."""
    content: bytes
    """The bytes, after any transfer or file compression was undone."""
    url: str | None = None
    """Address the page was fetched from, where that is known from outside the bytes."""
    fetched: str | None = None
    """When it was fetched, ISO 8601; nothing for a file whose history is not known."""
    media_type: str | None = None
    """Media type without parameters, lower case; nothing means: look at the bytes."""
    charset: str | None = None
    """Character encoding named outside the bytes (HTTP header), as it was written there."""


class Unreadable(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page that could not be read, and why, in one line that names the remedy if there is one."""

    path: str
    error: str
    url: str | None = None
