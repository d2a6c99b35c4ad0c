"""Stories: what must be one, what must stay apart, and what holds for any articles."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from copytaster.records import Record
from copytaster.stories.grouping import stories
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


def grouped(*records: Record, rulings: tuple[Ruling, ...] = ()) -> list[set[str]]:
    """Give the stories as sets of article ids, in order of their first articles."""
    found: dict[str, set[str]] = {}
    for placed in stories(records, rulings):
        found.setdefault(placed.story, set()).add(placed.id)
    return list(found.values())


def test_two_reports_of_one_fire_are_one_story() -> None:
    assert grouped(*SOME) == [{"mill", "blaze"}, {"vote"}]


def test_what_was_ruled_holds_in_any_order() -> None:
    apart = Ruling(kind="apart", these=("mill",), those=("blaze",))
    together = Ruling(kind="together", these=("vote", "mill"))
    for seed in range(6):
        order = random.Random(seed).sample(SOME, 3)
        assert len(grouped(*order, rulings=(apart,))) == 3
        ruled = grouped(*order, rulings=(apart, together))
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


@settings(deadline=None, max_examples=60)
@given(articles)
def test_every_article_is_in_one_story_and_twice_gives_the_same(
    drawn: list[tuple[str, str, str | None]],
) -> None:
    records = [
        Record(id=f"a{n}", headline=headline, text=text, date_published=day)
        for n, (headline, text, day) in enumerate(drawn)
    ]
    placed = list(stories(records))
    assert [one.id for one in placed] == [record.id for record in records]
    assert placed == list(stories(records))
