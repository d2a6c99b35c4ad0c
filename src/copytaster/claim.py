"""A claim: what somebody said or wrote, through whom, and where the words stand."""

from typing import Literal

from msgspec import Struct

Span = tuple[int, int]
"""Where words stand: offsets into the article's text, in code points, end exclusive."""

Kind = Literal["direct", "indirect", "mixed"]
"""Whether the content stands in quotation marks: all of it, nothing of it, a part of it."""

Attitude = Literal["statement", "belief", "intention", "act"]
"""What the cue makes of the content: something said or written; something only believed, felt or
known ("hopes", "is worried that"); something wanted or meant to be done ("is looking for");
something done rather than said ("imposed"). Only statements are claims in the strict sense."""

SpeakerKind = Literal["person", "organisation", "place", "unnamed"]
"""A place speaks for who rules it ("Moscow"); unnamed are "two officials", "the police"."""


class Speaker(Struct, frozen=True):
    """Who is behind the source."""

    name: str
    """The fullest name in the article, without titles; of the unnamed, the article's own words."""
    kind: SpeakerKind | None
    """Nothing where rules found a name that might be a person's or a body's."""
    mention: Span
    """Where that name stands first."""


class Carrier(Struct, frozen=True):
    """An outlet through which the words came."""

    name: str
    mention: Span


class Figure(Struct, frozen=True, kw_only=True):
    """A number with its unit and what is counted: "more than 35,000 people arrested"."""

    value: float | None = None
    """Nothing where the words give only a size: "thousands"."""
    upto: float | None = None
    """The other end of a range: "10 to 15"."""
    qualifier: str | None = None
    """"more than", "at least", "nearly" ..., in lower case."""
    unit: str | None = None
    """A currency's sign or code, "%", a measure ("km"); nothing where things are counted."""
    counted: str | None = None
    """"people arrested", "of voters", as it stands in the text."""
    span: Span
    """From the qualifier to the end of what is counted."""


class Claim(Struct, frozen=True, kw_only=True):
    """What somebody said or wrote. Lists of spans are in the order of the text."""

    content: tuple[Span, ...]
    """What is said; in pieces where the source stands inside it."""
    cue: tuple[Span, ...] = ()
    """The words that make it a claim: "said", "according to"."""
    source: tuple[Span, ...] = ()
    """The words that name who; empty where nobody is named ("it is said that")."""
    kind: Kind
    attitude: Attitude = "statement"
    speaker: Speaker | None = None
    """Whom the source means; nothing where that is not clear."""
    via: tuple[Carrier, ...] = ()
    """The outlets that carried it, nearest to the speaker first."""
    figures: tuple[Figure, ...] = ()
    """Those inside the content."""
    negated: bool = False
    """That the speaker does not say it ("did not say that") or says it is not so ("denied")."""
    within: int | None = None
    """The claim of the same article in whose content this one stands, by its place in the list."""
    found: Literal["tagger", "rules"]
    """By a tagger trained on the article's language, or only by quotation marks beside a name."""
    confidence: float
    """How likely content and source are right, 0 to 1."""


class Claims(Struct, frozen=True, kw_only=True):
    """The claims of an article, in the order of the text; one line of `copytaster claims`."""

    id: str
    text: str
    """The article's text, into which all spans count."""
    claims: tuple[Claim, ...]
