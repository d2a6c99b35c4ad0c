from pathlib import Path

import pytest

from copytaster.article import Article, Block, Picture, Teaser
from copytaster.page import Page
from copytaster.reading.dump import read_dump
from copytaster.reading.layout import layout

REAL = Path(__file__).parents[3] / "shared/data/pages/text/belarus-leader-threatens.txt"

ARTICLE = Article(
    id="0" * 16,
    path="page.txt",
    headline="Lighthouse keeper of Norrhamn retires after forty years",
    standfirst="The last lamp on the coast that is lit by hand goes dark in spring, the town says.",
    kicker="Coast",
    bylines=("Ada Sandell", "Jon Brekke"),
    date_published="2021-09-17",
    date_modified="2021-09-18T08:30+02:00",
    language="en",
    pictures=(Picture(credit="EPA", caption="Ada Lund, the keeper, at the lamp"),),
    body=(
        Block("paragraph", "“I have seen every storm of these forty years,” Ada Lund said Friday."),
        Block("heading", "A lamp lit by hand"),
        Block("paragraph", "The lamp has to be filled with oil twice a night, and it still is."),
        Block("list", "It was built in 1891."),
        Block("list", "It has never failed."),
        Block("quote", "It is not clear who will look after the lamp when she is gone for good."),
    ),
    teasers=(
        Teaser(
            headline="Ferries to the islands will sail less often",
            picture=Picture(caption="Ferries to the islands will sail less often"),
            standfirst="The company says that fuel has become too dear to sail every hour.",
            count=12,
        ),
        Teaser(headline="Three ships wait outside the harbour", count=0),
        Teaser(headline="Storm on the coast", picture=Picture(credit="EPA", caption="Waves break")),
    ),
)


def again(article: Article) -> Article:
    return read_dump(Page(path=article.path, content=layout(article).encode()))


def test_the_layout_of_an_article_gives_the_article_back() -> None:
    read = again(ARTICLE)
    for name in ARTICLE.__struct_fields__:
        if name != "id":
            assert getattr(read, name) == getattr(ARTICLE, name), name


@pytest.mark.skipif(not REAL.exists(), reason="the labelled pages are not beside the repository")
def test_a_real_dump_comes_back_byte_for_byte() -> None:
    content = REAL.read_bytes()
    assert layout(read_dump(Page(path=str(REAL), content=content))).encode() == content
