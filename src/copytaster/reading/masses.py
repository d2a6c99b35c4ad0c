"""How the text of a page is spread over its frames."""

import numpy as np
from msgspec import structs
from numpy.typing import ArrayLike, NDArray

from copytaster.reading import hints
from copytaster.reading.tree import CELLS, LONG_CELL, Part, Tree

SHORTEST = 25
"""Characters below which a part is no running text in any script."""
_OUTER = frozenset(("html", "body", "main"))


def join_rows(tree: Tree) -> list[Part]:
    """Join the cells of a table's row into one part, unless a cell holds running text."""
    frames = tree.frames
    if CELLS.isdisjoint([frames[part.frame].tag for part in tree.parts]):
        return tree.parts
    parts: list[Part] = []
    for part in tree.parts:
        frame = frames[part.frame]
        if frame.tag not in CELLS or len(part.text) >= LONG_CELL:
            parts.append(part)
            continue
        before = parts[-1] if parts else None
        if before is not None and before.frame == frame.parent and frames[before.frame].tag == "tr":
            text, linked = f"{before.text} {part.text}", before.linked + part.linked
            parts[-1] = Part(
                text,
                before.frame,
                before.number,
                linked,
                linked / len(text),
                before.bold + part.bold,
                before.italic + part.italic,
                before.links + part.links,
            )
        else:
            parts.append(structs.replace(part, frame=frame.parent))
    return parts


def weigh(tree: Tree) -> None:
    """Sum running text up the tree, then hand hints down it.

    A hint that speaks against text ("sidebar", "promo") is not believed of a frame that holds most
    of the page's text: themes put such words on the element around everything.
    """
    frames = tree.frames
    tree.homes = _numbers([part.frame for part in tree.parts])
    parents = [frame.parent for frame in frames]
    tree.parents = _numbers(parents)
    frames[0].last = len(frames) - 1
    tree.lasts = _numbers([frame.last for frame in frames])
    masses = [0] * len(frames)
    for part in tree.parts:
        if len(part.text) >= SHORTEST:
            part.mass = running(part)
            masses[part.frame] += part.mass
    # Frames are numbered as they come, so that those below a frame follow it.
    for number in range(len(frames) - 1, 0, -1):
        if mass := masses[number]:
            masses[parents[number]] += mass
    tree.masses = _numbers(masses)
    whole = masses[0]
    handed: list[int] = []
    for frame, parent, mass in zip(frames, parents, masses, strict=True):
        flags = frame.own
        if mass:
            frame.mass = mass
        if flags & hints.AGAINST and (mass * 2 > whole or frame.tag in _OUTER):
            flags &= ~hints.AGAINST
        if handed:
            flags |= handed[parent]
        handed.append(flags)
        if flags:
            frame.hints = flags


def _numbers(numbers: list[int]) -> NDArray[np.int64]:
    return np.fromiter(numbers, np.int64, len(numbers))


def sums_below(tree: Tree, values: ArrayLike) -> NDArray[np.float64]:
    """Give for each frame the sum of one value of each part in it and below it."""
    alone = np.bincount(tree.homes, values, len(tree.frames))
    total = np.zeros(len(alone) + 1)
    alone.cumsum(out=total[1:])
    return total[tree.lasts + 1] - total[:-1]


def running(part: Part) -> int:
    """Give how much running text a part is: its length, or 0 for links and labels."""
    text = part.text
    length = len(text)
    if length < SHORTEST or part.linked * 2 > length:
        return 0
    if not text.isascii() and text[length // 2] > "\u2e80":
        length *= 3  # a Chinese or Japanese character tells as much as three letters
    return length if length >= 80 else 0
