"""How articles and their neighbours are written in the desk's rows."""

import struct
from collections.abc import Iterable

import msgspec
import zstandard

from copytaster.article import Article

NEIGHBOURS = 10
"""Kept for an article."""

_NEAR = struct.Struct("<qH")
"""A neighbour: number, cosine in 65535ths."""

_RECORD_LEVEL, _PAGE_LEVEL = 6, 3
"""Of zstd: pages are thirty times as long as records; level 6 would spare 8 % of them, and take
three times as long."""

_ARTICLE = msgspec.json.Decoder(Article)


def pack(article: Article) -> bytes:
    """Write an article as the desk keeps it."""
    return zstandard.compress(msgspec.json.encode(article), _RECORD_LEVEL)


def unpack(record: bytes) -> Article:
    """Read an article as the desk keeps it. Raises ValueError where it is damaged."""
    try:
        return _ARTICLE.decode(zstandard.decompress(record))
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


def pack_bytes(content: bytes) -> bytes:
    """Write the bytes of a page as the desk keeps them."""
    return zstandard.compress(content, _PAGE_LEVEL)


def unpack_bytes(packed: bytes) -> bytes:
    """Read the bytes of a page as the desk keeps them."""
    return zstandard.decompress(packed)


def pack_near(near: Iterable[tuple[int, float]]) -> bytes:
    """Write a list of neighbours, number and cosine: the nearest, ties to the older article."""
    ordered = sorted(near, key=lambda one: (-one[1], one[0]))[:NEIGHBOURS]
    return b"".join(_NEAR.pack(number, round(score * 65535)) for number, score in ordered)


def unpack_near(packed: bytes) -> list[tuple[int, float]]:
    """Give the neighbours in a kept list, number and cosine, nearest first."""
    return [(number, score / 65535) for number, score in _NEAR.iter_unpack(packed)]
