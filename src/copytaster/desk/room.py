"""Room in the desk's file that nothing stands in: given back while that is much of it.

Indexes are merged as they grow, and where they stood is left empty; records are packed as well as
the desk knew how when they came. A large desk fills that again; of a small one it is a good part. A
page of the file belongs to one table: small pages leave less of it empty where tables are short,
large ones where rows are a good part of a page.
"""

import sqlite3
from contextlib import suppress

from copytaster.desk.record import Records
from copytaster.desk.schema import PAGE_BYTES, WAIT_SECONDS, transaction

SMALL = 32 << 20
"""Bytes of a desk that is made anew, which takes some tenths of a second."""
LARGE = 256 << 20
"""Bytes of one that is, after a run that filed much of it."""
MUCH = 8
"""It did where one article of so many came with it."""
WORDY = 16 << 10
"""Bytes for each article from which saved pages are most of a file, and little is given back."""
EMPTY = 100
"""It is made anew where one page of so many is empty."""
FEW, FEW_PAGE_BYTES = 1000, 2048
"""Articles below which pages are small."""
INDEXES = ("words", "claimed", "posting", "sample")


def give_back(connection: sqlite3.Connection, filed: int) -> None:
    """Make a desk anew where much of it is empty; `filed` are the articles that came with this run.

    Nothing is done while somebody writes, or where the disk is full: a later run may.
    """
    bytes, pages = _pragma(connection, "page_size"), _pragma(connection, "page_count")
    articles = _articles(connection)
    fitting = FEW_PAGE_BYTES if articles < FEW else PAGE_BYTES
    much = filed * MUCH >= articles and pages * bytes < min(LARGE, articles * WORDY)
    usual = pages * bytes <= SMALL or much
    if not usual and fitting <= bytes:
        return
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        resized = fitting != bytes and _is_alone(connection)
        if not usual and not resized:
            return
        with transaction(connection):
            Records(connection).renew()
        for index in INDEXES:
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608
        empty = _pragma(connection, "freelist_count") * EMPTY > _pragma(connection, "page_count")
        if resized:
            connection.execute(f"PRAGMA page_size = {fitting}")
        if empty or resized:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    except sqlite3.OperationalError:
        pass
    finally:
        with suppress(sqlite3.OperationalError):  # who opens it next to write does it
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")


def _is_alone(connection: sqlite3.Connection) -> bool:
    """Do without the log, in which pages keep their size; nobody else may have the desk open."""
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        return False
    return True


def _articles(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT coalesce(max(number), 0) FROM arrival").fetchone()
    return int(count)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
