import numpy as np

from copytaster.reading.lines import pieces
from copytaster.reading.spoken import spoken, words_of

DUMP = pieces("""The harbour wall of Norrhamn broke

The storm broke the harbour wall of Norrhamn on Monday

Ferries wait for the storm behind the wall

Pancakes are best with butter and lemon
""")


def test_words_are_folded_and_cut_in_two_where_none_are_parted() -> None:
    assert list(words_of("The 3 Walls, they’re")) == ["the", "walls", "they", "re"]
    assert list(words_of("市議会")) == ["市議", "議会"]


def test_what_is_told_apart_shares_no_words_with_the_text() -> None:
    words = spoken(DUMP)
    words = type(words)(words.words, tuple(frozenset(each) for each in words.words))
    share, many = words.cohesion(np.array([1, 1, 1, 0], dtype=np.float32))
    assert share[1] > share[2] > share[3]
    assert many[3] == 0


def test_likeness_is_of_neighbours() -> None:
    words = spoken(DUMP)
    assert words.likeness(1)[0] > words.likeness(1)[2] == 0
    assert words.likeness(-1)[0] == 0 == words.likeness(1)[3]
    assert words.likeness(-1)[1] == words.likeness(1)[0]
