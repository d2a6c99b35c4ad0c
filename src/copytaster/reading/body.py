"""Which parts of a page are its body: what the labeller says, mended by where they stand.

The labeller sees each part by itself and a few of its neighbours; a list, a table's rows and the
last sentence are told by the paragraphs they stand among.
"""

from collections.abc import Sequence

from msgspec import Struct

from copytaster.reading import hints
from copytaster.reading.dates import visible
from copytaster.reading.tree import Frame, Part, shape

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
_WITHIN = frozenset(("ul", "ol", "dl", "tbody", "table", "li", "tr", "blockquote"))
RUNNING = 80
"""Characters from where a paragraph is running text."""
SHORTEST = 150
"""Characters that any body has."""


class Body(Struct):
    """Which parts are the body, by their index, and how likely each part is."""

    chances: list[float]
    least: float
    """From where a part is body by its chance alone."""
    parts: set[int]


def find_body(
    parts: list[Part], frames: list[Frame], likely: Sequence[float], headline: int | None
) -> Body:
    """Find the body; `likely` is how likely the labeller thinks each part to be of it."""
    chances = list(likely)
    least = _least(parts, chances)
    tags = [frame.tag for frame in frames]
    if headline is not None and tags.count("article") > 1:
        _elsewhere(parts, frames, chances, headline)
    found = [index for index, chance in enumerate(chances) if chance > least]
    held = _rows(parts, frames, chances) if "tr" in tags else set()
    _hold(held, found, parts, frames, chances, least)
    held.update(found)
    return Body(chances, least, held - _said_twice(parts, frames, found))


def _least(parts: list[Part], chances: list[float]) -> float:
    """Give the chance from where a part is body: `LIKELY`, unless hardly any text has it."""
    body = [len(p.text) for p, chance in zip(parts, chances, strict=True) if chance > LIKELY]
    if sum(body) >= SHORTEST:
        return LIKELY
    best = max((c for p, c in zip(parts, chances, strict=True) if p.mass), default=LIKELY)
    return max(0.05, min(LIKELY, OF_LIKELIEST * best))


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


def _hold(
    held: set[int],
    found: list[int],
    parts: list[Part],
    frames: list[Frame],
    likely: list[float],
    least: float,
) -> None:
    """Add to `held` the parts that stand among those `found`: a list, crossheads, paragraphs.

    The labeller alone thinks little of short lines. A list stands in the frame in which the
    paragraphs around it stand, a row in a table that does; a last short sentence is built as the
    paragraphs before it are. A paragraph of some length is not left out from before or between its
    like in one frame, whatever that is called.
    """
    known: dict[int, str] = {}

    def home(frame: Frame) -> str:
        number = frame.parent
        if number not in known:
            while frames[number].tag in _WITHIN:
                number = frames[number].parent
            known[frame.parent] = shape(frames[number].words) or str(number)
        return known[frame.parent]

    homes: dict[str, list[int]] = {}
    paragraphs: dict[int, list[int]] = {}
    kinds: dict[tuple[str, str], int] = {}
    for index in found:
        if len(parts[index].text) > 60:
            frame = frames[parts[index].frame]
            at = home(frame)
            homes.setdefault(at, []).append(index)
            built = at, frame.kind if frame.words else ""
            kinds[built] = kinds.get(built, 0) + 1
            if frame.tag == "p":
                paragraphs.setdefault(frame.parent, []).append(index)
    against = hints.AGAINST & ~hints.QUOTE & ~hints.LEAD
    for index, part in enumerate(parts):
        chance = likely[index]
        if chance > least or part.density > 0.3:
            continue
        frame = frames[part.frame]
        like = paragraphs.get(frame.parent, []) if frame.tag == "p" else []
        if len(like) > 2 and index < like[-1] and len(part.text) >= RUNNING:
            held.add(index)
        around = homes.get(home(frame), [])
        if len(around) < 2 or index < around[0]:
            continue
        if len(part.text) < 40 and visible(part.text):
            continue
        if frame.hints & ~frames[parts[around[0]].frame].hints & against:
            continue
        between = index < around[-1]
        kind = frame.kind if frame.words else ""
        alike = kinds.get((home(frame), kind), 0) > 2 and (kind or chance > PLAIN)
        sentence = part.text.endswith((".", "!", "?", "。")) and part.text.count(" ") > 3
        listed = frame.tag == "li" and (index - 1 in held or likely[index - 1] > least)
        if (alike and sentence and index < around[-1] + 12) or (
            (between or listed) and chance > HELD.get(frame.tag, 0.12)
        ):
            held.add(index)


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


def _said_twice(parts: list[Part], frames: list[Frame], body: list[int]) -> set[int]:
    """Find what the body says a second time: a key point above the text, a pulled quote.

    Of two places the one counts that has more of the body beside it. What is said more often is
    meant so, as the questions to several people are.
    """
    places: dict[str, list[int]] = {}
    beside: dict[int, int] = {}
    for index in body:
        if len(parts[index].text) > 40:
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
