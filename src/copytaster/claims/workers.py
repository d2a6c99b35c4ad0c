"""Claims in worker processes: an article that crashes or hangs the stage costs no other."""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b

import msgspec

from copytaster.article import Article
from copytaster.claim import Claims
from copytaster.claims.tagger import MODELS
from copytaster.page import Page, Unreadable
from copytaster.reading.workers import answers

RULES = 1
"""Version of what is done beside the model: raised where the same model finds other claims."""

SECONDS = 60.0
"""For one article; a long one of 20,000 words takes about 10."""

_ARTICLE = msgspec.json.Decoder(Article)


def make_all(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
    """Find the claims of articles, which travel as pages: the path is the id, the bytes JSON."""
    return answers(pages, Claims, "copytaster.claims.workers:claims_of", seconds=SECONDS)


def claims_of(page: Page) -> Claims:
    """Find the claims of one article, in a worker; the text stays with who asked."""
    # Only here: who asks need not wait for the model.
    from copytaster.claims import claims

    found = claims(_ARTICLE.decode(page.content))
    return Claims(id=found.id, text="", claims=found.claims)


@cache
def maker(language: str | None) -> str:
    """Name what finds the claims of a language: the language, its model, and the version of both.

    An article that declares no language is read as English.
    """
    tag = (language or "en").partition("-")[0].casefold()
    try:
        model = blake2b((MODELS / f"{tag}.onnx").read_bytes(), digest_size=4).hexdigest()
    except OSError:
        model = "quotations"
    return f"{tag} {model} {RULES}"
