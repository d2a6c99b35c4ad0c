"""One label for each part of a page: what it is to the reader of the article.

The headline is found first, by its heading and the metadata, and the frame that holds the article,
by where the running text lies. The labeller then says how likely each part is body, caption or
credit; the flags of the frames (`hints`) tell the rest apart.
"""

from typing import Literal

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.blocks import HEADINGS, Frame, Part, Tree, running
from copytaster.reading.bylines import are_names, is_byline
from copytaster.reading.dates import visible
from copytaster.reading.features import measure
from copytaster.reading.labeller import likelihoods
from copytaster.reading.metadata import Metadata
from copytaster.reading.words import key

Label = Literal[
    "headline", "kicker", "standfirst", "byline", "date", "paragraph", "heading", "list", "quote",
    "table", "embed", "caption", "credit", "teaser", "comment", "furniture",
]  # fmt: skip

BODY = frozenset(("paragraph", "heading", "list", "quote", "table", "embed"))
LIKELY = 0.45
"""From where a part is body. Below one half: a lost paragraph is worse than a line too many."""
HELD = 0.12
"""From where a part is body that stands between others of the body, in the same frame."""
LIKELY_LINE = 0.35
"""From where a part is a caption or a credit."""


_ASIDE = hints.NAVIGATION | hints.COMMENT | hints.HIDDEN | hints.RELATED


class Labelled(Struct):
    """The parts of a page with their labels, and the frame that holds the article."""

    labels: list[Label]
    root: int
    """Number of the article's frame."""
    headline: int | None
    """Index of the headline among the parts."""


def label(tree: Tree, meta: Metadata) -> Labelled:
    """Label every part of `tree`."""
    parts, frames = tree.parts, tree.frames
    headline = find_headline(tree, meta)
    root = find_root(tree, headline)
    if not parts:
        return Labelled([], root, None)
    likely = likelihoods(measure(tree, meta, headline, root)).tolist()
    lead = key(meta.description or "")
    labels: list[Label] = []
    held = _held(parts, frames, [row[0] for row in likely])
    begun = False
    seen: set[str] = set()
    for index, (part, (body, caption, credit)) in enumerate(zip(parts, likely, strict=True)):
        frame = frames[part.frame]
        if index == headline:
            labels.append("headline")
            continue
        found: Label
        if credit > LIKELY_LINE and credit >= caption and credit > body:
            found = "credit"
        elif caption > LIKELY_LINE and caption > body:
            found = "caption"
        elif (body > LIKELY or index in held) and not (len(part.text) > 40 and part.text in seen):
            found = _kind(frame)
            if not begun and headline is not None and _leads(part, frame, lead):
                found = "standfirst"
            begun = begun or len(part.text) > 40
            seen.add(part.text)
        else:
            found = _other(part, frame)
        labels.append(found)
    if headline is not None:
        _head(parts, frames, labels, headline, bool(meta.authors))
    return Labelled(labels, root, headline)


def _head(
    parts: list[Part], frames: list[Frame], labels: list[Label], headline: int, known: bool
) -> None:
    """Label what stands between the headline and the text: standfirst, byline, date.

    There a line is taken for what it says even where nothing in its frames tells. Where the
    authors are not `known`, a name alone on the line after the text signs the article.
    """
    body = [i for i, name in enumerate(labels) if name in BODY and len(parts[i].text) > 60]
    first = next((i for i in body if i > headline), headline)
    led = "standfirst" in labels
    for index in range(headline + 1, min(first, headline + 15)):
        part, flags = parts[index], frames[parts[index].frame].hints
        if labels[index] in ("caption", "credit") or flags & _ASIDE:
            continue
        text = part.text
        dated = len(text) < 100 and (flags & hints.DATE or visible(text))
        if is_byline(text) or (flags & hints.BYLINE and len(text) < 200) or are_names(text):
            labels[index] = "byline"
        elif dated:
            labels[index] = "date"
        elif (
            not led
            and index <= headline + 3
            and 25 <= len(text) <= 500
            and part.density < 0.3
            and not flags & (hints.FURNITURE | hints.FIGURE | hints.CAPTION)
            and text.count(" ") >= 4
        ):
            labels[index] = "standfirst"
            led = True
    if known or "byline" in labels or not body:
        return
    for index in range(body[-1] + 1, min(body[-1] + 3, len(parts))):
        if are_names(parts[index].text) and not frames[parts[index].frame].hints & _ASIDE:
            labels[index] = "byline"
            return


def _held(parts: list[Part], frames: list[Frame], likely: list[float]) -> set[int]:
    """Find the short parts that stand among the body's: a list, a table's rows, crossheads.

    A list stands in the frame in which the paragraphs around it stand, and a row does in a table
    that does; the labeller alone thinks little of short lines.
    """

    def home(part: Part) -> int:
        number = frames[part.frame].parent
        while frames[number].tag in ("ul", "ol", "dl", "tbody", "table", "li", "tr", "blockquote"):
            number = frames[number].parent
        return number

    homes: dict[int, list[int]] = {}
    for index, chance in enumerate(likely):
        if chance > LIKELY and len(parts[index].text) > 60:
            homes.setdefault(home(parts[index]), []).append(index)
    held: set[int] = set()
    against = hints.AGAINST & ~hints.QUOTE & ~hints.LEAD
    for index, chance in enumerate(likely):
        if not HELD < chance <= LIKELY or parts[index].density > 0.3:
            continue
        if len(parts[index].text) < 40 and visible(parts[index].text):
            continue
        part = parts[index]
        around = homes.get(home(part), [])
        if len(around) < 2 or not around[0] < index <= around[-1] + 6:
            continue
        first = frames[parts[around[0]].frame]
        if not frames[part.frame].hints & ~first.hints & against:
            held.add(index)
    return held


def find_headline(tree: Tree, meta: Metadata) -> int | None:
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
    """Give how far two headlines agree, 0 to 1: equal, or one within the other."""
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


def find_root(tree: Tree, headline: int | None) -> int:
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
        heaviest = max(below, key=lambda number: mass[number])
        holding = [number for number in below if number <= at <= frames[number].last]
        if holding and frames[holding[0]].tag == "article" and mass[holding[0]] > 300:
            root = holding[0]
        elif mass[heaviest] * 10 >= mass[root] * 8 and frames[heaviest].tag not in ("p", "li"):
            root = heaviest
        else:
            break
    return root


def _leads(part: Part, frame: Frame, lead: str) -> bool:
    """Tell whether a part of the body before all others is the standfirst."""
    if frame.hints & hints.LEAD and len(part.text) > 25:
        return True
    letters = key(part.text)
    return len(letters) > 15 and len(lead) > 15 and (letters in lead or lead in letters)


def _kind(frame: Frame) -> Label:
    """Give the kind of a block of the body by its elements."""
    if frame.tag in HEADINGS:
        return "heading"
    if frame.tag in ("tr", "td", "th"):
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
