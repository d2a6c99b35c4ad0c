"""Addresses of the web, as pages write them."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

_WHOLE = re.compile(r"https?://[a-zA-Z0-9.-]+(?:/[^\s\\]*)?")
"""Addresses that need no joining: no brackets, no white space."""
_ROOTED = re.compile(r"/(?![./\\])[^\s;?#/\\]*(?:/(?!\.)[^\s;?#/\\]*)*(?:\?[^\s#]+)?(?:#\S+)?")
"""Addresses that stand behind a host as they are written."""
_SITE = re.compile(r"https?://([a-z0-9-][a-z0-9.-]*)(?=[/?#]|\Z)")
_SCHEMES = frozenset(("http", "https"))


def join(base: str | None, address: str | None) -> str | None:
    """Give `address` in full where it is a web address, seen from `base`; else nothing."""
    if not address:
        return None
    if _WHOLE.fullmatch(address):
        return address
    if base and _ROOTED.fullmatch(address) and (site := _site(base)):
        return site + address
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
        return _bare(urlsplit(url).netloc)
    except ValueError:
        return None


def place(url: str) -> tuple[str | None, str, str]:
    """Give the host, the path and the query of an address; a broken one is all path."""
    scheme, _, rest = url.partition("://")
    try:
        if scheme not in _SCHEMES:
            parts = urlsplit(url)
            return _bare(parts.netloc), parts.path, parts.query
        before, _, query = rest.partition("#")[0].partition("?")
        name, stroke, path = before.partition("/")
        return _bare(name), stroke + path, query
    except ValueError:
        return None, url, ""


@lru_cache(100)
def _site(url: str) -> str | None:
    plain = _SITE.match(url)
    return plain[0] if plain else None


@lru_cache(1000)
def _bare(name: str) -> str | None:
    """Give the host in what an address has between its strokes. Raises ValueError."""
    bare = urlsplit(f"//{name}").hostname or ""
    for prefix in ("www.", "m.", "amp.", "mobile."):
        bare = bare.removeprefix(prefix)
    return bare or None
