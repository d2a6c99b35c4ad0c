"""The chain of a claim: who said it, and the outlets that carried it."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from copytaster.claim import Carrier, Span, Speaker
from copytaster.claims import via
from copytaster.claims.linking import Link
from copytaster.claims.prose import Prose
from copytaster.claims.rules import verbs
from copytaster.claims.speaker import Speakers
from copytaster.claims.via import Clause

ALONE = 0.6
"""Confidence in what only a clause attributes: "Inflation fell, according to Reuters"."""

FRONT = 40
"""Characters before the subject of a plain "X said"."""

_QUOTING = re.compile(r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\b")

Chain = tuple[Speaker | None, tuple[Carrier, ...]]


class Carriers:
    """The clauses of a text, and the outlets it names."""

    def __init__(self, text: str, clauses: Sequence[Clause], own: Sequence[str]) -> None:
        self._text = text
        self._clauses = clauses
        self._own = own

    def orphans(self, prose: Prose, links: Sequence[Link]) -> Iterator[Link]:
        """Give the clauses in whose sentence nobody else speaks: their outlet is the source.

        Where the tagger saw nobody speak but "X said ..." is plain, X is.
        """
        spoken = {prose.sentence(one.cue[0]) for one in links}
        for number, own in self._by_sentence(prose).items():
            if number in spoken:
                continue
            clause = own[0]
            start, end = prose.sentence_span(clause.start)
            first = max([start, *(one.end for one in own if not one.trailing)])
            last = min([end, *(one.start for one in own if one.trailing)])
            if spoken_in := _said(prose, first, last):
                yield spoken_in
            elif last - first > 10:
                yield Link(((first, last),), clause.cue, clause.name, ALONE)

    def _by_sentence(self, prose: Prose) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self._clauses:
            found.setdefault(prose.sentence(clause.start), []).append(clause)
        return found

    def of(
        self,
        prose: Prose,
        speakers: Speakers,
        links: Sequence[Link],
        within: Sequence[int | None],
    ) -> list[Chain]:
        """Give speaker and carriers of each claim; `links` are in the order of the text.

        `within` has for each the place of the one in whose content it stands: that one's speaker
        and carriers carried it.
        """
        inside = self._inside(prose, speakers, links)
        by_sentence = self._by_sentence(prose)
        chains: list[Chain] = []
        for number, one in enumerate(links):
            speaker = self._speaker(speakers, links, chains, number, within[number])
            holder = within[number]
            quoted = self._quoted(speakers, one, speaker)
            if quoted and speaker and one.source:
                carrier = Carrier(speaker.name, one.source)
                chains.append((quoted, (carrier,)))
                continue
            if holder is not None:
                chains.append((speaker, _carried(chains[holder], speaker)))
                continue
            sentence = prose.sentence(one.cue[0])
            named = list(inside.get(number, ()))
            clauses = by_sentence.get(sentence, [])
            named += [c.name for c in clauses if not c.trailing]
            named += [c.name for c in clauses if c.trailing]
            carriers: dict[str, Carrier] = {}
            for span in named:
                if one.source and span[0] < one.source[1] and one.source[0] < span[1]:
                    continue
                carrier = Carrier(self._called(span, speakers), span)
                if speaker is None or carrier.name != speaker.name:
                    carriers.setdefault(carrier.name, carrier)
            chains.append((speaker, tuple(carriers.values())))
        return chains

    def _speaker(
        self,
        speakers: Speakers,
        links: Sequence[Link],
        chains: Sequence[Chain],
        number: int,
        holder: int | None,
    ) -> Speaker | None:
        one = links[number]
        if one.source is None:
            return None
        outer = chains[holder][0] if holder is not None else None
        for before in range(number - 1, max(-1, number - 4), -1):
            if any(start <= one.source[0] < end for start, end in links[before].content):
                outer = chains[before][0]
        return speakers.of(one.source, outer)

    def _quoted(self, speakers: Speakers, one: Link, teller: Speaker | None) -> Speaker | None:
        """Give whom an outlet quotes: "Belta quoted Solunin as saying"."""
        if teller is None or not via.is_outlet(teller.name, self._own):
            return None
        if not _QUOTING.search(self._text, *one.cue):
            return None
        end = min((s for s, _ in one.content if s >= one.cue[0]), default=one.cue[1])
        persons = [
            (name.start, name.end)
            for name, entity in speakers.entities.at(one.cue[0], max(end, one.cue[1]))
            if entity.kind == "person"
        ]
        return speakers.of(persons[0]) if persons else None

    def _inside(
        self, prose: Prose, speakers: Speakers, links: Sequence[Link]
    ) -> dict[int, list[Span]]:
        """Give the outlets named inside sentences, each to the claim whose cue is nearest."""
        found: dict[int, list[Span]] = {}
        by_sentence: dict[int, list[int]] = {}
        contents: dict[int, list[Span]] = {}
        for number, one in enumerate(links):
            by_sentence.setdefault(prose.sentence(one.cue[0]), []).append(number)
            for span in one.content:
                for sentence in range(prose.sentence(span[0]), prose.sentence(span[1] - 1) + 1):
                    contents.setdefault(sentence, []).append(span)
        outlets = [
            (name.start, name.end)
            for name, entity in speakers.entities.at(0, len(self._text))
            if entity.kind == "organisation" and via.is_outlet(entity.name, self._own)
        ]
        for sentence, numbers in sorted(by_sentence.items()):
            start, end = prose.sentence_span(prose.sentences[sentence])
            for told, span, named in via.inside(self._text, start, end, self._own):
                if any(s <= told < e for s, e in contents.get(sentence, ())):
                    continue
                if named:
                    insort(outlets, span)
                before = bisect_left(outlets, (told, 0))
                outlet = span if named else outlets[before - 1] if before else None
                if outlet is None:
                    continue
                nearest = min(numbers, key=lambda n: (abs(links[n].cue[0] - told), n))
                for number in numbers:
                    if number == nearest or links[number].source == links[nearest].source:
                        found.setdefault(number, []).append(outlet)
        return found

    def _called(self, span: Span, speakers: Speakers) -> str:
        """Give the fullest name of an outlet: "the Courier" is "The Seln Courier"."""
        name = self._text[slice(*span)]
        for _, entity in speakers.entities.at(*span):
            if entity.kind != "person" and entity.name.casefold().endswith(name.casefold()):
                name = entity.name
        for own in self._own:
            if own.casefold().endswith(name.casefold()):
                return own
        return name


def _carried(holder: Chain, speaker: Speaker | None) -> tuple[Carrier, ...]:
    """Give the chain of words that somebody else tells."""
    teller, via = holder
    if teller is None or teller == speaker:
        return via
    return (Carrier(teller.name, teller.mention), *via)


def _said(prose: Prose, start: int, end: int) -> Link | None:
    """Give the first "X said ..." of a piece of a sentence."""
    for place in prose.within(start, end):
        word = prose.words[place]
        if word.tag != "VERB" or prose.text[word.start : word.end] not in verbs("en"):
            continue
        subjects = [
            prose.words[at]
            for at in prose.within(start, word.start)
            if prose.words[at].head == place and prose.words[at].relation.startswith("nsubj")
        ]
        if subjects and end - word.end > 15 and subjects[0].start - start < FRONT:
            source = (start, len(prose.text[: word.start].rstrip(" ,")))
            return Link(((word.end + 1, end),), (word.start, word.end), source, ALONE)
    return None
