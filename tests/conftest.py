"""What all tests share: no test is timed; the desk of the built-in sample, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from copytaster.desk import Desk
from copytaster.sample import sources

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


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
