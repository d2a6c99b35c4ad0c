"""Reads of articles: counted in memory, put on the desk every few seconds. No user, no address."""

import os
import threading
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import anyio
import anyio.to_thread

from copytaster.desk import Desk, DeskError

PAUSE = 5.0
"""Seconds between two writes; what a crash may lose."""


class Reads:
    """Counts reads from any thread. A desk that is busy gets them at the next try."""

    def __init__(self, path: Path) -> None:
        """Count for the desk at `path`; nothing is opened yet."""
        self._path = path
        self._lock = threading.Lock()
        self._days: dict[date, Counter[str]] = {}

    def count(self, id: str) -> None:
        """Note one read of an article, today (UTC)."""
        today = datetime.now(UTC).date()
        with self._lock:
            self._days.setdefault(today, Counter())[id] += 1

    def flush(self) -> None:
        """Put what was counted on the desk; where that fails, keep it for the next time."""
        with self._lock:
            days, self._days = self._days, {}
        if not days:
            return
        try:
            with Desk(self._path) as desk:
                for day in list(days):
                    desk.count_reads(dict(days[day]), day)
                    del days[day]
        except DeskError:
            with self._lock:
                for day, reads in days.items():
                    self._days.setdefault(day, Counter()).update(reads)

    async def keep_flushing(self) -> None:
        """Flush every few seconds, until cancelled."""
        while True:
            await anyio.sleep(PAUSE)
            await anyio.to_thread.run_sync(self.flush)


def can_count(path: Path) -> bool:
    """Tell whether reads can be written down: SQLite needs the file and its directory writable."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)
