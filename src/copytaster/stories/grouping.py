"""Grouping: articles into stories, one pass in order of arrival.

An article comes as a story of its own and is merged into the one that it is most likely part of,
among the stories of the articles nearest to it. Early mistakes mend: an article is taken out and
looked at again when more have come, and a story is laid beside its nearest each time it has grown
by half, or an article came that is likely part of two. What is done for an article is bounded
(`NEAR`, `COMPARED`), so that it costs about the same in a small pile and a large one. A copy goes
where the article goes that it is a copy of.
"""

import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from hashlib import blake2b

from msgspec import structs

from copytaster.stories.evidence import Evidence
from copytaster.stories.gist import Gist
from copytaster.stories.likeness import Weights, apart, weights
from copytaster.stories.rulings import Rulings
from copytaster.stories.shelf import Changes, Member, Shelf, Story
from copytaster.story import Ruling

WINDOW = 30.0
"""Days between its articles and a new one for which a story is open."""
LAST = 200_000
"""Articles after its last one for which a story is open."""
NEAR = 16
"""Near articles whose stories are looked at."""
FAINT = 0.05
"""Cosine below which an article is not near: the sixth part of what is usual in one story."""
HELD = 48
"""Near articles that a story remembers, the nearest."""
COMPARED = 6
"""Stories that one is laid beside."""
LATER = (30, 100, 300)
"""After how many further articles an article is looked at again."""
LOOKED = LATER[-1]
"""How many of the last articles may be looked at."""


class Grouping:
    """The stories so far: `add` puts an article in, `changes` tells what became of it."""

    def __init__(
        self, shelf: Shelf, rulings: Iterable[Ruling] = (), model: Weights | None = None
    ) -> None:
        """Go on from what was written down on `shelf`."""
        self.rulings = Rulings(rulings)
        self.model = model or weights()
        self._shelf = shelf
        self._members: dict[int, Member | None] = {}
        self._stories: dict[int, Story | None] = {}
        self._changed: set[int] = set()
        self._grown: Counter[int] = Counter()
        self._sure: dict[tuple[int, int], tuple[int, int, list[float], float]] = {}
        self._homes: dict[int, int] = {}
        self._numbers: dict[str, int] = {}

    def add(
        self, number: int, article: Evidence, near: Mapping[int, float], of: int | None = None
    ) -> None:
        """Put one more article into its story, and mend what it shows to be wrong.

        `number` is one more than that of the article before. `near` are the articles nearest to it,
        with their cosines (`similar.nearest`); `of` is the article that it is a copy of.
        """
        self._put(number, article, near, of)
        self._look_again(number)

    def carry(self, number: int, id: str, of: int) -> bool:
        """Put one more article where the one is that it is a copy of, as `add` does.

        That needs nothing else of it. Says False, and does nothing, where it is to be added as any
        other: where a person ruled about it, or the story was let go.
        """
        if carried := self._carried(number, id, of):
            self._look_again(number)
        return carried

    def _look_again(self, number: int) -> None:
        for ago in LATER:
            if again := self._member(number - ago, number):
                self._again(again, number)

    def correct(self, number: int, article: Evidence, near: Mapping[int, float], now: int) -> None:
        """Take the new version of an article for the one before, as far as it may still be moved.

        It stays in its story, and on its day, until it is looked at again. `now` is the number of
        the last article.
        """
        member = self._member(number, now)
        if member and (story := self._story(self._home(number))):
            article = structs.replace(article, id=member.evidence.id, day=member.evidence.day)
            story.gist.add(Gist.of(member.evidence), -1)
            story.gist.add(Gist.of(article))
            for other in member.near:
                if held := self._member(other, now):
                    held.near.pop(number, None)
            member.evidence, member.near = article, _nearest(near, NEAR)
            self._link(member, now)
            self._changed.add(story.number)
            self._grown[story.number] += 1

    def unite(self, numbers: Iterable[int]) -> None:
        """Make one story of the stories of articles, after a person said that they are one."""
        stories = {home: self._story(home) for home in map(self._home, numbers)}
        one, *others = [story for _, story in sorted(stories.items()) if story]
        for other in others:
            one = self._merge(one, other)

    def regroup(
        self, articles: Iterable[tuple[int, Evidence, Mapping[int, float], int | None]]
    ) -> None:
        """Group articles anew, after a person ruled about one of them or took a ruling back.

        They are all the articles of some stories, in order of arrival, each with what `add` takes.
        """
        articles = list(articles)
        former = {home: self._story(home) for home in (self._home(one[0]) for one in articles)}
        self._stories |= dict.fromkeys(former)
        self._changed |= former.keys()
        # A story may begin anew under its number: nobody is in it before being put there.
        self._homes |= {number: -1 for number, *_ in articles}
        for number, article, near, of in articles:
            held = self._member(number, number)
            spent = held.begun if held else len(LATER) + 1
            self._put(
                number, article, near, of, self._again_from(number, article.id, spent, former)
            )
            if member := self._members.get(number):
                member.begun = max(member.begun, spent)
        for number, story in former.items():
            if story and self._stories[number] is None:
                story.into = self._home(articles[0][0])
                self._stories[number] = story

    def changes(self) -> Changes:
        """Give what is to be written on the shelf before anything else, and forget it here."""
        changes = Changes(
            [member for _, member in sorted(self._members.items()) if member],
            [story for _, story in sorted(self._stories.items()) if story],
            self._changed,
            {number: self._home(number) for number in sorted(self._homes)},
        )
        self._changed = set()
        self._grown.clear()
        self._sure.clear()
        self._members, self._stories, self._homes, self._numbers = {}, {}, {}, {}
        return changes

    def candidates(self, story: Story, now: int) -> list[tuple[Story, list[float]]]:
        """Give the open stories that most near articles are in, and how near those are."""
        links: dict[int, list[float]] = {}
        for number, cosine in story.near.items():
            if cosine >= FAINT:
                links.setdefault(self._home(number), []).append(cosine)
        links.pop(story.number, None)
        found = []
        for home in sorted(links, key=lambda home: (-math.fsum(c * c for c in links[home]), home)):
            other = self._story(home)
            if other is None or now - other.newest > LAST:
                continue
            if apart(story.gist, other.gist) <= WINDOW:
                found.append((other, links[home]))
                if len(found) == COMPARED:
                    break
        return found

    def likely(self, story: Story, now: int) -> list[Story]:
        """Give the stories that `story` is likely part of, the likeliest first."""
        found = []
        for other, links in self.candidates(story, now):
            if self.rulings.allow(story.keys, other.keys):
                sure = self._sureness(story, other, links)
                if sure > 0:
                    found.append((sure, other))
        found.sort(key=lambda one: -one[0])
        return [other for _, other in found]

    def _sureness(self, story: Story, other: Story, links: list[float]) -> float:
        """Say how sure it is that two stories are one, reckoned anew where one has changed."""
        grown = self._grown[story.number], self._grown[other.number]
        *seen, sure = self._sure.get((story.number, other.number), (0.0,))
        if seen != [*grown, links]:
            sure = self.model.sureness(story.gist, other.gist, links)
            self._sure[story.number, other.number] = *grown, links, sure
        return sure

    def _again_from(self, number: int, id: str, spent: int, former: Container[int]) -> int:
        """Say which of its `spent` stories an article begins again.

        One whose id one of the `former` stories has, or else none; else the last: in others, which
        it left, there may still be articles.
        """
        none: int | None = None
        for begun in range(spent):
            holder = self._shelf.holder(_story_id(id, begun))
            if self._story(number << 8 | begun) is None:
                if holder in former:
                    return begun
                if holder is None and none is None:
                    none = begun
        return max(spent - 1, 0) if none is None else none

    def _put(
        self,
        number: int,
        article: Evidence,
        near: Mapping[int, float],
        of: int | None,
        begun: int = 0,
    ) -> None:
        if of is not None and self._carried(number, article.id, of):
            return
        self._numbers[article.id] = number
        member = Member(number=number, evidence=article, near=_nearest(near, NEAR), begun=begun)
        self._members[number] = member
        self._link(member, number)
        self._settle(self._begin(member, number), number)

    def _link(self, member: Member, now: int) -> None:
        """Tell the articles near to one that it is near to them."""
        for other, cosine in member.near.items():
            if held := self._member(other, now):
                held.near[member.number] = cosine

    def _settle(self, story: Story, now: int) -> None:
        """Merge a story into what it is one with; that again, where it has grown or is between two.

        What is likely part of two stories is a sign that those are one.
        """
        ruled = self._ruled(story)
        likely = [ruled] if ruled else self.likely(story, now)
        while likely:
            story = self._merge(story, likely[0])
            if len(likely) == 1 and story.gist.articles < story.next:
                break
            self._changed.add(story.number)
            story.next = int(story.gist.articles * 1.5) + 1
            likely = self.likely(story, now)

    def _again(self, member: Member, now: int) -> None:
        """Take an article out of its story, where it may leave it, and look where it belongs."""
        story = self._story(self._home(member.number))
        if story is None or self.rulings.about(member.evidence.id):
            return
        self._changed.add(story.number)
        if story.gist.articles > 1:
            story.gist.add(Gist.of(member.evidence), -1)
            self._grown[story.number] += 1
            story = self._begin(member, now)
        else:
            story.near = dict(member.near)
        self._settle(story, now)

    def _begin(self, member: Member, now: int) -> Story:
        """Give an article a story of its own; its copies come with it."""
        story = Story(
            number=member.number << 8 | member.begun & 255,
            id=_story_id(member.evidence.id, member.begun),
            gist=Gist.of(member.evidence),
            begun=now,
            newest=max(member.number, *member.riders, 0),
            near=dict(member.near),
            keys=[self.rulings.key(member.evidence.id)]
            if self.rulings.about(member.evidence.id)
            else [],
        )
        member.begun += 1
        self._stories[story.number] = story
        self._changed.add(story.number)
        self._grown[story.number] += 1
        for number in (member.number, *member.riders):
            self._homes[number] = story.number
        return story

    def _carried(self, number: int, id: str, of: int) -> bool:
        """Put a copy where the article is that it is a copy of, and let it go with that."""
        home = None if self.rulings.about(id) else self._story(self._home(of))
        if home is None:
            return False
        self._numbers[id] = number
        self._homes[number] = home.number
        home.newest = number
        self._changed.add(home.number)
        if source := self._member(of, number):
            source.riders.append(number)
        return True

    def _merge(self, one: Story, other: Story) -> Story:
        """Make one story of two. The id of the one that began first stays."""
        into, gone = (other, one) if other.gist.articles >= one.gist.articles else (one, other)
        if gone.begun < into.begun:
            into.begun, into.id, gone.id = gone.begun, gone.id, into.id
        self._changed |= {into.number, gone.number}
        into.gist.add(gone.gist)
        self._grown[into.number] += 1
        into.newest = max(into.newest, gone.newest)
        into.keys = sorted({*into.keys, *gone.keys})
        gone.into = into.number
        near = {**gone.near, **into.near}
        into.near = _nearest(
            {n: cosine for n, cosine in near.items() if self._home(n) != into.number}, HELD
        )
        return into

    def _ruled(self, story: Story) -> Story | None:
        """Give the story that a person said `story` is part of."""
        for key in story.keys:
            for id in self.rulings.together(key):
                number = self._numbers.get(id, self._shelf.number(id))
                if number is not None:
                    home = self._home(number)
                    if home != story.number and (other := self._story(home)):
                        return other
        return None

    def _member(self, number: int, now: int) -> Member | None:
        """Give an article that may still be moved, as far as it is no copy."""
        if now - number > LOOKED:
            return None
        if number not in self._members:
            self._members[number] = self._shelf.member(number)
        return self._members[number]

    def _story(self, number: int) -> Story | None:
        if number not in self._stories:
            self._stories[number] = self._shelf.story(number)
        return self._stories[number]

    def _home(self, number: int) -> int:
        """Give the number of the story that an article is in."""
        if number not in self._homes:
            self._homes |= self._shelf.homes([number])
        home = self._homes.get(number, -1)
        while (story := self._stories.get(home)) and story.into is not None:
            home = story.into
        self._homes[number] = home
        return home


def _nearest(near: Mapping[int, float], most: int) -> dict[int, float]:
    if len(near) <= most:
        return dict(near)
    return dict(sorted(near.items(), key=lambda one: (-one[1], one[0]))[:most])


def _story_id(article: str, begun: int) -> str:
    made = f"{article}#{begun}" if begun else article
    return blake2b(made.encode(), digest_size=8).hexdigest()
