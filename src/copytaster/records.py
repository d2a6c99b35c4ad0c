"""Records in: JSON Lines as `copytaster read --json` prints them."""

import gzip
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import Decoder
from msgspec.structs import replace

from copytaster.article import Article, Block, Picture, passages
from copytaster.date import iso


class RecordError(ValueError):
    """A line that is no record; the message names the file and the line."""


class Record(Struct, frozen=True, kw_only=True):
    """What a stage after reading needs of an article; other members of the record are ignored."""

    id: str
    url: str | None = None
    publisher: str | None = None
    agency: str | None = None
    bylines: tuple[str, ...] = ()
    date_published: str | None = None
    date: object = None
    """When it was published, in sets that do not come from `copytaster read` (`date.iso`)."""
    headline: str | None = None
    standfirst: str | None = None
    language: str | None = None
    text: str | None = None
    """The whole text, in sets that do not come from `copytaster read`."""
    body: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()


class _Missed(Struct):
    error: str


def records(path: str) -> Iterator[Record]:
    """Give the records of a file (.gz as well, "-" is standard input), in order.

    Lines of pages that could not be read (`{path, error}`) and empty lines are passed over.
    Raises RecordError.
    """
    decode, missed = Decoder(Record).decode, Decoder(_Missed).decode
    try:
        if path == "-":
            lines = sys.stdin.buffer
        elif path.endswith(".gz"):
            lines = gzip.open(path)  # noqa: SIM115
        else:
            lines = Path(path).open("rb")  # noqa: SIM115
        with lines:
            for number, line in enumerate(lines, 1):
                if number == 1:
                    line = _unmarked(line, path)
                if not line.strip():
                    continue
                try:
                    record = decode(line)
                    if record.date is not None and record.date_published is None:
                        record = replace(record, date_published=iso(record.date))
                    yield record
                except (DecodeError, ValidationError) as error:
                    try:
                        missed(line)
                    except (DecodeError, ValidationError):
                        raise RecordError(
                            f"{path}:{number}: not a record of `copytaster read --json`: {error}"
                        ) from None
    except (OSError, EOFError) as error:
        raise RecordError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


def _unmarked(line: bytes, path: str) -> bytes:
    """Take the mark off that some programs put before UTF-8; other encodings are refused."""
    if line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise RecordError(f"{path}: is UTF-16; records are UTF-8: iconv -f UTF-16 -t UTF-8")
    return line.removeprefix(BOM_UTF8)


def full_text(record: Record) -> str:
    """Give all that a record says after its headline, passages joined by one blank line."""
    if record.text is not None:
        return record.text
    article = Article(
        id=record.id,
        path="",
        headline="",
        standfirst=record.standfirst,
        pictures=record.pictures,
        body=record.body,
    )
    return "\n\n".join(passage for passage in passages(article) if passage)
