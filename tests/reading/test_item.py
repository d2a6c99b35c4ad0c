import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.article import Article, Block, Picture
from copytaster.page import Page
from copytaster.reading import NoArticle, read
from copytaster.reading.item import read_item


def page(**item: Any) -> Page:
    return Page(
        path="feed.xml#1",
        content=json.dumps(item).encode(),
        url=item.get("url"),
        media_type="application/feed+json",
    )


def test_every_field() -> None:
    article = read(
        page(
            id="1",
            url="https://norrhamn.example/2021/lamp",
            title="Lighthouse keeper retires &amp; the lamp goes dark",
            summary="<p>The last lamp on the coast that is lit by hand.</p>",
            content_html=(
                '<figure><img src="/lamp.jpg"><figcaption>Ada Lund at the lamp. Photo: EPA'
                "</figcaption></figure><p>“I have seen every storm of these forty years,” the "
                'keeper <a href="https://norrhamn.example/lund">Ada Lund</a> said on Friday.</p>'
                "<h2>Lit by hand</h2><ul><li>It was built in 1891.</li></ul><blockquote>It is not "
                "clear who looks after the lamp.</blockquote>"
                '<img src="https://count.example/1.gif" width="1" height="1">'
                '<p>The post <a href="/x">Lighthouse keeper</a> appeared first on Norrhamn.</p>'
            ),
            image="https://norrhamn.example/cover.jpg",
            date_published="2021-09-17T10:00:00+02:00",
            date_modified="2021-09-18T10:00:00+02:00",
            authors=[{"name": "Ada Sandell"}, {"name": "AP"}],
            tags=["coast", "coast", "towns"],
            language="en-GB",
            _feed={"title": "Norrhamn Courier", "home_page_url": "https://norrhamn.example/"},
        )
    )
    assert article == Article(
        id=article.id,
        path="feed.xml#1",
        url="https://norrhamn.example/2021/lamp",
        canonical_url="https://norrhamn.example/2021/lamp",
        publisher="Norrhamn Courier",
        agency="AP",
        language="en",
        headline="Lighthouse keeper retires & the lamp goes dark",
        standfirst="The last lamp on the coast that is lit by hand.",
        bylines=("Ada Sandell", "AP"),
        date_published="2021-09-17T10:00:00+02:00",
        date_modified="2021-09-18T10:00:00+02:00",
        keywords=("coast", "towns"),
        body=(
            Block(
                "paragraph",
                "“I have seen every storm of these forty years,” the keeper Ada Lund said on "
                "Friday.",
            ),
            Block("heading", "Lit by hand"),
            Block("list", "It was built in 1891."),
            Block("quote", "It is not clear who looks after the lamp."),
        ),
        pictures=(
            Picture(url="https://norrhamn.example/cover.jpg"),
            Picture(
                url="https://norrhamn.example/lamp.jpg",
                caption="Ada Lund at the lamp.",
                credit="EPA",
            ),
        ),
    )


def test_a_summary_alone_is_the_text_and_is_said_to_be_one() -> None:
    article = read_item(page(title="The lamp goes dark", summary="It was the last one by hand."))
    assert [block.text for block in article.body] == ["It was the last one by hand."]
    assert article.standfirst is None
    assert article.warnings == ("a summary only: the feed gives no more",)


def test_plain_text_keeps_its_paragraphs() -> None:
    article = read_item(page(title="The lamp", content_text="It was the\nlast one.\n\nIt is dark."))
    assert [block.text for block in article.body] == ["It was the last one.", "It is dark."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<rss>", "this is no item of a feed"),
        (b'{"title": 3}', "this is no item of a feed"),
        (b'{"content_text": "It was the last one by hand."}', "has no title"),
        (b'{"title": "The lamp"}', "no text"),
    ],
)
def test_what_is_none_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(NoArticle, match=reason):
        read_item(Page(path="feed.xml#1", content=content))


@given(st.text(), st.text(), st.text(), st.text())
def test_any_item_is_an_article_or_none(title: str, html: str, text: str, url: str) -> None:
    with contextlib.suppress(NoArticle):
        read_item(page(title=title, content_html=html, content_text=text, summary=html, url=url))


@given(st.binary())
def test_any_bytes_are_an_article_or_none(content: bytes) -> None:
    with contextlib.suppress(NoArticle):
        read_item(Page(path="feed.xml#1", content=content))
