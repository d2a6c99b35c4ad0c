"""The words of a dump, piece by piece, and which of them hold a text together.

A story below the article shares few words with it; the caption of a picture says its alternative
text again.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from copytaster.reading.lines import Dump
from copytaster.reading.network import Matrix

_WORD = re.compile(r"[^\W\d_]+")
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_COMMON = 25
"""How many of a page's words, the commonest, tell nothing of what it is about."""


class Spoken(Struct, frozen=True):
    """The words of all pieces of a dump."""

    words: tuple[tuple[str, ...], ...]
    about: tuple[frozenset[str], ...]
    """Of each piece the words that are not the page's commonest."""

    def common(self) -> Matrix:
        """Give what share of each piece's words are the page's commonest."""
        return np.array(
            [
                1 - len(about) / max(1, len(set(words)))
                for words, about in zip(self.words, self.about, strict=True)
            ],
            dtype=np.float32,
        )

    def cohesion(self, text: Matrix) -> tuple[Matrix, Matrix]:
        """Give what share of each piece's words stands in the text elsewhere, and how many.

        `text` says how far each piece is taken for text, 0 to 1.
        """
        total: defaultdict[str, float] = defaultdict(float)
        parts = text.tolist()
        for words, part in zip(self.about, parts, strict=True):
            if part > 0:
                for word in words:
                    total[word] += part
        share, many = [], []
        for words, part in zip(self.about, parts, strict=True):
            shared = math.fsum(min(1.0, max(0.0, total.get(word, 0.0) - part)) for word in words)
            share.append((shared + 0.5) / (len(words) + 1.5))
            many.append(min(1.0, shared / 8))
        return np.array(share, dtype=np.float32), np.array(many, dtype=np.float32)

    def shared(self, number: int) -> Matrix:
        """Give what share of the words of one piece each piece has."""
        of = self.about[number]
        return np.array(
            [len(words & of) / max(3, len(of)) for words in self.about], dtype=np.float32
        )

    def likeness(self, distance: int) -> Matrix:
        """Give how many words each piece shares with the one `distance` further on."""
        found = np.zeros(len(self.words), dtype=np.float32)
        sets = [frozenset(words) for words in self.words]
        for number, words in enumerate(sets):
            if 0 <= number + distance < len(sets):
                other = sets[number + distance]
                shared = len(words & other)
                found[number] = shared / max(3, min(len(words), len(other)))
        return found


def spoken(dump: Dump) -> Spoken:
    """Cut the pieces of a dump into words."""
    words = tuple(tuple(words_of(piece.text)) for piece in dump.pieces)
    count = Counter(word for each in words for word in each)
    common = {word for word, _ in count.most_common(_COMMON)}
    return Spoken(words, tuple(frozenset(each) - common for each in words))


def words_of(text: str) -> Iterator[str]:
    """Give the words of a text; where none are parted, every two characters."""
    for word in _WORD.findall(text.casefold()):
        if _NO_SPACES.search(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            yield word
