"""Who said what, through whom: an article in, its claims out.

Clauses that say who carried the words are peeled off, the rest is tagged, its parts are linked, and
then each claim gets its speaker, its carriers and its figures. Without a tagger for the language
only direct quotations beside a name are found.
"""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from copytaster.article import Article
from copytaster.claim import Claim, Claims
from copytaster.claims import rules, tagger
from copytaster.claims.attitude import attitude, negated
from copytaster.claims.carriers import Carriers
from copytaster.claims.confidence import weighed
from copytaster.claims.figure import figures
from copytaster.claims.layout import laid_out
from copytaster.claims.linking import Link, link
from copytaster.claims.mending import mended
from copytaster.claims.nesting import nested
from copytaster.claims.peeling import peeled
from copytaster.claims.prose import Prose
from copytaster.claims.quotation import kind
from copytaster.claims.speaker import Speakers
from copytaster.claims.tagger import Tagger
from copytaster.records import Record, full_text


def claims(article: Article | Record) -> Claims:
    """Find the claims of an article; spans count into `Article.text`, or into a record's `text`."""
    text = text_of(article)
    language = (article.language or "en").split("-")[0].casefold()
    outlets = tuple(name for name in (article.publisher, article.agency) if name)
    model = load(language)
    found = by_tagger(text, model, outlets) if model else by_rules(text, language, outlets)
    return Claims(id=article.id, text=text, claims=found)


def text_of(article: Article | Record) -> str:
    """Give the text into which the spans count."""
    if isinstance(article, Article):
        return article.text
    if article.text is not None:
        return article.text
    return "\n\n".join(part for part in (article.headline, full_text(article)) if part)


@cache
def load(language: str) -> Tagger | None:
    """Load the tagger of a language, once a process; nothing where there is none."""
    return tagger.load(language)


def by_rules(text: str, language: str, outlets: tuple[str, ...]) -> tuple[Claim, ...]:
    """Find direct quotations beside a name. `outlets` are the article's own."""
    links, names = rules.quoted(Prose(text), language)
    return resolved(Prose(text, names=names), links, Carriers(text, (), outlets), "rules")


def by_tagger(text: str, model: Tagger, outlets: tuple[str, ...]) -> tuple[Claim, ...]:
    """Find all claims, in a text of the model's language. `outlets` are the article's own."""
    stripped = peeled(text, outlets)
    prose = stripped.prose(model([piece.text for piece in stripped.pieces]))
    carriers = Carriers(text, stripped.clauses, outlets)
    links = list(weighed(prose, laid_out(prose, mended(prose, link(prose, prose.parts)))))
    links += carriers.orphans(prose, links)
    inside = list(nested(prose, links, model))
    return resolved(prose, links, carriers, "tagger", inside)


def resolved(
    prose: Prose,
    links: Sequence[Link],
    carriers: Carriers,
    found: Literal["tagger", "rules"],
    inside: Sequence[tuple[Link, Link]] = (),
) -> tuple[Claim, ...]:
    """Give each link its speaker, its carriers and its figures, in the order of the text.

    `inside` are pairs of a link and another that stands in its content.
    """
    text = prose.text
    outer = {id(inner): one for one, inner in inside}
    ordered = sorted(
        [*links, *(inner for _, inner in inside)],
        key=lambda one: (one.content[0][0], id(one) in outer),
    )
    place = {id(one): at for at, one in enumerate(ordered)}
    within = [place[id(outer[id(one)])] if id(one) in outer else None for one in ordered]
    speakers = Speakers(prose, [one.source for one in ordered if one.source])
    chains = carriers.of(prose, speakers, ordered, within)
    claims = []
    for one, (speaker, via), holder in zip(ordered, chains, within, strict=True):
        cue = text[slice(*one.cue)]
        claims.append(
            Claim(
                content=one.content,
                cue=(one.cue,),
                source=(one.source,) if one.source else (),
                kind=kind(text, prose.quotations, one.content),
                attitude=attitude(cue),
                speaker=speaker,
                via=via,
                figures=tuple(
                    figure for start, end in one.content for figure in figures(prose, start, end)
                ),
                negated=negated(cue, text[max(0, one.cue[0] - 20) : one.cue[0]]),
                within=holder,
                found=found,
                confidence=round(one.confidence, 3),
            )
        )
    return tuple(claims)
