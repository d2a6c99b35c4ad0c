"""Claims inside claims: "According to his lawyer, he told the police that ...".

A content in which somebody is said to speak is tagged once more, alone: the tagger gives one
attribution for each word, and the outer one has these words already.
"""

import re
from collections.abc import Iterator, Sequence

from copytaster.claim import Span
from copytaster.claims.linking import Link, link
from copytaster.claims.prose import Part, Prose
from copytaster.claims.tagger import Tagger

LEAST = 0.5
"""Confidence below which nothing is taken for a claim inside another."""
SHORTEST = 40
"""Characters in a content that can hold another attribution."""

_SPEAKS = re.compile(
    r"\b(?:said|says|say|told|tells|asked|warned|claimed|claims|argued|wrote|writes|insisted|"
    r"promised|announced|denied|admitted|stated|according\sto)\b",
    re.I,
)


def nested(prose: Prose, links: Sequence[Link], model: Tagger) -> Iterator[tuple[Link, Link]]:
    """Give each link that stands in the content of another, after that other."""
    spans: list[tuple[Link, Span]] = [
        (outer, span)
        for outer in links
        for span in outer.content
        if span[1] - span[0] >= SHORTEST and _SPEAKS.search(prose.text, *span)
    ]
    if not spans:
        return
    tagged = model([prose.text[start:end].replace("\n", " ") for _, (start, end) in spans])
    for (outer, (start, end)), tags in zip(spans, tagged, strict=True):
        parts = sorted(
            (Part(one.kind, start + one.start, start + one.end, one.score) for one in tags.spans),
            key=lambda part: (part.start, part.end),
        )
        for inner in link(prose, parts):
            inside = sum(last - first for first, last in inner.content)
            spoken = _SPEAKS.search(prose.text, *inner.cue)
            sure = inner.source and spoken and inner.confidence >= LEAST
            if sure and inside < 0.9 * (end - start):
                yield outer, inner
