"""Texts compared by their letters."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate, compress

import numpy as np
from numpy.typing import NDArray

_OTHER = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_SIGNS = bytes(number for number in range(128) if not chr(number).isalnum())


@lru_cache(500)
def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    if text.isascii():
        return text.encode().translate(_SMALL, _SIGNS).decode()
    # Most signs are ASCII, and bytes are rid of them ten times as fast as text is.
    folded = text.casefold().encode("utf-8", "surrogatepass")
    letters = folded.translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return letters if letters.isalnum() else _OTHER.sub("", letters)


class Words:
    """Words to look for in many lines. Few are on any one page, which its trigrams tell."""

    def __init__(self, marks: Mapping[int, Iterable[str]]) -> None:
        known: dict[str, int] = {}
        for mark, words in marks.items():
            for word in words:
                known[word] = known.get(word, 0) | mark
        self.words = tuple(known.items())
        codes = [_trigrams(word.encode()) for word in known]
        # A word too short for a trigram has the one that every text has.
        each = [code if len(code) else np.array([_EVERYWHERE]) for code in codes]
        self.codes = np.concatenate(each)
        self.starts = [0, *accumulate(map(len, each))][:-1]

    def within(self, lines: list[str]) -> list[int]:
        """Give for each line, in lower case, the marks of all words that it holds anywhere."""
        text = "\n".join(lines)
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        seen = np.zeros(_EVERYWHERE + 1, dtype=np.bool_)
        seen[_trigrams(text.encode("utf-8", "surrogatepass"))] = True
        seen[_EVERYWHERE] = True
        likely = np.logical_and.reduceat(seen[self.codes], self.starts)
        found = [0] * len(lines)
        for word, mark in compress(self.words, likely.tolist()):
            at = text.find(word)
            while at >= 0:
                line = bisect(starts, at) - 1
                found[line] |= mark
                at = text.find(word, starts[line + 1])
        return found


_EVERYWHERE = 1 << 16


def _trigrams(text: bytes) -> NDArray[np.uint16]:
    """Give a number of 16 bits for each three bytes; some have the same."""
    letters = np.frombuffer(text, np.uint8).astype(np.uint16)
    return (letters[:-2] << 10 ^ letters[1:-1] << 5 ^ letters[2:]).astype(np.uint16, copy=False)
