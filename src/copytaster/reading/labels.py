"""One label for each part of a page: what it is to the reader of the article.

The headline is found first, by its heading and the metadata, and the frame that holds the article,
by where the running text lies. The labeller then says how likely each part is body, caption or
credit; the flags of the frames (`hints`) tell the rest apart.
"""

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.body import find_body
from copytaster.reading.captions import take_alike, take_lines
from copytaster.reading.dates import is_dated
from copytaster.reading.features import measure
from copytaster.reading.headline import find_headline
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.labeller import OUTPUTS, likelihoods
from copytaster.reading.metadata import Metadata
from copytaster.reading.root import find_root, reach
from copytaster.reading.signing import sign
from copytaster.reading.strays import take_out
from copytaster.reading.tree import CELLS, HEADINGS, LONG_CELL, Frame, Part, Tree, shape
from copytaster.reading.words import key

LIKELY_LINE = 0.35
"""From where a part is a caption or a credit."""
_UNLIKELY = [0.0] * len(OUTPUTS)
_ASIDE = hints.NAVIGATION | hints.COMMENT | hints.HIDDEN | hints.RELATED


class Labelled(Struct):
    """The parts of a page with their labels, and the frame that holds the article."""

    labels: list[Label]
    root: int
    """Number of the article's frame."""
    headline: int | None
    """Index of the headline among the parts."""
    likely: list[list[float]] = []
    """How likely each part is body, caption and credit, as the labeller says."""


def label(tree: Tree, meta: Metadata) -> Labelled:
    """Label every part of `tree`."""
    parts, frames = tree.parts, tree.frames
    headline = find_headline(tree, meta)
    root = find_root(tree, headline)
    if not parts:
        return Labelled([], root, None)
    near = reach(tree, headline, root)
    likely = [_UNLIKELY] * len(parts)
    likely[near] = likelihoods(measure(tree, meta, headline, root, near)).tolist()
    lead = key(meta.description or "")
    body = find_body(parts, frames, [row[0] for row in likely], headline)
    labels = [_other(part, frames[part.frame]) for part in parts]
    lines = [index for index, row in enumerate(likely) if max(row[1:]) > LIKELY_LINE]
    begun = False

    def following(index: int) -> int | None:
        for after in range(index + 1, len(parts)):
            if body.chances[after] > body.least and len(parts[after].text) > 60:
                return after
        return None

    def leads(index: int) -> bool:
        frame, after = frames[parts[index].frame], following(index)
        other = None if after is None else frames[parts[after].frame]
        beside = other is not None and frame.parent == other.parent
        if beside and (after == index + 1 or not frame.own & hints.LEAD):
            return False  # the first paragraph of the body, however it is set
        return _leads(parts[index], frame, other, lead)

    for index in sorted(body.parts.union(lines)):
        part, frame = parts[index], frames[parts[index].frame]
        chance, caption, credit = body.chances[index], *likely[index][1:]
        if credit > LIKELY_LINE and credit >= caption and credit > chance:
            labels[index] = "credit"
        elif (
            caption > LIKELY_LINE
            and caption > chance
            and not (frame.hints & hints.QUOTE and index and labels[index - 1] == "quote")
        ):
            labels[index] = "caption"
        elif (
            index in body.parts
            and index != headline
            and not (frame.own & hints.KICKER and headline is not None and index < headline)
        ):
            labels[index] = "caption" if frame.own & hints.CAPTION else _kind(part, frame)
            if not begun and headline is not None and leads(index):
                labels[index] = "standfirst"
            begun = begun or len(part.text) > 40
    if headline is not None:
        labels[headline] = "headline"
    take_alike(parts, frames, labels, likely)
    _crossheads(parts, frames, labels, root, headline)
    if headline is not None:
        sign(tree, labels, headline)
        _head(parts, frames, labels, headline, meta)
    take_lines(tree, labels, headline)
    take_out(tree, labels)
    return Labelled(labels, root, headline, likely)


def _crossheads(
    parts: list[Part], frames: list[Frame], labels: list[Label], root: int, headline: int | None
) -> None:
    """Take headings inside the article that a part of the body follows, as in a live blog."""
    after: Label = "furniture"
    for index in range(len(parts) - 1, headline if headline is not None else 0, -1):
        frame = frames[parts[index].frame]
        if (
            labels[index] == "furniture"
            and frame.tag in HEADINGS
            and after in BODY
            and after != "heading"
            and root <= parts[index].frame <= frames[root].last
            and not frame.hints & (hints.AGAINST & ~hints.QUOTE)
            and parts[index].density < 0.3
        ):
            labels[index] = "heading"
        after = labels[index]


def _head(
    parts: list[Part], frames: list[Frame], labels: list[Label], headline: int, meta: Metadata
) -> None:
    """Label what stands between the headline and the text: standfirst and date.

    There a line is taken for what it says even where nothing in its frames tells.
    """
    titles = {key(title) for title in meta.headlines.values()} | {key(parts[headline].text)}
    body = (i for i, name in enumerate(labels) if name in BODY and len(parts[i].text) > 60)
    first = next((i for i in body if i > headline), headline)
    led = "standfirst" in labels
    for index in range(headline + 1, min(first, headline + 15)):
        part, flags = parts[index], frames[parts[index].frame].hints
        text = part.text
        if labels[index] in ("caption", "credit", "byline") or flags & _ASIDE:
            continue
        beside = frames[part.frame].parent == frames[parts[first].frame].parent
        dated = is_dated(text) or (len(text) < 100 and flags & hints.DATE)
        if labels[index] in BODY and beside and not is_dated(text):
            continue  # a short first line of the body
        if dated:
            labels[index] = "date"
        elif (
            not led
            and index <= headline + 3
            and 25 <= len(text) <= 500
            and part.density < 0.3
            and not flags & (hints.FURNITURE | hints.FIGURE | hints.CAPTION)
            and text.count(" ") >= 4
            and key(text) not in titles
        ):
            labels[index] = "standfirst"
            led = True


def _leads(part: Part, frame: Frame, following: Frame | None, lead: str) -> bool:
    """Tell whether a part of the body before all others is the standfirst.

    The description in the metadata is often the first paragraph itself, so that a part that only
    says the same has to be built otherwise than what follows it.
    """
    if len(part.text) < 25:
        return False
    if following is not None and frame.hints & ~following.hints & hints.LEAD:
        return True
    apart = following is None or _first(frame) != _first(following)
    if frame.own & hints.LEAD or (apart and frame.hints & hints.LEAD):
        return True
    letters = key(part.text)
    return apart and len(lead) > 15 and len(letters) > 15 and (letters in lead or lead in letters)


def _first(frame: Frame) -> str:
    """Give the first word of a frame's class, without numbers, or its tag where it has none."""
    return shape(frame.words.split()[0]) if frame.words.strip() else frame.tag


def _kind(part: Part, frame: Frame) -> Label:
    """Give the kind of a block of the body by its elements."""
    if frame.tag in HEADINGS:
        return "heading"
    if frame.tag == "tr" or (frame.tag in CELLS and len(part.text) < LONG_CELL):
        return "table"
    if frame.tag in ("li", "dd", "dt") or (frame.hints & hints.LIST and frame.tag != "p"):
        return "list"
    if frame.hints & hints.QUOTE:
        return "quote"
    return "paragraph"


def _other(part: Part, frame: Frame) -> Label:
    """Label what is not of the body, by the flags of its frames."""
    flags, length = frame.hints, len(part.text)
    if flags & hints.COMMENT:
        return "comment"
    if flags & (hints.NAVIGATION | hints.HIDDEN):
        return "furniture"
    if flags & hints.RELATED or (part.density > 0.8 and length > 25):
        return "teaser" if part.density > 0.5 else "furniture"
    if flags & hints.BYLINE and length < 200:
        return "byline"
    if flags & hints.DATE and length < 100:
        return "date"
    if flags & hints.KICKER and length < 80:
        return "kicker"
    return "furniture"
