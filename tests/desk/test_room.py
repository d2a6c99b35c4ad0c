"""Room that nothing stands in is given back, and nobody is kept waiting for it."""

from pathlib import Path

import pytest
from tests.desk.test_claims import put

from copytaster.desk import Desk
from copytaster.desk.room import FEW_PAGE_BYTES, give_back
from copytaster.desk.schema import PAGE_BYTES


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
        give_back(desk._connection, 5)
        assert loose.stat().st_size < before - 900_000
        assert reader.newest() == desk.newest() == lines
        assert reader.check() == []
        assert [line.headline for line in desk.search("noted")] == [one.headline for one in lines]


def test_nothing_is_done_where_it_would_wait_or_take_long(
    loose: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk(loose) as desk, Desk(loose) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        give_back(desk._connection, 5)
        other._connection.execute("ROLLBACK")
        assert desk._connection.execute("PRAGMA busy_timeout").fetchone() == (60_000,)
        monkeypatch.setattr("copytaster.desk.room.SMALL", 1 << 20)
        give_back(desk._connection, 5)
        monkeypatch.undo()
        assert desk._connection.execute("PRAGMA freelist_count").fetchone()[0] > 50
        desk._connection.execute("PRAGMA max_page_count = 20")
        give_back(desk._connection, 5)
        assert desk.check() == []


def test_pages_are_small_where_articles_are_few(
    loose: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bytes_of_a_page(desk: Desk) -> int:
        (found,) = desk._connection.execute("PRAGMA page_size").fetchone()
        assert desk._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert desk.check() == []
        return int(found)

    with Desk(loose) as desk:
        with Desk(loose, mode="read") as reader:
            lines = reader.newest()
            give_back(desk._connection, 5)
            assert bytes_of_a_page(desk) == PAGE_BYTES  # not while somebody reads
        give_back(desk._connection, 5)
        assert bytes_of_a_page(desk) == FEW_PAGE_BYTES
        assert desk.newest() == lines
        monkeypatch.setattr("copytaster.desk.room.FEW", 5)
        monkeypatch.setattr("copytaster.desk.room.SMALL", 0)
        monkeypatch.setattr("copytaster.desk.room.LARGE", 0)
        give_back(desk._connection, 0)
        assert bytes_of_a_page(desk) == PAGE_BYTES
        assert desk.newest() == lines


def test_a_desk_that_is_served_is_not_made_anew_again_and_again(loose: Path) -> None:
    done: list[str] = []
    with Desk(loose) as desk, Desk(loose, mode="read") as reader:
        give_back(desk._connection, 5)  # pages keep their size while somebody reads
        desk._connection.set_trace_callback(done.append)
        give_back(desk._connection, 0)
        assert "VACUUM" not in done
        assert reader.newest() == desk.newest()
    with Desk(loose) as desk:
        desk._connection.set_trace_callback(done.append)
        give_back(desk._connection, 0)
        assert "VACUUM" in done


def test_a_desk_that_was_left_without_its_log_gets_it_again(loose: Path) -> None:
    with Desk(loose) as desk:
        desk._connection.execute("PRAGMA journal_mode = DELETE")
    with Desk(loose) as desk:
        assert desk._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
