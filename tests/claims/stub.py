"""A tagger that knows nothing but the words it is given."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest

from copytaster import claims as stage
from copytaster.claim import Claims
from copytaster.claims.tagger import Name, Span, Tagged, Tagger
from copytaster.records import Record

Words = Mapping[str, Sequence[str]]
KINDS = ("source", "cue", "content")


class Stub(Tagger):
    """Tags each place where the words of a kind stand, the longer first."""

    languages = frozenset(("en",))

    def __init__(self, words: Words, by_call: Sequence[Words] = ()) -> None:
        self._own, self._by_call = words, iter(by_call)

    def __call__(self, paragraphs: Sequence[str]) -> list[Tagged]:
        words = {**self._own, **next(self._by_call, {})}
        self._words = sorted(
            ((kind, one) for kind, ones in words.items() for one in ones), key=lambda p: -len(p[1])
        )
        return [self._paragraph(text) for text in paragraphs]

    def _paragraph(self, text: str) -> Tagged:
        tokens = tuple(m.span() for m in re.finditer(r"\w+(?:[-.]\w+)*|['’]s\b|[^\w\s]", text))
        spans: list[Span] = []
        names: list[Name] = []
        for kind, words in self._words:
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                start, end = match.span()
                taken: Sequence[Span | Name] = spans if kind in KINDS else names
                if any(start < one.end and one.start < end for one in taken):
                    continue
                if kind in ("source", "cue", "content"):
                    spans.append(Span(kind, start, end, 0.9))  # type: ignore[arg-type]
                else:
                    names.append(Name(kind, start, end, 0.9))  # type: ignore[arg-type]
        count = len(tokens)
        return Tagged(
            tokens=tokens,
            tags=("",) * count,
            heads=(-1,) * count,
            relations=("",) * count,
            spans=tuple(sorted(spans, key=lambda one: one.start)),
            names=tuple(sorted(names, key=lambda one: one.start)),
        )


def found(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    by_call: Sequence[Words] = (),
    /,
    **words: Sequence[str],
) -> Claims:
    """Find the claims of a text with a tagger that knows these words; some at one call only."""
    stub = Stub(words, by_call)
    monkeypatch.setattr(stage, "load", lambda language: stub)
    got = stage.claims(Record(id="1", text=text, language="en"))
    for claim in got.claims:
        assert all(a[1] <= b[0] for a, b in pairwise(claim.content))
    return got
