"""Files read once from front to back, in bounded memory."""

import io
import zlib
from bisect import bisect_right
from collections.abc import Callable
from importlib import import_module
from operator import itemgetter
from typing import Any, Protocol

from copytaster.intake.sniff import HEAD

_zlib: Any
try:
    _zlib = import_module("isal.isal_zlib")
except ImportError:  # there is none for some machines; unpacking takes twice as long there
    _zlib = zlib

PackingError: type[Exception] = _zlib.error
"""What packed bytes raise where they are damaged."""

_PIECE = 1 << 16


class Source(Protocol):
    """What bytes are read from, some at a time; none are left when it gives none."""

    def read(self, size: int, /) -> bytes | None: ...


def up_to(size: int, source: Source) -> bytes:
    """Read to the end, or `size` bytes."""
    pieces = []
    while size and (piece := source.read(min(size, _PIECE))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def unpacker() -> Any:
    """Give what unpacks one member of a gzip file, as `zlib.decompressobj` does."""
    return _zlib.decompressobj(31)


class Stream(io.RawIOBase):
    """A file whose beginning can be looked at before it is read."""

    def __init__(self, raw: Source, count: Callable[[int], None] = lambda size: None) -> None:
        """`count` is told the number of bytes each time some are read from `raw`."""
        self._raw = raw
        self._count = count
        self._at = 0
        self._ahead = b""

    def look(self, size: int = HEAD) -> bytes:
        """Give the next `size` bytes, or all there are, and leave them to be read."""
        while len(self._ahead) < size and (piece := self._take(size - len(self._ahead))):
            self._ahead += piece
        return self._ahead[:size]

    def _take(self, size: int) -> bytes:
        piece = self._raw.read(size) or b""
        self._count(len(piece))
        return piece

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        piece = self._ahead[: len(buffer)] or self._take(len(buffer))
        self._ahead = self._ahead[len(piece) :]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


class Members(io.RawIOBase):
    """A gzip file unpacked, that knows where its members begin (RFC 1952, 2.2).

    Raises EOFError where the file ends inside a member, PackingError where it is damaged.
    """

    def __init__(self, packed: io.RawIOBase) -> None:
        self._packed = packed
        self._unpacker = unpacker()
        self._input = b""
        self._at = 0
        self._starts = [(0, 0)]
        """Where members begin: unpacked, packed."""

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while True:
            if self._unpacker.eof and not self._next_member():
                return 0
            if not self._input:
                self._input = self._packed.read(_PIECE) or b""
                if not self._input:
                    raise EOFError
            piece = self._unpacker.decompress(self._input, len(buffer))
            self._input = self._unpacker.unconsumed_tail or self._unpacker.unused_data
            if piece:
                buffer[: len(piece)] = piece
                self._at += len(piece)
                return len(piece)

    def _next_member(self) -> bool:
        """Go to the next member; zero bytes after the last one are padding."""
        self._input = self._input.lstrip(b"\x00")
        while not self._input:
            piece = self._packed.read(_PIECE)
            if not piece:
                return False
            self._input = piece.lstrip(b"\x00")
        self._unpacker = unpacker()
        self._starts.append((self._at, self._packed.tell() - len(self._input)))
        return True

    def origin(self, at: int) -> int:
        """Give the offset in the file of the member that holds `at`; ask in rising order."""
        del self._starts[: bisect_right(self._starts, at, key=itemgetter(0)) - 1]
        return self._starts[0][1]
