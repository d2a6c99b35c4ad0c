"""What the commands print: lines for people, JSON Lines for programs, and how an `add` goes."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

from msgspec import json

if TYPE_CHECKING:
    from copytaster.desk.listing import Listing, Tally
    from copytaster.desk.stated import Made, Quoted

Report = Callable[["Tally", int, int | None], None]
"""Takes a tally so far, bytes done and bytes in all; nothing where those are not known."""
_Tell = Callable[[str, str, int, int | None], None]
"""Takes what was done and how fast, in words, and how far that is."""

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd")
"""Characters that a terminal obeys instead of showing them (C0, DEL and C1 of ISO 6429)."""
_IN_LINES = {code: to for code, to in _CONTROLS.items() if code not in (0x09, 0x0A)}

LONGEST_QUOTE = 200
"""Characters of a claim in a list."""

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


def show(listings: "list[Listing]", *, as_json: bool, claims: "Sequence[Quoted]" = ()) -> None:
    """Print articles, one a line, and their claims below; as JSON the claims, where there are."""
    if as_json and claims:
        for quoted in claims:
            emit(quoted)
        return
    for listing in listings:
        if as_json:
            emit(listing)
            continue
        score = f"{listing.score:6.2f}  " if listing.score is not None else ""
        line = f"{listing.date[:10]}  {listing.id}  {listing.publisher}: {listing.headline}"
        print(score + one_line(line))
        for quoted in claims:
            if quoted.article.id == listing.id:
                print(quote(quoted))
    if not listings and not as_json:
        print("copytaster: nothing found", file=sys.stderr)


def quote(quoted: "Quoted") -> str:
    """Write a claim as one line: who, through whom, the words."""
    claim = quoted.stated.claim
    who = claim.speaker.name if claim.speaker else "nobody named"
    chain = "".join(f", through {carrier.name}" for carrier in claim.via)
    words = quoted.stated.words
    short = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rstrip() + " …"
    return one_line(f"    {who}{chain}: {short}")


def summary(tally: "Tally") -> str:
    """Say what an `add` did, in one line."""
    line = f"{tally.new:,} new, {tally.changed:,} changed, {tally.same:,} same"
    return line + (f", {tally.unreadable:,} could not be read" if tally.unreadable else "")


@contextmanager
def progress() -> Iterator[Report]:
    """Give what shows how an `add` goes: a bar on a terminal, a line now and then in a pipe."""
    begun = monotonic()
    with _bar("Reading") if sys.stderr.isatty() else _lines() as tell:

        def report(tally: "Tally", done: int, total: int | None) -> None:
            pages = tally.new + tally.changed + tally.same + tally.unreadable
            tell(*_pace(pages, "page", begun), done, total)

        yield report


@contextmanager
def making() -> Iterator[Callable[["Made", int], None]]:
    """Give what shows how the making of claims goes, after `progress`."""
    begun = monotonic()
    with _bar("Finding claims") if sys.stderr.isatty() else _lines() as tell:

        def report(made: "Made", total: int) -> None:
            said, rate = _pace(made.articles, "article", begun)
            tell(f"claims of {said}", rate, made.articles, total)

        yield report


@contextmanager
def filing_anew(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give what shows how far a desk is filed anew, and for what ("Upgrading")."""
    begun = monotonic()
    with _bar(what) if sys.stderr.isatty() else _lines() as tell:
        yield lambda done, total: tell(*_pace(done, "article", begun), done, total)


@contextmanager
def _bar(beginning: str) -> Iterator[_Tell]:
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
        task = bar.add_task(beginning, total=None, rate="")

        def tell(said: str, rate: str, done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total, rate=rate, description=said)

        yield tell


@contextmanager
def _lines() -> Iterator[_Tell]:
    last = monotonic()

    def tell(said: str, rate: str, done: int, total: int | None) -> None:
        nonlocal last
        if monotonic() - last >= LINES_EVERY:
            last = monotonic()
            share = [f"{done / total:.0%}"] if total else []
            print(", ".join([said, rate, *share]), file=sys.stderr, flush=True)

    yield tell


def _pace(count: int, noun: str, begun: float) -> tuple[str, str]:
    """Say how many are done, and how many come in a second."""
    rate = count / max(monotonic() - begun, 0.1)
    return f"{count:,} {noun if count == 1 else noun + 's'}", f"{rate:,.0f} {noun}s/s"
