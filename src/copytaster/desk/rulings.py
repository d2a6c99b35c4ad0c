"""What persons ruled about stories: kept on the desk, obeyed by every run, undone on demand."""

import sqlite3
from collections.abc import Sequence

from msgspec import DecodeError, json

from copytaster.story import Ruling

_DECODER = json.Decoder(tuple[Ruling, ...])


class RulingError(ValueError):
    """What was decided cannot be done; the message says why in one line."""


def rulings_of(connection: sqlite3.Connection) -> list[Ruling]:
    """Give all rulings that stand, in the order they were made."""
    rows = connection.execute("SELECT content FROM ruling ORDER BY number")
    return [ruling for (content,) in rows for ruling in unpack_rulings(content)]


def unpack_rulings(content: str) -> tuple[Ruling, ...]:
    """Read the rulings of one act. Raises ValueError where they are damaged."""
    try:
        return _DECODER.decode(content)
    except DecodeError as error:
        raise ValueError(str(error)) from error


def pack_rulings(rulings: Sequence[Ruling]) -> str:
    """Write the rulings of one act."""
    return json.encode(rulings).decode()
