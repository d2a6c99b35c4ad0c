"""What a piece of a dump looks like by itself: numbers, one column a name, one row a piece."""

import re
from collections import Counter

import numpy as np

from copytaster.reading import phrases
from copytaster.reading.dates import visible
from copytaster.reading.lines import Dump, Piece
from copytaster.reading.network import Matrix
from copytaster.reading.spoken import Spoken

Columns = dict[str, Matrix]

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_END = re.compile(r"[.!?…。！？।؟۔]['\"”’»“)\]」』]*\Z")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b")
_QUOTE = re.compile('["“”«»„‘’]')
_SENTENCE = re.compile(r"[.!?]\s|。")
_SEPARATOR = re.compile("[|»›•·]")
_TABLE = re.compile(r"\S {3,}\S")
CUES = ("related", "talk", "furniture", "legal", "photo", "credit", "byline", "date", "twice")
"""Columns that say in a word what a piece may be."""


def size(text: str) -> int:
    """Give the length of a text in letters; a Chinese character tells as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def ends(text: str) -> bool:
    """Tell whether a text ends with a sentence."""
    return bool(_END.search(text))


def looks(dump: Dump, spoken: Spoken) -> Columns:
    """Give what each piece looks like, and how often the page has it."""
    found = dump.pieces
    times = Counter(piece.text for piece in found)
    alike = [_DIGIT.sub("0", piece.text) for piece in found]
    often = Counter(alike)
    rows = [
        _shape(piece, times[piece.text], often[other])
        | _words(piece, dump.numbered)
        | _phrases(piece.text)
        for piece, other in zip(found, alike, strict=True)
    ]
    columns = {name: np.array([row[name] for row in rows], dtype=np.float32) for name in rows[0]}
    return columns | {"common": spoken.common()}


def _shape(piece: Piece, times: int, alike: int) -> dict[str, float]:
    """Give what holds of the piece as a block."""
    text = piece.text
    letters = size(text)
    ended = ends(text)
    half = len(text) // 2
    return {
        "size": min(1.0, letters / 300),
        "long": min(1.0, letters / 1000),
        "tiny": float(letters < 12),
        "short": float(letters < 30),
        "middle": float(30 <= letters < 80),
        "ends": float(ended),
        "ends long": float(ended and letters >= 60),
        "bullet": float(piece.bullet),
        "bullet ends": float(piece.bullet and ended),
        "apart": float(piece.apart),
        "set in": float(piece.indent >= 8),
        "edge": float(piece.heading),
        "twice": float(times > 1),
        "alike": float(alike > 1),
        "alike often": float(alike > 3),
        "doubled": float(len(text) > 20 and text[:half].strip()[:40] == text[half:].strip()[:40]),
    }


def _words(piece: Piece, numbered: bool) -> dict[str, float]:
    """Give what holds of the piece's words and signs."""
    text = piece.text
    words, parts = _WORD.findall(text), text.split()
    count = max(3, len(parts))
    return {
        "colon": float(text.endswith((":", "："))),
        "dots": float(text.endswith(("…", "..."))),
        "asks": float(text.endswith(("?", "？"))),
        "shouts": float("!" in text),
        "digits": sum(word.isdigit() for word in words) / max(4, len(words)),
        "clock": float(bool(_CLOCK.search(text))),
        "capitals": sum(part[:1].isupper() for part in parts) / count,
        "lower": float(text[:1].islower()),
        "quoted": float(bool(_QUOTE.match(text))),
        "quotes": float(bool(_QUOTE.search(text))),
        "commas": min(1.0, (text.count(",") + text.count("、")) / 6),
        "sentences": min(1.0, len(_SENTENCE.findall(text)) / 4),
        "separator": float(bool(_SEPARATOR.search(text))),
        "table": float(bool(_TABLE.search(text))),
        "linked": float(piece.url is not None and piece.links == 1 and not ends(text)),
        "many links": float(numbered and piece.links * 8 > max(4, len(words))),
    }


def _phrases(text: str) -> dict[str, float]:
    """Give what the phrases that pages use everywhere say of a piece."""
    letters = size(text)
    furniture = bool(phrases.FURNITURE.match(text))
    return {
        "related": float(letters < 90 and bool(phrases.RELATED.fullmatch(text))),
        "talk": float(letters < 60 and bool(phrases.TALK.fullmatch(text))),
        "furniture": float(furniture),
        "furniture short": float(furniture and letters < 100),
        "legal": float(len(phrases.LEGAL.findall(text)) * 250 > letters),
        "photo": float(letters < 400 and bool(phrases.PHOTO.match(text))),
        "credit": float(letters < 400 and bool(phrases.CREDIT.search(text))),
        "byline": float(letters < 100 and not ends(text) and bool(phrases.BYLINE.match(text))),
        "date": float(letters < 80 and bool(_DIGIT.search(text)) and visible(text) is not None),
        "at sign": float(letters < 200 and ("@" in text or "http" in text or "{" in text)),
    }
