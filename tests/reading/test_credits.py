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
        ("Ada Lind at sea. Picture by Bo Falk", "Ada Lind at sea.", "Bo Falk"),
        ("Ada Lind at sea. Bo Falk (dpa/Alliance)", "Ada Lind at sea.", "Bo Falk (dpa/Alliance)"),
        ("Ada Lind at sea. dpa", "Ada Lind at sea.", "dpa"),
        ("Ada Lind at the harbour | Bo Falk", "Ada Lind at the harbour", "Bo Falk"),
        ("Foto de familia de la cumbre", "Foto de familia de la cumbre", None),
        ("Photo by Bo Falk", None, "Bo Falk"),
        ("Photograph: Bo Falk/Alamy", None, "Bo Falk/Alamy"),
        ("海を照らす灯台＝早瀬澄子撮影", "海を照らす灯台＝早瀬澄子撮影", None),
        (
            "八年ぶりに海を照らす汐見灯台＝早瀬澄子撮影",
            "八年ぶりに海を照らす汐見灯台",
            "早瀬澄子撮影",
        ),
        ("Ada Lind at sea.Bo Falk (dpa/Alliance)", "Ada Lind at sea.", "Bo Falk (dpa/Alliance)"),
        ("Ada Lind at sea. REUTERS/Bo Falk", "Ada Lind at sea.", "REUTERS/Bo Falk"),
        ("Ada Lind at sea. (Nordholm Town Hall)", "Ada Lind at sea.", "Nordholm Town Hall"),
        ("Ada Lind auf See. (Archivbild)", "Ada Lind auf See. (Archivbild)", None),
        ("Ada Lind an Bord / Bo Falk", "Ada Lind an Bord", "Bo Falk"),
        ("[2/5]Ada Lind at sea", "Ada Lind at sea", None),
        ("Image Credits: Lind Boats", None, "Lind Boats"),
        ("© Bo Falk/Copyright 2031 The Post. All rights reserved.", None, "Bo Falk"),
        ("港の船（Ｃ）汐見通信", "港の船", "汐見通信"),
        ("八年ぶりに海を照らす灯台（早瀬澄子撮影）", "八年ぶりに海を照らす灯台", "早瀬澄子"),
        ("港の船＝ＡＰ", "港の船", "ＡＰ"),
        ("Ada Lind at sea | AP", "Ada Lind at sea", "AP"),
        ("Ada Lind at sea. Supplied", "Ada Lind at sea.", "Supplied"),
        ("Ada Lind in Nordholm. (Nordholm)", "Ada Lind in Nordholm. (Nordholm)", None),
        (
            "Lind Lodge at sea. Lind Lodge/Bo Falk-lind.example",
            "Lind Lodge at sea. Lind Lodge/Bo Falk-lind.example",
            None,
        ),
        (
            "Lind Lodge at sea. Lind Lodge/Bo Falk-falk.com",
            "Lind Lodge at sea.",
            "Lind Lodge/Bo Falk-falk.com",
        ),
        ("", None, None),
    ],
)
def test_a_photo_line_is_taken_apart(line: str, caption: str | None, credit: str | None) -> None:
    assert split_credit(line) == (caption, credit)


@given(st.text(max_size=200))
def test_what_comes_out_stands_in_the_line(line: str) -> None:
    for piece in split_credit(line):
        assert piece is None or (piece and piece in line)
