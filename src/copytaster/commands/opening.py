"""What the commands share: the desk they are about, and how it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copytaster.terminal import complain

if TYPE_CHECKING:
    from copytaster.desk import Desk


def default_desk() -> Path:
    """Give the desk in the user's data directory."""
    import platformdirs

    return Path(platformdirs.user_data_dir("copytaster")) / "news.desk"


DeskFile = Annotated[
    Path,
    typer.Option(
        "--desk",
        metavar="FILE",
        envvar="COPYTASTER_DESK",
        default_factory=default_desk,
        show_default="news.desk in the user's data directory",
        help="The desk: one SQLite file.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one record a line.")]
Limit = Annotated[int, typer.Option(min=1, help="How many at most.")]


@contextmanager
def opened(path: Path, mode: Any) -> Iterator["Desk"]:
    """Open a desk; what is wrong with it is one line."""
    from copytaster.desk import Desk, DeskError

    try:
        if mode == "read" and not path.exists():
            made = "" if path == default_desk() else f" --desk {quote(str(path))}"
            complain(f"{path}: no desk there; make one with: copytaster add{made} SOURCE...")
        with Desk(path, mode=mode) as desk:
            yield desk
    except DeskError as error:
        complain(str(error))


@contextmanager
def deciding(path: Path) -> Iterator["Desk"]:
    """Open a desk to correct its stories; what cannot be done is one line."""
    from copytaster.desk import RulingError

    if not path.exists():
        complain(f"{path}: no desk there; make one with: copytaster add --desk {path} SOURCE...")
    with opened(path, "write") as desk:
        try:
            yield desk
        except RulingError as error:
            complain(str(error), code=1)


def decided(number: int) -> None:
    print(f"decision {number}; take it back with: copytaster story undo {number}")
