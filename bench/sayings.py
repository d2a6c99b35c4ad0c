"""Claims on a desk of 50,000 articles and a million claims: what its pages ask, in CPU time.

    scripts/bench sayings

The claims are made up: numbers in the lists of the desk, by 200,000 speakers, one of whom says one
claim in fifty. What is read of an article is a real one's, of the sample.
"""

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from copytaster.desk import Desk
from copytaster.sample import sources

ARTICLES, EACH, SPEAKERS = 50_000, 20, 200_000
FIRST = 10_000
TURNS = 40


def main() -> None:
    home = Path(tempfile.mkdtemp())
    try:
        path = home / "news.desk"
        with Desk(path) as desk:
            desk.add(*sources())
            often = desk.claims.speakers(limit=1)[0].key
            filled(desk, often)
        with Desk(path, mode="read") as desk:
            table(desk, often)
    finally:
        shutil.rmtree(home)


def filled(desk: Desk, often: str) -> None:
    """Put claims into the lists that were never said."""
    draw = random.Random(7)
    write = desk._connection
    for trigger in ("said_more", "said_less", "said_moved"):
        write.execute(f"DROP TRIGGER {trigger}")
    (big,) = write.execute("SELECT number FROM speaker WHERE key = ?", (often,)).fetchone()
    write.execute("BEGIN")
    write.executemany(
        "INSERT INTO speaker (number, key, name, kind, sound, whole, claims) "
        "VALUES (?1, ?2, ?3, 'person', ?4, ?1, 5)",
        [(FIRST + n, f"k{n}", f"Given{n % 5000} Last{n}", f"s{n % 3000}") for n in range(SPEAKERS)],
    )
    write.executemany(
        "INSERT INTO named (rowid, name) VALUES (?, ?)",
        [(FIRST + n, f"Given{n % 5000} Last{n}") for n in range(SPEAKERS)],
    )
    for n in range(ARTICLES):
        whos = [
            big if draw.random() < 0.02 else FIRST + draw.randrange(SPEAKERS) for _ in range(EACH)
        ]
        write.executemany(
            "INSERT INTO said VALUES (?1, ?2, 1, 1, ?3, ?4, ?4)",
            [(1 + n * 64, place, draw.getrandbits(60), who) for place, who in enumerate(whos)],
        )
    write.execute("COMMIT")


def table(desk: Desk, often: str) -> None:
    """Print what each question takes."""
    id = desk.search("speaker:vashko")[0].id
    questions: dict[str, Callable[[], object]] = {
        "an article's claims": lambda: desk.claims.of(id),
        "their number, for the article's page": lambda: desk.claims.count(id),
        "speakers, most claims first": lambda: desk.claims.speakers(limit=100),
        "speakers of a name": lambda: desk.claims.speakers(name="Given77"),
        "a speaker of 20,000 claims": lambda: desk.claims.by(often),
        "search speaker: and says:": lambda: desk.search("speaker:vashko says:count*"),
    }
    print("| asked | median, ms | 95th percentile, ms |\n|---|---|---|")
    for what, ask in questions.items():
        times = []
        for _ in range(TURNS):
            begun = time.process_time()
            ask()
            times.append(1000 * (time.process_time() - begun))
        times.sort()
        print(f"| {what} | {times[TURNS // 2]:.1f} | {times[int(TURNS * 0.95) - 1]:.1f} |")


if __name__ == "__main__":
    main()
