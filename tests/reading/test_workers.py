import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from copytaster.article import Article
from copytaster.page import Page, Unreadable
from copytaster.reading import workers as module
from copytaster.reading.workers import read_all

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    monkeypatch.setattr(module, "_STAGE", "faulty:read")


def pages(*contents: str) -> list[Page]:
    return [Page(path=f"{n}", content=content.encode()) for n, content in enumerate(contents)]


def outcomes(*contents: str, workers: int = 2, seconds: float = 20) -> list[Article | Unreadable]:
    given = pages(*contents)
    read = list(read_all(given, workers=workers, seconds=seconds))
    assert [page for page, _ in read] == given
    assert [outcome.path for _, outcome in read] == [page.path for page in given]
    return [outcome for _, outcome in read]


def test_order_is_kept() -> None:
    contents = [("sleep 0.05" if n % 7 == 0 else f"page {n}") for n in range(200)]
    read = outcomes(*contents)
    assert [r.headline for r in read if isinstance(r, Article)] == [c.split()[0] for c in contents]
    assert len({r.id for r in read if isinstance(r, Article)}) == 2, "both workers had a share"


def test_nothing_gives_nothing() -> None:
    assert list(read_all([])) == []


def test_what_could_not_be_fetched_comes_through_in_its_place() -> None:
    lost = Unreadable(path="lost", error="the file is empty")
    one, two = pages("one", "two")
    read = list(read_all([one, lost, two, lost]))
    assert [page for page, _ in read] == [one, None, two, None]
    assert [read[1][1], read[3][1]] == [lost, lost]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("crash", "the reading process crashed on it (SIGSEGV)"),
        ("exit", "the reading process crashed on it (exit code 3)"),
        ("hang", "reading it took longer than 0.3 seconds"),
        ("sleep 9", "reading it took longer than 0.3 seconds"),
        ("none", "the page holds no article"),
        ("fault", "the reader failed on it (KeyError: 'oops'); please report the page"),
        ("memory", "reading it takes more than 2 GiB of memory; give it in parts"),
    ],
)
def test_a_fault_costs_that_page_only(fault: str, error: str) -> None:
    around = [f"page {n}" for n in range(40)]
    read = outcomes(*around[:25], fault, fault, *around[25:], seconds=0.3)
    assert [r.error for r in read if isinstance(r, Unreadable)] == [error, error]
    assert [r.body[0].text for r in read if isinstance(r, Article)] == [c[5:] for c in around]


def test_what_a_library_prints_does_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    assert all(isinstance(outcome, Article) for outcome in outcomes("print", "one", "print"))
    assert capfd.readouterr().out == ""


def test_large_pages_and_answers_pass() -> None:
    read = outcomes(*["page " + "x" * 3_000_000] * 8)
    assert all(isinstance(r, Article) and len(r.body[0].text) == 3_000_000 for r in read)


def test_only_so_much_is_taken_ahead() -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield Page(path="page", content=b"page " + b"x" * 1_000_000)

    reading = read_all(endless(), workers=2)
    for _ in range(50):
        next(reading)
    assert taken - 50 <= 64 + 2 * 2
    reading.close()  # type: ignore[attr-defined]


def test_a_slow_source_does_not_hold_back_what_is_read() -> None:
    taken = 0

    def slow() -> Iterator[Page]:
        nonlocal taken
        while taken < 100:
            taken += 1
            yield Page(path=str(taken), content=b"page")
            time.sleep(0.2)

    next(read_all(slow(), workers=1))
    assert taken < 50  # a worker may take seconds to start where the machine is busy


def test_workers_end_when_the_reading_is_dropped() -> None:
    reading = read_all(pages("one", *["sleep 9"] * 20), workers=2)
    _, first = next(reading)
    assert isinstance(first, Article)
    reading.close()  # type: ignore[attr-defined]
    assert not alive(int(first.id))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_orphans(blow: signal.Signals) -> None:
    script = (
        "import sys; from copytaster.page import Page; from copytaster.reading import workers\n"
        "workers._STAGE = 'faulty:read'\n"
        "pages = [Page(path='p', content=b'one')] + [Page(path='p', content=b'hang')] * 9\n"
        "for _, article in workers.read_all(pages, workers=2, seconds=1):\n"
        "    print(getattr(article, 'id', ''), flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": f"{HERE.parents[1] / 'src'}:{HERE}"},
    )
    assert parent.stdout
    with parent:
        worker = int(parent.stdout.readline())
        parent.send_signal(blow)
    until = time.monotonic() + 5
    while alive(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(worker)


def test_a_broken_installation_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STAGE", "nowhere:read")
    with pytest.raises(RuntimeError, match="no reading process can be started"):
        outcomes("one", "two")


def test_no_descriptor_and_no_child_stays() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    outcomes("one", "crash", "two")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_nsignals == 0
