"""Filing one article: every row that it touches, within the caller's transaction."""

import re
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
import zstandard

from copytaster.article import Article
from copytaster.desk.numbers import filed_under, free_number
from copytaster.desk.words import columns
from copytaster.page import Page, Unreadable

Outcome = Literal["new", "changed", "same"]

UNKNOWN = "unknown"
"""Key of the outlet of articles that say neither address nor publisher."""


def file_article(
    connection: sqlite3.Connection, page: Page, article: Article, now: datetime
) -> Outcome:
    """Put one article on the desk: a new one, a new version of one, or nothing new at all."""
    if was_seen(connection, page):
        return "same"
    connection.execute("INSERT INTO seen VALUES (?)", (digest(page),))
    place = None if article.url or article.canonical_url else _place(page.path)
    known = _known(connection, article.id, place)
    if known is None:
        _file_new(connection, page, article, place, now)
        return "new"
    number, record = known
    before = unpack(record)
    if content(before) == content(article):
        return "same"
    _file_version(connection, number, before, page, article, now)
    return "changed"


def file_unreadable(
    connection: sqlite3.Connection, page: Page | None, reason: Unreadable, now: datetime
) -> None:
    """Keep a page that could not be read, with its bytes where they came."""
    forget_missed(connection, [(reason.path, None)])
    connection.execute(
        "INSERT INTO missed (path, url, error, added, page) VALUES (?, ?, ?, ?, ?)",
        (
            reason.path,
            reason.url,
            reason.error,
            int(now.timestamp()),
            None if page is None else _keep_page(connection, page),
        ),
    )


def forget_missed(connection: sqlite3.Connection, read: Iterable[tuple[str, str | None]]) -> None:
    """Drop what is read now, path and address, from the list of what could not be read."""
    for path, url in read:
        pages = connection.execute(
            "DELETE FROM missed WHERE path = ? OR url = ? RETURNING page", (path, url)
        ).fetchall()
        connection.executemany("DELETE FROM page WHERE number = ?", pages)


def was_seen(connection: sqlite3.Connection, page: Page) -> bool:
    """Whether this page was read before: the same address, the same bytes."""
    found = connection.execute("SELECT 1 FROM seen WHERE digest = ?", (digest(page),))
    return found.fetchone() is not None


def digest(page: Page) -> bytes:
    """Give 16 bytes that tell a page: its address from outside, if it has one, and its bytes."""
    address = blake2b((page.url or "").encode(errors="replace"), digest_size=16).digest()
    return blake2b(page.content, digest_size=16, key=address).digest()


def pack(article: Article) -> bytes:
    """Write an article as the desk keeps it."""
    return zstandard.compress(msgspec.json.encode(article), 6)


def unpack(record: bytes) -> Article:
    """Read an article as the desk keeps it."""
    return msgspec.json.decode(zstandard.decompress(record), type=Article)


def content(article: Article) -> tuple[object, ...]:
    """Give what makes a version: what a reader sees, without the boxes that change every hour."""
    pictures = [(picture.caption, picture.credit) for picture in article.pictures]
    return (
        article.headline,
        article.standfirst,
        article.kicker,
        article.bylines,
        article.body,
        pictures,
    )


def outlet_of(article: Article) -> tuple[str, str]:
    """Give key and name of an article's outlet: its host, or else a slug of its publisher."""
    try:
        host = urlsplit(article.canonical_url or article.url or "").hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.")
    slug = re.sub(r"[\W_]+", "-", (article.publisher or "").casefold()).strip("-")
    return host or slug or UNKNOWN, article.publisher or host or "Unknown outlet"


def _place(path: str) -> str | None:
    """Give what tells a page without an address from others: where its file lies."""
    return None if path == "-" or "://" in path else str(Path(path).absolute())


def _known(connection: sqlite3.Connection, id: str, place: str | None) -> tuple[int, bytes] | None:
    """Find the article that a page is a state of: number and record."""
    for column, value in (("place", place), ("id", id)):
        if value is not None:
            row: tuple[int, bytes] | None = connection.execute(
                f"SELECT number, record FROM article WHERE {column} = ?",  # noqa: S608
                (value,),
            ).fetchone()
            if row:
                return row
    return None


def _file_new(
    connection: sqlite3.Connection, page: Page, article: Article, place: str | None, now: datetime
) -> None:
    at, dated = filed_under(article, now)
    number = free_number(connection, at)
    key, outlet = _count_outlet(connection, article)
    _count_language(connection, article.language, 1)
    connection.execute(
        "INSERT INTO article (number, id, outlet, language, dated, version, added, place, page, "
        "record) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
        (
            number,
            article.id,
            outlet,
            article.language,
            dated,
            int(now.timestamp()),
            place,
            _keep_page(connection, page),
            pack(article),
        ),
    )
    _index(connection, number, article, key)


def _file_version(
    connection: sqlite3.Connection,
    number: int,
    before: Article,
    page: Page,
    article: Article,
    now: datetime,
) -> None:
    """Move the state before aside; the number, the id and the outlet stay."""
    article = msgspec.structs.replace(article, id=before.id)
    (key,) = connection.execute(
        "SELECT key FROM outlet JOIN article ON outlet = outlet.number WHERE article.number = ?",
        (number,),
    ).fetchone()
    _unindex(connection, number, before, key)
    connection.execute(
        "INSERT INTO former SELECT number, version, added, page, record FROM article "
        "WHERE number = ?",
        (number,),
    )
    connection.execute(
        "UPDATE article SET version = version + 1, language = ?, added = ?, page = ?, record = ? "
        "WHERE number = ?",
        (
            article.language,
            int(now.timestamp()),
            _keep_page(connection, page),
            pack(article),
            number,
        ),
    )
    _count_language(connection, before.language, -1)
    _count_language(connection, article.language, 1)
    _index(connection, number, article, key)


def _index(connection: sqlite3.Connection, number: int, article: Article, key: str) -> None:
    connection.execute(
        "INSERT INTO words (rowid, headline, lead, body, facet) VALUES (?, ?, ?, ?, ?)",
        (number, *columns(article, key)),
    )


def _unindex(connection: sqlite3.Connection, number: int, article: Article, key: str) -> None:
    """Take an article out of the index, which must be told what it was given."""
    connection.execute(
        "INSERT INTO words (words, rowid, headline, lead, body, facet) "
        "VALUES ('delete', ?, ?, ?, ?, ?)",
        (number, *columns(article, key)),
    )


def _count_outlet(connection: sqlite3.Connection, article: Article) -> tuple[str, int]:
    """Count one more article of its outlet; a name is learned where only the host was known."""
    key, name = outlet_of(article)
    (number,) = connection.execute(
        "INSERT INTO outlet (key, name, articles) VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE "
        "SET articles = articles + 1, name = iif(name = key, excluded.name, name) "
        "RETURNING number",
        (key, name),
    ).fetchone()
    return key, number


def _count_language(connection: sqlite3.Connection, tag: str | None, more: int) -> None:
    if tag is not None:
        connection.execute(
            "INSERT INTO language VALUES (?1, ?2) "
            "ON CONFLICT (tag) DO UPDATE SET articles = articles + ?2",
            (tag, more),
        )
        connection.execute("DELETE FROM language WHERE tag = ? AND articles <= 0", (tag,))


def _keep_page(connection: sqlite3.Connection, page: Page) -> int:
    cursor = connection.execute(
        "INSERT INTO page (name, url, fetched, media_type, charset, content) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            page.path,
            page.url,
            page.fetched,
            page.media_type,
            page.charset,
            zstandard.compress(page.content, 6),
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
