"""The same name under several spellings: what a name is told by, and when two may be one person's.

Nothing here joins anybody: it says which names could be one, and what a text gives as evidence.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal
from unicodedata import combining, normalize

from msgspec import Struct

from copytaster.claim import Span
from copytaster.claims.names import given
from copytaster.claims.prose import Named, Prose
from copytaster.claims.role import role, roles
from copytaster.claims.vocabulary import vocabulary

Words = tuple[str, ...]
"""A name in lower case, without accents, titles and marks."""

Fit = Literal["given name", "initial", "surname"]
"""By what two names of one surname may be one person's; a surname alone says least."""

LONGEST = 80
"""Characters of a key."""

_TITLES = vocabulary("titles") | vocabulary("persons")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_VAGUE = frozenset(
    [
        "former",
        "deputy",
        "senior",
        "acting",
        "first",
        "vice",
        "assistant",
        "chief",
        "co",
        "new",
        "own",
    ]
)
_OFFICES = frozenset({
    *("president", "senator", "governor", "minister", "mayor", "secretary", "chancellor", "pope"),
    *("king", "queen", "spokesman", "representative", "ambassador", "commissioner", "patriarch"),
})  # fmt: skip


_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sh",
            "_",
            "i",
            "_",
            "e",
            "iu",
            "ia",
            "i",
            "i",
            "e",
            "g",
            "v",
        ],
        strict=True,
    )
)
_SOUNDS = [
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("shch|sch|sh", "s"), ("tch|cz|ch", "c"), ("ts(?=i)|th", "t"), ("ts|tz", "c"),
        ("zh|dj|dzh", "z"), ("kh|ck", "k"), ("ph", "f"), ("[ao]u(?=[sc]k)", "ov"), ("w", "v"),
        ("x", "ks"), ("q", "k"), ("ff?$", "v"), ("[iyj]+(?=[aeiou])", ""), ("[yj]", "i"),
        ("ou|oe|ue|ae", "u"), (r"(.)\1+", r"\1"), ("(?<=..)[aeiou]+$", ""),
    )
]  # fmt: skip
"""Spellings of a sound in the ways names come into Latin letters, applied in this order."""


class Offices(Struct, frozen=True):
    """What a text says somebody is: "president belar", an office and a word that narrows it.

    An office that few hold at one time stands by itself, too: "president".
    """

    all: frozenset[str] = frozenset()


def words(name: str) -> Words:
    """Take a name apart: "President Carmen Úbeda" is carmen, ubeda."""
    plain = "".join(
        letter for letter in normalize("NFKD", name.casefold()) if not combining(letter)
    )
    found = _WORD.findall(re.sub(r"[’']s?(?!\w)", "", plain).replace("’", "").replace("'", ""))
    while len(found) > 1 and found[0] in _TITLES:
        found.pop(0)
    return tuple(found)


def untitled(name: str) -> str:
    """Give a name as it is shown: "Carmen Úbeda" for "President Carmen Úbeda"."""
    found = name.split()
    while len(found) > 2 and found[0].casefold() in _TITLES:
        found.pop(0)
    return " ".join(found)


def slug(name: Words) -> str:
    """Give what stands for a name in an address; "nameless" where it has no letter."""
    return "-".join(name)[:LONGEST] or "nameless"


def is_full(name: Words) -> bool:
    """Say whether a person's name tells the person: given name and surname."""
    if len(name) == 1:
        return len(name[0]) > 2 and bool(_UNSPACED.match(name[0]))
    return len(name) > 1 and all(len(word) > 1 for word in (name[0], name[-1]))


def sound(word: str) -> str:
    """Give what the spellings of a surname share: lukashenko and lukashenka are "lukasenk"."""
    latin = "".join(_CYRILLIC.get(letter, letter) for letter in word).replace("_", "")
    for spelling, sounds in _SOUNDS:
        latin = spelling.sub(sounds, latin)
    return latin or word


def fit(one: Words, other: Words) -> Fit | None:
    """Say by what two names may be one person's; nothing where they are different people's."""
    if not one or not other or sound(one[-1]) != sound(other[-1]):
        return None
    if len(one) == 1 or len(other) == 1:
        return "surname"
    middles = list(zip(one[1:-1], other[1:-1], strict=False))
    if any(mine[0] != theirs[0] for mine, theirs in middles):
        return None
    mine, theirs = one[0], other[0]
    if {given(mine.capitalize()), given(theirs.capitalize())} == {"f", "m"}:
        return None
    bones = _consonants(mine)
    if sound(mine) == sound(theirs) or (len(bones) > 2 and bones == _consonants(theirs)):
        return "given name"
    short, long = sorted((mine, theirs), key=len)
    if long.startswith(short):
        return "initial" if len(short) == 1 else "given name" if len(short) > 2 else None
    return None


def offices(prose: Prose, name: str, mention: Span) -> Offices:
    """Give what a text says of somebody beside a name."""
    found = roles(prose, Named(*mention, "person"))
    title = " ".join(name.split()[: len(name.split()) - len(words(name))])
    if title and (own := role(title)):
        found.append(own)
    return Offices(
        frozenset(
            [
                *(f"{one.head} {narrow}" for one in found for narrow in one.modifiers - _VAGUE),
                *(one.head for one in found if one.head in _OFFICES),
            ]
        )
    )


def but_for_an_initial(one: Words, other: Words) -> bool:
    """Say whether one of two full names has a middle initial more than the other, and no more."""
    short, long = sorted((one, other), key=len)
    middle = long[1:-1]
    return (
        len(short) == 2
        and bool(middle)
        and all(len(word) == 1 for word in middle)
        and (long[0], long[-1]) == short
    )


def full_forms(text: str, name: Words) -> set[str]:
    """Give the full names in a text whose last word is the name's: who "Calder" is there."""
    if len(name) != 1:
        return set()
    pattern = re.compile(
        rf"(?<!\w)((?:[A-ZÀ-Þ][\w’'-]+\s(?:(?:de|von|van|der|al|bin)\s)*)+){_loosely(name[0])}(?!\w)",
        re.IGNORECASE if not name[0].isascii() else 0,
    )
    found = set()
    for match in pattern.finditer(text):
        full = words(match[0])
        if is_full(full) and full[-1] == name[0]:
            found.add(" ".join(full[-2:]))
    return found


def acronyms(text: str) -> Iterator[tuple[str, str]]:
    """Give names of bodies and their short forms, where a text gives both: "Name (ABC)"."""
    for match in _ACRONYM.finditer(text):
        named, short = match[1].split(), match[2]
        capitals = [word[0] for word in named if word[0].isupper()]
        if len(capitals) >= len(short) and "".join(capitals[-len(short) :]) == short:
            first = [place for place, word in enumerate(named) if word[0].isupper()][-len(short)]
            yield " ".join(named[first:]), short


_ACRONYM = re.compile(r"((?:[A-ZÀ-Þ][\w’'-]*\s|(?:of|for|and|the)\s){2,8})\(([A-Z]{2,8})\)")


def shared(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether two people hold one office."""
    return not frozenset(one).isdisjoint(other)


def _consonants(given: str) -> str:
    plain = sound(given)
    return plain[:1] + re.sub("[aeiou]", "", plain[1:])


def _loosely(word: str) -> str:
    """Match a word that lost its case and accents."""
    return word[0].upper() + re.escape(word[1:]) if word.isascii() else re.escape(word)
