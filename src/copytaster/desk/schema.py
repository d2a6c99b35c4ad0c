"""The desk's file: its tables, how it is opened, and what is said where it cannot be used."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from shlex import quote
from time import monotonic, sleep
from typing import Literal

APPLICATION = 0x434F5059
"""Written into the file's header ("COPY"): tells a desk from any other SQLite file."""

VERSION = 6
"""Of the tables and of the way text is cut into words; a desk of another is not opened."""
OLDEST = 2
"""Version of a desk that can be upgraded."""

PAGE_BYTES = 16384
"""Of the file: four times SQLite's usual, since rows of 1 to 2 kB leave less of it empty."""

CACHED = 16_000
"""Kilobytes of the file held in memory: counting what a search finds reads all over it."""

WAIT_SECONDS = 60
"""How long to wait for another process that is writing."""

TABLES = files("copytaster.desk").joinpath("tables.sql").read_text(encoding="utf-8")


class DeskError(Exception):
    """The desk cannot be used; the message names the file and the remedy."""


class DamagedError(ValueError):
    """What a row keeps cannot be read."""


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what is wrong with the desk at `path` into a `DeskError` of one clear line."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        raise DeskError(f"{path}: {explain(name, str(error))}") from error
    except DamagedError as error:
        raise DeskError(f"{path}: {explain('SQLITE_CORRUPT', str(error))}") from error


def explain(name: str, message: str) -> str:
    """Say what an SQLite error means for the user, and what to do; `name` as in SQLITE_FULL."""
    for start, meaning in {
        "SQLITE_FULL": "no room left on the disk; make some and run the same command again: "
        "it goes on where it stopped",
        "SQLITE_READONLY": "the desk cannot be written; allow it, or name another with --desk",
        "SQLITE_CANTOPEN": "cannot be opened; see that its folder is there and may be written",
        "SQLITE_BUSY": f"another process has been writing for {WAIT_SECONDS} s; try again later",
        "SQLITE_NOTADB": "is not a desk; name another file with --desk",
        "SQLITE_CORRUPT": "the desk is damaged; bring back a copy, or add its sources to a new one",
        "SQLITE_PERM": "access is not allowed; see the file's permissions",
        "SQLITE_IOERR": "the disk cannot be read or written; see that it is there and has room",
    }.items():
        if name.startswith(start):
            return meaning
    return f"the desk cannot be used: {message}"


def connect(path: Path, mode: Literal["write", "read"]) -> sqlite3.Connection:
    """Open the desk at `path`; "write" makes it where it is missing. Raises DeskError."""
    if path.is_dir():
        raise DeskError(f"{path}: is a directory; a desk is a file, name one with --desk")
    if mode == "read" and not path.exists():
        raise DeskError(f"{path}: there is no desk; copytaster add SOURCE... makes one")
    if mode == "write":
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeskError(f"{path.parent}: cannot be made: {error.strerror}") from error
    with faults(path):
        connection = _attach(path, mode)
        try:
            _greet(connection, path, mode)
        except BaseException:
            connection.close()
            raise
    return connection


def _attach(path: Path, mode: Literal["write", "read"]) -> sqlite3.Connection:
    options = "mode=rwc"
    if mode == "read":
        # SQLite takes its log away at the end only where it might write: else three files are left.
        options = "mode=rw" if os.access(path, os.W_OK) else "mode=ro"
        log = path.with_name(f"{path.name}-wal")
        if not os.access(path.parent, os.W_OK) and not log.exists():
            options = "mode=ro&immutable=1"  # nobody is writing, and no log can be made
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,  # transactions are begun and ended where they are written
        check_same_thread=False,
    )
    if mode == "read":
        connection.execute("PRAGMA query_only = ON")
    return connection


def _greet(connection: sqlite3.Connection, path: Path, mode: Literal["write", "read"]) -> None:
    """Look who is there; make the tables in an empty file."""
    begun = monotonic()
    while mode == "write" and _is_empty(connection):
        try:
            _make(connection)
        except sqlite3.OperationalError as error:
            # Another process makes the tables: SQLite does not wait for a change of journal.
            if "locked" not in str(error) or monotonic() - begun > WAIT_SECONDS:
                raise
            sleep(0.02)
    version = version_of(connection, path)
    if version < VERSION:
        raise DeskError(
            f"{path}: was made by an older copytaster (desk version {version}, this one needs "
            f"{VERSION}); nothing is lost, bring it up with: "
            f"copytaster upgrade --desk {quote(str(path))}"
        )
    if mode == "write":
        with suppress(sqlite3.OperationalError):  # whoever made it anew was killed: see room.py
            connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{CACHED}")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Give the version of a desk. Raises DeskError where it is none, or a newer one."""
    if _is_empty(connection):
        raise DeskError(
            f"{path}: is empty: no desk was made in it yet, as when a first add ran out of room; "
            "run copytaster add again, or delete it"
        )
    if _pragma(connection, "application_id") != APPLICATION:
        raise DeskError(f"{path}: is not a desk; name another file with --desk")
    version = _pragma(connection, "user_version")
    if version > VERSION:
        raise DeskError(
            f"{path}: was made by a newer copytaster (desk version {version}, this one knows "
            f"{VERSION}); install that one"
        )
    return version


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process was first."""
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    with transaction(connection):
        if _is_empty(connection):
            for statement in TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")


def _is_empty(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(tables) == 0


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing, as the only writer."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the desk, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")
