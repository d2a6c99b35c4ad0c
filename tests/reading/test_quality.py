"""Floors of quality on the labelled pages: a change that reads worse fails."""

from collections import Counter

import pytest
from bench.labelled import DATA, pages
from bench.reading import Row, Score, hidden, scores, summed

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="the labelled pages are not beside the repository"
)


@pytest.fixture(scope="module")
def found() -> list[Score]:
    return scores(sorted(pages()))


@pytest.fixture(scope="module")
def table(found: list[Score]) -> Row:
    return summed(found)


def test_no_page_is_lost(found: list[Score]) -> None:
    assert [(score.name, score.lost) for score in found if score.lost] == []


@pytest.mark.parametrize(
    ("row", "floor"),
    [
        ("scrapinghub body F1", 0.983),
        ("scrapinghub body exact", 0.64),
        ("fundus body F1", 0.974),
        ("title exact", 0.9),
        ("title exact, of those the page shows", 0.97),
        ("byline set exact", 0.86),
        ("date right", 0.98),
        ("caption F1", 0.895),
        ("credit F1", 0.89),
        ("teaser precision", 0.945),
        ("teaser recall", 0.95),
    ],
)
def test_what_is_read_is_right(table: Row, row: str, floor: float) -> None:
    assert table[row] >= floor


def test_bylines_and_dates_are_read_where_no_metadata_name_them() -> None:
    with hidden():
        table = summed(scores(sorted(name for name in pages() if name.endswith(".gz"))))
    assert table["byline set exact"] >= 0.72
    assert table["date right"] >= 0.81
    assert table["date wrong"] <= 0.073


@pytest.mark.parametrize(
    ("row", "most"),
    [
        ("date wrong", 0.01),
        ("captions standing in the body", 2),
        ("teasers standing in the body", 1),
    ],
)
def test_what_does_not_belong_stays_out(table: Row, row: str, most: float) -> None:
    assert table[row] <= most


@pytest.mark.parametrize(
    ("field", "floor"),
    [("headline", 1.0), ("body", 1.0), ("publisher", 0.98), ("language", 0.98), ("bylines", 0.9),
     ("date_published", 0.95), ("pictures", 0.9), ("teasers", 0.75), ("section", 0.75)],
)  # fmt: skip
def test_fields_are_filled(found: list[Score], field: str, floor: float) -> None:
    filled = Counter(name for score in found for name in score.filled)
    assert filled[field] >= floor * len(found)
