"""Room that nothing stands in is given back, and nobody is kept waiting for it."""

from pathlib import Path

import pytest
from tests.desk.test_claims import put

from copytaster.desk import Desk
from copytaster.desk.room import give_back


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """A desk with much room that nothing stands in."""
    path = tmp_path / "news.desk"
    with Desk(path) as desk:
        for number in range(5):
            put(desk, f"note {number}", f"Number {number} is noted here.")
        desk._connection.execute("CREATE TABLE more (content)")
        desk._connection.execute("INSERT INTO more VALUES (zeroblob(1000000))")
        desk._connection.execute("DROP TABLE more")
    return path


def test_a_small_desk_is_made_anew(loose: Path) -> None:
    before = loose.stat().st_size
    with Desk(loose) as desk, Desk(loose, mode="read") as reader:
        lines = reader.newest()
        give_back(desk._connection)
        assert loose.stat().st_size < before - 900_000
        assert reader.newest() == desk.newest() == lines
        assert reader.check() == []
        assert [line.headline for line in desk.search("noted")] == [one.headline for one in lines]


def test_nothing_is_done_where_it_would_wait_or_take_long(
    loose: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(loose) as desk, Desk(loose) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        give_back(desk._connection)
        other._connection.execute("ROLLBACK")
        assert desk._connection.execute("PRAGMA busy_timeout").fetchone() == (60_000,)
        monkeypatch.setattr("copytaster.desk.room.SMALL", 1 << 20)
        give_back(desk._connection)
        monkeypatch.undo()
        assert desk._connection.execute("PRAGMA freelist_count").fetchone()[0] > 100
        desk._connection.execute("PRAGMA max_page_count = 20")
        give_back(desk._connection)
        assert desk.check() == []
