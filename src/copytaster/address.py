"""Addresses of the web, as pages write them."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]+(?:/(?![./])[^\s\\.]*(?:\.(?!\.)[^\s\\.]*)*)?")
"""Addresses that need no joining: no dots to resolve, no brackets, no white space."""
_ROOTED = re.compile(r"/(?![./\\])[^\s;?#/\\]*(?:/(?!\.)[^\s;?#/\\]*)*(?:\?[^\s#]+)?(?:#\S+)?")
"""Addresses that stand behind a host as they are written."""
_SITE = re.compile(r"https?://([a-z0-9-][a-z0-9.-]*)(?=[/?#]|\Z)")
_PLACE = re.compile(r"https?://([a-z0-9-][a-z0-9.-]*)((?:/[^\s?#]*)?)(?:\?([^\s#]*))?(?:#\S*)?")


def join(base: str | None, address: str | None) -> str | None:
    """Give `address` in full where it is a web address, seen from `base`; else nothing."""
    if not address:
        return None
    if address.startswith(("https://", "http://")) and _PLAIN.fullmatch(address):
        return address
    if base and _ROOTED.fullmatch(address) and (site := _SITE.match(base)):
        return site[0] + address
    try:
        whole = urljoin(base or "", address.strip())
        scheme = urlsplit(whole).scheme
    except ValueError:
        return None
    return whole if scheme in ("http", "https", "") else None


def host(url: str | None) -> str | None:
    """Give the host of an address, without "www.", "m." or "amp."; nothing where it has none."""
    if not url:
        return None
    if plain := _SITE.match(url):
        return _bare(plain[1])
    try:
        name = urlsplit(url).hostname
    except ValueError:
        return None
    return _bare(name) if name else None


@lru_cache(1000)
def _bare(name: str) -> str:
    for prefix in ("www.", "m.", "amp.", "mobile."):
        name = name.removeprefix(prefix)
    return name


def place(url: str) -> tuple[str | None, str, str]:
    """Give the host, the path and the query of an address that `join` gave."""
    if plain := _PLACE.fullmatch(url):
        return _bare(plain[1]), plain[2], plain[3] or ""
    parts = urlsplit(url)
    return host(url), parts.path, parts.query
