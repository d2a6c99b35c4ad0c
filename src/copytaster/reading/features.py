"""What can be measured of each part of a page: one row of numbers a part.

Everything that reads text is done once a part in Python; what looks at neighbours and frames is
done in numpy over the whole page. The names of the columns stand in `NAMES`, in order; the weights
of the labeller are kept under these names.
"""

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from copytaster.reading import hints
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Part, Tree, running
from copytaster.reading.words import key

Matrix = NDArray[np.float32]

TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "figcaption", "span", "blockquote", "a",
        "header", "section", "article", "dd")  # fmt: skip
FLAGS = hints.every()
CREDIT = re.compile(
    r"photo|foto|bild|image|picture|credit|source:|quelle|copyright|©|\(c\)|courtesy|crédit|fuente"
    r"|getty|reuters|afp|dpa|/ap|via |shutterstock|imago|epa|efe|alliance|фото|写真|nuotr|fotó"
)
"""Words that credits are made of, lower case."""
DIGIT = re.compile(r"\d")
QUOTES = "“„\"«»‘'「"
BY = re.compile(r"^(?:by|von|par|por|di|av|af|door|text|texte|autor)\b[:\s]", re.I)
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")
ENDS = tuple(".!?…。！？؟۔”\"»'’)")
START = 160
"""Characters of a part that are compared with other texts."""
ASKS = re.compile(
    r"^(?:read more|more:|see also|also read|related|lesen sie|mehr:|lire aussi|à lire|lea también|"
    r"leggi anche|lees ook|les også|läs mer|sign up|subscribe|follow us|click here|advertisement|"
    r"download|watch:|listen:|get the|newsletter|this article|originally published|copyright)",
    re.I,
)

_BITS = (
    "ends", "starts upper", "credit", "by", "clock", "asks", "quote", "colon", "said", "lead",
    "like headline", "repeated", "repeated often", "upper", "link first", "link last", "bar",
)  # fmt: skip
"""Yes or no of one part's text; nothing of it is asked of a link that stands alone."""
_SIZES = ("length", "long 20", "long 45", "long 90", "long 180", "long 400", "density",
          "linked all", "bold", "italic", "words", "commas", "digits", "links")  # fmt: skip
_FRAME = ("kind share", "parent share", "parent density", "grand density", "great density",
          "frame depth", "inside root", "root share", "below headline", "after headline",
          "place", "only child")  # fmt: skip
_NEAR = ("length", "long 90", "density", "heading", "figure", "related", "said", "same kind",
         "same parent")  # fmt: skip
_AROUND = ("mass before", "mass after", "near before", "near after")
OFFSETS = (-3, -2, -1, 1, 2, 3)
_FURTHEST = max(OFFSETS)
NAMES: tuple[str, ...] = (
    *_SIZES,
    *_BITS,
    *(f"tag {tag}" for tag in TAGS),
    *(f"own {flag}" for flag in FLAGS),
    *(f"in {flag}" for flag in FLAGS),
    *(f"parent {flag}" for flag in FLAGS),
    *_FRAME,
    *(f"{name} {offset:+d}" for offset in OFFSETS for name in _NEAR),
    *_AROUND,
)
_LONG = np.array([20, 45, 90, 180, 400], dtype=np.float32)
_TAG = {tag: number for number, tag in enumerate(TAGS)}
_TAG_ROWS = np.concatenate([np.eye(len(TAGS)), np.zeros((1, len(TAGS)))]).astype(np.float32)
_HEADINGS = slice(TAGS.index("h2"), TAGS.index("h4") + 1)
_SAID = _BITS.index("said")
_FLAG_BITS = 1 << np.arange(len(FLAGS), dtype=np.int64)
_BIT_BITS = 1 << np.arange(len(_BITS), dtype=np.int64)
_FIGURES = hints.FIGURE | hints.CAPTION
_ELSEWHERE = hints.RELATED | hints.NAVIGATION | hints.COMMENT


def measure(tree: Tree, meta: Metadata, headline: int | None, root: int) -> Matrix:
    """Give one row a part, one column for each of `NAMES`."""
    parts, frames = tree.parts, tree.frames
    texts = _Texts(tree, meta, headline)
    numbers = np.array([texts.sizes(part) for part in parts], dtype=np.float32).reshape(-1, 8)
    bits = _spread([texts.bits(part) for part in parts], _BIT_BITS)
    length, wide, linked, bold, italic, spaces, commas, digits = numbers.T
    density = linked / length
    sizes = np.stack(
        [
            np.log2(wide + 1) / 8,
            *(wide[:, None] >= _LONG).T,
            density,
            density > 0.95,
            bold / length,
            italic / length,
            np.log2(spaces + 1) / 6,
            commas,
            digits,
            np.array([min(6, len(part.links)) / 3 for part in parts]),
        ],
        axis=1,
        dtype=np.float32,
        casting="unsafe",
    )
    homes = [part.frame for part in parts]
    at = np.array(homes, dtype=np.int64)
    tag = _TAG_ROWS[[_TAG.get(frames[number].tag, -1) for number in homes]]
    parents = np.array([frame.parent for frame in frames], dtype=np.int64)
    above = parents[at]
    inherited = [frames[number].hints for number in homes]
    flags = _spread(
        [frames[number].own for number in homes]
        + inherited
        + [frames[number].own for number in above.tolist()],
        _FLAG_BITS,
    ).reshape(3, -1, len(FLAGS))
    mass = np.array([running(part) for part in parts], dtype=np.float32)
    around = _around(mass)
    kind = _kinds(tree, homes)
    near = np.zeros((len(parts) + 2 * _FURTHEST, 9), dtype=np.float32)
    seen = near[_FURTHEST : _FURTHEST + len(parts)]
    everywhere = np.array(inherited, dtype=np.int64)
    seen[:, 0] = sizes[:, 0]
    seen[:, 1] = sizes[:, 3]
    seen[:, 2] = density
    seen[:, 3] = tag[:, _HEADINGS].sum(axis=1)
    seen[:, 4] = everywhere & _FIGURES > 0
    seen[:, 5] = everywhere & _ELSEWHERE > 0
    seen[:, 6] = bits[:, _SAID]
    seen[:, 7] = kind + 1
    seen[:, 8] = above + 1
    beside = [near[_FURTHEST + o : _FURTHEST + o + len(parts)].copy() for o in OFFSETS]
    for rows in beside:
        rows[:, 7:] = rows[:, 7:] == seen[:, 7:]
    frame = _frames(tree, at, parents, mass, kind, headline, root)
    return np.concatenate([sizes, bits, tag, *flags, frame, *beside, around], axis=1)


def _spread(masks: list[int], bits: NDArray[np.int64]) -> Matrix:
    """Give a row of ones and zeros for each mask."""
    return (np.array(masks, dtype=np.int64)[:, None] & bits > 0).astype(np.float32)


def _kinds(tree: Tree, homes: list[int]) -> NDArray[np.int64]:
    """Give each part the number of its kind of element: a tag with its class words."""
    kinds: dict[tuple[str, str], int] = {}
    found = []
    for number in homes:
        frame = tree.frames[number]
        words = frame.words
        if words[-1:].isdigit():
            words = shape(words)
        found.append(kinds.setdefault((frame.tag, words), len(kinds)))
    return np.array(found, dtype=np.int64)


def _around(mass: NDArray[np.float32]) -> Matrix:
    """Give how much of the page's running text stands before and after each part, and close by."""
    count = len(mass)
    total = np.concatenate([[0.0], np.cumsum(mass)])
    index = np.arange(count)
    before, after = total[index], total[index + 1]
    columns = [
        before,
        total[-1] - after,
        before - total[np.maximum(0, index - 6)],
        total[np.minimum(count, index + 7)] - after,
    ]
    shares = np.stack(columns, axis=1) / max(1.0, float(total[-1]))
    return np.asarray(shares, dtype=np.float32)


def _frames(
    tree: Tree,
    at: NDArray[np.int64],
    parents: NDArray[np.int64],
    mass: NDArray[np.float32],
    kind: NDArray[np.int64],
    headline: int | None,
    root: int,
) -> Matrix:
    """Measure the frames that parts stand in: the columns of `_FRAME`."""
    parts, frames = tree.parts, tree.frames
    count = len(parts)
    whole = max(1.0, float(mass.sum()))
    lengths = np.array([len(part.text) for part in parts], dtype=np.float32)
    up = parents.tolist()
    sizes = np.bincount(at, lengths, len(frames)).tolist()
    links = np.bincount(at, [part.linked for part in parts], len(frames)).tolist()
    for number in range(len(frames) - 1, 0, -1):
        if size := sizes[number]:
            parent = up[number]
            sizes[parent] += size
            links[parent] += links[number]
    depth = [0] * len(frames)
    for number in range(1, len(frames)):
        depth[number] = depth[up[number]] + 1
    density = np.array(links, dtype=np.float32) / np.maximum(1, np.array(sizes, dtype=np.float32))
    masses = np.array([frame.mass for frame in frames], dtype=np.float32) / whole
    above = parents[at]
    second = parents[above]
    place = np.array([part.number for part in parts], dtype=np.float32)
    start = parts[headline].number if headline is not None else 0
    found = np.empty((count, len(_FRAME)), dtype=np.float32)
    found[:, 0] = np.bincount(kind, mass)[kind] / whole if count else mass
    found[:, 1] = masses[above]
    found[:, 2] = density[above]
    found[:, 3] = density[second]
    found[:, 4] = density[parents[second]]
    found[:, 5] = (np.array(depth, dtype=np.float32)[at] - depth[root]) / 20
    found[:, 6] = (at >= root) & (at <= (frames[root].last if root else len(frames)))
    found[:, 7] = masses[root]
    found[:, 8] = place > start
    found[:, 9] = np.clip((place - start) / 50, -1, 4)
    found[:, 10] = np.arange(count) / max(1, count)
    found[:, 11] = np.array(sizes, dtype=np.float32)[above] <= lengths + 1
    return found


def shape(words: str) -> str:
    """Give class words without numbers, which tell one element from the next."""
    return words.rstrip("0123456789") if words[-1:].isdigit() else words


class _Texts:
    """What parts of a page are compared with: its metadata, its headline, each other."""

    def __init__(self, tree: Tree, meta: Metadata, headline: int | None) -> None:
        self.said, self.lead = key(meta.body), key(meta.description or "")
        self.title = key(tree.parts[headline].text) if headline is not None else ""
        self.times = Counter(part.text for part in tree.parts)

    def sizes(self, part: Part) -> tuple[float, ...]:
        """Give length (also with wide signs counted), links, bold, italic, spaces, commas, digits.

        Lengths are in characters; commas and the ends of sentences are counted up to 8.
        """
        text = part.text
        length = len(text)
        wide = length * 3 if not text.isascii() and text[length // 2] > "\u2e80" else length
        commas = digits = 0.0
        if part.linked < length:
            commas = min(8, text.count(",") + text.count(". ") * 2) / 4
            short = text[:60]
            if DIGIT.search(short):
                digits = sum(map(short.count, "0123456789")) / len(short)
        return length, wide, part.linked, part.bold, part.italic, text.count(" "), commas, digits

    def bits(self, part: Part) -> int:
        """Give the columns of `_BITS`, the first one in the lowest bit."""
        text = part.text
        times = self.times[text]
        found = text[0].isupper() << 1 | (times > 1) << 11 | (times > 2) << 12
        length = len(text)
        if part.linked >= length:
            return found
        if length < 200:
            low = text.lower()
            found |= (CREDIT.search(low) is not None) << 2 | (BY.match(text) is not None) << 3
            found |= ("|" in text or " - " in text) << 16
            if length < 100:
                found |= (CLOCK.search(text) is not None) << 4
        found |= text.endswith(ENDS) | (ASKS.match(text) is not None) << 5
        found |= (text[0] in QUOTES) << 6 | (text[-1] == ":") << 7 | text[:60].isupper() << 13
        if part.links:
            found |= (
                text.startswith(part.links[0][0]) << 14 | text.endswith(part.links[-1][0]) << 15
            )
        letters = key(text[:START])
        if len(letters) > 10:
            found |= (len(letters) > 12 and letters in self.said) << 8
            found |= (letters == self.title or letters in self.title) << 10
            lead = self.lead
            if len(letters) > 15 and lead:
                found |= ((len(lead) > 15 and lead in letters) or letters in lead) << 9
        return found
