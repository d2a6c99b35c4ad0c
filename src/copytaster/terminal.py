"""What the commands print: lines for people, JSON Lines for programs, and how an `add` goes."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

from msgspec import json

if TYPE_CHECKING:
    from copytaster.desk.listing import Listing, Tally

Report = Callable[["Tally", int, int | None], None]
"""Takes a tally so far, bytes done and bytes in all; nothing where those are not known."""

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd")
"""Characters that a terminal obeys instead of showing them (C0, DEL and C1 of ISO 6429)."""
_IN_LINES = {code: to for code, to in _CONTROLS.items() if code not in (0x09, 0x0A)}

LINES_EVERY = 10.0
"""Seconds between two lines on how an `add` goes, where there is no terminal."""


def printable(text: str) -> str:
    """Give the lines of a page so that no terminal does what they say."""
    return text.translate(_IN_LINES)


def one_line(text: str) -> str:
    """Give a name or a headline so that it is one line, and no terminal does what it says."""
    return text.translate(_CONTROLS)


def complain(message: str, *, code: int = 2) -> NoReturn:
    """Say what is wrong in one line, and leave."""
    print(f"copytaster: {one_line(message)}", file=sys.stderr)
    sys.exit(code)


def emit(record: object) -> None:
    """Print one record as a line of JSON."""
    sys.stdout.buffer.write(json.encode(record) + b"\n")


def show(listings: "list[Listing]", *, as_json: bool) -> None:
    """Print articles, one a line."""
    for listing in listings:
        if as_json:
            emit(listing)
            continue
        score = f"{listing.score:6.2f}  " if listing.score is not None else ""
        line = f"{listing.date[:10]}  {listing.id}  {listing.publisher}: {listing.headline}"
        print(score + one_line(line))
    if not listings and not as_json:
        print("copytaster: nothing found", file=sys.stderr)


def summary(tally: "Tally") -> str:
    """Say what an `add` did, in one line."""
    line = f"{tally.new:,} new, {tally.changed:,} changed, {tally.same:,} same"
    return line + (f", {tally.unreadable:,} could not be read" if tally.unreadable else "")


@contextmanager
def progress() -> Iterator[Report]:
    """Give what shows how an `add` goes: a bar on a terminal, a line now and then in a pipe."""
    with _bar() if sys.stderr.isatty() else _lines() as report:
        yield report


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("Reading", total=None, rate="")
        begun = monotonic()

        def report(tally: "Tally", done: int, total: int | None) -> None:
            said, rate = _pace(tally, begun)
            bar.update(task, completed=done, total=total, rate=rate, description=said)

        yield report


@contextmanager
def _lines() -> Iterator[Report]:
    begun = last = monotonic()

    def report(tally: "Tally", done: int, total: int | None) -> None:
        nonlocal last
        if monotonic() - last >= LINES_EVERY:
            last = monotonic()
            share = [f"{done / total:.0%}"] if total else []
            print(", ".join([*_pace(tally, begun), *share]), file=sys.stderr, flush=True)

    yield report


def _pace(tally: "Tally", begun: float) -> tuple[str, str]:
    """Say how many pages are done, and how many come in a second."""
    pages = tally.new + tally.changed + tally.same + tally.unreadable
    rate = pages / max(monotonic() - begun, 0.1)
    return f"{pages:,} {'page' if pages == 1 else 'pages'}", f"{rate:,.0f} pages/s"
