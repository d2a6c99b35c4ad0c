from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copytaster.copies.passages import BRIDGED, located, shared
from copytaster.copies.shingles import words

TEXTS = st.lists(
    st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "甲", "乙"]), max_size=80
).map(" ".join)


@given(TEXTS, TEXTS)
def test_passages_never_overlap_and_end_on_equal_words(ours: str, theirs: str) -> None:
    this, that = words(ours), words(theirs)
    spans = shared(this, that)
    for start, end, other, other_end in spans:
        assert this.hashes[start] == that.hashes[other]
        assert this.hashes[end - 1] == that.hashes[other_end - 1]
    for side in (0, 2):
        ends = sorted((span[side], span[side + 1]) for span in spans)
        assert all(one[1] <= next[0] for one, next in pairwise(ends))
    for passage in located(spans, this, that):
        assert 0 <= passage.start < passage.end <= len(ours)
        assert 0 <= passage.other_start < passage.other_end <= len(theirs)


@given(TEXTS)
def test_a_text_is_all_its_own_passage(text: str) -> None:
    own = words(text)
    assert shared(own, own) == ([(0, len(own), 0, len(own))] if len(own) else [])


def test_small_edits_are_bridged_and_long_ones_are_not() -> None:
    base = [f"w{n}x" for n in range(60)]
    for inserted, passages in ((1, 1), (BRIDGED, 1), (BRIDGED + 1, 2)):
        edited = base[:30] + ["new"] * inserted + base[30:]
        assert len(shared(words(" ".join(edited)), words(" ".join(base)))) == passages


def test_moved_parts_are_passages_of_their_own() -> None:
    parts = [" ".join(f"{part}{n}x" for n in range(20)) for part in "abc"]
    spans = shared(words(" ".join(parts)), words(" ".join(parts[::-1])))
    assert spans == [(0, 20, 40, 60), (20, 40, 20, 40), (40, 60, 0, 20)]


def test_endless_repetition_is_no_trouble() -> None:
    assert shared(words("ha " * 20_000), words("ha " * 19_000)) == [(0, 19_000, 0, 19_000)]
    assert shared(words("ha " * 90_000), words("ha " * 80_000)) == [(0, 80_000, 0, 80_000)]
