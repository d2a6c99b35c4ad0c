import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Picture
from copytaster.page import Page
from copytaster.reading import NoArticle
from copytaster.reading.dump import read_dump

REAL = Path(__file__).parents[3] / "shared/data/pages/text/belarus-leader-threatens.txt"


@pytest.mark.skipif(not REAL.exists(), reason="the labelled pages are not beside the repository")
def test_the_first_page_that_must_come_out_right() -> None:
    content = REAL.read_bytes()
    blocks = [block.strip() for block in content.decode().replace("\n  •", "\n\n  •").split("\n\n")]
    article = read_dump(Page(path=str(REAL), content=content))
    assert article.headline == blocks[0]
    assert article.pictures == (Picture(credit="EPA", caption=blocks[1].partition("EPA ")[2]),)
    assert [block.text for block in article.body] == blocks[2:18]
    assert {block.kind for block in article.body} == {"paragraph"}
    one, two = article.teasers
    for teaser, lines, count in ((one, blocks[19:23], 64), (two, blocks[23:27], 79)):
        assert lines[0] == f"• {teaser.headline}"
        assert teaser.picture == Picture(caption=lines[1])
        assert teaser.standfirst == lines[2]
        assert teaser.count == count == int(lines[3])
        assert teaser.url is None
    assert article.language == "en"
    assert article.text.startswith(blocks[0] + "\n\n" + "Belarusian President")
    empty = "url canonical_url fetched publisher agency standfirst kicker section"
    for name in [*empty.split(), "date_published", "date_modified"]:
        assert getattr(article, name) is None, name
    assert article.bylines == article.keywords == article.warnings == ()


@given(st.text() | st.text("ab.\n •123:Photo By", min_size=200))
def test_any_text_is_an_article_or_none(text: str) -> None:
    with contextlib.suppress(NoArticle):
        article = read_dump(Page(path="dump.txt", content=text.encode("utf-8", "replace")))
        assert article.headline
        assert article.body


@given(st.binary())
def test_any_bytes_are_an_article_or_none(content: bytes) -> None:
    with contextlib.suppress(NoArticle):
        read_dump(Page(path="dump.txt", content=content))
