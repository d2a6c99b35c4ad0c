"""One address fetched: within limits of size, redirects and time, and not into private networks."""

import socket
import ssl
import zlib
from collections.abc import Collection
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpx
from msgspec import Struct

from copytaster import __version__
from copytaster.intake.sniff import media_type_of
from copytaster.intake.validators import Validators as Validators

AGENT = f"copytaster/{__version__} (+https://github.com/copytaster/copytaster)"


_NAT64 = IPv6Network("64:ff9b::/96")


class FetchError(Exception):
    """An address gave nothing that is wanted; the message says why in one line."""


class PrivateError(FetchError):
    """An address leads into a loopback or private network, where only the user may lead."""


class Answer(Struct, frozen=True, kw_only=True):
    """What one address answered."""

    url: str
    status: int
    private: bool
    """Whether the host is in a loopback or private network."""
    content: bytes = b""
    """The body, unpacked; read only where the status is 200."""
    media_type: str | None = None
    charset: str | None = None
    fetched: str
    location: str | None = None
    """Where a redirect leads, absolute."""
    validators: Validators | None = None


def address(written: str) -> httpx.URL:
    """Take an address of the web, without its fragment. Raises FetchError where it is none."""
    try:
        url = httpx.URL(written.strip()).copy_with(fragment=None)
        host = url.host
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("not a web address") from error
    if url.scheme not in ("http", "https") or not host:
        raise FetchError("not a web address: only http and https are fetched")
    return url


async def get(
    client: httpx.AsyncClient,
    url: httpx.URL,
    *,
    inside: bool,
    limit: int,
    wanted: Collection[str] | None = None,
    known: Validators | None = None,
) -> Answer:
    """Fetch one address, following nothing. Raises FetchError.

    `inside`: whether a host in a loopback or private network may be asked. `limit`: bytes of the
    body. `wanted`: the media types to be read, any if nothing. `known`: validators of what is
    here already; sent only to the address that they came from. The time is the caller's limit.
    """
    private = False

    async def connected(event: str, details: dict[str, Any]) -> None:
        # The address that a name stands for is only sure once it is connected to.
        nonlocal private
        if event == "connection.connect_tcp.complete":
            stream = details["return_value"]
            private = private_address(stream.get_extra_info("server_addr")[0])
            if private and not inside:
                await stream.aclose()
                raise PrivateError("leads into a private network: add it yourself if you trust it")

    # Only gzip is asked for, since only its unpacking can be stopped at a limit.
    headers = {"accept-encoding": "gzip"} | _conditions(url, known)
    request = client.build_request("GET", url, headers=headers, extensions={"trace": connected})
    try:
        response = await client.send(request, stream=True)
        try:
            media_type, charset = media_type_of(response.headers.get("content-type", ""))
            content = b""
            if response.status_code == 200:
                if wanted is not None and media_type and media_type not in wanted:
                    raise FetchError(f"not a page but {media_type}")
                content = await _body(response, limit)
        finally:
            await response.aclose()
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise FetchError(_reason(error)) from error
    location = response.headers.get("location")
    return Answer(
        url=str(url.copy_with(userinfo=b"")),
        status=response.status_code,
        private=private,
        content=content,
        media_type=media_type,
        charset=charset,
        fetched=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        location=_joined(url, location) if location and response.is_redirect else None,
        validators=_validators(url, response),
    )


def _validators(url: httpx.URL, response: httpx.Response) -> Validators | None:
    found = [response.headers.get(name, "") for name in ("etag", "last-modified")]
    # What is not ASCII cannot be sent back.
    etag, modified = (value if value and value.isascii() else None for value in found)
    if not etag and not modified:
        return None
    return Validators(url=str(url), etag=etag, last_modified=modified)


def _conditions(url: httpx.URL, known: Validators | None) -> dict[str, str]:
    """Give the headers that ask for a body only where it changed."""
    if known is None or known.url != str(url):
        return {}
    conditions = {"if-none-match": known.etag, "if-modified-since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


async def _body(response: httpx.Response, limit: int) -> bytes:
    """Read a body and undo its compression, never holding much more than `limit` bytes."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"sent packed as {coding[:20]}, which was not asked for")
    unpacker = zlib.decompressobj(31) if coding.endswith("gzip") else None
    too_large = FetchError(f"larger than {limit // 1_000_000} MB, the limit")
    if int(response.headers.get("content-length", 0)) > limit:
        raise too_large
    pieces, size = [], 0
    async for packed in response.aiter_raw():
        try:
            piece = unpacker.decompress(packed, limit + 1 - size) if unpacker else packed
        except zlib.error as error:
            raise FetchError("sent damaged: it cannot be unpacked") from error
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large
    if unpacker and not unpacker.eof:
        raise FetchError("cut short: it ends before its end")
    return b"".join(pieces)


def _joined(base: httpx.URL, location: str) -> str | None:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError):
        return None


def private_address(written: str) -> bool:
    """Tell whether an IP address is anything else than a public one, also where it wraps another.

    RFC 4291 (IPv4-mapped), 3056 (6to4) and 6052 (NAT64) put an IPv4 address into an IPv6 one.
    """
    ip = ip_address(written.partition("%")[0])
    if isinstance(ip, IPv6Address):
        nat = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
        ip = ip.ipv4_mapped or ip.sixtofour or nat or ip
    return not ip.is_global


def _reason(error: Exception) -> str:
    """Say in one line why a request failed."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLError):
            return f"its certificate or encryption is not sound ({cause.reason or 'TLS'})"
        if isinstance(cause, socket.gaierror):
            return "no host of that name"
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx.ConnectError():
            return "the host cannot be reached"
        case httpx.TimeoutException():
            return "took too long"
        case httpx.InvalidURL() | ValueError():
            return "redirects to what is no web address"
        case _:
            return "the host broke off, or does not speak HTTP"
