"""Commands from pages: read them, and put them on a desk."""

import shutil
import sys
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from copytaster.commands.opening import AsJson, DeskFile, opened
from copytaster.terminal import (
    complain,
    emit,
    making,
    one_line,
    printable,
    progress,
    summary,
)

if TYPE_CHECKING:
    from copytaster.desk import Desk
    from copytaster.desk.stated import Made

NAMED = 5
"""Pages that `add` could not read and names itself; more are left to `unreadable`."""


def read(
    pages: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE...",
            help="HTML (or .gz), text dump, directory, WARC, feed, URL, - for standard input.",
        ),
    ],
    as_json: AsJson = False,
    as_text: Annotated[
        bool, typer.Option("--text", help="Print each article the way a news page is laid out.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Print what each part of a page was taken for, and why."),
    ] = False,
) -> None:
    """Read pages into articles; no desk is involved.

    Text on a terminal, JSON Lines in a pipe, unless --json or --text says otherwise. A page that
    cannot be read gives its path and the reason; the run goes on and the exit code is 1.

    Examples:

        copytaster read page.html

        copytaster read --json saved-pages/ crawl.warc.gz > articles.jsonl

        curl -s https://example.com/story | copytaster read --text -

        copytaster read --explain page.html
    """
    from copytaster.intake import Pile
    from copytaster.page import Unreadable
    from copytaster.reading.layout import layout
    from copytaster.reading.workers import read_all

    if as_json and as_text:
        complain("--json and --text exclude each other; give one of them")
    if explain:
        raise typer.Exit(explain_pages(pages, as_json=as_json))
    text = as_text or not (as_json or not sys.stdout.isatty())
    missed = False
    first = True
    for _, result in read_all(Pile(pages)):
        if isinstance(result, Unreadable):
            missed = True
            if text:
                line = one_line(f"copytaster: {result.path}: {result.error}")
                print(line, file=sys.stderr)
                continue
        if not text:
            emit(result)
            continue
        if not first:
            print("\n" + "-" * 72 + "\n")
        print(printable(layout(result)), end="")  # type: ignore[arg-type]
        first = False
    raise typer.Exit(1 if missed else 0)


def explain_pages(pages: list[str], *, as_json: bool) -> int:
    """Print the label of each part of the pages; gives the exit code."""
    from copytaster.intake import Pile
    from copytaster.page import Unreadable
    from copytaster.reading import NoArticle
    from copytaster.reading.explain import explained, rows

    missed = 0
    for page in Pile(pages):
        try:
            if isinstance(page, Unreadable):
                raise NoArticle(f"{page.path}: {page.error}")
            lines = explained(page)
        except NoArticle as reason:
            print(one_line(f"copytaster: {reason}"), file=sys.stderr)
            missed = 1
            continue
        if as_json:
            for line in lines:
                emit(line)
            continue
        print(printable(page.path))
        for row in rows(lines, width=shutil.get_terminal_size((160, 24)).columns):
            print(printable(row))
        print()
    return missed


def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Pages as for read, and RSS, Atom, JSON Feed or OPML files or URLs.",
        ),
    ],
    desk: DeskFile,
    follow: Annotated[
        bool | None,
        typer.Option(
            "--follow/--no-follow",
            help="Fetch the pages a feed links to.",
            show_default="only where the feed came from the web",
        ),
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Keep the articles' pictures on the desk, too.")
    ] = False,
    claims: Annotated[
        bool,
        typer.Option(
            "--claims/--no-claims",
            help="When all is filed, find who said what; else that waits for `claims`.",
        ),
    ] = True,
) -> None:
    """Put pages on the desk. Adding a page again changes nothing.

    A changed article becomes a new version; the old one is kept. Pages that cannot be read are
    kept and listed (copytaster unreadable); the exit code is then 1. Ctrl-C loses nothing.

    Examples:

        copytaster add saved-pages/ crawl.warc.gz

        copytaster add https://example.com/feed.xml

        copytaster add --desk minsk.desk --pictures subscriptions.opml
    """
    try:
        with opened(desk, "write") as open_desk:
            with progress() as report:
                tally = open_desk.add(
                    *sources, follow=follow, pictures=pictures, claims=False, progress=report
                )
            missed = open_desk.missed(limit=min(tally.unreadable, NAMED))
            if claims:
                make_claims(open_desk)
    except KeyboardInterrupt:
        complain("stopped; what was done is kept, the same command goes on from there", code=130)
    for page in reversed(missed):
        print(one_line(f"copytaster: {page.path}: {page.error}"), file=sys.stderr)
    if tally.unreadable > NAMED:
        others = f"copytaster: these and {tally.unreadable - NAMED:,} others are listed by"
        print(f"{others}: copytaster unreadable --desk {quote(str(desk))}", file=sys.stderr)
    print(summary(tally))
    raise typer.Exit(1 if tally.unreadable else 0)


def make_claims(desk: "Desk", *, stale: bool = False) -> "Made":
    """Make what claims are pending, and say how that goes."""
    with making() as report:
        made = desk.claims.make(stale=stale, progress=report)
    if made.missed:
        count = f"{made.missed:,} {'article' if made.missed == 1 else 'articles'}"
        print(
            f"copytaster: the claims of {count} could not be made; they are listed by: "
            f"copytaster claims --failed --desk {quote(str(desk.path))}",
            file=sys.stderr,
        )
    return made
