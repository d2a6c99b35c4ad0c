"""How stories and their articles are written in the desk's rows.

Weights are rounded when an article comes, to fractions of which sums are exact, and terms cut to 24
bits: so a story that was written down and read again is the same to the last bit, and takes a
quarter of the room.
"""

from collections.abc import Mapping

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from copytaster.desk import sums
from copytaster.desk.identity import story_id
from copytaster.stories.evidence import Evidence
from copytaster.stories.gist import Gist, Sum
from copytaster.stories.shelf import Member, Story

WEIGHT = 1 << 8
"""Parts of a term's weight."""
COSINE = (1 << 16) - 1
"""Parts of a cosine."""
PARTS = ("headline", "text", "names", "numbers", "lead")
"""Of what an article shows."""


def rounded(evidence: Evidence) -> Evidence:
    """Round the weights of what an article shows, and cut its terms."""
    cut = {part: _round(_cut(getattr(evidence, part)), WEIGHT) for part in PARTS}
    return replace(evidence, **cut)


def rounded_near(near: Mapping[int, float], most: int) -> dict[int, float]:
    """Round the cosines of the nearest articles; `near` has the nearest first."""
    return _round(dict(list(near.items())[:most]), COSINE)


class _Near(Struct, array_like=True):
    """Articles by number, and how near they are."""

    numbers: bytes
    cosines: bytes

    @classmethod
    def of(cls, near: Mapping[int, float]) -> "_Near":
        cosines = np.rint(np.fromiter(near.values(), np.float64, len(near)) * COSINE)
        return cls(
            sums.narrow(np.fromiter(near, np.uint32, len(near))), cosines.astype("<u2").tobytes()
        )

    def read(self) -> dict[int, float]:
        cosines = np.frombuffer(self.cosines, "<u2") / COSINE
        numbers = sums.wide(self.numbers, len(cosines))
        return dict(zip(numbers.tolist(), cosines.tolist(), strict=True))


class _Kept(Struct, array_like=True):
    """A story as its row has it."""

    begun: int
    next: int
    keys: list[str]
    articles: int
    texts: int
    first: float | None
    last: float | None
    near: _Near
    sums: sums.Packed
    """Without the counts (`words` and `said`) where they follow: most stories are one article."""
    hours: dict[int, int] = {}


class _KeptMember(Struct, array_like=True):
    """An article as its row has it."""

    id: str
    day: float | None
    begun: int
    riders: list[int]
    near: _Near
    parts: sums.Packed


_MEMBER = msgspec.msgpack.Decoder(_KeptMember)
_KEPT = msgspec.msgpack.Decoder(_Kept)


def pack_member(member: Member) -> bytes:
    """Write an article that may still be moved."""
    seen = member.evidence
    kept = _KeptMember(
        id=seen.id,
        day=seen.day,
        begun=member.begun,
        riders=member.riders,
        near=_Near.of(member.near),
        parts=sums.pack([getattr(seen, part) for part in PARTS], WEIGHT),
    )
    return msgspec.msgpack.encode(kept)


def unpack_member(number: int, content: bytes) -> Member:
    """Read an article. Raises ValueError where it is damaged."""
    try:
        kept = _MEMBER.decode(content)
        parts = dict(zip(PARTS, sums.unpack(kept.parts, WEIGHT), strict=True))
        near = kept.near.read()
    except (msgspec.DecodeError, IndexError) as error:
        raise ValueError(str(error)) from error
    return Member(
        number=number,
        evidence=Evidence(id=kept.id, day=kept.day, **parts),
        near=near,
        riders=kept.riders,
        begun=kept.begun,
    )


def pack_story(story: Story) -> bytes:
    """Write a story."""
    gist = story.gist
    told = [gist.headline.terms, gist.text.terms, gist.names.terms, gist.numbers.terms]
    told.append(gist.lead.terms)
    counts = [gist.words.terms, gist.said.terms]
    if counts != _counts(told):
        told += counts
    kept = _Kept(
        begun=story.begun,
        next=story.next,
        keys=story.keys,
        articles=gist.articles,
        texts=gist.texts,
        first=gist.first,
        last=gist.last,
        near=_Near.of(story.near),
        sums=sums.pack(told, WEIGHT),
        hours=gist.hours,
    )
    return msgspec.msgpack.encode(kept)


def unpack_story(number: int, id: int, newest: int, content: bytes) -> Story:
    """Read a story. Raises ValueError where it is damaged."""
    try:
        kept = _KEPT.decode(content)
        told = sums.unpack(kept.sums, WEIGHT)
        near = kept.near.read()
    except (msgspec.DecodeError, IndexError) as error:
        raise ValueError(str(error)) from error
    headline, text, names, numbers, lead, *counts = told
    words, said = counts or _counts(told)
    ordered = [Sum.of(one) for one in (headline, words, text, names, numbers, lead, said)]
    return Story(
        number=number,
        id=story_id(id),
        gist=Gist.summed(kept.articles, kept.texts, ordered, kept.first, kept.last, kept.hours),
        begun=kept.begun,
        newest=newest,
        near=near,
        keys=kept.keys,
        next=kept.next,
    )


def _counts(told: list[dict[int, float]]) -> list[dict[int, float]]:
    """Give `words` and `said` of the gist of one article."""
    headline, _, names, numbers, *_ = told
    return [dict.fromkeys(headline, 1.0), dict.fromkeys([*names, *numbers, *headline], 1.0)]


def _cut(terms: Mapping[int, float]) -> dict[int, float]:
    return {term >> 32 - sums.TERM_BITS: weight for term, weight in terms.items()}


def _round(terms: Mapping[int, float], parts: int) -> dict[int, float]:
    values = ((term, round(weight * parts)) for term, weight in terms.items())
    return {term: value / parts for term, value in values if value > 0}
