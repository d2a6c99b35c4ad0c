"""Texts compared by their letters."""

import re
from collections.abc import Iterable
from itertools import accumulate, compress

import numpy as np
from numpy.typing import NDArray

_OTHER = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_SIGNS = bytes(number for number in range(128) if not chr(number).isalnum())


def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    if text.isascii():
        return text.encode().translate(_SMALL, _SIGNS).decode()
    # Most signs are ASCII, and bytes are rid of them ten times as fast as text is.
    folded = text.casefold().encode("utf-8", "surrogatepass")
    letters = folded.translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return letters if letters.isalnum() else _OTHER.sub("", letters)


class Words:
    """Words to look for in many texts. Few are in any of a page's, which its trigrams tell."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(dict.fromkeys(words))
        codes = [_trigrams(word.encode()) for word in self.words]
        # A word too short for a trigram has the one that every text has.
        each = [code if len(code) else np.array([_EVERYWHERE]) for code in codes]
        self.codes = np.concatenate(each)
        self.starts = [0, *accumulate(map(len, each))][:-1]

    def within(self, text: str) -> set[str]:
        """Give those that `text`, in lower case, holds anywhere."""
        seen = np.zeros(_EVERYWHERE + 1, dtype=np.bool_)
        seen[_trigrams(text.encode("utf-8", "surrogatepass"))] = True
        seen[_EVERYWHERE] = True
        likely = np.logical_and.reduceat(seen[self.codes], self.starts)
        return {word for word in compress(self.words, likely.tolist()) if word in text}


_EVERYWHERE = 1 << 18


def _trigrams(text: bytes) -> NDArray[np.int64]:
    """Give a number of 18 bits for each three bytes; some have the same."""
    letters = np.frombuffer(text, np.uint8).astype(np.int64)
    return letters[:-2] << 10 ^ letters[1:-1] << 5 ^ letters[2:]
