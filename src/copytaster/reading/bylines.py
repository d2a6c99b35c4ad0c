"""Bylines: the names of those who wrote, apart and bare; and the agency whose copy it is."""

import re
from collections.abc import Iterable
from functools import lru_cache

from copytaster.agency import AGENCIES
from copytaster.reading.words import key

_BY = re.compile(
    r"^(?:(?:written|story|report(?:ed|ing)?|analysis|text|opinion|words)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|przez|autor(?:in)?|auteur|author|text|texte|words|story|"
    r"от|автор|текст|від|โดย|作者|文)\s*[:：]?\s+",
    re.I,
)
_APART = re.compile(
    r"\s*(?:,|;|\||·|•|/(?=\s)|\s[-–—]\s|\s&\s|\band\b|\bund\b|\bet\b|\by\b|\be\b(?=\s[A-ZÀ-Ý])|\boch\b|\bog\b|\ben\b(?=\s[A-ZÀ-Ý])|、|，)\s*"
)
_BRACKET = re.compile(r"\s+[(\[][^)\]]{0,40}[)\]]?$")
_BEHIND = re.compile(r"\s+(?:for|with|mit|avec|für|pour)\s.*$", re.I)
"""For whom somebody writes, or with whose help: "Ada Lind for The Post"."""
_HANDLE = re.compile(r"@\w+|(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_ROLE = re.compile(
    r"(?:^|\s|[-,(])(?:(?:senior|chief|staff|political|foreign|health|science|sports?|business|"
    r"special|associate|deputy|managing|executive|contributing|general|national|international|"
    r"technology|tech|entertainment|economics|legal|news|live|online|digital|world|us)\s+)*"
    r"(?:(?:reporter|editor|correspondent|writer|columnist|contributor|producer)s?|redakteur(?:in)?|"
    r"korrespondent(?:in)?|journalist(?:e|in)?|ceo|(redaktion|redactie|staff))\b.*$",
    re.I,
)
_NOBODY = re.compile(r"admin(?:istrator)?|super user|webmaster|(?:published|posted)\b.*", re.I)
"""What stands in the place of a name where nobody signed."""
_DATELINE = re.compile(
    r"^(?:[^\n(]{0,60})?\((?:dpa/\w+|([A-Za-zČÀ-ÿ][\w .-]{1,25}))\)\s*(?:[-–—:]|$|\s)"
)
_INITIALS = re.compile(r"^[^\n(]{2,60}\(([A-Z]{2,6})\)\s*[-–—]\s")
"""A dateline with an agency that need not be known: "PORT SELN, March 2 (MNA) — At least ..."."""
_NAME = r"[^\W\d_a-zà-ÿ][\w'’.-]"
_PERSON = (
    rf"{_NAME}+(?:\s(?:(?:de|von|van|der|den|al|bin|la|le|du|dos|da|di)\s){{0,2}}{_NAME}*){{1,3}}"
)
_PERSONS = re.compile(
    rf"[（(]?{_PERSON}(?:(?:,|\s&|\sand|\sund|\set|\sy|\sи|、)\s?{_PERSON}){{0,5}}[)）]?"
)

_SHARED = re.compile(r"\s*/\s*|\s*,\s*")
_INSIDE = re.compile(r"\b(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+(?=[^\W\d_a-zà-ÿ])")
_WITH = re.compile(
    r"\b(?:with files from|material from|reporting by|mit Material von|avec)\s+"
    r"(?:the\s+)?([\w -]{2,25})",
    re.I,
)
_OF_HELP = ("files from", "material", "reporting by", "avec")
"""What any such line has: most have none, and need not be looked through."""


def names(lines: Iterable[str]) -> tuple[str, ...]:
    """Give the names in `lines`, in order, each once."""
    found: dict[str, str] = {}
    for line in lines:
        for name in _split(line):
            found.setdefault(key(name) or name, name)
    return tuple(found.values())


def are_names(line: str) -> bool:
    """Tell whether a line is nothing but one name or several, or an agency's."""
    if len(line) > 120:
        return False
    return _PERSONS.fullmatch(line) is not None or line.casefold() in AGENCIES


def signed(line: str) -> str | None:
    """Give the byline within a line that also has a date: "Posted: 10 March | Words: Ada Lind"."""
    for piece in re.split(r"\s*[|·•]\s*|,?\s(?=\d)", line):
        if is_byline(piece) or are_names(piece):
            return piece
    return within(line)


def within(line: str, start: int | None = None) -> str | None:
    """Give a line from where a byline begins within it, before `start` (code points) if given."""
    begins = _INSIDE.search(line[:start])
    return line[begins.start() :] if begins else None


def is_byline(line: str) -> bool:
    """Tell whether a line begins as a byline does: "By", "Von", "Words:" and then a name."""
    found = _BY.match(line) if len(line) < 160 else None
    return found is not None and line[found.end() : found.end() + 1].isupper()


def _unsigned(line: str) -> str:
    begins = _BY.match(line)
    return line[begins.end() :] if begins else line


@lru_cache(100)
def _split(line: str) -> tuple[str, ...]:
    if len(line) > 160 and not is_byline(line[:159]):
        return ()
    line = " ".join(_HANDLE.sub("", line).split())
    line = _unsigned(line).strip()
    given: list[str] = []
    for piece in _APART.split(line):
        name = _unsigned(piece.strip())
        name = _BRACKET.sub("", _BEHIND.sub("", name)).strip(" .,:|-–—()（）[]")
        if not 0 < len(name) <= 60 or _BY.fullmatch(f"{name} "):
            continue
        if any(map(str.isdigit, name)):
            continue
        role = _ROLE.search(name)
        bare = name[: role.start()].strip(" .,:|-–—(") if role else name
        if role and bare and " " not in bare and len(bare) < 5:
            if role[1]:
                bare = name  # "MM-Redaktion", "MND Staff": the desk of a house, not a person's role
            elif given and bare.casefold() not in AGENCIES:
                continue  # "Ada Lind, HPN Editor-at-large": whom the one before works for
        if bare and len(bare.split()) <= 6 and not _NOBODY.fullmatch(bare):
            given.append(bare)
    return tuple(given)


def agency(bylines: Iterable[str], first: str, last: str) -> str | None:
    """Give the agency credited by bylines, the first block's dateline or the last one's end."""
    for name in bylines:
        for piece in _SHARED.split(name):
            if wire := AGENCIES.get(piece.casefold()):
                return wire
    if "(" in first[:61]:
        if match := _INITIALS.match(first):
            return AGENCIES.get(match[1].casefold(), match[1])
        match = _DATELINE.match(first)
        if match and match[1] and (wire := AGENCIES.get(match[1].casefold())):
            return wire
    helped = _WITH.search(last) if any(map(last.lower().__contains__, _OF_HELP)) else None
    if helped and (wire := AGENCIES.get(helped[1].strip().casefold())):
        return wire
    tail = last.strip().rsplit(maxsplit=1)[-1].strip("()[]. ") if last.strip() else ""
    if last.strip().endswith((")", "]")) or len(last) < 20:
        return AGENCIES.get(tail.casefold())
    return None
