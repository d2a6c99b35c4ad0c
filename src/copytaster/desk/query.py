"""The query language, and its translation into what the full-text index understands.

storm damage            both words, anywhere in headline, standfirst, captions or body
"storm damage"          one after the other
storm*                  words that begin so
NEAR(storm harbour, 5)  at most 5 words apart (nothing said: 10)
storm OR flood          either
-storm                  not this
headline:storm          in the headline
outlet:KEY              of this outlet
language:pt             in this language (pt-BR too)
since:2021-02           from this year, month or day on
until:2021-02-19        up to the end of this year, month or day
says:protest            said by somebody: in the words of a claim
speaker:"Irina Vashko"  a claim by this person or body, under any of its spellings
via:MNA                 a claim that this outlet carried

What says, speaker and via ask for is true of one and the same claim.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from msgspec import Struct

from copytaster.desk.words import (
    ANY,
    is_unspaced,
    language_tokens,
    outlet_token,
    spaced,
    storable,
)

LONGEST = 1000
"""Characters."""
MOST_TERMS = 60
"""Words and filters: the index walks them all at once."""
SHORTEST_PREFIX = 3
"""Letters before a *: the index gathers all words that begin so before it gives the first."""


_MEANT = {
    "site": "outlet",
    "publisher": "outlet",
    "lang": "language",
    "title": "headline",
    "after": "since",
    "before": "until",
    "said": "says",
    "who": "speaker",
    "source": "speaker",
}
"""What other search boxes call our filters."""


class QueryError(ValueError):
    """The query cannot be understood; the message says what is wrong, and where."""


class Filters(Struct, frozen=True, kw_only=True):
    """What a search is kept within, beside its words."""

    outlet: str | None = None
    """The outlet's key."""
    language: str | None = None
    """The language's tag; pt finds pt-BR, too."""
    since: str | None = None
    """The first year, month or day, as in the query: 2021, 2021-02 or 2021-02-19."""
    until: str | None = None
    """The last year, month or day."""


EVERYWHERE = Filters()


class Said(Struct, frozen=True):
    """What one claim must have."""

    field: Literal["says", "speaker", "via"]
    match: str
    """For FTS5, without the field."""
    words: str
    """As they were given."""


class Query(Struct, frozen=True):
    """A query, understood."""

    match: str
    """For FTS5's MATCH; never empty."""
    since: date | None = None
    """The first day."""
    until: date | None = None
    """The last day."""
    said: tuple[tuple[Said, ...], ...] = ()
    """One claim of the article has all of these, any of each."""
    unsaid: tuple[Said, ...] = ()
    """And none of these."""
    sought: tuple[tuple[str, bool], ...] = ()
    """The phrases that `match` wants of the text; whether the last word is only a beginning."""


class _Term(Struct, frozen=True):
    match: str
    negative: bool
    said: Said | None = None


_TOKEN = re.compile(
    r"""
    \s*
    (?:
        (?P<near> NEAR\( (?P<members> [^()]* ) (?P<close> \)? ) )
      | (?P<sign> -? )
        (?: (?P<field> (?i:outlet|language|headline|since|until|says|speaker|via) ) : )?
        (?: " (?P<phrase> [^"]* ) (?P<quote> "? ) | (?P<word> [^\s"]+ ) )?
        (?P<star> (?<=") \*+ )?
    )
    """,
    re.VERBOSE,
)


def understand(query: str, within: Filters = EVERYWHERE) -> Query:
    """Translate `query`, kept within filters. Without any word it finds all that these let through.

    Raises QueryError, whose message names the part that is wrong.
    """
    query = storable(query)
    if len(query) > LONGEST:
        raise QueryError(f"the query is longer than {LONGEST} characters")
    terms, days = _parsed(query)
    if sum(map(len, terms)) > MOST_TERMS:
        raise QueryError(f"the query has more than {MOST_TERMS} words")
    if not terms and not days and within == EVERYWHERE:
        raise QueryError("the query has no word to look for")
    plain = [either for either in terms if either[0].said is None]
    said = tuple(
        tuple(term.said for term in either if term.said)
        for either in terms
        if either[0].said and not either[0].negative
    )
    unsaid = tuple(either[0].said for either in terms if either[0].said and either[0].negative)
    if unsaid and not said:
        raise QueryError(
            f"-{unsaid[0].field}: excludes claims; say which are wanted: says:, speaker: or via:"
        )
    if within.since is not None:
        since = day_of("since", within.since)
        days["since"] = max(since, days.get("since", since))
    if within.until is not None:
        until = day_of("until", within.until)
        days["until"] = min(until, days.get("until", until))
    sought = tuple(
        (phrase, star == "*")
        for either in plain
        if not either[0].negative
        for term in either
        for phrase, star in re.findall(r'"([^"]*)"(\*?)', term.match)
    )
    return Query(_join(plain, within), days.get("since"), days.get("until"), said, unsaid, sought)


def _parsed(query: str) -> tuple[list[list[_Term]], dict[str, date]]:
    """Give the terms of a query, all of which are asked for, any of each, and its days."""
    terms: list[list[_Term]] = []
    days: dict[str, date] = {}
    joining = False
    for match in _TOKEN.finditer(query):
        part = match[0].strip()
        if not part:
            continue
        where = f"at character {match.start() + len(match[0]) - len(match[0].lstrip()) + 1}"
        if part == "OR":
            if not terms or joining:
                raise QueryError(f"OR {where} needs a word on either side")
            joining = True
            continue
        field = (match["field"] or "").lower()
        if field in ("since", "until"):
            if match["sign"] or joining:
                raise QueryError(f"{field}: {where} cannot be negated or joined by OR")
            days[field] = day_of(field, _given(match, part, where))
            continue
        term = _term(match, field, part, where)
        if term is None:
            continue
        if joining:
            if term.negative or terms[-1][-1].negative:
                raise QueryError(f"OR before {part} {where} cannot join what is excluded with -")
            if (term.said is None) != (terms[-1][-1].said is None):
                raise QueryError(
                    f"OR before {part} {where} cannot join what a claim says with what an article "
                    "says; ask for one of them"
                )
            terms[-1].append(term)
        else:
            terms.append([term])
        joining = False
    if joining:
        raise QueryError("OR at the end needs a word on either side")
    return terms, days


def _join(terms: list[list[_Term]], within: Filters) -> str:
    wanted = [
        "(" + " OR ".join(term.match for term in either) + ")"
        for either in terms
        if not either[0].negative
    ]
    excluded = [either[0].match for either in terms if either[0].negative]
    if within.outlet is not None:
        wanted.append(_facet(outlet_token(within.outlet)))
    if within.language is not None:
        wanted.append(_facet(_language(within.language, "language")))
    match = " AND ".join(wanted or [EVERYTHING])
    return f"({match}) NOT ({' OR '.join(excluded)})" if excluded else match


def _term(match: re.Match[str], field: str, part: str, where: str) -> _Term | None:
    """Translate one part of the query, or give nothing for lone punctuation."""
    if match["near"]:
        return _Term(_near(match, where), negative=False)
    other = (match["word"] or "").partition(":")[0].lower()
    if other in _MEANT and ":" in part and not field:
        raise QueryError(f"{other}: {where} is called {_MEANT[other]}: here")
    negative = bool(match["sign"])
    if field in ("outlet", "language"):
        value = _given(match, part, where)
        token = outlet_token(value.lower()) if field == "outlet" else _language(value, part)
        return _Term(_facet(token), negative)
    if match["phrase"] is not None and not match["quote"]:
        raise QueryError(f"the quotation mark {where} is not closed: {part}")
    words = match["phrase"] if match["phrase"] is not None else (match["word"] or "")
    text = _text(words, starred=bool(match["star"]))
    if text is None:
        if field or match["phrase"] is not None:
            raise QueryError(f"{part} {where} has no word to look for")
        return None
    if field in ("says", "speaker", "via"):
        return _Term("", negative, Said(field, text, words))  # type: ignore[arg-type]
    return _Term(
        f"{{headline}} : {text}" if field else f"{{headline lead body}} : {text}", negative
    )


def _near(match: re.Match[str], where: str) -> str:
    if not match["close"]:
        raise QueryError(f"NEAR( {where} is not closed: NEAR(storm harbour, 5)")
    members, comma, distance = match["members"].partition(",")
    if comma and not re.fullmatch(r"\s*[0-9]{1,4}\s*", distance, re.ASCII):
        raise QueryError(f"NEAR {where} needs a number after the comma: NEAR(storm harbour, 5)")
    texts = [
        text
        for quoted, word in re.findall(r'"([^"]*)"|([^\s"]+)', members)
        if (text := _text(quoted or word))
    ]
    if len(texts) < 2:
        raise QueryError(f"NEAR {where} needs two words or more: NEAR(storm harbour, 5)")
    near = f"NEAR({' '.join(texts)}, {int(distance) if comma else 10})"
    return f"{{headline lead body}} : {near}"


def _text(words: str, *, starred: bool = False) -> str | None:
    """Write words as an FTS5 phrase, with a * for a prefix; nothing where there is no word."""
    if words.endswith("*"):
        starred = True
        words = words.rstrip("*")
    phrase = spaced(words).replace('"', " ").replace("\0", " ")
    if not any(character.isalnum() for character in phrase):
        return None
    last = phrase.split()[-1]
    if not starred or is_unspaced(last):  # a character is a word, and begins no other
        return f'"{phrase}"'
    if len(last) < SHORTEST_PREFIX:
        raise QueryError(f"{words}* needs at least {SHORTEST_PREFIX} letters before the *")
    return f'"{phrase}"*'


def _given(match: re.Match[str], part: str, where: str) -> str:
    value = str(match["word"] or match["phrase"] or "").strip()
    if not value:
        raise QueryError(f"{part} {where} needs something after the colon")
    return value


def _language(tag: str, part: str) -> str:
    tokens = language_tokens(tag)
    if not tokens:
        raise QueryError(f'{part} names no language: write it as in "language:pt"')
    return tokens[-1]


def _facet(token: str) -> str:
    return f"{{facet}} : {token}"


EVERYTHING = _facet(ANY)
"""The match of all articles."""


def day_of(field: str, value: str) -> date:
    """Give the first day of `value` for since, the last one for until. Raises QueryError."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", value, re.ASCII)
    try:
        if not found:
            raise ValueError
        year, month, day = int(found[1]), found[2], found[3]
        first = date(year, int(month or 1), int(day or 1))
        if field == "since" or day:
            return first
        last_month = int(month or 12)
        return date(year, last_month, monthrange(year, last_month)[1])
    except ValueError:
        raise QueryError(
            f"{field}: “{value}” is no date; write 2021, 2021-02 or 2021-02-19"
        ) from None
