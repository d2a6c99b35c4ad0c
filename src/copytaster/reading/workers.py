"""Reading in worker processes: a page that crashes or hangs a parser costs that page only."""

import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from copytaster.article import Article
from copytaster.page import Page, Unreadable
from copytaster.reading.worker import LENGTH

_STAGE = "copytaster.reading:read"
_BATCH_PAGES = 16
_BATCH_BYTES = 1 << 20
_BATCH_SECONDS = 0.05
"""How long a batch waits to be filled: pages from the web come slower than they are read."""
_AHEAD_PAGES = 48
_AHEAD_BYTES = 64 << 20
"""Pages for each worker, and their bytes in all, that are in hand before the first is given."""

Answer = TypeVar("Answer", bound=Struct)


class _Place:
    """A page's place in the line: the page, and what became of it."""

    __slots__ = ("outcome", "page")

    def __init__(self, page: Page | None, outcome: Any = None) -> None:
        self.page, self.outcome = page, outcome


def read_all(
    pages: Iterable[Page | Unreadable], *, workers: int | None = None, seconds: float = 20
) -> Iterator[tuple[Page | None, Article | Unreadable]]:
    """Read `pages` in `workers` processes (nothing: one a core), in the order they came.

    A page that takes longer than `seconds`, or takes its worker down, comes back as `Unreadable`;
    the worker is started anew and the pages beside it are not touched. What is `Unreadable` already
    comes through with no page. Raises RuntimeError where no worker can be started at all.
    """
    return answers(pages, Article, _STAGE, workers=workers, seconds=seconds)


def answers(
    pages: Iterable[Page | Unreadable],
    kind: type[Answer],
    stage: str,
    *,
    workers: int | None = None,
    seconds: float,
) -> Iterator[tuple[Page | None, Answer | Unreadable]]:
    """Do as `read_all` does with another stage ("module:function"), which gives a `kind`."""
    most = workers or len(os.sched_getaffinity(0))
    batches = _batches(pages, most)
    line: deque[_Place] = deque()
    waiting: deque[deque[_Place]] = deque()
    crew: list[_Worker] = []
    more = True
    try:
        while more or line:
            held = sum(len(place.page.content) for place in line if place.page)
            room = more and held < _AHEAD_BYTES and len(line) < _AHEAD_PAGES * most
            if room:
                batch = next(batches, None)
                more = batch is not None
                line.extend(batch or ())
                if to_read := deque(place for place in batch or () if place.outcome is None):
                    waiting.append(to_read)
            ready = sum(worker.idle or not worker.started for worker in crew)
            if len(waiting) > ready and len(crew) < most:
                crew.append(_Worker(stage, kind, seconds))
            for worker in crew:
                if worker.idle and waiting:
                    worker.give(waiting.popleft())
            busy = [worker for worker in crew if not worker.idle]
            for worker in _answering(busy, wait=not (room and more)):
                if not worker.take():
                    crew.remove(worker)
                    if rest := worker.bury():
                        waiting.appendleft(rest)
            while line and (outcome := line[0].outcome) is not None:
                yield line.popleft().page, outcome
    finally:
        for worker in crew:
            worker.close()


def _batches(pages: Iterable[Page | Unreadable], workers: int) -> Iterator[list[_Place]]:
    """Cut `pages` into batches: small ones first, so that every worker soon has something to do."""
    batch: list[_Place] = []
    size, number, begun = 0, 0, time.monotonic()
    for page in pages:
        if isinstance(page, Unreadable):
            batch.append(_Place(None, page))
        else:
            batch.append(_Place(page))
            size += len(page.content)
        full = len(batch) >= min(_BATCH_PAGES, 1 + number // workers)
        if full or size >= _BATCH_BYTES or time.monotonic() - begun > _BATCH_SECONDS:
            yield batch
            batch, size, number, begun = [], 0, number + 1, time.monotonic()
    if batch:
        yield batch


class _Worker:
    """One process, and the pages it was given and has not answered yet."""

    def __init__(self, stage: str, kind: type[Struct], seconds: float) -> None:
        house = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
        self._seconds = seconds
        self._decoder = msgspec.msgpack.Decoder(kind | str)
        self._process = subprocess.Popen(  # noqa: S603, our own interpreter and module
            [sys.executable, "-P", "-m", "copytaster.reading.worker", stage, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            bufsize=0,
        )
        self._answers = bytearray()
        self._places: deque[_Place] = deque()
        self.started = False

    @property
    def idle(self) -> bool:
        return self.started and not self._places

    def fileno(self) -> int:
        """Give the pipe that answers come from."""
        assert self._process.stdout
        return self._process.stdout.fileno()

    def give(self, places: deque[_Place]) -> None:
        """Send pages to the idle worker, which does nothing but read until it has them all."""
        assert self._process.stdin
        batch = msgspec.msgpack.encode([place.page for place in places])
        self._places = places
        try:
            for part in (LENGTH.pack(len(batch)), batch):
                left = memoryview(part)
                while left:
                    left = left[self._process.stdin.write(left) :]
        except BrokenPipeError:
            pass  # it is dead: its answers have ended too, which is seen where they are taken

    def take(self) -> bool:
        """Take the answers that have come; gives whether the worker is still alive."""
        came = os.read(self.fileno(), 1 << 20)
        self._answers += came
        while len(self._answers) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._answers)[0]
            if len(self._answers) < end:
                break
            answer, self._answers = self._answers[LENGTH.size : end], self._answers[end:]
            self._answer(bytes(answer))
        return bool(came)

    def _answer(self, answer: bytes) -> None:
        if not self.started:
            self.started = True  # the first, empty answer says no more than that
            return
        place = self._places.popleft()
        assert place.page
        what = self._decoder.decode(answer)
        place.outcome = _unreadable(place.page, what) if isinstance(what, str) else what

    def bury(self) -> deque[_Place]:
        """Lay the fault on the page that the dead worker was at; give the pages behind it."""
        self.close()
        if not self.started:
            raise RuntimeError("no reading process can be started; is the installation complete?")
        if self._places:
            place = self._places.popleft()
            assert place.page
            place.outcome = _unreadable(place.page, self._cause())
        return self._places

    def _cause(self) -> str:
        code = self._process.returncode
        if code == -signal.SIGALRM:
            return f"reading it took longer than {self._seconds:g} seconds"
        if code == -signal.SIGKILL:
            return "the reading process was killed at it, perhaps for want of memory"
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return f"the reading process crashed on it ({name})"

    def close(self) -> None:
        """End the process, whatever it does, and everything it holds."""
        self._process.kill()
        self._process.__exit__(None, None, None)


def _unreadable(page: Page, error: str) -> Unreadable:
    return Unreadable(path=page.path, error=error, url=page.url)


def _answering(workers: list[_Worker], *, wait: bool) -> list[_Worker]:
    """Give the workers that have something to say; with `wait`, once there is one."""
    if not workers:
        return []
    poll = select.poll()
    for worker in workers:
        poll.register(worker, select.POLLIN)
    ready = {pipe for pipe, _ in poll.poll(None if wait else 0)}
    return [worker for worker in workers if worker.fileno() in ready]
