"""Numbers with their qualifier, their unit and what is counted; dates, ages and labels are none."""

import re
from collections.abc import Iterator

from copytaster.claim import Figure
from copytaster.claims.prose import Prose

_QUALIFIER = (
    r"(?:(?:no\s)?(?:more|less|fewer|greater|higher|lower)\sthan|at\s(?:least|most)|nearly|almost|"
    r"about|around|some|roughly|approximately|(?:just|well)?\s?(?:over|under|above|below)|up\sto|"
    r"as\s(?:many|much|few|little|high|low)\sas|an?\s(?:estimated|total\sof)|close\sto|only|"
    r"exactly|another|an\sadditional|between|from)"
)
_CURRENCY = r"(?:US\$|A\$|C\$|NZ\$|HK\$|R\$|[$£€¥₽₹₩₴]|(?:USD|EUR|GBP|CHF)\s?)"
_TEENS = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {"one": 1, "a": 1, "an": 1, **{w: n for n, w in enumerate(_TEENS, 2)}}
_WORDS |= {ten: 10 * n for n, ten in enumerate(_TENS, 2)}
_SCALE = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_SIZES = r"(?:(?:tens|hundreds)\sof\sthousands|dozens|scores|hundreds|thousands|millions|billions)"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_SMALL = "|".join(_TEENS)
_WORDED = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:one|{_SMALL}))?|one|{_SMALL})"
_SCALES = r"hundred(?!s)|thousand(?!s)|million(?!s)|billion(?!s)|trillion(?!s)|dozen(?!s)"
_NUMBER = (
    rf"(?:(?:{_DIGITS})(?:\s?(?:bn|mn|tn|[mk])\b|[-\s](?:{_SCALES})\b)?"
    rf"|(?:half\sa|an?|{_WORDED})(?:[-\s](?:{_SCALES})\b){{1,3}}|{_WORDED}\b)"
)
_UNIT = (
    r"(?:%|per\s?cent(?:age\spoints?)?\b|points?\b|euros?\b|dollars?\b|pounds?\b|rou?bles?\b|pesos?\b|"
    r"francs?\b|kron(?:a|or|er|e)\b|yen\b|yuan\b|km\b|kilomet(?:er|re)s?\b|miles?\b|met(?:er|re)s?\b|"
    r"f(?:ee|oo)t\b|inch(?:es)?\b|acres?\b|hectares?\b|tons?\b|tonnes?\b|kilos?\b|kg\b|kilograms?\b|"
    r"lit(?:er|re)s?\b|barrels?\b|megawatts?\b|degrees?\b|knots?\b|mph\b)"
)
_FIGURE = re.compile(
    rf"(?<![\w.,$£€/:’'-])(?:(?P<qualifier>{_QUALIFIER})\s)?"
    rf"(?:(?P<sizes>{_SIZES})\b|(?P<currency>{_CURRENCY})?(?P<number>{_NUMBER})"
    rf"(?:(?:\s(?:to|and|or)\s|\s?[-–]\s?)(?:{_CURRENCY})?(?P<upto>{_NUMBER}))?"
    rf"(?:[-\s]?(?P<unit>{_UNIT}))?)(?![\w/:]|[.,]\d|-\d|[’']\w)",
    re.I,
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_BEFORE_DATE = re.compile(
    rf"\b{_MONTH}\.?\s$|\b(?:in|since|by|until|of|before|after|from)\s$|\b{_MONTH}\.?(?:\s\d\d?)?,?\s$"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?\s$")
_AFTER_DATE = re.compile(
    rf"\s(?:of\s)?{_MONTH}\b|\s?(?:[ap]\.?m\b|o[’']clock|GMT|EST|EDT|CET)|(?:st|nd|rd|th)\b"
)
_LABEL = re.compile(
    r"\b(?!The|In|At|But|And|Of|By|With|On|For|From|Only|An?\b)[A-Z][\w’'&.-]*\s$|[#§]$|\bNo\.\s$"
)
_AGE = re.compile(r",\s$")
_COUNTED = re.compile(
    r"\s(?:of\s(?:the\s|its\s|their\s|his\s|her\s|our\s|all\s|them\b)?)?"
    r"(?!(?:in|on|at|to|by|for|from|with|and|or|but|that|who|which|as|after|before|since|than|is|"
    r"are|was|were|has|have|had|will|would|if|when|while|into|over|against|of|the|a|an|said|says|"
    r"during|because|there|it|he|she|they|we|I|not|so|do|did|can|could|may|might)\b)"
    r"[A-Za-z][\w’'-]*(?:\s(?!(?:in|on|at|to|by|for|from|with|and|or|but|that|who|which|as|after|"
    r"before|since|than|is|are|was|were|has|have|had|will|would|if|when|while|into|over|against|of|"
    r"the|a|an|said|says|during|because|there|it|he|she|they|we|I|not|so|do|did|can|could|may|"
    r"might)\b)[A-Za-z][\w’'-]*){0,2}"
)
_NOUNS = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
_NAMES = {"percent": "%", "per cent": "%", "percentage point": "percentage point"}


def figures(prose: Prose, start: int, end: int) -> tuple[Figure, ...]:
    """Find the figures that stand in a span of a text."""
    return tuple(_figures(prose, start, end))


def _figures(prose: Prose, start: int, end: int) -> Iterator[Figure]:
    text = prose.text
    for match in _FIGURE.finditer(text, start, end):
        if _none(text, match, start):
            continue
        value = _value(match["number"]) if match["number"] else None
        upto = _value(match["upto"]) if match["upto"] else None
        first, stop = match.span()
        if upto is not None and value is not None and upto <= value:
            upto = None
            stop = match.end("number")
        unit = match["currency"] or match["unit"] if stop == match.end() else match["currency"]
        counted = _counted(prose, stop, end) if not match["currency"] else None
        if value == 1 and not unit and "million" not in match[0].casefold():
            continue  # "one of them", "one day"
        qualifier = match["qualifier"]
        if qualifier and qualifier.casefold() in ("between", "from") and upto is None:
            first, qualifier = match.start("currency" if match["currency"] else "number"), None
        yield Figure(
            value=value,
            upto=upto,
            qualifier=" ".join(qualifier.casefold().split()) if qualifier else None,
            unit=_unit(unit),
            counted=text[slice(*counted)] if counted else None,
            span=(first, counted[1] if counted else stop),
        )


def _none(text: str, match: re.Match[str], start: int) -> bool:
    """Tell whether a match is a date, a time, an age, a label or an ordinal."""
    number = match["number"] or ""
    if not number or match["currency"] or match["unit"]:
        return False
    at = match.start("number")
    before, after = text[max(0, at - 24) : at], text[match.end("number") : match.end("number") + 16]
    if _MONTH_BEFORE.search(before) or _AFTER_DATE.match(after):
        return True
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", number):
        return not match["qualifier"] or bool(_BEFORE_DATE.search(before))
    if number.isdigit() and _LABEL.search(before) and not _opens(text, at, before):
        return True
    if number.isdigit() and len(number) <= 2 and _AGE.search(before):
        return after[:1] in ",.;" or not after.strip()
    return bool(re.match(r"-(?:year|month|day|week)", after)) or number.casefold() in ("a", "an")


def _opens(text: str, at: int, before: str) -> bool:
    """Tell whether the word before is capital only because a sentence begins with it."""
    word = before.rstrip().rsplit(maxsplit=1)[-1]
    lead = (
        text[: at - 1 - len(word)].rstrip()
        if at < 80
        else text[at - 80 : at - 1 - len(word)].rstrip()
    )
    return not lead or lead[-1] in '.!?”"\n:'


def _value(number: str) -> float:
    words = re.split(r"[-\s]", number.casefold())
    if words[:2] == ["half", "a"]:
        return 0.5 * _value("a " + " ".join(words[2:]))
    total, part = 0.0, 0.0
    for word in words:
        digits = re.fullmatch(r"([\d,.]*\d)(bn|mn|tn|[mk])?", word)
        if digits:
            part += float(digits[1].replace(",", ""))
            word = digits[2] or ""
        if word in _SCALE:
            part = (part or 1.0) * _SCALE[word]
            if _SCALE[word] >= 1000:
                total, part = total + part, 0.0
        elif word in _WORDS:
            part += _WORDS[word]
    return total + part


def _unit(unit: str | None) -> str | None:
    if unit is None:
        return None
    plain = " ".join(unit.casefold().split())
    if plain in ("percent", "per cent", "%"):
        return "%"
    return unit.strip() if not plain.isalpha() or unit.isupper() else plain


def _counted(prose: Prose, at: int, end: int) -> tuple[int, int] | None:
    """Give where that stands which is counted: "people arrested", "of voters"."""
    places = prose.within(at, min(end, at + 60))
    if not any(prose.words[place].tag for place in places):
        match = _COUNTED.match(prose.text, at, end)
        return (match.start() + 1, match.end()) if match else None
    stop, first, noun = at, None, False
    for place in places:
        word = prose.words[place]
        text = prose.text[word.start : word.end]
        if prose.text[stop : word.start].strip() or word.end > end:
            break
        if word.tag in _NOUNS or (text.casefold() == "of" and first is None):
            noun = noun or word.tag in ("NOUN", "PROPN")
        elif word.tag in ("DET", "PRON") and first is not None and not noun:
            pass
        elif word.tag == "VERB" and noun and text.endswith(("ed", "en", "led")):
            return (first or at, word.end)
        else:
            break
        first, stop = first if first is not None else word.start, word.end
    return (first, stop) if first is not None and noun else None
