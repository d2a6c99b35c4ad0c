"""Who said what on the site, from the sample: one click from its words; corrected by form."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from shutil import copyfile
from xml.etree import ElementTree

import msgspec
import pytest
from starlette.testclient import TestClient

from copytaster.site.app import app
from copytaster.site.views import ArticleClaimsPage, SpeakerPage, SpeakersPage, StoryClaimsPage


@pytest.fixture
def client(sample_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    own = Path(copyfile(sample_file, tmp_path / "own.desk"))
    with TestClient(app(own, rules=True), base_url="http://localhost") as client:
        yield client


def speaker(client: TestClient, name: str) -> SpeakerPage:
    found = msgspec.json.decode(
        client.get("/speakers.json", params={"name": name}).content, type=SpeakersPage
    )
    address = f"/speakers/{found.speakers[0].key}.json"
    return msgspec.json.decode(client.get(address).content, type=SpeakerPage)


def test_a_claim_opens_at_its_words(client: TestClient) -> None:
    page = speaker(client, "owen tarr")
    assert page.speaker.name == "Owen Tarrick"
    quoted = page.claims[0]
    address = f"/article/{quoted.article.id}/claims"
    text = client.get(f"/speakers/{page.speaker.key}").text
    assert f'href="{address}#claim-{quoted.stated.number}"' in text
    text = client.get(address).text
    assert f'id="claim-{quoted.stated.number}"' in text
    assert f'href="/speakers/{page.speaker.key}"' in text
    whole = re.search(r'<article class="claimed".*?</article>', text, re.S)
    assert whole
    bare = re.sub(r"<ol.*?</ol>|<sup>.*?</sup>", "", whole[0], flags=re.S)
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", bare)).split())
    for piece in quoted.stated.words.split(" … "):
        assert " ".join(piece.split()) in words
    assert f'href="{address}"' in client.get(f"/article/{quoted.article.id}").text


def test_selectors_find_the_words(client: TestClient) -> None:
    quoted = speaker(client, "owen tarr").claims[0]
    page = msgspec.json.decode(
        client.get(f"/article/{quoted.article.id}/claims.json").content, type=ArticleClaimsPage
    )
    assert page.made
    found = client.get(f"/article/{quoted.article.id}/claims.json").json()
    quote, position = found["claims"][0]["target"][0]["selector"]
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    assert len(quote["exact"]) == position["end"] - position["start"]


def test_a_speakers_feed_and_pages(client: TestClient) -> None:
    page = speaker(client, "owen tarr")
    feed = ElementTree.fromstring(client.get(f"/speakers/{page.speaker.key}.atom").content)
    assert len(list(feed.iter("{http://www.w3.org/2005/Atom}entry"))) == len(page.claims)
    assert client.get("/speakers").status_code == 200
    assert "Nobody of that name" in client.get("/speakers?name=qqq").text
    assert client.get("/speakers/nobody").status_code == 404
    assert client.get("/article/0000000000000000/claims").status_code == 404


def test_a_storys_speakers_and_figures(client: TestClient) -> None:
    found = speaker(client, "rhona maddox").claims
    quoted = next(one for one in found if "171" in one.stated.words)
    assert quoted.article.story
    address = f"/story/{quoted.article.story}/claims"
    page = msgspec.json.decode(client.get(f"{address}.json").content, type=StoryClaimsPage)
    said = {one.name: [each.stated.words for each in one.claims] for one in page.speakers}
    assert all(len(words) == len(set(words)) for words in said.values())
    assert "Rhona Maddox" in said
    assert any("171" in one.words for counted in page.figures for one in counted.given)
    assert "Figures, side by side" in client.get(address).text
    assert address in client.get(f"/story/{quoted.article.story}").text
    assert client.get("/story/0000000000000000/claims").status_code == 404


def test_search_shows_the_claim(client: TestClient) -> None:
    text = client.get("/search", params={"q": "speaker:tarrick says:bang"}).text
    assert "no bang" in text
    assert "#claim-" in text
    wrong = client.get("/search", params={"q": "-speaker:tarrick"})
    assert wrong.status_code == 400
    assert "excludes claims" in wrong.text


def test_names_are_joined_and_taken_apart_by_form(client: TestClient) -> None:
    one, other = (speaker(client, name).speaker for name in ("owen tarrick", "rhona maddox"))
    here = {"origin": "http://localhost"}
    fields = {"act": "same", "key": one.key, "other": f"http://localhost/speakers/{other.key}"}
    assert client.post("/namings", data=fields).status_code == 403
    answer = client.post("/namings", data=fields, headers=here, follow_redirects=False)
    assert answer.status_code == 303
    assert speaker(client, "tarrick").speaker.key == speaker(client, "maddox").speaker.key
    assert "a person ruled so" in client.get(answer.headers["location"]).text
    assert "The same" in client.get("/namings").text
    client.post("/namings/1/undo", headers=here)
    assert speaker(client, "tarrick").speaker.key != speaker(client, "maddox").speaker.key
    for wrong in ({"act": "same", "key": one.key, "other": "nobody"}, {"act": "dance"}):
        assert client.post("/namings", data=wrong, headers=here).status_code == 400
