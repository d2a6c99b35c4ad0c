"""The desk as the site's threads read it: one connection a thread, opened at its first request."""

import threading
from pathlib import Path
from typing import cast

from starlette.requests import Request

from copytaster.desk import Desk


class Desks(threading.local):
    """Each thread has its own `desk`: `threading.local` runs `__init__` once in each thread."""

    def __init__(self, path: Path) -> None:
        """Open the desk at `path` for reading. Raises DeskError."""
        self.desk = Desk(path, mode="read")


def desk_of(request: Request) -> Desk:
    """Give this thread's desk. Raises DeskError where it cannot be opened any more."""
    return cast(Desks, request.app.state.desks).desk
