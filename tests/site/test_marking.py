"""The marked text is the text, however claims overlap."""

from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Article, Block, Picture
from copytaster.claim import Claim
from copytaster.desk.stated import Stated
from copytaster.site.marking import marked

ARTICLE = Article(
    id="0" * 16,
    path="storm",
    headline="A <b>storm</b> & a frost",
    standfirst="It blew.",
    pictures=(Picture(), Picture(caption="The quay.")),
    body=(Block("paragraph", "“It blew,” said Ida Holm."), Block("heading", "Then")),
)  # fmt: skip
LENGTH = len(ARTICLE.text)

spans = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 40)).map(
    lambda pair: (pair[0], min(LENGTH, sum(pair)))
)
claims = st.lists(
    st.builds(
        lambda content, cue, source: Claim(
            content=tuple(content),
            cue=tuple(cue),
            source=tuple(source),
            kind="direct",
            found="rules",
            confidence=0.5,
        ),
        st.lists(spans, min_size=1, max_size=3),
        st.lists(spans, max_size=2),
        st.lists(spans, max_size=2),
    ),
    max_size=6,
).map(
    lambda found: [
        Stated(
            number=number,
            words="",
            source="",
            cue="",
            figures=(),
            claim=claim,
            speaker=None,
            target=(),
        )
        for number, claim in enumerate(found, 1)
    ]
)


@given(claims)
def test_the_pieces_are_the_text(stated: list[Stated]) -> None:
    passages = marked(ARTICLE, stated)
    texts = ["".join(piece.text for piece in passage.pieces) for passage in passages]
    assert "\n\n".join(texts) == ARTICLE.text
    begun = [number for passage in passages for piece in passage.pieces for number in piece.begins]
    assert sorted(begun) == sorted(set(begun))


@given(claims)
def test_every_character_is_marked_as_its_claims_say(stated: list[Stated]) -> None:
    at = 0
    for passage in marked(ARTICLE, stated):
        for piece in passage.pieces:
            for offset in range(at, at + len(piece.text)):
                said = [
                    span
                    for one in stated
                    for span in one.claim.content
                    if span[0] <= offset < span[1]
                ]
                assert ("said" in piece.marks) == bool(said)
                assert ("twice" in piece.marks) == (len(said) > 1)
            at += len(piece.text)
        at += 2


def test_without_claims_nothing_is_cut() -> None:
    passages = marked(ARTICLE, [])
    assert [len(passage.pieces) for passage in passages] == [1] * len(passages)
    assert [passage.kind for passage in passages][:3] == ["headline", "standfirst", "caption"]
