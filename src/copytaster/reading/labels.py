"""One label for each part of a page: what it is to the reader of the article.

The headline is found first, by its heading and the metadata, and the frame that holds the article,
by where the running text lies. The labeller then says how likely each part is body, caption or
credit; the flags of the frames (`hints`) tell the rest apart.
"""

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.captions import take_alike, take_lines
from copytaster.reading.dates import is_dated, visible
from copytaster.reading.features import measure, shape
from copytaster.reading.headline import find_headline
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.labeller import likelihoods
from copytaster.reading.metadata import Metadata
from copytaster.reading.root import find_root
from copytaster.reading.signing import sign
from copytaster.reading.strays import take_out
from copytaster.reading.tree import (
    CELLS,
    HEADINGS,
    LONG_CELL,
    Frame,
    Part,
    Tree,
)  # fmt: skip
from copytaster.reading.words import key

LIKELY = 0.45
"""From where a part is body. Below one half: a lost paragraph is worse than a line too many."""
PLAIN = 0.3
"""From where a last sentence is body in a paragraph whose class says nothing."""
ROWS, NEARLY = 8, 0.33
"""Rows of a long table, and how likely they are on average where the table is body."""
SURE = 0.6
"""From where a part is body in another article of the page."""
OF_LIKELIEST = 0.6
"""Share of the likeliest part's chance from where a part is body, on a page unlike all others."""
HELD = {"tr": 0.02, "li": 0.05, "h2": 0.03, "h3": 0.03, "h4": 0.03}
"""From where a part is body that stands between others of the body, in the same frame."""
RUNNING = 80
"""Characters from where a paragraph is running text."""
SHORTEST = 150
"""Characters that any body has."""
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
    likely: list[list[float]] = []
    """How likely each part is body, caption and credit, as the labeller says."""


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
    chances = [row[0] for row in likely]
    least = _least(parts, chances)
    if headline is not None:
        _elsewhere(parts, frames, chances, headline)
    held = _held(parts, frames, chances, least)
    twice = _said_twice(parts, frames, chances, least)
    begun = False

    def following(index: int) -> int | None:
        for after in range(index + 1, len(parts)):
            if chances[after] > least and len(parts[after].text) > 60:
                return after
        return None

    def leads(index: int) -> bool:
        frame, after = frames[parts[index].frame], following(index)
        other = None if after is None else frames[parts[after].frame]
        beside = other is not None and frame.parent == other.parent
        if beside and (after == index + 1 or not frame.own & hints.LEAD):
            return False  # the first paragraph of the body, however it is set
        return _leads(parts[index], frame, other, lead)

    for index, (part, (_, caption, credit)) in enumerate(zip(parts, likely, strict=True)):
        frame = frames[part.frame]
        if index == headline:
            labels.append("headline")
            continue
        found: Label
        body = chances[index]
        if credit > LIKELY_LINE and credit >= caption and credit > body:
            found = "credit"
        elif (
            caption > LIKELY_LINE
            and caption > body
            and not (frame.hints & hints.QUOTE and labels and labels[-1] == "quote")
        ):
            found = "caption"
        elif (
            (body > least or index in held)
            and index not in twice
            and not (frame.own & hints.KICKER and headline is not None and index < headline)
        ):
            found = "caption" if frame.own & hints.CAPTION else _kind(part, frame)
            if not begun and headline is not None and leads(index):
                found = "standfirst"
            begun = begun or len(part.text) > 40
        else:
            found = _other(part, frame)
        labels.append(found)
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


def _elsewhere(parts: list[Part], frames: list[Frame], chances: list[float], headline: int) -> None:
    """Lower the chance of what stands in another `<article>` than headline and text do.

    Sites show the beginnings of other stories below one, built as it is.
    """
    outermost = [0] * len(frames)
    for number, frame in enumerate(frames):
        above = outermost[frame.parent]
        outermost[number] = above or (number if frame.tag == "article" else 0)
    home = outermost[parts[headline].frame]
    away = [
        index for index, part in enumerate(parts) if outermost[part.frame] not in (0, home)
    ] if home else []  # fmt: skip
    text = sum(part.mass for part, chance in zip(parts, chances, strict=True) if chance > SURE)
    if sum(parts[index].mass for index in away if chances[index] > SURE) * 4 < text:
        for index in away:
            if chances[index] <= SURE:
                chances[index] = 0.0


def _said_twice(
    parts: list[Part], frames: list[Frame], likely: list[float], least: float
) -> set[int]:
    """Find what the body says a second time: a key point above the text, a pulled quote.

    Of two places the one counts that has more of the body beside it. What is said more often is
    meant so, as the questions to several people are.
    """
    places: dict[str, list[int]] = {}
    beside: dict[int, int] = {}
    for index, chance in enumerate(likely):
        if chance > least and len(parts[index].text) > 40:
            places.setdefault(parts[index].text, []).append(index)
            above = frames[parts[index].frame].parent
            beside[above] = beside.get(above, 0) + 1
    found = set()
    for pair in places.values():
        if len(pair) == 2:
            first, second = (frames[parts[index].frame].parent for index in pair)
            if first != second:
                found.add(pair[0] if beside[second] > beside[first] else pair[1])
    return found


def _least(parts: list[Part], chances: list[float]) -> float:
    """Give the chance from where a part is body: `LIKELY`, unless hardly any text has it."""
    body = sum(len(p.text) for p, chance in zip(parts, chances, strict=True) if chance > LIKELY)
    if body >= SHORTEST:
        return LIKELY
    best = max((c for p, c in zip(parts, chances, strict=True) if p.mass), default=LIKELY)
    return max(0.05, min(LIKELY, OF_LIKELIEST * best))


def _held(parts: list[Part], frames: list[Frame], likely: list[float], least: float) -> set[int]:
    """Find the parts that stand among the body's: a list, a table's rows, crossheads, paragraphs.

    The labeller alone thinks little of short lines. A list stands in the frame in which the
    paragraphs around it stand, a row in a table that does; a last short sentence is built as the
    paragraphs before it are. A paragraph of some length is not left out from before or between its
    like in one frame, whatever that is called.
    """

    def home(part: Part) -> str:
        number = frames[part.frame].parent
        while frames[number].tag in ("ul", "ol", "dl", "tbody", "table", "li", "tr", "blockquote"):
            number = frames[number].parent
        return shape(frames[number].words) or str(number)

    def kind(part: Part) -> str:
        words = frames[part.frame].words
        return f"{frames[part.frame].tag} {shape(words)}" if words else ""

    homes: dict[str, list[int]] = {}
    paragraphs: dict[int, list[int]] = {}
    kinds: dict[tuple[str, str], int] = {}
    for index, chance in enumerate(likely):
        if chance > least and len(parts[index].text) > 60:
            at = home(parts[index])
            homes.setdefault(at, []).append(index)
            built = at, kind(parts[index])
            kinds[built] = kinds.get(built, 0) + 1
            if frames[parts[index].frame].tag == "p":
                paragraphs.setdefault(frames[parts[index].frame].parent, []).append(index)
    held = _rows(parts, frames, likely)
    against = hints.AGAINST & ~hints.QUOTE & ~hints.LEAD
    for index, chance in enumerate(likely):
        part = parts[index]
        if chance > least or part.density > 0.3:
            continue
        frame = frames[part.frame]
        like = paragraphs.get(frame.parent, []) if frame.tag == "p" else []
        if len(like) > 2 and index < like[-1] and len(part.text) >= RUNNING:
            held.add(index)
        around = homes.get(home(part), [])
        if len(around) < 2 or index < around[0]:
            continue
        if len(part.text) < 40 and visible(part.text):
            continue
        if frame.hints & ~frames[parts[around[0]].frame].hints & against:
            continue
        between = index < around[-1]
        alike = kinds.get((home(part), kind(part)), 0) > 2 and (kind(part) or chance > PLAIN)
        sentence = part.text.endswith((".", "!", "?", "。")) and part.text.count(" ") > 3
        listed = frame.tag == "li" and (index - 1 in held or likely[index - 1] > least)
        if (alike and sentence and index < around[-1] + 12) or (
            (between or listed) and chance > HELD.get(frame.tag, 0.12)
        ):
            held.add(index)
    return held


def _rows(parts: list[Part], frames: list[Frame], likely: list[float]) -> set[int]:
    """Find the rows of long tables that are nearly likely on the whole: all of them are body."""
    tables: dict[int, list[int]] = {}
    for index, part in enumerate(parts):
        if frames[part.frame].tag == "tr":
            tables.setdefault(frames[part.frame].parent, []).append(index)
    return {
        index
        for rows in tables.values()
        if len(rows) >= ROWS and sum(likely[row] for row in rows) > NEARLY * len(rows)
        for index in rows
    }


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
