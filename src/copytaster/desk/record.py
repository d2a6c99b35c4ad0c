"""How articles, their pages and their neighbours are written in the desk's rows."""

import sqlite3
import struct
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

import msgspec
import zstandard

from copytaster.article import Article
from copytaster.copy import Passage
from copytaster.desk.schema import DamagedError
from copytaster.page import Page

NEIGHBOURS = 10
"""Kept for an article."""

_NEAR = struct.Struct("<IH")
"""A neighbour: arrival, cosine in 65535ths."""

LESSONS = ((100, 32 << 10), (1000, 112 << 10), (8000, 512 << 10))
"""Articles after which the desk learns how its articles are worded, and bytes that it notes."""
_READ = 32
"""So many times as much is read for it, of records from all of the desk."""
_SEGMENT, _WORD = 200, 8
"""Bytes that it notes together, and that it compares: to try several takes five times as long."""

_RECORD_LEVEL, _RENEWED_LEVEL, _PAGE_LEVEL = 6, 12, 3
"""Of zstd. Level 12 spares 3 % of records, and takes three times as long; pages are thirty times as
long, level 6 would spare 8 % of them, and take three times as long, too."""

_PAGES = zstandard.ZstdCompressor(level=_PAGE_LEVEL, write_checksum=True)
OPENED = 256
"""Records held as they were read: pages show the same ones again and again; some megabytes."""

_ARTICLE = msgspec.json.Decoder(Article)
_FACTS = msgspec.msgpack.Decoder(tuple[str, bytes, str | None, str | None, str | None, str | None])
"""A page without the names of its fields."""
_PASSAGES = msgspec.msgpack.Decoder(tuple[Passage, ...])


class Records:
    """Articles and their pages as the desk's rows have them.

    A record is JSON, zstd with a dictionary of the desk's own words: an article is short, and takes
    half as much room again without. What it says stands in its page once more, which is therefore
    packed as what follows on that JSON, byte for byte: a record that was written stays as it is, or
    is written anew together with its page.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._openers = {0: zstandard.ZstdDecompressor()}
        self._packer = zstandard.ZstdCompressor(level=_RECORD_LEVEL)
        self._learned = self._last = 0
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self._opened = lru_cache(OPENED)(self._open)
        self._load()

    def pack(self, article: Article, page: Page) -> tuple[bytes, bytes]:
        """Write an article and its page as the desk keeps them."""
        said = msgspec.json.encode(article)
        packer = zstandard.ZstdCompressor(
            level=_PAGE_LEVEL, dict_data=_beginning(said), write_checksum=True
        )
        kept = msgspec.msgpack.encode(msgspec.structs.astuple(page))
        return self._packer.compress(said), packer.compress(kept)

    def unpack(self, record: bytes) -> Article:
        """Read an article as the desk keeps it. Raises DamagedError."""
        return self._opened(record)

    def unpack_page(self, record: bytes, packed: bytes) -> Page:
        """Read the page of a record. Raises DamagedError where one of them is."""
        try:
            facts = _FACTS.decode(self.unpack_after(record, packed))
        except msgspec.DecodeError as error:
            raise DamagedError(str(error)) from error
        path, content, url, fetched, media_type, charset = facts
        return Page(
            path=path,
            content=content,
            url=url,
            fetched=fetched,
            media_type=media_type,
            charset=charset,
        )

    def unpack_after(self, record: bytes, packed: bytes) -> bytes:
        """Read what was packed as what follows on a record. Raises DamagedError."""
        opener = zstandard.ZstdDecompressor(dict_data=_beginning(self._said(record)))
        try:
            return opener.decompress(packed)
        except zstandard.ZstdError as error:
            raise DamagedError(str(error)) from error

    def _open(self, record: bytes) -> Article:
        try:
            return _ARTICLE.decode(self._said(record))
        except msgspec.DecodeError as error:
            raise DamagedError(str(error)) from error

    def _said(self, record: bytes) -> bytes:
        try:
            dictionary = zstandard.get_frame_parameters(record).dict_id
            if dictionary not in self._openers:
                self._load()  # learned after this desk was opened
            return self._openers[dictionary].decompress(record)
        except (zstandard.ZstdError, KeyError) as error:
            raise DamagedError(str(error)) from error

    def learn(self, articles: int) -> None:
        """Make a dictionary for the records to come, where that is due at so many articles."""
        if not self._due(articles):
            return
        self._load()
        if not self._due(articles):
            return  # another process has
        _, size = LESSONS[self._learned]
        self._learned += 1
        try:
            dictionary = zstandard.train_dictionary(
                size, self._examples(_READ * size), k=_SEGMENT, d=_WORD
            )
        except zstandard.ZstdError:  # too little text, or always the same
            return
        self._connection.execute(
            "INSERT INTO dictionary VALUES (?, ?)",
            (dictionary.dict_id(), _PAGES.compress(dictionary.as_bytes())),
        )
        self._load()

    def renew(self) -> None:
        """Pack records anew that came before the last dictionary; their pages stay as they are."""
        self._load()
        packer = zstandard.ZstdCompressor(level=_RENEWED_LEVEL, dict_data=self._dictionary)
        rows = self._connection.execute("SELECT number, record FROM state").fetchall()
        for number, record in rows:
            with suppress(zstandard.ZstdError, DamagedError):
                if zstandard.get_frame_parameters(record).dict_id != self._last:
                    self._connection.execute(
                        "UPDATE state SET record = ? WHERE number = ?",
                        (packer.compress(self._said(record)), number),
                    )

    def _examples(self, most: int) -> list[bytes | bytearray | memoryview]:
        """Give records from all of the desk, as JSON, of so many bytes together."""
        rows = self._connection.execute("SELECT record FROM state ORDER BY number")
        whole = sum(zstandard.frame_content_size(record) for (record,) in rows)
        rows = self._connection.execute(
            "SELECT record FROM state WHERE (number - 1) % ? = 0 ORDER BY number",
            (max(1, whole // most),),
        )
        return [self._said(record) for (record,) in rows]

    def _due(self, articles: int) -> bool:
        return self._learned < len(LESSONS) and articles >= LESSONS[self._learned][0]

    def _load(self) -> None:
        """Read the desk's dictionaries: the last learned, which is the largest, packs."""
        rows = self._connection.execute(
            "SELECT number, content FROM dictionary ORDER BY length(content)"
        ).fetchall()
        for number, content in rows:
            if content.startswith(zstandard.FRAME_HEADER):  # up to version 5 they were not packed
                content = zstandard.decompress(content)
            dictionary = zstandard.ZstdCompressionDict(content)
            self._openers[number] = zstandard.ZstdDecompressor(dict_data=dictionary)
        if rows:
            self._packer = zstandard.ZstdCompressor(level=_RECORD_LEVEL, dict_data=dictionary)
            self._last, self._dictionary = number, dictionary
        self._learned = max(self._learned, len(rows))


def _beginning(said: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(said, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def pack_bytes(content: bytes) -> bytes:
    """Write the bytes of a page that has no record as the desk keeps them."""
    return _PAGES.compress(content)


def unpack_bytes(packed: bytes) -> bytes:
    """Read the bytes of a page that has no record. Raises DamagedError."""
    try:
        return zstandard.decompress(packed)
    except zstandard.ZstdError as error:
        raise DamagedError(str(error)) from error


def pack_passages(passages: tuple[Passage, ...]) -> bytes:
    """Write the passages of a copy."""
    return msgspec.msgpack.encode(passages)


def unpack_passages(packed: bytes) -> tuple[Passage, ...]:
    """Read the passages of a copy. Raises DamagedError."""
    try:
        return _PASSAGES.decode(packed)
    except msgspec.DecodeError as error:
        raise DamagedError(str(error)) from error


def pack_near(near: Iterable[tuple[int, float]]) -> bytes:
    """Write a list of neighbours, arrival and cosine: the nearest, ties to the first that came."""
    ordered = sorted(near, key=lambda one: (-one[1], one[0]))[:NEIGHBOURS]
    return b"".join(_NEAR.pack(number, round(score * 65535)) for number, score in ordered)


def unpack_near(packed: bytes) -> list[tuple[int, float]]:
    """Give the neighbours in a kept list, arrival and cosine, nearest first."""
    return [(number, score / 65535) for number, score in _NEAR.iter_unpack(packed)]
