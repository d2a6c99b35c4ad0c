"""How the words of a dump lean: to articles, or to what stands around them.

A box that asks for a subscription uses words that no article does. How words and pairs of words
lean was counted over publishers by `bench/train_dumps.py`; it stands in `prose.json`.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np

from copytaster.reading.around import shifted, window
from copytaster.reading.look import Columns
from copytaster.reading.spoken import Spoken

_NAMES = ("leaning", "leaning least", "leaning most", "leaning away", "leaning known")


def leanings(phrases: Sequence[Collection[str]], table: Mapping[str, float]) -> Columns:
    """Give how each piece leans and how those around it do; `phrases` has those of each piece."""
    rows = np.array([_lean(each, table) for each in phrases], dtype=np.float32)
    lean = rows[:, 0]
    return dict(zip(_NAMES, rows.T, strict=True)) | {
        "leaning before": shifted(lean, 1),
        "leaning next": shifted(lean, -1),
        "leaning about": window(lean, -4, 4),
        "leaning above": window(lean, -10, -1),
        "leaning below": window(lean, 1, 10),
    }


def phrases(spoken: Spoken) -> list[set[str]]:
    """Give the words of each piece, and the pairs of words that follow each other."""
    return [{*words, *(f"{one} {two}" for one, two in pairwise(words))} for words in spoken.words]


def _lean(phrases: Collection[str], table: Mapping[str, float]) -> tuple[float, ...]:
    found = sorted(table[phrase] for phrase in phrases if phrase in table)
    return (
        math.fsum(found) / (len(found) + 3),
        math.fsum(found[:3]) / 3,
        math.fsum(found[-3:]) / 3,
        math.fsum(lean for lean in found if lean < -0.3) / 4,
        min(1.0, len(found) / 20),
    )
