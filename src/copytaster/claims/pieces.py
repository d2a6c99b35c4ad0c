"""Words and word pieces of a text, with their offsets.

Words are cut as Universal Dependencies cut them in English: clitics, hyphens and other marks stand
alone, initials and titles keep their full stop. Each word is spelled in pieces of the encoder's
vocabulary (WordPiece: Schuster & Nakajima 2012, longest match first), after lower-casing and
without accents. What both of these lose, a feature of each word keeps: how it is cased, and whether
it stands within quotation marks. Nothing here raises, whatever the text holds.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

PAD, UNKNOWN, START, END, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
CASES = 5
QUOTED = 3
LONGEST = 100
REMEMBERED = 200_000

_APOSTROPHE = "['’]"
_CLITIC = rf"{_APOSTROPHE}(?:s|re|ve|ll|d|m)\b"
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_WORD = re.compile(
    rf"""
      (?:[^\W\d_]\.){{2,}}                        # U.S.
    | (?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|St|Jr|Sr|Prof|Rev|Hon|Jan
        |Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Inc|Corp|Ltd|Co|Bros|Mt|Ave|Blvd)\.
    | \b[A-Z]\.(?=\s+\w)                          # an initial
    | {_CLITIC}
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|bn|m|k|am|pm)?\b
    | {_LETTERS}(?:{_APOSTROPHE}(?!(?:s|re|ve|ll|d|m)\b){_LETTERS})*
    | \d+
    | ''|``|\.{{2,}}|-{{2,}}
    | \S
    """,
    re.VERBOSE,
)
_SPELLING = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'"}
)
_OPENING, _CLOSING = frozenset("“„‟«") | {"``"}, frozenset("”»") | {"''"}
_FULL_STOPS = frozenset(".!?”")
_PART = re.compile(r"[^\W_]+|\S")


class Words(NamedTuple):
    """The words of one paragraph: offsets in code points, and the features of each.

    `ends` tells the words that are a mark at which a sentence ends.
    """

    offsets: list[tuple[int, int]]
    pieces: list[list[int]]
    cases: list[int]
    quoted: list[int]
    ends: list[bool]

    def cut(self, start: int, end: int) -> "Words":
        """Return some of the words."""
        return Words(
            self.offsets[start:end],
            self.pieces[start:end],
            self.cases[start:end],
            self.quoted[start:end],
            self.ends[start:end],
        )

    @property
    def length(self) -> int:
        """Number of pieces."""
        return sum(map(len, self.pieces))


class Spelling:
    """Spells words in the pieces of a vocabulary, given in the order of its identifiers."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: at for at, piece in enumerate(vocabulary)}
        self.pad, self.unknown, self.start, self.end, self.mask = (
            self._ids[piece] for piece in (PAD, UNKNOWN, START, END, MASK)
        )
        self._known: dict[str, list[int]] = {}

    def __call__(self, paragraph: str) -> Words:
        """Cut a paragraph into words and spell them."""
        offsets = words(paragraph)
        written = [paragraph[start:end] for start, end in offsets]
        return Words(
            offsets,
            [self.spell(word) for word in written],
            [case(word) for word in written],
            quoted(written),
            [word in _FULL_STOPS for word in written],
        )

    def spell(self, word: str) -> list[int]:
        """Return the pieces of one word, at least one."""
        pieces = self._known.get(word)
        if pieces is None:
            pieces = [piece for part in _parts(word) for piece in self._longest(part)]
            pieces = pieces[:LONGEST] or [self.unknown]
            if len(self._known) < REMEMBERED:
                self._known[word] = pieces
        return pieces

    def _longest(self, part: str) -> list[int]:
        if len(part) > LONGEST:
            return [self.unknown]
        pieces, at = [], 0
        while at < len(part):
            for end in range(len(part), at, -1):
                piece = self._ids.get(("##" if at else "") + part[at:end])
                if piece is not None:
                    break
            else:
                return [self.unknown]
            pieces.append(piece)
            at = end
        return pieces


def words(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the words of a text."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start > 3 and text[end - 2] in "'’" and text[end - 3 : end : 2].lower() == "nt":
            found.append((start, end - 3))  # don't
            start = end - 3
        found.append((start, end))
    return found


def case(word: str) -> int:
    """Tell how a word is written: 0 small, 1 Capital first, 2 ALL CAPITALS, 3 miXed, 4 no word."""
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    if word[:1].isupper() and word[1:].islower():
        return 1
    return 3 if any(map(str.isalpha, word)) else 4


def quoted(written: Sequence[str]) -> list[int]:
    """Tell for each word if it stands outside (0) or inside (1) quotation marks, or is one (2).

    A mark that has no direction opens where none is open, and closes otherwise.
    """
    state, states = 0, []
    for word in written:
        if word == '"':
            state = 1 - state
        elif word in _OPENING:
            state = 1
        elif word in _CLOSING:
            state = 0
        else:
            states.append(state)
            continue
        states.append(2)
    return states


def _parts(word: str) -> list[str]:
    if word in ("``", "''"):
        return ['"']
    if word.startswith("--"):
        return ["—"]
    spelled = unicodedata.normalize("NFD", word.translate(_SPELLING).lower())
    bare = "".join(c for c in spelled if unicodedata.category(c) != "Mn")
    return _PART.findall(bare)
