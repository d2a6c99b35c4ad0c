"""How claims are written in the desk's rows, and which words the index sees of them."""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from unicodedata import normalize

import msgspec
import zstandard

from copytaster.claim import Claim
from copytaster.desk.words import spaced

MOST = 1024
"""Claims of one article that are looked up; a number in the index is article times this, plus the
claim's place."""

_CLAIMS = msgspec.msgpack.Decoder(tuple[Claim, ...])

Columns = tuple[str, str, str, str]


def pack_claims(claims: tuple[Claim, ...]) -> bytes:
    """Write the claims of an article as the desk keeps them."""
    return zstandard.compress(msgspec.msgpack.encode(claims), 6)


def unpack_claims(record: bytes) -> tuple[Claim, ...]:
    """Read the claims of an article. Raises ValueError where they are damaged."""
    try:
        return _CLAIMS.decode(zstandard.decompress(record))
    except (zstandard.ZstdError, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from error


def within(claims: tuple[Claim, ...], text: str) -> bool:
    """Say whether all that claims point at lies in a text."""
    spans = [
        span
        for claim in claims
        for span in (
            *claim.content,
            *claim.cue,
            *claim.source,
            *([claim.speaker.mention] if claim.speaker else ()),
            *(carrier.mention for carrier in claim.via),
            *(figure.span for figure in claim.figures),
        )
    ]
    return all(0 <= start < end <= len(text) for start, end in spans) and all(
        claim.content for claim in claims
    )


def said(claim: Claim, text: str) -> str:
    """Give the words of a claim; what stands between its pieces is left out."""
    return " … ".join(text[start:end] for start, end in claim.content)


def columns(claim: Claim, text: str, whole: int | None) -> Columns:
    """Give what is looked for: words, source and speaker, carriers, and the speaker's number."""
    source = [text[start:end] for start, end in claim.source]
    return (
        spaced(said(claim, text)),
        spaced("\n".join([claim.speaker.name if claim.speaker else "", *source])),
        spaced("\n".join(carrier.name for carrier in claim.via)),
        whole_token(whole),
    )


def whole_token(whole: int | None) -> str:
    """Give the word by which all claims of one speaker are found."""
    return "" if whole is None else f"w{whole}"


def add_words(connection: sqlite3.Connection, rows: Iterable[tuple[int, Columns]]) -> None:
    """Put claims into the index, by number."""
    connection.executemany(
        "INSERT INTO claimed (rowid, says, speaker, via, whole) VALUES (?, ?, ?, ?, ?)",
        [(number, *words) for number, words in rows],
    )


def drop_words(connection: sqlite3.Connection, rows: Iterable[tuple[int, Columns]]) -> None:
    """Take claims out of the index, which must be told again what it is to forget."""
    connection.executemany(
        "INSERT INTO claimed (claimed, rowid, says, speaker, via, whole) "
        "VALUES ('delete', ?, ?, ?, ?, ?)",
        [(number, *words) for number, words in rows],
    )


def words_key(text: str) -> int:
    """Give a number of 63 bits that tells words again, whatever their quotation marks and case."""
    plain = "".join(letter for letter in normalize("NFKC", text.casefold()) if letter.isalnum())
    return text_key(plain)


def text_key(text: str) -> int:
    """Give a number of 63 bits that tells a text again."""
    digest = blake2b(text.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1
