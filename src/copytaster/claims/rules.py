"""Direct quotations beside a name, by rules: for languages that have no tagger.

A quotation is a claim where a verb of saying stands beside it, in the same sentence, and a person's
full name, or the last word of a full name that the text gives elsewhere, beside the verb. What is
not that plain is left out: indirect speech, roles, pronouns.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from copytaster.claim import Span
from copytaster.claims.linking import Link
from copytaster.claims.names import given
from copytaster.claims.prose import Named, Prose
from copytaster.claims.quotation import Quotation

CONFIDENCE = 0.5
REACH = 110
"""Characters between the quotation and the verb, and the verb and the name."""
LEAST = 4
"""Words in a quotation; fewer are a name or a phrase."""

_PARTICLE = r"(?:(?:de|von|van|der|den|al|bin|la|le|du|dos|da|di|del|della|zu|ten|ter)\s)"
_CAPITAL = r"(?:[^\W\d_]\.|[^\W\d_][\w’'-]{0,30}\w)"
_FULL = re.compile(rf"(?<![\w’'.-]){_CAPITAL}(?:\s{_PARTICLE}{{0,2}}{_CAPITAL}){{1,6}}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_TITLED = re.compile(
    r"([一-鿿々ァ-ヺー・]{2,12}?)(?:氏|さん|首相|大統領|知事|社長|市長|会長|教授|監督|議員|大臣|"
    r"代表|選手)[はがも]"
)
_SAID = re.compile(r"と(?:述べ|話|語|強調|主張|説明|コメント|指摘|発言|訴え|反論|答え|言)")


@cache
def verbs(language: str) -> frozenset[str]:
    """Give the verbs of saying that are known of a language (ISO 639-1), in their news forms."""
    lists = msgspec.json.decode(
        Path(__file__).with_name("verbs.json").read_bytes(), type=dict[str, str]
    )
    return frozenset(lists.get(language, "").split())


def quoted(prose: Prose, language: str) -> tuple[list[Link], list[Named]]:
    """Give the quotations that have a speaker beside them, and the names of those."""
    if language == "ja":
        return _japanese(prose)
    said = verbs(language)
    if not said:
        return [], []
    known = _names(prose, language)
    links: list[Link] = []
    for quotation in prose.quotations:
        text = prose.text[quotation.start : quotation.end]
        if len(_WORD.findall(text)) < LEAST or not quotation.closed:
            continue
        found = _beside(prose, quotation, said, known)
        if found:
            cue, source = found
            if links and (links[-1].cue, links[-1].source) == (cue, source):
                content = (*links.pop().content, (quotation.start, quotation.end))
            else:
                content = ((quotation.start, quotation.end),)
            links.append(Link(content, cue, source, CONFIDENCE))
    return links, known


def _names(prose: Prose, language: str) -> list[Named]:
    """Give full names outside quotations, and later single words that are the last of one."""
    opened = set(prose.sentences)
    full: dict[Span, str] = {}
    doubtful: list[Span] = []
    for span in _full(prose.text, language):
        if span[0] in opened:  # its first word is capital in any case
            doubtful.append(span)
        elif prose.quotation(span[0]) is None:
            full[span] = prose.text[slice(*span)]
    titles = set(full.values())
    full |= {span: title for span in doubtful if (title := prose.text[slice(*span)]) in titles}
    lasts = {title.split()[-1] for title in titles}
    taken = {at for start, end in full for at in range(start, end)}
    single = [
        match.span()
        for match in _WORD.finditer(prose.text)
        if match[0] in lasts and match.start() not in taken
    ]
    return [
        Named(start, end, "person" if given(prose.text[start:end].split()[0]) else "name")
        for start, end in sorted([*full, *single])
    ]


def _full(text: str, language: str) -> Iterator[Span]:
    """Give runs of capital words; in German, where nouns are capital, the last two."""
    at = 0
    while match := _FULL.search(text, at):
        words = [word.span() for word in re.finditer(r"\S+", match[0])]
        capital = [text[match.start() + start].isupper() for start, _ in words]
        first = next((i for i, upper in enumerate(capital) if upper), len(words))
        last = first
        while last + 1 < len(words) and (
            capital[last + 1] or re.fullmatch(_PARTICLE, match[0][slice(*words[last + 1])] + " ")
        ):
            last += 1
        while last > first and not capital[last]:
            last -= 1
        at = match.start() + (words[last + 1][0] if last + 1 < len(words) else len(match[0]))
        while language == "de" and sum(capital[first : last + 1]) > 2:
            first += 1
        if last > first and capital[first]:
            yield match.start() + words[first][0], match.start() + words[last][1]
        at = max(at, match.start() + 1)


def _beside(
    prose: Prose, quotation: Quotation, said: frozenset[str], known: list[Named]
) -> tuple[Span, Span] | None:
    for start, end in _surroundings(prose, quotation):
        cues = [
            match.span()
            for match in _WORD.finditer(prose.text, start, end)
            if match[0].casefold() in said
        ]
        nearby = [name for name in _between(known, start, end) if name.end <= end]
        pairs = [
            (abs(name.start - cue[0]), cue, (name.start, name.end))
            for cue in cues
            for name in nearby
        ]
        if pairs:
            _, cue, source = min(pairs)
            return cue, source
    return None


def _between(known: list[Named], start: int, end: int) -> list[Named]:
    first = bisect_left(known, start, key=lambda name: name.start)
    return known[first : bisect_left(known, end, key=lambda name: name.start)]


def _surroundings(prose: Prose, quotation: Quotation) -> Iterator[Span]:
    """Give what follows in the sentence, then what goes before, up to other quotations."""
    text = prose.text
    first, last = prose.paragraphs[prose.paragraph(quotation.start)]
    after = text[quotation.end : min(last, quotation.end + REACH)]
    closed = text[quotation.end - 2 : quotation.end - 1] in tuple(".!?…")
    if not (closed and after[:2].strip()[:1].isupper()):
        stop = re.search(r"[.!?]\s|[“„«»\"]", after)
        yield quotation.end, quotation.end + (stop.start() if stop else len(after))
    before = text[max(first, quotation.start - REACH) : quotation.start]
    begin = max((match.end() for match in re.finditer(r"[.!?]\s|[”“«»\"]", before)), default=0)
    yield quotation.start - len(before) + begin, quotation.start


def _japanese(prose: Prose) -> tuple[list[Link], list[Named]]:
    links, names = [], []
    for quotation in prose.quotations:
        said = _SAID.match(prose.text, quotation.end)
        if not said or quotation.end - quotation.start < 8:
            continue
        start, _ = prose.sentence_span(quotation.start)
        titled = None
        for titled in _TITLED.finditer(prose.text, max(start, quotation.start - REACH)):  # noqa: B007
            break
        if titled and titled.end() <= quotation.start:
            source = titled.span(1)
            names.append(Named(*source, "person"))
            content = ((quotation.start, quotation.end),)
            links.append(Link(content, said.span(), source, CONFIDENCE))
    return links, names
