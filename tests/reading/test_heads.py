import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading import prose
from copytaster.reading.heads import candidacies
from copytaster.reading.leaning import leanings, phrases
from copytaster.reading.lines import pieces
from copytaster.reading.look import Columns
from copytaster.reading.spoken import spoken

HEADLINE = "Lighthouse of Norrhamn goes dark in spring"
TEXT = (
    "The last lamp of the lighthouse on the coast of Norrhamn goes dark in spring, it was decided."
)
LINES = ("Home", "Coast", f"Home / Coast / {HEADLINE}", HEADLINE, "By Ada Sandell", TEXT, HEADLINE)
DUMP = "\n".join((*LINES, "Contact"))


def candidates(text: str, outputs: list[tuple[float, float]] | None = None) -> Columns:
    dump = pieces(text)
    words = spoken(dump)
    seen = prose.sight(dump, words) | leanings(phrases(words), {})
    likely = outputs or [(0.5, 0.5)] * len(dump.pieces)
    return candidacies(dump, words, seen, np.array(likely, dtype=np.float32))


def test_how_the_lines_of_a_page_stand() -> None:
    outputs = [(0.0, 0.1)] * 3 + [(0.1, 0.8), (0.1, 0.2), (0.99, 0.1), (0.1, 0.4), (0.0, 0.0)]
    found = candidates(DUMP, outputs)
    assert found["said below"].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert found["said above"].tolist() == [0, 0, 0, 0, 0, 0, 1, 0]
    assert found["ends another"][3] == 1
    assert found["holds another"][2] > 0.5
    assert found["in the text"].tolist() == [0, 0, 0, 0, 0, 1, 0, 0]
    assert found["to the text"][3] == pytest.approx(0.4)
    assert found["worse"].argmin() == 3
    assert found["byline 1 below"].argmax() == 3
    assert found["menu above"].argmax() == 2


def test_an_address_that_shares_the_page_says_its_headline() -> None:
    found = candidates(
        f"   [1]Home\n   {HEADLINE}\n   [2]Share\n\nReferences\n\n"
        "   1. https://norrhamn.example/\n"
        f"   2. mailto:?subject={HEADLINE.replace(' ', '%20')}\n"
    )
    assert found["addressed"].tolist() == [0, 1, 0]


@given(st.text(min_size=1) | st.text("ab. \n•1", min_size=40))
def test_any_dump_has_candidates(text: str) -> None:
    if count := len(pieces(text).pieces):
        for name, column in candidates(text).items():
            assert column.shape == (count,), name
            assert np.isfinite(column).all(), name
