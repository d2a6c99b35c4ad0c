"""Who signs a page, as it shows: the lines with the names of those who wrote.

Surest is a link to the page of a person; then a line in an element called byline, or one that
begins as one does; then a name that stands alone beside the date, or behind the text. What stands
in the same lines and is no name ("Share", "Updated", "Travel") is left out.
"""

import re
from collections.abc import Iterable

from copytaster.agency import AGENCIES
from copytaster.reading import hints, phrases
from copytaster.reading.bylines import are_names, is_byline, names, within
from copytaster.reading.dates import is_dated
from copytaster.reading.kinds import BODY, Label
from copytaster.reading.tree import HEADINGS, Part, Tree

ABOVE, BELOW, BEHIND = 6, 4, 6
"""Parts before the headline, after the text's first part, and after its last, that may sign it."""
SHORT = 60
"""Characters up to where a part of the body may be a line that signs it instead."""
LONGEST = 200
"""Characters from where a line signs nothing."""
_PERSON = re.compile(
    r"/(?:profile-\d+|aut[oe]u?r[aeins]*[/-]|authors?[/-]|(?:verfasser|redakteure?|redaktion|people|"
    r"persons?|profile?s?|by|av|journalist[ae]?[ns]?|reporters?|staff|(?:meet-the-)?team|writers?|"
    r"contributors?|columnists?|correspondents?|korrespondent(?:en)?)/)"
)
_MAIL = re.compile(r"mailto:[^?]+@")
"""What an address has, in lower case, that leads to the page of a person, or writes to one."""
_ASIDE = hints.NAVIGATION | hints.COMMENT | hints.HIDDEN | hints.RELATED | hints.BIO | hints.FIGURE
_HAN = "\u2e80"
"""From here on letters are of scripts in which a name is one word."""
_UNCASED = re.compile(
    r"[^\W\d_A-Za-zのをはがにで]{2,10}(?:[\s・·][^\W\d_A-Za-zのをはがにで]{1,10}){0,3}"
)
_DESKS = ("redaktion", "redactie", "staff", "desk", "newsroom", "redazione", "rédaction")
_WORD = re.compile(r"[^\s-]+")
_PARTICLES = frozenset((
    "de", "del", "della", "di", "da", "do", "dos", "das", "la", "le", "du", "des", "von", "van",
    "vom", "zu", "der", "den", "ter", "ten", "al", "el", "bin", "ibn", "abu", "y", "e", "af", "av",
    "d",
))  # fmt: skip
"""Small words within names."""
_NOT_NAMES = frozenset((
    "about", "advertisement", "anhören", "archive", "article", "articles", "artikel", "artículos",
    "audio", "author", "by", "close", "comment", "comments", "contact", "e-mail", "email",
    "facebook", "follow", "friday", "google", "image", "instagram", "linkedin", "listen",
    "messenger", "monday", "more", "más", "news", "opinion", "photo", "politics", "posted", "print",
    "published", "read", "saturday", "save", "share", "size", "sport", "sports", "sunday", "the",
    "thursday", "travel", "tuesday", "twitter", "updated", "ver", "video", "view", "views",
    "wednesday", "whatsapp", "wire",
))  # fmt: skip
"""Words of what stands beside bylines and is no name."""


def sign(tree: Tree, labels: list[Label], headline: int) -> None:
    """Label the lines that sign the article, and no others, as bylines.

    The surest kind of line that is found decides, near the headline before behind the text.
    """
    parts = tree.parts
    long = [at for at, name in enumerate(labels) if name in BODY and len(parts[at].text) > SHORT]
    first = next((at for at in long if at > headline), headline)
    last = long[-1] if long else first
    head = range(max(0, headline - ABOVE), min(len(parts), first + BELOW + 1))
    tail = range(min(len(parts), last + 1), min(len(parts), last + BEHIND + 1))
    for at in [at for at, name in enumerate(labels) if name == "byline"]:
        labels[at] = "date" if is_dated(parts[at].text) else "furniture"
    for places, signs in (
        (head, _called), (head, _called_aside), (range(headline + 1, first + 1), _dated),
        (tail, _called), (tail[:2], _alone),
    ):  # fmt: skip
        found = [
            at
            for at in places
            if labels[at] not in ("headline", "caption", "credit")
            and (labels[at] not in BODY or len(parts[at].text) <= SHORT)
            and signs(tree, at)
            and signers(parts[at])
        ]
        for at in found:
            labels[at] = "byline"
        if found:
            return


def _called(tree: Tree, at: int) -> bool:
    """Tell whether a line is called a byline, begins as one, or leads to a person."""
    part, frame = tree.parts[at], tree.frames[tree.parts[at].frame]
    if frame.hints & _ASIDE or len(part.text) > LONGEST:
        return False
    leads = any(leads_to_person(address) for _, address in part.links)
    return leads or (
        frame.tag not in HEADINGS and (frame.hints & hints.BYLINE > 0 or is_byline(part.text))
    )


def _called_aside(tree: Tree, at: int) -> bool:
    """Tell whether a line in a box beside the text is called a byline, or leads to a person."""
    part, frame = tree.parts[at], tree.frames[tree.parts[at].frame]
    if frame.hints & (hints.COMMENT | hints.HIDDEN) or len(part.text) > LONGEST:
        return False
    leads = any(leads_to_person(address) for _, address in part.links)
    called = frame.hints & hints.BYLINE > 0
    return (called and (leads or frame.own & hints.BYLINE > 0)) or (leads and is_byline(part.text))


def _alone(tree: Tree, at: int) -> bool:
    """Tell whether a line is nothing but names."""
    part, frame = tree.parts[at], tree.frames[tree.parts[at].frame]
    return (
        are_names(part.text)
        and not part.links
        and frame.tag not in HEADINGS
        and not frame.hints & _ASIDE
    )


def _dated(tree: Tree, at: int) -> bool:
    """Tell whether a line is nothing but names, beside one that tells when."""
    beside = tree.parts[max(0, at - 2) : at + 3]
    return _alone(tree, at) and any(is_dated(part.text) for part in beside)


def leads_to_person(address: str) -> bool:
    """Tell whether a link leads to the page of a person."""
    low = address.lower()
    return _PERSON.search(low) is not None or _MAIL.match(low) is not None


def signatures(lines: Iterable[Part]) -> tuple[str, ...]:
    """Give the names in lines that sign, in order, each once.

    A single word is a name where it is linked to a person, or an agency's; a desk where nobody
    else signs.
    """
    found = dict.fromkeys(name for line in lines for name in signers(line))
    persons = [name for name in found if not _is_desk(name)]
    return tuple(persons or found)


def signers(line: Part) -> list[str]:
    """Give the names in one line: of persons, agencies and desks."""
    found: list[str] = []
    elsewhere: set[str] = set()
    for text, address in line.links:
        if leads_to_person(address):
            found += [name for name in names([text]) if is_name(name)]
        else:
            elsewhere.add(text)
    linked = tuple(found)
    signed = within(line.text, SHORT)
    given = names([signed or line.text])
    alone = signed is not None and len(given) == 1
    for name in given:
        if any(other in name for other in linked) or (linked and name in elsewhere):
            continue  # the name with a role behind it, or a section or a site
        full = " " in name or alone or name[0] > _HAN
        if is_name(name) and (full or _is_desk(name) or name.casefold() in AGENCIES):
            found.append(name)
    return found


def _is_desk(name: str) -> bool:
    return name.lower().endswith(_DESKS)


def is_name(text: str) -> bool:
    """Tell whether words may be the name of a person, an agency or a desk."""
    if text.casefold() in AGENCIES:
        return True
    words = _WORD.findall(text)
    if not words or len(words) > 6:
        return False
    if phrases.FURNITURE.match(text) or phrases.RELATED.fullmatch(text):
        return False
    low = [word.strip("'’.,").lower() for word in words]
    if not _NOT_NAMES.isdisjoint(low):
        return False
    if text.lower() == text.upper():
        return _UNCASED.fullmatch(text) is not None
    return all(
        word[:1].isupper() or bare in _PARTICLES or not word[:1].isalpha()
        for word, bare in zip(words, low, strict=True)
    )
