"""The names of a text, before it is known whom they mean: their words, kinds and genders."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec

from copytaster.claims.prose import Named, Prose
from copytaster.claims.vocabulary import vocabulary

TITLES = vocabulary("titles")
POSSESSIVE = re.compile(r"(?:[’']s|[’'])$")
_SUFFIX = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_BARE_TITLES = frozenset(("del", "sen", "rep", "gov", "mr", "mrs", "ms", "dr", "gen", "president"))


def joined(prose: Prose) -> Prose:
    """Join names that "of" joins, "Bank" and "Ardmoria"; drop those that are only a title."""
    names: list[Named] = []
    for name in prose.names:
        if prose.text[name.start : name.end].casefold().rstrip(".") in _BARE_TITLES:
            continue
        if names and names[-1].kind == "organisation" and name.kind in ("organisation", "place"):
            between = prose.text[names[-1].end : name.start]
            if between in (" of ", " of the ", " for the "):
                names[-1] = Named(names[-1].start, name.end, "organisation")
                continue
        names.append(name)
    return Prose(prose.text, words=prose.words, names=names, parts=prose.parts)


def plain(prose: Prose, name: Named) -> str:
    """Give a name's words, without the possessive."""
    return (
        POSSESSIVE.sub("", prose.text[name.start : name.end]) or prose.text[name.start : name.end]
    )


def words_of(prose: Prose, name: Named) -> tuple[list[str], str]:
    """Give the words of a person's name without titles, and a suffix like "jr"."""
    words = [word.strip(",") for word in plain(prose, name).split()]
    suffix = ""
    while len(words) > 1 and words[-1].casefold() in _SUFFIX:
        suffix = words.pop().casefold().strip(".")
    while len(words) > 1 and words[0].casefold() in TITLES:
        words.pop(0)
    return words, suffix


def kinds_of(prose: Prose) -> dict[str, str]:
    """Give the kind that most mentions of a name have; a last name has the full name's."""
    counts: dict[str, Counter[str]] = {}
    persons: set[str] = set()
    for name in prose.names:
        text = plain(prose, name)
        counts.setdefault(text, Counter())[name.kind] += 1
        if name.kind == "person" and " " in text:
            persons.add(text.split()[-1])
    return {
        text: "person"
        if text in persons and count["person"]
        else max(count, key=lambda kind: (count[kind], kind))
        for text, count in counts.items()
    }


@cache
def _givens() -> dict[str, str]:
    file = Path(__file__).with_name("given_names.json")
    lists = msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    return {name: gender for gender in ("f", "m") for name in lists[gender].split()}


def given(name: str) -> str | None:
    """Tell by a given name: m, f, or nothing."""
    names = _givens()
    return names.get(name) or names.get(name.split("-")[0])
