import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copytaster.copies.shingles import WINDOW, sampled, words


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    found = words(text)
    assert ((found.starts >= 0) & (found.starts < found.ends) & (found.ends <= len(text))).all()
    assert (found.starts[1:] >= found.ends[:-1]).all()
    for start, end, hash in zip(found.starts, found.ends, found.hashes, strict=True):
        assert words(text[start:end]).hashes.tolist() == [hash]


def test_case_accents_and_width_make_no_difference() -> None:
    plain = words("The cafe's owner, Angstrom 5").hashes
    for other in ("THE CAFÉ’S OWNER: Ångström 5", "the cafe\u0301s owner Ａｎｇｓｔｒｏｍ ５"):
        assert len(words(other)) in (len(plain), len(plain) - 1)
    assert (words("Café Å ５ so\u00adft").hashes == words("cafe\u0301 A 5 soft").hashes).all()


def test_characters_of_scripts_without_spaces_are_words() -> None:
    assert len(words("東京タワー")) == 5
    assert words("東京 tower").sizes.tolist() == [1, 1, 2]
    assert len(words("Москва بيروت")) == 2


def test_a_shingle_is_five_words_or_ten_characters() -> None:
    assert len(words("one two three four five six").shingles) == 2
    assert len(words("一二三四五六七八九十").shingles) == 1
    assert len(words("one two three four").shingles) == 0
    again = words("one two three four five one two three four five").shingles
    assert again[0] == again[5] < 2**48


@given(st.integers(0, 200), st.integers(0, 200))
def test_texts_that_share_a_window_share_a_sample(before: int, after: int) -> None:
    passage = [f"p{n}" for n in range(4 + WINDOW)]
    one = " ".join([f"a{n}" for n in range(before)] + passage + [f"b{n}" for n in range(after)])
    two = " ".join([f"c{n}" for n in range(after)] + passage + [f"d{n}" for n in range(before)])
    ours, theirs = (sampled(words(text).shingles) for text in (one, two))
    assert np.isin(ours, theirs).any()


def test_a_long_text_has_few_samples() -> None:
    text = " ".join(f"w{n}" for n in range(10_000))
    assert len(sampled(words(text).shingles)) < 10_000 / 6
