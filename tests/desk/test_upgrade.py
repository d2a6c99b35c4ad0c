"""A desk of an older version is made anew: all that came to it is there, and nothing is lost."""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import zstandard
from tests.desk.test_claims import claim, put, stage
from typer.testing import CliRunner

from copytaster.cli import cli
from copytaster.desk import Desk, DeskError, recipe
from copytaster.desk.recipe import Result
from copytaster.desk.record import pack_bytes
from copytaster.desk.schema import OLDEST, VERSION
from copytaster.desk.upgrade import upgrade
from copytaster.page import Page, Unreadable

UPGRADE = """
import sys
from pathlib import Path
from copytaster.desk import older, upgrade
older.BATCH = 5
upgrade.upgrade(Path(sys.argv[1]))
"""


def age(path: Path, version: int = OLDEST) -> Path:
    """Make a desk one of an older version: up to 4 its pages are in a table of their own."""
    facts = "url", "fetched", "media_type", "charset", "content"
    with Desk(path) as desk:
        connection, records = desk._connection, desk._lists.records
        pages = [
            (number, record, records.unpack_page(record, page))
            for number, record, page in connection.execute(
                "SELECT number, record, page FROM state"
            ).fetchall()
        ]
        for column in ("page", "item", *(["name"] if version < 5 else [])):
            connection.execute(f"ALTER TABLE state DROP COLUMN {column}")
        if version < 5:
            columns = ", ".join(("number INTEGER PRIMARY KEY", "name", *facts))
            connection.execute(f"CREATE TABLE page ({columns})")
            for table in ("state", "missed"):
                connection.execute(f"ALTER TABLE {table} ADD COLUMN page INTEGER")
            connection.execute("UPDATE state SET page = number")
            connection.execute("UPDATE missed SET page = 1000 + number WHERE content IS NOT NULL")
            connection.execute(
                f"INSERT INTO page SELECT page, path, {', '.join(facts)} FROM missed "
                "WHERE page IS NOT NULL"
            )
            for column in facts[1:]:
                connection.execute(f"ALTER TABLE missed DROP COLUMN {column}")
        else:
            for column in facts:
                connection.execute(f"ALTER TABLE state ADD COLUMN {column}")
        for number, record, page in pages:
            told = page.url, page.fetched, page.media_type, page.charset
            if version < 5:
                connection.execute(
                    "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (number, page.path, *told, pack_bytes(page.content)),
                )
            else:
                said = zstandard.ZstdCompressionDict(
                    records._said(record), dict_type=zstandard.DICT_TYPE_RAWCONTENT
                )
                packed = zstandard.ZstdCompressor(dict_data=said).compress(page.content)
                connection.execute(
                    "UPDATE state SET (url, fetched, media_type, charset, content) = "
                    "(?, ?, ?, ?, ?) WHERE number = ?",
                    (*told, packed, number),
                )
        connection.execute(f"PRAGMA user_version = {version}")
    return path


def miss(desk: Desk, path: str, content: bytes) -> None:
    """List a page as one that cannot be read."""

    def read(pages: object) -> Iterator[Result]:
        yield page, Unreadable(path=path, error="no article found")

    page = Page(path=path, content=content)
    recipe.add(desk._connection, [page], read)


@pytest.fixture
def older(today: Path) -> Path:
    """An older desk with all that cannot be made again."""
    return age(today)


@pytest.fixture
def today(tmp_path: Path) -> Path:
    """The same, of this version."""
    path = tmp_path / "news.desk"
    with Desk(path) as desk:
        make = stage(("Ida Holm", "“It blew,”"), ("Per Lund", "“It froze,”"), ("Holm", "“Thaw,”"))
        storm = put(desk, "storm", "“It blew,” said Ida Holm.")
        frost = put(desk, "frost", "“It froze,” said Per Lund.")
        thaw = put(desk, "thaw", "“Thaw,” said Holm.")
        claim(desk, make)
        put(desk, "storm", "“It blew,” said Ida Holm. So it did.")
        claim(desk, make)
        miss(desk, "menu.html", b"<nav>")
        desk.merge(*(story for id in (storm, frost) if (story := story_of(desk, id))))
        desk.claims.same(
            "ida-holm", next(o.key for o in desk.claims.speakers() if o.name == "Holm")
        )
        desk.count_reads({storm: 3, thaw: 1}, date(2026, 1, 2))
        desk._connection.execute("INSERT INTO fetched VALUES ('a', 'b', 'c', NULL)")
        desk._connection.execute("UPDATE article SET place = '/home/frost' WHERE id = ?", (frost,))
        desk._connection.execute(
            "INSERT INTO picture SELECT number, 'p.png', 'image/png', x'01' FROM article"
        )
    return path


def story_of(desk: Desk, id: str) -> str:
    (number,) = desk._connection.execute(
        "SELECT printf('%016x', story.id) FROM article JOIN story ON story.number = story "
        "WHERE article.id = ?",
        (id,),
    ).fetchone()
    return str(number)


def told(path: Path) -> dict[str, object]:
    """Give what must be the same after."""
    with Desk(path, mode="read") as desk:
        assert desk.check() == []
        ids = [line.id for line in desk.newest(limit=100)]
        filed = {id: desk.article(id) for id in ids}
        kept = desk._connection.execute(
            "SELECT (SELECT group_concat(hex(digest)) FROM seen), "
            "(SELECT group_concat(url || source || etag) FROM fetched), "
            "(SELECT group_concat(place) FROM article), (SELECT count(*) FROM picture)"
        ).fetchone()
        return {
            "articles": {id: one and (one.article, one.listing, one.versions, one.story)
                for id, one in filed.items()},
            "pages": [desk.page(id, version=version) for id in ids for version in (1, 2)],
            "claims": {id: [desk.claims.of(id, version=v) for v in (1, 2)] for id in ids},
            "speakers": desk.claims.speakers(),
            "namings": desk.claims.rulings(),
            "rulings": desk.rulings(),
            "missed": desk.missed(),
            "search": [line.id for line in desk.search("says:blew")],
            "kept": kept,
        }  # fmt: skip


@pytest.mark.parametrize("version", [OLDEST, 5])
def test_all_that_came_is_there_and_the_old_desk_is_kept(today: Path, version: int) -> None:
    before = told(today)
    older = age(today, version)
    content = older.read_bytes()
    done: list[tuple[int, int]] = []
    kept = upgrade(older, progress=lambda *one: done.append(one))
    assert done == [(4, 4)]
    assert kept == older.with_name(f"news.desk.version-{version}")
    assert kept.read_bytes() == content
    assert sorted(path.name for path in older.parent.iterdir()) == [older.name, kept.name]
    after = told(older)
    for what, was in before.items():
        assert after[what] == was, what
    assert upgrade(older) == older  # there is nothing to do


def test_the_addresses_of_stories_lead_on(older: Path) -> None:
    connection = sqlite3.connect(older)
    ids = [id for (id,) in connection.execute("SELECT printf('%016x', id) FROM story")]
    ids += [id for (id,) in connection.execute("SELECT printf('%016x', id) FROM former")]
    connection.close()
    assert len(ids) == 3  # two of which were merged
    upgrade(older)
    with Desk(older, mode="read") as desk:
        assert all(desk.story(id) for id in ids)


def test_it_is_said_in_one_line_and_done_by_one_command(older: Path) -> None:
    run = CliRunner()
    said = run.invoke(cli, ["search", "storm", "--desk", str(older)])
    assert said.exit_code != 0
    command = said.output.partition("bring it up with: ")[2].replace("\n", " ").split()
    assert command[:2] == ["copytaster", "upgrade"]
    done = run.invoke(cli, ["upgrade", "--desk", str(older)])
    assert done.exit_code == 0
    assert f"the old one is kept as {older}.version-{OLDEST}" in done.output.replace("\n", "")
    assert "already" in run.invoke(cli, ["upgrade", "--desk", str(older)]).output


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_desk(
    today: Path,
) -> None:
    with Desk(today) as desk:
        for number in range(80):
            put(desk, f"note {number}", f"Number {number} is noted here.")
    count = len(told(today)["articles"])  # type: ignore[arg-type]
    older = age(today)
    for number in range(8):
        process = subprocess.Popen([sys.executable, "-c", UPGRADE, str(older)])
        time.sleep(0.3 + number * 0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        connection = sqlite3.connect(older)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (articles,) = connection.execute("SELECT count(*) FROM article").fetchone()
        connection.close()
        assert version in (OLDEST, VERSION)
        assert articles == count
    upgrade(older)
    assert len(told(older)["articles"]) == count  # type: ignore[arg-type]
    assert not older.with_name("news.desk.upgrading").exists()


def test_a_full_disk_leaves_the_desk_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = older.read_bytes()

    def full(*given: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("copytaster.desk.older._claims", full)
    with pytest.raises(DeskError, match="disk is full"):
        upgrade(older)
    assert older.read_bytes() == content
    assert [path.name for path in older.parent.iterdir()] == [older.name]


def test_a_desk_that_others_have_open_is_left_alone(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("copytaster.desk.schema.VERSION", OLDEST)
        reader = Desk(older, mode="read")
        reader.newest()
    monkeypatch.setattr("copytaster.desk.upgrade.WAIT_SECONDS", 0.1)
    with pytest.raises(DeskError, match="another process has it open"):
        upgrade(older)
    reader.close()
    assert upgrade(older) != older


def test_what_is_damaged_is_listed_with_its_page(older: Path) -> None:
    connection = sqlite3.connect(older)
    connection.execute("UPDATE state SET record = x'00' WHERE number = 2")
    connection.execute("UPDATE page SET content = x'00' WHERE number = 3")
    connection.commit()
    connection.close()
    upgrade(older)
    with Desk(older) as desk:
        assert desk.check() == []
        missed = {one.path: (one.error.partition(";")[0], one.kept) for one in desk.missed()}
        assert missed == {
            "frost": ("its record on the older desk was damaged", True),
            "thaw": ("the page kept on the older desk was damaged", False),
            "menu.html": ("no article found", True),
        }
        assert [line.headline for line in desk.newest()] == ["storm"]


@pytest.mark.parametrize(
    ("version", "said"), [(OLDEST - 1, "too old to be upgraded"), (VERSION + 1, "a newer")]
)
def test_other_versions_are_left_alone(tmp_path: Path, version: int, said: str) -> None:
    path = tmp_path / "other.desk"
    with Desk(path) as desk:
        desk._connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(DeskError, match=said):
        upgrade(path)
    with pytest.raises(DeskError, match="there is no desk"):
        upgrade(tmp_path / "none.desk")
    (tmp_path / "text").write_text("no desk, but some text that is long enough" * 20)
    with pytest.raises(DeskError, match="is not a desk"):
        upgrade(tmp_path / "text")


def test_a_link_to_a_desk_stays_one(older: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "mine.desk").symlink_to(older)
    upgrade(home / "mine.desk")
    assert (home / "mine.desk").is_symlink()
    assert [path.name for path in home.iterdir()] == ["mine.desk"]
    Desk(home / "mine.desk").close()
