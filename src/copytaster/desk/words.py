"""What the full-text index sees of an article: its columns, and words of scripts without spaces."""

import re
import sqlite3
from unicodedata import normalize

from copytaster.article import Article

# Thai, Lao, Myanmar, Khmer, kana, bopomofo, Han with its extensions: written without spaces
# between words. Hangul has them.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff])"
)

_Columns = tuple[str, str, str, str]

ANY = "any"
"""The facet token that every article has."""


def spaced(text: str) -> str:
    """Set the characters of scripts without spaces apart, so that each one is a word.

    What is looked for is treated alike and becomes a phrase, which finds it anywhere.
    """
    return _UNSPACED.sub(r" \1 ", normalize("NFC", text))


def storable(text: str) -> str:
    """Give `text` as SQLite takes it: without halves of characters, as a shell may pass them."""
    return text.encode(errors="replace").decode()


def is_unspaced(word: str) -> bool:
    """Whether a word that `spaced` set apart is a character of such a script."""
    return _UNSPACED.fullmatch(word) is not None


def outlet_token(key: str) -> str:
    """Give the facet token of an outlet: any key as letters and digits."""
    return "o" + key.encode(errors="replace").hex()


def language_tokens(tag: str) -> list[str]:
    """Give the facet tokens of a language: "pt-BR" is found as "pt" and as "pt-BR"."""
    parts = re.findall(r"[a-z0-9]+", tag.lower())
    return ["l" + "".join(parts[:end]) for end in range(1, len(parts) + 1)]


class Words:
    """The full-text index while articles are added.

    Changes are held back until `flush`, which makes them in the order of the numbers: FTS5 takes
    rows in rising order at once, and any other order one by one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changed: dict[int, tuple[_Columns | None, _Columns]] = {}

    def change(self, number: int, before: Article | None, article: Article, outlet: str) -> None:
        """Take an article in, or its new version."""
        former = None if before is None else columns(before, outlet)
        if number in self._changed:
            former = self._changed[number][0]
        self._changed[number] = (former, columns(article, outlet))

    def flush(self) -> None:
        """Write what changed; the index must be told again what it is to forget."""
        for number, (before, after) in sorted(self._changed.items()):
            if before is not None:
                self._connection.execute(
                    "INSERT INTO words (words, rowid, body, headline, lead, facet) "
                    "VALUES ('delete', ?, ?, ?, ?, ?)",
                    (number, *before),
                )
            self._connection.execute(
                "INSERT INTO words (rowid, body, headline, lead, facet) VALUES (?, ?, ?, ?, ?)",
                (number, *after),
            )
        self._changed.clear()


def columns(article: Article, outlet: str) -> _Columns:
    """Give body, headline, lead (kicker, standfirst, captions) and facet of an article."""
    lead = [article.kicker or "", article.standfirst or ""]
    lead += [picture.caption or "" for picture in article.pictures]
    facet = [ANY, outlet_token(outlet), *language_tokens(article.language or "")]
    return (
        spaced("\n".join(block.text for block in article.body)),
        spaced(article.headline),
        spaced("\n".join(lead)),
        " ".join(facet),
    )
