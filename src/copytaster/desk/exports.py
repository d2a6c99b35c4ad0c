"""Claims as rows of a table, for spreadsheets and statistics."""

import csv
from collections.abc import Iterable
from typing import TextIO

from copytaster.desk.stated import Quoted, TextPositionSelector

COLUMNS = (
    "article", "number", "address", "headline", "outlet", "publisher", "date", "language",
    "speaker_key", "speaker", "speaker_kind", "named", "source", "cue", "via", "kind", "attitude",
    "negated", "words", "figures", "start", "end", "found", "confidence",
)  # fmt: skip
"""A claim's columns. What there are several of has " > " (via) or " | " (figures) between."""

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write_csv(file: TextIO, claims: Iterable[Quoted]) -> None:
    """Write claims as CSV (RFC 4180) with a header.

    Text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for quoted in claims:
        table.writerow([_safe(cell) for cell in row(quoted)])


def row(quoted: Quoted) -> tuple[str | int | float, ...]:
    """Give the cells of a claim, as in `COLUMNS`."""
    line, stated, claim = quoted.article, quoted.stated, quoted.stated.claim
    who = claim.speaker
    spans = [
        selector
        for target in stated.target
        for selector in target.selector
        if isinstance(selector, TextPositionSelector)
    ]
    return (
        line.id,
        stated.number,
        line.url or "",
        line.headline,
        line.outlet,
        line.publisher,
        line.date,
        line.language or "",
        stated.speaker.key if stated.speaker else "",
        stated.speaker.name if stated.speaker else "",
        (who.kind or "") if who else "",
        who.name if who else "",
        stated.source,
        stated.cue,
        " > ".join(carrier.name for carrier in claim.via),
        claim.kind,
        claim.attitude,
        "yes" if claim.negated else "no",
        stated.words,
        " | ".join(stated.figures),
        spans[0].start if spans else "",
        spans[-1].end if spans else "",
        claim.found,
        claim.confidence,
    )


def _safe(cell: str | float) -> str | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_ACTIVE) else cell
