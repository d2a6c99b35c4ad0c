"""Files of any kind as pages: saved pages, archives, feeds, each told by its bytes."""

import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import zstandard
from fastwarc.stream_io import ZstdReader
from msgspec import structs

from copytaster.intake import archive, feeds
from copytaster.intake.sniff import HEAD, LIMIT, accepted, nature
from copytaster.intake.stream import Members, PackingError, Stream, unpacker, up_to
from copytaster.page import Page, Unreadable

_FURNITURE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|css|m?js|map|woff2?|ttf|otf|eot"
    r"|mp[34]|m4a|webm|ogg|wav|mov|vtt|wasm|swf)\Z",
    re.IGNORECASE,
)
"""Names of what a page is dressed with; in a directory these files are passed over."""

_BLOCK = 1 << 18
"""Bytes that surely hold the first block of a zstd frame."""


def walk(directory: Path) -> Iterator[Path | Unreadable]:
    """Give the files below `directory` that may be pages, by name.

    Hidden files, what pages are dressed with, and the `NAME_files` folders that browsers save
    beside a page are passed over; links to folders are not followed.
    """
    try:
        waiting = _entries(directory)
    except OSError as error:
        yield Unreadable(path=shown(directory), error=reason(error))
        return
    while waiting:
        entry = waiting.pop()
        if not entry.is_dir(follow_symlinks=False):
            if entry.is_file() and not _FURNITURE.search(entry.name):
                yield Path(entry.path)
        elif not entry.name.endswith(("_files", ".files")):
            try:
                waiting += _entries(entry)
            except OSError as error:
                yield Unreadable(path=shown(entry), error=reason(error))


def _entries(directory: os.PathLike[str]) -> list[os.DirEntry[str]]:
    """Give what is in a directory, last name first."""
    with os.scandir(directory) as found:
        entries = [entry for entry in found if not entry.name.startswith(".")]
    return sorted(entries, key=lambda entry: entry.name, reverse=True)


def shown(path: str | os.PathLike[str]) -> str:
    """Give a path so that it can be printed, whatever bytes its name is made of."""
    return os.fsencode(path).decode(errors="replace")


def pages(
    path: str, raw: BinaryIO, count: Callable[[int], None] = lambda size: None
) -> Iterator[Page | Unreadable]:
    """Give what one file holds: a page, a feed as it is, or the pages of an archive.

    Never raises for what is in the file, and never holds more of it than one page.
    """
    try:
        stream = Stream(raw, count)
        kind = nature(_unpacked_head(stream))
        if kind == "warc":
            yield from archive.pages(path, stream)
            return
        content = _unpacked(stream)
    except OSError as error:
        yield Unreadable(path=path, error=reason(error))
    except (EOFError, PackingError) as error:
        yield Unreadable(path=path, error=_damage(error))
    else:
        yield accepted(Page(path=path, content=content))


def page_of(path: Path, *, url: str | None = None) -> Page:
    """Give the one page that a file is, or the one entry of a feed; `url` where you know it.

    Raises OSError where the file cannot be opened, ValueError where it is not one page.
    """
    with path.open("rb") as raw:
        found = list(islice(pages(str(path), raw), 2))
    if (
        len(found) == 1
        and isinstance(found[0], Page)
        and nature(found[0].content) in ("feed", "json feed")
    ):
        found = list(islice(feeds.items(found[0]), 2))
    match found:
        case [Page() as page]:
            return structs.replace(page, url=url or page.url)
        case [Unreadable(error=error)]:
            raise ValueError(f"{path}: {error}")
        case _:
            raise ValueError(f"{path}: not one page, but an archive or a feed: use `Pile`")


def reason(error: OSError) -> str:
    """Say in one line why a file could not be opened or read."""
    return error.strerror.lower() if error.strerror else _damage(error)


def _damage(error: Exception) -> str:
    if isinstance(error, EOFError) or "incomplete" in str(error):
        return "cut short: the packed file ends too early; get it anew"
    return "damaged: it cannot be unpacked; get it anew"


def _unpacked_head(stream: Stream) -> bytes:
    """Give the beginning of what is packed in a file, or of the file itself."""
    head = stream.look()
    try:
        match nature(head):
            case "gzip":
                return bytes(unpacker().decompress(head, HEAD))
            case "zstd" if head.startswith(b"\x5d\x2a\x4d\x18"):
                # A dictionary in front: only archives of web pages are packed like that.
                return b"WARC/"
            case "zstd":
                first = stream.look(_BLOCK)
                return zstandard.ZstdDecompressor().stream_reader(first).read(HEAD)
    except (PackingError, zstandard.ZstdError):
        pass
    return head


def _unpacked(stream: Stream) -> bytes:
    """Read a file's content, at most one byte beyond the limit."""
    match nature(stream.look()):
        case "gzip":
            return up_to(LIMIT + 1, Members(stream))
        case "zstd":
            return up_to(LIMIT + 1, ZstdReader(stream))
        case _:
            return up_to(LIMIT + 1, stream)
