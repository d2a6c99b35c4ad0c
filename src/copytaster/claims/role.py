"""What persons are said to be, beside their names: "Kremlin spokesman Dmitry Peskov"."""

import re

from msgspec import Struct

from copytaster.claims.prose import Named, Prose
from copytaster.claims.vocabulary import vocabulary

_TERMS = {
    "pres.": "president", "sen.": "senator", "sens.": "senator", "rep.": "representative",
    "reps.": "representative", "congressman": "representative", "congresswoman": "representative",
    "lawmaker": "representative", "gov.": "governor", "spokeswoman": "spokesman",
    "spokesperson": "spokesman", "nominee": "candidate", "contender": "candidate",
    "hopeful": "candidate", "candidate": "candidate", "chairwoman": "chairman", "chair": "chairman",
    "prof.": "professor", "gen.": "general", "lt.": "lieutenant", "capt.": "captain",
    "sgt.": "sergeant", "actress": "actor", "mogul": "businessman", "billionaire": "businessman",
    "tycoon": "businessman", "developer": "businessman", "businesswoman": "businessman",
    "boss": "head", "chief": "head", "leader": "leader", "premier": "minister", "pm": "minister",
    "dr.": "doctor", "running mate": "mate", "anchor": "host", "moderator": "host",
    "attorney": "lawyer", "justice": "judge", "ceo": "executive", "hostess": "host",
}  # fmt: skip
"""Words for one office; both sides of a comparison are put through it."""
_WOMEN = vocabulary("women")
_MEN = vocabulary("men")
_STOP = vocabulary("ends of a title")
_WORD = re.compile(r"[^\W_][\w.’'-]*")
_BACK = re.compile(r"(?:[\w.’'/-]+\s){1,8}$")
_APPOSED = re.compile(
    r"(?:[’']s)?(?:\s\([^)]{1,20}\))?,\s(?:an?\s|the\s|his\s|her\s|its\s|their\s|one\sof\s\w+\s)?"
    r"(?P<phrase>[^,.;:()“”\"]{3,110})[,.;]"
)
_COPULA = re.compile(
    r"\s(?:is|was|became|has\sbeen)\s(?:the|an?)\s(?P<phrase>[^,.;:()“”\"]{3,80})[,.;]"
)
_BEFORE = re.compile(
    r"(?:^|[.!?,;:—–]\s|[“\"]|\b(?:and|but|that|said|says|as|when|while|to|by|from|with)\s)"
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]hen-|\w+[’']s?)\s"
    r"(?P<phrase>[^,.;:()“”\"]{3,90}),\s$"
)
_HEAD_END = re.compile(
    r"\s(?:of|for|in|at|on|to|with|from|by|who|which|that|and|whose|during|under|since|as|about)\s"
)


class Role(Struct, frozen=True):
    """An office or a trade, what modifies it, and the gender its word has."""

    head: str
    modifiers: frozenset[str]
    capital: frozenset[str]
    """The modifiers that are names: of a country, a party, a house."""
    gender: str | None = None


def role(phrase: str) -> Role | None:
    """Take a noun phrase without its determiner apart: "spokesman for the Russian president"."""
    match = _HEAD_END.search(phrase)
    front = phrase[: match.start()] if match else phrase
    words = _WORD.findall(front)
    if not words:
        return None
    last = words[-1].casefold()
    gender = "f" if last in _WOMEN else "m" if last in _MEN else None
    places = {_stem(word) for word in _WORD.findall(phrase) if word[0].isupper()}
    others = {_stem(word) for word in words[:-1] if word[0].islower()}
    head = _TERMS.get(last, last)
    return Role(
        head, frozenset(others | places) - {_stem(last)}, frozenset(places - {_stem(last)}), gender
    )


def titled(prose: Prose, name: Named) -> str | None:
    """Tell the gender by Mr. or Ms. before a name."""
    before = prose.text[max(0, name.start - 8) : name.start].casefold().split()
    word = before[-1] if before else ""
    inside = "".join(prose.text[name.start : name.end].split()[:1]).casefold()
    for title in (word, inside):
        if title in ("mrs", "mrs.", "ms", "ms.", "miss", "madame", "dame"):
            return "f"
        if title in ("mr", "mr.", "sir", "lord", "herr"):
            return "m"
    return None


def roles(prose: Prose, name: Named) -> list[Role]:
    """Give what stands beside a name: a title before it, an apposition before or after it."""
    text = prose.text
    start, end = prose.sentence_span(name.start)
    found = []
    if phrase := _prenominal(text[max(start, name.start - 90) : name.start]):
        found.append(role(phrase))
    before = text[max(start, name.start - 130) : name.start]
    if before.endswith(", ") and (match := _BEFORE.search(before)):
        found.append(_of_person(match["phrase"]))
    after = text[name.end : min(len(text), end + 1, name.end + 150)]
    for pattern in (_APPOSED, _COPULA):
        if match := pattern.match(after):
            found.append(_of_person(match["phrase"]))
    return [one for one in found if one is not None and one.head not in _STOP]


def _of_person(phrase: str) -> Role | None:
    found = role(phrase)
    return found if found and is_person(found.head) else None


def _prenominal(before: str) -> str | None:
    """Give the title that runs up to a name: the last words that can be part of one."""
    match = _BACK.search(before)
    if not match:
        return None
    words: list[str] = []
    for word in reversed(match[0].split()):
        bare = word.casefold()
        if bare in _STOP or bare.endswith((",", ";", ":")) or not word[0].isalpha():
            break
        if words and bare.endswith(".") and bare not in _TERMS and len(bare) > 5:
            break
        words.append(word)
        if word.endswith(("’s", "'s", "’", "'")):
            break
    words.reverse()
    if not words:
        return None
    last = words[-1]
    if last[0].islower() and not _noun(last) and last.casefold() not in _TERMS:
        return None
    return " ".join(words)


def is_person(word: str) -> bool:
    """Tell whether a noun, in either number, is one for a person."""
    plain = word.casefold()
    return _noun(plain) or (plain.endswith("s") and _noun(plain[:-1])) or plain in _WOMEN | _MEN


def _noun(word: str) -> bool:
    """Tell whether a small word before a name looks like a noun for a person."""
    plain = word.casefold()
    return (
        plain in _TERMS
        or plain in _PERSONS
        or plain.endswith(
            (
                "man",
                "woman",
                "person",
                "er",
                "or",
                "ist",
                "ian",
                "ent",
                "ant",
                "ee",
                "ary",
                "eer",
                "ive",
            )
        )
    )


_PERSONS = vocabulary("persons")


def _stem(word: str) -> str:
    """Give the beginning that "Belarus" and "Belarusian" share."""
    plain = re.sub(r"[’']s?$", "", word).casefold()
    return _COUNTRIES.get(plain, plain[:5])


_COUNTRIES = {
    "french": "franc", "dutch": "nethe", "holland": "nethe", "british": "brita", "uk": "brita",
    "u.k.": "brita", "english": "engla", "u.s.": "usa", "us": "usa", "american": "usa",
    "america": "usa", "united": "usa", "kremlin": "russi", "moscow": "russi", "german": "germa",
    "spanish": "spain", "greek": "greec", "polish": "polan", "danish": "denma", "swiss": "switz",
    "turkish": "turke", "irish": "irela", "scottish": "scotl", "welsh": "wales", "white": "usa",
    "swedish": "swede", "finnish": "finla", "norwegian": "norwa", "gop": "repub",
    "democrat": "democ", "iraqi": "iraq", "thai": "thail", "iceland": "icela",
}  # fmt: skip
