"""What the desk gives back of claims: who said what, where the words stand, who is who."""

from msgspec import Struct

from copytaster.claim import Claim, Figure, SpeakerKind
from copytaster.desk.listing import Listing
from copytaster.story import Ruling


class TextQuoteSelector(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Words and what stands around them (W3C Web Annotation Data Model 4.2.4)."""

    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(Struct, frozen=True, kw_only=True, tag_field="type", tag=True):
    """Where words stand in the article's text, in code points (Web Annotation 4.2.5)."""

    start: int
    end: int


class Target(Struct, frozen=True, kw_only=True):
    """One piece of a claim's content: two selectors of the same words."""

    source: str
    """Address of the article on the site."""
    selector: tuple[TextQuoteSelector | TextPositionSelector, ...]


class Voice(Struct, frozen=True, kw_only=True):
    """A person or body as the desk knows it."""

    key: str
    name: str
    kind: SpeakerKind | None


class Stated(Struct, frozen=True, kw_only=True):
    """A claim of an article as the desk has it."""

    number: int
    """From 1, in the order of the article; its words are at `#claim-NUMBER` of its page."""
    words: str
    """The content; pieces with " … " between."""
    source: str
    """The words that name who; empty where none do."""
    cue: str
    figures: tuple[str, ...]
    """The words of each of the claim's figures."""
    claim: Claim
    speaker: Voice | None
    """Who that is across the desk; nothing where nobody is named."""
    target: tuple[Target, ...]


class Quoted(Struct, frozen=True, kw_only=True):
    """A claim in a list, with its article."""

    article: Listing
    stated: Stated
    also: int = 0
    """In how many other articles the same speaker says the same words."""


class Spelling(Struct, frozen=True, kw_only=True):
    """One of the names of a speaker."""

    key: str
    name: str
    claims: int
    why: str | None
    """The evidence on which it was joined: article, story, office, short form; or a ruling."""


class Speaking(Struct, frozen=True, kw_only=True):
    """A speaker in a list."""

    key: str
    name: str
    kind: SpeakerKind | None
    claims: int
    """Statements, copies counted."""
    latest: str
    """Date of the newest article with one of them."""


class Given(Struct, frozen=True, kw_only=True):
    """A figure as one report gives it."""

    figure: Figure
    words: str
    quoted: Quoted


class Counted(Struct, frozen=True, kw_only=True):
    """What is counted in a story, and the figures that are given for it."""

    counted: str
    given: tuple[Given, ...]


class Naming(Struct, frozen=True, kw_only=True):
    """What a person ruled about names, as it stands on the desk."""

    number: int
    made: str
    ruling: Ruling
    """Its ids are the keys of names."""


class Unclaimed(Struct, frozen=True, kw_only=True):
    """An article whose claims could not be made."""

    article: Listing
    error: str


class Progress(Struct, frozen=True, kw_only=True):
    """How far the claims of a desk are."""

    pending: int
    stale: int
    """Made by another model or version than is installed."""
    missed: int


class Made(Struct, frozen=True, kw_only=True):
    """What one run over pending articles did."""

    articles: int = 0
    claims: int = 0
    missed: int = 0
    """Articles whose claims could not be made."""
