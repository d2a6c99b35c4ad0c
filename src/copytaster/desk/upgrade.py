"""An older desk made anew: what came to it is filed again, in the order it came.

Pages, records, versions, claims, reads, pictures and what persons decided are taken over; copies,
stories, neighbours and indexes follow from them, and are made as this version makes them. The new
desk is made beside the old one and takes its name in one step, when it is whole: whoever stops this
at any moment has the one or the other. The old one is kept under another name.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

from copytaster.desk.older import take_over
from copytaster.desk.room import give_back
from copytaster.desk.schema import (
    OLDEST,
    VERSION,
    DeskError,
    connect,
    faults,
    transaction,
    version_of,
)

WAIT_SECONDS = 5
"""How long to wait for who has the older desk open: a command ends soon, `serve` does not."""


def upgrade(path: Path, *, progress: Callable[[int, int], None] = lambda done, total: None) -> Path:
    """Bring the desk at `path` to this version; give where the old one is kept.

    Where it is of this version already nothing is done, and `path` is given. `progress` is called
    with the states of articles that are filed and how many there are. Raises DeskError.
    """
    path = path.resolve()  # a link stays one
    new = path.with_name(f"{path.name}.upgrading")
    with faults(path):
        old = held(path)
        try:
            version = version_of(old, path)
            if version == VERSION:
                return path
            if version < OLDEST:
                raise DeskError(
                    f"{path}: is too old to be upgraded (desk version {version}); "
                    "add its sources to a new desk"
                )
            made_anew(old, new, progress)
        finally:
            old.close()
        return exchange(path, new, keep=f"version-{version}")


def made_anew(
    old: sqlite3.Connection,
    new: Path,
    progress: Callable[[int, int], None],
    *,
    without: Collection[str] = (),
) -> None:
    """Make a desk at `new` of what is on another, or nothing. Raises DeskError."""
    _remove(new)
    try:
        with closing(connect(new, "write")) as made, faults(new):
            take_over(old, made, progress, without=without)
            (filed,) = made.execute("SELECT count(*) FROM article").fetchone()
            give_back(made, filed)
    except BaseException:
        _remove(new)
        raise


def held(path: Path) -> sqlite3.Connection:
    """Open an older desk, and keep all others out of it."""
    if not path.is_file():
        raise DeskError(f"{path}: there is no desk; copytaster add SOURCE... makes one")
    old = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=WAIT_SECONDS
    )
    try:
        old.execute("PRAGMA locking_mode = EXCLUSIVE")
        with transaction(old):
            pass
    except sqlite3.OperationalError as error:
        old.close()
        if "locked" not in str(error):
            raise
        raise DeskError(
            f"{path}: another process has it open; end that (copytaster serve?) and try again"
        ) from error
    except BaseException:
        old.close()
        raise
    return old


def exchange(path: Path, new: Path, *, keep: str | None) -> Path:
    """Put the new desk in the place of the old one; give where that is kept, if it is.

    `keep` is what its name then ends with.
    """
    if path.with_name(f"{path.name}-wal").exists():
        _remove(new)
        raise DeskError(f"{path}: another process opened it meanwhile; end that and try again")
    shutil.copymode(path, new)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    kept = _kept(path, keep) if keep else path
    new.replace(path)
    return kept


def _kept(path: Path, end: str) -> Path:
    """Give a desk a second name, under which it is kept."""
    kept = path.with_name(f"{path.name}.{end}")
    while kept.exists() and not kept.samefile(path):
        kept = kept.with_name(f"{kept.name}-")
    if not kept.exists():
        try:
            os.link(path, kept)
        except OSError:  # a file system without links
            shutil.copy2(path, kept)
    return kept


def _remove(desk: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        desk.with_name(desk.name + end).unlink(missing_ok=True)
