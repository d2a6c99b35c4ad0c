"""Where an article says what was searched for: the words there, with what stands around them."""

import re
from collections.abc import Collection
from functools import lru_cache
from unicodedata import normalize

from copytaster.article import Article
from copytaster.desk.listing import Excerpt
from copytaster.desk.words import is_unspaced

AROUND = 110
"""Characters shown on either side of the first of the words."""
READ = 40_000
"""Characters of an article that are looked through."""

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
    """Show the first place after headline and standfirst that has one of the words sought.

    Nothing where there is none: the words stand in what lists show of the article anyhow.
    """
    if not sought:
        return None
    text = article.text[:READ]
    lists = len(article.headline) + len("\n\n") + len(article.standfirst or "")
    pattern, heads = _pattern(tuple(sought))
    folded = _folded(text)
    # To look for plain words first is ten times as fast as to try the pattern everywhere.
    at = [found for head in heads if (found := folded.find(head, lists)) >= 0]
    first = pattern.search(folded, min(at)) if at else None
    if first is None:
        return None
    start = text.rfind("\n\n", 0, first.start()) + 2
    end = text.find("\n\n", first.end()) % (len(text) + 1)
    if first.start() - AROUND > start:
        near = first.start() - AROUND
        start = max(near, text.find(" ", near, first.start()) + 1)
    if first.end() + AROUND < end:
        near = first.end() + AROUND
        end = max(text.rfind(" ", first.end(), near), first.end() + AROUND // 2)
    marks = tuple(found.span() for found in pattern.finditer(folded, start, end))
    return Excerpt(article=article.id, text=text[start:end], start=start, end=end, marks=marks)


@lru_cache(64)
def _pattern(sought: tuple[_Sought, ...]) -> tuple[re.Pattern[str], frozenset[str]]:
    """Give what finds the phrases, and the words that they begin with."""
    phrases, heads = [], set()
    for phrase, begins in sought:
        words = re.findall(r"\w+", phrase.translate(_FOLDS))
        if words:
            phrases.append(_phrase(words, begins))
            heads.add(words[0])
    return re.compile("|".join(phrases) or NEVER), frozenset(heads)


def _phrase(words: list[str], begins: bool) -> str:
    if any(map(is_unspaced, words)):
        return r"\W*".join(map(re.escape, words))
    return r"\b" + r"\W+".join(map(re.escape, words)) + (r"\w*" if begins else r"\b")
