"""What the words of a part tell, by themselves and beside the metadata: sizes, and yes or no."""

import re
from collections import Counter
from collections.abc import Sequence

from copytaster.reading import phrases
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Part, Tree
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
QUOTES = "“„\"«»‘'「"
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")
ENDS = ".!?…。！？؟۔”\"»'’)"
LINE = 200
"""Characters from where a part is no line that signs, dates or credits."""
START = 80
"""Characters of a part that are compared with other texts."""
HEAD = 60
"""Characters of a part whose digits are counted."""
_BEGINS = re.compile(
    r"\n(?:(?:by|von|par|por|di|av|af|door|text|texte|autor)\b[: ]|"
    r"(read more|more:|see also|also read|related|lesen sie|mehr:|lire aussi|à lire|lea también|"
    r"leggi anche|lees ook|les også|läs mer|sign up|subscribe|follow us|click here|advertisement|"
    r"download|watch:|listen:|get the|newsletter|this article|originally published|copyright))"
)
"""The beginning of a line in lower case that signs, or that asks the reader for something."""

BITS = (
    "ends", "starts upper", "credit", "by", "clock", "asks", "quote", "colon", "said", "lead",
    "like headline", "repeated", "repeated often", "upper", "link first", "link last", "bar",
    "related line", "legal", "social", "made by", "first",
)  # fmt: skip
"""Yes or no of one part's text; nothing of it is asked of a link that stands alone."""
SIZES = (
    "length", "wide", "spaces", "linked", "bold", "italic", "commas", "links", "digits",
)  # fmt: skip
"""Lengths in characters, "wide" with three for a Chinese one; commas with twice the ends of
sentences, and the digits at the beginning, none of a link alone."""

_CREDITED = 1 << 2
_WORDS = Words({_CREDITED: CREDIT, 1 << 18: LEGAL, 1 << 19: SOCIAL, 1 << 20: MADE, 1 << 21: FIRST})
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789\n"))


def worded(
    tree: Tree, meta: Metadata, headline: int | None, near: slice
) -> tuple[list[int], list[Sequence[float]]]:
    """Give of each part the columns of `BITS`, the first one in the lowest bit, and its `SIZES`."""
    parts = tree.parts[near]
    texts = [part.text for part in parts]
    bits = [text[0].isupper() << 1 for text in texts]
    times = Counter([part.text for part in tree.parts])
    for at, text in enumerate(texts):
        if times[text] > 1:
            bits[at] |= 1 << 11 | (times[text] > 2) << 12
    commas, digits = [0] * len(texts), [0] * len(texts)
    if own := [at for at, part in enumerate(parts) if part.linked < len(part.text)]:
        lines = [texts[at] for at in own]
        rows = zip(
            own, _digits(lines), _marks(lines), _like(lines, tree, meta, headline), strict=True
        )
        for at, many, marks, like in rows:
            text = texts[at]
            commas[at] = text.count(",") + text.count(". ") * 2
            digits[at] = many
            bits[at] |= marks | like | _form(parts[at], many)
    lengths = [len(text) for text in texts]
    wide = [
        length if text.isascii() or text[length // 2] <= "\u2e80" else length * 3
        for text, length in zip(texts, lengths, strict=True)
    ]
    return bits, [
        lengths, wide, [text.count(" ") for text in texts], [part.linked for part in parts],
        [part.bold for part in parts], [part.italic for part in parts], commas,
        [len(part.links) for part in parts], digits,
    ]  # fmt: skip


def _marks(lines: list[str]) -> list[int]:
    """Give the bits of the words that lines hold or begin with, sought in all of them at once."""
    low = [line.lower() if len(line) < NOTICE else line[:HEAD].lower() for line in lines]
    text = "\n".join(low)
    found = _WORDS.within(text)
    for at, line in enumerate(lines):
        if len(line) < 45:
            if phrases.RELATED.pattern.fullmatch(low[at]):
                found[at] |= 1 << 17
        elif len(line) >= LINE:
            found[at] &= ~_CREDITED if len(line) < NOTICE else 0
    for match in _BEGINS.finditer(f"\n{text}"):
        at = text.count("\n", 0, match.start())
        if match[1]:
            found[at] |= 1 << 5
        elif len(lines[at]) < LINE:
            found[at] |= 1 << 3
    return found


def _form(part: Part, digits: int) -> int:
    """Give the bits of the signs that a part has, and of where its links stand."""
    text = part.text
    length, last, found = len(text), text[-1], 0
    if last in ENDS:
        found = 1
    elif last == ":":
        found = 1 << 7
    if length < LINE:
        if "|" in text or " - " in text:
            found |= 1 << 16
        if length < 100 and (digits or length > HEAD) and CLOCK.search(text):
            found |= 1 << 4
    if text[0] in QUOTES:
        found |= 1 << 6
    if text[:HEAD].isupper():
        found |= 1 << 13
    if part.links:
        found |= text.startswith(part.links[0][0]) << 14 | text.endswith(part.links[-1][0]) << 15
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
                (length > 12 and letters in said) << 8
                | (length > 15 and letters in lead) << 9
                | (letters in title) << 10
            )
        if 15 < len(lead) <= length and lead in letters:
            bits |= 1 << 9
        found.append(bits)
    return found


def _digits(lines: list[str]) -> list[int]:
    """Count the digits that each line begins with."""
    heads = "\n".join([line[:HEAD] for line in lines]).encode("utf-8", "surrogatepass")
    return [len(digits) for digits in heads.translate(None, _NO_DIGITS).split(b"\n")]
