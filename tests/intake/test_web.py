import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from copytaster.intake import Pile, fetching
from copytaster.intake.fetching import AGENT
from copytaster.page import Page, Unreadable

Answer = Callable[[BaseHTTPRequestHandler], object]


class SmallWeb:
    """A server whose paths are answered by functions; `asked` lists what was asked for."""

    def __init__(self, host: str) -> None:
        self.paths: dict[str, Answer] = {}
        self.asked: list[str] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append(self.path)
                answer = web.paths.get(self.path)
                try:
                    if answer is None:
                        self.send_error(404)
                    else:
                        answer(self)
                except OSError:
                    pass  # the other side hung up, as it may

            def log_message(self, format: str, *values: object) -> None:
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://{host}:{self.server.server_port}"

    def serve(self, path: str, body: bytes, *, status: int = 200, **headers: str) -> str:
        """Answer `path` with `body`; give its address. Header names have _ for -."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in ({"content_type": "text/html; charset=utf-8"} | headers).items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        self.paths[path] = answer
        return self.address + path


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    yield from running("127.0.0.1")


@pytest.fixture
def inner_web() -> Iterator[SmallWeb]:
    yield from running("127.0.0.2")


def running(host: str) -> Iterator[SmallWeb]:
    small = SmallWeb(host)
    thread = threading.Thread(target=small.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield small
    small.server.shutdown()
    small.server.server_close()
    thread.join()


def fetched(
    *sources: str, seconds: float = 30, follow: bool | None = None
) -> list[Page | Unreadable]:
    return list(Pile(list(sources), pause=0, seconds=seconds, follow=follow))


def error(*sources: str, seconds: float = 30) -> str:
    """Fetch what cannot be read, and give the one reason."""
    (found,) = fetched(*sources, seconds=seconds)
    assert isinstance(found, Unreadable)
    assert "\n" not in found.error
    return found.error


def test_a_page_comes_with_what_its_server_said(web: SmallWeb) -> None:
    final = web.serve("/news", gzip.compress(b"<p>New"), content_encoding="gzip")
    start = web.serve("/old", b"", status=301, location="/news#top")
    (page,) = fetched(start)
    assert isinstance(page, Page)
    assert (page.path, page.url, page.content) == (start, final, b"<p>New")
    assert (page.media_type, page.charset) == ("text/html", "utf-8")
    assert page.fetched is not None
    assert page.fetched.endswith("Z")


def test_pages_come_in_the_order_of_their_addresses(web: SmallWeb) -> None:
    def slow(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        request.send_error(410)

    web.paths["/slow"] = slow
    other = web.serve("/b", b"<p>b").replace("127.0.0.1", "localhost")
    found = fetched(web.address + "/slow", other, web.serve("/c", b"<p>c"))
    assert [page.path[-2:] for page in found] == ["ow", "/b", "/c"]
    assert [type(page) for page in found] == [Unreadable, Page, Page]


def test_hosts_do_not_wait_for_each_other(web: SmallWeb, inner_web: SmallWeb) -> None:
    asked: list[str] = []

    def slow(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers["Host"].partition(":")[0])
        time.sleep(0.05)
        request.send_error(404)

    for host in (web, inner_web):
        host.paths = dict.fromkeys(("/robots.txt", "/1", "/2", "/3"), slow)
    fetched(*(host.address + f"/{n}" for host in (web, inner_web) for n in (1, 2, 3)))
    assert len(asked) == 8
    assert "127.0.0.2" in asked[:4]


def test_what_nobody_thought_of_costs_one_address(
    web: SmallWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(page: Page, **_: object) -> None:
        raise KeyError("a\nb") if page.path.endswith("/1") else ZeroDivisionError

    monkeypatch.setattr("copytaster.intake.web.expanded", broken)
    assert "KeyError: 'a" in error(web.serve("/1", b"<p>one"))
    assert "please report the address" in error(web.serve("/2", b"<p>two"))


def test_robots_may_forbid_by_name(web: SmallWeb) -> None:
    web.serve(
        "/robots.txt", b"User-agent: copytaster\nDisallow: /private", content_type="text/plain"
    )
    assert "robots.txt forbids" in error(web.serve("/private/a", b"<p>no"))
    assert web.asked == ["/robots.txt"]
    assert AGENT.startswith("copytaster/")


def test_one_request_at_a_time_with_a_pause(web: SmallWeb) -> None:
    times: list[float] = []

    def timed(request: BaseHTTPRequestHandler) -> None:
        times.append(time.monotonic())
        request.send_error(404)
        time.sleep(0.05)

    for name in ("/robots.txt", "/1", "/2"):
        web.paths[name] = timed
    list(Pile([web.address + "/1", web.address + "/2"], pause=0.1))
    assert len(times) == 3
    assert all(later - sooner >= 0.1 for sooner, later in pairwise(times))


@pytest.mark.parametrize("status", [403, 404, 451, 500, 599])
def test_a_status_is_named(web: SmallWeb, status: int) -> None:
    assert f"answered {status}" in error(web.serve("/a", b"", status=status))


def test_a_host_that_asks_to_be_left_alone_is(web: SmallWeb) -> None:
    first, second = web.serve("/1", b"", status=429), web.serve("/2", b"<p>two")
    found = fetched(first, second)
    assert all(isinstance(page, Unreadable) and "429" in page.error for page in found)
    assert web.asked == ["/robots.txt", "/1"]


def test_a_crawl_delay_is_kept(web: SmallWeb) -> None:
    robots = b"User-agent: *\nCrawl-delay: 0.3\n"
    web.serve("/robots.txt", robots, content_type="text/plain")
    began = time.monotonic()
    assert len(fetched(web.serve("/1", b"<p>one"), web.serve("/2", b"<p>two"))) == 2
    assert time.monotonic() - began > 0.6


def test_robots_that_cannot_be_read_allow_nothing(web: SmallWeb) -> None:
    web.serve("/robots.txt", b"", status=503)
    assert "robots.txt cannot be read" in error(web.serve("/1", b"<p>one"))


def test_endless_redirects_end(web: SmallWeb) -> None:
    start = web.serve("/a", b"", status=302, location="/a")
    assert error(start) == "redirects more than 10 times"
    assert len(web.asked) == 12


def test_a_byte_now_and_then_is_too_slow(web: SmallWeb) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"<")
            time.sleep(0.05)

    def drip_headers(request: BaseHTTPRequestHandler) -> None:
        while True:
            request.wfile.write(b"H")
            time.sleep(0.05)

    def dawdle(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.1)
        request.send_response(302)
        request.send_header("Location", "/dawdle")
        request.end_headers()

    web.paths |= {"/body": drip, "/headers": drip_headers, "/dawdle": dawdle}
    assert error(web.address + "/body", seconds=0.3) == "took longer than 0.3 seconds"
    assert error(web.address + "/headers", seconds=0.3) == "took longer than 0.3 seconds"
    assert error(web.address + "/dawdle", seconds=0.3) == "took longer than 0.3 seconds"


def test_a_page_that_grows_beyond_the_limit_is_left(web: SmallWeb) -> None:
    bomb = gzip.compress(b"<div>" * 40_000_000)
    assert "larger than 10 MB" in error(web.serve("/bomb", bomb, content_encoding="gzip"))


def test_what_is_no_page_is_not_read(web: SmallWeb) -> None:
    film = web.serve("/film", b"x", content_type="video/mp4")
    assert error(film) == "not a page but video/mp4"
    assert "http and https" in error("https:///nothing")
    assert error("http://no-such-host.invalid/") == "no host of that name"
    assert error("http://127.0.0.1:9/") == "the host cannot be reached"
    assert "certificate or encryption" in error(film.replace("http:", "https:"))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "broke off"),
        (b"ICY 200 OK\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "larger than 10 MB"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip", "cannot be unpacked"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n<p>", "was not asked for"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000 + b"\r\n", "broke off"),
        (b"HTTP/1.1 302 F\r\nLocation: javascript:x()\r\n\r\n", "no web address"),
        (b"HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\n\r\n", "not a web address"),
        (b"HTTP/1.1 302 F\r\nLocation: http://xn--a/\r\n\r\n", "no web address"),
        (b"HTTP/1.1 302 F\r\n\r\n", "answered 302"),
        (b"HTTP/1.1 200 OK\r\n\r\n\x00\x01\x02\x03", "not a page but binary"),
        (b"HTTP/1.1 200 OK\r\n\r\n", "empty"),
    ],
)
def test_a_hostile_answer_has_one_reason(web: SmallWeb, answer: bytes, reason: str) -> None:
    web.paths["/a"] = lambda request: request.wfile.write(answer)
    assert reason in error(web.address + "/a")


def test_a_validator_that_cannot_be_sent_back_is_not_kept(web: SmallWeb) -> None:
    pile = Pile([web.serve("/a", b"<p>a", etag='"\xe9"')], pause=0)
    assert len(list(pile)) == 1
    assert pile.fresh == {}


def test_an_address_shows_no_password(web: SmallWeb) -> None:
    (page,) = fetched(web.serve("/1", b"<p>one").replace("//", "//name:secret@"))
    assert page.url == web.address + "/1"


def test_a_page_linked_to_twice_is_fetched_once(web: SmallWeb) -> None:
    page = web.serve("/1", b"<p>one")
    entry = f"<item><link>{page}</link></item>"
    feed = f"<rss><channel>{entry}{entry}</channel></rss>".encode()
    assert len(fetched(web.serve("/a", feed), web.serve("/b", feed))) == 1


def test_what_did_not_change_is_not_sent_again(web: SmallWeb) -> None:
    def tagged(request: BaseHTTPRequestHandler) -> None:
        same = request.headers["If-None-Match"] == '"1"'
        request.send_response(304 if same else 200)
        request.send_header("ETag", '"1"')
        request.end_headers()
        if not same:
            request.wfile.write(b"<p>one")

    web.paths["/a"] = tagged
    web.serve("/b", b"", status=302, location="/a")
    pile = Pile([web.address + "/b"], pause=0)
    assert len(list(pile)) == 1
    assert pile.fresh[web.address + "/b"].url == web.address + "/a"
    assert list(Pile([web.address + "/b"], pause=0, seen=pile.fresh)) == []


def test_a_feed_from_the_web_stands_for_the_pages_it_links_to(web: SmallWeb) -> None:
    first = web.serve("/1", b"<p>one")
    feed = web.serve(
        "/feed",
        f"<rss version='2.0'><channel><title>T</title><item><link>{first}</link></item>"
        f"<item><link>{web.address}/gone</link></item></channel></rss>".encode(),
        content_type="application/rss+xml",
        etag='"f"',
    )
    opml = web.serve("/opml", f"<opml><body><outline xmlUrl='{feed}'/></body></opml>".encode())
    for source in (feed, opml):
        pile = Pile([source], pause=0)
        page, gone = pile
        assert pile.fresh == {}, "a feed of which a page is missing is asked for again"
        assert isinstance(page, Page)
        assert page.content == b"<p>one"
        assert isinstance(gone, Unreadable)
        assert gone.path == web.address + "/gone"
    (entry, _) = fetched(feed, follow=False)
    assert isinstance(entry, Page)
    assert entry.media_type == "application/feed+json"


def test_a_public_page_may_not_lead_into_the_private_network(
    web: SmallWeb, inner_web: SmallWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "private_address", lambda address: address != "127.0.0.1")
    inner = inner_web.serve("/inner", b"<p>secret")
    start = web.serve("/start", b"", status=302, location=inner)
    feed = f"<rss><channel><item><link>{inner}</link></item></channel></rss>".encode()
    for source in (start, web.serve("/feed", feed)):
        assert "private network" in error(source)
    assert inner_web.asked == []
    (page,) = fetched(inner)
    assert isinstance(page, Page), "the user may go there"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("64:ff9b::7f00:1", True),
        ("2002:7f00:1::", True),
        ("93.184.215.14", False),
        ("::ffff:93.184.215.14", False),
        ("2606:2800:21f:cb07::1", False),
    ],
)
def test_private_addresses_are_known(address: str, expected: bool) -> None:
    assert fetching.private_address(address) == expected


def test_a_list_of_feeds_is_fetched_where_it_was_named(web: SmallWeb, tmp_path: Path) -> None:
    feed = web.serve("/feed", b"<rss><channel><item><title>A</title></item></channel></rss>")
    (tmp_path / "feeds.opml").write_text(f"<opml><body><outline xmlUrl='{feed}'/></body></opml>")
    (inside,) = fetched(str(tmp_path))
    assert isinstance(inside, Unreadable)
    assert "by its own name" in inside.error
    assert web.asked == []
    (entry,) = fetched(str(tmp_path / "feeds.opml"))
    assert isinstance(entry, Page)


def test_a_feed_file_may_not_lead_into_the_private_network(web: SmallWeb, tmp_path: Path) -> None:
    secret = web.serve("/secret", b"<p>secret")
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss><channel><item><link>{secret}</link></item></channel></rss>")
    (found,) = fetched(str(feed), follow=True)
    assert isinstance(found, Unreadable)
    assert "private network" in found.error
    assert web.asked == []


def test_pictures_of_a_fetched_page_are_fetched(web: SmallWeb) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(50)
    good = web.serve("/a.png", png, content_type="image/png")
    script = web.serve("/b.png", b"<script>", content_type="image/png")
    drawing = web.serve("/c.svg", b"<svg/>", content_type="image/svg+xml")
    large = web.serve("/d.png", png + bytes(5_000_000), content_type="image/png")
    with Pile([web.serve("/", b"<p>page")], pause=0) as pile:
        (page,) = pile
        assert isinstance(page, Page)
        assert pile.picture(page, good) == ("image/png", png)
        assert not any(pile.picture(page, bad) for bad in (script, drawing, large, "data:,x"))
    assert web.asked.count("/robots.txt") == 1


def test_a_public_page_cannot_have_pictures_fetched_from_here(web: SmallWeb) -> None:
    inner = web.serve("/a.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
    page = Page(path="https://amsel.example/", content=b"", url="https://amsel.example/")
    assert Pile([], pause=0).picture(page, inner) is None
    assert web.asked == []
