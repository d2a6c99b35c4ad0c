"""The desk as the site reads it: as many connections as there are requests at one time."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from starlette.requests import Request

from copytaster.desk import Desk


class Desks:
    """Connections to one desk: any thread may borrow one, and has it alone until it is back."""

    def __init__(self, path: Path) -> None:
        """Open the first one, so that a desk that cannot be read is known. Raises DeskError."""
        self.path = path
        self._idle = deque([Desk(path, mode="read")])

    @contextmanager
    def borrow(self) -> Iterator[Desk]:
        """Lend a connection. Raises DeskError where the desk cannot be opened any more."""
        try:
            desk = self._idle.pop()
        except IndexError:
            desk = Desk(self.path, mode="read")
        try:
            yield desk
        finally:
            self._idle.append(desk)

    def close(self) -> None:
        """Close all that are not lent."""
        while self._idle:
            self._idle.pop().close()


def desks_of(request: Request) -> Desks:
    """Give the desks of the site that answers."""
    return cast(Desks, request.app.state.desks)
