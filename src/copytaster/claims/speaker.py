"""Who is behind a source: the person or body it names, describes or stands for."""

import re
from collections.abc import Sequence

from copytaster.claim import Span, Speaker
from copytaster.claims.body import DEFINITE, Bodies, called
from copytaster.claims.entity import Entities, Entity
from copytaster.claims.pronoun import GENDERS, Pronouns
from copytaster.claims.prose import Named, Prose
from copytaster.claims.role import Role, is_person, role
from copytaster.claims.vocabulary import vocabulary

_OWN = frozenset(["i", "we", "me", "us", "my", "our", "myself", "ourselves"])
_PLURAL = vocabulary("plural pronouns")
_THING = frozenset(["it", "its", "itself", "this", "that"])
_RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
_DETERMINER = re.compile(r"^(?:the|an?|this|that|his|her|its|their|our|then-)\s", re.I)
_RELATIVE_CLAUSE = re.compile(r",\s(?:who|which|whose|whom)\b.*$|\s(?:who|which)$", re.S)
_THEIRS = re.compile(r"(?:his|her|its|their|our)\s", re.I)
_CLAUSE = re.compile(
    r"\s(?:of|for|in|at|on|to|with|from|by|who|which|that|whose|including|close|familiar|under|"
    r"inside|among|from|like|as)\s|[,(]"
)
_BODIES = vocabulary("bodies")
_DEMONYM = re.compile(r"(?:crats|icans|ians|ists|ators|esters|legates|ivatives|erals|ites|chers)$")
"""Names of many: "Democrats", "Delegates"; a tagger takes them for bodies."""
_ANY_PLURAL = re.compile(r"(?:[^s]s|men|women|people|police|media|staff|folks|children)$", re.I)


_AND = re.compile(r"(?:[’']s?)?(?:\s\([^)]*\))?,?\s(?:and|or|&)\s")
_LISTED = re.compile(
    r"(?:\s\([^)]*\)|,\s[A-Z]-[\w.]+)?,?\s(?:and\s|or\s|&\s)?(?:[A-Z][\w.]*\s){0,3}"
)
_APPOSITION = re.compile(r",\s(?:an?\s|the\s|[\w.-]+[’']s\s)?[^,.;:“”()]{3,110}")


_LEADERS = ("leader", "president", "minister", "chairman", "head", "chancellor")


class Speakers:
    """Resolves the sources of one text, in the order of the text."""

    def __init__(self, prose: Prose, sources: Sequence[Span] = ()) -> None:
        self.prose = prose
        self.entities = Entities(prose)
        self.pronouns = Pronouns(prose, self.entities, sources)
        self._bodies = Bodies(prose, self.entities)
        self._offices: dict[str, list[tuple[Entity, Role]]] = {}
        for entity in self.entities.all:
            for one in entity.roles:
                self._offices.setdefault(one.head, []).append((entity, one))

    def of(self, source: Span, outer: Speaker | None = None) -> Speaker | None:
        """Give the speaker behind a source; `outer` is who says the quotation it stands in."""
        start, end = self._trimmed(source)
        if start >= end:
            return None
        text = self.prose.text[start:end]
        first = re.split(r"[\s’']", text, maxsplit=1)[0].casefold()
        alone = first == text.casefold() or text.casefold() in (
            f"{first} himself",
            f"{first} herself",
        )
        if alone:
            if first in GENDERS:
                found = self.pronouns.resolved.get(start)
                return called(found.entity) if found else None
            if first in _OWN:
                return outer if first in ("i", "me", "my", "myself") else None
            if first in _RELATIVE:
                return self._antecedent(start, first in ("who", "whom", "whose"))
            if first in _PLURAL or first in _THING:
                return self._thing(start) if first in ("it", "its") else None
        bare = not self.entities.at(start, end)
        if bare and first in ("his", "her") and not is_person(re.split(r"\W", text)[-1]):
            found = self.pronouns.resolved.get(start)
            return called(found.entity) if found else None
        if self._plural(start, end):
            return self._unnamed(start, end)
        return self._name(start, end) or self._described(start, end)

    def _trimmed(self, source: Span) -> Span:
        start, end = source
        text = self.prose.text
        while start < end and not text[start].isalnum() and text[start] not in "“\"‘'@":
            start += 1
        while end > start and text[end - 1] in " \t\xa0,;:—–-":
            end -= 1
        return start, end

    def _plural(self, start: int, end: int) -> bool:
        """Tell whether the source is of several without a name: "critics like Ana Low"."""
        text = self.prose.text[start:end]
        match = _CLAUSE.search(text)
        front = text[: match.start()] if match else text
        last = re.search(r"[^\W\d_][\w-]*$", front)
        if not last or last[0].casefold() in _BODIES or not _ANY_PLURAL.search(last[0]):
            return False
        if self._proper(start, _DETERMINER.sub("", front)) or self._proper(start + 4, front[4:]):
            return False
        names = self.entities.at(start, start + len(front))
        return not any(name.end > start + last.start() for name, _ in names)

    # names

    def _name(self, start: int, end: int) -> Speaker | None:
        """Give the one whom the source names: not a modifier, not behind "for" or "of"."""
        inside = [pair for pair in self.entities.at(start, end) if pair[0].end <= end + 2]
        first = next((pair for pair in inside if self._heads(pair[0], start, end)), None)
        if first and self._joined([first], end):
            return self._unnamed(start, end)
        for kind in ("person", "organisation", "place", "name"):
            heads = [
                (name, entity)
                for name, entity in inside
                if entity.kind == kind
                and self._heads(name, start, end)
                and not (_DEMONYM.search(entity.name) and " of " not in entity.name)
            ]
            if heads:
                if self._joined(heads, end):
                    return self._unnamed(start, end)
                return called(heads[0][1])
        return None

    def _heads(self, name: Named, start: int, end: int) -> bool:
        text = self.prose.text
        before = text[start : name.start]
        tail = before[max(before.rfind(","), before.rfind("("), before.rfind("—")) + 1 :]
        if re.search(
            r"\b(?:of|for|in|at|on|to|with|from|by|like|about|under|against|including|as)\b", tail
        ):
            return False
        if "(" in before and ")" not in before[before.rfind("(") :]:
            return False
        if ("," in before or "(" in before) and re.search(r"\b(?:who|which|whose)\b", before):
            return False
        after = text[name.end : end]
        if re.match(r"[’']s?(?:\s|$)", after) or text[name.end - 2 : name.end] in ("'s", "’s"):
            return not after.lstrip("’'s ").strip()
        following = re.match(r"[\s-]([\w’'-]+)", after)
        if following is None:
            return True
        word = following[1].casefold()
        return word in _AFTER or (not following[1][0].islower() and self._named_after(name))

    def _named_after(self, name: Named) -> bool:
        """Tell whether what follows a name in capitals is no noun that the name describes."""
        places = self.prose.within(name.end, name.end + 30)
        return not any(self.prose.words[place].tag in ("NOUN", "PROPN") for place in places[:1])

    def _joined(self, heads: Sequence[tuple[Named, Entity]], end: int) -> bool:
        """Tell whether the first name is one of several: "A and B", "A and other members"."""
        after = self.prose.text[heads[0][0].end : end]
        if _AND.match(after):
            return True
        if len(heads) > 1 and heads[1][1] is not heads[0][1]:
            between = self.prose.text[heads[0][0].end : heads[1][0].start]
            return _LISTED.fullmatch(between) is not None
        return False

    # what has no name

    def _described(self, start: int, end: int) -> Speaker | None:
        text = self.prose.text[start:end]
        phrase = _DETERMINER.sub("", text, count=1)
        front = phrase[: match.start()] if (match := _CLAUSE.search(phrase)) else phrase
        words = re.findall(r"[^\W_][\w.’'-]*", front)
        if not words:
            return None
        head = re.sub(r"[’']s?$", "", words[-1]).casefold()
        if head in _BODIES:
            return self._bodies.of(start, end, phrase, front) or self._unnamed(start, end)
        if self._proper(start + len(text) - len(phrase), front):
            at = start + len(text) - len(phrase)
            return Speaker(" ".join(front.split()), "organisation", (at, at + len(front)))
        if _ANY_PLURAL.search(head) or (not DEFINITE.match(text) and not text[0].isupper()):
            return self._unnamed(start, end)
        if _THEIRS.match(text):
            return self._unnamed(start, end)
        found = self._holder(role(re.sub(r"[’']s?$", "", phrase)), start)
        return called(found) if found else self._unnamed(start, end)

    def _proper(self, at: int, front: str) -> bool:
        """Tell whether words that no name covers are proper nouns all the same: a body's name."""
        words = [self.prose.words[place] for place in self.prose.within(at, at + len(front))]
        if len(words) < 2 or _DEMONYM.search(front):
            return False
        if not all(self.prose.text[word.start].isupper() for word in words):
            return False
        return all(word.tag == "PROPN" for word in words) or self.prose.text.count(front) > 1

    def _holder(self, wanted: Role | None, at: int) -> Entity | None:
        """Give the one person who holds an office, by what the text says beside names."""
        if wanted is None:
            return None
        fit: dict[int, tuple[float, Entity]] = {}
        heads = _LEADERS if wanted.head == "leader" else (wanted.head,)
        for entity, held in (pair for head in heads for pair in self._offices.get(head, ())):
            if wanted.gender and entity.gender and wanted.gender != entity.gender:
                continue
            shared = len(wanted.modifiers & held.modifiers)
            missing = len(wanted.modifiers - held.modifiers)
            if wanted.capital and held.capital and not wanted.capital & held.capital:
                continue  # a president of another country
            score = 2.0 * shared - 0.5 * missing
            if id(entity) not in fit or fit[id(entity)][0] < score:
                fit[id(entity)] = (score, entity)
        if not fit:
            return None
        last = {key: self._last(entity, at) for key, (_, entity) in fit.items()}
        order = sorted(fit, key=lambda key: (-fit[key][0], last[key]))
        best, entity = fit[order[0]]
        if len(order) > 1 and best - fit[order[1]][0] < 1:
            near, far = last[order[0]], last[order[1]]
            if near > 4 or far - near < 2:
                return None
        return entity

    def _last(self, entity: Entity, at: int) -> int:
        """Give how many sentences before an offset an entity was last named."""
        before = [mention.start for mention in entity.mentions if mention.start < at]
        if not before:
            return 50
        return self.prose.sentence(at) - self.prose.sentence(before[-1])

    def _unnamed(self, start: int, end: int) -> Speaker:
        text = self.prose.text[start:end]
        end = start + len(_RELATIVE_CLAUSE.sub("", text))
        return Speaker(" ".join(self.prose.text[start:end].split()), "unnamed", (start, end))

    # words that stand for others

    def _antecedent(self, start: int, person: bool) -> Speaker | None:
        """Give the one right before "who" or "which"."""
        sentence, _ = self.prose.sentence_span(start)
        before = self.prose.text[max(sentence, start - 160) : start].rstrip(" ,—–")
        at = max(sentence, start - 160)
        inside = self.entities.at(at, at + len(before))
        for name, entity in reversed(inside):
            if person and entity.kind != "person":
                continue
            between = self.prose.text[name.end : start].rstrip(" ,—–")
            between = re.sub(r"^(?:[’']s)?\s\([^)]*\)", "", between)
            if not between:
                return called(entity)
            if entity.kind == "person" and _APPOSITION.fullmatch(between):
                return called(entity)
        return None

    def _thing(self, start: int) -> Speaker | None:
        """Give the one body that "it" can mean: named as a subject right before, no other near."""
        sentence = self.prose.sentence(start)
        begin = self.prose.sentences[sentence]
        for since in (begin, self.prose.sentences[max(0, sentence - 1)]):
            near = [
                entity
                for name, entity in self.entities.at(since, start)
                if entity.kind == "organisation"
            ]
            if near:
                return called(near[0]) if len({id(one) for one in near}) == 1 else None
        return None


_AFTER = vocabulary("after a name")
