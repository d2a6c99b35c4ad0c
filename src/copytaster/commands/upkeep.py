"""Commands that look after a desk."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copytaster.commands.finding import meant
from copytaster.commands.opening import AsJson, DeskFile, Limit, opened
from copytaster.terminal import complain, emit, filing_anew, one_line

if TYPE_CHECKING:
    from copytaster.desk import Desk

MANY = 500
"""Articles of an outlet looked up at once."""


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


def remove(
    desk: DeskFile,
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE...", help="Ids or URLs of articles."),
    ] = None,
    outlets: Annotated[
        list[str] | None,
        typer.Option("--outlet", metavar="KEY", help="All articles of an outlet; again for more."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take articles off a desk, for good.

    With all their versions, saved pages, pictures and claims. The rest is filed anew: copies,
    stories and counts are as if they had never come, and their addresses answer "not found". Adding
    the same pages again does not bring them back. While this goes on no other command can use the
    desk, and the disk needs room for it a second time. Copies made with `backup` are left alone.

    Examples:

        copytaster remove 3f1c09d27ab84e55

        copytaster remove --outlet selncourier.example --yes
    """
    from copytaster.desk import DeskError
    from copytaster.desk.removal import remove as take_off

    with opened(desk, "read") as open_desk:
        ids = _meant(open_desk, desk, articles or (), outlets or ())
        have = sum(outlet.articles for outlet in open_desk.outlets())
    noun = "article" if len(ids) == 1 else "articles"
    if not yes:
        if not sys.stdin.isatty():
            complain(f"this takes {len(ids):,} {noun} of {have:,} off {desk}; say --yes to do it")
        typer.confirm(f"Take {len(ids):,} {noun} of {have:,} off {desk}, for good?", abort=True)
    try:
        with filing_anew("Removing") as report:
            take_off(desk, ids, progress=report)
    except DeskError as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("stopped; the desk is as it was", code=130)
    print(f"{desk}: {len(ids):,} {noun} taken off; {have - len(ids):,} left")


def _meant(
    desk: "Desk", path: Path, articles: Sequence[str], outlets: Sequence[str]
) -> frozenset[str]:
    """Give the ids of the articles that are named, and of those of outlets."""
    if not articles and not outlets:
        complain("name articles, or an outlet with --outlet")
    ids = set()
    for name in articles:
        id = name if desk.article(name) else desk.find(name)
        if id is None:
            complain(f"{name}: no such article on {path}; give an id or a URL", code=1)
        ids.add(id)
    for key in outlets:
        if desk.outlet(key) is None:
            complain(f"{key}: no such outlet on {path}{meant(desk, key)}", code=1)
        after = None
        while found := desk.newest(outlet=key, after=after, limit=MANY):
            ids |= {listing.id for listing in found}
            after = found[-1].id
    return frozenset(ids)


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
        with filing_anew("Upgrading") as report:
            kept = bring_up(desk, progress=report)
    except DeskError as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("stopped; the desk is as it was", code=130)
    if kept == desk.resolve():
        print(f"{desk}: is of this version already")
    else:
        print(f"{desk}: is of this version now; the old one is kept as {kept}")
