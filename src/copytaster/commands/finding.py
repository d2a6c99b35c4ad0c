"""Commands that find articles: by words, or by another article."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copytaster.commands.opening import AsJson, DeskFile, Limit, opened
from copytaster.terminal import complain, emit, show

if TYPE_CHECKING:
    from copytaster.desk import Desk


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="The query.")],
    desk: DeskFile,
    ranked: Annotated[
        bool, typer.Option("--ranked", help="Most relevant first, among the newest.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="Copies of one origin once.")] = False,
    outlet: Annotated[str | None, typer.Option(metavar="KEY", help="Only this outlet.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this language.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Published that year, month or day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Published that year, month or day or before.")
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
    from copytaster.desk import Filters, QueryError

    # A word to go without begins as options do, which are left to be told apart here.
    if unknown := [word for word in words if word.startswith("--")]:
        complain(f"no such option: {unknown[0]}; see copytaster search --help")
    with opened(desk, "read") as open_desk:
        if outlet and not open_desk.outlet(outlet):
            complain(f"{outlet}: no such outlet on {desk}{meant(open_desk, outlet)}", code=1)
        try:
            query = " ".join(words)
            within = Filters(outlet=outlet, language=language, since=since, until=until)
            found = open_desk.search(query, within, ranked=ranked, once=once, limit=limit)
            claims = open_desk.claims.found(query, found)
        except QueryError as error:
            complain(str(error))
    show(found, as_json=as_json, claims=claims)


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
    """Show similar articles.

    Of one on the desk, or of all records in a file (or - for standard input): then no desk is
    involved, and each line out is {id, similar: [{id, score}]}.

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


def meant(desk: "Desk", words: str) -> str:
    """Say which outlets a user may have meant by a part of a name or key."""
    near = [
        outlet.key
        for outlet in desk.outlets()
        if words.casefold() in f"{outlet.key} {outlet.name}".casefold()
    ]
    return f"; did you mean {' or '.join(near[:3])}?" if near else ""
