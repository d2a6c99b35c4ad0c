"""Whom "he" and "she" mean: a linear ranking of the persons named before, or nobody.

Every such pronoun of the text is resolved in order, because one that is resolved keeps its person
in view for the next. The weights are in `pronoun.json`; trained by `bench/train_pronouns.py`.
"""

from collections.abc import Sequence
from functools import cache
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct

from copytaster.claim import Span
from copytaster.claims.entity import Entities, Entity, Mention
from copytaster.claims.prose import Prose

WEIGHTS = Path(__file__).with_name("pronoun.json")
LEAST = 0.65
"""How likely the first must be among all candidates; below that nobody is named."""
SENTENCES = 8
"""How far back a person can stand."""

SPOKE = 3
"""Sentences within which a speaker goes on speaking."""

GENDERS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip


class Weights(Struct, frozen=True):
    """The file of weights."""

    about: str
    weights: dict[str, float]


class Resolved(Struct, frozen=True):
    """Whom a pronoun means, and how likely."""

    entity: Entity
    confidence: float


class Pronouns:
    """The pronouns he and she of a text, by where they begin."""

    def __init__(
        self,
        prose: Prose,
        entities: Entities,
        sources: Sequence[Span] = (),
        weights: dict[str, float] | None = None,
    ) -> None:
        self._prose = prose
        self._sources = {at for start, end in sources for at in range(start, min(end, start + 200))}
        self._weights = weights if weights is not None else _weights()
        self.resolved: dict[int, Resolved] = {}
        named = entities.at(0, len(prose.text))
        near: list[tuple[Entity, list[Mention]]] = []
        at = 0
        for place, word in enumerate(prose.words):
            if word.end - word.start > 7:
                continue
            text = prose.text[word.start : word.end].casefold()
            gender = GENDERS.get(text)
            if gender is None:
                continue
            while at < len(named) and named[at][0].start < word.start:
                name, entity = named[at]
                if entity.kind == "person":
                    _note(near, entity, Mention(name.start, name.end))
                at += 1
            near = self._recent(near, word.start)
            ranked = self._ranked(near, place, gender)
            if ranked:
                best, likely = ranked[0]
                if likely >= 0.5:
                    _note(near, best, Mention(word.start, word.end, pronoun=True))
                    if best.gender is None and likely > 0.9:
                        best.gender = gender
                if likely >= LEAST:
                    self.resolved[word.start] = Resolved(best, likely)

    def _recent(
        self, near: list[tuple[Entity, list[Mention]]], at: int
    ) -> list[tuple[Entity, list[Mention]]]:
        sentence = self._prose.sentence(at)
        return [
            (entity, mentions[-12:])
            for entity, mentions in near
            if sentence - self._prose.sentence(mentions[-1].start) <= SENTENCES
        ][-10:]

    def _ranked(
        self, near: list[tuple[Entity, list[Mention]]], place: int, gender: str
    ) -> list[tuple[Entity, float]]:
        found = candidates(near, gender)
        scores = [
            sum(self._weights.get(name, 0.0) * value for name, value in features.items())
            for features in (
                {
                    **candidate(self._prose, place, mentions, entity.gender, rank),
                    "spoke": self._spoke(place, mentions),
                }
                for rank, (entity, mentions) in enumerate(reversed(found))
            )
        ]
        if not scores:
            return []
        top = max(scores)
        parts = [exp(score - top) for score in scores]
        total = sum(parts) + exp(self._weights.get("nobody", 0.0) - top)
        ranked = [
            (entity, part / total) for (entity, _), part in zip(reversed(found), parts, strict=True)
        ]
        return sorted(ranked, key=lambda pair: -pair[1])

    def _spoke(self, place: int, mentions: list[Mention]) -> float:
        """Tell whether a pronoun that is a source follows a source that names the person."""
        at = self._prose.words[place].start
        if at not in self._sources:
            return 0.0
        sentence = self._prose.sentence(at)
        return float(
            any(
                mention.start in self._sources
                and sentence - self._prose.sentence(mention.start) <= SPOKE
                for mention in mentions
            )
        )


def candidates(
    near: list[tuple[Entity, list[Mention]]], gender: str
) -> list[tuple[Entity, list[Mention]]]:
    """Leave out those whose gender is another."""
    return [pair for pair in near if pair[0].gender in (None, gender)]


def _note(near: list[tuple[Entity, list[Mention]]], entity: Entity, mention: Mention) -> None:
    """Add a mention; the entity mentioned last stands last."""
    for at, (one, mentions) in enumerate(near):
        if one is entity:
            del near[at]
            near.append((entity, [*mentions, mention]))
            return
    near.append((entity, [mention]))


def candidate(
    prose: Prose, place: int, mentions: list[Mention], gender: str | None, rank: int
) -> dict[str, float]:
    """Measure how a person stands to a pronoun; `rank` 0 is who was mentioned last."""
    word = prose.words[place]
    last = mentions[-1]
    away = prose.sentence(word.start) - prose.sentence(last.start)
    subject = is_subject(prose, last)
    quoted, last_quoted = (prose.quotation(at) is not None for at in (word.start, last.start))
    recent = [m for m in mentions if prose.sentence(word.start) - prose.sentence(m.start) <= 2]
    return {
        f"away {min(away, 4)}": 1.0,
        f"rank {min(rank, 3)}": 1.0,
        f"subject {subject} away {min(away, 2)}": 1.0,
        f"pronoun {last.pronoun} away {min(away, 2)}": 1.0,
        f"gender {'known' if gender else 'unknown'}": 1.0,
        f"quoted {quoted} {last_quoted}": 1.0,
        f"opens {_opens(prose, last)} away {min(away, 2)}": 1.0,
        "possessive": float(_possessive(prose, last)),
        "mentions": min(len(mentions), 8) / 4,
        "lately": min(len(recent), 4) / 2,
        "subject lately": float(any(is_subject(prose, m) for m in recent)),
        f"same paragraph {prose.paragraph(word.start) == prose.paragraph(last.start)}": 1.0,
        f"own subject {_relation(prose, place).startswith('nsubj')} of theirs {subject}": 1.0,
    }


def is_subject(prose: Prose, mention: Mention) -> bool:
    """Tell whether a mention is the subject of a clause."""
    for place in prose.within(mention.start, mention.end):
        head = prose.words[place].head
        inside = head >= 0 and mention.start <= prose.words[head].start < mention.end
        if not inside:
            relation = prose.words[place].relation
            if relation in ("flat", "compound", "appos") and head >= 0:
                relation = prose.words[head].relation
            return relation.startswith("nsubj")
    return False


def _relation(prose: Prose, place: int) -> str:
    return prose.words[place].relation


def _opens(prose: Prose, mention: Mention) -> bool:
    """Tell whether a mention stands near the beginning of its sentence."""
    return mention.start - prose.sentences[prose.sentence(mention.start)] < 30


def _possessive(prose: Prose, mention: Mention) -> bool:
    after = prose.text[mention.end : mention.end + 1]
    return after in ("'", "’") or prose.text[mention.end - 2 : mention.end] in ("'s", "’s")


@cache
def _weights() -> dict[str, float]:
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights).weights
