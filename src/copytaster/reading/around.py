"""How a piece of a dump stands among the others: its neighbours, and the page's run of text."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from copytaster.reading.lines import Dump
from copytaster.reading.look import Columns, size
from copytaster.reading.network import Matrix
from copytaster.reading.spoken import Spoken

_NEXT = ("size", "ends", "linked", "furniture", "related")
_NEAR = (
    *("credit", "photo", "date", "byline", "twice", "bullet", "talk", "short", "colon", "capitals"),
    *("common", "alike", "clock", "sentences", "tiny", "like after", "column"),
)


def surroundings(dump: Dump, spoken: Spoken, look: Columns) -> Columns:
    """Give where each piece stands, by what the page's pieces look like."""
    count = len(dump.pieces)
    place = np.arange(count, dtype=np.float32)
    running = _running(dump, look)
    first, last = core(running.tolist())
    inside = ((place >= first) & (place < last)).astype(np.float32)
    text = ((inside > 0) & (look["ends long"] > 0) & (look["linked"] == 0)).astype(np.float32)
    share, many = spoken.cohesion(text)
    told = share * np.minimum(1, np.array([len(w) for w in spoken.about], np.float32) / 6)
    like = {
        "like before": spoken.likeness(-1),
        "like after": spoken.likeness(1),
        "like near": np.maximum(spoken.likeness(-2), spoken.likeness(2)),
    }
    where = {
        **_where(place, first, last, count),
        "inside": inside,
        "core": np.full(count, min(1.0, float(text.sum()) / 30), dtype=np.float32),
        "text outside": (1 - inside) * look["ends long"],
        "line inside": inside * look["short"],
        "under a line": look["ends long"] * (1 - shifted(look["ends"], 1)),
        "after related": _closed(look, running, first),
        "prose near": np.clip(window(running, -8, 8) * 17 / 20, 0, 1),
        "cohesion": share,
        "cohesive words": many,
        "cohesion above": window(told, -4, -1),
        "cohesion below": window(told, 1, 4),
        "cohesion about": window(told, -8, 8),
        "apart after": shifted(look["apart"], -1),
        "repeats": window(look["alike"], -5, 5),
        **columns_of(dump, text),
    }
    every = look | like | where
    sure = (running > 0).astype(np.float32)
    return where | like | _neighbours(every, sure)


def _where(place: Matrix, first: int, last: int, count: int) -> Columns:
    """Give how far each piece is from the edges of the page and of its longest run of text."""
    return {
        "depth": place / count,
        "top": np.minimum(1, place / 100),
        "bottom": np.minimum(1, (count - place) / 100),
        "page": np.full(count, min(1.0, count / 500), dtype=np.float32),
        "at its edge": ((place == first - 1) | (place == last)).astype(np.float32),
        "above": np.clip((first - place) / 20, 0, 1),
        "below": np.clip((place - last + 1) / 20, 0, 1),
        "above far": np.clip((first - place) / 100, 0, 1),
        "below far": np.clip((place - last) / 100, 0, 1),
    }


def _neighbours(every: Columns, sure: Matrix) -> Columns:
    """Give what stands before and behind each piece."""
    found: Columns = {}
    for reach in (1, 2, 4):
        found[f"text before {reach}"] = window(sure, -reach, -1)
        found[f"text after {reach}"] = window(sure, 1, reach)
    for name in (*_NEXT, *_NEAR):
        found[f"{name} before"] = shifted(every[name], 1)
        found[f"{name} next"] = shifted(every[name], -1)
    for name in _NEAR:
        found[f"{name} about"] = window(every[name], -5, 5)
    found["gap before"] = gaps(sure, 8) / np.float32(8)
    found["gap next"] = gaps(sure[::-1], 8)[::-1] / np.float32(8)
    return found


def columns_of(dump: Dump, text: Matrix) -> Columns:
    """Give whether a piece begins in the column in which most of the text does."""
    indents = np.array([piece.indent for piece in dump.pieces])
    weights = Counter[int]()
    for piece, part in zip(dump.pieces, text.tolist(), strict=True):
        weights[piece.indent] += int(1000 * part * min(size(piece.text), 400))
    column = max(weights, key=lambda indent: (weights[indent], -indent))
    return {
        "column": (indents == column).astype(np.float32),
        "left of it": (indents < column).astype(np.float32),
        "right of it": (indents > column).astype(np.float32),
    }


def shifted(values: Matrix, by: int) -> Matrix:
    """Give for each piece the value of the one `by` before it; 0 beyond the edges."""
    found = np.zeros_like(values)
    if by > 0:
        found[by:] = values[:-by]
    else:
        found[:by] = values[-by:]
    return found


def window(values: Matrix, first: int, last: int) -> Matrix:
    """Give the mean over the pieces from `first` to `last`, counted from each; 0 beyond edges."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    place = np.arange(len(values))
    low = np.clip(place + first, 0, len(values))
    high = np.clip(place + last + 1, 0, len(values))
    return np.asarray((sums[high] - sums[low]) / (last - first + 1), dtype=np.float32)


def gaps(sure: Matrix, most: int) -> Matrix:
    """Give for each piece how many before it, in a row, are no text."""
    found, gap = [], most
    for text in (sure > 0).tolist():
        found.append(gap)
        gap = 0 if text else min(most, gap + 1)
    return np.array(found, dtype=np.float32)


def core(weights: Sequence[float]) -> tuple[int, int]:
    """Find where the article is: the run of pieces with the greatest sum, from, to and not with.

    After Kadane; text counts for it and what is none against it.
    """
    best, begin, total, span = 0.0, 0, 0.0, (0, 0)
    for number, weight in enumerate(weights):
        if total <= 0:
            total, begin = 0.0, number
        total += weight
        if total > best:
            best, span = total, (begin, number + 1)
    return span


def _running(dump: Dump, look: Columns) -> Matrix:
    """Give how much each piece is running text, up to 6, or how much it speaks against it."""
    letters = np.array([size(piece.text) for piece in dump.pieces], dtype=np.float32)
    bullet, linked = look["bullet"] > 0, look["linked"] > 0
    against = (look["talk"] > 0) | (look["related"] > 0) | (look["legal"] > 0)
    sentence = (letters >= 70) & (look["ends"] > 0) & ~linked
    doubtful = bullet | (look["furniture"] > 0)
    return np.select(
        [against, sentence, (letters >= 140) & ~linked, bullet | linked],
        [-4.0, np.minimum(6, letters / 70) * np.where(doubtful, 0.3, 1.0), 0.7, -1.0],
        -0.5,
    ).astype(np.float32)


def _closed(look: Columns, running: Matrix, first: int) -> Matrix:
    """Give how near above a line stands that leads to other articles or to comments."""
    found, closed = [], 0.0
    opens = ((look["related"] > 0) | (look["talk"] > 0)).tolist()
    for number, (opening, weight) in enumerate(zip(opens, running.tolist(), strict=True)):
        if number > first and opening:
            closed = 1.0
        found.append(closed)
        closed *= 0.6 if weight > 0 else 0.97
    return np.array(found, dtype=np.float32)
