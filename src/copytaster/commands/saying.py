"""Commands about claims: make them, list who speaks, export."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from copytaster.commands.opening import AsJson, DeskFile, Limit, deciding, opened
from copytaster.commands.pages import make_claims
from copytaster.commands.stages import emit_all
from copytaster.terminal import complain, emit, one_line

if TYPE_CHECKING:
    from copytaster.desk.stated import Naming, Speaking


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
    """Find who said what, through whom.

    In each record of a file, or for the desk. For a file no desk is involved, and each line out is
    an article: {id, text, claims}. Each claim has its content, cue and source as offsets into the
    text, the speaker that the source means, the outlets that carried it (via) and the figures in
    it. In languages without a model only direct quotations beside a name are found.

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
    """List who is quoted on the desk, most claims first.

    Or say who is the same as whom. Names are joined on evidence only; where that is wrong or
    missing, a ruling stands above it, and every later run obeys it. Keys are what `speakers` prints
    last.

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
            ruled = open_desk.claims
            number = ruled.same(*names) if same else ruled.apart(names[:1], names[1:])
        print(f"ruling {number}; copytaster speakers --undo {number} takes it back")
    elif undo is not None:
        with deciding(desk) as open_desk:
            if open_desk.claims.undo(undo) is None:
                complain(f"{undo}: no such ruling on {desk}; see --rulings", code=1)
    elif rulings:
        with opened(desk, "read") as open_desk:
            list_rulings(open_desk.claims.rulings(), as_json=as_json)
    else:
        with opened(desk, "read") as open_desk:
            found = open_desk.claims.speakers(name=" ".join(names) or None, limit=limit)
        list_speakers(found, as_json=as_json)


def list_rulings(rulings: "list[Naming]", *, as_json: bool) -> None:
    """Print what was ruled about names, one ruling a line."""
    for each in rulings:
        if as_json:
            emit(each)
        else:
            ids = " ".join(each.ruling.these + each.ruling.those)
            how = "same" if each.ruling.kind == "together" else "apart"
            print(one_line(f"{each.number}  {each.made[:10]}  {how}: {ids}"))


def list_speakers(found: "list[Speaking]", *, as_json: bool) -> None:
    """Print speakers, one a line."""
    for one in found:
        if as_json:
            emit(one)
        else:
            kind = one.kind or "person or body"
            print(one_line(f"{one.claims:6,}  {one.name} ({kind})  {one.key}"))
    if not found and not as_json:
        print("copytaster: nobody found", file=sys.stderr)


Exported = Literal["articles", "claims"]


def export(
    what: Annotated[Exported, typer.Argument(metavar="articles|claims", help="What to export.")],
    desk: DeskFile,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a header.")] = False,
    speaker: Annotated[
        str | None, typer.Option(metavar="KEY", help="Only of this speaker, see `speakers`.")
    ] = None,
    story: Annotated[
        str | None, typer.Option(metavar="ID", help="Only of this story, see `story list`.")
    ] = None,
) -> None:
    """Print what is on the desk, for other programs.

    `articles` as JSON Lines, oldest first, each as `read --json` prints it. `claims` as JSON Lines,
    or CSV with --csv: one claim a line, article after article, each with its article, speaker and
    chain, its words, and where they stand (W3C TextQuoteSelector and TextPositionSelector).

    Examples:

        copytaster export articles | copytaster copies -

        copytaster export claims > claims.jsonl

        copytaster export claims --csv --speaker irina-vashko > vashko.csv
    """
    from copytaster.desk.exports import write_csv

    if what == "articles" and (as_csv or speaker is not None):
        complain("--csv and --speaker go with claims")
    with opened(desk, "read") as open_desk:
        if speaker is not None and open_desk.claims.speaker(speaker) is None:
            complain(f"{speaker}: no such speaker on {desk}; see copytaster speakers", code=1)
        if story is not None:
            told = open_desk.story(story, limit=0)
            if told is None:
                complain(f"{story}: no such story on {desk}; see copytaster story list", code=1)
            story = told.line.id
        if what == "articles":
            for article in open_desk.every(story=story):
                emit(article)
            return
        found = open_desk.claims.every(speaker=speaker, story=story)
        if as_csv:
            write_csv(sys.stdout, found)
            return
        for quoted in found:
            emit(quoted)
