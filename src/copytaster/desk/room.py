"""Room in the desk's file that nothing stands in: given back while the desk is small.

Indexes are merged as they grow, and where they stood is left empty. A large desk fills that again;
of a small one it is a good part.
"""

import sqlite3

from copytaster.desk.schema import WAIT_SECONDS

SMALL = 32 << 20
"""Bytes of a desk that is made anew, which takes some tenths of a second."""
EMPTY = 100
"""It is where one page of so many is empty."""
INDEXES = ("words", "claimed", "posting", "sample")


def give_back(connection: sqlite3.Connection) -> None:
    """Merge the indexes of a small desk, and make its file anew where much of it is empty then.

    Nothing is done while somebody writes, or where the disk is full: a later run may.
    """
    if _pragma(connection, "page_count") * _pragma(connection, "page_size") > SMALL:
        return
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        for index in INDEXES:
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608
        if _pragma(connection, "freelist_count") * EMPTY > _pragma(connection, "page_count"):
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    except sqlite3.OperationalError:
        pass
    finally:
        connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
