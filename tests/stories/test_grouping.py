"""Stories: what must be one, what must stay apart, and what holds for any articles."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from copytaster.records import Record
from copytaster.stories import similar, stories
from copytaster.stories.evidence import Evidence, evidence
from copytaster.stories.grouping import LOOKED, Grouping
from copytaster.stories.shelf import Changes, MemoryShelf
from copytaster.story import Ruling

MILL = Record(
    id="mill",
    headline="Mill burns in Oxley",
    text="The old paper mill in Oxley burned for six hours on Monday, firefighters said.",
)
BLAZE = Record(
    id="blaze",
    headline="Six-hour blaze at Oxley paper mill",
    text="Firefighters fought a blaze at the old paper mill in Oxley for six hours.",
)
VOTE = Record(
    id="vote",
    headline="Harbour vote delayed",
    text="Councillors in Seln put off the vote on the new harbour until May.",
)
SOME = (MILL, VOTE, BLAZE)
APART = Ruling(kind="apart", these=("mill",), those=("blaze",))
TOGETHER = Ruling(kind="together", these=("vote", "mill"))


def grouped(*records: Record, rulings: tuple[Ruling, ...] = ()) -> list[set[str]]:
    """Give the stories as sets of article ids, in order of their first articles."""
    found: dict[str, set[str]] = {}
    for placed in stories(records, rulings):
        found.setdefault(placed.story, set()).add(placed.id)
    return list(found.values())


def test_two_reports_of_one_fire_are_one_story() -> None:
    assert grouped(*SOME) == [{"mill", "blaze"}, {"vote"}]


def test_what_was_ruled_holds_in_any_order() -> None:
    for seed in range(6):
        order = random.Random(seed).sample(SOME, 3)
        assert len(grouped(*order, rulings=(APART,))) == 3
        ruled = grouped(*order, rulings=(APART, TOGETHER))
        assert sorted(map(sorted, ruled)) == [["blaze"], ["mill", "vote"]]


def test_nothing_gives_nothing() -> None:
    assert list(stories([])) == []


words = st.lists(
    st.sampled_from(["mill", "Oxley", "fire", "vote", "Seln", "12", "火灾"]), max_size=8
)
articles = st.lists(
    st.builds(
        lambda head, text, day: (" ".join(head), " ".join(text), day),
        words,
        words,
        st.sampled_from([None, "2021", "2021-02-19", "9999-12-31", "soon"]),
    ),
    max_size=30,
)
Drawn = list[tuple[str, str, str | None]]


def recorded(drawn: Drawn) -> list[Record]:
    return [
        Record(id=f"a{n}", headline=headline, text=text, date_published=day)
        for n, (headline, text, day) in enumerate(drawn)
    ]


@settings(deadline=None, max_examples=60)
@given(articles)
def test_every_article_is_in_one_story_and_twice_gives_the_same(drawn: Drawn) -> None:
    records = recorded(drawn)
    placed = list(stories(records))
    assert [one.id for one in placed] == [record.id for record in records]
    assert placed == list(stories(records))


Seen = tuple[int, Evidence, dict[int, float], int | None]


def seen(records: list[Record]) -> Iterator[Seen]:
    """Give what a grouping is told of each article; every ninth is a copy of the one before."""
    index = similar.MemoryIndex()
    for number, record in enumerate(records):
        text = similar.Text(record.id, record.headline or "", record.text or "")
        weighed = similar.terms(text.headline, text.text)
        index.count(similar.counted(weighed.terms, None))
        known = similar.known(weighed, index, None)
        own = similar.vector(known)
        near = dict(similar.nearest(own, index, None))
        index.add(number, own)
        of = number - 1 if number % 9 == 8 else None
        yield number, evidence(text, record.date_published, known), near, of


def written(changes: Changes) -> Changes:
    return msgpack.decode(msgpack.encode(changes), type=Changes)


@settings(deadline=None, max_examples=60)
@given(articles, st.sets(st.integers(0, 29)), st.sampled_from([(), (APART,), (TOGETHER,)]))
def test_a_grouping_goes_on_where_it_was_written_down(
    drawn: Drawn, stops: set[int], rulings: tuple[Ruling, ...]
) -> None:
    whole, parts = MemoryShelf(LOOKED, 1000), MemoryShelf(LOOKED, 1000)
    one, grouping = Grouping(whole, rulings), Grouping(parts, rulings)
    for article in seen(recorded(drawn)):
        one.add(*article)
        grouping.add(*article)
        if article[0] in stops:
            parts.write(written(grouping.changes()))
            grouping = Grouping(parts, rulings)
    whole.write(one.changes())
    parts.write(grouping.changes())
    assert list(parts.placed()) == list(whole.placed())


@pytest.fixture
def shelf() -> MemoryShelf:
    shelf = MemoryShelf(LOOKED, 1000)
    grouping = Grouping(shelf)
    for article in seen(list(SOME)):
        grouping.add(*article)
    shelf.write(grouping.changes())
    return shelf


def test_what_was_split_stays_apart(shelf: MemoryShelf) -> None:
    mill, vote, blaze = shelf.placed()
    assert mill == blaze != vote
    grouping = Grouping(shelf, (APART,))
    told = list(seen(list(SOME)))
    grouping.regroup([told[0], told[2]])
    shelf.write(written(grouping.changes()))
    split = list(shelf.placed())
    assert split[:2] == [mill, vote] and split[2] not in split[:2]
    grouping = Grouping(shelf)  # the ruling was taken back
    grouping.regroup([told[0], told[2]])
    shelf.write(grouping.changes())
    assert list(shelf.placed()) == [mill, vote, blaze]


def test_what_was_merged_is_one_story(shelf: MemoryShelf) -> None:
    mill, *_ = shelf.placed()
    grouping = Grouping(shelf, (TOGETHER,))
    grouping.unite([1, 2])
    shelf.write(written(grouping.changes()))
    assert list(shelf.placed()) == [mill] * 3


def test_a_copy_goes_where_its_source_goes() -> None:
    copy = Record(id="copy", headline="Mill burns", text=f"{MILL.text} " * 20)
    source = Record(id="source", headline="Quite another matter", text=f"{MILL.text} " * 20)
    placed = {one.id: one.story for one in stories([source, VOTE, copy])}
    assert placed["copy"] == placed["source"] != placed["vote"]


def test_versions_of_one_article_are_in_one_story() -> None:
    again = Record(id="mill", headline="Other words altogether", text=VOTE.text)
    mill, vote, third = stories([MILL, VOTE, again])
    assert third == mill and vote.story != mill.story


FILLERS = tuple(
    Record(id=f"f{n}", headline=f"w{n} x{n}", text=f"a{n} b{n} c{n} d{n}.") for n in range(40)
)


def test_who_left_a_story_that_goes_on_does_not_begin_it_again() -> None:
    lone = Record(id="blaze", headline="Otter seen", text="An otter was seen below the weir.")
    shelf = MemoryShelf(LOOKED, 1000)
    grouping = Grouping(shelf)
    told = list(seen([*SOME, lone, *FILLERS]))
    _, article, *_ = told.pop(3)
    for one in told[:3]:
        grouping.add(*one)
    grouping.correct(2, article, {}, 2)
    for number, one in enumerate(told[3:], 3):
        grouping.add(number, one[1], {})
    shelf.write(written(grouping.changes()))
    assert shelf.homes([0, 2]) == {0: 1, 2: 0}  # mill left the story that it had begun
    before = list(shelf.placed())
    grouping = Grouping(shelf)
    grouping.regroup([(0, told[0][1], {}, None)])
    shelf.write(written(grouping.changes()))
    assert list(shelf.placed()) == before and shelf.homes([2]) == {2: 0}


def test_a_correction_counts_when_its_article_is_looked_at_again() -> None:
    again = Record(
        id="blaze",
        headline="Seln councillors delay harbour vote",
        text="The vote on the new harbour of Seln was put off until May by its councillors.",
    )
    mill, vote, blaze, _ = stories([*SOME, again])
    assert mill.story == blaze.story != vote.story
    mill, vote, blaze, *_ = stories([*SOME, again, *FILLERS])
    assert blaze.story == vote.story != mill.story
