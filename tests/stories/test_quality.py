"""The floors of quality: stories of the labelled sets, in one shuffled order."""

import pytest
from bench.planted import STORIES
from bench.stories import bcubed, f1, labelled, shuffled

from copytaster.stories import stories

pytestmark = pytest.mark.skipif(not STORIES.exists(), reason="the labelled stories are not here")


@pytest.mark.parametrize(
    ("name", "timed", "floor"),
    [
        ("ecbplus", False, 0.915),
        ("wikinews", False, 0.87),
        ("uci-headlines", False, 0.86),
        ("uci-headlines", True, 0.915),
    ],
)
def test_stories_are_the_labelled_ones(name: str, timed: bool, floor: float) -> None:
    records, gold = shuffled(name, 101, timed=timed), labelled(name)[1]
    found = [one.story for one in stories(records)]
    assert f1(bcubed([gold[record.id] for record in records], found)) >= floor
