"""What a server said about the state of what it sent, to ask later whether that changed."""

from msgspec import Struct


class Validators(Struct, frozen=True, kw_only=True):
    """The validators of one address (RFC 9110, 8.8)."""

    url: str
    """The address that sent it, after redirects: only there do the others mean something."""
    etag: str | None = None
    last_modified: str | None = None
