import pytest

from copytaster.page import Page
from copytaster.reading import read
from copytaster.reading.publisher import choose, in_title, named

TEXT = "<p>The ferry that ran aground off Nordholm on Sunday is to be towed to Selnhaven today, "
TEXT += "the harbour master said, and the passengers will get their money back.</p>"


@pytest.mark.parametrize(
    ("given", "title", "host", "outlet"),
    [
        ([], "Ferry towed | Harbour Post", "harbourpost.example", None),
        (["Harbour Post"], "Ferry towed", "elsewhere.example", "Harbour Post"),
        # The agency whose copy it is, or who runs the pages: its own pages are its own.
        (["Reuters", "Harbour Post"], "Ferry | Harbour Post", "hp.example", "Harbour Post"),
        (["Associated Press", "AP News"], "Ferry | AP News", "apnews.example", "Associated Press"),
        # The company behind it, or the maker of the software.
        (["Nordholm Media AG", "Harbour Post"], "Ferry", "hp.example", "Harbour Post"),
        (["Ediciones Día S.L.", "El Día"], "El ferry", "eldia.example", "El Día"),
        (["Blogger", "The Buoy"], "Ferry", "the-buoy.example", "The Buoy"),
        # An address is no better name.
        (["Harbour Post", "hp.example"], "Ferry | hp.example", "hp.example", "Harbour Post"),
        # A section, or an address, where the title names the outlet.
        (["U.S."], "Ferry - Harbour Post", "www.harbourpost.example", "Harbour Post"),
        (["Harbour News Agency"], "Ferry | HNA", "hna.example", "Harbour News Agency"),
        (["www.buoy.example"], "Ferry | Buoy", "buoy.example", "Buoy"),
        # Addresses, handles and lines of praise.
        (["https://hp.example", "Harbour Post"], "Ferry", "hp.example", "Harbour Post"),
        (["@harbourpost"], "Ferry", "hp.example", "harbourpost"),
        (["Harbour Post | News | Sport | Weather"], "Ferry", "hp.example", "Harbour Post"),
    ],
)
def test_the_outlet_is_who_is_at_home(
    given: list[str], title: str, host: str, outlet: str | None
) -> None:
    assert choose(named(given), title, host) == outlet


def test_a_title_has_the_outlet_beside_the_headline() -> None:
    assert in_title("Ferry towed - Harbour Post", "Ferry towed") == "Harbour Post"
    assert in_title("Harbour Post: Ferry towed", "Ferry towed") == "Harbour Post"
    assert in_title("Ferry towed - all is well", "Ferry towed to Selnhaven") is None


def test_an_agency_that_is_named_in_the_outlet_s_place_is_credited() -> None:
    about = '{"@type": "NewsArticle", "publisher": {"name": "Associated Press"}}'
    html = (
        f'<script type="application/ld+json">{about}</script><title>Ferry | Harbour Post</title>'
        f'<meta property="og:site_name" content="Harbour Post"><h1>Ferry towed</h1>{TEXT}'
    )
    article = read(Page(path="ferry.html", content=html.encode()))
    assert (article.publisher, article.agency) == ("Harbour Post", "AP")
