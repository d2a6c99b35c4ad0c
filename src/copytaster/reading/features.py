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
from copytaster.reading.wording import BITS, SIZES, Wording

Matrix = NDArray[np.float32]

TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "figcaption", "span", "blockquote", "a",
        "header", "section", "article", "dd")  # fmt: skip
FLAGS = hints.every()

_SIZES = ("length", "long 20", "long 45", "long 90", "long 180", "long 400", "density",
          "linked all", "bold", "italic", "words", "commas", "digits", "links")  # fmt: skip
_FRAME = ("kind share", "parent share", "parent density", "grand density", "great density",
          "frame depth", "inside root", "root share", "below headline", "after headline",
          "place", "only child", "before in parent", "after in parent", "after image",
          "before image", "image in parent", "like alt")  # fmt: skip
_NEAR = ("length", "long 90", "density", "heading", "figure", "related", "said", "related line",
         "after image", "same kind", "same parent")  # fmt: skip
_AROUND = ("mass before", "mass after", "near before", "near after")
OFFSETS = (-3, -2, -1, 1, 2, 3)
_FURTHEST = max(OFFSETS)
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
_LONG = np.array([20, 45, 90, 180, 400], dtype=np.float32)
_TAG = {tag: 1 << len(BITS) + number for number, tag in enumerate(TAGS)}
"""The yes or no of a part is one number: of its text, its tag, and the flags of its frames."""
_OWN = len(BITS) + len(TAGS)
_INHERITED = _OWN + len(FLAGS)
_ABOVE = _INHERITED + len(FLAGS)
_WHOLE = _ABOVE + len(FLAGS)
_MASK = -(-_WHOLE // 8)
_AT_BITS = len(_SIZES)
_AT_TAG = _AT_BITS + len(BITS)
_AT_FRAME = _AT_BITS + _WHOLE
_AT_NEAR = _AT_FRAME + len(_FRAME)
_AT_AROUND = _AT_NEAR + len(_NEAR) * len(OFFSETS)
_HEADINGS = slice(_AT_TAG + TAGS.index("h2"), _AT_TAG + TAGS.index("h4") + 1)
_SAID = _AT_BITS + BITS.index("said")
_RELATED_LINE = _AT_BITS + BITS.index("related line")
_AFTER_IMAGE = _AT_FRAME + _FRAME.index("after image")
_FIGURES = hints.FIGURE | hints.CAPTION
_ELSEWHERE = hints.RELATED | hints.NAVIGATION | hints.COMMENT


def measure(tree: Tree, meta: Metadata, headline: int | None, root: int) -> Matrix:
    """Give one row a part, one column for each of `NAMES`."""
    parts, frames = tree.parts, tree.frames
    texts = Wording(tree, meta, headline)
    found = np.empty((len(parts), len(NAMES)), dtype=np.float32)
    numbers: list[float] = []
    masks: list[bytes] = []
    for part in parts:
        mask, sizes = texts.of(part)
        numbers += sizes
        frame = frames[part.frame]
        mask |= _TAG.get(frame.tag, 0) | frame.own << _OWN
        mask |= frame.hints << _INHERITED | frames[frame.parent].own << _ABOVE
        masks.append(mask.to_bytes(_MASK, "little"))
    bits = np.frombuffer(b"".join(masks), np.uint8).reshape(-1, _MASK)
    found[:, _AT_BITS:_AT_FRAME] = np.unpackbits(bits, axis=1, count=_WHOLE, bitorder="little")
    length = _sizes(found, np.array(numbers, dtype=np.float32).reshape(-1, len(SIZES)))
    mass = np.array([part.mass for part in parts], dtype=np.float32)
    kind = _kinds(tree)
    _frames(found, tree, length, mass, kind, headline, root)
    _near(found, tree, kind, tree.parents[tree.homes])
    _around(found, mass)
    return found


def _sizes(found: Matrix, numbers: Matrix) -> Matrix:
    """Fill the columns of `_SIZES`; give the lengths."""
    length, wide, linked, bold, italic, spaces, commas, digits, links = numbers.T
    density = linked / length
    found[:, 0] = np.log2(wide + 1) / 8
    found[:, 1:6] = wide[:, None] >= _LONG
    found[:, 6] = density
    found[:, 7] = density > 0.95
    found[:, 8] = bold / length
    found[:, 9] = italic / length
    found[:, 10] = np.log2(spaces + 1) / 6
    found[:, 11] = commas
    found[:, 12] = digits
    found[:, 13] = np.minimum(links, 6) / 3
    return np.asarray(length)


def _kinds(tree: Tree) -> Numbers:
    """Give each part the number of its kind of element: a tag with its class words."""
    kinds: dict[tuple[str, str], int] = {}
    found = []
    for part in tree.parts:
        frame = tree.frames[part.frame]
        kind = frame.tag, shape(frame.words)
        number = kinds.get(kind)
        if number is None:
            number = kinds[kind] = len(kinds)
        found.append(number)
    return np.array(found, dtype=np.int64)


def _near(found: Matrix, tree: Tree, kind: Numbers, above: Numbers) -> None:
    """Fill the columns of `_NEAR` for each of `OFFSETS`: what the neighbours are."""
    count = len(tree.parts)
    flags = np.array([tree.frames[part.frame].hints for part in tree.parts], dtype=np.int64)
    lines = np.zeros((count + 2 * _FURTHEST, len(_NEAR)), dtype=np.float32)
    seen = lines[_FURTHEST : _FURTHEST + count]
    seen[:, 0] = found[:, 0]
    seen[:, 1] = found[:, 3]
    seen[:, 2] = found[:, 6]
    seen[:, 3] = found[:, _HEADINGS].sum(axis=1)
    seen[:, 4] = flags & _FIGURES > 0
    seen[:, 5] = flags & _ELSEWHERE > 0
    seen[:, 6] = found[:, _SAID]
    seen[:, 7] = found[:, _RELATED_LINE]
    seen[:, 8] = found[:, _AFTER_IMAGE]
    seen[:, 9] = kind + 1
    seen[:, 10] = above + 1
    beside = lines[np.arange(count)[:, None] + _BESIDE]
    beside[:, :, 9:] = beside[:, :, 9:] == seen[:, None, 9:]
    found[:, _AT_NEAR:_AT_AROUND] = beside.reshape(count, -1)


_BESIDE = np.array(OFFSETS) + _FURTHEST


def _around(found: Matrix, mass: Matrix) -> None:
    """Fill the columns of `_AROUND`: the running text before and after each part, and close by."""
    count = len(mass)
    total = np.concatenate(([0.0], np.cumsum(mass)))
    whole = max(1.0, float(total[-1]))
    before, after = total[:-1], total[1:]
    index = np.arange(count)
    found[:, _AT_AROUND] = before / whole
    found[:, _AT_AROUND + 1] = (total[-1] - after) / whole
    found[:, _AT_AROUND + 2] = (before - total[np.maximum(0, index - 6)]) / whole
    found[:, _AT_AROUND + 3] = (total[np.minimum(count, index + 7)] - after) / whole


def _frames(
    found: Matrix,
    tree: Tree,
    lengths: Matrix,
    mass: Matrix,
    kind: Numbers,
    headline: int | None,
    root: int,
) -> None:
    """Fill the columns of `_FRAME`: the frames that parts stand in."""
    parts, frames, at, parents = tree.parts, tree.frames, tree.homes, tree.parents
    count = len(parts)
    whole = max(1.0, float(mass.sum()))
    sizes = sums_below(tree, lengths)
    density = sums_below(tree, [part.linked for part in parts]) / np.maximum(1, sizes)
    index = np.arange(len(frames))
    ended = np.cumsum(np.bincount(tree.lasts, minlength=len(frames)))
    depth = index - np.concatenate(([0], ended[:-1]))
    above = parents[at]
    second = parents[above]
    place = np.array([part.number for part in parts], dtype=np.float32)
    start = parts[headline].number if headline is not None else 0
    column = found[:, _AT_FRAME:_AT_NEAR].T
    column[0] = np.bincount(kind, mass)[kind] / whole if count else mass
    column[1] = [frames[number].mass / whole for number in above.tolist()]
    column[2] = density[above]
    column[3] = density[second]
    column[4] = density[parents[second]]
    column[5] = (depth[at] - depth[root]) / 20
    column[6] = (at >= root) & (at <= tree.lasts[root])
    column[7] = frames[root].mass / whole
    column[8] = place > start
    column[9] = np.clip((place - start) / 50, -1, 4)
    column[10] = np.arange(count) / max(1, count)
    column[11] = sizes[above] <= lengths + 1
    column[12:14] = _inside(above, mass)
    column[14:18] = _images(tree, above).T


def _inside(above: Numbers, mass: Matrix) -> Matrix:
    """Give how much of its parent's running text stands before and after each part."""
    order = np.argsort(above, kind="stable")
    total = np.concatenate(([0.0], np.cumsum(mass[order])))
    homes = above[order]
    first, last = np.searchsorted(homes, homes), np.searchsorted(homes, homes, "right")
    here = np.maximum(1.0, total[last] - total[first])
    shares = np.empty((2, len(above)), dtype=np.float32)
    shares[0, order] = (total[:-1] - total[first]) / here
    shares[1, order] = (total[last] - total[1:]) / here
    return shares


def _images(tree: Tree, above: Numbers) -> Matrix:
    """Tell of each part whether an image is straight before, after, or beside it, or says it."""
    images = {image.number for image in tree.images}
    alts = {image.alt for image in tree.images if len(image.alt) > 8}
    held = {image.frame for image in tree.images}
    held |= {tree.frames[number].parent for number in held}
    rows = [
        (part.number - 1 in images, part.number + 1 in images, home in held, part.text in alts)
        for part, home in zip(tree.parts, above.tolist(), strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, 4)


def shape(words: str) -> str:
    """Give class words without numbers, which tell one element from the next."""
    return words.rstrip("0123456789") if words[-1:].isdigit() else words
