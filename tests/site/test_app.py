"""Every address answers, in every form, with the headers that keep it harmless."""

from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from starlette.testclient import TestClient

from copytaster.desk import DeskError
from copytaster.desk.listing import Filed
from copytaster.site.app import app

ARTICLE = "/article/0000000000000001"
PAGES = [
    "/",
    ARTICLE,
    f"{ARTICLE}/copies",
    f"{ARTICLE}/beside/0000000000000002",
    "/outlets",
    "/outlet/courier.example",
    "/search?q=Ferry",
    "/unreadable",
]
FEEDS = ["/index.atom", "/outlets.atom", "/outlet/courier.example.atom", "/search.atom?q=Ferry"]
FEEDS += ["/unreadable.atom"]
OTHERS = ["/openapi.json", "/robots.txt", "/style.css", "/icon.svg", f"{ARTICLE}/page"]
OTHERS += [f"{ARTICLE}/picture/0", "/nowhere", "/search?q=%22"]


@pytest.mark.parametrize("address", [*PAGES, *FEEDS, *OTHERS])
def test_headers(client: TestClient, address: str) -> None:
    response = client.get(address)
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES)
def test_page(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text.count("<h1") == 1
    assert 'action="/search"' in response.text
    again = client.get(address, headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(address)
    assert head.headers["etag"] == response.headers["etag"]


@pytest.mark.parametrize("address", FEEDS)
def test_feed(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert entries
    for element in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{atom}{name}")
        assert datetime.fromisoformat(element.findtext(f"{atom}updated") or "").tzinfo


def test_article_as_json_is_the_record(client: TestClient, shelf: Any) -> None:
    response = client.get(f"{ARTICLE}.json")
    assert msgspec.json.decode(response.content, type=Filed) == shelf.articles[0]


@pytest.mark.parametrize("path", ["/index", "/outlet/courier.example", "/search"])
def test_older_goes_on_to_the_end(
    client: TestClient, shelf: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("copytaster.site.lists.LENGTH", 2)
    monkeypatch.setattr("copytaster.site.lists.FOUND", 2)
    first = client.get(f"{path}.json?q=Ferry").json()
    assert len(first["articles"]) == 2
    address = first["older"].replace(path, f"{path}.json").replace("/?", "/index.json?")
    second = client.get(address).json()
    assert [each["id"] for each in second["articles"]] == [shelf.articles[2].article.id]
    assert second["older"] is None


def test_an_empty_desk_says_what_to_do(client: TestClient, shelf: Any) -> None:
    shelf.articles, shelf.missed = [], []
    assert "copytaster add" in client.get("/").text
    assert "Nothing older" in client.get("/?after=0000000000000001").text
    assert client.get("/index.json").json() == {
        "stories": [],
        "once": False,
        "articles": [],
        "older": None,
    }
    for address in ["/outlets", "/unreadable", "/search", "/search?q=Ferry", "/index.atom"]:
        assert client.get(address).status_code == 200


def test_saved_page_is_never_rendered(client: TestClient) -> None:
    response = client.get(f"{ARTICLE}/page")
    assert response.headers["content-type"] == "text/plain"
    assert response.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in response.headers["content-security-policy"]


def test_a_picture_is_an_image_or_nothing(client: TestClient) -> None:
    assert client.get(f"{ARTICLE}/picture/0").headers["content-type"] == "image/png"
    assert client.get(f"{ARTICLE}/picture/1").status_code == 404
    assert client.get(f"{ARTICLE}/picture/2").status_code == 404


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/nowhere", 404, "nothing at this address"),
        ("/article/ffffffffffffffff", 404, "no such article"),
        (f"{ARTICLE}?version=9", 404, "no such article"),
        (f"{ARTICLE}?version=x", 400, "version: “x”"),
        (f"{ARTICLE}/claims?version=x", 400, "version: “x”"),
        ("/outlet/nobody.example", 404, "no such outlet"),
        ("/search?q=%22half", 400, "quotation mark"),
        ("/search?q=a&since=yesterday", 400, "since: “yesterday”"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, address: str, status: int, word: str) -> None:
    path, _, query = address.partition("?")
    page = client.get(address)
    assert page.status_code == status
    assert word in page.text
    record = client.get(f"{path}.json?{query}")
    assert record.status_code == status
    assert record.json()["status"] == status
    assert word in record.json()["error"]


def test_the_form_shows_the_days_of_a_month_and_of_a_year(client: TestClient) -> None:
    page = client.get("/search?q=harbour&since=2021-02&until=2021").text
    assert 'name="since" value="2021-02-01"' in page
    assert 'name="until" value="2021-12-31"' in page
    page = client.get("/search?q=harbour&since=yesterday").text
    assert 'name="since" value=""' in page


def test_only_reading(client: TestClient) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert "only be read" in response.text


def test_a_fault_is_a_friendly_page_with_headers(client: TestClient, shelf: Any) -> None:
    shelf.fault = RuntimeError("no")
    response = client.get(ARTICLE)
    assert response.status_code == 500
    assert "<h1>" in response.text
    assert "content-security-policy" in response.headers
    assert client.get(f"{ARTICLE}.json").json()["status"] == 500


def test_a_desk_that_went_away(client: TestClient, shelf: Any) -> None:
    shelf.fault = DeskError("desk.sqlite is gone; put it back.")
    response = client.get(ARTICLE)
    assert response.status_code == 503
    assert "desk.sqlite is gone" in response.text


def test_a_desk_that_cannot_be_read_is_said_at_once(shelf: Any, tmp_path: Path) -> None:
    shelf.fault = DeskError("no desk")
    with pytest.raises(DeskError):
        app(tmp_path)


def test_reads_are_counted_once_a_view(shelf: Any, tmp_path: Path) -> None:
    path = tmp_path / "desk"
    path.touch()
    with TestClient(app(path)) as client:
        client.get(ARTICLE)
        client.get(ARTICLE)
        client.head(ARTICLE)
        client.get(f"{ARTICLE}.json")
        client.get(ARTICLE, headers={"Sec-Purpose": "prefetch;prerender"})
    assert shelf.counted == {"0000000000000001": 2}


def test_reads_can_be_left_uncounted(shelf: Any, tmp_path: Path) -> None:
    path = tmp_path / "desk"
    path.touch()
    with TestClient(app(path, count_reads=False)) as client:
        client.get(ARTICLE)
    assert shelf.counted == {}
