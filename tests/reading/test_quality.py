"""Floors of quality on the labelled pages: a change that reads worse fails."""

import runpy
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench/reading.py"


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    bench = runpy.run_path(str(BENCH))
    if not bench["DATA"].exists():
        pytest.skip(f"the labelled pages are not here: {bench['DATA']}")
    every = bench["pages"]()
    scores: dict[str, Any] = bench["score"](sorted(every), every)
    return scores


def test_no_page_is_lost(table: dict[str, Any]) -> None:
    assert table["lost"] == []


@pytest.mark.parametrize(
    ("name", "floor"),
    [("scrapinghub body", 0.97), ("fundus body", 0.965)],
)
def test_bodies(table: dict[str, Any], name: str, floor: float) -> None:
    assert table[name][2] >= floor


@pytest.mark.parametrize(
    ("name", "floor"),
    [("scrapinghub exact", 0.38), ("title", 0.84), ("byline", 0.85), ("date right", 0.98)],
)
def test_fields(table: dict[str, Any], name: str, floor: float) -> None:
    assert table[name] >= floor


def test_dates_are_refused_rather_than_wrong(table: dict[str, Any]) -> None:
    assert table["date wrong"] <= 0.01


@pytest.mark.parametrize(("name", "floor"), [("caption", 0.82), ("credit", 0.82)])
def test_pictures(table: dict[str, Any], name: str, floor: float) -> None:
    assert table[name].f1 >= floor


def test_captions_stay_out_of_the_body(table: dict[str, Any]) -> None:
    assert table["captions in body"] <= 8


@pytest.mark.parametrize(
    ("field", "floor"),
    [("headline", 1.0), ("body", 1.0), ("publisher", 0.98), ("language", 0.98), ("bylines", 0.9),
     ("date_published", 0.95), ("pictures", 0.9), ("teasers", 0.75), ("section", 0.6)],
)  # fmt: skip
def test_fields_are_filled(table: dict[str, Any], field: str, floor: float) -> None:
    assert table["fill"][field] >= floor
