"""Whole articles in, stories out, where something is missing, wrong or too much."""

import pytest
from msgspec import structs

from copytaster.records import Record
from copytaster.stories import stories

FIRE = "The old paper mill in Oxley burned for six hours on Monday, and nine men were hurt."
VOTE = "Councillors in Seln put off the vote on the new harbour until May, the mayor said."


def placed(*records: Record) -> list[str]:
    return [one.story for one in stories(records)]


@pytest.mark.parametrize("date", [None, "", "soon", "2026-13-45", "9999-12-31T23:59-12:00"])
def test_a_date_that_is_none_or_to_come_parts_nothing(date: str | None) -> None:
    first = Record(id="a", headline="Mill burns in Oxley", text=FIRE, date_published=date)
    again = Record(id="b", headline="Oxley mill burns", text=f"{FIRE} It was out by night.")
    assert len(set(placed(first, again))) == 1


def test_a_month_apart_is_another_story() -> None:
    one = Record(id="a", headline="Mill burns in Oxley", text=FIRE, date_published="2026-01-02")
    other = Record(
        id="b",
        headline="Oxley mill burns again",
        text="Firefighters fought a blaze at the paper mill in Oxley; four women were hurt.",
        date_published="2026-06-02",
    )
    assert len(set(placed(one, other))) == 2


def test_nothing_to_read_is_a_story_of_its_own() -> None:
    empty = [
        Record(id="a"),
        Record(id="b", headline=""),
        Record(id="c", text=" \n"),
        Record(id="d"),
    ]
    assert len(set(placed(*empty))) == 4


def test_headlines_alone_make_stories() -> None:
    mill = Record(id="a", headline="Paper mill burns in Oxley, nine hurt")
    vote = Record(id="b", headline="Seln puts off harbour vote")
    again = Record(id="c", headline="Oxley paper mill burns: nine hurt")
    first, other, third = placed(mill, vote, again)
    assert first == third != other


def test_a_crowd_of_copies_is_one_story_beside_others() -> None:
    text = " ".join(f"w{n}x" for n in range(120))
    crowd = [Record(id=f"c{n}", headline="Mill burns", text=text) for n in range(400)]
    vote = Record(id="vote", headline="Seln puts off harbour vote", text=VOTE)
    found = placed(*crowd[:200], vote, *crowd[200:])
    assert len(set(found)) == 2 and found.count(found[200]) == 1


def test_a_crowd_of_copies_too_short_to_be_seen_as_such_is_one_story() -> None:
    note = Record(id="", headline="Shop burns", text="A shop in Tarn burnt down. Two were hurt.")
    found = placed(*(structs.replace(note, id=f"{n}") for n in range(600)))
    assert len(set(found)) == 1


def test_the_same_text_under_two_addresses_and_from_an_outlet_renamed() -> None:
    text = f"{FIRE} {VOTE} " * 3
    pages = [
        Record(id="a", url="https://x.example/1", publisher="The Post", headline="H", text=text),
        Record(id="b", url="https://x.example/2", publisher="The Post", headline="H", text=text),
        Record(
            id="c", url="https://x.example/3", publisher="The New Post", headline="H", text=text
        ),
    ]
    assert len(set(placed(*pages))) == 1


def test_what_is_old_is_let_go() -> None:
    mill = [
        Record(id=f"m{n}", headline=f"Mill burns in Oxley, day {n}", text=f"{FIRE} Day {n}.")
        for n in range(2)
    ]
    other = [Record(id=f"{n}", headline=f"w{n}", text=f"a{n} b{n} c{n}") for n in range(60)]
    first, *_, last = stories([mill[0], *other, mill[1]], last=20)
    assert first.story != last.story
    first, *_, last = stories([mill[0], *other, mill[1]], last=100)
    assert first.story == last.story


def test_an_article_of_two_megabytes() -> None:
    long = Record(id="long", headline="All of it", text=" ".join(f"w{n}" for n in range(300_000)))
    mill = Record(id="mill", headline="Mill burns in Oxley", text=FIRE)
    assert len(set(placed(long, mill, Record(id="end", headline="End", text=VOTE)))) == 3


def test_mixed_languages_and_broken_characters() -> None:
    mixed = "火灾发生在奥克斯利造纸厂 \ud800 حريق في مصنع الورق"
    first = Record(id="a", headline="火灾 Oxley", text=mixed, language="zh")
    again = Record(id="b", headline="火灾 Oxley", text=f"{mixed} 消防员", language="zh")
    other = Record(id="c", headline="Seln vote", text=VOTE, language="en")
    one, two, three = placed(first, again, other)
    assert one == two != three
