"""Bodies by what they are: "the Svetlitsa rights centre", "the ministry"."""

import re

from copytaster.claim import Speaker, SpeakerKind
from copytaster.claims.entity import Entities, Entity
from copytaster.claims.prose import Prose

DEFINITE = re.compile(r"(?:the|this|that|his|her|its|their|our|[\w.-]+[’']s?)\s", re.I)
NEAR = 3
"""Sentences within which "the ministry" is the last that was named, though there are others."""

_NOT_NAMED = frozenset(("report", "study", "poll", "survey"))


class Bodies:
    """The bodies that the sources of a text have described so far."""

    def __init__(self, prose: Prose, entities: Entities) -> None:
        self._prose = prose
        self._entities = entities
        self._named: list[Speaker] = []

    def of(self, start: int, end: int, phrase: str, front: str) -> Speaker | None:
        """Give the body that a source describes, if the text names it here or before.

        `phrase` is the source without its determiner, `front` that without what follows the noun.
        """
        head = re.sub(r"[’']s?$", "", front.split()[-1]).casefold()
        proper = [word for word in front.split() if word[0].isupper()]
        named = proper and head not in _NOT_NAMED and proper[0].casefold() != head
        if named and not re.match(r"an?\s", self._prose.text[start:end], re.I):
            at = self._prose.text.index(front.split()[0], start)
            name = " ".join(front.split())
            for known in self._named:
                if known.name.casefold() == name.casefold():
                    return known
            inside = [
                entity
                for _, entity in self._entities.at(at, at + len(front))
                if entity.kind == "organisation"
            ]
            if inside and inside[0].name.casefold().endswith(head):
                return called(inside[0])
            self._named.append(Speaker(name, "organisation", (at, at + len(front))))
            return self._named[-1]
        of = re.match(r"(?:[\w-]+\s){1,3}of\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)*", phrase)
        if of and head not in _NOT_NAMED and DEFINITE.match(self._prose.text[start:end]):
            at = self._prose.text.index(of[0], start)
            self._named.append(Speaker(of[0], "organisation", (at, at + len(of[0]))))
            return self._named[-1]
        if DEFINITE.match(self._prose.text[start:end]) or head in ("police", "coastguard"):
            return self._earlier(head, start, set(front.casefold().split()[:-1]))
        return None

    def _earlier(self, head: str, at: int, modifiers: set[str]) -> Speaker | None:
        """Give the body named before whose name ends so, and has the modifiers: "the ministry"."""
        near: list[tuple[int, Speaker]] = [
            (body.mention[0], body)
            for body in self._named
            if _ends(body.name, head) and modifiers <= set(body.name.casefold().split())
        ]
        for entity in self._entities.all:
            named = set(entity.name.casefold().split())
            if entity.kind == "organisation" and _ends(entity.name, head) and modifiers <= named:
                before = [mention.start for mention in entity.mentions if mention.start < at]
                if before:
                    near.append((before[-1], called(entity)))
        near.sort(key=lambda pair: pair[0])
        if not near:
            return None
        alone = len({one.name for _, one in near[-2:]}) == 1
        away = self._prose.sentence(at) - self._prose.sentence(near[-1][0])
        return near[-1][1] if alone or away <= NEAR else None


def _ends(name: str, head: str) -> bool:
    words = name.casefold().split()
    front = name.casefold().split(" of ", maxsplit=1)[0].split()
    return words[-1:] == [head] or front[-1:] == [head]


def called(entity: Entity) -> Speaker:
    """Give an entity as a speaker."""
    kinds: dict[str, SpeakerKind] = {
        "person": "person",
        "organisation": "organisation",
        "place": "place",
    }
    return Speaker(entity.name, kinds.get(entity.kind), entity.mention)
