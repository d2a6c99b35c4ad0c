"""What can be measured of each part of a page: one row of numbers a part.

`wording` reads each part's text; what looks at neighbours and frames is done in numpy over the
whole page. The names of the columns stand in `NAMES`, in order; the weights of the labeller are
kept under these names.
"""

import numpy as np
from numpy.typing import NDArray

from copytaster.reading import hints
from copytaster.reading.masses import sums_below
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Numbers, Tree
from copytaster.reading.wording import BITS, worded

Matrix = NDArray[np.float32]

TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "figcaption", "span", "blockquote", "a",
        "header", "section", "article", "dd")  # fmt: skip
FLAGS = hints.every()

_SIZES = ("length", "words", "long 20", "long 45", "long 90", "long 180", "long 400", "density",
          "bold", "italic", "linked all", "links")  # fmt: skip
_FRAME = ("kind share", "parent share", "parent density", "grand density", "great density",
          "frame depth", "inside root", "root share", "below headline", "after headline",
          "place", "only child", "after image")  # fmt: skip
_NEAR = ("length", "long 90", "density", "heading", "figure", "related", "said", "after image",
         "same kind", "same parent")  # fmt: skip
_AROUND = ("mass before", "mass after", "near before", "near after")
OFFSETS = (-3, -2, -1, 1, 2, 3)
NAMES: tuple[str, ...] = (
    *_SIZES,
    *BITS,
    *(f"tag {tag}" for tag in TAGS),
    *(f"own {flag}" for flag in FLAGS),
    *(f"in {flag}" for flag in FLAGS),
    *(f"parent {flag}" for flag in FLAGS),
    *_FRAME,
    *(f"{name} {offset:+d}" for offset in OFFSETS for name in _NEAR),
    *_AROUND,
)
_LONG = np.array([[20], [45], [90], [180], [400]], dtype=np.float32)
_LOGS = np.array([[8], [6]], dtype=np.float32)
_TAG = {tag: 1 << len(BITS) + number for number, tag in enumerate(TAGS)}
"""What is yes or no of a part's text and tag is one number, of which each bit is a column."""
_AT_BITS = len(_SIZES)
_AT_TAG = _AT_BITS + len(BITS)
_AT_FLAGS = _AT_TAG + len(TAGS)
_AT_FRAME = _AT_FLAGS + 3 * len(FLAGS)
_AT_NEAR = _AT_FRAME + len(_FRAME)
_AT_AROUND = _AT_NEAR + len(_NEAR) * len(OFFSETS)
_HEADINGS = slice(_AT_TAG + TAGS.index("h2"), _AT_TAG + TAGS.index("h4") + 1)
_SAME = _NEAR.index("same kind")
_TOLD = [at for at, name in enumerate(_NEAR) if name in NAMES]
_OF_PART = [NAMES.index(_NEAR[at]) for at in _TOLD]
"""What is told of neighbours as of each part itself."""
_FIGURES = hints.FIGURE | hints.CAPTION
ALL = slice(None)
_ELSEWHERE = hints.RELATED | hints.NAVIGATION | hints.COMMENT


def measure(
    tree: Tree, meta: Metadata, headline: int | None, root: int, near: slice = ALL
) -> Matrix:
    """Give one row for each part that is `near`, one column for each of `NAMES`."""
    parts, frames = tree.parts[near], tree.frames
    found = np.empty((len(NAMES), len(parts)), dtype=np.float32)
    bits, sizes = worded(tree, meta, headline, near)
    homes = [frames[part.frame] for part in parts]
    masks = [bit | _TAG.get(home.tag, 0) for bit, home in zip(bits, homes, strict=True)]
    flags = [flag for home in homes for flag in (home.own, home.hints, frames[home.parent].own)]
    found[_AT_BITS:_AT_FLAGS] = _bits(masks, _AT_FLAGS - _AT_BITS).T
    found[_AT_FLAGS:_AT_FRAME] = _bits(flags, len(FLAGS)).reshape(len(parts), -1).T
    _sizes(found, np.array(sizes, dtype=np.float32))
    mass = np.array([part.mass for part in tree.parts], dtype=np.float32)
    kind, above = _kinds(tree), tree.parents[tree.homes]
    _frames(found[_AT_FRAME:_AT_NEAR], tree, above, mass, kind, headline, root, near)
    _around(found[_AT_AROUND:], mass, near)
    _near(found, np.array(flags[1::3]), kind[near], above[near])
    return found.T


def _bits(numbers: list[int], count: int) -> NDArray[np.uint8]:
    """Give the `count` lowest bits of each number, the lowest first."""
    octets = np.array(numbers, dtype="<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(octets, axis=1, count=count, bitorder="little")


def _sizes(found: Matrix, sizes: Matrix) -> None:
    """Fill the columns of `_SIZES`."""
    found[:2] = np.log2(sizes[1:3] + 1) / _LOGS
    found[2:7] = sizes[1] >= _LONG
    found[7:10] = sizes[3:6] / sizes[0]
    found[10] = found[7] > 0.95
    found[11] = np.minimum(sizes[6], 6) / 3


def _kinds(tree: Tree) -> Numbers:
    """Give each part the number of its kind of element: a tag with its class words."""
    known: dict[str, int] = {}
    found = [known.setdefault(tree.frames[part.frame].kind, len(known)) for part in tree.parts]
    return np.array(found, dtype=np.int64)


def _near(found: Matrix, flags: Numbers, kind: Numbers, above: Numbers) -> None:
    """Fill the columns of `_NEAR` for each of `OFFSETS`: what the neighbours are."""
    count, furthest = found.shape[1], max(OFFSETS)
    lines = np.zeros((len(_NEAR), count + 2 * furthest), dtype=np.float32)
    seen = lines[:, furthest : furthest + count]
    seen[_TOLD] = found[_OF_PART]
    seen[3] = found[_HEADINGS].sum(axis=0)
    seen[4] = flags & _FIGURES > 0
    seen[5] = flags & _ELSEWHERE > 0
    seen[_SAME] = kind + 1
    seen[_SAME + 1] = above + 1
    columns = found[_AT_NEAR:_AT_AROUND].reshape(len(OFFSETS), len(_NEAR), count)
    for column, offset in zip(columns, OFFSETS, strict=True):
        beside = lines[:, furthest + offset : furthest + offset + count]
        column[:_SAME] = beside[:_SAME]
        column[_SAME:] = beside[_SAME:] == seen[_SAME:]


def _around(found: Matrix, mass: Matrix, near: slice) -> None:
    """Fill the columns of `_AROUND`: the running text before and after each part, and close by."""
    count = len(mass)
    total = np.zeros(count + 1)
    mass.cumsum(out=total[1:])
    total /= max(1.0, total[-1])
    before, after = total[:-1][near], total[1:][near]
    index = np.arange(count)[near]
    found[0] = before
    found[1] = total[-1] - after
    found[2] = before - total[np.maximum(0, index - 6)]
    found[3] = total[np.minimum(count, index + 7)] - after


def _frames(
    found: Matrix,
    tree: Tree,
    above: Numbers,
    mass: Matrix,
    kind: Numbers,
    headline: int | None,
    root: int,
    near: slice,
) -> None:
    """Fill the columns of `_FRAME`: the frames that parts stand in."""
    parts, parents = tree.parts, tree.parents
    count = len(parts)
    whole = max(1, int(tree.masses[0]))
    lengths = np.array([len(part.text) for part in parts])
    sizes = sums_below(tree, lengths)
    density = sums_below(tree, [part.linked for part in parts]) / np.maximum(1, sizes)
    depth = np.arange(len(parents))
    depth[1:] -= np.bincount(tree.lasts, minlength=len(parents)).cumsum()[:-1]
    place = np.array([part.number for part in parts[near]], dtype=np.int64)
    behind = {image.number + 1 for image in tree.images}
    start = parts[headline].number if headline is not None else 0
    found[0] = (np.bincount(kind, mass)[kind] / whole)[near] if count else mass
    at, above = tree.homes[near], above[near]
    second = parents[above]
    found[1] = tree.masses[above] / whole
    found[2] = density[above]
    found[3] = density[second]
    found[4] = density[parents[second]]
    found[5] = (depth[at] - depth[root]) / 20
    found[6] = (at >= root) & (at <= tree.lasts[root])
    found[7] = tree.masses[root] / whole
    found[8] = place > start
    found[9] = np.minimum(np.maximum((place - start) / 50, -1), 4)
    found[10] = np.arange(count)[near] / max(1, count)
    found[11] = sizes[above] <= lengths[near] + 1
    found[12] = [part.number in behind for part in parts[near]]
