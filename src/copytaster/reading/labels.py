"""One label for each part of a page: what it is to the reader of the article.

First the frame that holds the article is found, by where the running text lies; then each part is
labelled by the hints of its frames, its links, its length and its neighbours. What the metadata say
(the JSON-LD articleBody, the headline, the description) is checked against the visible text and
decides where it is found there.
"""

import re
from typing import Literal

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.blocks import HEADINGS, Frame, Part, Tree, running
from copytaster.reading.metadata import Metadata

Label = Literal[
    "headline", "kicker", "standfirst", "byline", "date", "paragraph", "heading", "list", "quote",
    "table", "embed", "caption", "credit", "teaser", "comment", "furniture",
]  # fmt: skip

BODY = frozenset(("paragraph", "heading", "list", "quote", "table", "embed"))
_LETTERS = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?…:;。！？؟۔]['\"»”’)\]]*$")


class Labelled(Struct):
    """The parts of a page with their labels, and the frame that holds the article."""

    labels: list[Label]
    root: int
    """Number of the article's frame."""
    headline: int | None
    """Index of the headline among the parts."""


def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    return "".join(_LETTERS.findall(text.casefold()))


def label(tree: Tree, meta: Metadata) -> Labelled:
    """Label every part of `tree`."""
    parts, frames = tree.parts, tree.frames
    headline = _headline(tree, meta)
    root = _root(tree, headline)
    said = key(meta.body)
    labels: list[Label] = []
    first, last = root, frames[root].last if root else len(frames)
    start = parts[headline].number if headline is not None else -1
    lead = key(meta.description or "")
    begun = False
    for index, part in enumerate(parts):
        frame = frames[part.frame]
        inside = first <= part.frame <= last
        if index == headline:
            labels.append("headline")
            continue
        found = _label(part, frame, frames, inside, part.number > start, begun, said, lead)
        if found in BODY:
            begun = True
        labels.append(found)
    _mend(parts, frames, labels)
    return Labelled(labels, root, headline)


def _headline(tree: Tree, meta: Metadata) -> int | None:
    """Find the part that is the headline: the heading that agrees best with the metadata."""
    wanted = [key(text) for text in meta.headlines]
    best, score = None, 0.0
    for index, part in enumerate(tree.parts):
        frame = tree.frames[part.frame]
        if len(part.text) > 400:
            continue
        level = _heading(tree.frames, part.frame)
        if not level and not frame.hints & hints.TITLE:
            continue
        own = key(part.text)
        if not own:
            continue
        agrees = max((_agreement(own, want) for want in wanted), default=0.0)
        points = agrees * 3 + (1.0 if level == "h1" else 0.2)
        if frame.hints & (hints.NAVIGATION | hints.RELATED | hints.COMMENT | hints.HIDDEN):
            points -= 0.8
        if points > score and (agrees > 0.3 or level == "h1"):
            best, score = index, points
    return best


def _agreement(own: str, wanted: str) -> float:
    """Give how far two headlines agree, 0 to 1: equal, one within the other, or a common start."""
    if own == wanted:
        return 1.0
    short, long = sorted((own, wanted), key=len)
    if len(short) >= 12 and short in long:
        return 0.5 + 0.4 * len(short) / len(long)
    return 0.0


def _heading(frames: list[Frame], number: int) -> str:
    """Give the heading element that frame `number` is, or stands in, up to three frames up."""
    for _ in range(3):
        if frames[number].tag in HEADINGS:
            return frames[number].tag
        number = frames[number].parent
    return ""


def _root(tree: Tree, headline: int | None) -> int:
    """Find the frame that holds the article: down from the top while one child holds most text.

    Text under hints that speak against it does not count. Where the page shows several articles,
    the one with the headline is followed.
    """
    frames = tree.frames
    mass = [0] * len(frames)
    against = (
        hints.RELATED | hints.COMMENT | hints.NAVIGATION | hints.FURNITURE | hints.HIDDEN
        | hints.CAPTION | hints.BIO
    )  # fmt: skip
    for part in tree.parts:
        weight = running(part)
        if weight and not frames[part.frame].hints & against:
            mass[part.frame] += weight
    for number in range(len(frames) - 1, 0, -1):
        mass[frames[number].parent] += mass[number]
    children: dict[int, list[int]] = {}
    for number in range(1, len(frames)):
        if mass[number]:
            children.setdefault(frames[number].parent, []).append(number)
    at = tree.parts[headline].frame if headline is not None else -1
    root = 0
    while below := children.get(root):
        heaviest = max(below, key=lambda n: mass[n])
        holding = [n for n in below if n <= at <= frames[n].last]
        if holding and frames[holding[0]].tag == "article" and mass[holding[0]] > 300:
            root = holding[0]
        elif mass[heaviest] * 10 >= mass[root] * 8 and frames[heaviest].tag not in ("p", "li"):
            root = heaviest
        else:
            break
    return root


def _label(
    part: Part,
    frame: Frame,
    frames: list[Frame],
    inside: bool,
    below: bool,
    begun: bool,
    said: str,
    lead: str,
) -> Label:
    """Label one part by itself; `_mend` looks at neighbours afterwards."""
    flags, text = frame.hints, part.text
    long = len(text) >= 60
    if flags & hints.COMMENT:
        return "comment"
    if flags & (hints.NAVIGATION | hints.HIDDEN):
        return "furniture"
    if flags & hints.FIGURE and flags & hints.CREDIT:
        return "credit"
    if flags & (hints.CAPTION | hints.FIGURE) and not flags & hints.RELATED:
        return "caption"
    if flags & hints.RELATED:
        return "teaser" if part.density > 0.5 else "furniture"
    letters = key(text)
    if said and len(letters) > 25 and letters in said:
        return _kind(frame, frames)
    if flags & hints.CREDIT and len(text) < 200:
        return "credit" if inside else "furniture"
    if flags & hints.BIO:
        return "furniture"
    if flags & hints.BYLINE and len(text) < 300 and not long:
        return "byline"
    if flags & hints.DATE and len(text) < 100:
        return "date"
    if (
        lead
        and letters
        and len(letters) > 15
        and not begun
        and (lead == letters or letters in lead or lead in letters)
        and below
    ):
        return "standfirst"
    if flags & hints.LEAD and not begun and below and len(text) > 25:
        return "standfirst"
    if flags & hints.KICKER and len(text) < 80:
        return "kicker"
    if flags & hints.FURNITURE:
        return "furniture"
    if not inside or not below:
        return "teaser" if part.density > 0.8 and len(text) > 25 else "furniture"
    if part.density > 0.8:
        return "teaser" if len(text) > 25 else "furniture"
    kind = _kind(frame, frames)
    if kind == "paragraph" and len(text) < 25 and not _END.search(text):
        return "furniture"
    return kind


def _kind(frame: Frame, frames: list[Frame]) -> Label:
    """Give the kind of a block of the body by its elements."""
    if frame.tag in HEADINGS:
        return "heading"
    flags = frame.hints
    if flags & hints.TABLE:
        return "table"
    if flags & hints.LIST:
        return "list"
    if flags & hints.QUOTE:
        return "quote"
    return "paragraph"


def _mend(parts: list[Part], frames: list[Frame], labels: list[Label]) -> None:
    """Drop headings that no body follows: they head a box, not the article."""
    after: Label = "furniture"
    for index in range(len(parts) - 1, -1, -1):
        if labels[index] == "heading" and after not in BODY:
            labels[index] = "furniture"
        if labels[index] not in ("caption", "credit", "furniture") or len(parts[index].text) > 60:
            after = labels[index]
