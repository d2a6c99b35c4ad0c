"""The site at size: readers at once, the time each waits, and the memory of the server.

    python -m bench.serving [--desk FILE] [--readers 8] [--seconds 10]

FILE is a desk as `bench.desk --desk FILE` makes it; it is made where it is missing. The readers
are one process of threads, each with a connection of its own that asks for the next page as soon
as it has the one before; they share the machine with the server. Prints requests a second, the
time from request to answer, and the server's part of it, taken from a reader who is alone.
"""

import argparse
import http.client
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.desk import STORIES, build

from copytaster.desk import Desk


@contextmanager
def served(desk: Path) -> Iterator[tuple[int, int]]:
    """Serve `desk`; give port and process."""
    command = [sys.executable, "-m", "copytaster", "serve", "--desk", str(desk), "--port", "0"]
    command += ["--no-count-reads"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r":(\d+)/", process.stdout.readline())
            assert found, "the server did not say where it is"
            yield int(found[1]), process.pid
        finally:
            process.terminate()


def read(port: int, addresses: list[str], until: float, times: list[float]) -> None:
    """Ask for one address after the other; note milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    draw = random.Random(threading.get_ident())
    while time.perf_counter() < until:
        begun = time.perf_counter()
        connection.request("GET", draw.choice(addresses))
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - begun) * 1000)
        assert response.status == 200, response.status
    connection.close()


def measured(port: int, addresses: list[str], readers: int, seconds: float) -> list[float]:
    """Give the milliseconds that each request took, sorted."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=read, args=(port, addresses, until, times)) for _ in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(times)


def memory(process: int) -> float:
    """Give the most memory that a process has had, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--desk", type=Path, help="keep the desk here, and use it again")
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--readers", type=int, default=8)
    options.add_argument("--seconds", type=float, default=10)
    given = options.parse_args()
    if not STORIES.exists():
        sys.exit(f"the sentences are not at {STORIES}")
    with tempfile.TemporaryDirectory() as directory:
        path = given.desk or Path(directory) / "bench.desk"
        if not path.exists():
            with Desk(path) as desk:
                build(desk, given.articles)
        measure(path, given.readers, given.seconds)


def measure(path: Path, readers: int, seconds: float) -> None:
    """Print the table of a desk."""
    draw = random.Random(3)
    with Desk(path, mode="read") as desk:
        ids = [
            id
            for (id,) in desk._connection.execute(
                "SELECT id FROM article WHERE number % 31 = 0 LIMIT 3000"
            )
        ]
        words = sorted(
            {
                word
                for id in ids[:300]
                if (filed := desk.article(id))
                for word in re.findall(r"\w{4,}", filed.article.text)
            }
        )
        outlets = [outlet.key for outlet in desk.outlets()]
        stories = [story.id for story in desk.stories(limit=500)]
    queries = [" ".join(draw.sample(words, draw.choice([1, 1, 2, 3]))) for _ in range(500)]
    kinds = {
        "article page": [f"/article/{id}" for id in ids],
        "front page": ["/"],
        "older pages of it": [f"/?after={id}" for id in ids],
        "story page": [f"/story/{id}" for id in stories],
        "stories": ["/stories"],
        "outlet page": [f"/outlet/{quote(key)}" for key in outlets],
        "search, newest first": [f"/search?q={quote(query)}" for query in queries],
        "search, ranked": [f"/search?q={quote(query)}&ranked=1" for query in queries],
    }
    with served(path) as (port, process):
        print(f"| {readers} readers | a second | median | p95 | alone: median | p95 |")
        print("|---|---|---|---|---|---|")
        for kind, addresses in kinds.items():
            alone = measured(port, addresses, 1, seconds / 3)
            times = measured(port, addresses, readers, seconds)
            print(
                f"| {kind} | {len(times) / seconds:.0f} | {statistics.median(times):.1f} ms "
                f"| {times[int(len(times) * 0.95)]:.1f} ms | {statistics.median(alone):.1f} ms "
                f"| {alone[int(len(alone) * 0.95)]:.1f} ms |",
                flush=True,
            )
        print(f"\nmemory of the server: {memory(process):.0f} MB")


if __name__ == "__main__":
    main()
