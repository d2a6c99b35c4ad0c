"""What the words of a part tell, by themselves and beside the metadata: sizes, and yes or no."""

from collections import Counter
from collections.abc import Sequence

from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Tree
from copytaster.reading.words import Words, key, keys

CREDIT = (
    "photo", "foto", "bild", "image", "picture", "credit", "source:", "quelle", "copyright", "©",
    "(c)", "courtesy", "crédit", "fuente", "getty", "reuters", "afp", "dpa", "/ap", "via ",
    "shutterstock", "imago", "epa", "efe", "alliance", "фото", "写真", "nuotr", "fotó",
)  # fmt: skip
"""Words that credits are made of, lower case."""
LEGAL = (
    "cookie", "privacy", "personal data", "personal information", "opt out", "opt-out", "consent",
    "terms of use", "terms of service", "datenschutz", "einwilligung", "personenbezogen",
    "données personnelles", "confidentialité", "datos personales", "all rights reserved",
    "alle rechte vorbehalten", "unsubscribe", "externe inhalte", "externen inhalt", "javascript",
    "externer inhalt", "contenu externe", "contenido externo", "your browser", "advertis",
    "preferences", "comments", "comentários", "comentarios", "kommentare", "commentaires",
)  # fmt: skip
SOCIAL = (
    "@", "http", "www.", ".com", "facebook", "twitter", "instagram", "telegram", "whatsapp",
    "youtube", "linkedin", "tiktok", "newsletter", "podcast", "subscri", "sign up", "abonn",
    "suscr", "iscriv", "assine", "follow ", "our app", "click here", "read more", "don't miss",
    "don’t miss", "see more", "mehr dazu", "email", "e-mail", "registr", "liveblog",
)  # fmt: skip
MADE = (
    "contributed to this", "reporting by", "editing by", "writing by", "compiled by",
    "mit material", "agenturmaterial", " writer", " reporter", " editor", " author", " journalist",
    "professor", "redakteur", "this article", "this story", "dieser artikel", "dieser text",
    "cet article", "este artículo", "headquartered", "is a leading", " book ",
)  # fmt: skip
"""Words of lines that are no longer the article: notices, where to go on, who made it."""
FIRST = (
    "originally published", "originally appeared", "first published", "first appeared",
    "adapted from", "republished", "provided by", "zuerst erschienen", "publicado originalmente",
)  # fmt: skip
"""Words of lines that say where the article stood first: most count them in."""
NOTICE = 600
"""Characters from where a part is no such line."""
ENDS = ".!?…。！？؟۔”\"»'’)"
LINE = 200
"""Characters from where a part is no line that credits."""
START = 80
"""Characters of a part that are compared with other texts."""

BITS = (
    "ends", "starts upper", "said", "lead", "like headline", "repeated", "repeated often",
    "credit", "legal", "social", "made by", "first",
)  # fmt: skip
"""Yes or no of one part's text; nothing of it is asked of a link that stands alone."""
SIZES = ("length", "wide", "spaces", "linked", "bold", "italic", "links")
"""Lengths in characters, "wide" with three for a Chinese one."""
_ENDS, _UPPER, _SAID, _LEAD, _LIKE, _REPEATED, _OFTEN, _CREDIT, _LEGAL, _SOCIAL, _MADE, _FIRST = (
    1 << number for number in range(len(BITS))
)
_WORDS = Words({_CREDIT: CREDIT, _LEGAL: LEGAL, _SOCIAL: SOCIAL, _MADE: MADE, _FIRST: FIRST})


def worded(
    tree: Tree, meta: Metadata, headline: int | None, near: slice
) -> tuple[list[int], list[Sequence[float]]]:
    """Give of each part the columns of `BITS`, the first one in the lowest bit, and its `SIZES`."""
    parts = tree.parts[near]
    texts = [part.text for part in parts]
    bits = [_UPPER if text[0].isupper() else 0 for text in texts]
    times = Counter([part.text for part in tree.parts])
    for at, text in enumerate(texts):
        if times[text] > 1:
            bits[at] |= _REPEATED | _OFTEN if times[text] > 2 else _REPEATED
    if own := [at for at, part in enumerate(parts) if part.linked < len(part.text)]:
        lines = [texts[at] for at in own]
        likes = _like(lines, tree, meta, headline)
        for at, line, words, like in zip(own, lines, _words(lines), likes, strict=True):
            bits[at] |= words | like | (_ENDS if line[-1] in ENDS else 0)
    lengths = [len(text) for text in texts]
    wide = [
        length if text.isascii() or text[length // 2] <= "\u2e80" else length * 3
        for text, length in zip(texts, lengths, strict=True)
    ]
    return bits, [
        lengths, wide, [text.count(" ") for text in texts], [part.linked for part in parts],
        [part.bold for part in parts], [part.italic for part in parts],
        [len(part.links) for part in parts],
    ]  # fmt: skip


def _words(lines: list[str]) -> list[int]:
    """Give the bits of the words that lines hold, sought in all of them at once."""
    found = _WORDS.within("\n".join([line.lower() if len(line) < NOTICE else "" for line in lines]))
    for at, line in enumerate(lines):
        if len(line) >= LINE:
            found[at] &= ~_CREDIT
    return found


def _like(lines: list[str], tree: Tree, meta: Metadata, headline: int | None) -> list[int]:
    """Give the bits of what the metadata, and the headline, say too: by how lines begin."""
    said, lead = key(meta.body), key(meta.description or "")
    title = key(tree.parts[headline].text) if headline is not None else ""
    known = "\n".join((said, title, lead))
    found = []
    for letters in keys([line[:START] for line in lines]):
        length, bits = len(letters), 0
        if length > 10 and letters in known:
            bits = (
                (_SAID if length > 12 and letters in said else 0)
                | (_LEAD if length > 15 and letters in lead else 0)
                | (_LIKE if letters in title else 0)
            )
        if 15 < len(lead) <= length and lead in letters:
            bits |= _LEAD
        found.append(bits)
    return found
