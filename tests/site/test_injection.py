"""Whatever a page says stays words: in every field, in every form, also through a real desk."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from copytaster.article import Block, Picture
from copytaster.desk import Desk
from copytaster.desk.listing import Missed, TeaserLink
from copytaster.site.app import app

EVIL = "</title></script><script>alert(1)</script><style>*{}</style><img src=x onerror=alert(1)>\"'"
EVIL += "{{ 7*7 }}<!--]]>\x00\x0b\u2028\ud800"
LINK = "javascript:alert(1)//\"'><script>"


class Watch(HTMLParser):
    """Notes what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "script":
            self.scripts.append(dict(attrs))
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.handlers.append(name)
            if name in {"href", "src", "action"}:
                self.links.append(value or "")


def watch(text: str) -> Watch:
    watched = Watch()
    watched.feed(text)
    assert not watched.tags & {"style", "iframe", "object", "embed", "base"}
    assert all(each == {"type": "application/ld+json"} for each in watched.scripts)
    assert watched.handlers == []
    assert [link for link in watched.links if not re.match(r"/(?!/)|#|https://", link)] == []
    return watched


@pytest.fixture
def evil(shelf: Any, make_filed: Any) -> str:
    """Put an article on the shelf with the same evil in every field; gives its id."""
    evil = EVIL.replace("\ud800", "")  # what JSON cannot hold no record holds
    filed = make_filed(
        7,
        headline=evil,
        standfirst=evil,
        kicker=evil,
        publisher=evil,
        agency=evil,
        language=evil,
        section=evil,
        url=LINK,
        canonical_url=LINK,
        bylines=(evil, evil),
        keywords=(evil,),
        date_published="2024-03-09",
        date_modified="2024-03-10",
        body=tuple(
            Block(kind, evil)
            for kind in ("paragraph", "heading", "list", "quote", "table", "embed")
        ),
        pictures=(Picture(url=LINK, caption=evil, credit=evil),) * 2,
    )
    teaser = TeaserLink(headline=evil, url=LINK, standfirst=evil)
    line = replace(filed.listing, outlet='a"<b>?x#y')
    version = replace(filed.versions[0], headline=evil)
    filed = replace(
        filed, teasers=(teaser,), similar=(line,), listing=line, versions=(version, version)
    )
    shelf.articles = [filed]
    shelf.missed = [Missed(path=evil, url=LINK, error=evil, added="2024-03-09", kept=False)]
    return str(filed.article.id)


def test_nothing_acts_in_a_page(client: TestClient, evil: str) -> None:
    outlet = "/outlet/a%22%3Cb%3E%3Fx%23y"
    query = f"/search?q={EVIL[:20]}&outlet=%22%3E%3Cscript%3E&language=%22%3E%3Cscript%3E"
    seen = Watch()
    said = [f"/article/{evil}/claims?thoughts=1", "/speakers", "/speakers/any", "/namings"]
    said.append(f"/story/{evil}/claims")
    for address in [
        *("/", f"/article/{evil}", "/outlets", "/unreadable", query, f"/{EVIL[:30]}"),
        *said,
    ]:
        response = client.get(address)
        assert response.status_code in {200, 404}, address
        seen.links += watch(response.text).links
    assert "{{ 7*7 }}" in client.get(f"/article/{evil}").text
    assert outlet in seen.links


def test_nothing_acts_in_a_feed_or_in_json(client: TestClient, evil: str) -> None:
    for address in ["/index.atom", "/outlets.atom", "/unreadable.atom", "/speakers/any.atom"]:
        feed = ElementTree.fromstring(client.get(address).content)
        assert "<script>" in "".join(feed.itertext())
        links = [
            element.get("href", "") for element in feed.iter("{http://www.w3.org/2005/Atom}link")
        ]
        assert all(link.startswith("http") for link in links)
    for address in ["/index.json", f"/article/{evil}.json", "/outlets.json", "/unreadable.json"]:
        response = client.get(address)
        assert response.headers["content-type"] == "application/json"
        assert msgspec.json.decode(response.content)


def test_through_a_real_desk(tmp_path: Path) -> None:
    paragraph = "The ferry sailed at noon with forty passengers, said the harbour office. " * 3
    words = "&lt;script&gt;alert(1)&lt;/script&gt;"
    (tmp_path / "page.html").write_text(
        f"""<!doctype html><html lang="en"><head><title>{words} sails</title>
        <link rel="canonical" href="https://courier.example/1">
        <meta property="og:site_name" content='"><script>alert(1)</script>'>
        <meta property="article:section" content="{words}">
        <meta property="article:published_time" content='2024-03-09T10:00Z"><script>'>
        </head><body><article><h1>Ferry {words} returns to the old pier</h1>
        <p class="byline">By Ida {words}</p>
        <figure><img src="javascript:alert(1)" onerror="alert(1)"><figcaption>The pier {words}
        <span class="credit">Photo: {words}</span></figcaption></figure>
        <p>{paragraph} {words}</p><p>{paragraph}</p><p>{paragraph}</p></article>
        <aside class="related"><h2>Similar articles</h2><ul>
        <li><a href="javascript:alert(1)">The pier café {words} is to close in June</a></li>
        <li><a href="/2">The mayor {words} wants a second pier</a></li></ul></aside>
        </body></html>""",
        "utf-8",
    )
    (tmp_path / "<script>alert(1)<script>.html").write_bytes(b"")
    path = tmp_path / "desk"
    with Desk(path) as desk:
        desk.add(tmp_path / "page.html", tmp_path / "<script>alert(1)<script>.html")
        id = desk.newest()[0].id
    with TestClient(app(path)) as client:
        page = client.get(f"/article/{id}")
        assert "&lt;script&gt;" in page.text
        watch(page.text)
        saved = client.get(f"/article/{id}/page")
        assert saved.content == (tmp_path / "page.html").read_bytes()
        assert len(client.get("/search.json?since=2024-03-01&language=en").json()["articles"]) == 1
        assert client.get("/search.json?since=2024-04-01").json()["articles"] == []
        for address in ["/", "/outlets", "/unreadable", "/search?q=ferry"]:
            watch(client.get(address).text)
        ElementTree.fromstring(client.get("/index.atom").content)
    with Desk(path, mode="read") as desk:
        assert desk.newest()[0].reads == 1
