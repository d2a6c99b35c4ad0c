"""A text with its claims marked, cut wherever a claim, its cue or its source begins or ends.

Claims overlap and stand inside each other, elements cannot: so each piece says what it is part of,
and the pieces together are the text, character by character.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from copytaster.article import Article
from copytaster.desk.stated import Stated


class Piece(Struct, frozen=True):
    """A piece of a text."""

    text: str
    marks: str = ""
    """What it is part of: "said", "twice" (a claim inside another), "cue", "source"."""
    begins: tuple[int, ...] = ()
    """Numbers of the claims whose words begin here."""


class Passage(Struct, frozen=True):
    """One passage of an article: headline, standfirst, caption, or a block of the body."""

    kind: str
    pieces: list[Piece]
    claims: list[Stated]
    """Those whose words begin here."""


def marked(article: Article, claims: Sequence[Stated]) -> list[Passage]:
    """Cut an article's passages, in the order of `Article.text`."""
    found = []
    at = 0
    for kind, text in _passages(article):
        begun = [one for one in claims if at <= one.claim.content[0][0] < at + len(text)]
        found.append(Passage(kind, pieces(text, at, claims), begun))
        at += len(text) + len("\n\n")
    return found


def pieces(text: str, at: int, claims: Sequence[Stated]) -> list[Piece]:
    """Cut a passage that begins at `at`; claims that are not in it leave it as it is."""
    end = at + len(text)
    spans = [
        (max(start, at), min(stop, end), what, number)
        for number, start, stop, what in _spans(claims)
        if start < end and stop > at
    ]
    cuts = sorted({at, end, *(cut for span in spans for cut in span[:2])})
    found = []
    for start, stop in pairwise(cuts):
        inside = [span for span in spans if span[0] <= start and stop <= span[1]]
        what = [span[2] for span in inside]
        marks = ["said"] * ("said" in what) + ["twice"] * (what.count("said") > 1)
        marks += [name for name in ("cue", "source") if name in what]
        begins = {one.number for one in claims if one.claim.content[0][0] == start and start < end}
        found.append(Piece(text[start - at : stop - at], " ".join(marks), tuple(sorted(begins))))
    return found


def _spans(claims: Iterable[Stated]) -> Iterable[tuple[int, int, int, str]]:
    for one in claims:
        for what, spans in (
            ("said", one.claim.content),
            ("cue", one.claim.cue),
            ("source", one.claim.source),
        ):
            for start, stop in spans:
                yield one.number, start, stop, what


def _passages(article: Article) -> Iterable[tuple[str, str]]:
    yield "headline", article.headline
    if article.standfirst:
        yield "standfirst", article.standfirst
    for picture in article.pictures:
        if picture.caption:
            yield "caption", picture.caption
    for block in article.body:
        yield block.kind, block.text
