"""Grouping: articles into stories, one pass in order of arrival.

An article goes to the story that its gist is most likely of, or begins one. Early mistakes mend:
an article is looked at again when more have come, and a story is laid beside its nearest each time
it has grown by half. What is older than `WINDOW` days is closed, so that an article costs about
the same in a small pile and a large one.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from copytaster.records import Record
from copytaster.stories.evidence import evidence
from copytaster.stories.gist import Gist
from copytaster.stories.likeness import Weights, weights
from copytaster.stories.rarity import Rarity
from copytaster.stories.rulings import Rulings
from copytaster.story import Placed, Ruling

WINDOW = 30.0
"""Days after its last article for which a story stays open."""
PLACED = 24
"""Terms under which an article's story is found, its heaviest."""
OPEN = 64
"""Stories found under one term, the newest."""
COMPARED = 6
"""Stories that an article or a story is laid beside."""
LATER = (30, 300)
"""After how many further articles an article is looked at again."""
EASE = 0.0
"""How much surer a merge of two stories must be than the placing of an article."""


class Member:
    """An article that has come, as long as its story is open."""

    __slots__ = ("gist", "id", "key", "number", "story", "terms")

    def __init__(self, number: int, id: str, key: str, gist: Gist) -> None:
        self.number, self.id, self.key, self.gist = number, id, key, gist
        heavy = gist.main.terms
        self.terms = sorted(heavy, key=lambda term: (-heavy[term], term))[:PLACED]
        self.story: Story


class Story:
    """A story while it is open."""

    __slots__ = ("gist", "id", "keys", "members", "next")

    def __init__(self, id: str, member: Member) -> None:
        self.id = id
        self.gist = member.gist.copy()
        self.members = {member.number: member}
        self.keys = Counter([member.key])
        self.next = 2


class Grouping:
    """The stories so far. Feed it with `add`; `placed` gives what stands."""

    def __init__(self, rulings: Iterable[Ruling] = (), model: Weights | None = None) -> None:
        self.rarity = Rarity()
        self.rulings = Rulings(rulings)
        self.model = model or weights()
        self.members: list[Member] = []
        self._found: dict[int, dict[Story, None]] = {}
        self._homes: dict[str, Story] = {}
        self._ids: set[str] = set()

    def add(self, record: Record) -> None:
        """Put one more article into its story, and mend what it shows to be wrong."""
        shown = evidence(record)
        self.rarity.count(
            shown.headline.keys() | shown.text.keys() | shown.names.keys() | shown.numbers.keys()
        )
        member = Member(
            len(self.members), shown.id, self.rulings.key(shown.id), Gist.of(shown, self.rarity)
        )
        self.members.append(member)
        self._place(member)
        for ago in LATER:
            if len(self.members) > ago:
                self._again(self.members[-1 - ago])

    def finish(self) -> None:
        """Look again at the last articles, after which none comes."""
        for member in self.members[-LATER[-1] :]:
            self._again(member)
        for story in dict.fromkeys(member.story for member in self.members):
            if story.members:
                self._grow(story, always=True)

    def placed(self) -> Iterator[Placed]:
        """Give each article's story, in order of arrival."""
        for member in self.members:
            yield Placed(member.id, member.story.id)

    def _place(self, member: Member) -> None:
        story = self._home(member) or self._best(member)
        if story is None:
            self._begin(member)
        else:
            self._join(member, story)
            self._grow(story)

    def _home(self, member: Member) -> Story | None:
        """Give the story in which the articles are that this one was ruled to be together with."""
        return self._homes.get(member.key)

    def _best(self, member: Member) -> Story | None:
        best, most = None, 0.0
        for story in self._candidates(member.terms, member.gist.main.terms, None):
            if not self.rulings.allow({member.key: 1}, story.keys):
                continue
            sure = self.model.sureness(member.gist, story.gist, self.rarity)
            if sure > most:
                best, most = story, sure
        return best

    def _candidates(
        self, terms: Iterable[int], weights: dict[int, float], without: Story | None
    ) -> list[Story]:
        """Give the stories that share most with the heaviest terms of a gist."""
        shared: dict[Story, float] = {}
        for term in terms:
            weight = weights.get(term, 0.0)
            for story in self._found.get(term, ()):
                if story is without or not story.members:
                    continue
                main = story.gist.main
                share = weight * main.terms.get(term, 0.0) / math.sqrt(main.square or 1.0)
                shared[story] = shared.get(story, 0.0) + share
        return sorted(shared, key=lambda story: -shared[story])[:COMPARED]

    def _begin(self, member: Member) -> None:
        number = 0
        while (id := _story_id(member.id, number)) in self._ids:
            number += 1
        self._ids.add(id)
        story = Story(id, member)
        member.story = story
        self._homes[member.key] = story
        self._show(member.terms, story)

    def _join(self, member: Member, story: Story) -> None:
        story.gist.add(member.gist)
        story.members[member.number] = member
        story.keys[member.key] += 1
        member.story = story
        self._homes[member.key] = story
        self._show(member.terms, story)

    def _leave(self, member: Member) -> None:
        story = member.story
        story.gist.add(member.gist, -1)
        del story.members[member.number]
        story.keys[member.key] -= 1
        if not story.keys[member.key]:
            del story.keys[member.key]
            del self._homes[member.key]

    def _show(self, terms: Iterable[int], story: Story) -> None:
        for term in terms:
            found = self._found.setdefault(term, {})
            found.pop(story, None)
            found[story] = None
            if len(found) > OPEN:
                del found[next(iter(found))]

    def _hide(self, story: Story, terms: Iterable[int]) -> None:
        for term in terms:
            found = self._found.get(term)
            if found:
                found.pop(story, None)

    def _again(self, member: Member) -> None:
        story = member.story
        if len(story.members) == 1:
            self._grow(story, always=True)
            return
        if story.keys[member.key] > 1:
            return
        self._leave(member)
        best = self._best(member)
        if best is None:
            self._begin(member)
        else:
            self._join(member, best)

    def _grow(self, story: Story, always: bool = False) -> None:
        """Lay a story that has grown beside its nearest, and merge what is one."""
        while always or len(story.members) >= story.next:
            story.next = int(len(story.members) * 1.5) + 1
            always = False
            main = story.gist.main.terms
            terms = sorted(main, key=lambda term: (-main[term], term))[:PLACED]
            best, most = None, EASE
            for other in self._candidates(terms, main, story):
                if not self.rulings.allow(story.keys, other.keys):
                    continue
                sure = self.model.sureness(story.gist, other.gist, self.rarity)
                if sure > most:
                    best, most = other, sure
            if best is None:
                return
            story = self._merge(story, best)

    def _merge(self, one: Story, other: Story) -> Story:
        """Make one story of two; the id of the one that began first stays."""
        into, gone = sorted((one, other), key=lambda story: min(story.members))
        terms: set[int] = set()
        for member in gone.members.values():
            member.story = into
            self._homes[member.key] = into
            terms.update(member.terms)
        into.gist.add(gone.gist)
        into.members.update(gone.members)
        into.keys.update(gone.keys)
        gone.members = {}
        self._hide(gone, terms)
        self._show(sorted(terms), into)
        return into


def stories(
    records: Iterable[Record], rulings: Iterable[Ruling] = (), model: Weights | None = None
) -> Iterator[Placed]:
    """Give each article's story, in order of arrival, when all have come.

    Same order in, same stories out. The id of a story is made from the article that began it.
    """
    grouping = Grouping(rulings, model)
    for record in records:
        grouping.add(record)
    grouping.finish()
    yield from grouping.placed()


def _story_id(article: str, number: int) -> str:
    begun = f"{article}#{number}" if number else article
    return blake2b(begun.encode(), digest_size=8).hexdigest()
