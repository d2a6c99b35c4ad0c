"""Bytes as text: encodings as browsers treat them, and a sound guess where nothing is said."""

import codecs
import re

from copytaster.reading.guess import guess

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))

_PIECE = 1 << 14
"""Bytes tried at once for being UTF-8: few enough to stay in the processor's nearest cache."""
_PRESCAN = 4096
"""Bytes looked at for a declaration. The standard says 1,024; many pages have theirs further on."""

_DECLARATION = re.compile(
    rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:+-]+)"""
    rb"""|<\?xml\s[^>]*?encoding\s*=\s*["']\s*([\w.:+-]+)""",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)

# Labels of the WHATWG Encoding Standard that Python does not know.
_LABELS = {
    "cn-big5": "big5",
    "csiso88598i": "iso8859-8",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-big5": "big5",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-cp1253": "cp1253",
    "x-cp1254": "cp1254",
    "x-cp1255": "cp1255",
    "x-cp1256": "cp1256",
    "x-cp1257": "cp1257",
    "x-cp1258": "cp1258",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "x-mac-ukrainian": "mac-cyrillic",
    "x-sjis": "cp932",
    "x-unicode20utf8": "utf-8",
    "x-x-big5": "big5",
}

# Python's name of an encoding -> the Python codec that does what browsers do with it.
_CODECS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp874": "cp874",
    "cp932": "cp932",
    "cp949": "cp949",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ibm866": "cp866",
    "cp866": "cp866",
    "iso2022_jp": "iso2022_jp",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "koi8-r": "koi8-u",
    "koi8-u": "koi8-u",
    "mac-cyrillic": "mac-cyrillic",
    "mac-roman": "mac-roman",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-16-le": "utf-16-le",
    **{f"cp125{digit}": f"cp125{digit}" for digit in range(9)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}


def decode(content: bytes, declared: str | None, *, html: bool) -> str:
    """Give the text of a page; `declared` is the HTTP header's charset as it was written there.

    In this order, after the HTML standard's "determining the character encoding": a byte order
    mark, `declared`, the page's own declaration (`html` only). Two things are left to the bytes,
    because saved pages are often stored in another encoding than they name: what is valid UTF-8 is
    UTF-8, and a named encoding in which the bytes make no sense is not believed. Where nothing is
    named the bytes decide alone. Bytes that stand for nothing become U+FFFD; never raises.
    """
    for mark, unicode in _BOMS:
        if content.startswith(mark):
            return _text(content[len(mark) :], unicode)
    if (text := _unicode(content)) is not None:
        return text
    named = [codec(declared), codec(_own_declaration(content)) if html else None]
    for name in filter(None, named):
        if _makes_sense(content, name):
            return _text(content, name)
    found = "utf-8" if _is_nearly_unicode(content) else guess(content)
    return _text(content, found or next(filter(None, named), "cp1252"))


def as_utf8(content: bytes, declared: str | None, *, html: bool) -> bytes:
    """Give what `decode` gives, as UTF-8: for most pages the bytes as they are."""
    if not content.startswith(codecs.BOM_UTF8) and _is_unicode(content):
        return content
    return decode(content, declared, html=html).encode("utf-8", "replace")


def _unicode(content: bytes) -> str | None:
    """Give the text of bytes that are UTF-8, or nothing."""
    return content.decode() if _is_unicode(content) else None


def _is_unicode(content: bytes) -> bool:
    """Tell whether bytes are UTF-8; in pieces, since a text of its own takes twice as long."""
    if 0 in content[:_PRESCAN] and content.count(0) * 8 > len(content):
        return False  # UTF-16
    if content.isascii():
        return b"\x1b$" not in content  # ISO-2022
    view, start = memoryview(content), 0
    try:
        while start < len(content):
            end = start + _PIECE  # a character at the end of a piece may go on behind it
            start += codecs.utf_8_decode(view[start:end], "strict", end >= len(content))[1]
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_unicode(content: bytes) -> bool:
    """Tell whether bytes are UTF-8 but for a few, as where a dump has a letter cut in two."""
    text = _text(content, "utf-8")
    strays = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return "\x00" not in text and strays * 20 < foreign


def codec(label: str | None) -> str | None:
    """Give the Python codec for what browsers understand by `label`; nothing if they do not."""
    label = (label or "").strip(" \t\r\n\f\"'").lower()
    label = _LABELS.get(label, label)
    try:
        return _CODECS.get(codecs.lookup(label).name)
    except (LookupError, ValueError):
        return None


def _own_declaration(content: bytes) -> str | None:
    found = _DECLARATION.search(_COMMENT.sub(b"", content[:_PRESCAN]))
    if not found:
        return None
    label = (found[1] or found[2]).decode("ascii", "replace")
    # What could be read as ASCII to find this is not UTF-16, whatever it says.
    return "utf-8" if label.lower().startswith("utf-16") else label


def _makes_sense(content: bytes, name: str) -> bool:
    """Tell whether the bytes are text in this encoding: at most a few strays, no NULs."""
    text = _text(content, name)
    strays = text.count("\ufffd") + text.count("\x00") + 3 * text.count("\x1b$")
    foreign = len(text) - len(text.encode("ascii", "ignore")) + strays
    return strays <= 2 or strays * 25 < foreign


def _text(content: bytes, name: str) -> str:
    return content.decode(name, "replace").removeprefix("\ufeff")
