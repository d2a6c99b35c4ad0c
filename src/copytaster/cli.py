"""The command line: every stage as a command, and the desk."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from hashlib import blake2b
from io import TextIOWrapper
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from copytaster import __version__
from copytaster.terminal import (
    complain,
    emit,
    making,
    one_line,
    printable,
    progress,
    show,
    summary,
)

if TYPE_CHECKING:
    from copytaster.desk import Desk
    from copytaster.desk.stated import Made
    from copytaster.records import Record

# The rooms are imported inside the commands: `copytaster --help` must not wait for numpy.

cli = typer.Typer(
    help="Read any pile of news pages: pages to articles, similar articles, one searchable desk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line; what goes wrong is one line on standard error."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # no terminal is too old for a headline
    try:
        try:
            cli(prog_name="copytaster")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has gone (`| head`): nothing is wrong, but Python must not flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")


def version_and_exit(asked: bool) -> None:
    if asked:
        print(f"copytaster {__version__}")
        raise typer.Exit


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
NAMED = 5
"""Pages that `add` could not read and names itself; more are left to `unreadable`."""

Exported = Literal["claims"]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one record a line.")]
Limit = Annotated[int, typer.Option(min=1, help="How many at most.")]
RecordsFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE.jsonl",
        help="Records as `read --json` prints them (.gz as well), - for standard input.",
    ),
]


@cli.callback()
def about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=version_and_exit, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


@cli.command()
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


@cli.command()
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


@cli.command()
def serve(
    desk: DeskFile,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, show_default="8311, or a free one", help="Port."),
    ] = None,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="HOST",
            help="Answer to this name, too: for a proxy on this machine. Repeat for more.",
        ),
    ] = None,
    count_reads: Annotated[
        bool,
        typer.Option(
            "--count-reads/--no-count-reads",
            help="Count reads per article and day (never who read).",
        ),
    ] = True,
    rules: Annotated[
        bool | None,
        typer.Option(
            "--rulings/--read-only",
            help="Let stories be corrected on the site.",
            show_default="only to this machine",
        ),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Serve the built-in sample instead of a desk.")
    ] = False,
) -> None:
    """Serve the reading site of a desk, to this machine unless told otherwise.

    Examples:

        copytaster serve

        copytaster serve --sample

        copytaster serve --desk minsk.desk --port 8000 --name news.example.org
    """
    if sample:
        desk = sample_desk()
    with opened(desk, "read"):
        pass
    from copytaster.site.serving import serve as serve_site

    serve_site(desk, host=host, port=port, names=names or [], count_reads=count_reads, rules=rules)


@cli.command(context_settings={"ignore_unknown_options": True})
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="The query.")],
    desk: DeskFile,
    ranked: Annotated[
        bool, typer.Option("--ranked", help="Most relevant first, among the newest.")
    ] = False,
    outlet: Annotated[str | None, typer.Option(metavar="KEY", help="Only this outlet.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this language.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published that day or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published that day or before.")
    ] = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Search the desk, newest first.

    Words must all be there; "a phrase", a prefix*, NEAR(a b, 5), a OR b, -without. Filters may
    stand in the query, too: outlet:KEY, language:CODE, since:DAY, until:DAY. Claims are asked for
    by says:WORDS, speaker:NAME and via:OUTLET, and shown below their article.

    Examples:

        copytaster search ferry harbour

        copytaster search 'speaker:vashko says:count*'

        copytaster search --ranked '"central bank" rate*' --since 2026-03-01
    """
    from copytaster.desk import QueryError

    # A word to go without begins as options do, which are left to be told apart here.
    if unknown := [word for word in words if word.startswith("--")]:
        complain(f"no such option: {unknown[0]}; see copytaster search --help")
    with opened(desk, "read") as open_desk:
        if outlet and not open_desk.outlet(outlet):
            complain(f"{outlet}: no such outlet on {desk}{meant(open_desk, outlet)}", code=1)
        try:
            found = open_desk.search(
                " ".join(words),
                ranked=ranked,
                outlet=outlet,
                language=language,
                since=day(since),
                until=day(until),
                limit=limit,
            )
            claims = open_desk.claims.found(" ".join(words), found)
        except QueryError as error:
            complain(str(error))
    show(found, as_json=as_json, claims=claims)


@cli.command()
def similar(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE|FILE.jsonl",
            help="Id or URL of an article on the desk; or records as `read --json` prints them.",
        ),
    ],
    desk: DeskFile,
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Show similar articles: of one on the desk, or of all records in a file.

    For a file (or - for standard input) no desk is involved, and each line out is
    {id, similar: [{id, score}]}.

    Examples:

        copytaster similar 3f1c09d27ab84e55

        copytaster read saved-pages/ | copytaster similar -
    """
    if article == "-" or article.endswith((".jsonl", ".jsonl.gz")) or Path(article).is_file():
        similar_records(article, limit)
        return
    with opened(desk, "read") as open_desk:
        id = article if open_desk.article(article) else open_desk.find(article)
        if id is None:
            complain(
                f"{article}: no such article on {desk}; give an id, a URL or a .jsonl file", code=1
            )
        found = open_desk.similar(id, limit=limit)
    show(found, as_json=as_json)


@cli.command()
def copies(records: RecordsFile) -> None:
    """Find who carried whose copy among records; no desk is involved.

    Each pair of articles that share passages is a line, when the second of them has come:
    {id, of, kind, share_of_this, share_of_that, passages, evidence}. Quotes that many articles have
    and what an outlet puts under all its articles make no copy.

    Examples:

        copytaster copies articles.jsonl

        copytaster read saved-pages/ | copytaster copies - | jq 'select(.kind == "reprint")'
    """
    from copytaster.copies import copies

    emit_all(copies, records)


@cli.command()
def stories(records: RecordsFile) -> None:
    """Group records into stories: the articles about one event; no desk is involved.

    One pass in the order of the file, oldest first is best. When all have come, each article is
    a line, in that order: {id, story}. The same order gives the same stories.

    Examples:

        copytaster stories articles.jsonl

        copytaster read saved-pages/ | copytaster stories - | jq -s 'group_by(.story)'
    """
    from copytaster.stories import stories

    emit_all(stories, records)


@cli.command()
def claims(
    desk: DeskFile,
    records: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE.jsonl]",
            help="Records as `read --json` prints them (.gz as well), - for standard input.",
            show_default="the articles of the desk",
        ),
    ] = None,
    failed: Annotated[
        bool,
        typer.Option("--failed", help="List the desk's articles whose claims cannot be made."),
    ] = False,
) -> None:
    """Find who said what, through whom: in each record of a file, or for the desk.

    For a file no desk is involved, and each line out is an article: {id, text, claims}. Each claim
    has its content, cue and source as offsets into the text, the speaker that the source means, the
    outlets that carried it (via) and the figures in it. In languages without a model only direct
    quotations beside a name are found.

    Without a file it does on the desk what `add --no-claims` left, what failed, and what another
    model has made. Ctrl-C loses nothing.

    Examples:

        copytaster claims articles.jsonl > claims.jsonl

        copytaster read page.html | copytaster claims - | jq '.claims[].speaker.name'

        copytaster claims --desk minsk.desk
    """
    if records is not None:
        from copytaster.claims import claims

        if failed:
            complain("--failed is about a desk; give no file with it")
        emit_all(partial(map, claims), records)
        return
    if failed:
        with opened(desk, "read") as open_desk:
            for each in open_desk.claims.missed(limit=1_000_000):
                print(one_line(f"{each.article.id}  {each.article.headline}: {each.error}"))
        return
    with opened(desk, "read"):
        pass
    try:
        with opened(desk, "write") as open_desk:
            made = make_claims(open_desk, stale=True)
    except KeyboardInterrupt:
        complain("stopped; what was done is kept, the same command goes on from there", code=130)
    print(f"{made.claims:,} claims in {made.articles:,} articles")
    raise typer.Exit(1 if made.missed else 0)


@cli.command()
def speakers(
    desk: DeskFile,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAMES...]", help="Words of a name; keys for --same and --apart."),
    ] = None,
    same: Annotated[
        bool, typer.Option("--same", help="Rule that the names of these keys are one speaker's.")
    ] = False,
    apart: Annotated[
        bool, typer.Option("--apart", help="Rule that the first key is none of the others.")
    ] = False,
    rulings: Annotated[
        bool, typer.Option("--rulings", help="List what was ruled about names.")
    ] = False,
    undo: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Take a ruling back, by its number.")
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List who is quoted on the desk, most claims first, and say who is the same as whom.

    Names are joined on evidence only; where that is wrong or missing, a ruling stands above it, and
    every later run obeys it. Keys are what `speakers` prints last.

    Examples:

        copytaster speakers vashko

        copytaster speakers --same irina-vashko iryna-vashka

        copytaster speakers --apart john-smith smith.3f1c09d27ab84e55

        copytaster speakers --undo 3
    """
    names = names or []
    if sum((same, apart, rulings, undo is not None)) > 1:
        complain("give one of --same, --apart, --rulings and --undo")
    if same or apart:
        if len(set(names)) < 2:
            complain(f"--{'same' if same else 'apart'} needs two keys or more")
        with deciding(desk) as open_desk:
            if same:
                number = open_desk.claims.same(*names)
            else:
                number = open_desk.claims.apart(names[:1], names[1:])
        print(f"ruling {number}; copytaster speakers --undo {number} takes it back")
        return
    if undo is not None:
        with deciding(desk) as open_desk:
            if open_desk.claims.undo(undo) is None:
                complain(f"{undo}: no such ruling on {desk}; see --rulings", code=1)
        return
    with opened(desk, "read") as open_desk:
        if rulings:
            for each in open_desk.claims.rulings():
                if as_json:
                    emit(each)
                else:
                    ids = " ".join(each.ruling.these + each.ruling.those)
                    how = "same" if each.ruling.kind == "together" else "apart"
                    print(one_line(f"{each.number}  {each.made[:10]}  {how}: {ids}"))
            return
        found = open_desk.claims.speakers(name=" ".join(names) or None, limit=limit)
        for one in found:
            if as_json:
                emit(one)
            else:
                kind = one.kind or "person or body"
                print(one_line(f"{one.claims:6,}  {one.name} ({kind})  {one.key}"))
        if not found and not as_json:
            print("copytaster: nobody found", file=sys.stderr)


@cli.command()
def export(
    what: Annotated[Exported, typer.Argument(metavar="claims", help="What to export.")],
    desk: DeskFile,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a header.")] = False,
    speaker: Annotated[
        str | None, typer.Option(metavar="KEY", help="Only of this speaker, see `speakers`.")
    ] = None,
    story: Annotated[
        str | None, typer.Option(metavar="ID", help="Only of this story, see `story list`.")
    ] = None,
) -> None:
    """Print what is on the desk, article after article, for other programs.

    JSON Lines, or CSV with --csv: one claim a line, with its article, speaker and chain, its words,
    and where they stand (W3C TextQuoteSelector and TextPositionSelector).

    Examples:

        copytaster export claims > claims.jsonl

        copytaster export claims --csv --speaker irina-vashko > vashko.csv
    """
    from copytaster.desk.exports import write_csv

    with opened(desk, "read") as open_desk:
        if speaker is not None and open_desk.claims.speaker(speaker) is None:
            complain(f"{speaker}: no such speaker on {desk}; see copytaster speakers", code=1)
        if story is not None and open_desk.story(story, limit=0) is None:
            complain(f"{story}: no such story on {desk}; see copytaster story list", code=1)
        found = open_desk.claims.every(speaker=speaker, story=story)
        if as_csv:
            write_csv(sys.stdout, found)
            return
        for quoted in found:
            emit(quoted)


@cli.command()
def unreadable(desk: DeskFile, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the pages that could not be read, with the reason for each.

    Example:

        copytaster unreadable
    """
    with opened(desk, "read") as open_desk:
        for missed in open_desk.missed(limit=limit):
            if as_json:
                emit(missed)
            else:
                print(one_line(f"{missed.path}: {missed.error}"))


@cli.command()
def check(desk: DeskFile) -> None:
    """Look for faults in a desk; the exit code is 1 if there are any.

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


story = typer.Typer(
    help="""Look at the stories of a desk, and correct them.

    What is decided here or on the site holds for everything that is added later, until it is
    undone. Stories and articles are named by their ids.

    Examples:

        copytaster story list

        copytaster story merge ca9b9e575bb423e3 c299bf9259f55cb4

        copytaster story undo 3
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)
cli.add_typer(story, name="story")
StoryId = Annotated[str, typer.Argument(metavar="STORY", help="Id of a story.")]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of an article.")]


@story.command("list")
def story_list(desk: DeskFile, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List stories by independent reports and newness.

    Example:

        copytaster story list --limit 5
    """
    with opened(desk, "read") as open_desk:
        for line in open_desk.stories(limit=limit):
            if as_json:
                emit(line)
            else:
                counts = f"{line.reports:4} reports {line.outlets:4} outlets"
                headline = one_line(line.lead.headline)
                print(f"{line.id}  {counts}  {line.latest[:10]}  {headline}")


@story.command("show")
def story_show(story: StoryId, desk: DeskFile, limit: Limit = 100, as_json: AsJson = False) -> None:
    """Show a story: its reports, the latest first, and the articles that carry each.

    Example:

        copytaster story show ca9b9e575bb423e3
    """
    with opened(desk, "read") as open_desk:
        found = open_desk.story(story, limit=limit)
    if found is None:
        complain(f"{story}: no such story on {desk}; list them: copytaster story list", code=1)
    if as_json:
        emit(found)
        return
    for report in found.reports:
        show([report.origin], as_json=False)
        for carrier in report.carriers:
            print("    also", end="  ")
            show([carrier.listing], as_json=False)


@story.command()
def merge(
    desk: DeskFile,
    stories: Annotated[list[str], typer.Argument(metavar="STORY...", help="Ids of stories.")],
) -> None:
    """Make stories one.

    Example:

        copytaster story merge ca9b9e575bb423e3 c299bf9259f55cb4
    """
    with deciding(desk) as open_desk:
        decided(open_desk.merge(*stories))


@story.command()
def split(
    story: StoryId,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids of articles.")],
    desk: DeskFile,
) -> None:
    """Take articles out of a story, into one of their own.

    Example:

        copytaster story split ca9b9e575bb423e3 e8daee0cb063c9dc d01fb0aea0a653cc
    """
    with deciding(desk) as open_desk:
        decided(open_desk.split(story, *articles))


@story.command()
def move(article: ArticleId, story: StoryId, desk: DeskFile) -> None:
    """Put an article into another story.

    Example:

        copytaster story move e8daee0cb063c9dc c299bf9259f55cb4
    """
    with deciding(desk) as open_desk:
        decided(open_desk.move(article, story))


@story.command()
def apart(
    article: ArticleId,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of another article.")],
    desk: DeskFile,
) -> None:
    """Say that two articles are not about the same event.

    Example:

        copytaster story apart e8daee0cb063c9dc 0e424aadc298fce2
    """
    with deciding(desk) as open_desk:
        decided(open_desk.apart(article, other))


@story.command("rulings")
def story_rulings(desk: DeskFile, as_json: AsJson = False) -> None:
    """List what was decided and stands, the latest first.

    Example:

        copytaster story rulings
    """
    with opened(desk, "read") as open_desk:
        for ruled in open_desk.rulings():
            if as_json:
                emit(ruled)
                continue
            about = ruled.rulings[0]
            these = " ".join(about.these) + (f" / {' '.join(about.those)}" if about.those else "")
            print(f"{ruled.number:4}  {ruled.made[:10]}  {ruled.act:5}  {one_line(these)}")


@story.command()
def undo(
    number: Annotated[int, typer.Argument(help="As `copytaster story rulings` lists it.")],
    desk: DeskFile,
) -> None:
    """Take a decision back; what it was about is grouped anew.

    Example:

        copytaster story undo 3
    """
    with deciding(desk) as open_desk:
        open_desk.undo(number)
    print(f"decision {number} is undone")


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


def meant(desk: "Desk", words: str) -> str:
    """Say which outlets a user may have meant by a part of a name or key."""
    near = [
        outlet.key
        for outlet in desk.outlets()
        if words.casefold() in f"{outlet.key} {outlet.name}".casefold()
    ]
    return f"; did you mean {' or '.join(near[:3])}?" if near else ""


def emit_all(stage: "Callable[[Iterable[Record]], Iterable[object]]", path: str) -> None:
    """Print what a stage makes of the records in a file of JSON Lines."""
    from copytaster.records import RecordError, records

    try:
        for result in stage(records(path)):
            emit(result)
    except RecordError as error:
        complain(str(error))


def similar_records(path: str, limit: int) -> None:
    """Print the neighbours of each record in a file of JSON Lines."""
    from copytaster.records import RecordError, full_text, records
    from copytaster.stories.similar import Text, similar

    try:
        texts = [
            Text(record.id, record.headline or "", full_text(record), record.language)
            for record in records(path)
        ]
        for neighbours in similar(texts, most=limit):
            emit(neighbours)
    except RecordError as error:
        complain(str(error))


def sample_desk() -> Path:
    """Give the desk of the built-in sample, made in the user's cache where it is missing."""
    import platformdirs

    from copytaster.sample import sources

    house = Path(__file__).parent
    state = [
        (str(file.relative_to(house)), file.stat().st_mtime_ns)
        for file in sorted(house.rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    ]
    mark = blake2b(repr(state).encode(), digest_size=6).hexdigest()
    path = Path(platformdirs.user_cache_dir("copytaster")) / f"sample-{mark}.desk"
    if not path.exists():
        print("Reading the sample (once)", file=sys.stderr)
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            with opened(fresh, "write") as desk:
                desk.add(*sources(), pictures=True)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    return path


def day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
