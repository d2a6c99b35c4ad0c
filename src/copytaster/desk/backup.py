"""A copy of a desk, whole and sound, while others read it or add to it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from copytaster.desk.schema import DeskError, faults


def back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the desk to `path`, which must be free. Raises DeskError; then nothing is left there.

    Copying the file alone would miss what is still in the log beside it (`news.desk-wal`).
    """
    if path.exists():
        raise DeskError(f"{path}: is there already; name a file that is not")
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with faults(path), closing(sqlite3.connect(fresh)) as copy:
            connection.backup(copy)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
