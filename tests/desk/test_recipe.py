"""The recipe: pictures, feeds beside pages, what servers said, and progress."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.article import Article, Block, Picture, Teaser
from copytaster.desk import Desk, recipe
from copytaster.desk.listing import Tally
from copytaster.desk.memory import recall, remember
from copytaster.intake.feeds import ITEM
from copytaster.intake.validators import Validators
from copytaster.page import Page

PNG = b"\x89PNG\r\n\x1a\n, as it were"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "test.desk") as desk:
        yield desk
        assert desk.check() == []


def article(name: str, text: str = "It is said.", **more: object) -> Article:
    return Article(
        id=f"{sum(name.encode()):016x}",
        path=name,
        url=f"https://harbour.example/{name}",
        headline=name,
        body=(Block("paragraph", text),),
        **more,  # type: ignore[arg-type]
    )


def put(desk: Desk, *found: tuple[Page, Article], picture: recipe.Show | None = None) -> Tally:
    read = {page.content: article for page, article in found}
    return recipe.add(
        desk._connection,
        [page for page, _ in found],
        lambda pages: ((page, read[page.content]) for page in pages if isinstance(page, Page)),
        picture=picture,
    )


def page(name: str, content: str, media_type: str = "text/html") -> Page:
    url = f"https://harbour.example/{name}"
    return Page(path=url, content=content.encode(), url=url, media_type=media_type)


def test_pictures_are_kept_once_and_only_when_asked_for(desk: Desk) -> None:
    pictures = (Picture(url="a.png"), Picture(caption="No address"), Picture(url="gone.png"))
    storm = article("storm", pictures=pictures)
    asked: list[str] = []

    def picture(page: Page, url: str) -> tuple[str, bytes] | None:
        asked.append(url)
        return ("image/png", PNG) if url == "a.png" else None

    put(desk, (page("storm", "one"), storm))
    filed = desk.article(storm.id)
    assert filed and filed.pictures == (False, False, False)
    assert put(desk, (page("storm", "two"), storm), picture=picture) == Tally(same=1)
    filed = desk.article(storm.id)
    assert filed and filed.pictures == (True, False, False)
    assert desk.picture(storm.id, 0) == ("image/png", PNG)
    assert [desk.picture(storm.id, number) for number in (1, 2, 3, -1)] == [None] * 4
    assert desk.picture("0" * 16, 0) is None
    assert put(desk, (page("storm", "two"), storm), picture=picture) == Tally(same=1)
    assert asked == ["a.png", "gone.png", "gone.png"]


def test_a_feeds_summary_does_not_replace_the_page(desk: Desk) -> None:
    short, whole = article("storm", "In short."), article("storm", "In short. And at length.")
    assert put(desk, (page("storm", "{}", ITEM), short)) == Tally(new=1)
    assert put(desk, (page("storm", "<p>", "text/html"), whole)) == Tally(changed=1)
    assert put(desk, (page("storm", "{ }", ITEM), short)) == Tally(same=1)
    filed = desk.article(short.id)
    assert filed and filed.article.body == whole.body


def test_a_teaser_leads_to_the_desks_article(desk: Desk) -> None:
    teasers = (
        Teaser(headline="Calm", url="http://www.harbour.example/calm?utm_source=box"),
        Teaser(headline="Elsewhere", url="https://harbour.example/elsewhere", count=3),
        Teaser(headline="Nowhere"),
    )
    storm, calm = article("storm", teasers=teasers), article("calm")
    put(desk, (page("storm", "one"), storm), (page("calm", "two"), calm))
    filed = desk.article(storm.id)
    assert filed and [teaser.article for teaser in filed.teasers] == [calm.id, None, None]
    assert desk.find("https://harbour.example/calm#top") == calm.id
    assert desk.find("https://harbour.example/") is None
    assert desk.find("no address") is None


def test_the_entries_of_one_page_are_articles_of_their_own(desk: Desk) -> None:
    entries = [article(f"live#{number}", f"Entry {number}.") for number in range(3)]
    pages = [page(entry.path, entry.headline, ITEM) for entry in entries]
    assert put(desk, *zip(pages, entries, strict=True)) == Tally(new=3)


def test_one_article_under_two_addresses_is_one(desk: Desk) -> None:
    first = article("storm")
    other = article("storm?utm_source=feed", "It is said again.")
    put(desk, (page("storm", "one"), first))
    assert put(desk, (page("storm?utm_source=feed", "two"), other)) == Tally(changed=1)
    assert [line.id for line in desk.newest()] == [first.id]


def test_what_servers_said_is_remembered(desk: Desk) -> None:
    url = "https://harbour.example/feed"
    assert recall(desk._connection) == {}
    told = Validators(url=url, etag='"a"')
    remember(desk._connection, {url: told})
    remember(desk._connection, {})
    assert recall(desk._connection) == {url: told}


def test_progress_is_told_after_each_batch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "BATCH_ARTICLES", 4)
    names = [f"{number:03}" for number in range(10)]
    known = {name.encode(): article(name) for name in names}
    told: list[Tally] = []
    recipe.add(
        desk._connection,
        (page(name, name) for name in names),
        lambda pages: ((one, known[one.content]) for one in pages if isinstance(one, Page)),
        progress=told.append,
    )
    assert told == [Tally(new=4), Tally(new=8), Tally(new=10)]
