"""Why a page was read as it was: the label of each of its parts, and what speaks for it."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from copytaster.page import Page
from copytaster.reading import NoArticle, hints, kind_of, prose
from copytaster.reading.dump import apart
from copytaster.reading.encoding import decode
from copytaster.reading.html import source_of
from copytaster.reading.labels import label
from copytaster.reading.leaning import leanings, phrases
from copytaster.reading.lines import pieces
from copytaster.reading.look import CUES, looks
from copytaster.reading.metadata import metadata
from copytaster.reading.spoken import spoken
from copytaster.reading.walk import walk


class Line(Struct, frozen=True):
    """One part of a page."""

    label: str
    likely: tuple[int, ...]
    """How likely it is body, caption and credit, in percent; body alone in a dump."""
    element: str
    """Its element and class words."""
    cues: str
    """What the words of its elements tell, and how much of it is links."""
    text: str


def explained(page: Page) -> list[Line]:
    """Label the parts of a page as reading it does. Raises NoArticle for what is no page."""
    kind = kind_of(page)
    if kind == "html":
        return list(_of_html(page))
    if kind == "text":
        return list(_of_dump(page))
    raise NoArticle(f"{page.path}: nothing to explain (neither HTML nor text)")


def rows(
    lines: list[Line], mark: Callable[[str], str] | None = None, width: int = 160
) -> Iterator[str]:
    """Give the lines of a table, at most `width` wide; `mark` puts a sign before each."""
    begin = "" if mark is None else "  "
    yield f"{begin}{'label':10} {'body':>4} {'capt':>4} {'cred':>4} {'element':26} {'cues':26} text"
    for line in lines:
        likely = " ".join(f"{share:4}" for share in (*line.likely, "", "", "")[:3])
        head = "" if mark is None else f"{mark(line.text)} "
        row = f"{head}{line.label:10} {likely} {line.element[:26]:26} {line.cues[:26]:26} "
        yield row + line.text[: max(20, width - len(row))]


def _of_html(page: Page) -> Iterator[Line]:
    tree = walk(source_of(page))
    labelled = label(tree, metadata(tree, page.url))
    for part, name, likely in zip(tree.parts, labelled.labels, labelled.likely, strict=True):
        frame = tree.frames[part.frame]
        cues = hints.names(frame.hints)
        if part.linked:
            cues.insert(0, f"{part.density:.0%} links")
        yield Line(
            name,
            tuple(round(100 * share) for share in likely),
            f"{frame.tag} {frame.words}".strip(),
            " ".join(cues),
            part.text,
        )


def _of_dump(page: Page) -> Iterator[Line]:
    dump = pieces(decode(page.content, page.charset, html=False))
    labels, likely = apart(dump), prose.likelihoods(dump).body
    words = spoken(dump)
    look, lean = looks(dump, words), leanings(phrases(words), prose.reader().leaning)["leaning"]
    for number, (piece, name) in enumerate(zip(dump.pieces, labels, strict=True)):
        cues = [cue for cue in CUES if look[cue][number]]
        if tenths := round(float(lean[number]), 1):
            cues.insert(0, f"words {tenths:+}")
        element = "bullet" if piece.bullet else ""
        yield Line(name, (round(100 * likely[number]),), element, " ".join(cues), piece.text)
