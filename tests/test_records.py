import gzip
from pathlib import Path

import pytest

from copytaster.records import RecordError, full_text, records


def test_articles_and_labelled_texts(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"id": "1", "headline": "H", "standfirst": "S", "pictures": [{"caption": "C"}],'
        ' "body": [{"kind": "paragraph", "text": "P"}]}\n\n'
        '{"path": "x.html", "error": "no article found"}\n'
        '{"id": "2", "headline": null, "text": "T"}\n'
    )
    assert [full_text(record) for record in records(str(file))] == ["S\n\nC\n\nP", "T"]


def test_dates_of_other_sets(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"id": "1", "date": 1394470501250}\n'
        '{"id": "2", "date": "2014-03-10", "date_published": "2014-03-11"}\n'
        '{"id": "3", "date": {"of": "no kind that is known"}}\n'
    )
    dates = [record.date_published for record in records(str(file))]
    assert dates == ["2014-03-10T16:55:01.250000+00:00", "2014-03-11", None]


@pytest.mark.parametrize("content", ["nonsense\n", '{"id": 3}\n', "[]\n"])
def test_a_line_that_is_no_record(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "1", "headline": "H"}\n' + content)
    with pytest.raises(RecordError, match=r"a\.jsonl:2: not a record"):
        list(records(str(file)))


def test_marks_of_an_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    line = '{"id": "1", "headline": "H", "text": "T"}\r\n'
    file.write_bytes(line.encode("utf-8-sig"))
    assert [record.id for record in records(str(file))] == ["1"]
    file.write_bytes(line.encode("utf-16"))
    with pytest.raises(RecordError, match=r"a\.jsonl: is UTF-16"):
        list(records(str(file)))


def test_missing_and_truncated_files(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="none"):
        list(records(str(tmp_path / "none.jsonl")))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b'{"id": "1", "headline": "H"}\n' * 999)[:40])
    with pytest.raises(RecordError, match="cut"):
        list(records(str(cut)))
