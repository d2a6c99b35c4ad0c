"""Floors: what lowers a score below them fails. They need the labelled sets."""

from functools import cache

import pytest
from bench.attribution import DATA, labelled
from bench.claims import ours
from bench.claims_judge import Judged, judge, judged

from copytaster import read
from copytaster.claim import Claims
from copytaster.claims import claims

PAGE = DATA / "pages" / "text" / "belarus-leader-threatens.txt"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the labelled sets are not here")


@cache
def total() -> Judged:
    found = judged()
    for article in labelled("polnear-dev"):
        judge(found, article, [one for one in ours(article.text) if one.within is None])
    return found


def test_relations() -> None:
    assert total().relations.f1 >= 0.72


def test_direct_quotations() -> None:
    assert total().direct.precision >= 0.88
    assert total().direct.recall >= 0.85


def test_speakers() -> None:
    assert total().speaker.precision >= 0.93, "\n".join(total().wrong)
    assert total().speaker.given / total().speaker.there >= 0.75


def test_chains() -> None:
    assert total().via.f1 >= 0.85, "\n".join(total().wrong)


@cache
def page() -> Claims:
    return claims(read(PAGE))


LUKASHENKO = "Alexander Lukashenko"
KARBALEVICH = "Valery Karbalevich"
EXPECTED = [
    (127, LUKASHENKO, []),
    (329, LUKASHENKO, ["AP"]),
    (474, LUKASHENKO, ["Belta"]),
    (596, LUKASHENKO, ["Belta"]),
    (821, LUKASHENKO, ["Belta"]),
    (921, "Dmitry Peskov", []),
    (2412, KARBALEVICH, ["Associated Press"]),
    (2679, KARBALEVICH, []),
    (2697, LUKASHENKO, []),
    (2964, "Lithuanian officials", []),
    (3398, LUKASHENKO, []),
    (3430, LUKASHENKO, []),
    (3499, LUKASHENKO, []),
    (3554, LUKASHENKO, []),
    (3737, LUKASHENKO, []),
    (3746, LUKASHENKO, []),
    (4283, "Viasna human rights center", []),
    (4371, "Belarusian Association of Journalists", []),
    (4496, "the authorities", []),
    (4697, "Journalist groups", []),
]
"""Where a statement's cue begins, who speaks, who carried it."""


@pytest.mark.parametrize(("cue", "speaker", "via"), EXPECTED)
def test_the_first_page(cue: int, speaker: str, via: list[str]) -> None:
    found = [one for one in page().claims if one.cue[0][0] <= cue < one.cue[0][1]]
    assert [one.speaker.name for one in found if one.speaker] == [speaker]
    assert [[carrier.name for carrier in one.via] for one in found] == [via]


def test_the_first_page_has_no_other_statements() -> None:
    cues = {cue for cue, _, _ in EXPECTED}
    others = [
        page().text[slice(*one.cue[0])]
        for one in page().claims
        if one.attitude == "statement" and not any(s <= cue < e for s, e in one.cue for cue in cues)
    ]
    assert len(others) <= 3, others
