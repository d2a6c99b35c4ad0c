"""Records: what is packed comes back, with the dictionary that the desk learns and without."""

import random
from pathlib import Path

import pytest

from copytaster.article import Article, Block
from copytaster.desk import Desk
from copytaster.desk.record import Records, pack_near, unpack_near

WORDS = [f"{a}{b}{c}" for a in "bdfgkl" for b in "aeiou" for c in ("rn", "st", "ling", "mer")]


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
    with Desk(tmp_path / "desk") as desk, Desk(tmp_path / "desk", mode="read") as reader:
        records = Records(desk._connection)
        plain = [records.pack(article(number)) for number in range(300)]
        desk._connection.executemany(
            "INSERT INTO state (version, added, page, record) VALUES (1, 0, 1, ?)",
            [(one,) for one in plain],
        )
        records.learn(999)
        assert desk._connection.execute("SELECT count(*) FROM dictionary").fetchone() == (0,)
        records.learn(1000)
        kept = [record for (record,) in desk._connection.execute("SELECT record FROM state")]
        assert sum(map(len, kept)) < 0.9 * sum(map(len, plain))
        # A reader that was there before, one that comes later, and records of either kind.
        for one in (Records(desk._connection), reader._lists.records):
            assert [one.unpack(record) for record in kept] == [article(n) for n in range(300)]
            assert one.unpack(plain[7]) == article(7)
        Records(desk._connection).learn(7999)
        assert desk._connection.execute("SELECT count(*) FROM dictionary").fetchone() == (1,)
        records.learn(8000)
        Records(desk._connection).learn(9000)
        assert desk._connection.execute("SELECT count(*) FROM dictionary").fetchone() == (2,)
        for one in (records, Records(desk._connection), reader._lists.records):
            rows = desk._connection.execute("SELECT record FROM state ORDER BY number").fetchall()
            assert [one.unpack(record) for (record,) in rows] == [article(n) for n in range(300)]
            assert one.unpack(kept[7]) == one.unpack(plain[7]) == article(7)


def test_a_desk_of_the_same_text_over_and_over_learns_nothing(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk") as desk:
        records = Records(desk._connection)
        same = records.pack(Article(id="0" * 16, path="-", headline="Same"))
        desk._connection.execute(
            "INSERT INTO state (version, added, page, record) VALUES (1, 0, 1, ?)", (same,)
        )
        records.learn(1000)
        assert records.unpack(same).headline == "Same"


@pytest.mark.parametrize("damaged", [b"", b"\0", b"text", b"\x28\xb5\x2f\xfd\x04\x00"])
def test_a_damaged_record_is_a_value_error(tmp_path: Path, damaged: bytes) -> None:
    with Desk(tmp_path / "desk") as desk, pytest.raises(ValueError):
        desk._lists.records.unpack(damaged)


def test_the_nearest_are_kept_in_order() -> None:
    near = [(number, 1 - number % 7 / 10) for number in range(30)]
    kept = unpack_near(pack_near(near))
    assert [number for number, _ in kept] == [0, 7, 14, 21, 28, 1, 8, 15, 22, 29]
    assert kept[0][1] == 1.0
