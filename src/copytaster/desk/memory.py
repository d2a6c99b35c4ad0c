"""What servers said of the state of what they sent, kept from one `add` to the next."""

import sqlite3
from collections.abc import Mapping

from copytaster.desk.schema import transaction
from copytaster.intake.validators import Validators


def recall(connection: sqlite3.Connection) -> dict[str, Validators]:
    """Give what is known of addresses fetched before."""
    rows = connection.execute("SELECT url, source, etag, last_modified FROM fetched").fetchall()
    return {
        url: Validators(url=source, etag=etag, last_modified=last_modified)
        for url, source, etag, last_modified in rows
    }


def remember(connection: sqlite3.Connection, fresh: Mapping[str, Validators]) -> None:
    """Keep what this run was told; only when all that it fetched is on the desk."""
    if not fresh:
        return
    with transaction(connection):
        connection.executemany(
            "INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?)",
            [(url, one.url, one.etag, one.last_modified) for url, one in fresh.items()],
        )
