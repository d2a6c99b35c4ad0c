"""The desk of the built-in sample, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.desk import Desk
from copytaster.sample import sources


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample's desk; who changes it, copies it."""
    path: Path = tmp_path_factory.mktemp("sample") / "sample.desk"
    with Desk(path) as desk:
        desk.add(*sources(), pictures=True)
    return path


@pytest.fixture(scope="session")
def sample_desk(sample_file: Path) -> Iterator[Desk]:
    """Give the sample's desk, to be read only."""
    with Desk(sample_file, mode="read") as desk:
        yield desk
