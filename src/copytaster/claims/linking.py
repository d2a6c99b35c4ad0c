"""Which cue goes with which content, and which source with which cue.

Each content takes the cue, and each cue the source, that a logistic model finds likeliest; contents
of one cue are one claim. The weights, by the features' names, are in `linking.json`; trained by
`bench/train_linking.py`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct

from copytaster.claim import Span
from copytaster.claims.prose import Part, Prose

WEIGHTS = Path(__file__).with_name("linking.json")
NEAR = 4
"""Candidates on either side."""
FAR = 700
"""Characters beyond which nothing is linked."""


class Weights(Struct, frozen=True):
    """The file of weights."""

    about: str
    content: dict[str, float]
    source: dict[str, float]


class Link(Struct, frozen=True):
    """A content in pieces, its cue and its source."""

    content: tuple[Span, ...]
    cue: Span
    source: Span | None
    confidence: float
    scores: tuple[float, ...] = ()
    """The tagger's, of content, cue and source (0: none), and how likely their links are; nothing
    where rules made the link."""


@cache
def weights() -> Weights:
    """Load the weights, once a process."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)


def link(prose: Prose, parts: Sequence[Part]) -> list[Link]:
    """Link the parts of a text; contents without a cue, and cues without a content, are left out.

    `parts` are in the order of the text and do not overlap.
    """
    model = weights()
    cues: dict[int, list[tuple[int, float]]] = {}
    for content in (at for at, part in enumerate(parts) if part.kind == "content"):
        best, likely = _best(prose, parts, content, "cue", model.content)
        if best is not None:
            cues.setdefault(best, []).append((content, likely))
    links = []
    for cue, contents in sorted(cues.items()):
        source, sure = _best(prose, parts, cue, "source", model.source)
        scores = (
            min(parts[at].score for at, _ in contents),
            parts[cue].score,
            parts[source].score if source is not None else 0.0,
            min(likely for _, likely in contents),
            sure if source is not None else 1 - sure,
        )
        links.append(
            Link(
                content=tuple((parts[at].start, parts[at].end) for at, _ in contents),
                cue=(parts[cue].start, parts[cue].end),
                source=(parts[source].start, parts[source].end) if source is not None else None,
                confidence=min(scores[:2]) * scores[3] * scores[4],
                scores=scores,
            )
        )
    return links


def _best(
    prose: Prose, parts: Sequence[Part], at: int, kind: str, model: dict[str, float]
) -> tuple[int | None, float]:
    """Give the likeliest partner and how likely it is; none where that is not likelier than not."""
    best, likely = None, 0.0
    for other in candidates(parts, at, kind):
        sum_ = sum(model.get(name, 0.0) for name in features(prose, parts, at, other))
        chance = 1 / (1 + exp(-max(-30.0, min(30.0, sum_))))
        if chance > likely:
            best, likely = other, chance
    return (best, likely) if likely >= 0.5 else (None, likely)


def candidates(parts: Sequence[Part], at: int, kind: str) -> Iterator[int]:
    """Give the nearest parts of a kind on either side."""
    for step in (-1, 1):
        other, found = at + step, 0
        while 0 <= other < len(parts) and found < NEAR:
            if _gap(parts[at], parts[other]) > FAR:
                break
            if parts[other].kind == kind:
                found += 1
                yield other
            other += step


def _gap(one: Part, other: Part) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def features(prose: Prose, parts: Sequence[Part], at: int, other: int) -> list[str]:
    """Name what is known of a pair: of a content and a cue, or of a cue and a source."""
    part, partner = parts[at], parts[other]
    side = "before" if other < at else "after"
    first, last = min(at, other), max(at, other)
    between = prose.text[parts[first].end : parts[last].start]
    kinds = [parts[i].kind for i in range(first + 1, last)]
    same = prose.sentence(part.start) == prose.sentence(partner.start)
    joined = prose.paragraph(part.start) == prose.paragraph(partner.start)
    where = "in sentence" if same else "in paragraph" if joined else "beyond"
    gap = next(
        name
        for size, name in ((2, "2"), (6, "6"), (15, "15"), (40, "40"), (120, "120"), (FAR, "more"))
        if len(between) <= size
    )
    named = [
        "bias", side, f"{side} {where}", f"{side} gap {gap}", f"{where} gap {gap}",
        f"{side} between {' '.join(sorted(set(kinds)))}", f"{side} {len(kinds)} between",
        f"{side} {where} cues between {kinds.count('cue')}",
        f"{side} {where} contents between {kinds.count('content')}",
        f"{side} {where} sources between {kinds.count('source')}",
    ]  # fmt: skip
    for mark in ',;:.—”“"':
        if mark in between:
            named.append(f"{side} mark {mark}")
    rivals = sorted(
        "before" if rival < at else "after"
        for rival in _beside(prose, parts, at, partner.kind)
        if rival != other
    )
    named.append(f"{side} {where} rivals {' '.join(rivals)}")
    if part.kind == "content":
        named += _of_content(prose, part, partner, side, where, between)
    else:
        named += _of_source(prose, part, partner, side, between)
    return named


def _beside(prose: Prose, parts: Sequence[Part], at: int, kind: str) -> Iterator[int]:
    """Give the nearest part of a kind on either side, if it is in the same sentence."""
    sentence = prose.sentence(parts[at].start)
    for step in (-1, 1):
        for other in range(at + step, at + step * 3 * NEAR, step):
            if not 0 <= other < len(parts) or prose.sentence(parts[other].start) != sentence:
                break
            if parts[other].kind == kind:
                yield other
                break


def _of_content(
    prose: Prose, content: Part, cue: Part, side: str, where: str, between: str
) -> list[str]:
    text = prose.text
    quoted = text[content.start] in '“"‘„«'
    _, end = prose.sentence_span(cue.start)
    named = [
        f"{side} {where} quoted {quoted}",
        f"{side} small letter {text[content.start].islower()}",
        f"{side} cue ends {_ending(text[cue.start : cue.end])}",
    ]
    if side == "before" and (":" in between or text[cue.end - 1] == ":"):
        named.append(f"{where} colon")
    if cue.end >= end - 1:
        named.append(f"{side} {where} cue ends sentence")
    if side == "after" and text[content.end - 1 : content.end] in ",”":
        named.append("comma and cue")
    return named


def _of_source(prose: Prose, cue: Part, source: Part, side: str, between: str) -> list[str]:
    ending = _ending(prose.text[cue.start : cue.end])
    named = [f"{side} cue ends {ending}"]
    if between.strip().casefold() in ("by", "from", "of", "to"):
        named.append(f"{side} {between.strip().casefold()}")
    if between.isspace() or not between:
        named.append(f"{side} touches")
    return named


def _ending(cue: str) -> str:
    """Tell what sort of word a cue ends in."""
    last = cue.rsplit(maxsplit=1)[-1].strip(",.").casefold() if cue.strip() else ""
    if last in ("to", "by", "of", "from", "that", "for", "with"):
        return last
    return "-ing" if last.endswith("ing") else "-ed" if last.endswith("ed") else ""
