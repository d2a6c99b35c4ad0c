"""A text as the other modules look at it: words, sentences, paragraphs, names, quotations."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from copytaster.claim import Span
from copytaster.claims.quotation import Quotation, outermost, quotations

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*|[^\w\s]")
_END = re.compile(r"[.!?…]+[”“\"'’»)\]]*\s+(?=[“„«\"'‘(\[]*[A-Z\dÀ-Þ“„«\"‘])|[。！？]+[」』）]*")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Cmdr|"
    r"Adm|Rev|Hon|Pres|Messrs|Jr|Sr|vs|No|Nos|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[A-Z]|"
    r"(?:[A-Za-z]\.)+[A-Za-z])\.$"
)


class Word(Struct, frozen=True):
    """A word; tag and relation are UD's, empty where no tagger read it."""

    start: int
    end: int
    tag: str = ""
    head: int = -1
    """Its head's place among the words of the text; -1: none, or not known."""
    relation: str = ""


class Named(Struct, frozen=True):
    """A person, an organisation or a place that the text names."""

    start: int
    end: int
    kind: str


class Part(Struct, frozen=True):
    """A source, cue or content, not yet linked to others."""

    kind: str
    start: int
    end: int
    score: float = 1.0


class Prose(Struct, frozen=True, dict=True):
    """A text taken apart; everything is in the order of the text."""

    text: str
    words: Sequence[Word] = ()
    names: Sequence[Named] = ()
    parts: Sequence[Part] = ()

    @cached_property
    def paragraphs(self) -> list[Span]:
        return paragraphs(self.text)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Those that stand in no other."""
        return outermost(quotations(self.text))

    @cached_property
    def sentences(self) -> list[int]:
        """Where sentences begin."""
        return [at for start, end in self.paragraphs for at in _sentences(self.text, start, end)]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _name_starts(self) -> list[int]:
        return [name.start for name in self.names]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    def paragraph(self, at: int) -> int:
        """Give the number of the paragraph in which an offset lies."""
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def sentence(self, at: int) -> int:
        """Give the number of the sentence in which an offset lies."""
        return max(0, bisect_right(self.sentences, at) - 1)

    def sentence_span(self, at: int) -> Span:
        """Give the sentence in which an offset lies, without the white space after it."""
        number = self.sentence(at)
        start = self.sentences[number] if self.sentences else 0
        end = self.paragraphs[self.paragraph(at)][1] if self.paragraphs else len(self.text)
        if number + 1 < len(self.sentences):
            end = min(end, self.sentences[number + 1])
        return start, start + len(self.text[start:end].rstrip())

    def quotation(self, at: int) -> Quotation | None:
        """Give the quotation in which an offset lies."""
        number = bisect_right(self._quotation_starts, at) - 1
        if number >= 0 and at < self.quotations[number].end:
            return self.quotations[number]
        return None

    def within(self, start: int, end: int) -> range:
        """Give the places of the words that begin in a span."""
        return range(bisect_left(self._word_starts, start), bisect_left(self._word_starts, end))

    def named(self, start: int, end: int) -> Sequence[Named]:
        """Give the names that begin in a span."""
        starts = self._name_starts
        return self.names[bisect_left(starts, start) : bisect_left(starts, end)]


def paragraphs(text: str) -> list[Span]:
    """Give where the lines of a text stand that hold more than white space."""
    return [match.span() for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]


def words(text: str, start: int, end: int) -> list[Word]:
    """Split a piece of text into words and marks, where no tagger did."""
    return [Word(*match.span()) for match in _WORD.finditer(text, start, end)]


def _sentences(text: str, start: int, end: int) -> list[int]:
    found = [start]
    for match in _END.finditer(text, start, end):
        if text[match.start()] == "." and _ABBREVIATED.search(
            text, max(start, match.start() - 12), match.start() + 1
        ):
            continue
        found.append(match.end())
    return [at for at in found if at < end]
