"""Addresses of articles, told apart the way readers do.

With or without "www.", a fragment, a slash at the end or the marks of a campaign, encrypted or not,
it is the same article.
"""

from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

_CAMPAIGN = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "xtor")
_LONGEST = 8000
"""Characters; more is no address of an article (an image within the page, a script)."""


def address_key(url: str) -> int | None:
    """Give a number of 64 bits that stands for an address; nothing where it is none of the web."""
    try:
        parts = urlsplit(url.strip()[:_LONGEST])
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    if port not in (None, 80, 443):
        host += f":{port}"
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.startswith(_CAMPAIGN)
    ]
    plain = f"{host}{parts.path.rstrip('/')}?{urlencode(asked, errors='replace')}"
    digest = blake2b(plain.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
