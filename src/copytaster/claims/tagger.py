"""The tagger: who said what in the words of a paragraph, one pass of a small encoder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

MODELS = Path(__file__).parent / "models"


class Span(msgspec.Struct, frozen=True):
    """A part of an attribution; `start` and `end` count code points in the paragraph."""

    kind: Literal["source", "cue", "content"]
    start: int
    end: int
    score: float


class Name(msgspec.Struct, frozen=True):
    """A name; `start` and `end` count code points in the paragraph."""

    kind: Literal["person", "organisation", "place"]
    start: int
    end: int
    score: float


class Tagged(msgspec.Struct, frozen=True):
    """One paragraph: its words, their syntax, and the spans and names found.

    `tokens` holds the offsets of the words; `tags` their Universal parts of speech, `heads` the
    index of each word's head (-1 for the root of a sentence) and `relations` the Universal
    Dependencies relation to it, all as long as `tokens`.
    """

    tokens: tuple[tuple[int, int], ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    spans: tuple[Span, ...]
    names: tuple[Name, ...]


class Tagger:
    """Tags the paragraphs of one article at a time; never raises, whatever the text holds."""

    languages: frozenset[str]

    def __call__(self, paragraphs: Sequence[str]) -> list[Tagged]:
        """Tag the paragraphs of one article, given in order; each sees what comes before it."""
        raise NotImplementedError


def load(language: str) -> Tagger | None:
    """Return the tagger for a language (ISO 639-1), or nothing where there is none for it.

    Raises `FileNotFoundError` where the model file of the language is not installed.
    """
    if language != "en":
        return None
    raise FileNotFoundError(f"{MODELS / 'en.onnx'} is missing: reinstall copytaster")
