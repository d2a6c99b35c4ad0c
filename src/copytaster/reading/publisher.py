"""Who published a page: the outlet, by the name it goes under.

Metadata often name somebody else as well: the agency whose copy it is, the company behind the
outlet, the maker of the software. The name that the page's own title or address has is the
outlet's.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import filterfalse

from copytaster.agency import AGENCIES
from copytaster.reading.words import key

_COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|SE|Inc|Ltd|Limited|LLC|plc|S\.?L\.?|S\.?A\.?|S\.?p\.?A\.?|B\.?V\.?|Oy|A/S)\.?$"
)
_AFTER = re.compile(r"\s+(?:[|–—·:-]|::)\s+([^|–—:]{3,50})$")
_BEFORE = re.compile(r"([^|–—:]{3,50}?)(?:\s+(?:[|–—·-]|::)|:)\s+")
TAIL = 60
"""Characters at the end of a title among which the outlet's name stands."""


def named(given: Sequence[str]) -> tuple[str, ...]:
    """Give the names among what metadata say of the publisher: no addresses, no lines of praise."""
    names = (
        name.split(" | ")[0].strip().removeprefix("@").removeprefix("www.")
        for name in given
        if "//" not in name
    )
    return tuple(dict.fromkeys(filter(None, names)))


def choose(names: Sequence[str], title: str, host: str | None) -> str | None:
    """Give the first of `names`, unless it is a stranger to the page and another is not."""
    if not names:
        return None
    first, *others = names
    if not _is_at_home(first, title, host):
        for name in others:
            if "." not in name and _is_at_home(name, title, host):
                return name
        if others and _COMPANY.search(first):
            return others[0]
        behind = _AFTER.search(title) if "." in first else None
        if behind and _bare(behind[1]) in _labels(host):
            return behind[1]  # an address, or "U.S.", where the title names the outlet
    return first


def _is_at_home(name: str, title: str, host: str | None) -> bool:
    labels = _labels(host)
    agency = AGENCIES.get(name.casefold())
    if agency and any(label.startswith(key(agency)) for label in labels):
        return True
    letters = _bare(name)
    return letters in labels or (len(letters) > 1 and letters in _bare(title[-TAIL:]))


def _labels(host: str | None) -> list[str]:
    return [label.replace("-", "").removeprefix("the") for label in (host or "").split(".")]


def _bare(text: str) -> str:
    """Give the letters of a text, without accents and a "The" before them."""
    if not text.isascii():
        apart = unicodedata.normalize("NFD", text)
        text = "".join(filterfalse(unicodedata.combining, apart))
    return key(text.removeprefix("The ").removeprefix("the "))


def in_title(title: str, headline: str) -> str | None:
    """Give what a page's title has beside the headline: "Headline - Harbour Post"."""
    for piece in (_AFTER.search(title), _BEFORE.match(title)):
        if piece and key(piece[1]) not in key(headline):
            rest = title.replace(piece[0], "")
            if key(rest) and key(rest) == key(headline):
                return piece[1].strip()
    return None
