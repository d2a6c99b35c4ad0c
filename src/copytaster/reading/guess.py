"""The encoding of bytes that name none: the one in which they look most like a written language.

After Li and Momoi, "A composite approach to language/encoding detection" (2001): character
distribution for the double-byte encodings, letters and their case for the single-byte ones.
"""

import re
from collections import Counter

_SAMPLE = 65_536
_HIGH = re.compile(rb"[A-Za-z]*[\x80-\xff][\x40-\x7e\x80-\xff]*")

# Ranges of code points that each encoding's everyday text is made of. The lead bytes of the first
# level of each national set hold the frequent characters, so they are counted instead of those.
_LEVEL_ONE = {
    "cp932": range(0x88, 0x98),
    "euc_jp": range(0xB0, 0xD0),
    "gb18030": range(0xB0, 0xD8),
    "big5hkscs": range(0xA4, 0xC7),
    "cp949": range(0xB0, 0xC9),
}
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u3001\u3002\u300c\u300d]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON_HAN = set("的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會")
_HANGUL = re.compile("[\uac00-\ud7a3]")

# The most frequent letters beyond ASCII, and the script that they belong to.
_LETTERS = {
    "cp1251": ("оеаинтсрвлкмдпуяыьгзбчійћњ", re.compile("[\u0400-\u045f\u0490\u0491]")),
    "koi8-u": ("оеаинтсрвлкмдпуяыьгзбчій", re.compile("[\u0400-\u045f\u0490\u0491]")),
    "cp866": ("оеаинтсрвлкмдпуяыьгзбч", re.compile("[\u0400-\u045f]")),
    "iso8859-5": ("оеаинтсрвлкмдпуяыьгзбч", re.compile("[\u0400-\u045f]")),
    "cp1253": ("αοιετσνηυρπκμλςίόάέήύώ", re.compile("[\u0384-\u03ce]")),
    "cp1255": ("יוהלאמרתבשנעםדקחפכטגן", re.compile("[\u05d0-\u05ea]")),
    "cp1256": ("اليمونرتبةعدسفهكقأحجىشصطخذضزءغئ", re.compile("[\u0621-\u0652\u0679-\u06d2]")),
    "cp1252": ("éèàêçüöäßôîûùâïñóáíúãõåæø", re.compile("[\u00c0-\u00ff\u0152\u0153]")),
    "cp1250": ("ąęłżźćńśóěščřžýáíéůőűúöüđţşăâî", re.compile("[\u00c0-\u017f]")),
    "cp1254": ("ıışğüöçİŞĞÜÖÇâ", re.compile("[\u00c0-\u017f]")),
}
_MARKS = re.compile("[\u00a0\u00a9\u00ab\u00ad\u00b0\u00b7\u00bb\u2010-\u203a\u20ac\u2116\u2122]")
_ENOUGH = 0.35
"""Share of the foreign characters that must be usual ones; below it nothing is guessed."""


def guess(content: bytes) -> str | None:
    """Give the Python codec that the bytes are most likely written in; nothing if none is."""
    if b"\x00" in content:
        return _wide(content)
    if b"\x1b$" in content:
        return "iso2022_jp"
    runs = _HIGH.findall(content[:_SAMPLE])
    if not runs:
        return None
    sample = b" ".join(runs)
    scores = {name: _double_byte(sample, name) for name in _LEVEL_ONE}
    scores |= {name: _single_byte(sample, name) for name in _LETTERS}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _ENOUGH else None


def _wide(content: bytes) -> str | None:
    """Tell UTF-16 by where its zero bytes stand: the high halves of ASCII and of spaces."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) / 50:
        return None
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else None


def _double_byte(sample: bytes, name: str) -> float:
    """Score a double-byte encoding, 0 to 1: the share of its characters that are everyday ones."""
    text = sample.decode(name, "replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign or text.count("\ufffd") * 20 > len(foreign):
        return 0.0
    usual = sum(_usual(Counter(foreign), name).values())
    return usual / len(foreign)


def _usual(characters: Counter[str], name: str) -> dict[str, float]:
    """Weigh each kind of character of a text by how much it speaks for the encoding."""
    weights: dict[str, float] = {}
    for character, times in characters.items():
        if name in ("cp932", "euc_jp") and _KANA.match(character):
            weight = 1.0
        elif _HALF_KANA.match(character):
            weight = -1.0
        elif _HANGUL.match(character) and name == "cp949":
            weight = 0.98 if _lead(character, name) in _LEVEL_ONE[name] else 0.2
        elif character in "\u3001\u3002\uff0c\uff1a\u201c\u201d\u300a\u300b\u300c\u300d":
            weight = 0.9
        elif _HAN.match(character) and name != "cp949":
            level_one = _lead(character, name) in _LEVEL_ONE[name]
            weight = (0.7 if level_one else 0.1) + 2.0 * (character in _COMMON_HAN)
            # Japanese is never written in Chinese characters alone.
            weight *= 0.6 if name in ("cp932", "euc_jp") else 1.0
        else:
            weight = 0.1
        weights[character] = weight * times
    return weights


def _lead(character: str, name: str) -> int:
    return character.encode(name, "replace")[0]


def _single_byte(sample: bytes, name: str) -> float:
    """Score a single-byte encoding, 0 to 1: frequent letters, in words, capitals only in front."""
    text = sample.decode(name, "replace")
    common, script = _LETTERS[name]
    foreign = [character for character in text if character > "\x7f"]
    marks = len(_MARKS.findall(text))
    if not foreign or text.count("\ufffd") * 20 > len(foreign):
        return 0.0
    letters = script.findall(text)
    if not letters:
        return 0.5 * (name == "cp1252") if marks == len(foreign) else 0.0
    usual = sum(letter.lower() in common for letter in letters)
    oddities = len(re.findall(r"[^\W\d_A-Z][А-ЯЀ-ЏÀ-ÞŠŽĄĘŁİŞĞ]", text))
    if script.match("é"):
        # Latin words are ASCII for the greater part: an accented letter mostly stands alone.
        oddities += 2 * len(re.findall(r"[\u00c0-\u017f]{3,}", text))
    else:
        # Words of another script have no Latin letters in them.
        oddities += 2 * len(re.findall(r"[A-Za-z][^\W\d_A-Za-z]|[^\W\d_A-Za-z][A-Za-z]", text))
    share = (usual + 0.5 * marks - oddities) / len(foreign)
    # Where two explain the text alike, the one that needs fewer letters for it is likelier.
    return 0.95 * max(0.0, share) - 0.001 * len(common)
