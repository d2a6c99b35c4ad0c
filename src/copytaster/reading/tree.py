"""What a page shows, in order: runs of text, images and times, with the elements they stand in."""

import re

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Attributes = dict[str, str | None]
CELLS = frozenset(("td", "th"))
LONG_CELL = 100
"""Characters from where a cell is running text: a page laid out in tables, not a table."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SPACE = re.compile(r"[ \t\n\r\f\v\xa0\u2002-\u200b\u2028\u2029\u202f\ufeff]+")
"""What is folded into one space; an ideographic space is a character of its text."""
_ODD = re.compile(r"[\x1c-\x1f\x85\xad\u1680\u2000\u2001\u200b\u205f\u3000\ufeff]")
"""What is white space to Python alone, or here alone, or has no width."""


class Frame(Struct, gc=False):
    """A block-level element: where in the tree it stands, and what its words tell.

    Frames are numbered in document order and name their parent by number, so that the tree needs
    no recursion.
    """

    tag: str
    parent: int
    own: int
    """`hints` of the element itself."""
    words: str
    """Class and id, as written."""
    hints: int = 0
    """Own and inherited hints; set once the masses are known."""
    mass: int = 0
    """Characters of running text below this frame."""
    last: int = 0
    """Number of the last frame below this one."""

    @property
    def kind(self) -> str:
        """Tag and words, without the numbers that tell one element from the next."""
        return f"{self.tag} {shape(self.words)}"


class Part(Struct, gc=False):
    """A run of text inside one frame, white space folded."""

    text: str
    frame: int
    number: int
    """Position among parts, images and times, in document order."""
    linked: int = 0
    """Characters inside links."""
    density: float = 0.0
    """Share of the text inside links, 0 to 1."""
    bold: int = 0
    italic: int = 0
    links: tuple[tuple[str, str], ...] = ()
    """Text and target of each link."""
    mass: int = 0
    """Characters of running text."""


class Image(Struct, gc=False):
    """An image, a picture's source or a video's poster."""

    url: str | None
    alt: str
    frame: int
    number: int
    attributes: Attributes
    link: str | None = None
    """Target of the link the image stands in."""


class Time(Struct, gc=False):
    """A `<time>` element, or one with a date in its microdata."""

    value: str
    frame: int
    number: int
    name: str = ""
    """Its itemprop and class."""


Numbers = NDArray[np.int64]
_NONE: Numbers = np.zeros(1, np.int64)


class Tree(Struct):
    """What one walk found."""

    frames: list[Frame]
    parts: list[Part] = []
    images: list[Image] = []
    times: list[Time] = []
    metas: dict[str, list[str]] = {}
    """Name, property or itemprop of `<meta>` (lower case) to its contents."""
    canonical: str | None = None
    """Target of the `<link>` to the page's own address."""
    scripts: list[str] = []
    """Texts of JSON-LD scripts."""
    data: list[str] = []
    """Texts of scripts that hold other JSON."""
    title: str = ""
    language: str | None = None
    props: dict[str, list[tuple[str, int]]] = {}
    """Microdata on visible elements: itemprop to content (or nothing) and frame."""
    homes: Numbers = _NONE
    """The frame of each part; set with the masses."""
    parents: Numbers = _NONE
    """The parent of each frame; set with the masses."""
    masses: Numbers = _NONE
    """The running text of each frame."""
    lasts: Numbers = _NONE
    """The last frame below each frame; set with the masses."""


def fold(text: str) -> str:
    """Fold white space to single spaces, and drop what has no width."""
    text = text.strip(" \t\n\r\f\v")
    if text.isprintable() and "  " not in text:
        return text  # of all white space only the space is printable
    if text.isascii() or not _ODD.search(text):
        return " ".join(text.split())
    return SPACE.sub(" ", text.replace("\u00ad", "")).strip(" \u3000")


def shape(words: str) -> str:
    """Give class words without numbers, which tell one element from the next."""
    return words.rstrip("0123456789") if words[-1:].isdigit() else words
