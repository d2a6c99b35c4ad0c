"""Lists of words, kept in `vocabulary.json`."""

from functools import cache
from pathlib import Path

import msgspec


@cache
def _lists() -> dict[str, str]:
    file = Path(__file__).with_name("vocabulary.json")
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str])


def vocabulary(name: str) -> frozenset[str]:
    """Give the words of a list, in lower case."""
    return frozenset(_lists()[name].split())
