"""Copies and lineages on a desk: what the sample expects, in any batches, over new versions."""

import random
from pathlib import Path

import pytest
from tests.desk.test_terms import put

from copytaster.article import Article, Block
from copytaster.copies import copies, text_of
from copytaster.copies.lineage import lineages
from copytaster.desk import Desk, recipe
from copytaster.sample.expected import Said, expected


def text(first: int, words: int) -> str:
    """Give text of which no five words in a row stand in another."""
    return " ".join(f"w{first + n}x" for n in range(words))


def article(name: str, *paragraphs: str, outlet: str = "", **more: str) -> Article:
    outlet = outlet or name
    return Article(
        id=f"{int.from_bytes(name.encode()):016x}",
        path=f"{outlet}/{name}",
        url=f"https://{outlet}.example/{name}",
        publisher=outlet,
        fetched="2024-04-01T08:00:00+00:00",
        headline=f"Headline of {name}",
        body=tuple(Block("paragraph", paragraph) for paragraph in paragraphs),
        **more,  # type: ignore[arg-type]
    )


def state(path: Path) -> list[list[tuple[object, ...]]]:
    """Give all that a desk keeps of copies and lineages."""
    with Desk(path, mode="read") as desk:
        assert desk.check() == []
        read = desk._connection.execute
        return [
            read("SELECT * FROM copy").fetchall(),
            read("SELECT arrival, lineage, story FROM article ORDER BY arrival").fetchall(),
            read("SELECT * FROM lineage").fetchall(),
            read("SELECT * FROM furniture").fetchall(),
            read("SELECT * FROM story").fetchall(),
            read("SELECT * FROM member").fetchall(),
            read("SELECT number, nearest, posted FROM arrival").fetchall(),
        ]


def archive(seed: int) -> list[Article]:
    """Give reports, and their copies in many outlets: whole, cut, in other text, of two at once."""
    draw = random.Random(seed)
    made = []
    for number in range(12):
        body = [text(1000 * number + 100 * n, 60) for n in range(6)]
        credit = draw.choice([{}, {"agency": "AP"}])
        made.append(article(f"r{number}", *body, **credit))
        for copy in range(draw.randrange(5)):
            match draw.randrange(4):
                case 0:
                    said = body
                case 1:
                    said = body[: draw.randrange(2, 6)]
                case 2:
                    said = [text(90_000 + draw.randrange(9) * 100, 80), *body[:3]]
                case _:
                    said = [*body[:3], text(1000 * draw.randrange(12), 60)]
            said = [*said, text(50_000 + copy * 1000, 30)]  # the outlet's furniture
            day = f"2024-03-{draw.randrange(1, 9):02}"
            made.append(
                article(f"c{number}-{copy}", *said, outlet=f"o{copy}", date_published=day, **credit)
            )
    draw.shuffle(made)
    return made


@pytest.mark.parametrize("seed", range(3))
def test_any_batches_give_the_same(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = archive(seed)
    with Desk(tmp_path / "whole") as desk:
        put(desk, *articles)
    monkeypatch.setattr(recipe, "BATCH_ARTICLES", 3)
    with Desk(tmp_path / "batches") as desk:
        put(desk, *articles[:20])
    with Desk(tmp_path / "batches") as desk:
        put(desk, *articles)
    assert state(tmp_path / "whole") == state(tmp_path / "batches")


@pytest.mark.parametrize("seed", range(3))
def test_the_desk_finds_what_the_stage_finds(tmp_path: Path, seed: int) -> None:
    articles = archive(seed)
    with Desk(tmp_path / "desk") as desk:
        put(desk, *articles)
        kept = {
            (copied.copy.id, copied.copy.of, copied.copy.kind, copied.copy.passages)
            for one in articles
            for copied in desk.copies(one.id)
        }
        found = list(copies(articles))  # type: ignore[arg-type]
        assert kept == {(copy.id, copy.of, copy.kind, copy.passages) for copy in found}
        wanted = {
            (one.origin, frozenset(one.articles))
            for one in lineages(map(text_of, articles), found)
            if len(one.articles) > 1
        }
        reports = [desk.report(one.id) for one in articles]
        assert wanted == {
            (one.origin.id, frozenset([one.origin.id, *(each.listing.id for each in one.carriers)]))
            for one in reports
            if one
        }


def test_a_new_version_is_compared_again(tmp_path: Path) -> None:
    one, other, third = text(0, 200), text(1000, 200), text(2000, 200)
    with Desk(tmp_path / "desk") as desk:
        put(desk, article("a", one), article("b", other), article("c", other), article("d", third))
        report = desk.report(article("c").id)
        assert report and report.origin.headline == "Headline of b"
        put(desk, article("b", one))
        assert desk.report(article("c").id) is None
        report = desk.report(article("b").id)
        assert report and report.origin.headline == "Headline of a"
        # Who came later than the new version's words is still the copy.
        put(desk, article("a", third))
        report = desk.report(article("a").id)
        assert report and report.origin.headline == "Headline of a"
        assert [carrier.listing.headline for carrier in report.carriers] == ["Headline of d"]
        assert desk.report(article("b").id) is None
        assert desk.check() == []


def test_a_copy_is_shown_once_among_the_similar(tmp_path: Path) -> None:
    wire = [text(0, 100), text(1000, 100)]
    own = " ".join(reversed(" ".join(wire).split()))
    with Desk(tmp_path / "desk") as desk:
        names = ["wire", "post", "sun", "star"]
        put(desk, *(article(name, *wire) for name in names), article("own", own))
        (found,) = desk.similar(article("own").id)
        assert (found.headline, found.also) == ("Headline of wire", 3)
        assert [line.headline for line in desk.similar(article("sun").id)] == ["Headline of own"]


def test_the_agencys_own_article_is_the_origin_whenever_it_comes(tmp_path: Path) -> None:
    said = text(0, 200)
    with Desk(tmp_path / "desk") as desk:
        put(
            desk,
            article("a", said, agency="AP", outlet="The Post"),
            article("b", said, agency="AP", outlet="The Sun"),
        )
        report = desk.report(article("b").id)
        assert report and (report.origin.id, report.wire) == (article("a").id, False)
        put(desk, article("w", said, outlet="AP News"))
        report = desk.report(article("b").id)
        assert report and (report.origin.id, report.wire, report.agency) == (
            article("w").id,
            True,
            "AP",
        )
        assert (report.articles, report.outlets) == (3, 3)


def test_breadth_counts_independent_reports(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        put(desk, *(article(name, text(0, 100)) for name in "abc"), article("d", text(900, 100)))
        found = desk.breadth("headline")
        assert (found.articles, found.outlets, found.reports, found.newest) == (4, 4, 2, False)


def test_two_articles_that_were_never_compared_lie_side_by_side(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        put(desk, *(article(f"n{n:02}", text(0, 100)) for n in range(20)), article("x", "Else."))
        beside = desk.beside(article("n19").id, article("n18").id)
        assert beside and beside.copy
        assert (beside.copy.id, beside.copy.of) == (article("n19").id, article("n18").id)
        beside = desk.beside(article("x").id, article("n18").id)
        assert beside and beside.copy is None
        assert desk.beside(article("x").id, "0" * 16) is None


class TestSample:
    """What the sample's desk knows is what a careful reader expects."""

    @pytest.fixture
    def found(self, sample_desk: Desk) -> dict[str, str]:
        """Give the id of each page's article, by its path."""
        pages = [page for page in expected().pages if page.headline and page.version == 1]
        rows = sample_desk._connection.execute("SELECT id FROM article").fetchall()
        paths = {}
        for (id,) in rows:
            page = sample_desk.page(id, version=1)
            assert page
            paths[page.path] = id
        return {page.path: id for page in pages for path, id in paths.items() if _is_of(path, page)}

    def test_copies(self, sample_desk: Desk, found: dict[str, str]) -> None:
        wrong = []
        for page in expected().pages:
            if page.copy:
                kinds = {
                    copied.copy.kind
                    for copied in sample_desk.copies(found[page.path])
                    if copied.copy.of == found[page.copy.of]
                }
                filed = sample_desk.article(found[page.path])
                assert filed
                whole = filed.article.body == page.body
                if not kinds or (whole and kinds != {page.copy.kind}):
                    wrong.append((page.path, page.copy.kind, kinds))
        assert wrong == []

    def test_lineages(self, sample_desk: Desk, found: dict[str, str]) -> None:
        for page in expected().pages:
            if page.copy and page.copy.kind != "embedded":
                report = sample_desk.report(found[page.path])
                assert report
                assert (report.origin.id, report.agency, report.wire) == (
                    found[page.copy.of],
                    "MNA",
                    True,
                )
        ferry = sample_desk.report(found["pages/mna/ferry-capsizes.html"])
        assert ferry and (ferry.articles, ferry.outlets) == (4, 4)


def _is_of(path: str, page: Said) -> bool:
    return path.endswith(page.path) or path == page.url


def test_lists_show_copies_of_one_origin_once(tmp_path: Path) -> None:
    body = [text(100 * n, 60) for n in range(6)]
    days = {"origin": 1, "reprint": 2, "later": 3}
    carried = [
        article(name, *body, date_published=f"2024-03-{day:02}T08:00:00+00:00")
        for name, day in days.items()
    ]
    alone = article("alone", text(9000, 300), date_published="2024-03-02T09:00:00+00:00")
    noted = article("noted", *body, "Edited in Oxley.", date_published="2024-03-04T09:00:00+00:00")
    with Desk(tmp_path / "test.desk") as desk:
        put(desk, *carried, alone, noted)

        def shown(**asked: object) -> list[str]:
            lines = desk.newest(**asked)  # type: ignore[arg-type]
            return [line.headline.removeprefix("Headline of ") for line in lines]

        def found(query: str, **asked: object) -> list[str]:
            lines = desk.search(query, once=True, **asked)  # type: ignore[arg-type]
            return [line.headline.removeprefix("Headline of ") for line in lines]

        assert shown() == ["noted", "later", "alone", "reprint", "origin"]
        assert shown(once=True) == ["alone", "origin"]
        assert shown(once=True, after=desk.search("w9000x")[0].id) == ["origin"]
        assert shown(outlet="later.example", once=True) == []
        assert found("w1x OR w9000x") == ["alone", "origin"]
        assert found("w1x OR w9000x", limit=1) == ["alone"]
        assert found("w1x OR w9000x", after=desk.search("w9000x")[0].id) == ["origin"]
        assert sorted(found("w1x OR w9000x", ranked=True)) == ["alone", "origin"]
        assert found("oxley") == ["noted"]  # the origin does not say it
        assert found("w1x since:2024-03-02") == ["noted"]  # the first in the list
        assert len(found("w1x OR w9000x")) == desk.breadth("w1x OR w9000x").reports
