"""What persons ruled about names: kept on the desk, obeyed by every run, undone on demand."""

import sqlite3
from time import time

from msgspec import json

from copytaster.desk.lists import iso
from copytaster.desk.stated import Naming
from copytaster.story import Ruling


def namings(connection: sqlite3.Connection) -> list[Naming]:
    """Give what was ruled and stands, the latest first."""
    rows = connection.execute("SELECT number, made, ruling FROM naming ORDER BY number DESC")
    return [
        Naming(number=number, made=iso(made), ruling=json.decode(ruling, type=Ruling))
        for number, made, ruling in rows.fetchall()
    ]


def keep(connection: sqlite3.Connection, ruling: Ruling) -> int:
    """Keep a ruling; gives its number."""
    (number,) = connection.execute(
        "INSERT INTO naming (ruling, made) VALUES (?, ?) RETURNING number",
        (json.encode(ruling).decode(), int(time())),
    ).fetchone()
    return int(number)


def take_back(connection: sqlite3.Connection, number: int) -> Ruling | None:
    """Take a ruling back; nothing where there is none of that number."""
    row = connection.execute(
        "DELETE FROM naming WHERE number = ? RETURNING ruling", (number,)
    ).fetchone()
    return row and json.decode(row[0], type=Ruling)
