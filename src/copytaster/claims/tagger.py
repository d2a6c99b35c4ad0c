"""The tagger: who said what in the words of a paragraph, one pass of a small encoder.

The encoder is MiniLM (Wang et al. 2020) with one head for each task: spans of attribution as a
linear chain (Lafferty et al. 2001), names, parts of speech, and syntax as each word's choice of a
head (Dozat & Manning 2017). A model file holds all that belongs to a language: weights, vocabulary
and labels; its card lies beside it.
"""

import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import msgspec
import numpy as np

from copytaster.claims.chain import Floats, decode, rules, runs
from copytaster.claims.inputs import Part, lay
from copytaster.claims.pieces import Spelling, Words

MODELS = Path(__file__).parent / "models"


_Part = Literal["source", "cue", "content"]
_Kind = Literal["person", "organisation", "place"]


class Span(msgspec.Struct, frozen=True):
    """A part of an attribution; `start` and `end` count code points in the paragraph."""

    kind: _Part
    start: int
    end: int
    score: float


class Name(msgspec.Struct, frozen=True):
    """A name; `start` and `end` count code points in the paragraph."""

    kind: _Kind
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

    def __init__(self, path: Path) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # looked at when it is loaded
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # a tenth slower with it
        )
        written = self._session.get_modelmeta().custom_metadata_map
        labels = {name: json.loads(value) for name, value in written.items()}
        self.languages = frozenset(labels["languages"])
        self.spelling = Spelling(labels["vocabulary"])
        self._spans, self._names = labels["spans"], labels["names"]
        self._tags, self._relations = labels["tags"], labels["relations"]
        self._after_span = rules(self._spans, np.array(labels["follows"], np.float32))
        apart = np.zeros((len(self._names), len(self._names)), np.float32)
        self._after_name = rules(self._names, apart)

    def __call__(self, paragraphs: Sequence[str]) -> list[Tagged]:
        """Tag the paragraphs of one article, given in order; each sees what comes before it."""
        words = [self.spelling(paragraph) for paragraph in paragraphs]
        places: list[tuple[Part, list[Any]]] = []
        for given in lay(words, self.spelling):
            arrays = given._asdict()
            del arrays["places"]
            scored = self._session.run(None, arrays)
            for begin, part in given.places:
                here = slice(begin, begin + part.end - part.begin)
                if part.asked:
                    places.append((part, [begin, *(array[0, here] for array in scored)]))
        spans = decode([found[1] for _, found in places], self._after_span)
        names = decode([found[2] for _, found in places], self._after_name)
        parts: list[list[_Labels]] = [[] for _ in words]
        for (part, (begin, _, _, tags, arcs, heads, relations)), span, name in zip(
            places, spans, names, strict=True
        ):
            own = np.concatenate([arcs[:, :1], arcs[:, begin : begin + len(heads)]], 1)
            forest = _without_rings((heads - begin).tolist(), own)
            labels = _Labels(part, *span, *name, tags.tolist(), forest, relations.tolist())
            parts[part.paragraph].append(labels)
        return [self._tagged(*pair) for pair in zip(words, parts, strict=True)]

    def _tagged(self, words: Words, parts: "list[_Labels]") -> Tagged:
        tags: list[str] = []
        heads: list[int] = []
        relations: list[str] = []
        spans: list[str] = []
        names: list[str] = []
        span_scores: list[float] = []
        name_scores: list[float] = []
        for labels in sorted(parts, key=lambda labels: labels.part.begin):
            begun = len(tags)
            tags += [self._tags[tag] for tag in labels.tags]
            heads += [head if head < 0 else head + begun for head in labels.heads]
            relations += [
                "root" if head < 0 else self._relations[relation]
                for head, relation in zip(labels.heads, labels.relations, strict=True)
            ]
            more = [self._spans[label] for label in labels.spans]
            if spans and more[0].startswith("B-") and spans[-1][2:] == more[0][2:]:
                more[0] = f"I-{more[0][2:]}"  # one span, cut for its length
            spans += more
            names += [self._names[label] for label in labels.names]
            span_scores += labels.span_scores
            name_scores += labels.name_scores
        offsets = words.offsets

        def likely(scores: list[float], begin: int, end: int) -> float:
            return round(sum(scores[begin:end]) / (end - begin), 4)

        found = [(cast(_Part, k), a, b, likely(span_scores, a, b)) for k, a, b in runs(spans)]
        named = [(cast(_Kind, k), a, b, likely(name_scores, a, b)) for k, a, b in runs(names)]
        return Tagged(
            tokens=tuple(offsets),
            tags=tuple(tags),
            heads=tuple(heads),
            relations=tuple(relations),
            spans=tuple(
                Span(kind, offsets[begin][0], offsets[end - 1][1], score)
                for kind, begin, end, score in found
            ),
            names=tuple(
                Name(kind, offsets[begin][0], offsets[end - 1][1], score)
                for kind, begin, end, score in named
            ),
        )


class _Labels(msgspec.Struct, frozen=True):
    """What one pass found for the words of a part; all lists are as long as it has words."""

    part: Part
    spans: list[int]
    span_scores: list[float]
    names: list[int]
    name_scores: list[float]
    tags: list[int]
    heads: list[int]
    relations: list[int]


def _without_rings(heads: list[int], arcs: Floats) -> list[int]:
    """Make heads a forest: in each ring, the word that loses least becomes a root.

    `heads` counts words of the part, below 0 for a root; `arcs` (words, 1 + words) scores the root
    and then every word as head.
    """
    heads = [max(head, -1) for head in heads]
    done = [False] * len(heads)
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while at >= 0 and not done[at]:
            done[at] = True
            path.append(at)
            at = heads[at]
        if at >= 0 and at in path:
            ring = path[path.index(at) :]
            freed = max(ring, key=lambda word: float(arcs[word, 0] - arcs[word, heads[word] + 1]))
            heads[freed] = -1
    return heads


@cache
def load(language: str) -> Tagger | None:
    """Return the tagger for a language (ISO 639-1), or nothing where there is none for it.

    Raises `FileNotFoundError` where the model file of the language is not installed.
    """
    if language != "en":
        return None
    path = MODELS / "en.onnx"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: reinstall copytaster")
    return Tagger(path)
