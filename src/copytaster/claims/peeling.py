"""A text without the clauses that say who carried it, for the tagger; and the way back."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from copytaster.claim import Span
from copytaster.claims import via
from copytaster.claims.prose import Named, Part, Prose, Word, words
from copytaster.claims.tagger import Tagged
from copytaster.claims.via import Clause


class Piece(Struct, frozen=True):
    """What is left of a paragraph: its text, and from where on it stands how much further on."""

    text: str
    starts: tuple[int, ...]
    """Offsets into `text`, ascending, from 0."""
    shifts: tuple[int, ...]
    """What to add to an offset from there on, to have it in the article's text."""

    def back(self, start: int, end: int) -> Iterator[Span]:
        """Give where a span stands in the article's text; in pieces where a clause was inside."""
        at = bisect_right(self.starts, start) - 1
        while start < end:
            stop = self.starts[at + 1] if at + 1 < len(self.starts) else end
            if start < min(stop, end):
                yield start + self.shifts[at], min(stop, end) + self.shifts[at]
            start, at = max(start, stop), at + 1


class Peeled(Struct, frozen=True):
    """A text, its paragraphs without clauses, and the clauses."""

    text: str
    pieces: tuple[Piece, ...]
    clauses: tuple[Clause, ...]

    def prose(self, tagged: Sequence[Tagged]) -> Prose:
        """Put what the tagger found into the article's text, in order."""
        read: list[tuple[Word, tuple[int, int] | None]] = []
        names: list[Named] = []
        parts: list[Part] = []
        for number, (piece, tags) in enumerate(zip(self.pieces, tagged, strict=True)):
            spans = [next(piece.back(*token), None) for token in tags.tokens]
            for at, span in enumerate(spans):
                if span is not None:
                    head = (number, tags.heads[at]) if tags.heads[at] >= 0 else None
                    read.append((Word(*span, tags.tags[at], at, tags.relations[at]), head))
            names += [
                Named(*span, name.kind)
                for name in tags.names
                for span in [next(piece.back(name.start, name.end), None)]
                if span
            ]
            parts += [
                Part(part.kind, *span, part.score)
                for part in tags.spans
                for span in piece.back(part.start, part.end)
                if any(map(str.isalnum, self.text[span[0] : span[1]])) or part.kind == "cue"
            ]
        names += [Named(*clause.name, "organisation") for clause in self.clauses]
        return Prose(
            self.text,
            words=self._ordered(read, [len(tags.tokens) for tags in tagged]),
            names=sorted(names, key=lambda name: (name.start, name.end)),
            parts=sorted(parts, key=lambda part: (part.start, part.end)),
        )

    def _ordered(
        self, read: list[tuple[Word, tuple[int, int] | None]], sizes: Sequence[int]
    ) -> list[Word]:
        """Give all words in order, heads as places among them."""
        first = [sum(sizes[:number]) for number in range(len(sizes))]
        every = [
            (word, first[head[0]] + head[1] if head else -1, at)
            for at, (word, head) in enumerate(read)
        ]
        every += [
            (word, -1, -1)
            for clause in self.clauses
            for word in words(self.text, clause.start, clause.end)
        ]
        every.sort(key=lambda entry: entry[0].start)
        place = {old: new for new, (_, _, old) in enumerate(every)}
        return [
            Word(
                word.start,
                word.end,
                word.tag,
                place.get(head, -1) if head >= 0 else -1,
                word.relation,
            )
            for word, head, _ in every
        ]


def peeled(text: str, own: Iterable[str]) -> Peeled:
    """Take the clauses out of a text. `own` are outlets that the article itself is by."""
    plain = Prose(text)
    own = (*own, *sorted(via.initials(text)))
    clauses = [
        clause
        for at in plain.sentences
        for clause in via.clauses(text, *plain.sentence_span(at), own)
    ]
    clauses.sort(key=lambda clause: clause.start)
    pieces, number = [], 0
    for start, end in plain.paragraphs:
        cuts = []
        while number < len(clauses) and clauses[number].start < end:
            cuts.append(clauses[number])
            number += 1
        pieces.append(_piece(text, start, end, cuts))
    return Peeled(text, tuple(pieces), tuple(clauses))


def _piece(text: str, start: int, end: int, cuts: Sequence[Clause]) -> Piece:
    kept, starts, shifts, length = [], [], [], 0
    raised = False
    for at, stop in zip(
        [start, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), end], strict=True
    ):
        if at < stop:
            words_ = text[at:stop]
            if raised and len(words_[0].upper()) == 1:
                words_ = words_[0].upper() + words_[1:]
            kept.append(words_)
            starts.append(length)
            shifts.append(at - length)
            length += stop - at
        raised = stop < end and text[stop : stop + 3] in ("Acc", "In ", "As ", "Quo")
    return Piece("".join(kept), tuple(starts) or (0,), tuple(shifts) or (start,))
