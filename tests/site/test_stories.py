"""Stories on the site: shown with their reports, corrected by its own forms and by nothing else."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import msgspec
import pytest
from starlette.testclient import TestClient

from copytaster.desk import Desk
from copytaster.desk.listing import StoryDay, StoryLine
from copytaster.site.app import app
from copytaster.site.stories import columns
from copytaster.site.views import StoriesPage, StoryPage

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    """Give a desk of the sample that a test may change."""
    return Path(copyfile(sample, tmp_path / "news.desk"))


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(app(path, rules=True), follow_redirects=False) as client:
        yield client


@pytest.fixture
def stories(client: TestClient) -> list[StoryLine]:
    found = client.get("/stories.json").content
    return msgspec.json.decode(found, type=StoriesPage).stories


def shown(client: TestClient, id: str) -> StoryPage:
    return msgspec.json.decode(client.get(f"/story/{id}.json").content, type=StoryPage)


def test_the_front_page_counts_independent_reports(
    client: TestClient, stories: list[StoryLine]
) -> None:
    page = client.get("/").text
    for line in stories[:6]:
        assert f'href="/story/{line.id}"' in page
    assert "independent reports</strong>" in page
    assert 'id="stories"' not in client.get(f"/?after={stories[0].lead.id}").text


def test_every_article_of_a_story_is_on_its_page(
    client: TestClient, stories: list[StoryLine]
) -> None:
    for line in stories:
        page = client.get(f"/story/{line.id}").text
        story = shown(client, line.id).story
        assert page.count("<rect") >= len(story.days)
        for report in story.reports:
            for item in (report.origin, *(each.listing for each in report.carriers)):
                assert f'href="/article/{item.id}"' in page
        undated = line.articles - sum(day.articles for day in story.days)
        assert (f"{undated} article says no date" in page) == (undated == 1)
        assert sum(day.reports for day in story.days) <= line.reports == len(story.reports)
    feed = client.get(f"/story/{stories[0].id}.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert client.get("/story/0000000000000000").status_code == 404


def test_an_article_leads_to_its_story(client: TestClient, stories: list[StoryLine]) -> None:
    page = client.get(f"/article/{stories[0].lead.id}").text
    assert f'href="/story/{stories[0].id}"' in page


def test_a_form_splits_moves_and_merges(
    client: TestClient, stories: list[StoryLine], path: Path
) -> None:
    first, second = stories[:2]
    article = shown(client, first.id).story.reports[-1].origin.id
    form = {"act": "split", "story": first.id, "article": [article]}
    answer = client.post("/rulings", data=form, headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/story/{first.id}")
    with Desk(path) as desk:
        assert desk.rulings()[0].act == "split"
    form = {"act": "move", "story": first.id, "other": second.id, "article": [article]}
    assert client.post("/rulings", data=form, headers=HERE).status_code == 303
    with Desk(path) as desk:
        filed = desk.article(article)
        assert filed and filed.story and filed.story.id == second.id
    form = {"act": "merge", "story": first.id, "other": second.id}
    answer = client.post("/rulings", data=form, headers=HERE)
    merged = shown(client, answer.headers["location"].rpartition("/")[2])
    assert merged.story.line.articles == first.articles + second.articles
    gone = ({first.id, second.id} - {merged.story.line.id}).pop()
    for suffix in ("", ".json", ".atom", "/claims", "/claims.json"):
        answer = client.get(f"/story/{gone}{suffix}")
        assert answer.status_code == 301
        assert answer.headers["location"] == f"/story/{merged.story.line.id}{suffix}"
    with Desk(path) as desk:
        number = desk.rulings()[0].number
    answer = client.post(f"/rulings/{number}/undo", headers=HERE)
    assert client.get(f"/story/{gone}").status_code == 200
    assert answer.headers["location"] == "/rulings"
    with Desk(path) as desk:
        assert number not in [ruled.number for ruled in desk.rulings()]
        assert desk.check() == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_what_another_site_sends_is_refused(
    client: TestClient, stories: list[StoryLine], path: Path, headers: dict[str, str]
) -> None:
    form = {"act": "merge", "story": stories[0].id, "other": stories[1].id}
    before = path.read_bytes()
    assert client.post("/rulings", data=form, headers=headers).status_code == 403
    assert client.post("/rulings/1/undo", headers=headers).status_code == 403
    assert path.read_bytes() == before


def test_an_older_browser_says_its_origin(client: TestClient, stories: list[StoryLine]) -> None:
    form = {"act": "merge", "story": stories[0].id, "other": stories[1].id}
    headers = {"Origin": "http://testserver"}
    assert client.post("/rulings", data=form, headers=headers).status_code == 303


def test_read_only(path: Path, stories: list[StoryLine]) -> None:
    with TestClient(app(path), follow_redirects=False) as client:
        assert "<form" not in client.get("/rulings").text.partition("<main")[2]
        assert 'method="post"' not in client.get(f"/story/{stories[0].id}").text
        form = {"act": "merge", "story": stories[0].id, "other": stories[1].id}
        answer = client.post("/rulings", data=form, headers=HERE)
        assert answer.status_code == 403
        assert "read only" in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"act": "burn"},
        {"act": "split"},
        {"act": "split", "story": "0" * 16, "article": "x"},
        {"act": "move", "other": "é"},
        {"act": "apart", "article": ["a", "b", "c"]},
        {"act": "merge", "story": "<script>", "other": "\ud800"},
    ],
)
def test_wrong_forms_get_a_sentence(client: TestClient, form: dict[str, str]) -> None:
    body = "&".join(f"{name}={value}" for name, value in form.items())
    answer = client.post("/rulings", content=body.encode(errors="replace"), headers=HERE)
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert client.post("/rulings/77/undo", headers=HERE).status_code == 400
    assert client.post("/rulings", content=b"x" * 200_000, headers=HERE).status_code == 413


def test_a_timeline_has_a_place_for_days_without_articles() -> None:
    days = (
        StoryDay(day="2024-02-28", articles=4, reports=2),
        StoryDay(day="2024-03-01", articles=1, reports=0),
    )
    drawn = columns(days)
    assert [each.day for each in drawn] == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert [(each.height, each.begun) for each in drawn] == [(100, 50), (0, 0), (25, 0)]
    far = (days[0], StoryDay(day="2025-02-28", articles=1, reports=1))
    assert [each.day for each in columns(far)] == ["2024-02-28", "2025-02-28"]


def test_the_numbers_of_a_story_lead_to_its_articles(client: TestClient) -> None:
    story = client.get("/stories.json").json()["stories"][0]
    told = client.get(f"/story/{story['id']}.json").json()["story"]
    address = f"/story/{story['id']}/articles"
    page = client.get(f"/story/{story['id']}").text
    assert len(client.get(f"{address}.json").json()["articles"]) == story["articles"]
    for day in told["days"]:
        assert f'href="{address}?day={day["day"]}"' in page
        found = client.get(f"{address}.json", params={"day": day["day"]}).json()["articles"]
        assert len(found) == day["articles"]
    for outlet in told["outlets"]:
        assert f'href="{address}?outlet={outlet["key"]}"' in page
        found = client.get(f"{address}.json", params={"outlet": outlet["key"]}).json()["articles"]
        assert len(found) == outlet["articles"]
    assert client.get(f"{address}?day=never").status_code == 200
    assert client.get("/story/none/articles").status_code == 404
