"""What terms tell."""

import numpy as np

from copytaster.stories.rarity import telling
from copytaster.stories.similar import MemoryIndex, Weighed, counted, known


def test_a_term_whose_key_another_language_has_tells_nothing_less_than_nothing() -> None:
    index = MemoryIndex()
    weighed = Weighed(np.array([7], np.uint32), np.ones(1))
    keys = counted(weighed.terms, "de")
    for n in range(10_000):
        index.count(keys if n < 5 else keys[1:])
    told = telling(known(weighed, index, "de"))
    assert 0 < told[0] < 0.01
