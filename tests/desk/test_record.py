"""Records: what is packed comes back, with the dictionary that the desk learns and without."""

import random
from pathlib import Path

import pytest

from copytaster.article import Article, Block
from copytaster.desk import Desk
from copytaster.desk.record import Records, pack_bytes, pack_near, unpack_near
from copytaster.page import Page

WORDS = [f"{a}{b}{c}" for a in "bdfgkl" for b in "aeiou" for c in ("rn", "st", "ling", "mer")]


PAGE = Page(path="a.html", content=b"<html>the same page to all</html>", fetched="2026-01-01")


def article(number: int) -> Article:
    draw = random.Random(number)
    text = [" ".join(draw.choices(WORDS, k=60)) for _ in range(4)]
    return Article(
        id=f"{number:016x}",
        path=f"{number}.html",
        headline=" ".join(draw.choices(WORDS, k=6)),
        body=tuple(Block("paragraph", one) for one in text),
    )


def test_the_desk_learns_how_its_articles_are_worded(tmp_path: Path) -> None:
    articles = [article(number) for number in range(300)]
    with Desk(tmp_path / "desk") as desk, Desk(tmp_path / "desk", mode="read") as reader:
        records = Records(desk._connection)
        packed = [[records.pack(article(number), PAGE) for number in range(300)]]
        keep(desk, packed[0])
        for due, lessons in ((99, 0), (100, 1), (999, 1), (1000, 2), (7999, 2), (8000, 3)):
            records.learn(due)
            Records(desk._connection).learn(due)
            told = desk._connection.execute("SELECT count(*) FROM dictionary").fetchone()
            assert told == (lessons,)
            packed.append([records.pack(article(number), PAGE) for number in range(300)])
        sizes = [sum(len(record) for record, _ in one) for one in packed]
        assert sizes[2] < 0.9 * sizes[0]
        assert sizes[0] == sizes[1]
        # Who wrote them, a reader that was there before, and one that comes later.
        for one in (records, reader._lists.records, Records(desk._connection)):
            for some in packed:
                assert [one.unpack(record) for record, _ in some] == articles
                assert {one.unpack_page(*both) for both in some} == {PAGE}


def test_a_page_is_packed_as_what_follows_on_its_record(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        records = desk._lists.records
        one = article(1)
        body = "".join(f"<p>{block.text}</p>" for block in one.body)
        page = Page(path=one.path, content=f"<html><body>{body}".encode())
        record, content = records.pack(one, page)
        assert len(content) < 0.2 * len(pack_bytes(page.content))
        assert records.unpack_page(record, content) == page
        other, _ = records.pack(article(2), page)
        for damaged in ((other, content), (record, content[:-1]), (record, b""), (b"", content)):
            with pytest.raises(ValueError):
                records.unpack_page(*damaged)


def test_what_came_before_the_desk_learned_is_packed_anew(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk, Desk(tmp_path / "desk", mode="read") as reader:
        records = Records(desk._connection)
        keep(desk, [records.pack(article(number), PAGE) for number in range(120)])
        before = states(desk)
        records.renew()
        assert states(desk) == before  # it learned nothing yet
        records.learn(100)
        keep(desk, [(b"damaged", b"")])
        Records(desk._connection).renew()
        after = states(desk)
        assert sum(len(record) for record, _ in after) < 0.95 * sum(len(one) for one, _ in before)
        assert after.pop() == (b"damaged", b"")
        assert [reader._lists.records.unpack(one) for one, _ in after] == [
            article(number) for number in range(120)
        ]
        assert {reader._lists.records.unpack_page(*both) for both in after} == {PAGE}


def states(desk: Desk) -> list[tuple[bytes, bytes]]:
    return desk._connection.execute("SELECT record, page FROM state ORDER BY number").fetchall()


def keep(desk: Desk, packed: list[tuple[bytes, bytes]]) -> None:
    desk._connection.executemany(
        "INSERT INTO state (version, added, name, item, record, page) VALUES (1, 0, '', 0, ?, ?)",
        packed,
    )


def test_a_desk_of_the_same_text_over_and_over_learns_nothing(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        records = Records(desk._connection)
        empty = Page(path="-", content=b"")
        same = records.pack(Article(id="0" * 16, path="-", headline="Same"), empty)
        keep(desk, [same])
        records.learn(1000)
        assert records.unpack(same[0]).headline == "Same"
        assert records.unpack_page(*same) == empty


@pytest.mark.parametrize("damaged", [b"", b"\0", b"text", b"\x28\xb5\x2f\xfd\x04\x00"])
def test_a_damaged_record_is_a_value_error(tmp_path: Path, damaged: bytes) -> None:
    with Desk(tmp_path / "desk") as desk, pytest.raises(ValueError):
        desk._lists.records.unpack(damaged)


def test_the_nearest_are_kept_in_order() -> None:
    near = [(number, 1 - number % 7 / 10) for number in range(30)]
    kept = unpack_near(pack_near(near))
    assert [number for number, _ in kept] == [0, 7, 14, 21, 28, 1, 8, 15, 22, 29]
    assert kept[0][1] == 1.0
