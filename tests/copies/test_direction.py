import pytest

from copytaster.copies.direction import is_agency


@pytest.mark.parametrize(
    ("agency", "outlet", "is_it"),
    [
        ("AP", "The Associated Press", True),
        ("AP", "AP News", True),
        ("The Canadian Press", "The Canadian Press", True),
        ("The Canadian Press", "Canadian Press", True),
        ("Reuters", "Reuters UK", True),
        ("MNA", "Meridian News Agency", True),
        ("AP", "The Advocate", False),
        ("AP", "Apex News", False),
        ("Reuters", "uk.reuters.com", True),
        ("—", "The Post", False),
        ("AP", None, False),
        (None, "AP", False),
    ],
)
def test_whether_an_outlet_is_the_agency(
    agency: str | None, outlet: str | None, is_it: bool
) -> None:
    assert is_agency(agency, outlet) is is_it
