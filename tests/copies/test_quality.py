"""The floors of quality: copies planted among real reports, and those reports themselves."""

import pytest
from bench.copies import judged
from bench.planted import STORIES, reports

from copytaster.copies import copies

pytestmark = pytest.mark.skipif(not STORIES.exists(), reason="the labelled stories are not here")


def test_planted_copies_are_found_and_named() -> None:
    records, _ = reports("wikinews-dev")
    among = {frozenset((copy.id, copy.of)) for copy in copies(records)}
    outcome = judged(copies, 1, among)
    found = outcome.right.total()
    assert found >= 0.99 * outcome.planted.total()
    assert found >= 0.98 * (found + outcome.extra)
    assert outcome.kinds.total() >= 0.97 * found


@pytest.mark.parametrize(("file", "most"), [("wikinews-dev", 14), ("ecbplus-dev", 120)])
def test_different_reports_of_an_event_are_no_copies(file: str, most: int) -> None:
    """Those that are found were read one by one: they do share text."""
    records, _ = reports(file)
    assert sum(1 for _ in copies(records)) <= most
