"""What can be measured of each part of a page: one row of numbers a part.

Everything that reads text is done once a part in Python; what looks at neighbours and frames is
done in numpy over the whole page. The names of the columns stand in `NAMES`, in order; the weights
of the labeller are kept under these names.
"""

import math
import re
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copytaster.reading import hints
from copytaster.reading.blocks import Part, Tree, running
from copytaster.reading.metadata import Metadata
from copytaster.reading.words import key

Matrix = NDArray[np.float32]

TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "figcaption", "span", "blockquote", "a",
        "header", "section", "article", "dd")  # fmt: skip
FLAGS = hints.every()
CREDITS = (
    "photo", "foto", "bild", "image", "picture", "credit", "source:", "quelle", "copyright", "©",
    "(c)", "courtesy", "crédit", "fuente", "getty", "reuters", "afp", "dpa", "/ap", "via ",
    "shutterstock", "imago", "epa", "efe", "alliance", "фото", "写真", "nuotr", "fotó",
)  # fmt: skip
"""Words that credits are made of, lower case."""
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

_SELF = (
    "length", "long 20", "long 45", "long 90", "long 180", "long 400", "density", "linked all",
    "bold", "words", "commas", "ends", "starts upper", "digits", "credit", "by", "clock", "asks",
    "quote", "colon", "said", "lead", "like headline", "repeated", "repeated often", "links",
    "italic", "upper", "link first", "link last", "bar",
)  # fmt: skip
_FRAME = ("kind share", "parent share", "parent density", "grand density", "great density",
          "frame depth", "inside root", "root share", "below headline", "after headline",
          "place", "only child")  # fmt: skip
_NEAR = ("length", "long 90", "density", "heading", "figure", "related", "said", "same kind",
         "same parent")  # fmt: skip
_AROUND = ("mass before", "mass after", "near before", "near after")
OFFSETS = (-3, -2, -1, 1, 2, 3)
NAMES: tuple[str, ...] = (
    *_SELF,
    *(f"tag {tag}" for tag in TAGS),
    *(f"own {flag}" for flag in FLAGS),
    *(f"in {flag}" for flag in FLAGS),
    *(f"parent {flag}" for flag in FLAGS),
    *_FRAME,
    *(f"{name} {offset:+d}" for offset in OFFSETS for name in _NEAR),
    *_AROUND,
)


def measure(tree: Tree, meta: Metadata, headline: int | None, root: int) -> Matrix:
    """Give one row a part, one column for each of `NAMES`."""
    parts, frames = tree.parts, tree.frames
    count = len(parts)
    said, lead = key(meta.body), key(meta.description or "")
    title = key(parts[headline].text) if headline is not None else ""
    keys = [key(part.text[:START]) for part in parts]
    times = Counter(part.text for part in parts)
    own = np.array(
        [
            _measure(part, letters, said, lead, title, times[part.text])
            for part, letters in zip(parts, keys, strict=True)
        ],
        dtype=np.float32,
    ).reshape(count, len(_SELF))
    at = np.array([part.frame for part in parts], dtype=np.int64)
    tags = {tag: number for number, tag in enumerate(TAGS)}
    tag = np.array([tags.get(frames[n].tag, -1) for n in at], dtype=np.int64)
    one_hot = (tag[:, None] == np.arange(len(TAGS))).astype(np.float32)
    bits = 1 << np.arange(len(FLAGS), dtype=np.int64)
    parents = np.array([frame.parent for frame in frames], dtype=np.int64)
    owns = np.array([frame.own for frame in frames], dtype=np.int64)
    alls = np.array([frame.hints for frame in frames], dtype=np.int64)
    flags = [
        (values[:, None] & bits > 0).astype(np.float32)
        for values in (owns[at], alls[at], owns[parents[at]])
    ]
    mass = np.array([running(part) for part in parts], dtype=np.float32)
    whole = max(1.0, float(mass.sum()))
    kinds: dict[str, int] = {}
    kind = np.array(
        [
            kinds.setdefault(f"{frames[n].tag} {shape(frames[n].words)}", len(kinds))
            for n in at.tolist()
        ],
        dtype=np.int64,
    )
    by_kind = np.bincount(kind, mass, len(kinds) or 1)
    size = np.bincount(at, [len(part.text) for part in parts], len(frames))
    linked = np.bincount(at, [part.linked for part in parts], len(frames))
    heavy = np.bincount(at, mass, len(frames))
    depth = [0] * len(frames)
    up = parents.tolist()
    sizes, links, masses = size.tolist(), linked.tolist(), heavy.tolist()
    for number in range(len(frames) - 1, 0, -1):
        parent = up[number]
        sizes[parent] += sizes[number]
        links[parent] += links[number]
        masses[parent] += masses[number]
    for number in range(1, len(frames)):
        depth[number] = depth[up[number]] + 1
    density = np.array(links, dtype=np.float32) / np.maximum(1, np.array(sizes, dtype=np.float32))
    masses_ = np.array(masses, dtype=np.float32)
    above, second, third = parents[at], parents[parents[at]], parents[parents[parents[at]]]
    place = np.array([part.number for part in parts], dtype=np.float32)
    start = parts[headline].number if headline is not None else 0
    inside = (at >= root) & (at <= (frames[root].last if root else len(frames)))
    order = np.arange(count, dtype=np.float32)
    frame = np.stack(
        [
            by_kind[kind] / whole if count else mass,
            masses_[above] / whole,
            density[above],
            density[second],
            density[third],
            np.array(depth, dtype=np.float32)[at] / 20 - depth[root] / 20,
            inside,
            np.full(count, masses_[root] / whole),
            place > start,
            np.clip((place - start) / 50, -1, 4),
            order / max(1, count),
            np.array(sizes, dtype=np.float32)[above] <= np.array([len(p.text) for p in parts]) + 1,
        ],
        axis=1,
    ).astype(np.float32)
    heading = one_hot[:, TAGS.index("h2") : TAGS.index("h4") + 1].sum(axis=1)
    figure = (alls[at] & (hints.FIGURE | hints.CAPTION) > 0).astype(np.float32)
    related = (alls[at] & (hints.RELATED | hints.NAVIGATION | hints.COMMENT) > 0).astype(np.float32)
    seen = np.stack(
        [own[:, 0], own[:, 3], own[:, 6], heading, figure, related, own[:, _SELF.index("said")]],
        axis=1,
    )
    same = np.stack([kind, above], axis=1) + 1
    near = []
    for offset in OFFSETS:
        near += [_shift(seen, offset), _shift(same, offset) == same]
    total = np.concatenate([[0.0], np.cumsum(mass)]).astype(np.float32)
    index = np.arange(count)
    around = np.stack(
        [
            total[index] / whole,
            (total[-1] - total[index + 1]) / whole,
            (total[index] - total[np.maximum(0, index - 6)]) / whole,
            (total[np.minimum(count, index + 7)] - total[index + 1]) / whole,
        ],
        axis=1,
    ).astype(np.float32)
    columns = [own, one_hot, *flags, frame, *near, around]
    return np.concatenate([column.astype(np.float32) for column in columns], axis=1)


def shape(words: str) -> str:
    """Give class words without numbers, which tell one element from the next."""
    return words.rstrip("0123456789") if words[-1:].isdigit() else words


def _shift(rows: NDArray[Any], offset: int) -> NDArray[Any]:
    """Give for each part the values of the part `offset` further on, 0 beyond the ends."""
    moved = np.zeros_like(rows)
    if abs(offset) < len(rows):
        if offset > 0:
            moved[:-offset] = rows[offset:]
        else:
            moved[-offset:] = rows[:offset]
    return moved


def _measure(
    part: Part, letters: str, said: str, lead: str, title: str, times: int
) -> tuple[float, ...]:
    """Measure the text of one part: the columns of `_SELF`."""
    text = part.text
    length = len(text)
    wide = length * 3 if not text.isascii() and text[length // 2] > "\u2e80" else length
    density = part.linked / length
    short = text[:60]
    low = text.lower() if length < 200 and density < 0.9 else ""
    return (
        math.log2(wide + 1) / 8,
        wide >= 20,
        wide >= 45,
        wide >= 90,
        wide >= 180,
        wide >= 400,
        density,
        density > 0.95,
        part.bold / length,
        math.log2(text.count(" ") + 1) / 6,
        min(8, text.count(",") + text.count(". ") * 2) / 4,
        text.endswith(ENDS),
        text[0].isupper(),
        sum(map(short.count, "0123456789")) / len(short),
        low != "" and any(word in low for word in CREDITS),
        length < 200 and BY.match(text) is not None,
        length < 100 and CLOCK.search(text) is not None,
        ASKS.match(text) is not None,
        text[0] in "“„\"«»‘'「",
        text[-1] == ":",
        len(letters) > 12 and letters in said,
        len(letters) > 15 and (letters == lead or (len(lead) > 15 and lead in letters)
                               or letters in lead),
        len(letters) > 10 and (letters == title or letters in title),
        times > 1,
        times > 2,
        min(6, len(part.links)) / 3,
        part.italic / length,
        short.isupper(),
        bool(part.links) and text.startswith(part.links[0][0]),
        bool(part.links) and text.endswith(part.links[-1][0]),
        "|" in text or " - " in text,
    )  # fmt: skip
