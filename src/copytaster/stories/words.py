"""Words as a text writes them, between marks; by a table of bytes where Latin-1 has its letters."""

import re

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d.,:]*\d")
_MARKS = "‘’“”„–—•−€‹›…\u2002\u2009\u200b\ufeff"
"""Of the characters that Latin-1 lacks, those of news that are no part of a word."""
_CHARACTERS = [chr(number) for number in range(256)]
_IN_WORDS = bytes(ord(one.lower()) if one.isalnum() else 32 for one in _CHARACTERS)
_IN_LETTERS = bytes(
    ord(one) if one.isalnum() and not one.isdecimal() else 32 for one in _CHARACTERS
)
_IN_NUMBERS = bytes(number if chr(number) in "0123456789.,:" else 32 for number in range(256))


def folded(text: str) -> list[str]:
    """Give the runs of letters and digits, case folded."""
    latin = folded_latin(text)
    return _WORD.findall(text.casefold()) if latin is None else latin.split()


def folded_latin(text: str) -> str | None:
    """Give a text case folded, with nothing but spaces between its runs of letters and digits.

    Nothing where Latin-1 lacks one of its letters.
    """
    if "\u00df" in text or "\u00b5" in text:  # folded, they are outside it or two letters
        return None
    written = _latin(text)
    return written.translate(_IN_WORDS).decode("latin-1") if written is not None else None


def letters(text: str) -> list[str]:
    """Give the runs of letters, as they are written."""
    written = _latin(text)
    if written is None:
        return _LETTERS.findall(text)
    return written.translate(_IN_LETTERS).decode("latin-1").split()


def numbers(text: str) -> set[str]:
    """Give the numbers of two digits and more, as they are written: "1,500", "10:30"."""
    written = _latin(text)
    if written is None:
        return set(_NUMBER.findall(text))
    runs = set(written.translate(_IN_NUMBERS).decode("latin-1").split())
    return {run for run in (run.strip(".,:") for run in runs) if len(run) > 1}


def _latin(text: str) -> bytes | None:
    """Give a text in Latin-1 with a space for each mark; nothing where letters are left over."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        for mark in _MARKS:
            text = text.replace(mark, " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None
