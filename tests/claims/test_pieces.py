from hypothesis import given
from hypothesis import strategies as st

from copytaster.claims.pieces import Spelling, case, quoted, words

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "cafe",
    "un",
    "##like",
    "##ly",
    '"',
    "'",
]
spelling = Spelling(VOCABULARY)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


def spelled(word: str) -> list[str]:
    return [VOCABULARY[piece] for piece in spelling.spell(word)]


def test_words_as_treebanks_cut_them() -> None:
    assert cut("“I don’t know,” Mr. O'Brien's aide told U.S. media -- twice.") == [
        "“", "I", "do", "n’t", "know", ",", "”", "Mr.", "O'Brien", "'s", "aide", "told", "U.S.",
        "media", "--", "twice", ".",
    ]  # fmt: skip
    assert cut("35,000 people, $1.5bn, the all-girl team (D-N.Y.)") == [
        "35,000", "people", ",", "$", "1.5bn", ",", "the", "all", "-", "girl", "team",
        "(", "D", "-", "N.Y.", ")",
    ]  # fmt: skip


def test_tokens_of_the_penn_treebank_stay_whole() -> None:
    assert cut("`` He ca n't , '' she 's") == ["``", "He", "ca", "n't", ",", "''", "she", "'s"]


def test_pieces_are_the_longest_that_fit() -> None:
    assert spelled("Unlikely") == ["un", "##like", "##ly"]
    assert spelled("Café") == spelled("cafe\u0301") == ["cafe"]
    assert spelled("„") == spelled("``") == ['"']
    assert spelled("\ud800") == spelled("x" * 300) == ["[UNK]"]


def test_case() -> None:
    assert [*map(case, ["said", "Said", "SAID", "McCain", "42", "A"])] == [0, 1, 2, 3, 4, 1]


def test_quotation_marks_open_and_close() -> None:
    assert quoted(cut('"Yes," he said. “Yes.” ``So')) == [2, 1, 1, 2, 0, 0, 0, 2, 1, 1, 2, 2, 1]


@given(st.text(st.characters(codec=None)))
def test_words_cover_all_that_is_not_space(text: str) -> None:
    found = spelling(text)
    covered = {at for start, end in found.offsets for at in range(start, end)}
    assert all(at in covered or char.isspace() for at, char in enumerate(text))
    assert all(a[1] <= b[0] for a, b in zip(found.offsets, found.offsets[1:], strict=False))
    assert all(found.pieces)
    assert {len(part) for part in found} == {len(found.offsets)}


def test_long_runs_take_no_longer_than_their_length() -> None:
    for run in ("a" * 200_000, "a'" * 100_000, "A." * 100_000, "1," * 100_000, "e\u0301" * 100_000):
        assert spelling(run).length > 0
