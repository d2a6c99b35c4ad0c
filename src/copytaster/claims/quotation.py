"""Quotation marks in pairs, whatever their style; odd, missing and nested ones do no harm.

One pass over each paragraph with a stack of open marks. A quotation that runs over paragraphs opens
in each of them and is closed only in the last; it gives one quotation a paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from copytaster.claim import Kind, Span

DEEPEST = 8
"""Quotations inside one another; marks that open a deeper one are passed over."""

_CLOSERS = {
    "“": "”“\"", "”": "”", "„": "“”\"„", "‟": "”", "«": "»", "»": "«»", "「": "」", "『": "』",
    "《": "》", "〝": "〟〞", "＂": "＂", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹›", '"': '"”',
    "'": "'", "’": "’", "``": "''",
}  # fmt: skip
_MARK = re.compile("``|''|[“”„‟«»「」『』《》〝〟〞＂‘’‚‹›\"']")
_SINGLE = frozenset("‘’‚'")
_OPENS_ALWAYS = frozenset(("“", "„", "‟", "「", "『", "《", "〝", "‚", "``"))
_PARAGRAPH = re.compile(r"[^\n]+")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|em|til|cause|n|bout|round)\b", re.I)


class Quotation(Struct, frozen=True):
    """Words in quotation marks; offsets include the marks."""

    start: int
    end: int
    depth: int
    """0 is in no other quotation."""
    closed: bool = True
    """Whether its closing mark is there."""


def quotations(text: str) -> tuple[Quotation, ...]:
    """Pair the quotation marks of a text; none crosses another, none runs over a line end."""
    found: list[Quotation] = []
    lines = [match.span() for match in _PARAGRAPH.finditer(text)]
    for number, (start, end) in enumerate(lines):
        following = text[lines[number + 1][0]] if number + 1 < len(lines) else ""
        found += _line(text, start, end, following)
    return tuple(found)


class _Open(Struct):
    mark: str
    at: int


def _line(text: str, start: int, end: int, following: str) -> Iterator[Quotation]:
    """Pair the marks of one line; `following` is the first character of the next."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match[0], match.start(), match.end()
        before = text[at - 1] if at > start else " "
        behind = text[after] if after < end else " "
        depth = next((d for d in range(len(stack) - 1, -1, -1) if _closes(mark, stack[d])), None)
        outward = _opening(before, behind)
        if mark in _SINGLE and before.isalnum() and behind.isalnum():
            continue  # an apostrophe
        if depth is not None and not (outward and _reopens(mark, stack[depth])):
            if mark in _SINGLE and _inward(before, behind) is False:
                continue
            found.append(Quotation(stack[depth].at, after, depth))
            del stack[depth:]
        elif _may_open(mark, outward, text, after, end) and len(stack) < DEEPEST:
            if depth is not None:  # its closing mark is missing
                del stack[depth:]
            stack.append(_Open(mark, at))
    if stack and (stack[0].at == start or _continues(stack[0].mark, following)):
        found = [Quotation(q.start, q.end, q.depth) if q.start < stack[0].at else q for q in found]
        found.append(Quotation(stack[0].at, end, 0, closed=False))
    elif stack:
        found = _risen(found, [one.at for one in stack])
    yield from sorted(found, key=lambda q: (q.start, -q.end))


def _opening(before: str, behind: str) -> bool:
    """Tell whether a mark between these has the shape of one that opens."""
    return not (before.isalnum() or before in ".,!?…;%)]") and not behind.isspace()


def _inward(before: str, behind: str) -> bool:
    return not before.isspace() and not behind.isalnum()


def _closes(mark: str, opened: _Open) -> bool:
    return mark in _CLOSERS[opened.mark] or (mark == "''" and opened.mark == "``")


def _reopens(mark: str, opened: _Open) -> bool:
    """Tell whether a mark that has the shape of an opening one is one, though it might close."""
    return mark in "\"'＂“" and opened.mark not in "„‚"


def _may_open(mark: str, outward: bool, text: str, after: int, end: int) -> bool:
    if mark in _OPENS_ALWAYS:
        return True
    if mark in ("''", "》", "」", "』", "〟", "〞") or not outward:
        return mark == "«" and after < end
    if mark in _SINGLE:
        closing = "’" if mark in "‘’" else mark
        return not _ELISION.match(text, after) and _has_end(text, closing, after, end)
    return True


def _has_end(text: str, mark: str, after: int, end: int) -> bool:
    """Tell whether a single mark that can close comes within the next few hundred characters."""
    limit = min(end, after + 600)
    at = text.find(mark, after, limit)
    while at >= 0:
        behind = text[at + 1] if at + 1 < end else " "
        if not text[at - 1].isspace() and not behind.isalnum() and text[at - 1] != "s":
            return True
        if text[at - 1] in "s" and (behind in ".,!?;:" or at + 1 >= end):
            return True
        at = text.find(mark, at + 1, limit)
    return False


def _continues(mark: str, following: str) -> bool:
    return bool(following) and following == mark[0]


def _risen(found: list[Quotation], dropped: list[int]) -> list[Quotation]:
    """Lift quotations out of others that turned out to be none."""
    return [
        Quotation(q.start, q.end, q.depth - sum(at < q.start for at in dropped), q.closed)
        for q in found
    ]


def outermost(found: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """Leave out quotations that stand in another."""
    return tuple(q for q in found if q.depth == 0)


SCARE = 2
"""Words that a quotation must have, for the content around it to be partly quoted."""


def kind(text: str, found: Sequence[Quotation], content: Sequence[Span]) -> Kind:
    """Tell how much of a content stands in quotation marks; `found` in order, none in another."""
    starts = [quotation.start for quotation in found]
    letters = quoted = longest = 0
    for start, end in content:
        letters += _letters(text, start, end)
        for quotation in found[max(0, bisect_right(starts, start) - 1) :]:
            if quotation.start >= end:
                break
            first, last = max(start, quotation.start), min(end, quotation.end)
            if first < last:
                quoted += _letters(text, first, last)
                longest = max(longest, len(text[first:last].split()))
    if letters and quoted >= 0.95 * letters:
        return "direct"
    return "mixed" if longest >= SCARE else "indirect"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))
