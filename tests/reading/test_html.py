import json
import re
from html import escape, unescape

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from copytaster.article import Block, Picture
from copytaster.page import Page
from copytaster.reading import NoArticle, read

PAGE = """<!doctype html><html lang="en-GB"><head>
<title>Ferry stuck on sandbank off Nordholm | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<meta name="description" content="All 214 passengers were taken ashore by midnight.">
<link rel="canonical" href="https://harbour.example/news/ferry-stuck-1">
<script type="application/ld+json">{"@type": "NewsArticle",
"headline": "Ferry stuck on sandbank off Nordholm", "datePublished": "2031-03-02T18:05:00+01:00",
"author": [{"@type": "Person", "name": "By Ada Lind"}, {"name": "Reuters"}],
"articleSection": "Region", "keywords": "ferry, Nordholm"}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article>
<p class="kicker">Shipping</p>
<h1>Ferry stuck on sandbank off Nordholm</h1>
<p class="standfirst">All 214 passengers were taken ashore by midnight.</p>
<div class="byline">By <a href="/ada">Ada Lind</a></div>
<figure><img src="/img/1.jpg" alt="ship"><figcaption>The ferry on Sunday night
<span class="credit">Photo: EPA</span></figcaption></figure>
<p>The ferry Aurelia ran onto a sandbank four miles off Nordholm on Sunday evening, the coast guard
said, and all of the 214 passengers were taken ashore by midnight in three boats.</p>
<h2>Strong current</h2>
<p>Its captain had been warned of a strong current half an hour before, according to
<a href="/harbour">the harbour office</a>, which has opened an inquiry into what happened.</p>
<ul><li>
The ferry was built in 1998 and carries up to four hundred people and their cars.</li></ul>
<blockquote>
“We heard a long scrape, and then nothing moved any more,” one passenger said.</blockquote>
<div class="share"><a href="https://social.example/x">Share this on the network</a></div>
</article>
<aside class="related"><h3>More</h3><a href="/news/bridge-closed-2"><img src="/img/2.jpg" alt="">
Bridge at Nordholm closed for a whole week</a></aside>
</main><footer>© The Harbour Post. All rights reserved by the company and its owners.</footer>
</body></html>"""


def page(html: str, **more: str) -> Page:
    return Page(path="page.html", content=html.encode(), media_type="text/html", **more)


def test_every_field_is_read() -> None:
    article = read(page(PAGE, url="https://www.harbour.example/news/ferry-stuck-1?ref=x"))
    assert article.headline == "Ferry stuck on sandbank off Nordholm"
    assert article.kicker == "Shipping"
    assert article.standfirst == "All 214 passengers were taken ashore by midnight."
    assert article.bylines == ("Ada Lind", "Reuters")
    assert article.agency == "Reuters"
    assert article.publisher == "The Harbour Post"
    assert article.language == "en-GB" or article.language == "en"
    assert article.date_published == "2031-03-02T18:05:00+01:00"
    assert article.section == "Region"
    assert article.keywords == ("ferry", "Nordholm")
    assert article.canonical_url == "https://harbour.example/news/ferry-stuck-1"
    assert [block.kind for block in article.body] == [
        "paragraph", "heading", "paragraph", "list", "quote",
    ]  # fmt: skip
    assert article.body[1] == Block("heading", "Strong current")
    assert article.pictures == (
        Picture(
            url="https://www.harbour.example/img/1.jpg",
            caption="The ferry on Sunday night",
            credit="EPA",
        ),
    )
    assert [(t.headline, t.url) for t in article.teasers] == [
        (
            "Bridge at Nordholm closed for a whole week",
            "https://www.harbour.example/news/bridge-closed-2",
        )
    ]
    assert article.teasers[0].picture == Picture(url="https://www.harbour.example/img/2.jpg")


def test_the_id_follows_the_page_s_own_address_on_its_own_host_only() -> None:
    one = read(page(PAGE, url="https://www.harbour.example/news/ferry-stuck-1?ref=x"))
    two = read(page(PAGE, url="https://m.harbour.example/amp/ferry-stuck-1"))
    none = read(page(PAGE))
    elsewhere = read(page(PAGE, url="https://mirror.example/ferry"))
    assert one.id == two.id == none.id != elsewhere.id
    assert none.url == "https://harbour.example/news/ferry-stuck-1"
    assert len(one.id) == 16


def test_all_there_is_of_a_text_is_its_body_even_where_it_is_called_a_standfirst() -> None:
    text = "　The mayor of Nordholm tells Ada Lind why the ferry stays, and what the harbour needs."
    html = f'<title>Harbour hour</title><h1>Harbour hour</h1><p class="standfirst">{text}</p>'
    article = read(page(html + "<p>Listen to all…</p>"))
    assert article.standfirst is None
    assert article.body[0] == Block("paragraph", text.strip())


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("<html><body></body></html>", "no article"),
        ("<html><body><h1>Not found</h1><p>There is no such page.</p></body></html>", "no article"),
        ("<div>" * 100_000, "deep"),
        ("<p>" + "x" * 10_000_001, "10 MB"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(html: str, why: str) -> None:
    with pytest.raises(NoArticle, match=why) as caught:
        read(page(html))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("page.html: ")


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(NoArticle, match="neither HTML nor text"):
        read(Page(path="a.png", content=b"\x89PNG\r\n\x1a\n" + bytes(400)))


def test_nine_megabytes_of_nested_elements_come_back() -> None:
    with pytest.raises(NoArticle):
        read(page("<div>" * 1_800_000 + "x"))
    with pytest.raises(NoArticle):
        read(page("<span>" * 200_000 + "x"))


def test_very_many_paragraphs_come_back_cut() -> None:
    tides = "".join(
        f"<p>High water at Nordholm is {n} minutes after noon, and low water six hours after that."
        for n in range(90_000)
    )
    article = read(page(f"<h1>Tides of the year at Nordholm</h1>{tides}"))
    assert 100 < len(article.body) <= 20_000


def test_a_front_page_is_no_article() -> None:
    line = "<p>The ferry ran onto a sandbank off Nordholm on Sunday, and all were taken ashore.</p>"
    boxes = "".join(f"<div><h2><a href='/news/{n}-x'>Story {n} of today</a></h2>{line}</div>"
                    for n in range(30))  # fmt: skip
    with pytest.raises(NoArticle, match="front page"):
        read(page(f"<h1>The Harbour Post</h1>{boxes}", url="https://harbour.example/"))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=600))
def test_any_bytes_give_a_record_or_a_clear_error(content: bytes) -> None:
    try:
        read(Page(path="x", content=content, media_type="text/html"))
    except NoArticle as error:
        assert "\n" not in str(error)


PIECES = st.sampled_from(
    [
        "<h1>", "</h1>", "<p>", "</p>", "<div class='related'>", "</div>", "<a href='http://[x'>",
        "<a href='/a'>", "</a>", "<figure>", "<img src='//x.y/z'>", "<img srcset=','>",
        "<figcaption>", "<script type='application/ld+json'>", "</script>", "[[[[{", "<table><td>",
        '{"@type":"NewsArticle","author":[{"name":null}],"image":{"url":3},"keywords":{}}',
        '{"@type":["Article",3],"headline":["x"],"author":{"name":["a",{"name":1}]}}',
        "<meta itemprop=datePublished content='99999999999999999999-01'>", "<time datetime=''>",
        "A sentence of the body that is long enough to be taken for running text, and then some. ",
        "<br><br>", "<ul><li>", "<!--", "-->", "<template>", "<noscript>", "&#0;", "&nbsp;", "\0",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_any_tangle_of_elements_gives_a_record_or_a_clear_error(pieces: list[str]) -> None:
    html = "<html>" + "".join(pieces)
    try:
        article = read(page(html))
    except NoArticle:
        return
    for block in article.body:
        assert block.text.strip() == block.text != ""


def said_by(html: str) -> str:
    """Give all that a page says, entities decoded; no white space, soft hyphens, NULs."""
    return "".join(unescape(html).replace("\xad", "").replace("\0", "").split())


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


UNSHOWN = re.compile(r"<(script|style|svg|noscript|template|iframe)\b.*?</\1>", re.S)


@settings(deadline=None, max_examples=200)
@example(
    ["<table><td>", "Ferries stay moored tonight, says the coast", "<script>1</script>", "guard"]
)
@given(st.lists(PIECES | WORDS.map(escape), max_size=30))
def test_text_in_the_record_stands_in_the_page(pieces: list[str]) -> None:
    head = "<html><h1>Ferry stuck on a sandbank</h1><p>All of its passengers were taken ashore in "
    html = f"{head} the night, the coast guard of Nordholm said on Monday.</p>{''.join(pieces)}"
    assume(html.count("\0") * 8 < len(html))
    try:
        article = read(page(html))
    except NoArticle:
        return
    shown = UNSHOWN.sub("", html)  # what stands on both sides of a script is one word
    there = "".join(said_by(re.sub(r"<[^>]*>", "", text)) for text in (html, shown)) + said_by(html)
    texts = [article.headline, article.standfirst, article.kicker, *article.bylines]
    texts += [block.text for block in article.body]
    texts += [text for p in article.pictures for text in (p.caption, p.credit)]
    texts += [teaser.headline for teaser in article.teasers]
    for text in filter(None, texts):
        for word in text.split():
            assert said_by(word) in there or said_by(word) in said_by(unescape(there))


@pytest.mark.parametrize(
    ("given", "section"),
    [
        ("Region", "Region"),
        ("Region,Front page,Popular", "Region"),
        ("News - News", "News"),
        ("Arts, Books", "Arts, Books"),
        ("news_news", None),
        ("Uncategorized", None),
        ("Ferry runs aground off Nordholm", None),
    ],
)
def test_a_section_is_where_readers_find_the_article(given: str, section: str | None) -> None:
    assert read(told(articleSection=given)).section == section


def test_a_crumb_with_a_broken_address_is_passed_over() -> None:
    crumbs = [{"name": "Start", "item": "http://[ferry"}, {"name": "Coast", "item": "/coast/"}]
    way = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    assert read(told(breadcrumb=way)).section == "Coast"


def test_keywords_for_software_alone_are_left_out() -> None:
    words = (
        "Nordholm, @home-river, autoplay_video, Page Type: Article, 98be933f-38cf-4fba-b6c6-ad43"
    )
    assert read(told(keywords=f"{words}, R&amp;D")).keywords == ("Nordholm", "R&D")


def told(**data: object) -> Page:
    """Give a page whose JSON-LD says so."""
    text = "<p>The ferry that ran aground on Sunday is to be towed to Selnhaven today, it says.</p>"
    ld = json.dumps({"@type": "NewsArticle", **data})
    return page(
        f'<html><head><script type="application/ld+json">{ld}</script></head><body><article>'
        f"<h1>Ferry runs aground off Nordholm</h1>{text * 3}</article></body></html>"
    )
