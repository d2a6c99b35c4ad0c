"""What the words of a part tell, by themselves and beside the metadata: sizes, and yes or no."""

import re
from collections import Counter

from copytaster.reading import phrases
from copytaster.reading.metadata import Metadata
from copytaster.reading.tree import Part, Tree
from copytaster.reading.words import Words, key

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
BY = re.compile(r"(?:by|von|par|por|di|av|af|door|text|texte|autor)\b[:\s]")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")
ENDS = ".!?…。！？؟۔”\"»'’)"
LINE = 200
"""Characters from where a part is no line that signs, dates or credits."""
START = 160
"""Characters of a part that are compared with other texts."""
ASKS = re.compile(
    r"(?:read more|more:|see also|also read|related|lesen sie|mehr:|lire aussi|à lire|lea también|"
    r"leggi anche|lees ook|les også|läs mer|sign up|subscribe|follow us|click here|advertisement|"
    r"download|watch:|listen:|get the|newsletter|this article|originally published|copyright)"
)
"""Like `BY`, the beginning of a line in lower case."""

BITS = (
    "ends", "starts upper", "credit", "by", "clock", "asks", "quote", "colon", "said", "lead",
    "like headline", "repeated", "repeated often", "upper", "link first", "link last", "bar",
    "related line", "legal", "social", "made by", "first",
)  # fmt: skip
"""Yes or no of one part's text; nothing of it is asked of a link that stands alone."""
SIZES = (
    "length", "wide", "linked", "bold", "italic", "spaces", "commas", "digits", "links",
)  # fmt: skip
"""Lengths in characters, "wide" with three for a Chinese one; commas and the ends of sentences, in
quarters up to 8; the share of digits at the beginning."""

_CREDITED = 1 << 2
_WORDS = Words({_CREDITED: CREDIT, 1 << 18: LEGAL, 1 << 19: SOCIAL, 1 << 20: MADE, 1 << 21: FIRST})
_NO_DIGITS = bytes(set(range(256)) - set(b"0123456789"))


class Wording:
    """What the parts that are `near` are compared with: metadata, headline, each other."""

    def __init__(self, tree: Tree, meta: Metadata, headline: int | None, near: slice) -> None:
        self.said, self.lead = key(meta.body), key(meta.description or "")
        self.title = key(tree.parts[headline].text) if headline is not None else ""
        self.times = Counter([part.text for part in tree.parts])
        lines = [p.text for p in tree.parts[near] if p.linked < len(p.text) < NOTICE]
        marks = _WORDS.within([line.lower() for line in lines])
        self.marks = dict(zip(lines, marks, strict=True))

    def of(self, part: Part) -> tuple[int, tuple[float, ...]]:
        """Give the columns of `BITS`, the first one in the lowest bit, and those of `SIZES`."""
        text, linked = part.text, part.linked
        length = wide = len(text)
        if not text.isascii() and text[length // 2] > "\u2e80":
            wide *= 3
        first = text[0]
        found = 2 if first.isupper() else 0
        times = self.times[text]
        if times > 1:
            found |= 1 << 11 | (times > 2) << 12
        if linked >= length:
            return found, (
                length, wide, linked, part.bold, part.italic, text.count(" "), 0.0, 0.0,
                len(part.links),
            )  # fmt: skip
        commas = text.count(",") + text.count(". ") * 2
        short = text[:60]
        digits = _digits(short)
        if text[-1] in ENDS:
            found |= 1
        elif text[-1] == ":":
            found |= 1 << 7
        begins = short.lower()
        if ASKS.match(begins):
            found |= 1 << 5
        if length < LINE:
            found |= self.marks[text]
            if BY.match(begins):
                found |= 1 << 3
            if "|" in text or " - " in text:
                found |= 1 << 16
            if length < 100 and (digits or _digits(text)) and CLOCK.search(text):
                found |= 1 << 4
            if length < 45 and phrases.RELATED.fullmatch(text):
                found |= 1 << 17
        elif length < NOTICE:
            found |= self.marks[text] & ~_CREDITED
        if first in QUOTES:
            found |= 1 << 6
        if short.isupper():
            found |= 1 << 13
        if part.links:
            found |= (
                text.startswith(part.links[0][0]) << 14 | text.endswith(part.links[-1][0]) << 15
            )
        found |= self.compared(key(text[:START]))
        return found, (
            length, wide, linked, part.bold, part.italic, text.count(" "),
            commas / 4 if commas < 8 else 2.0, digits / len(short), len(part.links),
        )  # fmt: skip

    def compared(self, letters: str) -> int:
        """Give the bits of what the metadata, and the headline, say too."""
        length, lead, found = len(letters), self.lead, 0
        if length > 10:
            if length > 12 and letters in self.said:
                found |= 1 << 8
            if letters in self.title:
                found |= 1 << 10
            if length > 15 and lead and (letters in lead or (len(lead) > 15 and lead in letters)):
                found |= 1 << 9
        return found


def _digits(text: str) -> int:
    """Count digits, of which most lines have none."""
    return len(text.encode("utf-8", "surrogatepass").translate(None, _NO_DIGITS))
