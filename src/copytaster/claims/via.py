"""Through whom: outlets that carried somebody's words, and the clauses that say so.

", AP reports", "according to Belta", "In remarks carried by the state-run Belta news agency" are
clauses of their own: they are peeled off before the rest is tagged, since two attributions in one
sentence mislead a tagger. "told The Associated Press", "in an interview with CNN" name the outlet
inside the sentence and stay where they are.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from copytaster.agency import AGENCIES
from copytaster.claim import Span

_PROPER = r"(?:[A-ZÀ-ÞČŠŽ][\w’'&.-]{0,30}\w|[A-Z]{2,}|[A-Z])"
_NAME = rf"(?:{_PROPER}(?:\s(?:of\s|and\s|del\s|de\s|della\s|the\s)?{_PROPER}){{0,4}})"
_KIND = (
    r"(?:(?:news|press|wire|information|media)\s(?:agency|service|outlet|site|website|organi[sz]ation)|"
    r"agency|newspaper|daily|weekly|tabloid|broadcaster|magazine|website|journal|"
    r"(?:television|TV|radio|news)\s(?:channel|station|network|programme|program)|channel|station|"
    r"network|newswire|television|radio|public radio)"
)
_ADJECTIVE = (
    r"(?:(?:state|state-run|state-owned|state-controlled|state-funded|official|national|local|"
    r"independent|private|opposition|pro-\w+|public|regional|leading|popular|business|"
    r"[A-Z]\w+(?:ian|ish|ese|an|ch|ic|i|sh)|government-\w+|\w+-(?:based|language))\s){0,3}"
)
OUTLET = rf"(?:(?:[Tt]he|a|an)\s)?{_ADJECTIVE}(?:{_KIND}\s)?(?P<name>{_NAME})(?:\s{_KIND}\b)?"
"""An outlet with what describes it; the group `name` is the name alone."""
_BARE = rf"(?:(?:[Tt]he)\s){_ADJECTIVE}(?P<bare>{_KIND})"
_DAY = (
    r"(?:\s(?:on|late on|early on)?\s?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"\s(?:earlier|later|yesterday|today))?"
)
_REPORTS = (
    r"(?:has\s|have\s|had\s|also\s|later\s)?(?:reported|reports?|writes|wrote|said|says|"
    r"quoted\s(?:him|her|them)\sas\ssaying|quotes\s(?:him|her|them)\sas\ssaying)"
)
_CARRIED = (
    r"(?:reported|quoted|carried|cited|published|broadcast|aired|released|distributed|posted)"
)
_REMARKS = (
    r"(?:remarks|comments|a\sstatement|statements|an?\sinterview|an?\sarticle|a\sspeech|an?\saddress|"
    r"footage|a\sreport|a\svideo|words)"
)
_STOP = r"(?=\s*(?:[.!?](?:\s|$|[”\"’])|$|[;:]))"

_TRAILING = [
    re.compile(rf",\s(?:as\s)?{OUTLET}\s{_REPORTS}{_DAY}{_STOP}"),
    re.compile(rf",\s(?:as\s)?{_REPORTS}(?:\sby)?\s{OUTLET}{_DAY}{_STOP}"),
    re.compile(
        rf",\s(?:according\sto|as\s{_CARRIED}\sby|{_CARRIED}\sby|citing)\s{OUTLET}"
        rf"(?:,\s(?:the|an?|which|its|one)\s[^,.;:]{{1,60}})?{_STOP}"
    ),
    re.compile(rf",\s{OUTLET}\s{_CARRIED}\s(?:him|her|them)\sas\ssaying{_DAY}{_STOP}"),
]
"""At the end of a sentence; tried again on what stands before the clause, for longer chains."""
_LEADING = [
    re.compile(
        rf"In\s{_REMARKS}(?:\s(?:to|on|with|by|in)\s{OUTLET}|(?:\s\w+){{0,3}}?\s{_CARRIED}"
        rf"\s(?:by|on|in)\s{OUTLET.replace('?P<name>', '?P<name2>')}){_DAY},\s"
    ),
    re.compile(
        rf"(?:According\sto|As\s{_CARRIED}\sby|Quoted\sby)\s{OUTLET}(?:,\s(?:the|an?|which|its|one)\s[^,.;:]{{1,60}})?,\s"
    ),
    re.compile(rf"As\s{OUTLET}\s{_REPORTS}{_DAY},\s"),
]
_INSIDE = re.compile(
    rf"\b(?:told|tells|telling|spoke\s(?:to|with)|speaking\s(?:to|with|on)|speaks\sto|"
    rf"{_CARRIED}\s(?:by|on|in)|interview(?:s|ed)?\s(?:with|to|by|on|for|published\s(?:by|in))|"
    rf"(?:statement|letter|email|e-mail|message|text)\sto|talking\sto|wrote\s(?:in|for)|writing\s(?:in|for)|"
    rf"appear(?:ed|ing|ance)\son|appearance\son|essay\sfor|op-ed\s(?:in|for))\s(?:{OUTLET}|{_BARE})"
)
_ON = re.compile(
    rf"\b(?:[Oo]n(?:(?:\s\w+){{1,3}}[’']s\s(?:broadcast|episode|edition)\sof)?|[Ii]n)\s[“\"]?{OUTLET}"
)
"""Where something was said: on a channel, in a paper."""
_QUOTED = re.compile(rf"(?:^|[.!?]\s+|,\s)(?P<clause>{OUTLET}\s(?:has\s)?(?:quoted|cited)\s)")
_GENERIC = re.compile(
    r"\b(?:News|Press|Radio|Times|Post|Agency|TV|Television|Herald|Tribune|Journal|Courier|Gazette|"
    r"Broadcasting|Broadcaster|Magazine|Media|Chronicle|Globe|Observer|Guardian|Telegraph|Echo|Review|"
    r"Wire|Newspaper|Daily|Inquirer|Examiner|Bulletin|Dispatch|Mirror|Mail|Standard|Monitor|"
    r"Register|Sentinel|Republic|Bee|Sun|Ledger|Beacon|Diario|Gaceta|Zeitung|Gazeta|Nouvelles|"
    r"Today|Show|Weekly|Reporter|Constitution|Free Press|"
    r"Sun-Times|Star-Ledger|Plain Dealer|Atlantic)$"
    r"|^(?:Radio|TV|Channel|Diario|Daily|Agence)\b|\w(?:Press|News|TV|Post)$|\.(?:com|org|net|by|ru)$"
)
_KIND_WORD = re.compile(r"News|Press|Agency|Radio|TV|Television|Times|Post|Daily|Media|Service")
_WORD_BEFORE = re.compile(r"[A-Z]\w+\s$")
_CAMEL = re.compile(r"^[A-Z][a-z]+[A-Z][a-z]+$")
_MEDIUM = re.compile(r"\b(?:News|TV|Radio|Show|Times|Post|Journal|Magazine|Herald|Tribune)$")
_NEVER = frozenset(("he", "she", "they", "it", "i", "we", "the", "in", "on", "at", "but", "and"))


_CALLED = re.compile(
    rf"\b(?:{_PROPER}\s){{1,3}}(?:News\s)?(?:Agency|Press|News|Radio|Television|Broadcasting|Service)\b"
)


def initials(text: str) -> set[str]:
    """Give the initials of the outlets that a text names in full: MNA for Meridian News Agency."""
    found = {"".join(word[0] for word in match[0].split()) for match in _CALLED.finditer(text)}
    return {one for one in found if len(one) > 2 and one.isupper()}


class Clause(Struct, frozen=True):
    """A clause that says who carried the rest of its sentence."""

    start: int
    end: int
    name: Span
    trailing: bool
    cue: Span


@cache
def known_outlets() -> frozenset[str]:
    """Give outlets' names in lower case, without "the"."""
    file = Path(__file__).with_name("outlets.json")
    names = msgspec.json.decode(file.read_bytes(), type=dict[str, str | list[str]])["names"]
    return frozenset(_plain(name) for name in [*names, *AGENCIES])


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").replace("’", "'").removesuffix("'s")


def is_outlet(name: str, own: Iterable[str] = ()) -> bool:
    """Tell whether a name is an outlet's: known, of a telling shape, or one of `own`."""
    plain = _plain(name)
    return (
        plain not in _NEVER
        and (
            plain in known_outlets()
            or bool(_GENERIC.search(name.removesuffix("’s").removesuffix("'s")))
        )
    ) or any(plain == _plain(one) for one in own)


def _named(match: re.Match[str], own: Iterable[str], told: bool = False) -> Span | None:
    """Give where the outlet's name stands in a match, if it is an outlet."""
    groups = match.groupdict()
    for group in ("name", "name2"):
        if groups.get(group):
            start = match.start(group)
            name = groups[group]
            before = _WORD_BEFORE.search(match.string, max(0, start - 30), start)
            if before and all(_KIND_WORD.fullmatch(word) for word in name.split()):
                start, name = before.start(), match.string[before.start() : start] + name
            short = re.sub(r"[’']s$", "", name)
            described = re.search(rf"{_KIND}(?:\s|,|$)", match[0].replace(name, " , "))
            if is_outlet(short, own) or described:
                return start, start + len(short)
            if told and _CAMEL.search(short):
                return start, start + len(short)
            for size in range(len(name.split()) - 1, 0, -1):  # "CNN's Jake Tapper"
                first = " ".join(name.split()[:size])
                if first.endswith(("’s", "'s")) and is_outlet(first[:-2], own):
                    return start, start + len(first) - 2
                if told and _plain(first) in known_outlets():  # "CBS This Morning"
                    return start, start + len(short)
    return None


def clauses(text: str, start: int, end: int, own: Iterable[str] = ()) -> list[Clause]:
    """Find the clauses at both ends of a sentence, the nearest to the words themselves first."""
    found: list[Clause] = []
    stop = end
    while stop > start:
        clause = _trailing(text, start, stop, own)
        if clause is None:
            break
        found.insert(0, clause)
        stop = clause.start
    for pattern in _LEADING:
        match = pattern.match(text, start, stop)
        if match and (name := _named(match, own)):
            found.append(Clause(match.start(), match.end(), name, False, _cue(match, name)))
            break
    return found


def _medium(name: str) -> bool:
    words = _plain(name).split()
    firsts = {" ".join(words[:size]) for size in range(1, len(words) + 1)}
    return bool(_MEDIUM.search(name) or firsts & known_outlets())


REACH = 130
"""Characters that a clause at the end of a sentence can have."""


def _trailing(text: str, start: int, stop: int, own: Iterable[str]) -> Clause | None:
    comma = stop
    while (comma := text.rfind(", ", max(start, stop - REACH), comma)) > start:
        for pattern in _TRAILING:
            match = pattern.match(text, comma, stop)
            if match and match.end() >= len(text[:stop].rstrip(' .!?”"’;:')):
                name = _named(match, own)
                if name:
                    return Clause(match.start(), match.end(), name, True, _cue(match, name))
    return None


def _cue(match: re.Match[str], name: Span) -> Span:
    """Give the words of a clause beside the name: "reports", "according to"."""
    before = match.string[match.start() : name[0]]
    if found := re.search(r"\w[\w ]*?(?:to|by|on|with|in|citing)\b", before):
        return match.start() + found.start(), match.start() + found.end()
    if found := re.search(_REPORTS, match.string[name[1] : match.end()]):
        return name[1] + found.start(), name[1] + found.end()
    return match.start(), name[0]


def inside(
    text: str, start: int, end: int, own: Iterable[str] = ()
) -> Iterator[tuple[int, Span, bool]]:
    """Give where a sentence says that an outlet was told, and where the outlet is named.

    The third is False for "the station": an outlet that was named before.
    """
    for match in _INSIDE.finditer(text, start, end):
        if match["bare"]:
            yield match.start(), match.span("bare"), False
        elif name := _named(match, own, told=True):
            yield match.start(), name, True
    for match in _ON.finditer(text, start, end):
        if (name := _named(match, own, told=True)) and _medium(text[slice(*name)]):
            yield match.start(), name, True
    for match in _QUOTED.finditer(text, start, end):
        if name := _named(match, own):
            yield match.start("clause"), name, True
