"""Independent reports: who goes back to whom."""

from hypothesis import given
from hypothesis import strategies as st
from tests.copies.test_copies import numbered, record, sample

from copytaster.copies import copies, text_of
from copytaster.copies.index import Text
from copytaster.copies.lineage import lineages, own
from copytaster.copy import Copy, Kind, Passage, Reason


def text(id: str, outlet: str | None = None, agency: str | None = None) -> Text:
    return Text(id=id, text="", outlet=outlet, agency=agency)


def copy(
    id: str, of: str, share: float = 0.9, kind: Kind = "reprint", why: Reason = "date"
) -> Copy:
    return Copy(
        id=id,
        of=of,
        kind=kind,
        share_of_this=share,
        share_of_that=0.9,
        passages=(),
        evidence=(why,),
    )


def groups(texts: list[Text], *pairs: Copy) -> set[tuple[str, ...]]:
    return {one.articles for one in lineages(texts, pairs)}


def test_an_article_without_copies_is_its_own_origin() -> None:
    (one,) = lineages([text("a", agency="AP")], [copy("b", "a")])
    assert (one.origin, one.agency, one.articles) == ("a", "AP", ("a",))


def test_copies_of_copies_go_back_to_the_first() -> None:
    assert groups([text("c"), text("b"), text("a")], copy("c", "b"), copy("b", "a")) == {
        ("a", "c", "b")
    }


def test_an_embedded_passage_is_not_the_report() -> None:
    pair = copy("b", "a", share=0.3, kind="embedded")
    assert groups([text("a"), text("b")], pair) == {("a",), ("b",)}


def test_an_article_goes_back_to_what_it_carries_most_of() -> None:
    texts = [text("a"), text("b"), text("both")]
    found = groups(texts, copy("both", "a", share=0.5), copy("both", "b", share=0.6))
    assert found == {("a",), ("b", "both")}


def test_the_agency_is_the_origin_though_others_came_first() -> None:
    texts = [text("x", "The Post", "AP"), text("y", "The Sun", "AP"), text("wire", "AP News")]
    (one,) = lineages(texts, [copy("wire", "x"), copy("y", "x")])
    assert (one.origin, one.agency) == ("wire", "AP")
    assert one.articles == ("wire", "x", "y")


def test_circles_are_no_trouble() -> None:
    pairs = copy("a", "b"), copy("b", "c"), copy("c", "a")
    assert len(groups([text(id) for id in "abc"], *pairs)) == 1


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0, 1))))
def test_each_article_is_in_one_lineage(pairs: list[tuple[str, str, float]]) -> None:
    found = groups([text(id) for id in "abcdef"], *(copy(*pair) for pair in pairs))
    assert sorted(id for group in found for id in group) == list("abcdef")


def test_the_sample() -> None:
    records = list(sample())
    found = {one.origin: one for one in lineages(map(text_of, records), copies(records))}
    ferry = found["pages/mna/ferry-capsizes.html"]
    assert ferry.agency == "MNA"
    assert set(ferry.articles[1:]) == {
        "pages/northernledger/ferry.html",
        "pages/selncourier/ferry-mna.html",
        "pages/skerrygazette/ferry.html",
    }


def test_what_a_copy_added_and_left_out() -> None:
    first = record("a", numbered(0, 60), numbered(100, 60))
    second = record("b", numbered(0, 60), numbered(900, 9))
    (pair,) = copies([first, second])
    ours, theirs = text_of(second).text, text_of(first).text
    assert [ours[a:b] for a, b in own(ours, pair.passages)][1:] == [numbered(900, 9)]
    assert [theirs[a:b] for a, b in own(theirs, pair.turned())][1:] == [numbered(100, 60)]


@given(st.text(alphabet="ab ,\n", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_own_words_and_passages_make_the_text(text: str, cuts: list[int]) -> None:
    cuts = sorted(cut for cut in cuts if cut <= len(text))[: len(cuts) // 2 * 2]
    passages = [Passage(a, b, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    spans = own(text, passages) + [(one.start, one.end) for one in passages]
    outside = [c for at, c in enumerate(text) if not any(a <= at < b for a, b in spans)]
    assert not any(c.isalnum() for c in outside)
