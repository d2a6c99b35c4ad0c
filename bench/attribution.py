"""The labelled attribution sets, as records and as parts."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from copytaster.claim import Span
from copytaster.claims.prose import Part

DATA = Path(__file__).parent.parent.parent / "shared" / "data"


class Relation(Struct, frozen=True):
    """One labelled claim."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Labelled(Struct, frozen=True):
    """An article and its relations, as the first annotator saw them, in their order in the file."""

    id: str
    text: str
    publisher: str | None
    relations: tuple[Relation, ...]


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Give the lines of a set; nothing where the sets are not here."""
    path = DATA / "attribution" / f"{name}.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def labelled(name: str) -> list[Labelled]:
    """Give the articles of a set of PolNeAR."""
    return [
        Labelled(
            id=row["id"],
            text=row["text"],
            publisher=row["publisher"],
            relations=tuple(
                Relation(*(_spans(relation[kind]) for kind in ("source", "cue", "content")))
                for relation in row["annotations"][min(row["annotations"])]
            ),
        )
        for row in rows(name)
    ]


def _spans(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans)


def parts(article: Labelled) -> list[Part]:
    """Give the labelled parts of an article, each once, in order; of two that overlap the first."""
    found = sorted(
        {
            (start, -end, kind)
            for relation in article.relations
            for kind in ("source", "cue", "content")
            for start, end in getattr(relation, kind)
            if end > start
        }
    )
    kept: list[Part] = []
    for start, end, kind in found:
        if not kept or start >= kept[-1].end:
            kept.append(Part(kind, start, -end))
    return kept
