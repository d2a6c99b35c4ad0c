"""Which pieces of a dump are the article's text: a sum of weights for each piece.

The weights are on what a piece looks like and on the pieces next to it. They were fitted by
`bench/train_dumps.py`; nothing of any site is in them.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from copytaster.reading import phrases
from copytaster.reading.dates import visible
from copytaster.reading.lines import Dump, Piece

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_END = re.compile(r"[.!?…。！？।؟۔]['\"”’»“)\]」』]*\Z")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")

Features = dict[str, float]

WEIGHTS: Features = {
    "bias": -2.17,
    "size": 1.79,
    "short": -0.38,
    "middle": 0.2,
    "ends": 1.37,
    "ends long": 0.81,
    "colon": 1.97,
    "digits": 2.01,
    "bullet": 0.56,
    "bullet ends": -1.82,
    "apart": 1.29,
    "set in": -1.55,
    "edge": 0.14,
    "linked": -0.53,
    "many links": -0.74,
    "twice": -1.03,
    "related": -0.97,
    "talk": -0.73,
    "furniture": -1.17,
    "furniture short": -0.77,
    "legal": -1.78,
    "photo": 1.4,
    "credit": -2.96,
    "byline": -2.44,
    "date": -2.2,
    "at sign": 0.72,
    "before 1": -0.45,
    "after 1": -0.2,
    "before 2": 0.53,
    "after 2": 0.58,
    "before 4": -0.43,
    "after 4": -0.64,
    "size before": 0.55,
    "size after": 0.2,
    "ends before": -0.02,
    "ends after": 0.61,
    "linked before": -0.58,
    "linked after": -0.64,
    "furniture before": -0.21,
    "furniture after": -0.01,
    "related before": -0.47,
    "related after": 0.19,
    "prose near": 1.06,
    "at its edge": -1.07,
    "above": -1.25,
    "below": -3.6,
    "inside": -1.03,
    "gap before": -0.57,
    "gap after": -0.61,
    "text outside": -0.6,
    "line inside": 1.0,
    "under a line": -0.52,
    "after related": -1.11,
}
LEAST = -0.1
"""Odds above which a piece is taken for text."""


def odds(dump: Dump) -> list[float]:
    """Give for each piece the logarithm of the odds that it is the article's text."""
    return [sum(WEIGHTS[name] * own[name] for name in WEIGHTS) for own in features(dump)]


def likelihoods(dump: Dump) -> list[float]:
    """Give for each piece how likely it is the article's text, 0 to 1."""
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, odd)))) for odd in odds(dump)]


def size(text: str) -> int:
    """Give the length of a text in letters; a Chinese character tells as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def ends(text: str) -> bool:
    """Tell whether a text ends with a sentence."""
    return bool(_END.search(text))


def features(dump: Dump) -> list[Features]:
    """Give what tells body from furniture, for each piece by itself and by its neighbours."""
    found = dump.pieces
    times = Counter(piece.text for piece in found)
    looks = [_alone(piece, dump.numbered, times[piece.text]) for piece in found]
    running = [_running(piece, own) for piece, own in zip(found, looks, strict=True)]
    first, last = core(running)
    closed = 0.0
    gaps = _gaps(running)
    back = _gaps(running[::-1])[::-1]
    for number, own in enumerate(looks):
        for reach in (1, 2, 4):
            own[f"before {reach}"] = _share(running[max(0, number - reach) : number], reach)
            own[f"after {reach}"] = _share(running[number + 1 : number + 1 + reach], reach)
        for name in ("size", "ends", "linked", "furniture", "related"):
            own[f"{name} before"] = looks[number - 1][name] if number else 0.0
            own[f"{name} after"] = looks[number + 1][name] if number + 1 < len(looks) else 0.0
        near = sum(running[max(0, number - 8) : number + 9])
        own["prose near"] = min(1.0, max(0.0, near / 20))
        own["at its edge"] = float(number in (first - 1, last))
        own["above"] = min(1.0, max(0, first - number) / 20)
        own["below"] = min(1.0, max(0, number - last + 1) / 20)
        inside = first <= number < last
        own["inside"] = float(inside)
        own["gap before"] = min(gaps[number], 8) / 8
        own["gap after"] = min(back[number], 8) / 8
        own["text outside"] = 0.0 if inside else own["ends long"]
        own["line inside"] = own["short"] if inside else 0.0
        own["under a line"] = own["ends long"] * (1 - own["ends before"])
        if number > first and (own["related"] or own["talk"]):
            closed = 1.0
        own["after related"] = closed
        closed *= 0.6 if running[number] > 0 else 0.97
    return looks


def _gaps(running: Sequence[float]) -> list[int]:
    """Give for each piece how many before it, in a row, are no text."""
    found, gap = [], len(running)
    for weight in running:
        found.append(gap)
        gap = 0 if weight > 0 else gap + 1
    return found


def _share(running: Sequence[float], reach: int) -> float:
    return sum(weight > 0 for weight in running) / reach


def core(weights: Sequence[float]) -> tuple[int, int]:
    """Find where the article is: the run of pieces with the greatest sum, from, to and not with.

    After Kadane; text counts for it and what is none against it.
    """
    best, begin, total, span = 0.0, 0, 0.0, (0, 0)
    for number, weight in enumerate(weights):
        if total <= 0:
            total, begin = 0.0, number
        total += weight
        if total > best:
            best, span = total, (begin, number + 1)
    return span


def _running(piece: Piece, own: Features) -> float:
    """Give how much a piece is running text, up to 6, or how much it speaks against it."""
    letters = size(piece.text)
    if own["talk"] or own["related"] or own["legal"]:
        return -4.0
    if letters >= 70 and own["ends"] and not own["linked"]:
        return min(6.0, letters / 70) * (0.3 if piece.bullet or own["furniture"] else 1.0)
    if letters >= 140 and not own["linked"]:
        return 0.7
    return -1.0 if piece.bullet or own["linked"] else -0.5


def _alone(piece: Piece, numbered: bool, times: int) -> Features:
    text = piece.text
    letters = size(text)
    words = _WORD.findall(text)
    ended = ends(text)
    furniture = bool(phrases.FURNITURE.match(text))
    return {
        "bias": 1.0,
        "size": min(1.0, letters / 300),
        "short": float(letters < 30),
        "middle": float(30 <= letters < 80),
        "ends": float(ended),
        "ends long": float(ended and letters >= 60),
        "colon": float(text.endswith((":", "："))),
        "digits": sum(word.isdigit() for word in words) / max(4, len(words)),
        "bullet": float(piece.bullet),
        "bullet ends": float(piece.bullet and ended),
        "apart": float(piece.apart),
        "set in": float(piece.indent >= 8),
        "edge": float(piece.heading),
        "linked": float(piece.url is not None and piece.links == 1 and not ended),
        "many links": float(numbered and piece.links * 8 > max(4, len(words))),
        "twice": float(times > 1),
        "related": float(letters < 90 and bool(phrases.RELATED.fullmatch(text))),
        "talk": float(letters < 60 and bool(phrases.TALK.fullmatch(text))),
        "furniture": float(furniture),
        "furniture short": float(furniture and letters < 100),
        "legal": float(len(phrases.LEGAL.findall(text)) * 250 > letters),
        "photo": float(letters < 400 and bool(phrases.PHOTO.match(text))),
        "credit": float(letters < 400 and bool(phrases.CREDIT.search(text))),
        "byline": float(letters < 100 and not ended and bool(phrases.BYLINE.match(text))),
        "date": float(letters < 80 and bool(_DIGIT.search(text)) and visible(text) is not None),
        "at sign": float(letters < 200 and ("@" in text or "http" in text or "{" in text)),
    }
