import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.signing import is_name, leads_to_person, signatures
from copytaster.reading.tree import Part


def line(text: str, *links: tuple[str, str]) -> Part:
    return Part(text, 1, 1, links=links)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lind",
        "Ludwig van der Berg",
        "Reuters",
        "ADA LIND",
        "Ada Lind-Falk",
        "佐藤健",
        "عمر الخطيب",
    ],
)
def test_names_are_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    ["Share this", "View comments", "Updated", "A big shift", "この記事を書いた人", "Read more"],
)
def test_what_stands_beside_bylines_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "address",
    ["/author/ada-lind", "https://skerry.example/redaktion/ada-lind-12.html", "mailto:a@b.example"],
)
def test_a_link_may_lead_to_a_person(address: str) -> None:
    assert leads_to_person(address)


@pytest.mark.parametrize(
    "address", ["/authority/port", "/topic/ada-lind", "mailto:?subject=Ferry", "/news/by-the-sea"]
)
def test_other_links_do_not(address: str) -> None:
    assert not leads_to_person(address)


def test_a_place_or_a_section_in_the_line_signs_nothing() -> None:
    by = line("By Ada Lind, Nordholm", ("Ada Lind", "/author/ada-lind"))
    site = line("By Bo Falk | Skerry News", ("Bo Falk", "/people/bo"), ("Skerry News", "/"))
    assert signatures([by, site]) == ("Ada Lind", "Bo Falk")


def test_a_desk_signs_where_nobody_else_does() -> None:
    assert signatures([line("SK-Redaktion")]) == ("SK-Redaktion",)
    assert signatures([line("SK-Redaktion"), line("Von Ada Lind")]) == ("Ada Lind",)


def test_an_agency_beside_a_person_is_kept() -> None:
    assert signatures([line("Ada Lind and AP", ("Ada Lind", "/team/ada"))]) == ("Ada Lind", "AP")


@given(st.text(max_size=80))
def test_any_line_is_taken(text: str) -> None:
    assert all(name.strip() for name in signatures([line(text)]))
