"""Lines of a text dump put together into pieces: what a page shows between two blank spaces."""

import re

from msgspec import Struct

_BULLET = re.compile(r"(?:[•·‣▪■◦○●*+o-]|\d{1,3}\.)\s+(?=\S)")
_NO_SPACES = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WIDEST = 140
"""Columns beyond which a dump is not wrapped at all."""


class Piece(Struct, frozen=True):
    """One block of a dump: its text with wrapped lines put together, and where it stood."""

    text: str
    indent: int = 0
    bullet: bool = False


def pieces(dump: str) -> list[Piece]:
    """Cut a dump into pieces: at blank lines, bullets, and where lines are not wrapped."""
    rows = [row.rstrip() for row in dump.replace("\r\n", "\n").replace("\f", "\n\n").split("\n")]
    widest = max(map(len, rows), default=0)
    found: list[Piece] = []
    open_ = False
    for row in rows:
        text = row.lstrip(" \t")
        if not text:
            open_ = False
            continue
        indent = len(row.expandtabs()) - len(row.expandtabs().lstrip(" "))
        mark = _BULLET.match(text)
        if open_ and not mark and widest <= _WIDEST:
            last = found.pop()
            found.append(Piece(_joined(last.text, text), last.indent, last.bullet))
        else:
            found.append(Piece(text[mark.end() :] if mark else text, indent, bool(mark)))
        open_ = True
    return found


def _joined(first: str, second: str) -> str:
    """Join two wrapped lines; Chinese and Japanese are wrapped without a space."""
    if _NO_SPACES.match(first[-1:]) and _NO_SPACES.match(second[:1]):
        return first + second
    return f"{first} {second}"
