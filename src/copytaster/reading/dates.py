"""Dates of pages as ISO 8601 with the precision that is known; nothing rather than a guess.

Taken as they are: ISO 8601 in its many spellings, RFC 2822 (mail and feed dates), seconds or
milliseconds since 1970, numbers whose order is sure ("19.02.2021", "2021/02/19", "2021年2月19日"),
and dates with a month's name. "02/03/2021" is two days, depending on the country, and is refused
where the page's language does not tell.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

EARLIEST = 1600
"""The year before which no newspaper appeared; software writes "0001-01-01" for no date."""

LINE = 100
"""Characters from where a line does not tell when something was published."""
WORDS = 8
"""Spaces up to the end of its date: "Last updated on Wednesday, 5 May 2021"."""

_ISO = re.compile(
    r"(\d{4})-(\d\d?)(?:-(\d\d?)(?:[T\s,]+(\d\d?):(\d\d)(?::(\d\d))?(?:[.,:]\d+)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})[:.h時](\d\d)(?::(\d\d))?(?![\d.]*\d)\s*([ap]\.?m\b\.?)?"
    r"\s*\(?(Z\b|(?:UTC|GMT)?[+-]\d\d:?\d\d|UTC|GMT)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
"""What every date has; most lines have none."""
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./年]\s?(\d{1,2})[./月]\s?(\d{1,2})(?!\d)日?")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+|ב|[^\W\d_]{2,8}/)?([^\W\d_]{2,})\.?,?"
    r"\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_YEAR_MONTH = re.compile(
    r"(?<!\d)(\d{4})(?:\.?\sgada|\sm\.|\.)\s(?:(\d{1,2})\.\s)?([^\W\d_]{3,})(?:\s(\d{1,2})(?!\d))?"
)
"""Hungarian, Lithuanian, Latvian: "2031. május 5.", "2031 m. kovo 5 d.", "2031. gada 5. martā"."""

_MONTHS = (
    """
    jan january januar janvier enero ene gennaio gen janeiro januari jänner styczeń stycznia
    leden ledna január ianuarie ocak января январь січня јануар янв gener janar ιανουαρίου يناير
    ינואר sausio janvāris janvārī jaanuar tammikuuta tammikuu януари siječnja
    """,
    """
    feb february februar février févr fév febrero febbraio fevereiro fev februari luty lutego
    únor února február februarie şubat февраля февраль лютого фебруар фев febrer φεβρουαρίου
    فبراير شباط פברואר vasario februāris februārī veebruar helmikuuta helmikuu februara февруари
    veljače
    """,
    """
    mar march märz mars marzo março maart mrt marts marec március martie mart marca březen
    března марта март березня мар març μαρτίου مارس آذار اذار מרץ מרס kovo martā märts maaliskuuta
    maaliskuu ožujka maret
    """,
    """
    apr april avril avr abril aprile kwiecień kwietnia duben dubna apríl április aprilie nisan
    апреля апрель квітня апр απριλίου أبريل ابريل إبريل نيسان אפריל balandžio aprīlis aprīlī aprill
    huhtikuuta huhtikuu aprila април travnja
    """,
    """
    may mai mayo maggio mag maio mei maj maja květen května máj május mayıs мая май травня мај
    maig μαΐου μαϊου مايو أيار ايار מאי gegužės maijs maijā toukokuuta toukokuu svibnja
    """,
    """
    jun june juni juin junio giugno giu junho czerwiec czerwca červen června jún június iunie
    haziran июня июнь червня јун juny ιουνίου يونيو حزيران יוני birželio jūnijs jūnijā juuni
    kesäkuuta kesäkuu juna юни lipnja
    """,
    """
    jul july juli juillet juil julio luglio lug julho lipiec lipca červenec července júl július
    iulie temmuz июля июль липня јул juliol ιουλίου يوليو تموز יולי liepos jūlijs jūlijā juuli
    heinäkuuta heinäkuu jula юли srpnja
    """,
    """
    aug august août agosto ago augustus sierpień sierpnia srpen srpna augusti augusztus ağustos
    августа август серпня авг agost αυγούστου أغسطس اغسطس آب אוגוסט rugpjūčio augusts augustā
    elokuuta elokuu avgusta kolovoza agustus
    """,
    """
    sep sept september septembre septiembre settembre set setembro wrzesień września září
    septembrie eylül сентября сентябрь вересня септембар сен setembre σεπτεμβρίου سبتمبر أيلول ايلول
    ספטמבר rugsėjo septembris septembrī syyskuuta syyskuu septembra септември rujna szeptember
    """,
    """
    oct october oktober okt octobre octubre ottobre ott outubro out październik października
    říjen října október octombrie ekim октября октябрь жовтня октобар окт οκτωβρίου أكتوبر اكتوبر
    אוקטובר spalio oktobris oktobrī oktoober lokakuuta lokakuu oktobra октомври
    """,
    """
    nov november novembre noviembre novembro listopad listopada listopadu noiembrie kasım ноября
    ноябрь листопада новембар ноя νοεμβρίου نوفمبر נובמבר lapkričio novembris novembrī
    marraskuuta marraskuu novembra ноември studenoga studenog
    """,
    """
    dec december dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia
    prosinec prosince decembrie aralık декабря декабрь грудня децембар дек desembre δεκεμβρίου
    ديسمبر דצמבר gruodžio decembris decembrī detsember joulukuuta joulukuu decembra декември
    prosinca desember
    """,
)
MONTHS = {name: number for number, line in enumerate(_MONTHS, 1) for name in line.split()}


def iso(value: str | None) -> str | None:
    """Give a date from metadata as ISO 8601, or nothing."""
    if not value:
        return None
    value = value.strip()
    if value[10:11] == "T" and value[16:17] == ":" and (moment := _as_written(value)):
        return moment
    if match := _ISO.match(value):
        return _moment(*match.groups())
    if match := _COMPACT.fullmatch(value):
        return _moment(*match.groups())
    if value.isdigit() and len(value) in (10, 13):
        seconds = int(value) / (1000 if len(value) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    return visible(value)


def _as_written(value: str) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds") if moment.year >= EARLIEST else None


def visible(text: str, *, day_first: bool = False) -> str | None:
    """Give the date that a line of the page names, or nothing where it names none.

    `day_first` says that "02/03/2021" is the second of March on this page.
    """
    found = next(_named(text, day_first), None) if _YEAR.search(text) else None
    if found is None:
        return None
    year, month, day, end = found
    clock = _CLOCK.search(text, end)
    if clock is None:
        return _moment(year, month, day)
    hour = int(clock[1])
    half = (clock[4] or "")[:1].lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _moment(year, month, day, hour, clock[2], clock[3], clock[5]) or _moment(
        year, month, day
    )


def is_day_first(language: str | None) -> bool:
    """Tell whether all who write a language put the day before the month in "02/03/2021"."""
    tag = (language or "").lower().replace("_", "-")
    if tag.endswith(("-us", "-ca")):
        return False
    return tag in _DAY_FIRST_ENGLISH or tag.split("-")[0] in _DAY_FIRST_LANGUAGES


_DAY_FIRST_ENGLISH = frozenset(("en-gb", "en-au", "en-nz", "en-ie", "en-in"))
_DAY_FIRST_LANGUAGES = frozenset((
    "ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hr", "id", "it", "nb",
    "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "tr", "uk", "vi",
))  # fmt: skip


def is_dated(line: str) -> bool:
    """Tell whether a line tells when, rather than a sentence in which a day is named."""
    found = next(_named(line), None) if len(line) < LINE and _YEAR.search(line) else None
    return found is not None and line[: found[3]].count(" ") <= WORDS


def _named(text: str, day_first: bool = False) -> Iterator[tuple[int, int, int, int]]:
    """Give the days that `text` names, as year, month, day and where the words end."""
    if match := _ISO.search(text):
        year, month, day = match[1], match[2], match[3]
        if day:
            yield int(year), int(month), int(day), match.end(3)
    for match in _YEAR_FIRST.finditer(text):
        yield int(match[1]), int(match[2]), int(match[3]), match.end()
    for match in _DOTTED.finditer(text):
        yield int(match[3]), int(match[2]), int(match[1]), match.end()
    for match in _DAY_FIRST.finditer(text):
        if month := MONTHS.get(match[2].lower()):
            yield int(match[3]), month, int(match[1]), match.end()
    for match in _YEAR_MONTH.finditer(text):
        day = match[2] or match[4]
        if day and (month := MONTHS.get(match[3].lower())):
            yield int(match[1]), month, int(day), match.end()
    for match in _MONTH_FIRST.finditer(text):
        if month := MONTHS.get(match[1].lower()):
            yield int(match[3]), month, int(match[2]), match.end()
    for match in _SLASHED.finditer(text):
        one, two = int(match[1]), int(match[2])
        if one > 12 or one == two or (day_first and two <= 12):
            yield int(match[3]), two, one, match.end()
        elif two > 12:
            yield int(match[3]), one, two, match.end()


def _moment(
    year: str | int,
    month: str | int,
    day: str | int | None = None,
    hour: str | int | None = None,
    minute: str | int | None = None,
    second: str | int | None = None,
    offset: str | None = None,
) -> str | None:
    """Give parts of a date as ISO 8601, or nothing where there is no such moment."""
    if int(year) < EARLIEST:
        return None
    try:
        if day is None:
            datetime(int(year), int(month), 1)
            return f"{int(year):04}-{int(month):02}"
        if hour is None or minute is None:
            return datetime(int(year), int(month), int(day)).date().isoformat()
        zone = None
        if offset:
            zone = _zone(offset)
        moment = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone
        )
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec="minutes" if second is None else "seconds")


def _zone(offset: str) -> timezone:
    """Give the zone of "Z", "UTC", "+0200", "+02:00", "+02" or "GMT+0200"."""
    digits = "".join(filter(str.isdigit, offset))
    if not digits:
        return UTC
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if "-" in offset else minutes))
