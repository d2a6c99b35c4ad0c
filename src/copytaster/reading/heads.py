"""How a piece of a dump stands to the others as a candidate for the headline.

A headline stands above the text whose words it has, with a byline, a date or a standfirst below it;
breadcrumbs and links to share it say it again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import unquote

import numpy as np

from copytaster.reading.around import core, shifted, window
from copytaster.reading.lines import Dump
from copytaster.reading.look import Columns, size
from copytaster.reading.network import Matrix
from copytaster.reading.spoken import Spoken, words_of

_SEEN = (
    *("ends", "ends long", "bullet", "apart", "edge", "twice", "alike often", "dots", "asks"),
    *("colon", "digits", "clock", "capitals", "lower", "quoted", "quotes", "sentences"),
    *("separator", "linked", "related", "talk", "furniture", "photo", "credit", "byline", "date"),
    *("common", "at sign", "like before", "like after", "repeats", "leaning"),
)
_BELOW = ("byline", "date", "photo", "bullet", "ends", "short", "furniture")
_ABOUT = (
    "letters",
    "words of the lead",
    "many of the lead",
    "said below",
    "addressed",
    "menu above",
)
_LEAST, _LONGEST = 12, 300
"""Letters of a line that is looked for in others."""
_WORDS = re.compile(r"\w+")
_SHARING = re.compile(r"[?&](?:subject|text|title|t|body|u|url|description|quote)=")
"""Addresses that hand on what the page is."""
_NONE = -3.0
"""Odds of a piece that is not there."""
_LEAD = 5
"""Pieces of text that are its beginning."""


def candidacies(dump: Dump, spoken: Spoken, seen: Columns, outputs: Matrix) -> Columns:
    """Give how each piece stands as a candidate.

    `outputs` says in its two columns how likely each is text and headline.
    """
    likely = outputs[:, 0]
    letters = np.array([size(piece.text) for piece in dump.pieces], dtype=np.float32)
    weights = (likely - 0.4) * np.sqrt(np.clip(letters, 8, 400))
    first, last = core(weights.tolist())
    place = np.arange(len(likely), dtype=np.float32)
    odds = _odds(outputs)
    text = np.where(likely > 0.4, likely, 0) * np.minimum(letters, 400)
    above = np.cumsum(text, dtype=np.float64) - text
    lead = np.zeros_like(likely)
    lead[[n for n in range(first, last) if likely[n] > 0.5][:_LEAD]] = 1.0
    share, many = spoken.cohesion(lead)
    whole, more = spoken.cohesion(np.where(likely > 0.5, likely, 0))
    columns = {
        "is text": odds[:, 0],
        "is headline": odds[:, 1],
        "letters": np.minimum(letters, 300) / 100,
        "few letters": (letters < 15).astype(np.float32),
        "some letters": ((letters >= 25) & (letters < 130)).astype(np.float32),
        "many letters": (letters > 160).astype(np.float32),
        "to the text": np.clip((first - place) / 5, -2, 2),
        "far from the text": np.clip((first - place) / 40, -1, 1),
        "in the text": ((place >= first) & (place < last)).astype(np.float32),
        "text above it": (above / (float(text.sum()) + 1)).astype(np.float32),
        "text till there": np.log1p(np.maximum(0, above[min(first, len(above) - 1)] - above)) / 6,
        "words of the lead": share,
        "many of the lead": many,
        "words of the text": whole,
        "many of the text": more,
        **_better(odds[:, 1], share, first),
        **_said(dump),
        "addressed": _addressed(dump, spoken),
    }
    for by in (1, 2, 3):
        for number, name in enumerate(("text", "headline")):
            columns[f"{name} {by} before"] = shifted(odds[:, number], by)
            columns[f"{name} {by} below"] = shifted(odds[:, number], -by)
    columns["menu above"] = _menu(dump)
    for name in _ABOUT:
        for by in (1, 2):
            columns[f"{name} {by} above"] = shifted(columns[name], by)
            columns[f"{name} {by} under"] = shifted(columns[name], -by)
    for name in _BELOW:
        columns[f"{name} 1 below"] = shifted(seen[name], -1)
        columns[f"{name} 2 below"] = shifted(seen[name], -2)
        columns[f"{name} near below"] = window(seen[name], 1, 5)
        columns[f"{name} 1 before"] = shifted(seen[name], 1)
    return columns | {name: seen[name] for name in _SEEN}


def _odds(outputs: Matrix) -> Matrix:
    within = np.clip(outputs, 1e-3, 1 - 1e-3)
    return np.asarray(np.log(within / (1 - within)) / 3, dtype=np.float32)


def _better(odds: Matrix, share: Matrix, first: int) -> Columns:
    """Give how much better the best of those above, below and anywhere is."""
    till = np.full_like(odds, _NONE)
    till[: max(0, first - 1)] = np.maximum.accumulate(odds[1:first][::-1])[::-1]
    return {
        "worse": odds.max() - odds,
        "worse than above": _best(odds, range(1, 5)) - odds,
        "worse than below": _best(odds, range(-4, 0)) - odds,
        "worse till there": till - odds,
        "less of it": _best(share, range(-6, 7)) - share,
    }


def _best(values: Matrix, before: Iterable[int]) -> Matrix:
    """Give the greatest of the values that stand so many places before each."""
    found = np.full_like(values, _NONE)
    for by in before:
        count = len(values) - abs(by)
        if count > 0:
            own, other = (by, 0) if by > 0 else (0, -by)
            np.maximum(
                found[own : own + count],
                values[other : other + count],
                out=found[own : own + count],
            )
    return found


def _menu(dump: Dump) -> Matrix:
    """Give how many pieces in a row above each are as short as those of a menu, or items of it."""
    found, run = [], 0
    for piece in dump.pieces:
        found.append(run)
        run = run + 1 if piece.bullet or size(piece.text) < 30 else 0
    return np.asarray(np.log1p(np.array(found)) / 3, dtype=np.float32)


def _said(dump: Dump) -> Columns:
    """Give how often the words of each piece stand in others: alone, or as part of them."""
    said = [" ".join(_WORDS.findall(piece.text.casefold())) for piece in dump.pieces]
    places = defaultdict[str, list[int]](list)
    for number, words in enumerate(said):
        places[words].append(number)
    joined = "\n".join(said)
    starts = np.cumsum([0] + [len(words) + 1 for words in said])
    rows = []
    for number, words in enumerate(said):
        if not _LEAST <= len(words) <= _LONGEST:
            rows.append((0.0,) * 6)
            continue
        same = places[words]
        longer = begins = ends = near = 0
        at = joined.find(words)
        while at >= 0 and longer < 5:
            of = int(np.searchsorted(starts, at, side="right")) - 1
            if said[of] != words:
                longer += 1
                begins += at == starts[of]
                ends += at + len(words) + 1 == starts[of + 1]
                near += abs(of - number) < 5
            at = joined.find(words, at + len(words))
        before, after = sum(n < number for n in same), sum(n > number for n in same)
        rows.append(
            (min(2, before), min(2, after), min(2, begins), min(2, ends), min(2, longer), near > 0)
        )
    names = ("said above", "said below", "begins another", "ends another", "in another", "in near")
    table = np.array(rows, dtype=np.float32)
    holds = np.zeros(len(said), dtype=np.float32)
    for number, words in enumerate(said):
        for other in said[max(0, number - 5) : number + 6]:
            if len(other) >= _LEAST and other != words and other in words:
                holds[number] = len(other) / len(words)
    return dict(zip(names, table.T, strict=True)) | {"holds another": holds}


def _addressed(dump: Dump, spoken: Spoken) -> Matrix:
    """Give what share of each piece's words stands in an address by which the page is shared."""
    holding = defaultdict[str, set[int]](set)
    for number, address in enumerate(filter(_SHARING.search, dump.addresses)):
        for word in words_of(unquote(address)):
            holding[word].add(number)
    found = []
    for words in spoken.words:
        held = Counter(number for word in set(words) for number in holding.get(word, ()))
        found.append(max(held.values(), default=0) / max(5, len(set(words))))
    return np.array(found, dtype=np.float32)
