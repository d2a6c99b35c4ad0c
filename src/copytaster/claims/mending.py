"""Links mended by what stands around them: syntax, quotation marks, "according to"."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from copytaster.claim import Span
from copytaster.claims.linking import Link
from copytaster.claims.prose import Prose

LEAST = 4
"""Words in a quotation that goes on where its source has been named."""

_NOMINAL = ("ADJ", "DET", "NOUN", "NUM", "PROPN")

_OPENING = '“"„«‘'
_NAMELESS = re.compile(
    r"(?:that (?:he|she|they) )?not (?:to )?be (?:named|identified|quoted)|anonymity"
)
_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording to)\s(?P<source>[^,.;:“”\"—\n]{2,90})")
_CLOSING = re.compile(
    r",\s(?P<source>(?:[Tt]he\s|[A-Z])[^,.;:“”\"—\n]{2,60}?)\s(?P<cue>said|says)"
    r"(?:\s(?:on|late on|early on)?\s?\w+day|\sin a statement)?[.]"
)
BETWEEN = 40
"""Characters between a quotation and its source that can be part of the source."""
CLOSE = 14
"""Characters after a cue that closes its sentence: "on Friday."."""
SURE = 0.6
"""Confidence in what only "according to" tells."""


def mended(prose: Prose, links: Sequence[Link]) -> list[Link]:
    """Trim sources that hold more than the subject of the cue; give quotations that go on.

    Who asks "not to be named" says nothing by it; "according to" always does.
    """
    kept = [one for one in links if not _NAMELESS.match(prose.text, one.content[0][0])]
    spoken = Counter(prose.sentence(one.cue[0]) for one in kept)
    found = [_closed(prose, _widened(prose, _trimmed(prose, one), spoken)) for one in kept]
    found = _continued(prose, found)
    return [*found, *_according(prose, found)]


def _trimmed(prose: Prose, one: Link) -> Link:
    """Keep of a source that spans a clause ("he fled and officials" say) the cue's subject."""
    if one.source is None:
        return one
    start, end = one.source
    places = prose.within(start, end)
    verbs = [
        at
        for at in places
        if prose.words[at].tag == "VERB"
        and prose.words[at].relation in ("root", "conj", "parataxis", "ccomp", "advcl")
    ]
    if not verbs:
        return one
    cue = prose.within(*one.cue)
    subjects = [
        at
        for at in places
        if prose.words[at].head in cue and prose.words[at].relation.startswith("nsubj")
    ]
    if not subjects or subjects[0] < verbs[0]:
        return one
    first = subjects[0]
    while first - 1 in places and prose.words[first - 1].tag in _NOMINAL:
        first -= 1
    return replace(one, source=(prose.words[first].start, end))


def _widened(prose: Prose, one: Link, spoken: Counter[int]) -> Link:
    """Give all of a sentence that ends in "X said" as the content, if nobody else speaks in it."""
    number = prose.sentence(one.cue[0])
    start, end = prose.sentence_span(one.cue[0])
    if one.source is None or len(one.content) > 1 or spoken[number] > 1:
        return one
    first, last = one.content[0]
    closing = end - one.cue[1] <= CLOSE and one.source[0] - last in (1, 2)
    text = prose.text[start:first]
    if not closing or not start < first or any(mark in text for mark in '“”";:'):
        return one
    dateline = max(text.rfind(mark) for mark in "—–") + 1
    start += dateline + (prose.text[start + dateline] == " ")
    return replace(one, content=((start, last),))


def _closed(prose: Prose, one: Link) -> Link:
    """Give the words between a quotation and its source to the source: "...," its head, Ana Low."""
    first, last = one.content[-1]
    quotation = prose.quotation(first)
    if one.source is None or quotation is None or quotation.start != first:
        return one
    between = prose.text[quotation.end : one.source[0]]
    if not last <= one.source[0] or not 0 < last - quotation.end < BETWEEN or ":" in between:
        return one
    start = quotation.end + len(between) - len(between.lstrip(" ,—–"))
    content = (*one.content[:-1], (first, quotation.end))
    return replace(one, content=content, source=(start, one.source[1]))


def _continued(prose: Prose, links: list[Link]) -> list[Link]:
    """Add to a claim the quotation that follows in its paragraph and is nobody else's.

    "...," she said. "It will stand."
    """
    taken = sorted(span for one in links for span in (*one.content, one.cue, one.source or one.cue))
    found = list(links)
    by_paragraph: dict[int, list[int]] = {}
    for number, one in enumerate(links):
        by_paragraph.setdefault(prose.paragraph(one.cue[0]), []).append(number)
    at = 0
    for quotation in prose.quotations:
        while at < len(taken) and taken[at][1] <= quotation.start:
            at += 1
        if at < len(taken) and taken[at][0] < quotation.end:
            continue
        span = (quotation.start, quotation.end)
        if len(prose.text[slice(*span)].split()) < LEAST or not _sentence(prose, span):
            continue
        before = [
            number
            for number in by_paragraph.get(prose.paragraph(quotation.start), ())
            if links[number].cue[0] < quotation.start
        ]
        source = links[max(before, key=lambda one: links[one].cue[0])].source if before else None
        for number in sorted(before, key=lambda one: -links[one].cue[0]):
            one = found[number]
            if source and one.source not in (source, None):
                break
            if any(prose.text[start] in _OPENING for start, _ in one.content):
                content = tuple(sorted((*one.content, span)))
                found[number] = replace(one, content=content)
                break
    return found


def _sentence(prose: Prose, span: Span) -> bool:
    """Tell whether a quotation stands as sentences of its own."""
    start = prose.sentences[prose.sentence(span[0])]
    return start == span[0] and prose.text[span[1] - 2] in ".!?…,"


def _according(prose: Prose, links: Sequence[Link]) -> Iterator[Link]:
    """Give the sentences with "according to", or that end in "X said", where nobody speaks yet."""
    taken = sorted(span for one in links for span in (*one.content, one.cue))
    plain = [*_ACCORDING.finditer(prose.text), *_CLOSING.finditer(prose.text)]
    for match in sorted(plain, key=lambda one: one.start()):
        start, end = prose.sentence_span(match.start())
        at = bisect_left(taken, (match.start() + 1, 0))
        if (at and taken[at - 1][1] > match.start()) or prose.quotation(match.start()):
            continue
        if match.start() == start:
            rest = prose.text.find(", ", match.end(), end) + 2
            stop = prose.text.find(";", rest, end)
            content = (rest, stop if stop > 0 else end)
            if rest < 2:
                continue
        else:
            content = (start, len(prose.text[: match.start()].rstrip(" ,—–")))
        free = bisect_left(taken, (content[0], 0))
        clear = free == len(taken) or taken[free][0] >= content[1]
        if (
            content[1] - content[0] > 20
            and clear
            and not (free and taken[free - 1][1] > content[0])
        ):
            last = content[1] - (prose.text[content[1] - 1] in ".;")
            yield Link(((content[0], last),), match.span("cue"), match.span("source"), SURE)
