"""Commands of one stage over JSON Lines; no desk is involved."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from copytaster.terminal import complain, emit

if TYPE_CHECKING:
    from copytaster.records import Record

RecordsFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE.jsonl",
        help="Records as `read --json` prints them (.gz as well), - for standard input.",
    ),
]


def copies(records: RecordsFile) -> None:
    """Find who carried whose copy among records.

    No desk is involved. Each pair of articles that share passages is a line, when the second of
    them has come: {id, of, kind, share_of_this, share_of_that, passages, evidence}. Quotes that
    many articles have and what an outlet puts under all its articles make no copy.

    Examples:

        copytaster copies articles.jsonl

        copytaster read saved-pages/ | copytaster copies - | jq 'select(.kind == "reprint")'
    """
    from copytaster.copies import copies

    emit_all(copies, records)


def stories(records: RecordsFile) -> None:
    """Group records into stories: the articles about one event.

    No desk is involved. One pass in the order of the file, oldest first is best. When all have
    come, each article is a line, in that order: {id, story}. The same order gives the same stories.
    Of a set from elsewhere {id, headline, text, date} will do: a date as in ISO 8601, in a feed, or
    in seconds or milliseconds since 1970. Without a text its headlines are grouped.

    Examples:

        copytaster stories articles.jsonl

        copytaster read saved-pages/ | copytaster stories - | jq -s 'group_by(.story)'
    """
    from copytaster.stories import stories

    emit_all(stories, records)


def emit_all(stage: "Callable[[Iterable[Record]], Iterable[object]]", path: str) -> None:
    """Print what a stage makes of the records in a file of JSON Lines."""
    from copytaster.records import RecordError, records

    try:
        for result in stage(records(path)):
            emit(result)
    except RecordError as error:
        complain(str(error))
