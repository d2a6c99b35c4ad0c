"""The server on its address, and who it answers."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from copytaster.desk import Desk
from copytaster.site.app import app
from copytaster.site.serving import LOOPBACK, PORT, PortError, is_loopback, listen


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Desk(tmp_path / "news.desk"):
        pass
    site = app(tmp_path / "news.desk", hosts=[*LOOPBACK, "news.example.org"])
    with TestClient(site, base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8311", 200),
        ("127.0.0.1", 200),
        ("[::1]:8311", 200),
        ("news.example.org", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
    ],
)
def test_only_requests_for_this_machine(client: TestClient, host: str, status: int) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == status
    assert ("--name" in answer.text) == (status == 400)


def test_a_port_that_is_taken() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortError, match="cannot listen there"):
            listen("127.0.0.1", port)


def test_without_a_wish_another_port_does() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", PORT))
            taken.listen()
        except OSError:
            pass  # somebody else has it: as good
        with listen("127.0.0.1", None) as server:
            assert server.getsockname()[1] != PORT


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(PortError, match="cannot listen there"):
        listen("192.0.2.1", None)


def test_is_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "::1", "localhost", "127.8.8.8")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.0.2.1", "news.example.org")))
