"""Files read once from front to back, in bounded memory."""

import io
import zlib
from bisect import bisect_right
from collections.abc import Callable
from typing import BinaryIO

from copytaster.intake.sniff import HEAD

_PIECE = 1 << 16


class Stream(io.RawIOBase):
    """A file whose beginning, `head`, can be looked at before it is read."""

    def __init__(self, raw: BinaryIO, count: Callable[[int], None] = lambda size: None) -> None:
        """`count` is told the number of bytes each time some are read from `raw`."""
        self._raw = raw
        self._count = count
        self._at = 0
        self.head = b""
        while len(self.head) < HEAD and (piece := self._take(HEAD - len(self.head))):
            self.head += piece
        self._rest = self.head

    def _take(self, size: int) -> bytes:
        piece = self._raw.read(size) or b""
        self._count(len(piece))
        return piece

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        piece = self._rest[: len(buffer)] or self._take(len(buffer))
        self._rest = self._rest[len(piece) :]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


class Members(io.RawIOBase):
    """A gzip file unpacked, that knows where its members begin (RFC 1952, 2.2).

    Raises EOFError where the file ends inside a member, zlib.error where it is damaged.
    """

    def __init__(self, packed: io.RawIOBase) -> None:
        self._packed = packed
        self._unpacker = zlib.decompressobj(31)
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
        self._unpacker = zlib.decompressobj(31)
        self._starts.append((self._at, self._packed.tell() - len(self._input)))
        return True

    def origin(self, at: int) -> int:
        """Give the offset in the file of the member that begins at the unpacked offset `at`.

        Where no member begins there, it is `at` itself. Ask in rising order.
        """
        place = bisect_right(self._starts, (at, 1 << 62)) - 1
        del self._starts[:place]
        unpacked, packed = self._starts[0]
        return packed if unpacked == at else at
