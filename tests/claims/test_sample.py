"""The claims of the sample, as far as the floors below; those that its expectations name."""

from collections.abc import Iterator
from functools import cache

from copytaster.claim import Claim as Found
from copytaster.claims import claims
from copytaster.intake import Pile
from copytaster.page import Page
from copytaster.reading import read
from copytaster.sample import HERE, sources
from copytaster.sample.expected import Claim, expected

FOUND, SPEAKERS, CHAINS = 129, 120, 126
"""Of 136 claims, so many must be found; and so many have the right speaker, the right chain."""


@cache
def pairs() -> tuple[tuple[str, Claim, Found | None], ...]:
    """Give each expected claim with the one found at its words."""
    return tuple(_pairs())


def _pairs() -> Iterator[tuple[str, Claim, Found | None]]:
    pages = {page.path.removeprefix(f"{HERE}/"): page for page in Pile(sources())}
    for said in expected().pages:
        page = pages.get(said.path)
        if not said.claims or not isinstance(page, Page):
            continue
        found = claims(read(page))
        for claim in said.claims:
            start = found.text.find(claim.content)
            end = start + len(claim.content)
            at = [
                one
                for one in found.claims
                if any(s < end and start < e for s, e in one.content) and start >= 0
            ]
            at.sort(key=lambda one: (not same(claim.speaker, one), one.within is None))
            yield said.path, claim, at[0] if at else None


def same(name: str | None, found: Found) -> bool:
    """Tell whether the speaker is the one named, by the last word of the name."""
    if name is None or found.speaker is None:
        return name is None and found.speaker is None
    return name.casefold().split()[-1] in found.speaker.name.casefold().split()


def chain(claim: Claim, found: Found) -> bool:
    own = [carrier.name.casefold().removeprefix("the ") for carrier in found.via]
    return own == [name.casefold().removeprefix("the ") for name in claim.via]


def test_claims_are_found() -> None:
    missed = [(path, claim) for path, claim, found in pairs() if found is None]
    assert len(pairs()) - len(missed) >= FOUND, missed


def test_speakers_are_right() -> None:
    wrong = [
        (path, claim.speaker, claim.content, found.speaker and found.speaker.name)
        for path, claim, found in pairs()
        if found and not same(claim.speaker, found)
    ]
    right = sum(found is not None for _, _, found in pairs()) - len(wrong)
    assert right >= SPEAKERS, "\n".join(map(str, wrong))


def test_chains_are_right() -> None:
    wrong = [
        (path, claim.via, claim.content, [one.name for one in found.via])
        for path, claim, found in pairs()
        if found and not chain(claim, found)
    ]
    right = sum(found is not None for _, _, found in pairs()) - len(wrong)
    assert right >= CHAINS, "\n".join(map(str, wrong))
