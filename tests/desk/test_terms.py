"""Neighbours: found when an article is filed, both ways, and as good as those of a whole file."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.desk.test_recipe import article

from copytaster.article import Article, Block
from copytaster.desk import Desk
from copytaster.desk.counts import unpack_run
from copytaster.desk.recipe import Result, add
from copytaster.page import Page, Unreadable

STORIES = Path(__file__).resolve().parents[3] / "shared" / "data" / "stories"

MILL = "The old paper mill in Oxley burned for six hours before the crews from Barrow had it out."
BLAZE = "Crews from Barrow fought a blaze for six hours at the old paper mill in Oxley."
FERRY = "The isle council agreed higher fares for the night ferry, starting in the spring."
TICKET = "Higher fares for the night ferry will start in the spring, the isle council agreed."


def put(desk: Desk, *articles: Article) -> None:
    """File articles whose pages are their text."""
    known = {article.path: article for article in articles}

    def read(pages: Iterable[Page | Unreadable]) -> Iterator[Result]:
        for page in pages:
            assert isinstance(page, Page)
            yield page, known[page.path]

    pages = [
        Page(path=article.path, content=article.text.encode(), url=article.url)
        for article in articles
    ]
    add(desk._connection, pages, read)


def near(desk: Desk, name: str) -> list[str]:
    id = desk.find(f"https://harbour.example/{name}")
    assert id
    return [line.headline for line in desk.similar(id)]


def test_neighbours_know_each_other_whatever_came_first(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        put(desk, article("mill", MILL), article("ferry", FERRY))
        put(desk, article("blaze", BLAZE), article("ticket", TICKET))
        assert near(desk, "mill")[0] == "blaze"
        assert near(desk, "blaze")[0] == "mill"
        assert near(desk, "ferry")[0] == "ticket"
        assert near(desk, "ticket")[0] == "ferry"
        for line in desk.newest():
            filed = desk.article(line.id)
            assert filed
            scores = [one.score or 0 for one in filed.similar]
            assert scores == sorted(scores, reverse=True)
            assert 0.3 < scores[0] <= 1


def test_a_new_version_leaves_its_old_neighbours_and_finds_new_ones(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        put(desk, article("mill", MILL), article("blaze", BLAZE), article("ferry", FERRY))
        assert near(desk, "mill")[0] == "blaze"
        put(desk, article("blaze", TICKET))
        assert near(desk, "blaze")[0] == "ferry"
        assert near(desk, "ferry")[0] == "blaze"
        assert "blaze" not in near(desk, "mill")
        put(desk, article("mill", FERRY + " " + TICKET), article("mill", MILL + " " + BLAZE))
        assert "mill" not in near(desk, "ferry")[:1]
        assert desk.check() == []
        counted = Counter[int]()
        for (run,) in desk._connection.execute("SELECT content FROM terms"):
            counted.update(dict(zip(*map(np.ndarray.tolist, unpack_run(run)), strict=True)))
        assert min(counted.values()) >= 0
        assert max(counted.values()) == 3


# Copies, the easy ones, are not among the neighbours.
@pytest.mark.parametrize(("name", "floor"), [("ecbplus-dev", 0.975), ("wikinews-dev", 0.89)])
def test_the_nearest_tells_the_same_story(tmp_path: Path, name: str, floor: float) -> None:
    file = STORIES / f"{name}.jsonl.gz"
    if not file.exists():
        pytest.skip(f"the labelled stories are not at {file}")
    records = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    story = {f"{number:016x}": record["story"] for number, record in enumerate(records)}
    with Desk(tmp_path / "desk") as desk:
        put(
            desk,
            *(
                Article(
                    id=f"{number:016x}",
                    path=record["id"],
                    url=f"https://harbour.example/{number}",
                    headline=record["headline"] or "",
                    body=(Block("paragraph", record["text"] or ""),),
                )
                for number, record in enumerate(records)
            ),
        )
        reports = {
            (story[id], lineage or id)  # copies of one origin are no neighbours
            for id, lineage in desk._connection.execute("SELECT id, lineage FROM article")
        }
        size = Counter(told for told, _ in reports)
        asked = [id for id in story if size[story[id]] > 1]
        right = sum(story[found[0].id] == story[id] for id in asked if (found := desk.similar(id)))
    assert right / len(asked) >= floor
