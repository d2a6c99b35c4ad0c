"""Commands that look after a desk."""

import typer

from copytaster.commands.opening import AsJson, DeskFile, Limit, opened
from copytaster.terminal import emit, one_line


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
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(1)
    print(f"{desk}: sound")
