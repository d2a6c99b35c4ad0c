import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.credits import split_credit


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Photo: EPA Northland President Ada Lind", "Northland President Ada Lind", "EPA"),
        ("Ada Lind on Friday (AP Photo/Jane Doe)", "Ada Lind on Friday", "AP Photo/Jane Doe"),
        ("Ada Lind am Freitag. Foto: dpa", "Ada Lind am Freitag.", "dpa"),
        ("© Reuters", None, "Reuters"),
        ("Foto: Jane Doe/dpa", None, "Jane Doe/dpa"),
        ("Ada Lind in the harbour", "Ada Lind in the harbour", None),
        ("Ada Lind (left) and Bo Falk (right)", "Ada Lind (left) and Bo Falk (right)", None),
        ("", None, None),
    ],
)
def test_a_photo_line_is_taken_apart(line: str, caption: str | None, credit: str | None) -> None:
    assert split_credit(line) == (caption, credit)


@given(st.text(max_size=200))
def test_what_comes_out_stands_in_the_line(line: str) -> None:
    for piece in split_credit(line):
        assert piece is None or (piece and piece in line)
