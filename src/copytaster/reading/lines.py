"""Lines of a text dump put together into pieces: what a page shows between two breaks.

`w3m -dump` and `lynx -dump` wrap lines at the width of the screen, "select all, copy" does not.
lynx and elinks number the links and list their addresses under "References"; they set running text
in by three columns, leave headings at the edge and centre the first. html2text stars headings.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct, structs

_BULLET = re.compile(r"(?:[•·‣▪■□◦○●☆★◎♦*+o-]|\d{1,3}\.)(?:\s+|\Z)")
_NO_SPACES = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60"
    "\uffe0-\uffe6]"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_REFERENCES = re.compile(r"^References\n\s*\n(?:\s*Visible links:?\n)?(?=\s*1\. \S)", re.MULTILINE)
_REFERENCE = re.compile(r"^ *(\d+)\. (\S+)", re.MULTILINE)
_STARRED = re.compile(r"^\*{2,6} ((?:.|\n(?!\n)){1,400}?) \*{2,6}$", re.MULTILINE)
_UNDERLINED = re.compile(r"(?<=\S)_(?=\S)")
_LINK = re.compile(r"\[(\d{1,4})\]")
_CONTROLS = re.compile(
    r"\((?:BUTTON|\*)\)|\( \)|\[INS: ?:INS\]|\[(?:[ _]+|\*)\]|_{5,}|[━─=_*-]{5,}"
    r"|^\s*IFRAME: .*$|^\s*#\S.*$|\[[^\s\[\]]{0,99}[_=/?%.-][^\s\[\]]{0,99}\]"
    r"|\[(?:png|jpg|svg|gif|img|\d{5,})\]|^\s*(?:\[[^\s\[\]]{1,99}\]\s*)+$"
)
_LONGEST = 10_000
"""Letters beyond which lines are no longer put together: no paragraph is that long."""
_BEYOND = 0.15
"""Share of a dump in lines wider than it was wrapped at, beyond which it was not wrapped."""
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))


class Piece(Struct, frozen=True):
    """One block of a dump: its text with wrapped lines put together, and where it stood."""

    text: str
    indent: int = 0
    """Column of its first letter, a bullet left out."""
    bullet: bool = False
    apart: bool = True
    """Whether a blank line stands before it."""
    links: int = 0
    """Links that begin in it, where the dump numbers them."""
    url: str | None = None
    """Where it leads, if it begins with a link."""
    heading: bool = False
    """Whether it stands at the edge, in a dump that sets all other text in."""


class Dump(Struct, frozen=True):
    """A dump in pieces."""

    pieces: tuple[Piece, ...]
    numbered: bool
    """Whether links are numbered, so that what has none is known to have none."""
    addresses: tuple[str, ...] = ()
    """Where those links lead."""


def pieces(text: str) -> Dump:
    """Cut a dump into pieces: at blank lines, at bullets, and where a line was not full."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text, addresses = _without_references(_without_marks(text))
    rows = [_CONTROLS.sub("", row).rstrip() for row in text.translate(_INVISIBLE).split("\n")]
    wrapping, narrow = _wrapping(rows, wide=True), _wrapping(rows, wide=False)
    if narrow.sure > 1.25 * wrapping.sure:
        wrapping = narrow
    inset = _is_inset(rows)
    found: list[Piece] = []
    before: str | None = None
    apart = True
    for row in rows:
        body = row.lstrip(" \t")
        if not body.strip():
            before, apart = None, True
            continue
        indent = len(row) - len(body)
        last = found[-1] if before else None
        mark = _BULLET.match(body)
        if (
            before
            and last
            and len(last.text) < _LONGEST
            and (last.indent == indent or _is_under(before, row, last.bullet and not mark))
            and wrapping.continues(before, indent, body)
        ):
            found.pop()
            text = wrapping.joined(before, indent, last.text, body)
            found.append(structs.replace(last, text=text))
        elif mark:
            if mark.end() == len(body):
                before = None
                continue
            found.append(Piece(body[mark.end() :], indent + mark.end(), True, apart))
        else:
            found.append(Piece(body, indent, False, apart, heading=inset and indent == 0))
        before, apart = row, False
    return Dump(
        tuple(piece for raw in found if (piece := _with_links(raw, addresses)).text),
        bool(addresses),
        tuple(addresses.values()),
    )


def _is_under(before: str, row: str, item: bool) -> bool:
    """Tell whether a line may go on with the one before though it begins in another column.

    The lines of a centred headline do, and those of an item that does not hang.
    """
    first, second = (len(line) - len(line.lstrip()) for line in (before, row))
    middle = first + len(before) - second - len(row)
    return (second > first and abs(middle) <= 3) or (item and first == second)


def _without_marks(text: str) -> str:
    """Take away the marks of html2text: stars about a heading, a low line between words."""
    plain, headings = _STARRED.subn(lambda found: f"\n{' '.join(found[1].split())}\n", text)
    return _UNDERLINED.sub(" ", plain) if headings else text


def _without_references(text: str) -> tuple[str, dict[str, str]]:
    """Take the list of addresses off the end of a dump by lynx."""
    found = list(_REFERENCES.finditer(text))
    if not found:
        return text, {}
    last = found[-1]
    return text[: last.start()], dict(_REFERENCE.findall(text, last.end()))


def _with_links(piece: Piece, addresses: dict[str, str]) -> Piece:
    """Take the numbers of links out of a piece."""
    if not addresses:
        return structs.replace(piece, text=piece.text.strip("\t \u3000"))
    numbers = [number for number in _LINK.findall(piece.text) if number in addresses]
    first = _LINK.match(piece.text)
    text = _LINK.sub(lambda link: "" if link[1] in addresses else link[0], piece.text)
    return Piece(
        " ".join(text.split()) if numbers else text,
        piece.indent,
        piece.bullet,
        piece.apart,
        len(numbers),
        addresses.get(first[1]) if first else None,
        piece.heading,
    )


class _Wrapping(Struct, frozen=True):
    """How a dump was wrapped."""

    wide: bool
    """w3m counts a Chinese character as two columns and breaks a line behind any; lynx counts it
    as one and breaks at spaces while it can."""
    widths: dict[int, int]
    """Columns by indent (lynx leaves a margin that depends on it); -1 stands for the others."""
    sure: int
    """Lines that say so."""

    def width(self, indent: int) -> int:
        return self.widths.get(indent, self.widths.get(-1, 0))

    def columns(self, text: str) -> int:
        """Give the width of a text on the screen."""
        if text.isascii() or not self.wide:
            return len(text)
        return len(text) + len(_WIDE.findall(text))

    def word(self, text: str) -> int:
        """Give the columns of what had to fit on the line before this one."""
        if self.wide and _NO_SPACES.match(text):
            return 2
        return self.columns(text.split(maxsplit=1)[0]) if text else 0

    def continues(self, before: str, indent: int, body: str) -> bool:
        """Tell whether a line was broken only because the next word did not fit.

        One that is not full goes on too where no sentence ends and the next has no capital: what
        filled it has no text.
        """
        width, columns = self.width(indent), self.columns(before)
        if 0 < width <= columns + self.word(body):
            return True
        return columns * 2 > width > 0 and body[0].islower() and before[-1:].isalpha()

    def joined(self, before: str, indent: int, first: str, second: str) -> str:
        """Join what was wrapped; where a line is quite full it may have been cut within a word."""
        full = self.columns(before) + 2 > self.width(indent)
        if _NO_SPACES.match(first[-1:]) and _NO_SPACES.match(second) and (full or self.wide):
            return first + second
        if full and _HANGUL.match(first[-1:]) and _HANGUL.match(second):
            return first + second
        return f"{first} {second}"


def _wrapping(rows: list[str], *, wide: bool) -> _Wrapping:
    """Find out how a dump was wrapped: no widths, if it was not.

    A line that was wrapped says that the width is at least its own, and less than with the next
    word added. The width that most lines agree with is the one.
    """
    bare = _Wrapping(wide, {}, 0)
    lines: dict[int, list[tuple[int, int]]] = {-1: []}
    for row, after in pairwise(rows):
        body = after.lstrip(" ")
        columns = bare.columns(row)
        if body and columns > 30 and not _BULLET.match(body):
            line = (columns, columns + bare.word(body))
            indent = len(after) - len(body)
            lines[-1].append(line)
            if indent == len(row) - len(row.lstrip(" ")):
                lines.setdefault(indent, []).append(line)
    found = {indent: _agreed(said) for indent, said in lines.items()}
    most = max(agreed.most for agreed in found.values())
    spans = [bare.columns(row) for row in rows]
    beyond = sum(span for span in spans if span > most)
    if not found[-1].least or beyond > _BEYOND * sum(spans):
        return bare
    widths = {indent: agreed.least for indent, agreed in found.items() if agreed.least}
    return _Wrapping(wide, widths, found[-1].lines)


class _Agreed(NamedTuple):
    """The range of widths that most lines agree with, and how many lines; 0 if too few agree."""

    least: int = 0
    most: int = 0
    lines: int = 0


def _agreed(lines: list[tuple[int, int]]) -> _Agreed:
    """Find the widths that lie in most of the ranges; of two with as many, the greater."""
    steps: Counter[int] = Counter()
    for least, most in lines:
        steps[least] += 1
        steps[most + 1] -= 1
    best, sum_ = _Agreed(), 0
    for column, beyond in pairwise(sorted(steps)):
        sum_ += steps[column]
        if sum_ >= best.lines:
            best = _Agreed(column, beyond - 1, sum_)
    long = sum(least * 5 >= best.least * 3 for least, _ in lines)
    return best if best.lines >= 3 and best.lines * 2 >= long else _Agreed()


def _is_inset(rows: list[str]) -> bool:
    """Tell whether running text is set in, so that what stands at the edge is a heading."""
    long = [row for row in rows if len(row) > 50]
    return len(long) > 2 and sum(row.startswith("   ") for row in long) * 10 > len(long) * 7
