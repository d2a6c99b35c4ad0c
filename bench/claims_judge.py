"""How claims are judged: against relations of PolNeAR, and speakers and chains labelled here."""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from bench.attribution import Labelled, Relation
from msgspec import Struct

from copytaster.claim import Claim, Span

SPEAKERS = Path(__file__).with_name("speakers.json")


class Label(Struct, frozen=True):
    """What one relation of an article should give."""

    speaker: tuple[Span, ...] | None
    """Names of the speaker, the fullest first; empty for an unnamed one; None: not judged."""
    via: tuple[tuple[Span, ...], ...]
    """The names of each outlet that carried it."""


class Count(Struct):
    """Right, given and there: precision, recall and F1."""

    right: int = 0
    given: int = 0
    there: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.there) if self.given + self.there else 0.0


@cache
def labels() -> dict[str, list[Label]]:
    """Give the labels of each article, in the order of its relations."""
    read = json.loads(SPEAKERS.read_text())
    return {
        id: [
            Label(
                None if row[0] is None else _spans(row[0]),
                tuple(_spans(names) for names in (row[1] if len(row) > 1 else [])),
            )
            for row in rows
        ]
        for id, rows in read.items()
    }


def _spans(spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans)


def same_name(name: str, text: str, spans: Iterable[Span]) -> bool:
    """Tell whether a name is one of those at the spans, whole or shortened."""
    return any(_short(_words(name), _words(text[start:end])) for start, end in spans)


def _words(name: str) -> list[str]:
    name = re.sub(r"[’']s?\b", "", name.casefold())
    return [word for word in re.findall(r"[\w.]+", name) if word not in ("the", "a", "an")]


def _short(one: list[str], other: list[str]) -> bool:
    return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))


def pairs(claims: Sequence[Claim], gold: Sequence[Relation]) -> list[tuple[int, int, bool]]:
    """Pair claims with relations whose content overlaps by half of their union, each once.

    The third says whether the sources overlap, too, or both are absent.
    """
    found = []
    contents = [_points(claim.content) for claim in claims]
    sources = [_points(claim.source) for claim in claims]
    for number, relation in enumerate(gold):
        content, source = _points(relation.content), _points(relation.source)
        for at in range(len(claims)):
            both = len(content & contents[at])
            if both and 2 * both >= len(content | contents[at]):
                right = bool(source & sources[at]) or not (source or sources[at])
                found.append((right, both / len(content | contents[at]), at, number))
    taken: set[tuple[str, int]] = set()
    kept = []
    for right, _, at, number in sorted(found, reverse=True):
        if ("claim", at) not in taken and ("gold", number) not in taken:
            taken |= {("claim", at), ("gold", number)}
            kept.append((at, number, right))
    return kept


def _points(spans: Iterable[Span]) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


class Judged(Struct):
    """Counts over articles."""

    relations: Count
    direct: Count
    speaker: Count
    """Of claims that are labelled: named and right, named, should be named."""
    via: Count
    wrong: list[str]
    """The speakers and chains that are wrong, one line each."""


def judged() -> Judged:
    return Judged(Count(), Count(), Count(), Count(), [])


def judge(total: Judged, article: Labelled, claims: Sequence[Claim]) -> None:
    """Add what the claims of an article get right."""
    gold = article.relations
    paired = pairs(claims, gold)
    right = {at for at, _, same in paired if same}
    total.relations.right += len(right)
    total.relations.given += len(claims)
    total.relations.there += len(gold)
    direct = [at for at, claim in enumerate(claims) if claim.kind == "direct"]
    total.direct.given += len(direct)
    total.direct.right += len(right.intersection(direct))
    total.direct.there += sum(is_direct(article.text, relation) for relation in gold)
    if article.id in labels():
        for at, number, _ in paired:
            speaker(total, article, claims[at], number)


def is_direct(text: str, relation: Relation) -> bool:
    """Tell whether a labelled content stands in quotation marks as a whole."""
    from copytaster.claims.quotation import kind, outermost, quotations

    return kind(text, outermost(quotations(text)), relation.content) == "direct"


def speaker(total: Judged, article: Labelled, claim: Claim, number: int) -> None:
    """Compare the speaker and the chain of a claim with the labels of a relation."""
    label = labels()[article.id][number]
    text = article.text
    words = " ".join(text[start:end] for start, end in claim.source)
    where = f"{article.id[:22]} {number} {words[:60]!r}"
    if label.speaker is not None:
        given = claim.speaker is not None and claim.speaker.kind != "unnamed"
        name = claim.speaker.name if given and claim.speaker else ""
        right = given and same_name(name, text, label.speaker)
        total.speaker.given += given
        total.speaker.right += right
        total.speaker.there += bool(label.speaker)
        if given != bool(label.speaker) or (not right and given):
            wanted = text[slice(*label.speaker[0])] if label.speaker else None
            total.wrong.append(f"{where}: {name or None!r}, should be {wanted!r}")
    found = [carrier.name for carrier in claim.via]
    left = list(label.via)
    for name in found:
        match = next((spans for spans in left if same_name(name, text, spans)), None)
        if match:
            left.remove(match)
            total.via.right += 1
    total.via.given += len(found)
    total.via.there += len(label.via)
    if left or len(found) != len(label.via):
        wanted_via = [text[slice(*spans[0])] for spans in label.via]
        total.wrong.append(f"{where}: via {found}, should be {wanted_via}")
