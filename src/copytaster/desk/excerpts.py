"""Where an article says what was searched for: the words there, with what stands around them."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from copytaster.article import Article
from copytaster.desk.listing import Excerpt
from copytaster.desk.words import is_unspaced

AROUND = 110
"""Characters shown on either side of the first of the words."""
READ = 40_000
"""Characters of an article that are looked through."""

LONGEST = 200
"""Characters of a phrase."""
TRIED = 8
"""Places that have its first word."""
NEVER = "(?!)"
"""A pattern that is nowhere."""

_Sought = tuple[str, bool]
"""A phrase as the index knows it, and whether its last word is only a beginning."""


class _Folds(dict[int, int]):
    """Letters without case and marks, as the index sees them; one for one, so offsets hold."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(normalize("NFD", chr(code))[0].lower()[0])
        return self[code]


_FOLDS = _Folds()
_RARE = re.compile(r"[^\x00-\x7f]")
_FEW = 24
"""Letters beyond ASCII that are replaced one by one, faster than all by a table."""


def _folded(text: str) -> str:
    """Give a text in `_Folds`, which a table takes half a millisecond for."""
    rare = set(_RARE.findall(text))
    if len(rare) > _FEW:
        return text.translate(_FOLDS)
    for letter in rare:
        text = text.replace(letter, chr(_FOLDS[ord(letter)]))
    return text.lower()


def excerpt(article: Article, sought: Collection[_Sought]) -> Excerpt | None:
    """Show a place after headline and standfirst that has one of the words sought.

    The first that spells it as it is sought, but for capitals; else the first. Nothing where there
    is none: the words stand in what lists show of the article anyhow.
    """
    if not sought:
        return None
    text = article.text[:READ]
    lists = len(article.headline) + len("\n\n") + len(article.standfirst or "")
    look = _look(tuple(sought))
    place = _spelt(text, lists, look) or _anyhow(text, lists, look)
    if place is None:
        return None
    first, last = place
    start = text.rfind("\n\n", 0, first) + 2
    end = text.find("\n\n", last) % (len(text) + 1)
    if first - AROUND > start:
        near = first - AROUND
        start = max(near, text.find(" ", near, first) + 1)
    if last + AROUND < end:
        near = last + AROUND
        end = max(text.rfind(" ", last, near), last + AROUND // 2)
    before = start - 1  # whether a word begins there shows only beside what is before it
    found = look.pattern.finditer(_folded(text[before:end]), 1)
    marks = tuple((before + one.start(), before + one.end()) for one in found)
    return Excerpt(article=article.id, text=text[start:end], start=start, end=end, marks=marks)


class _Look(NamedTuple):
    """What to look for."""

    pattern: re.Pattern[str]
    """Finds the phrases, in a text that is folded."""
    heads: frozenset[str]
    """The words that they begin with, folded."""
    spellings: tuple[str, ...]
    """The same, as they are likely to stand in a text."""


@lru_cache(64)
def _look(sought: tuple[_Sought, ...]) -> _Look:
    phrases, heads, spellings = [], [], []
    for phrase, begins in sought:
        words = re.findall(r"\w+", phrase.translate(_FOLDS))
        if words:
            phrases.append(_phrase(words, begins))
            heads.append(words[0])
            for word in (*re.findall(r"\w+", phrase)[:1], words[0]):
                spellings += [word, word.lower(), word.capitalize(), word.upper()]
    pattern = re.compile("|".join(phrases) or NEVER)
    return _Look(pattern, frozenset(heads), tuple(dict.fromkeys(spellings)))


def _spelt(text: str, lists: int, look: _Look) -> tuple[int, int] | None:
    """Give the first place after `lists` that has a phrase in one of its usual spellings.

    To fold a whole text takes ten times as long.
    """
    first = None
    for word in look.spellings:
        at = text.find(word, lists, first and first[0])
        for _ in range(TRIED):
            if at < 0:
                break
            near = _folded(text[at - 1 : at + LONGEST])
            found = look.pattern.match(near, 1)
            if found and found.end() < LONGEST:
                first = at, at - 1 + found.end()
                break
            at = text.find(word, at + 1, first and first[0])
    return first


def _anyhow(text: str, lists: int, look: _Look) -> tuple[int, int] | None:
    """Give the first place after `lists` that has a phrase, however it is spelt."""
    folded = _folded(text)
    # To look for plain words first is ten times as fast as to try the pattern everywhere.
    near = [at for head in look.heads if (at := folded.find(head, lists)) >= 0]
    found = look.pattern.search(folded, min(near)) if near else None
    return found.span() if found else None


def _phrase(words: list[str], begins: bool) -> str:
    if any(map(is_unspaced, words)):
        return r"\W*".join(map(re.escape, words))
    return r"\b" + r"\W+".join(map(re.escape, words)) + (r"\w*" if begins else r"\b")
