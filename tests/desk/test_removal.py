"""Articles are taken off a desk: nothing of them stays; all else is as if they had never come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.test_claims import claim, put, stage
from tests.desk.test_upgrade import story_of
from typer.testing import CliRunner

from copytaster.cli import cli
from copytaster.desk import Desk, DeskError
from copytaster.desk.removal import remove

TEXT = "“It blew,” said Ida Holm of the harbour of Seln, where the storm took the roof of a shed."


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "news.desk"
    with Desk(path) as desk:
        for name in ("storm", "again", "frost"):
            put(desk, name, TEXT if name != "frost" else "“It froze,” said Per Lund.")
        put(desk, "storm", f"{TEXT} Quicklime was spared.")
        claim(desk, stage(("Ida Holm", "“It blew,”"), ("Per Lund", "“It froze,”")))
        kept = {line.headline: line.id for line in desk.newest(limit=10)}
        desk.merge(story_of(desk, kept["storm"]), story_of(desk, kept["frost"]))
        desk._connection.execute(
            "INSERT INTO picture SELECT number, 'p.png', 'image/png', x'01' FROM article"
        )
    yield path
    with Desk(path, mode="read") as desk:
        assert desk.check() == []
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def ids(path: Path) -> dict[str, str]:
    with Desk(path, mode="read") as desk:
        return {line.headline: line.id for line in desk.newest(limit=10)}


def test_nothing_of_it_stays(path: Path) -> None:
    before = ids(path)
    gone = before["storm"]
    with Desk(path, mode="read") as desk:
        page = desk.page(gone)
        filed = desk.article(gone)
        assert page and filed and filed.listing.story
        assert desk.claims.of(gone)
        story, others = filed.listing.story, desk.search("froze")
    remove(path, [gone])
    assert ids(path) == {name: id for name, id in before.items() if id != gone}
    assert b"Quicklime" not in path.read_bytes()
    with Desk(path) as desk:
        assert desk.article(gone) is None
        assert desk.page(gone) is None
        assert not desk.claims.of(gone)
        assert desk.search("quicklime") == []
        assert [line.id for line in desk.search("froze")] == [line.id for line in others]
        led = desk.story(story)
        assert led and [report.origin.id for report in led.reports] == [before["frost"]]
        (pictures,) = desk._connection.execute("SELECT count(*) FROM picture").fetchone()
        assert pictures == 2
        put(desk, "storm", f"{TEXT} Quicklime was spared.")
        assert desk.article(gone) is None  # nor does it come back


def test_a_desk_may_be_left_empty(path: Path) -> None:
    remove(path, ids(path).values())
    assert ids(path) == {}


def test_a_desk_in_use_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copytaster.desk.upgrade.WAIT_SECONDS", 0.1)
    before = ids(path)
    with Desk(path, mode="read") as reader:
        reader.newest()
        with pytest.raises(DeskError, match="another process has it open"):
            remove(path, before.values())
    assert ids(path) == before


def test_the_command_says_how_many_and_asks(path: Path) -> None:
    run, before = CliRunner(), ids(path)
    at = ["--desk", str(path)]

    def said(*words: str) -> tuple[int, str]:
        done = run.invoke(cli, ["remove", *words, *at])
        return done.exit_code, done.output.replace("\n", " ")

    code, text = said(before["storm"])
    assert code != 0 and "1 article of 3" in text and "--yes" in text
    assert said()[0] != 0
    code, text = said("nothing", "--yes")
    assert code == 1 and "no such article" in text
    code, text = said("--outlet", "nobody.example", "--yes")
    assert code == 1 and "no such outlet" in text
    assert ids(path) == before
    code, text = said("https://harbour.example/storm", "--yes")
    assert code == 0 and "1 article taken off; 2 left" in text
    assert set(ids(path)) == {"again", "frost"}
    code, text = said("--outlet", "harbour.example", "--yes")
    assert code == 0 and "2 articles taken off; 0 left" in text
