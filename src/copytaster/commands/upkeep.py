"""Commands that look after a desk."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copytaster.commands.opening import AsJson, DeskFile, Limit, opened
from copytaster.terminal import complain, emit, one_line, upgrading

if TYPE_CHECKING:
    from copytaster.desk import Desk


def unreadable(desk: DeskFile, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the pages that could not be read, and why.

    Example:

        copytaster unreadable
    """
    with opened(desk, "read") as open_desk:
        for missed in open_desk.missed(limit=limit):
            if as_json:
                emit(missed)
            else:
                print(one_line(f"{missed.path}: {missed.error}"))


def check(desk: DeskFile) -> None:
    """Look for faults in a desk.

    The exit code is 1 if there are any.

    Example:

        copytaster check --desk minsk.desk
    """
    with opened(desk, "read") as open_desk:
        faults = open_desk.check()
        size = _size(open_desk, desk)
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)
    print(f"{desk}: sound; {size}")


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to; nothing may be there yet.")
    ],
    desk: DeskFile,
) -> None:
    """Copy a desk, while it is served or added to.

    The copy is a desk like any other: serve it, move it to another machine. Copying the file by
    other means is safe only while nothing uses it.

    Example:

        copytaster backup news-2026-03-01.desk
    """
    with opened(desk, "read") as open_desk:
        open_desk.back_up(file)
    with opened(file, "read") as copy:
        print(f"{file}: {_size(copy, file)}")


def _size(desk: "Desk", path: Path) -> str:
    articles = sum(outlet.articles for outlet in desk.outlets())
    noun = "article" if articles == 1 else "articles"
    return f"{articles:,} {noun}, {path.stat().st_size / 1e6:,.1f} MB"


def upgrade(desk: DeskFile) -> None:
    """Bring a desk of an older version to this one.

    Its pages, articles, versions, claims, reads and what you decided are taken over; copies and
    stories are found anew. The old desk is kept beside it. Ctrl-C leaves it as it was. While this
    goes on no other command can use the desk, and the disk needs room for it a second time.

    Example:

        copytaster upgrade --desk minsk.desk
    """
    from copytaster.desk import DeskError
    from copytaster.desk.upgrade import upgrade as bring_up

    try:
        with upgrading() as report:
            kept = bring_up(desk, progress=report)
    except DeskError as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("stopped; the desk is as it was", code=130)
    if kept == desk.resolve():
        print(f"{desk}: is of this version already")
    else:
        print(f"{desk}: is of this version now; the old one is kept as {kept}")
