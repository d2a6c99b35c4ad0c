"""The persons, bodies and places of a text: the names that mean the same, together."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct, field

from copytaster.claim import Span
from copytaster.claims.names import POSSESSIVE, TITLES, given, joined, kinds_of, plain, words_of
from copytaster.claims.prose import Named, Prose
from copytaster.claims.role import Role, roles, titled
from copytaster.claims.vocabulary import vocabulary

_PERSONS = ("person", "name")
"""The second is what rules take for a person's name."""
_SMALL = vocabulary("small words of names")
_HE_SHE = re.compile(r"\b(he|him|his|she|her)\b", re.I)


class Mention(Struct, frozen=True):
    """One place where an entity is named, or meant by a pronoun."""

    start: int
    end: int
    pronoun: bool = False


class Entity(Struct):
    """Somebody or something that a text names."""

    kind: str
    name: str
    mention: Span
    """Where the fullest name stands first."""
    gender: str | None = None
    """m, f; nothing where names and titles do not tell."""
    roles: list[Role] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


class Entities:
    """The entities of a text, and which of them a name means."""

    def __init__(self, prose: Prose) -> None:
        prose = joined(prose)
        self.prose = prose
        self.all: list[Entity] = []
        self._starts: list[int] = []
        self._named: list[tuple[Named, Entity]] = []
        kinds = kinds_of(prose)
        persons = [name for name in prose.names if kinds[plain(prose, name)] in _PERSONS]
        others = [name for name in prose.names if kinds[plain(prose, name)] not in _PERSONS]
        self._persons(persons, kinds)
        self._others(others, kinds)
        self._named.sort(key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [name.start for name, _ in self._named]
        for name, entity in self._named:
            entity.mentions.append(Mention(name.start, name.end))
            if entity.kind == "person":
                entity.roles += roles(prose, name)
                entity.gender = entity.gender or titled(prose, name)
        for entity in self.all:
            _settle(prose, entity)

    def at(self, start: int, end: int) -> list[tuple[Named, Entity]]:
        """Give the names that begin in a span, with whom they mean."""
        return self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _persons(self, names: Sequence[Named], kinds: dict[str, str]) -> None:
        full: dict[tuple[str, str, str], Entity] = {}
        by_last: dict[str, list[Entity]] = {}
        by_first: dict[str, list[Entity]] = {}
        for name in names:
            words, suffix = words_of(self.prose, name)
            if len(words) < 2:
                continue
            key = (words[0].casefold(), words[-1].casefold(), suffix)
            entity = full.get(key) or _nicknamed(words, suffix, by_last)
            if entity is None:
                entity = full[key] = self._new(kinds[plain(self.prose, name)], name)
                by_last.setdefault(words[-1].casefold(), []).append(entity)
                by_first.setdefault(words[0].casefold(), []).append(entity)
            full[key] = entity
            if len(" ".join(words)) > len(entity.name):
                self._rename(entity, name)
            self._named.append((name, entity))
        short = [name for name in names if len(words_of(self.prose, name)[0]) < 2]
        short += self._missed(by_last)
        meant = {word: self._meant(word, found, short) for word, found in by_last.items()}
        single: dict[str, Entity] = {}
        for name in sorted(short, key=lambda name: name.start):
            words, _ = words_of(self.prose, name)
            word = words[0].casefold() if words else self.prose.text[name.start : name.end]
            found = by_last.get(word) or by_first.get(word)
            if found:
                title = titled(self.prose, name)
                fit = [one for one in found if title and gender_of(one) in (None, title)]
                entity = fit[0] if fit else meant.get(word, found[0])
            else:
                entity = single.get(word) or self._new(kinds[plain(self.prose, name)], name)
                single[word] = entity
            self._named.append((name, entity))

    def _missed(self, by_last: dict[str, list[Entity]]) -> list[Named]:
        """Give last names that the tagger passed over where a full name is known."""
        prose, covered = self.prose, _Covered(self.prose.names)
        found = []
        for place, word in enumerate(prose.words):
            text = prose.text[word.start : word.end]
            bare = POSSESSIVE.sub("", text)
            if not bare[:1].isupper() or bare.casefold() not in by_last:
                continue
            if covered.at(word.start) or not (
                bare.isupper() or bare.istitle() or word.tag == "PROPN"
            ):
                continue
            if word.tag not in ("", "PROPN") and prose.sentence_span(word.start)[0] == word.start:
                continue
            if not (_apart(prose, place, -1) and _apart(prose, place, 1)):
                continue
            found.append(Named(word.start, word.start + len(bare), "person"))
        return found

    def _meant(self, word: str, found: list[Entity], short: Sequence[Named]) -> Entity:
        """Give whom a last name alone means: of the gender of the pronouns after it, the first."""
        if len(found) == 1 or len({gender_of(one) for one in found}) == 1:
            return min(found, key=lambda one: one.mention[0])
        votes: Counter[str] = Counter()
        for name in short:
            if plain(self.prose, name).casefold() == word:
                after = _HE_SHE.search(self.prose.text, name.end, name.end + 160)
                if after:
                    votes[
                        "m"
                        if after[1].casefold().startswith("h") and after[1].casefold() != "her"
                        else "f"
                    ] += 1
        gender = max(votes, key=lambda one: votes[one]) if votes else None
        fit = [one for one in found if gender is None or gender_of(one) in (None, gender)]
        return min(fit or found, key=lambda one: one.mention[0])

    def _others(self, names: Sequence[Named], kinds: dict[str, str]) -> None:
        known: dict[str, Entity] = {}
        ordered = sorted(names, key=lambda name: (name.start - name.end, name.start))
        for name in ordered:  # the longest first
            text = plain(self.prose, name)
            words = [word for word in text.casefold().split() if word != "the"]
            key = " ".join(words)
            entity = known.get(key)
            if entity is None:
                entity = self._new(kinds[text], name)
                known[key] = entity
                if kinds[text] == "organisation" and len(words) > 1:
                    initials = "".join(w[0] for w in words if w not in _SMALL)
                    if len(initials) > 1:
                        known.setdefault(initials, entity)
                    for short in _shortened(words):
                        if short not in _SMALL and (short != words[0] or _rare(text.split()[0])):
                            known.setdefault(short, entity)
            self._named.append((name, entity))

    def _new(self, kind: str, name: Named) -> Entity:
        text = plain(self.prose, name)
        entity = Entity(kind=kind, name=text, mention=(name.start, name.start + len(text)))
        self.all.append(entity)
        return entity

    def _rename(self, entity: Entity, name: Named) -> None:
        entity.name = plain(self.prose, name)
        entity.mention = (name.start, name.start + len(entity.name))


def _shortened(words: list[str]) -> list[str]:
    """Give what a body's name is cut to: "the Courier", "Viasna"; not the place it is of."""
    if len(words) > 2 and words[-2] in ("of", "for", "the"):
        return [words[0]]
    return [words[-1], " ".join(words[-2:]), words[0]]


class _Covered:
    """Where names stand."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._names = names
        self._starts = [name.start for name in names]

    def at(self, offset: int) -> bool:
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._names[place].end


def _apart(prose: Prose, place: int, step: int) -> bool:
    """Tell whether the next word on one side is no part of a longer name."""
    if not 0 <= place + step < len(prose.words):
        return True
    word, other = prose.words[place], prose.words[place + step]
    text = prose.text[other.start : other.end]
    between = prose.text[min(word.end, other.end) : max(word.start, other.start)]
    if not text[:1].isupper() or between.strip() or "\n" in between:
        return True
    opens = prose.sentence_span(other.start)[0] == other.start
    return step < 0 and (text.casefold() in TITLES or (opens and not given(text)))


def gender_of(entity: Entity) -> str | None:
    """Tell by the given name: m, f, or nothing."""
    return given(entity.name.split()[0]) if " " in entity.name else entity.gender


def _settle(prose: Prose, entity: Entity) -> None:
    """Drop titles that a name was tagged with, tell the gender."""
    words = entity.name.split()
    skip = 0
    while len(words) - skip > 1 and words[skip].casefold() in TITLES:
        skip += 1
    if skip and entity.kind == "person":
        start = prose.text.find(words[skip], entity.mention[0], entity.mention[1])
        if start >= 0:
            entity.mention = (start, entity.mention[1])
            entity.name = prose.text[start : entity.mention[1]]
    entity.name = " ".join(entity.name.split())
    if entity.kind == "person" and entity.gender is None:
        entity.gender = given(entity.name.split()[0]) if " " in entity.name else None
        for role in entity.roles:
            entity.gender = entity.gender or role.gender
    entity.mentions.sort(key=lambda mention: mention.start)


def _nicknamed(words: list[str], suffix: str, by_last: dict[str, list[Entity]]) -> Entity | None:
    """Give the one person of the same last name whose first name begins like this one."""
    same = [
        entity
        for entity in by_last.get(words[-1].casefold(), ())
        if entity.name.split()[0][:3].casefold() == words[0][:3].casefold() and not suffix
    ]
    return same[0] if len(same) == 1 else None


def _rare(word: str) -> bool:
    """Tell whether a first word can stand for the whole name: "Viasna", not "Human"."""
    return len(word) > 3 and word.casefold() not in _COMMON


_COMMON = vocabulary("common in names")
