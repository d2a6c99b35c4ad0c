"""Speech whose speaker only the layout tells: a signature after a dash, a name and a colon."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from copytaster.claims.linking import Link
from copytaster.claims.prose import Prose

CONFIDENCE = 0.8
TURNS = 3
"""Lines that begin with a name and a colon, in what is taken for an interview."""

_SIGNED = re.compile(r"\s*(?P<cue>[―—–]|--?)\s?(?P<source>[A-ZÀ-Þ][^.!?“”\"]{2,80})[.\s]*$")
_TURN = re.compile(
    r"[“\"]?(?P<source>[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{1,40}[A-ZÀ-Þ])(?P<cue>:)\s(?P<content>.*\S)"
)


def laid_out(prose: Prose, links: Sequence[Link]) -> list[Link]:
    """Add such speech to the links; where both say the same, the layout is believed."""
    own = [*_signed(prose), *_turns(prose)]
    if not own:
        return list(links)
    spans = sorted(one.content[0] for one in own)
    lines = {prose.paragraph(start): (start, end) for start, end in spans}
    kept = []
    for one in links:
        pieces = tuple(
            piece
            for piece in one.content
            if (line := lines.get(prose.paragraph(piece[0]))) is None
            or (piece[0] > line[0] and 2 * (piece[1] - piece[0]) < line[1] - line[0])
        )
        if pieces:
            kept.append(replace(one, content=pieces))
    return [*kept, *own]


def _signed(prose: Prose) -> Iterator[Link]:
    """Give quotations that fill a line but for a dash and a name."""
    for quotation in prose.quotations:
        start, end = prose.paragraphs[prose.paragraph(quotation.start)]
        if start != quotation.start or not quotation.closed:
            continue
        match = _SIGNED.match(prose.text, quotation.end, end)
        if match:
            content = ((quotation.start, quotation.end),)
            yield Link(content, match.span("cue"), match.span("source"), CONFIDENCE)


def _turns(prose: Prose) -> list[Link]:
    """Give the turns of an interview in which each begins with a name in capitals."""
    turns = [
        match
        for start, end in prose.paragraphs
        if (match := _TURN.fullmatch(prose.text, start, end))
    ]
    if len(turns) < TURNS:
        return []
    return [
        Link((turn.span("content"),), turn.span("cue"), turn.span("source"), CONFIDENCE)
        for turn in turns
    ]
