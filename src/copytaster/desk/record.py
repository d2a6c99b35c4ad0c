"""How articles and their neighbours are written in the desk's rows."""

import sqlite3
import struct
from collections.abc import Iterable
from functools import lru_cache

import msgspec
import zstandard

from copytaster.article import Article
from copytaster.copy import Passage

NEIGHBOURS = 10
"""Kept for an article."""

_NEAR = struct.Struct("<IH")
"""A neighbour: arrival, cosine in 65535ths."""

LESSONS = ((1000, 112 << 10), (8000, 512 << 10))
"""Articles after which the desk learns how its articles are worded, and bytes that it notes."""
_READ = 32
"""So many times as much is read for it, of records from all of the desk."""

_RECORD_LEVEL, _PAGE_LEVEL = 6, 3
"""Of zstd. Level 12 would spare 3 % of records, and take three times as long; pages are thirty
times as long, level 6 would spare 8 % of them, and take three times as long, too."""

_PAGES = zstandard.ZstdCompressor(level=_PAGE_LEVEL)
OPENED = 256
"""Records held as they were read: pages show the same ones again and again; some megabytes."""

_ARTICLE = msgspec.json.Decoder(Article)
_PASSAGES = msgspec.msgpack.Decoder(tuple[Passage, ...])


class Records:
    """Articles as the desk's rows have them: JSON, zstd with a dictionary of the desk's own words.

    An article is short: without the dictionary its record takes half as much room again.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._openers = {0: zstandard.ZstdDecompressor()}
        self._packer = zstandard.ZstdCompressor(level=_RECORD_LEVEL)
        self._learned = 0
        self._opened = lru_cache(OPENED)(self._open)
        self._load()

    def pack(self, article: Article) -> bytes:
        """Write an article as the desk keeps it."""
        return self._packer.compress(msgspec.json.encode(article))

    def unpack(self, record: bytes) -> Article:
        """Read an article as the desk keeps it. Raises ValueError where it is damaged."""
        return self._opened(record)

    def _open(self, record: bytes) -> Article:
        try:
            dictionary = zstandard.get_frame_parameters(record).dict_id
            if dictionary not in self._openers:
                self._load()  # learned after this desk was opened
            return _ARTICLE.decode(self._openers[dictionary].decompress(record))
        except (zstandard.ZstdError, KeyError) as error:
            raise ValueError(str(error)) from error

    def learn(self, articles: int) -> None:
        """Make a dictionary, where that is due at so many articles, and pack all anew with it."""
        if not self._due(articles):
            return
        self._load()
        if not self._due(articles):
            return  # another process has
        _, size = LESSONS[self._learned]
        self._learned += 1
        rows = self._connection.execute("SELECT * FROM state ORDER BY number").fetchall()
        whole = sum(zstandard.frame_content_size(row[-1]) for row in rows)
        read: list[bytes | bytearray | memoryview] = [
            msgspec.json.encode(self.unpack(row[-1]))
            for row in rows[:: max(1, whole // (_READ * size))]
        ]
        try:
            dictionary = zstandard.train_dictionary(size, read)
        except zstandard.ZstdError:  # too little text, or always the same
            return
        self._connection.execute(
            "INSERT INTO dictionary VALUES (?, ?)", (dictionary.dict_id(), dictionary.as_bytes())
        )
        self._load()
        # Where rows become shorter in their place, the room between them stays empty.
        self._connection.execute("DELETE FROM state")
        self._connection.executemany(
            "INSERT INTO state VALUES (?, ?, ?, ?, ?, ?)",
            ((*row[:-1], self.pack(self.unpack(row[-1]))) for row in rows),
        )

    def _due(self, articles: int) -> bool:
        return self._learned < len(LESSONS) and articles >= LESSONS[self._learned][0]

    def _load(self) -> None:
        """Read the desk's dictionaries: the last learned, which is the largest, packs."""
        rows = self._connection.execute(
            "SELECT number, content FROM dictionary ORDER BY length(content)"
        ).fetchall()
        for number, content in rows:
            dictionary = zstandard.ZstdCompressionDict(content)
            self._openers[number] = zstandard.ZstdDecompressor(dict_data=dictionary)
        if rows:
            self._packer = zstandard.ZstdCompressor(level=_RECORD_LEVEL, dict_data=dictionary)
        self._learned = max(self._learned, len(rows))


def pack_bytes(content: bytes) -> bytes:
    """Write the bytes of a page as the desk keeps them."""
    return _PAGES.compress(content)


def unpack_bytes(packed: bytes) -> bytes:
    """Read the bytes of a page as the desk keeps them."""
    return zstandard.decompress(packed)


def pack_passages(passages: tuple[Passage, ...]) -> bytes:
    """Write the passages of a copy."""
    return msgspec.msgpack.encode(passages)


def unpack_passages(packed: bytes) -> tuple[Passage, ...]:
    """Read the passages of a copy. Raises ValueError where they are damaged."""
    try:
        return _PASSAGES.decode(packed)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def pack_near(near: Iterable[tuple[int, float]]) -> bytes:
    """Write a list of neighbours, arrival and cosine: the nearest, ties to the first that came."""
    ordered = sorted(near, key=lambda one: (-one[1], one[0]))[:NEIGHBOURS]
    return b"".join(_NEAR.pack(number, round(score * 65535)) for number, score in ordered)


def unpack_near(packed: bytes) -> list[tuple[int, float]]:
    """Give the neighbours in a kept list, arrival and cosine, nearest first."""
    return [(number, score / 65535) for number, score in _NEAR.iter_unpack(packed)]
