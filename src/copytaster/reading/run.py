"""A run of text: what stands between two breaks, with its links and what is set in bold."""

from copytaster.reading.elements import BOLD, LINK
from copytaster.reading.menus import PROSE
from copytaster.reading.tree import Part, fold

MOST_PARTS = 20_000
"""Where reading stops: what is measured takes a kilobyte a part, and no article is that long."""


class Run:
    """The text gathered since the last break.

    Links, bold and italic begin and end between pieces of it; what is open at a break goes on in
    the next run.
    """

    __slots__ = ("begun", "broken", "number", "open", "parts", "pieces", "spans")

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.number = 0
        """Of the last part, image or time, in document order."""
        self.pieces: list[str] = []
        self.begun = False
        """Whether there has been running text."""
        self.broken = False
        """Whether a line break was the last that came."""
        self.open: list[tuple[int, int, str]] = []
        """Sort, beginning and target of what is open, the outermost first."""
        self.spans: list[tuple[int, int, int, str]] = []
        """Sort, beginning, end and target of what is closed."""

    def enter(self, sort: int, target: str) -> None:
        """Enter a link to `target`, bold or italic."""
        self.open.append((sort, len(self.pieces), target))

    def leave(self) -> None:
        """Leave what was entered last."""
        sort, start, target = self.open.pop()
        if len(self.pieces) > start:
            self.spans.append((sort, start, len(self.pieces), target))

    def link(self) -> str | None:
        """Give the target of the link that is open."""
        for sort, _, target in reversed(self.open):
            if sort & LINK:
                return target
        return None

    def line_break(self, frame: int) -> None:
        """Take a line break; two of them end the run."""
        if self.broken:
            self.end(frame)
        elif self.pieces:
            self.pieces.append(" ")
        self.broken = True

    def end(self, frame: int) -> None:
        """Make a part of the run in `frame`, and begin the next."""
        self.broken = False
        pieces = self.pieces
        if not pieces:
            return
        if self.open:
            opened = [(sort, 0, target) for sort, _, target in self.open]
            while self.open:
                self.leave()
            self.open = opened
        text = fold("".join(pieces) if len(pieces) > 1 else pieces[0])
        if text and len(self.parts) < MOST_PARTS:
            self.number += 1
            part = Part(text, frame, self.number)
            if len(text) >= PROSE:
                self.begun = True
            if self.spans:
                self.mark(part)
            self.parts.append(part)
        self.spans.clear()
        pieces.clear()

    def mark(self, part: Part) -> None:
        """Say of a part what of it is linked, bold or italic."""
        pieces, text = self.pieces, part.text
        longest = len(text)
        links: list[tuple[str, str]] = []
        for sort, start, end, target in self.spans:
            if sort & LINK:
                whole = end - start == len(pieces)
                label = text if whole else fold("".join(pieces[start:end]))
                if label:
                    links.append((label, target))
                    part.linked += len(label)
                continue
            length = sum(map(len, pieces[start:end]))
            if sort & BOLD:
                part.bold = min(part.bold + length, longest)
            else:
                part.italic = min(part.italic + length, longest)
        if links:
            part.links = tuple(links)
            if part.linked >= longest:
                part.linked, part.density = longest, 1.0
            else:
                part.density = part.linked / longest
