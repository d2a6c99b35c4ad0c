"""The root of an article: the element of a page that holds it, and the parts that may be of it."""

import numpy as np

from copytaster.reading import hints
from copytaster.reading.masses import sums_below
from copytaster.reading.tree import Tree

_AGAINST = hints.RELATED | hints.COMMENT | hints.NAVIGATION | hints.FURNITURE | hints.HIDDEN
_AGAINST |= hints.CAPTION | hints.BIO
_BESIDE = hints.RELATED | hints.COMMENT | hints.NAVIGATION | hints.HIDDEN
BESIDE = 12
"""Parts before and after the article's that may still be of it."""


def find_root(tree: Tree, headline: int | None) -> int:
    """Find the frame that holds the article: down from the top while one child holds most text.

    Text under hints that speak against it does not count. Where the page shows several articles,
    the one with the headline is followed.
    """
    frames = tree.frames
    running = [0 if frames[part.frame].hints & _AGAINST else part.mass for part in tree.parts]
    sums = sums_below(tree, running)
    mass = sums.tolist()
    children: dict[int, list[int]] = {}
    for number in sums.nonzero()[0][1:].tolist():
        children.setdefault(frames[number].parent, []).append(number)
    at = tree.parts[headline].frame if headline is not None else -1
    root = 0
    while below := children.get(root):
        heaviest = max(below, key=mass.__getitem__)
        holding = [number for number in below if number <= at <= frames[number].last]
        if holding and frames[holding[0]].tag == "article" and mass[holding[0]] > 300:
            root = holding[0]
        elif mass[heaviest] * 10 >= mass[root] * 8 and frames[heaviest].tag not in ("p", "li"):
            root = heaviest
        else:
            break
    return root


def reach(tree: Tree, headline: int | None, root: int) -> slice:
    """Give the parts that may be of the article: all from its headline to the last running text.

    What is further than `BESIDE` from these is no caption either. It is two parts of five.
    """
    ends = np.searchsorted(tree.homes, (root, tree.lasts[root] + 1)).tolist()
    ends += [
        index
        for index, part in enumerate(tree.parts)
        if part.mass and not tree.frames[part.frame].hints & _BESIDE
    ]
    if headline is not None:
        ends.append(headline)
    return slice(max(0, min(ends) - BESIDE), max(ends) + BESIDE)
