"""The built-in sample on a desk, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.desk import Desk
from copytaster.sample import sources


@pytest.fixture(scope="session")
def sample_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the sample's desk, to be read only."""
    path: Path = tmp_path_factory.mktemp("sample") / "sample.desk"
    with Desk(path) as desk:
        desk.add(*sources(), claims=False)
    with Desk(path, mode="read") as desk:
        yield desk
