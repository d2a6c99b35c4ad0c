"""A desk as its users see it: what is added is found, once, and nothing is lost."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest

from copytaster.article import Article, Block, Picture
from copytaster.desk import Desk, DeskError, Filters, QueryError, numbers
from copytaster.desk.listing import Tally
from copytaster.desk.recipe import add
from copytaster.page import Page, Unreadable


def page(path: str, content: str, url: str | None = None) -> Page:
    """A page whose content is "headline | body | date"."""
    return Page(path=path, content=content.encode(), url=url, fetched="2024-03-02T10:00:00+00:00")


def read(pages: Iterable[Page | Unreadable]) -> Iterator[tuple[Page | None, Article | Unreadable]]:
    """Read the test's own pages."""
    for page in pages:
        if isinstance(page, Unreadable):
            yield None, page
            continue
        if b"|" not in page.content:
            yield page, Unreadable(path=page.path, url=page.url, error="no article found")
            continue
        headline, body, day = (part.strip() for part in page.content.decode().split("|"))
        yield (
            page,
            Article(
                id=blake2b((page.url or "").encode() or page.content, digest_size=8).hexdigest(),
                path=page.path,
                url=page.url,
                fetched=page.fetched,
                headline=headline,
                date_published=day or None,
                language="en",
                body=(Block("paragraph", body),),
                pictures=(Picture(caption="A wall", credit="Photo: Someone"),),
            ),
        )


def put(desk: Desk, *pages: Page | Unreadable) -> Tally:
    return add(desk._connection, pages, read)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "test.desk") as desk:
        yield desk
        assert desk.check() == []


STORM = page("a.html", "Storm | Waves broke the wall. | 2024-03-01", "https://www.one.example/a")
CALM = page("b.html", "Calm | The harbour reopens. | 2024-03-02", "https://two.example/b")
UNDATED = page("c.txt", "Undated | A text with neither address nor date. |")


def test_what_is_added_is_found_newest_first(desk: Desk) -> None:
    assert put(desk, CALM, STORM, UNDATED) == Tally(new=3)
    lines = desk.newest()
    assert [line.headline for line in lines] == ["Undated", "Calm", "Storm"]
    assert [line.dated for line in lines] == [False, True, True]
    assert lines[0].date == "2024-03-02T10:00:00+00:00"
    assert (lines[2].outlet, lines[2].publisher) == ("one.example", "one.example")
    assert desk.newest(after=lines[0].id, limit=1) == [lines[1]]
    assert desk.newest(outlet="one.example") == [lines[2]]
    assert desk.languages() == ["en"]
    assert {outlet.key: outlet.articles for outlet in desk.outlets()} == {
        "one.example": 1,
        "two.example": 1,
        "unknown": 1,
    }
    assert desk.outlet("nobody.example") is None


def test_the_same_page_changes_nothing_and_a_changed_article_is_a_version(desk: Desk) -> None:
    put(desk, STORM, UNDATED)
    assert put(desk, STORM, UNDATED) == Tally(same=2)
    changed = msgspec.structs.replace(
        STORM, content=b"Great storm | It broke two walls. | 2024-03-01"
    )
    rewritten = msgspec.structs.replace(UNDATED, content=b"Undated | Written again. |")
    assert put(desk, changed, rewritten, changed) == Tally(changed=2, same=1)
    [newest, storm] = desk.newest()
    assert (newest.headline, storm.headline) == ("Undated", "Great storm")
    filed = desk.article(storm.id)
    assert filed is not None
    assert filed.version == 2
    assert [(v.number, v.headline, v.current) for v in filed.versions] == [
        (1, "Storm", False),
        (2, "Great storm", True),
    ]
    former = desk.article(storm.id, version=1)
    assert former is not None
    assert former.article.headline == "Storm"
    assert desk.article(storm.id, version=3) is None
    assert desk.page(storm.id) == changed
    assert desk.page(storm.id, version=1) == STORM
    assert desk.page(storm.id, version=9) is None
    assert desk.search("waves") == []
    assert [line.id for line in desk.search("walls")] == [storm.id]


def test_a_page_that_cannot_be_read_is_kept_until_it_can(desk: Desk) -> None:
    broken = page("d.html", "nothing here", "https://two.example/d")
    gone = Unreadable(path="https://two.example/e", url="https://two.example/e", error="no answer")
    assert put(desk, broken, gone) == Tally(unreadable=2)
    assert put(desk, broken, gone) == Tally(unreadable=2)
    assert [(missed.path, missed.error, missed.kept) for missed in desk.missed()] == [
        ("https://two.example/e", "no answer", False),
        ("d.html", "no article found", True),
    ]
    assert [missed.path for missed in desk.missed(after="https://two.example/e")] == ["d.html"]
    assert put(desk, page("d.html", "Mended | It can be read. | 2024", broken.url)) == Tally(new=1)
    assert [missed.path for missed in desk.missed()] == ["https://two.example/e"]


def test_search_filters_pages_and_ranks(desk: Desk) -> None:
    put(
        desk,
        *(
            page(
                f"{n}",
                f"Note {n} | {'storm ' * (n % 3)} wall {n} | 2024-01-{n + 1:02}",
                f"https://x{n % 2}.example/{n}",
            )
            for n in range(20)
        ),
    )
    first = desk.search("wall", limit=8)
    assert [line.headline for line in first] == [f"Note {n}" for n in range(19, 11, -1)]
    assert [line.headline for line in desk.search("wall", after=first[-1].id, limit=2)] == [
        "Note 11",
        "Note 10",
    ]
    found = desk.search("", Filters(outlet="x1.example"))
    assert {line.outlet for line in found} == {"x1.example"}
    assert desk.search("wall", Filters(outlet="x1.example")) == found
    assert len(desk.search("wall", Filters(since="2024-01-05", until="2024-01-06"))) == 2
    assert len(desk.search("wall since:2024-01-05 until:2024-01-06")) == 2
    assert desk.search("wall", Filters(language="de")) == []
    ranked = desk.search("storm", ranked=True, limit=30)
    assert len(ranked) == 13
    scores = [line.score for line in ranked]
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert desk.search("storm", ranked=True, after=ranked[4].id, limit=3) == ranked[5:8]
    with pytest.raises(QueryError):
        desk.search('"')


def test_reads_are_counted_by_article(desk: Desk) -> None:
    put(desk, STORM, CALM)
    [calm, storm] = desk.newest()
    desk.count_reads({storm.id: 2, "0" * 16: 5}, date(2024, 3, 3))
    desk.count_reads({storm.id: 1}, date(2024, 3, 3))
    desk.count_reads({storm.id: 1}, date(2024, 3, 4))
    assert [line.reads for line in desk.newest()] == [0, 4]
    assert calm.reads == 0


def test_a_date_in_the_future_is_not_believed(desk: Desk) -> None:
    put(desk, page("f.html", "From the future | It is late. | 2031-01-01", "https://one.example/f"))
    [line] = desk.newest()
    assert not line.dated
    assert line.date.startswith("2024-03-02T10:00")


def test_many_articles_of_one_minute_and_very_old_ones_keep_their_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "SLOT_BITS", 3)
    old = [page(f"{n}", f"N{n} | text | 1950-01-01", f"https://x.example/{n}") for n in range(50)]
    put(desk, *old[:20])
    put(desk, *old[20:])
    assert [line.headline for line in desk.newest(limit=60)] == [f"N{n}" for n in range(49, -1, -1)]
    assert [line.headline for line in desk.search("n45 until:1950")] == ["N45"]
    assert desk.search("n45 since:1950-01-02") == []


def test_a_desk_in_read_mode_cannot_be_written(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        put(desk, STORM)
    with Desk(tmp_path / "desk", mode="read") as desk:
        assert len(desk.newest()) == 1
        with pytest.raises(DeskError, match="cannot be written"):
            desk.count_reads({"0" * 16: 1}, datetime.now(UTC).date())


def test_whatever_is_asked_gets_an_answer(desk: Desk) -> None:
    put(desk, STORM)
    [line] = desk.newest(limit=10**30)
    for odd in ("", "\udcff", "\0", "x" * 5000, "'; DROP TABLE article; --"):
        assert desk.article(odd) is None
        assert desk.page(odd) is None
        assert desk.picture(odd, 0) is None
        assert desk.similar(odd) == []
        assert desk.outlet(odd) is None
        assert desk.find(odd) is None
        assert desk.newest(outlet=odd) == []
        assert desk.newest(after=odd) == []
        assert desk.search("storm", Filters(outlet=odd)) == []
        assert desk.missed(after=odd) == []
        desk.count_reads({odd: 1}, date(2024, 1, 1))
    assert desk.page(line.id, version=10**30) is None
    assert desk.article(line.id, version=-1) is None
    assert desk.picture(line.id, 10**30) is None
    assert desk.search("storm", limit=-1) == []
    assert desk.search("storm since:0001 until:9999", limit=10**30) == [line]
    with pytest.raises(QueryError):
        desk.search("\udcff")
