"""Reads reach the desk, also one that was busy; a desk that cannot be written is left alone."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from copytaster.desk import DeskError
from copytaster.site.app import app
from copytaster.site.reads import Reads


def test_a_busy_desk_gets_them_later(shelf: Any, tmp_path: Path) -> None:
    reads = Reads(tmp_path)
    reads.count("a")
    shelf.fault = DeskError("busy")
    reads.flush()
    assert shelf.counted == {}
    shelf.fault = None
    reads.count("a")
    reads.flush()
    reads.flush()
    assert shelf.counted == {"a": 2}


def test_a_desk_that_cannot_be_written(
    shelf: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copytaster.site.app.can_count", lambda path: False)
    with TestClient(app(tmp_path / "desk")) as client:
        assert client.get("/article/0000000000000001").status_code == 200
    assert shelf.counted == {}
