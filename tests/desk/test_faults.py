"""What goes wrong around a desk: kills, crowds, full disks, files that are no desks."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from copytaster.desk import Desk, DeskError
from copytaster.desk.listing import Tally
from copytaster.desk.recipe import Result, add
from copytaster.desk.schema import faults
from copytaster.desk.upgrade import upgrade
from copytaster.intake import Pile
from copytaster.page import Page, Unreadable
from copytaster.reading import read

ADD = """
import sys
from copytaster.desk import Desk, recipe
recipe.BATCH_SECONDS, recipe.BATCH_ARTICLES = 0.01, 7
with Desk(sys.argv[1]) as desk:
    print(desk.add(*sys.argv[2:], claims=False))
"""

PAGE = """<!doctype html><html lang=en><head><title>{headline}</title>
<link rel=canonical href="https://harbour.example/{number}">
<meta property="article:published_time" content="2024-03-{day:02}T08:00:00Z"></head>
<body><article><h1>{headline}</h1><p>{one}</p><p>{two}</p><p>{three}</p></article></body></html>"""

MODES: tuple[Literal["read", "write"], ...] = ("read", "write")

WORDS = (
    "harbour",
    "wall",
    "storm",
    "ferry",
    "council",
    "repairs",
    "night",
    "tide",
    "crew",
    "quay",
    "lantern",
    "budget",
    "winter",
    "master",
    "rope",
    "signal",
    "engineer",
    "village",
    "market",
    "bridge",
    "delay",
    "notice",
    "inquiry",
    "report",
    "weather",
    "pilot",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of 60 pages, one of which cannot be read."""
    home = tmp_path_factory.mktemp("pages")
    draw = random.Random(5)

    def sentences() -> str:
        return " ".join(f"The {' '.join(draw.choices(WORDS, k=11))}." for _ in range(4))

    for number in range(59):
        page = PAGE.format(
            number=number,
            headline=f"Note {number}: {' '.join(draw.choices(WORDS, k=4))}",
            day=number % 28 + 1,
            one=sentences(),
            two=sentences(),
            three=sentences(),
        )
        (home / f"{number:03}.html").write_text(page)
    (home / "empty.html").write_bytes(b"")
    return home


def add_here(desk: Desk, *sources: Path) -> Tally:
    """Add without worker processes, which take a second to start."""

    def read_here(pages: Iterable[Page | Unreadable]) -> Iterator[Result]:
        for page in pages:
            assert isinstance(page, Page)
            yield page, read(page)

    with faults(desk.path):
        return add(desk._connection, Pile([str(source) for source in sources]), read_here)


def adding(desk: Path, *sources: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ADD, str(desk), *map(str, sources)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def contents(path: Path) -> list[tuple[str, int, int, str]]:
    with Desk(path, mode="read") as desk:
        assert desk.check() == []
        lines = desk.newest(limit=1000)
        return sorted(
            (line.headline, len(desk.similar(line.id)), line.also, line.story or "")
            for line in lines
        )


def test_ten_kills_and_the_next_add_completes(tmp_path: Path, pages: Path) -> None:
    draw = random.Random()
    path = tmp_path / "killed.desk"
    for _ in range(10):
        process = adding(path, pages)
        # Each time the run gets a little further, as the desk has more already.
        time.sleep(draw.uniform(0.25, 0.9))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    if path.exists() and path.stat().st_size:
        with Desk(path) as desk:
            assert desk.check() == []
    with Desk(path) as desk:
        tally = desk.add(pages, claims=False)
        assert tally.new + tally.same == 59
        assert tally.unreadable == 1
    assert len(contents(path)) == 59


def test_a_kill_within_a_transaction_leaves_a_sound_desk(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "torn.desk"
    torn = ADD.replace(
        "with Desk",
        "from copytaster.desk.filing import Filing\n"
        "import os\n"
        "count = iter(range(1000))\n"
        "plain = Filing._note_addresses\n"
        "def last(*given):\n"
        "    if next(count) == 40: os.kill(os.getpid(), 9)\n"
        "    plain(*given)\n"
        "Filing._note_addresses = last\n"
        "with Desk",
        1,
    )
    done = subprocess.run([sys.executable, "-c", torn, str(path), str(pages)], check=False)
    assert done.returncode == -signal.SIGKILL
    kept = len(contents(path))
    assert 0 < kept <= 40
    with Desk(path) as desk:
        assert desk.add(pages, claims=False) == Tally(new=59 - kept, same=kept, unreadable=1)


def test_a_kill_while_claims_are_made_loses_nothing(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "claimed.desk"
    with Desk(path) as desk:
        add_here(desk, *sorted(pages.iterdir())[:12])
    made = (
        "import sys\nfrom copytaster.desk import Desk, claiming\nclaiming.BATCH_ARTICLES = 2\n"
        "with Desk(sys.argv[1]) as desk:\n    desk.claims.make()\n"
    )
    for seconds in (1.5, 3.0):
        process = subprocess.Popen(
            [sys.executable, "-c", made, str(path)], start_new_session=True, stderr=subprocess.PIPE
        )
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    with Desk(path) as desk:
        assert desk.check() == []
        pending = desk.claims.progress().pending
        assert desk.claims.make().articles == pending
        assert desk.claims.progress().pending == 0
        assert desk.check() == []


def test_two_adds_at_once_lose_nothing_and_take_turns(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "both.desk"
    files = sorted(pages.iterdir())
    both = [adding(path, *files[:40]), adding(path, *files[20:])]
    out = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], out
    assert len(contents(path)) == 59


def test_reading_goes_on_while_another_writes(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "busy.desk"
    with Desk(path) as desk:
        add_here(desk, pages / "000.html")
    process = adding(path, pages)
    counts = []
    while process.poll() is None:
        with Desk(path, mode="read") as desk:
            for line in desk.newest(limit=5):
                assert desk.article(line.id) is not None
            counts.append(len(desk.newest(limit=1000)))
    assert process.wait() == 0
    process.communicate()
    assert counts == sorted(counts)
    assert counts[0] >= 1


def test_threads_read_one_desk_each(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "threads.desk"
    with Desk(path) as desk:
        add_here(desk, *sorted(pages.iterdir())[:30])
    wrong: list[object] = []

    def look() -> None:
        with Desk(path, mode="read") as desk:
            for _ in range(20):
                if len(desk.search("storm OR harbour", ranked=True, limit=40)) < 10:
                    wrong.append("too few")

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "full.desk"
    with Desk(path) as desk:
        add_here(desk, pages / "000.html")
        (size,) = desk._connection.execute("PRAGMA page_count").fetchone()
        desk._connection.execute(f"PRAGMA max_page_count = {size + 5}")
        with pytest.raises(DeskError, match=r"full\.desk: no room left on the disk"):
            desk.add(pages, claims=False)
        assert desk.check() == []
        desk._connection.execute("PRAGMA max_page_count = 1000000")
        tally = add_here(desk, *sorted(pages.glob("0*")))
        assert tally.new + tally.same == 59
        assert tally.same >= 1


def test_what_is_no_desk_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="there is no desk"):
        Desk(tmp_path / "missing", mode="read")
    with pytest.raises(DeskError, match="is a directory"):
        Desk(tmp_path)
    text = tmp_path / "notes.txt"
    text.write_text("This is a text of mine, and longer than the header of a database file. " * 20)
    for mode in MODES:
        with pytest.raises(DeskError, match=r"notes\.txt: is not a desk"):
            Desk(text, mode=mode)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (a)")
    other.close()
    with pytest.raises(DeskError, match="is not a desk"):
        Desk(tmp_path / "other.db")
    (tmp_path / "file").touch()
    with pytest.raises(DeskError, match="cannot be made"):
        Desk(tmp_path / "file" / "new.desk")


def test_what_a_first_add_left_that_ran_out_of_room(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "left.desk"
    left = sqlite3.connect(path)
    left.execute("PRAGMA journal_mode = WAL")
    left.close()
    (tmp_path / "nothing.desk").touch()
    for each in (path, tmp_path / "nothing.desk"):
        with pytest.raises(DeskError, match=r"is empty: no desk .* add again, or delete it"):
            Desk(each, mode="read")
        with pytest.raises(DeskError, match="is empty"):
            upgrade(each)
        with Desk(each) as desk:
            add_here(desk, pages / "000.html")
            assert desk.check() == []


@pytest.mark.parametrize(("version", "said"), [(99, "newer"), (1, "older")])
def test_a_desk_of_another_version_is_left_alone(tmp_path: Path, version: int, said: str) -> None:
    with Desk(tmp_path / "other") as desk:
        desk._connection.execute(f"PRAGMA user_version = {version}")
    for mode in MODES:
        with pytest.raises(DeskError, match=f"{said} copytaster .desk version {version}"):
            Desk(tmp_path / "other", mode=mode)


def test_a_damaged_desk_is_found_out(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "damaged.desk"
    with Desk(path) as desk:
        add_here(desk, *sorted(pages.iterdir())[:40])
        desk._connection.execute("UPDATE outlet SET articles = 7")
        desk._connection.execute("UPDATE state SET record = x'00' WHERE number = 3")
        desk._connection.execute("DELETE FROM arrival WHERE number = 5")
        desk._connection.execute("UPDATE state SET page = x'00' WHERE number = 7")
        records = desk._lists.records
        ((record, page),) = desk._connection.execute(
            "SELECT record, page FROM state WHERE number = 9"
        )
        other = replace(records.unpack_page(record, page), url="https://other.example/")
        desk._connection.execute(
            "UPDATE state SET (record, page) = (?, ?) WHERE number = 9",
            records.pack(records.unpack(record), other),
        )
        found = "\n".join(desk.check())
        asked = [id for (id,) in desk._connection.execute(
            "SELECT id FROM article WHERE state IN (3, 7)")]  # fmt: skip
        for id in asked:
            with pytest.raises(DeskError, match="the desk is damaged; bring back a copy"):
                desk.page(id)
        with pytest.raises(DeskError, match="the desk is damaged; bring back a copy"):
            desk.article(asked[0])
    assert "outlets that are counted wrong" in found
    assert "its record cannot be read" in found
    assert "did not arrive" in found
    assert found.count("its saved page cannot be read") == 2  # the record is part of one
    assert "its saved page is not what came" in found
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    try:  # what lies in the middle may be asked for on opening
        with Desk(path, mode="read") as desk:
            assert any(line.startswith("file:") for line in desk.check())
    except DeskError as error:
        assert "damaged" in str(error)


def test_a_desk_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    home = Path(tempfile.mkdtemp(dir="/tmp")) if os.geteuid() == 0 else tmp_path
    path = home / "mine.desk"
    Desk(path).close()
    path.chmod(0o444)
    home.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        with Desk(path, mode="read") as desk:
            assert desk.newest() == []
        with pytest.raises(DeskError, match=r"mine\.desk: the desk cannot be written"):
            Desk(path)
        with pytest.raises(DeskError, match="cannot be opened"):
            Desk(home / "other.desk")
    finally:
        if root:
            os.setresuid(0, 0, 0)
        home.chmod(0o755)
        shutil.rmtree(home)
