"""All that a page of the sample links to on the site is there: no dead address, no dead anchor."""

from collections import deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from copytaster.site.app import app

MOST = 4000
"""Addresses; the sample has fewer than half as many."""


@pytest.fixture(scope="module")
def client(sample_file: Path) -> TestClient:
    return TestClient(app(sample_file, rules=True, count_reads=False), base_url="http://localhost")


def test_every_link_leads_somewhere(client: TestClient) -> None:
    from_where = {"/": "/"}
    waiting = deque(from_where)
    anchors: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}, linked from {from_where[address]}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        tree = LexborHTMLParser(answer.text)
        ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), f"{address}: the same id twice"
        anchors[address] = set(ids)
        for node in tree.css("a[href], link[href], img[src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = urlsplit(urljoin(f"http://localhost{address}", link))
            if parts.netloc != "localhost":
                continue
            to = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.fragment:
                wanted.append((address, to, parts.fragment))
            if to not in from_where and not parts.path.endswith((".json", ".atom")):
                from_where[to] = address
                waiting.append(to)
                assert len(from_where) < MOST
    dead = [each for each in wanted if each[1] in anchors and each[2] not in anchors[each[1]]]
    assert not dead
