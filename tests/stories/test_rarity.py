"""What terms tell."""

from copytaster.stories.rarity import telling
from copytaster.stories.similar import MemoryIndex, counted


def test_a_term_whose_key_another_language_has_tells_nothing_less_than_nothing() -> None:
    index = MemoryIndex()
    keys = counted([7], "de")
    for n in range(10_000):
        index.count(keys if n < 5 else keys[1:])
    told = telling([7], index, "de")
    assert 0 < told[0] < 0.01
