"""Grouping: articles into stories, one pass in order of arrival.

An article comes as a story of its own and is merged into the one that it is most likely part of.
Early mistakes mend: an article is taken out and looked at again when more have come, and a story
is laid beside its nearest each time it has grown by half. What is done for an article is bounded
(`PLACED`, `OPEN`, `COMPARED`), so that it costs about the same in a small pile and a large one.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from copytaster.records import Record
from copytaster.stories.evidence import Evidence, evidence
from copytaster.stories.gist import Gist
from copytaster.stories.likeness import Weights, weights
from copytaster.stories.rarity import Rarity
from copytaster.stories.rulings import Rulings
from copytaster.story import Placed, Ruling

WINDOW = 30.0
"""Days after its last article for which a story is found."""
PLACED = 24
"""Terms under which a story is found and looked for: the heaviest of its articles, and its own."""
OPEN = 64
"""Stories found under one term, the newest."""
COMPARED = 6
"""Stories that one is laid beside."""
LATER = (30, 300)
"""After how many further articles an article is looked at again."""


class Member:
    """An article that has come."""

    __slots__ = ("gist", "id", "key", "number", "story", "terms")

    def __init__(self, number: int, id: str, key: str, gist: Gist) -> None:
        self.number, self.id, self.key, self.gist = number, id, key, gist
        self.terms = gist.heaviest(PLACED)
        self.story = Story(self)


class Story:
    """The articles about one event, as far as they have come."""

    __slots__ = ("gist", "id", "keys", "members", "next")

    def __init__(self, member: Member) -> None:
        self.id = ""
        self.gist = member.gist
        self.members = {member.number: member}
        self.keys = Counter([member.key])
        self.next = 2
        """How many members there are when the story is next laid beside others."""


class Grouping:
    """The stories so far: `add` puts an article in, `placed` tells what stands."""

    def __init__(self, rulings: Iterable[Ruling] = (), model: Weights | None = None) -> None:
        self.rarity = Rarity()
        self.rulings = Rulings(rulings)
        self.model = model or weights()
        self.members: list[Member] = []
        self._found: dict[int, dict[Story, None]] = {}
        self._homes: dict[str, Story] = {}
        self._ids: set[str] = set()

    def add(self, article: Evidence) -> None:
        """Put one more article into its story, and mend what it shows to be wrong."""
        self.rarity.count(article)
        key = self.rulings.key(article.id)
        member = Member(len(self.members), article.id, key, Gist.of(article, self.rarity))
        self.members.append(member)
        self._settle(member.story)
        for ago in LATER:
            if len(self.members) > ago:
                self._again(self.members[-1 - ago])

    def finish(self) -> None:
        """Look once more at the last articles, after which none comes, and at their stories."""
        for member in self.members[-LATER[-1] :]:
            self._again(member)
        for story in dict.fromkeys(member.story for member in self.members[-LATER[-1] :]):
            if story.members:
                self._settle(story)

    def placed(self) -> Iterator[Placed]:
        """Give each article's story, in order of arrival."""
        for member in self.members:
            yield Placed(member.id, member.story.id)

    def likeliest(self, story: Story) -> Story | None:
        """Give the story that `story` is most likely part of, or none."""
        best, most = None, 0.0
        for other in self.candidates(story):
            if self.rulings.allow(story.keys, other.keys):
                sure = self.model.sureness(story.gist, other.gist, self.rarity)
                if sure > most:
                    best, most = other, sure
        return best

    def candidates(self, story: Story) -> list[Story]:
        """Give the stories that share most with the heaviest terms of a story."""
        shared: dict[Story, float] = {}
        own = story.gist.main.terms
        for term in story.gist.heaviest(PLACED):
            weight = own[term]
            for other in self._found.get(term, ()):
                if other is not story and other.members:
                    main = other.gist.main
                    share = weight * main.terms.get(term, 0.0) / math.sqrt(main.square or 1.0)
                    shared[other] = shared.get(other, 0.0) + share
        return sorted(shared, key=lambda other: -shared[other])[:COMPARED]

    def _settle(self, story: Story) -> None:
        """Merge a story into what it is one with, and that again, as far as it has grown."""
        other = self._ruled(story) or self.likeliest(story)
        while other is not None:
            story = self._merge(story, other)
            if len(story.members) < story.next:
                break
            story.next = int(len(story.members) * 1.5) + 1
            other = self.likeliest(story)
        if not story.id:
            self._begin(story)

    def _ruled(self, story: Story) -> Story | None:
        """Give the story that a person said `story` is part of."""
        homes = (self._homes.get(key) for key in story.keys)
        return next((home for home in homes if home not in (None, story)), None)

    def _begin(self, story: Story) -> None:
        (member,) = story.members.values()
        number = 0
        while (id := _story_id(member.id, number)) in self._ids:
            number += 1
        self._ids.add(id)
        story.id = id
        self._show(story, member)

    def _merge(self, one: Story, other: Story) -> Story:
        """Make one story of two. The id of the one that began first stays."""
        into, gone = (other, one) if len(other.members) >= len(one.members) else (one, other)
        if gone.id and min(gone.members) < min(into.members):
            into.id, gone.id = gone.id, into.id
        if len(into.members) == 1:
            into.gist = into.gist.copy()
        into.gist.add(gone.gist)
        into.members.update(gone.members)
        into.keys.update(gone.keys)
        for member in gone.members.values():
            member.story = into
            self._show(into, member)
        gone.members = {}
        return into

    def _show(self, story: Story, member: Member) -> None:
        """Let a story be found under the terms of one of its members."""
        if self.rulings.binds(member.key):
            self._homes[member.key] = story
        for term in member.terms:
            found = self._found.setdefault(term, {})
            found.pop(story, None)
            found[story] = None
            if len(found) > OPEN:
                del found[next(iter(found))]

    def _again(self, member: Member) -> None:
        """Take an article out of its story, where it may leave it, and look where it belongs."""
        story = member.story
        if len(story.members) > 1:
            if story.keys[member.key] > 1:
                return
            story.gist.add(member.gist, -1)
            del story.members[member.number], story.keys[member.key]
            self._homes.pop(member.key, None)
            member.story = Story(member)
        self._settle(member.story)


def stories(
    records: Iterable[Record], rulings: Iterable[Ruling] = (), model: Weights | None = None
) -> Iterator[Placed]:
    """Give each article's story, in order of arrival, when all have come.

    Same order in, same stories out. The id of a story is made from the article that began it.
    """
    grouping = Grouping(rulings, model)
    for record in records:
        grouping.add(evidence(record))
    grouping.finish()
    yield from grouping.placed()


def _story_id(article: str, number: int) -> str:
    begun = f"{article}#{number}" if number else article
    return blake2b(begun.encode(), digest_size=8).hexdigest()
