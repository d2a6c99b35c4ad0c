"""What the encoder is given: the paragraphs of an article laid into inputs of a bounded length."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copytaster.claims.pieces import Spelling, Words

LONGEST = 192
"""Pieces in one input; the network was trained on no longer ones."""
BEFORE = 64
"""An input begins with the paragraph before, for its sense only, where that has no more pieces."""
Integers = NDArray[np.int64]


class Part(NamedTuple):
    """Words of a paragraph, all of them where they fit; `asked` where they are not mere context."""

    paragraph: int
    begin: int
    end: int
    length: int
    asked: bool


class Input(NamedTuple):
    """One input: pieces and their features (1, pieces), words (1, words), and where parts begin.

    The words begin with a root, and after each part comes a mark that is no word; `block` numbers
    the part of each word, 0 for the root, -1 for marks.
    """

    ids: Integers
    cases: Integers
    quotes: Integers
    first: Integers
    block: Integers
    places: list[tuple[int, Part]]


def lay(paragraphs: list[Words], spelling: Spelling) -> list[Input]:
    """Lay out the paragraphs of one article, in order.

    Inputs are not put side by side: the encoder is no faster for it on a processor, and what it
    says of one would depend on the others by a rounding.
    """
    return [_laid(row, paragraphs, spelling) for row in _rows(paragraphs)]


def _rows(paragraphs: list[Words]) -> list[list[Part]]:
    rows: list[list[Part]] = []
    row: list[Part] = []
    before: Part | None = None
    room = LONGEST - 1
    for at, words in enumerate(paragraphs):
        for part in _parts(at, words):
            if row and part.length + 1 > room:
                rows.append(row)
                row, room = [], LONGEST - 1
                if before and before.length <= BEFORE and before.length + part.length + 2 <= room:
                    row.append(before._replace(asked=False))
                    room -= before.length + 1
            row.append(part)
            room -= part.length + 1
            before = part
    return [*rows, row] if row else rows


def _parts(at: int, words: Words) -> list[Part]:
    """Leave a paragraph whole where it fits, else cut it at the last sentence end that does."""
    parts: list[Part] = []
    begin = length = 0
    stop, stopped = 0, 0
    for index, pieces in enumerate(words.pieces):
        if length + len(pieces) > LONGEST - 2:
            end, kept = (stop, stopped) if stop > begin else (index, length)
            parts.append(Part(at, begin, end, kept, True))
            begin, length = end, length - kept
        length += len(pieces)
        if words.ends[index] and length > LONGEST // 2:
            stop, stopped = index + 1, length
    if length:
        parts.append(Part(at, begin, len(words.pieces), length, True))
    return parts


def _laid(row: list[Part], paragraphs: list[Words], spelling: Spelling) -> Input:
    ids, cases, quotes, first, block = [spelling.start], [4], [0], [0], [0]
    places = []
    for number, part in enumerate(row, 1):
        words = paragraphs[part.paragraph]
        places.append((len(first), part))
        for index in range(part.begin, part.end):
            pieces = words.pieces[index]
            first.append(len(ids))
            block.append(number)
            ids += pieces
            cases += [words.cases[index]] * len(pieces)
            quotes += [words.quoted[index]] * len(pieces)
        first.append(len(ids))
        block.append(-1)
        ids.append(spelling.end)
        cases.append(4)
        quotes.append(0)
    rows = [np.array([line], np.int64) for line in (ids, cases, quotes, first, block)]
    return Input(rows[0], rows[1], rows[2], rows[3], rows[4], places)
