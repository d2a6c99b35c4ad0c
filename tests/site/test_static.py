"""The style sheet is small, asks for nothing from elsewhere, and is never stale."""

import gzip
import re

from starlette.testclient import TestClient

from copytaster.site.answers import STATIC


def test_sheet_is_small() -> None:
    assert len(gzip.compress((STATIC / "style.css").read_bytes(), mtime=0)) <= 8000


def test_sheet_loads_nothing() -> None:
    sheet = (STATIC / "style.css").read_text("utf-8")
    assert "url(" not in sheet
    assert "@import" not in sheet
    for physical in ("margin-left", "margin-right", "padding-left", "text-align: left", "float"):
        assert physical not in sheet


def test_sheet_is_cached_under_an_address_of_its_own(client: TestClient) -> None:
    found = re.search(r'href="(/style\.css\?\w+)"', client.get("/").text)
    assert found
    response = client.get(found[1])
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]
