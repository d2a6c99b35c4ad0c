import contextlib
import importlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Picture
from copytaster.page import Page
from copytaster.reading import NoArticle
from copytaster.reading.dump import _brief, read_dump
from copytaster.reading.lines import pieces

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


MENU = "  • Home\n  • Coast\n  • Politics\n  • Sport\n  • Weather\n  • Sign in\n"
STORY = """Lighthouse of Norrhamn goes dark in spring

By Ada Sandell

Published 17 September 2021 10:30

Photo: EPA Ada Lund, the keeper, at the lamp

NORRHAMN (AP) — The last lamp on the coast that is lit by hand goes dark in
spring, the council of Norrhamn decided on Monday after a debate of four hours.

“I have seen every storm of these forty years from up here,” its keeper, Ada
Lund, said on Friday. “Somebody else will have to look at them now.”

The council says that an automatic light costs a tenth of what it pays today,
and that nobody has applied to follow Lund, who retires at the end of March.
"""
REST = """
Related stories

  • Ferries to the islands will sail less often from October
  • Three ships wait outside the harbour for the wind to fall

  • About us
  • Contact
  • Privacy policy

© 2021 Norrhamn Courier. All rights reserved.
"""


def test_a_page_with_all_that_stands_around_its_article() -> None:
    article = read_dump(Page(path="dump.txt", content=f"{MENU}\n{STORY}{REST}".encode()))
    assert article.headline == "Lighthouse of Norrhamn goes dark in spring"
    assert article.bylines == ("Ada Sandell",)
    assert article.date_published == "2021-09-17T10:30"
    assert article.agency == "AP"
    assert article.language == "en"
    assert article.pictures == (Picture(credit="EPA", caption="Ada Lund, the keeper, at the lamp"),)
    assert [block.text[:9] for block in article.body] == ["NORRHAMN ", "“I have s", "The counc"]
    assert [teaser.headline[:7] for teaser in article.teasers][:2] == ["Ferries", "Three s"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Home\nCoast\nSport\n",
        MENU.encode(),
        b"One long line that is a sentence, but there is nothing over it that could be its head.",
    ],
)
def test_what_holds_no_article_is_refused(content: bytes) -> None:
    with pytest.raises(NoArticle, match="no article found"):
        read_dump(Page(path="dump.txt", content=content))


def test_sentences_under_a_sure_headline_are_a_brief() -> None:
    found = pieces("Home\n\nA headline of some words\n\n" + "Words of one long line. " * 8)
    story = _brief(found.pieces, [0.0, 0.95, 0.0])
    assert story is not None
    assert (story.headline, story.body) == (1, (2,))
    assert _brief(found.pieces, [0.0, 0.5, 0.0]) is None
    assert _brief(found.pieces, [0.95, 0.0, 0.0]) is not None
    assert _brief((), []) is None


def test_a_flood_is_refused() -> None:
    with pytest.raises(NoArticle, match="give the pages one by one"):
        read_dump(Page(path="dump.txt", content=b"word " * 500_000))


@pytest.mark.parametrize("browser", ["w3m", "lynx"])
def test_real_pages_come_out_well(browser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not REAL.exists():
        pytest.skip("the labelled pages are not beside the repository")
    if not shutil.which(browser):
        pytest.skip(f"{browser} is not installed")
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    bench = importlib.import_module("bench.dumps")
    names = sorted(bench.pages())[::12]
    precision, recall = bench.mean_of([bench.score(browser, name) for name in names])
    assert precision >= 0.905
    assert recall >= 0.94
