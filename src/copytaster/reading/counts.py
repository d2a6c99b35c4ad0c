"""Counts of comments, reads and shares beside a teaser; and ranks, which only look like them."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from copytaster.article import Teaser
from copytaster.reading import phrases

LONGEST = 30
"""Characters of a line that holds nothing but a count."""
FEWEST = 3
"""Numbers in a row, from 1 on, that are ranks and neither words of a headline nor counts."""
_NUMBER = r"(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})"
_BARE = re.compile(rf"^[\s(\[·•|+:-]*{_NUMBER}[\s)\]·•|+]*$")
_WORDED = re.compile(rf"^\W*(?:[^\W\d]{{1,12}}\W+)?{_NUMBER}(?:\W+[^\W\d]+){{0,2}}\W*$")
_TAIL = re.compile(rf"^\s*(?:\(\s*{_NUMBER}\s*\)|{_NUMBER}(?=\s|$))\s*(.*)$", re.S)
"""What follows a link in the same line: a count, and then perhaps the standfirst."""
_YEAR = re.compile(r"(?:19[89]|20[0-3])\d")
_TIME = re.compile(
    r"\d[:.]\d\d\b|\b(?:ago|secs?|min|mins|minutes?|hrs?|hours?|days?|wks?|weeks?|mths?|months?|"
    r"yrs?|years?|std|stunden|tagen?|uhr|vor|timer|uur|uren|dagen|heures?|horas?|días?|hace|il y a)"
    r"\b|\d\s?[hd]\b",
    re.I,
)
_RANK = re.compile(r"^#?(\d{1,2})(?:[.):]?\s+|(?=[^\W\d]))")


def count_of(line: str, *, told: bool) -> int | None:
    """Give the count that a line is: a bare number, or one with a word for what is counted.

    What is told by its element to be one needs no such word.
    """
    if len(line) > LONGEST:
        return None
    if match := _BARE.match(line):
        return None if not told and _YEAR.fullmatch(match[1]) else _number(match[1])
    match = _WORDED.match(line)
    if match and (told or phrases.COUNTED.search(line)) and not _TIME.search(line):
        return _number(match[1])
    return None


def tail_of(after: str) -> tuple[int | None, str]:
    """Give the count that follows a link in its line, and the text behind it."""
    match = _TAIL.match(after)
    if match is None or (match[2] and _YEAR.fullmatch(match[2])):
        return None, ""
    return _number(match[1] or match[2]), phrases.COUNTED.sub("", match[3], count=1).lstrip(" .·|")


def unranked(teasers: Sequence[tuple[int, Teaser]]) -> list[Teaser]:
    """Take ranks off teasers in page order, each with the number of the frame it is listed in.

    One of the list may be missing, where its headline could not be read.
    """
    found = [teaser for _, teaser in teasers]
    runs: dict[int, dict[int, int]] = {}
    for number, (listed, teaser) in enumerate(teasers):
        rank = _rank(teaser)
        if rank is None:
            continue
        run = runs.setdefault(listed, {})
        if rank - max(run, default=0) not in (1, 2):
            _take_off(found, run)
            run.clear()
        if rank - max(run, default=0) in (1, 2):
            run[rank] = number
    for run in runs.values():
        _take_off(found, run)
    return found


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _rank(teaser: Teaser) -> int | None:
    if teaser.count is not None:
        return teaser.count
    match = _RANK.match(teaser.headline)
    return int(match[1]) if match else None


def _take_off(found: list[Teaser], run: dict[int, int]) -> None:
    if len(run) < FEWEST:
        return
    for number in run.values():
        teaser = found[number]
        found[number] = (
            replace(teaser, headline=_RANK.sub("", teaser.headline))
            if teaser.count is None
            else replace(teaser, count=None)
        )
