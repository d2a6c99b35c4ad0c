"""Texts compared by their letters."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_OTHER = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_SIGNS = bytes(number for number in range(128) if not chr(number).isalnum())
_PUNCTUATION = re.compile(rb"\xe2\x80[\x80-\xbf]")
"""Dashes, quotation marks and what else Unicode calls General Punctuation, up to U+203F."""
_IN_LINES = _SIGNS.replace(b"\n", b"")


@lru_cache(500)
def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    if text.isascii():
        return text.encode().translate(_SMALL, _SIGNS).decode()
    # Most signs are ASCII, and bytes are rid of them ten times as fast as text is.
    folded = text.casefold().encode("utf-8", "surrogatepass")
    bare = _PUNCTUATION.sub(b"", folded.translate(None, _SIGNS))
    letters = bare.decode("utf-8", "surrogatepass")
    return letters if letters.isalnum() else _OTHER.sub("", letters)


def keys(lines: list[str]) -> list[str]:
    """Give the key of each line, of all at once."""
    folded = "\n".join(map(str.casefold, lines)).encode("utf-8", "surrogatepass")
    letters = _PUNCTUATION.sub(b"", folded.translate(None, _IN_LINES))
    return [
        line if line.isascii() or line.isalnum() else _OTHER.sub("", line)
        for line in letters.decode("utf-8", "surrogatepass").split("\n")
    ]


class Words:
    """Words to look for in many lines at once, each where its rarest four bytes stand."""

    def __init__(self, marks: Mapping[int, Iterable[str]]) -> None:
        known: dict[bytes, int] = {}
        for mark, words in marks.items():
            for word in map(str.encode, words):
                known[word] = known.get(word, 0) | mark
        self.short: list[tuple[bytes, int]] = []
        self.long: dict[bytes, list[tuple[int, bytes, int]]] = {}
        for word, mark in known.items():
            if len(word) < _FEW:
                self.short.append((word, mark))
            for offset, four in _fours_of(word):
                self.long.setdefault(four, []).append((offset, word, mark))
        self.known = np.zeros(1 << _BITS, dtype=np.bool_)
        self.known[_codes(b"".join(self.long))[::4]] = True

    def within(self, lines: str) -> list[int]:
        """Give for each line, in lower case, the marks of all words that it holds anywhere."""
        text = lines.encode("utf-8", "surrogatepass") + b"\n"
        found = [0] * text.count(b"\n")
        for word, mark in self.short:
            at = text.find(word)
            while at >= 0:
                found[text.count(b"\n", 0, at)] |= mark
                at = text.find(word, at + 1)
        line = before = 0
        for at in self.known.take(_codes(text)).nonzero()[0].tolist():
            for offset, word, mark in self.long.get(text[at : at + 4], ()):
                if text.startswith(word, at - offset):
                    line += text.count(b"\n", before, at)
                    before = at
                    found[line] |= mark
        return found


_FEW = 3
"""Bytes below which a word is looked for by itself."""
_BITS = 18
_COMMON = b" etaoinsrhldcumfpgwybvkxjqz"
"""What European texts are made of, the most frequent letter first."""


def _fours_of(word: bytes) -> list[tuple[int, bytes]]:
    """Give the four bytes of a word that are rarest beside others, and where in it they begin.

    A word of three bytes has any fourth behind it.
    """
    if len(word) <= _FEW:
        return [(0, word + bytes([last])) for last in range(256) if len(word) == _FEW]
    ranks = [at if (at := _COMMON.find(letter)) >= 0 else len(_COMMON) for letter in word]
    rarest = max(range(len(word) - 3), key=lambda at: sum(ranks[at : at + 4]))
    return [(rarest, word[rarest : rarest + 4])]


def _codes(text: bytes) -> NDArray[np.uint32]:
    """Give a number of `_BITS` for each four bytes; some have the same."""
    fours = np.ndarray((max(0, len(text) - 3),), np.uint32, text, strides=(1,))
    return fours * np.uint32(2654435761) >> np.uint32(32 - _BITS)
