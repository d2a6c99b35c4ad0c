"""What is counted beside a teaser, and what is a rank, a year, a price or a time."""

import pytest

from copytaster.article import Teaser
from copytaster.reading.counts import count_of, tail_of, unranked

PLAIN = ["Ferry is missed off Nordholm", "Harbour fees to rise", "A bridge for Dunmarrow"]


def told(headlines: list[str]) -> list[str]:
    given = [(7, Teaser(headline=headline)) for headline in headlines]
    return [teaser.headline for teaser in unranked(given)]


@pytest.mark.parametrize("form", ["{}{}", "{} {}", "{}. {}", "#{} {}", "{}) {}"])
def test_numbers_in_a_row_are_ranks(form: str) -> None:
    assert told([form.format(n, line) for n, line in enumerate(PLAIN, 1)]) == PLAIN


@pytest.mark.parametrize(
    "headlines",
    [
        ["1 dead in ferry fire", "2 held over ferry fire"],
        ["3 dead in ferry fire", "1 held over ferry fire", "2 harbours shut"],
        ["10 things to know", "Harbour fees to rise", "5 ferries compared"],
        ["1.5 million for Dunmarrow", "2.5 million for Nordholm", "3.5 million for Sund"],
        ["1912 ferry found", "2 held over ferry fire", "3 harbours shut"],
    ],
)
def test_other_numbers_are_words(headlines: list[str]) -> None:
    assert told(headlines) == headlines


def test_two_lists_of_one_kind_are_both_ranked() -> None:
    ranked = [f"{n} {line}" for n, line in enumerate(PLAIN, 1)]
    assert told(ranked + ranked) == PLAIN + PLAIN


def test_a_rank_beside_the_headline_is_no_count() -> None:
    given = [(7, Teaser(headline=line, count=n)) for n, line in enumerate(PLAIN, 1)]
    assert [teaser.count for teaser in unranked(given)] == [None, None, None]
    assert unranked([(7, Teaser(headline=PLAIN[0], count=7))])[0].count == 7


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("24", 24),
        ("(1,024)", 1024),
        ("12 Comments", 12),
        ("Kommentare: 49", 49),
        ("1.204 Aufrufe", 1204),
        ("3 комментария", 3),
        ("コメント 176", 176),
        ("2024", None),
        ("9.", None),
        ("38 Bilder", None),
        ("79€", None),
        ("Feb. 27", None),
        ("World Cup 2026", None),
        ("100 metres hurdles", None),
        ("3 hours ago", None),
        ("5 min read", None),
    ],
)
def test_a_count_is_bare_or_has_a_word_for_what_is_counted(line: str, count: int | None) -> None:
    assert count_of(line, told=False) == count


def test_an_element_may_tell_that_it_holds_a_count() -> None:
    assert count_of("2024", told=True) == 2024
    assert count_of("9 voices", told=True) == 9
    assert count_of("9 hours ago", told=True) is None


@pytest.mark.parametrize(
    ("after", "count", "behind"),
    [
        (" (24)", 24, ""),
        (" 24 The ferry left at five.", 24, "The ferry left at five."),
        (" 24 comments. The ferry left.", 24, "The ferry left."),
        (" 2024 in pictures", None, ""),
        (", 17 to 20 June", None, ""),
        (" 17. to 20. June", None, ""),
    ],
)
def test_a_count_behind_a_link(after: str, count: int | None, behind: str) -> None:
    assert tail_of(after) == (count, behind)
