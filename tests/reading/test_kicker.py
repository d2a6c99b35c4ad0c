"""The kicker: the line above the headline, and no other line of its class."""

import pytest

from copytaster.page import Page
from copytaster.reading import read

BODY = "".join(
    f"<p>The ferry left the harbour of Dunmarrow at {hour} in the morning with all its passengers, "
    "and the coast guard said that nobody had seen it since.</p>"
    for hour in ("five", "six", "seven")
)


def found(
    above: str, below: str = "", headline: str = "Ferry is missed off Nordholm"
) -> str | None:
    html = f"<html><body><article>{above}<h1>{headline}</h1>{below}{BODY}</article></body></html>"
    return read(Page(path="page.html", content=html.encode())).kicker


@pytest.mark.parametrize(
    ("above", "below", "kicker"),
    [
        ('<p class="kicker">At sea</p>', "", "At sea"),
        ('<p class="kicker">At sea:</p>', "", "At sea"),
        ('<p class="kicker">Up next:</p><p>Sport</p>', "", None),
        ("", '<label class="label">Email address</label>', None),
        ('<p class="label">Advertisement</p>', '<p class="label">Advertisement</p>', None),
        ('<p class="kicker">Ferry is missed</p>', "", None),
    ],
)
def test_what_is_the_kicker(above: str, below: str, kicker: str | None) -> None:
    assert found(above, below) == kicker
