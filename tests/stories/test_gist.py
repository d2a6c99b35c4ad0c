"""Gists: the hours of their articles, counted and taken away again."""

from copytaster.stories.evidence import Evidence
from copytaster.stories.gist import HOURS, Gist
from copytaster.stories.likeness import MEASURES, measures


def headline(day: float | None) -> Gist:
    return Gist.of(Evidence(id="mill", day=day, headline={1: 5.0, 2: 3.0}))


def together(*days: float) -> Gist:
    gist = headline(days[0])
    for day in days[1:]:
        gist.add(headline(day))
    return gist


def hours(one: Gist, other: Gist, measure: str = "hours") -> float:
    return dict(zip(MEASURES, measures(one, other, []), strict=True))[measure]


def test_what_is_taken_away_was_never_there() -> None:
    gist = together(10.01, 10.02)
    gist.add(headline(11.5))
    gist.add(headline(11.5), -1)
    assert gist.hours == together(10.01, 10.02).hours == {240: 2}


def test_a_day_says_nothing_of_hours() -> None:
    assert headline(10.0).hours == headline(None).hours == {}
    assert hours(headline(10.0), headline(12.0)) == 0.0


def test_the_latest_hours_are_held() -> None:
    gist = together(*(10.01 + hour / 24 for hour in range(HOURS + 5)))
    assert sorted(gist.hours) == list(range(245, 245 + HOURS))


def test_one_article_by_mistake_does_not_move_the_hours_of_a_story() -> None:
    story, next_day = together(*[10.01] * 20), headline(11.01)
    before = hours(story, next_day)
    story.add(headline(11.0123))
    assert 0.9 * before < hours(story, next_day) < before


def test_a_day_is_longer_to_a_story_of_an_hour_than_to_a_story_of_days() -> None:
    next_day = headline(13.01)
    of_an_hour, of_days = together(*[12.01] * 12), together(*(9.01 + n / 4 for n in range(12)))
    assert hours(of_an_hour, next_day, "hours_by_size") > 1
    assert hours(of_days, next_day, "hours_by_size") < 0.2
