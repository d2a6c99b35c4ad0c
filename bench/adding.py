"""`copytaster add` from end to end: all real pages in one run, what is filled, what it costs.

    python -m bench.adding

The pages are those of `../shared/data/pages`. They are added by the command itself, once as they
are and once as an archive that has each of them at several addresses, which spreads the start of
the processes over more pages. Processor time is that of the command and its reading processes.
"""

import gzip
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.desk import by_themselves

from copytaster.article import Article
from copytaster.desk import Desk
from copytaster.intake import Pile
from copytaster.page import Page

PAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages"
SETS = ("scrapinghub/html", "fundus/html")
ROUNDS = 4
FIELDS = tuple(
    field
    for field in Article.__struct_fields__
    if field not in ("id", "path", "fetched", "warnings")
)


def archive(path: Path, pages: list[Page], rounds: int) -> None:
    """Write pages as a WARC archive, each at as many addresses as there are rounds."""
    with path.open("wb") as file:
        for turn in range(rounds):
            for number, page in enumerate(pages):
                head = (
                    "WARC/1.1\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n"
                    f"WARC-Record-ID: <urn:uuid:{turn}-{number}>\r\n"
                    f"WARC-Target-URI: https://round{turn}.example/{number}\r\n"
                    "WARC-Date: 2026-01-01T00:00:00Z\r\n"
                    f"Content-Length: {len(page.content)}\r\n\r\n"
                )
                record = head.encode() + page.content + b"\r\n\r\n"
                file.write(gzip.compress(record, 6))


def add(desk: Path, *sources: Path) -> tuple[str, float]:
    """Run the command; give what it said, and the seconds of processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "copytaster",
            "add",
            "--no-claims",
            "--desk",
            str(desk),
            *map(str, sources),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = done.stdout.strip()
    if " new, " not in said:
        sys.exit(f"the command failed:\n{done.stderr}")
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return said, spent


def filled(articles: list[Article]) -> Counter[str]:
    """Count the articles that have something in each field."""
    counts = Counter(field for article in articles for field in FIELDS if getattr(article, field))
    counts["captions"] = sum(any(p.caption for p in each.pictures) for each in articles)
    counts["credits"] = sum(any(p.credit for p in each.pictures) for each in articles)
    return counts


def main() -> None:
    folders = [PAGES / name for name in SETS]
    if not all(folder.exists() for folder in folders):
        sys.exit(f"the pages are not at {PAGES}")
    pages = [page for page in Pile([str(folder) for folder in folders]) if isinstance(page, Page)]
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        archive(home / "one.warc.gz", pages[:1], 1)
        archive(home / "rounds.warc.gz", pages, ROUNDS)
        _, start = add(home / "one.desk", home / "one.warc.gz")
        said, spent = add(home / "pages.desk", *folders)
        _, all_rounds = add(home / "rounds.desk", home / "rounds.warc.gz")
        again, resumed = add(home / "pages.desk", *folders)
        with Desk(home / "pages.desk", mode="read") as desk:
            lines = desk.newest(limit=10_000)
            articles = [found.article for line in lines if (found := desk.article(line.id))]
            (kept,) = desk._connection.execute("SELECT sum(length(page)) FROM state").fetchone()
            alone = by_themselves(desk)
            faults = desk.check()
        whole = (home / "pages.desk").stat().st_size
    fields, count = filled(articles), len(articles)
    text = sum(len(article.text.encode()) for article in articles)
    each = (all_rounds - start) / (ROUNDS * len(pages))
    print(f"{len(pages)} pages: {said}; faults: {len(faults)}; again: {again}\n")
    print("| add, end to end | processor time | pages a CPU-second |\n|---|---|---|")
    print(f"| {len(pages)} pages, start included | {spent:.2f} s | {len(pages) / spent:.0f} |")
    many = ROUNDS * len(pages)
    print(f"| {many:,} pages, start included | {all_rounds:.2f} s | {many / all_rounds:.0f} |")
    print(f"| one more page | {each * 1000:.1f} ms | {1 / each:.0f} |")
    print(f"| the start alone | {start:.2f} s | |")
    print(f"| all {len(pages)} pages again | {resumed:.2f} s | {len(pages) / resumed:.0f} |\n")
    print("| desk | MB |\n|---|---|")
    print(f"| the file | {whole / 1e6:.1f} |")
    print(f"| saved pages in it | {kept / 1e6:.1f} |")
    print(f"| the same, each compressed by itself | {alone / 1e6:.1f} |")
    print(f"| the articles' text | {text / 1e6:.1f} |")
    rest = (whole - alone) / text
    print(f"| the file without pages compressed by themselves, of the text | {rest:.2f} |\n")
    print(f"| field | filled in {count} articles |\n|---|---|")
    for field in (*FIELDS, "captions", "credits"):
        print(f"| `{field}` | {fields[field] / count:.0%} |")


if __name__ == "__main__":
    main()
