import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.intake import Pile
from copytaster.intake.feeds import ITEM, items, listed
from copytaster.intake.sniff import nature
from copytaster.page import Page, Unreadable

RSS = """<?xml version="1.0"?>
<!-- a feed -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Amsel Courier</title><link>https://amsel.example/</link><language>en-gb</language>
  <item>
    <title>Harbour wall &amp; ferry closed</title>
    <link>/harbour</link><guid isPermaLink="false">tag:amsel.example,2031:7</guid>
    <pubDate>Tue, 04 Feb 2031 10:00:00 +0200</pubDate>
    <dc:creator>Ilse Tammo</dc:creator><category>Harbour</category><category>Ferry</category>
    <description>The wall gave way.</description>
    <content:encoded><![CDATA[<p>The wall <b>gave way</b>.</p><script>x()</script>]]>
    </content:encoded>
    <media:content url="https://amsel.example/wall.jpg" medium="image"/>
  </item>
  <item><description>Only a line.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Amsel</title>
<link href="https://amsel.example/"/>
<entry><id>urn:1</id><title>Fähre fällt aus</title><link rel="alternate" href="https://amsel.example/f"/>
<published>2031-02-04T10:00:00+02:00</published><updated>2031-02-05T00:00:00Z</updated>
<author><name>Ilse Tammo</name></author>
<summary>Kurz.</summary><content type="html">&lt;p&gt;Lang.&lt;/p&gt;</content></entry></feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Amsel Courier",
    "home_page_url": "https://amsel.example/",
    "language": "en",
    "items": [
        {
            "id": 7,
            "url": "/harbour",
            "title": "Harbour wall closed",
            "content_text": "It gave way.",
            "date_published": "2031-02-04T10:00:00+02:00",
            "authors": [{"name": "Ilse Tammo"}, {"url": "x"}, "?"],
            "tags": ["Harbour", 3],
        },
        "nonsense",
    ],
}


def entries(content: str | bytes) -> list[dict[str, Any]]:
    """Give the items of a feed."""
    raw = content.encode() if isinstance(content, str) else content
    found = list(items(Page(path="feed", content=raw, url="https://amsel.example/feed")))
    assert all(isinstance(item, Page) and item.media_type == ITEM for item in found)
    return [json.loads(item.content) for item in found if isinstance(item, Page)]


ABOUT = {"title": "Amsel Courier", "home_page_url": "https://amsel.example/"}


def test_an_entry_of_rss_is_an_item() -> None:
    first, second = entries(RSS)
    assert first == {
        "id": "tag:amsel.example,2031:7",
        "url": "https://amsel.example/harbour",
        "title": "Harbour wall & ferry closed",
        "content_html": "<p>The wall <b>gave way</b>.</p><script>x()</script>",
        "summary": "The wall gave way.",
        "date_published": "2031-02-04T10:00:00+02:00",
        "authors": [{"name": "Ilse Tammo"}],
        "tags": ["Harbour", "Ferry"],
        "language": "en-gb",
        "image": "https://amsel.example/wall.jpg",
        "_feed": ABOUT,
    }
    assert second == {"summary": "Only a line.", "language": "en-gb", "_feed": ABOUT}


def test_an_entry_of_atom_is_an_item() -> None:
    (only,) = entries(ATOM)
    assert only == {
        "id": "urn:1",
        "url": "https://amsel.example/f",
        "title": "Fähre fällt aus",
        "content_html": "<p>Lang.</p>",
        "summary": "Kurz.",
        "date_published": "2031-02-04T10:00:00+02:00",
        "date_modified": "2031-02-05T00:00:00Z",
        "authors": [{"name": "Ilse Tammo"}],
        "language": "de",
        "_feed": {"title": "Amsel", "home_page_url": "https://amsel.example/"},
    }


def test_an_item_of_a_json_feed_keeps_what_makes_sense() -> None:
    (only,) = entries(json.dumps(JSON_FEED))
    assert only == {
        "id": "7",
        "url": "https://amsel.example/harbour",
        "title": "Harbour wall closed",
        "content_text": "It gave way.",
        "date_published": "2031-02-04T10:00:00+02:00",
        "authors": [{"name": "Ilse Tammo"}],
        "tags": ["Harbour"],
        "language": "en",
        "_feed": ABOUT,
    }


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (RSS, "feed"),
        (ATOM, "feed"),
        ("\ufeff<?xml version='1.0'?>\n<rdf:RDF xmlns='x'>", "feed"),
        ("<!DOCTYPE rss PUBLIC 'x'><rss>", "feed"),
        (json.dumps(JSON_FEED), "json feed"),
        ("<?xml version='1.0'?><opml version='2.0'>", "opml"),
        ("<html><body>&lt;rss&gt; <rss>", "page"),
        ("[Photo] A page of words", "page"),
        ("{braces} too", "page"),
    ],
)
def test_a_feed_is_told_by_its_root(head: str, expected: str) -> None:
    assert nature(head.encode()) == expected
    assert nature(head.encode("utf-16")) == expected


def test_a_list_gives_the_addresses_of_its_feeds() -> None:
    opml = """<?xml version="1.0"?><opml version="2.0"><body>
    <outline text="News"><outline type="rss" text="A" xmlUrl=" https://a.example/f?x=1&amp;y=2 "/>
    <outline xmlUrl="https://b.example/"/><outline xmlUrl="https://b.example/"/></outline>
    <outline text="no feed"/></body></opml>"""
    page = Page(path="opml", content=opml.encode())
    assert listed(page) == ["https://a.example/f?x=1&y=2", "https://b.example/"]


def test_a_feed_file_is_used_as_it_is(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(RSS)
    first, second = Pile([str(feed)])
    assert isinstance(first, Page)
    assert first.path == f"{feed}#tag:amsel.example,2031:7"
    assert first.url == "https://amsel.example/harbour"
    assert second.path == f"{feed}#2"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<rss><channel></channel></rss>", "a feed without entries"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "no list of items"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "damaged"),
        ("<opml><body></body></opml>", "a list without feeds"),
    ],
)
def test_a_feed_that_gives_nothing_has_one_reason(
    tmp_path: Path, content: str, reason: str
) -> None:
    (tmp_path / "f").write_text(content)
    (found,) = Pile([str(tmp_path / "f")])
    assert isinstance(found, Unreadable)
    assert reason in found.error
    assert "\n" not in found.error


def laughs() -> str:
    """Give a feed whose one title would be a hundred million letters long."""
    letters = "abcdefghi"
    entities = "".join(f"<!ENTITY {n}{n} '{f'&{n};' * 10}'>" for n in letters)
    for before, after in pairwise(letters):
        entities = entities.replace(f"<!ENTITY {before}{before}", f"<!ENTITY {after}")
    kind = f"<!DOCTYPE rss [<!ENTITY a 'haha'>{entities}]>"
    return f"{kind}<rss><channel><item><title>&i;</title></item></channel></rss>"


def test_entities_that_grow_without_end_do_not() -> None:
    for item in items(Page(path="laughs", content=laughs().encode())):
        assert isinstance(item, Unreadable) or len(item.content) < 10_000


def test_a_json_feed_is_told_wherever_it_says_so() -> None:
    late = json.dumps(dict(reversed(JSON_FEED.items()))).replace("/", "\\/")
    assert nature(late.replace("It gave", "It " * 4000).encode()) == "json feed"


def test_a_feed_that_breaks_the_parser_is_damaged() -> None:
    broken = b"<rss><channel><item><gml:pos>x</gml:pos></item></channel></rss>"
    (found,) = items(Page(path="feed", content=broken))
    assert isinstance(found, Unreadable)


@given(st.text(max_size=300), st.integers(0, len(RSS)))
def test_a_mangled_feed_never_raises(noise: str, place: int) -> None:
    for content in (RSS[:place] + noise + RSS[place:], ATOM[:place] + noise, noise):
        list(items(Page(path="feed", content=content.encode())))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "items",
                    "id",
                    "url",
                    "title",
                    "authors",
                    "author",
                    "tags",
                    "language",
                    "date_published",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
)


@given(st.lists(json_values, max_size=3), json_values)
def test_a_json_feed_of_anything_never_raises(found: list[Any], authors: Any) -> None:
    document = {"version": "https://jsonfeed.org/version/1", "items": found, "authors": authors}
    list(items(Page(path="feed", content=json.dumps(document).encode())))
