"""Which of two articles is the source: by credit, by date, by what contains what, by order."""

import re
from datetime import datetime

from copytaster.copies.index import Text
from copytaster.copies.kinds import GAPS, WHOLE, Pair
from copytaster.copy import Reason
from copytaster.date import instant

PART = 0.6
"""Share below which the longer of two articles is more than a reprint of the shorter."""


def directed(pair: Pair) -> tuple[Pair, tuple[Reason, ...]]:
    """Turn the pair so that the source is the source, and give the reasons.

    `pair` comes with the article that came later as the copy.
    """
    copy, source = pair.copy.text, pair.source.text
    if sense := _credited(copy, source):
        return (pair if sense > 0 else pair.turned()), ("credit",)
    if sense := _dated(copy, source):
        return (pair if sense > 0 else pair.turned()), ("date",)
    if pair.share >= WHOLE and pair.source_share < PART:
        return pair, ("contains",)
    back = pair.turned()
    if back.share >= WHOLE and back.source_share < PART:
        if back.titled or back.gaps > GAPS or back.leads:
            return back, ("contains",)
    elif pair.kind() == "embedded" and back.kind() != "embedded":
        return back, ("contains",)
    return pair, ("order",)


def _credited(copy: Text, source: Text) -> int:
    """Say 1 where the source's outlet is the agency that the copy credits, -1 the other way."""
    return is_agency(copy.agency, source.outlet) - is_agency(source.agency, copy.outlet)


def is_agency(agency: str | None, outlet: str | None) -> bool:
    """Say whether `outlet` is the agency: "AP" is "AP News" and "The Associated Press"."""
    if not agency or not outlet:
        return False
    called = re.findall(r"\w+", agency.casefold())
    named = [word for word in re.findall(r"\w+", outlet.casefold()) if word != "the"]
    initials = "".join(word[0] for word in named)
    return [initials] == called or (bool(called) and set(called) <= {*named, "the"})


def _dated(copy: Text, source: Text) -> int:
    """Say 1 where the source was published first, -1 where the copy was, 0 where nothing tells."""
    if not copy.date or not source.date:
        return 0
    ours, theirs = _moment(copy.date, source.date), _moment(source.date, copy.date)
    if ours is None or theirs is None:
        return 0
    return (ours > theirs) - (ours < theirs)


def _moment(date: str, other: str) -> datetime | None:
    """Give a date with no more precision than the other has."""
    if "T" not in other:
        date = date[: len(other)]
    try:
        return instant(date)
    except ValueError:
        return None
