"""Each command as a user types it, with wrong input too."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """<!doctype html><html lang="en"><head><title>Ferry returns to Port Ansel</title>
<meta property="og:title" content="Ferry returns to Port Ansel">
<meta property="og:url" content="https://harbour.example/ferry">
<meta property="article:published_time" content="2026-03-02T09:00:00Z"></head><body><article>
<h1>Ferry returns to Port Ansel</h1>
<p>The ferry Marta Lind came back into Port Ansel on Monday, eleven days after its engine failed in
open water and left ninety passengers adrift for a night.</p>
<p>The harbour master said that the repairs had been checked twice, and that the first crossing to
the islands would leave on Tuesday morning with a full crew.</p>
<p>Islanders had gone without fresh bread and post since the engine failed, and many of them came to
the quay to see the ship arrive under its own power.</p></article></body></html>"""


def run(*words: str, at: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copytaster", *words],
        cwd=at,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "COPYTASTER_DESK": str(at / "news.desk"), "COLUMNS": "100"},
    )


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "ferry.html").write_text(PAGE)
    return tmp_path


QUOTES = """<!doctype html><html lang="en"><head><title>Harbour master promises calm</title>
<meta property="og:url" content="https://harbour.example/calm"></head><body><article>
<h1>Harbour master promises calm</h1>
<p>“The ferry will sail on Tuesday with a full crew and fresh bread,” harbour master Ida Holm
said on Monday. She had told Radio Quay the same a day before, but nobody heard it.</p>
<p>“I will believe that when I see it come around the pier,” said Per Lund, who keeps the shop.</p>
</article></body></html>"""


def test_claims_of_a_desk(pages: Path) -> None:
    (pages / "pages" / "calm.html").write_text(QUOTES)
    assert run("add", "--no-claims", "pages", at=pages).returncode == 0
    assert run("speakers", at=pages).stdout == ""
    made = run("claims", at=pages)
    assert made.returncode == 0, made.stderr
    assert made.stdout.endswith("claims in 2 articles\n")
    listed = run("speakers", "ida", at=pages).stdout
    assert "Ida Holm" in listed and listed.endswith("ida-holm\n")
    found = run("search", "speaker:holm", "says:bread", at=pages).stdout
    assert "    Ida Holm: “The ferry will sail" in found
    lines = [json.loads(line) for line in run("export", "claims", at=pages).stdout.splitlines()]
    assert {"article", "stated", "also"} == set(lines[0])
    table = run("export", "claims", "--csv", "--speaker", "per-lund", at=pages).stdout
    header, row = table.splitlines()[:2]
    assert header.startswith("article,number,address")
    assert "Per Lund" in row
    assert run("claims", "--failed", at=pages).stdout == ""


def test_rulings_about_names(pages: Path) -> None:
    (pages / "pages" / "calm.html").write_text(QUOTES)
    run("add", "pages", at=pages)
    ruled = run("speakers", "--same", "ida-holm", "per-lund", at=pages)
    assert ruled.stdout.startswith("ruling 1;")
    assert "same: ida-holm per-lund" in run("speakers", "--rulings", at=pages).stdout
    assert len(run("speakers", "lund", at=pages).stdout.splitlines()) == 1
    assert run("speakers", "--undo", "1", at=pages).returncode == 0
    assert "Per Lund" in run("speakers", "lund", at=pages).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["speakers", "--same", "one"], "needs two keys"),
        (["speakers", "--same", "one", "two"], "one: there is no such speaker"),
        (["speakers", "--same", "--undo", "1"], "give one of"),
        (["speakers", "--undo", "7"], "7: no such ruling"),
        (["export", "claims", "--speaker", "nobody"], "nobody: no such speaker"),
        (["export", "claims", "--story", "none"], "none: no such story"),
        (["claims", "--failed", "x.jsonl"], "give no file"),
    ],
)
def test_wrong_words_about_claims(pages: Path, words: list[str], says: str) -> None:
    run("add", "--no-claims", "pages", at=pages)
    wrong = run(*words, at=pages)
    assert wrong.returncode in (1, 2)
    assert says in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_from_saved_pages_to_search(pages: Path) -> None:
    added = run("add", "pages", at=pages)
    assert (added.returncode, added.stdout) == (0, "1 new, 0 changed, 0 same\n"), added.stderr
    again = run("add", "pages", at=pages)
    assert (again.returncode, again.stdout) == (0, "0 new, 0 changed, 1 same\n"), again.stderr

    found = run("search", "--json", "harbour master", at=pages)
    (listing,) = map(json.loads, found.stdout.splitlines())
    assert listing["headline"] == "Ferry returns to Port Ansel"
    assert listing["outlet"] == "harbour.example"
    assert run("similar", listing["id"], at=pages).returncode == 0
    assert run("similar", "https://harbour.example/ferry", at=pages).returncode == 0
    assert "news.desk: sound; 1 article, " in run("check", at=pages).stdout


def test_read_json_and_text(pages: Path) -> None:
    records = run("read", "pages", "missing.html", at=pages)
    article, missed = map(json.loads, records.stdout.splitlines())
    assert records.returncode == 1
    assert article["headline"] == "Ferry returns to Port Ansel"
    assert article["date_published"].startswith("2026-03-02T09:00")
    assert [block["kind"] for block in article["body"]] == ["paragraph"] * 3
    assert missed["path"] == "missing.html" and missed["error"]

    text = run("read", "--text", "pages/ferry.html", at=pages)
    assert text.stdout.startswith("Ferry returns to Port Ansel\n\n")
    assert run("read", "--text", "-", at=pages, stdin=PAGE).stdout == text.stdout


def test_similar_without_a_desk(pages: Path) -> None:
    words = ["ferry", "engine", "harbour", "island", "crossing"]
    records = "".join(
        json.dumps({"id": str(n), "headline": words[n % 2], "text": " ".join(words[n % 2 :])})
        + "\n"
        for n in range(4)
    )
    out = run("similar", "-", at=pages, stdin=records)
    assert out.returncode == 0, out.stderr
    lines = [json.loads(line) for line in out.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["0", "1", "2", "3"]
    assert lines[0]["similar"][0]["id"] == "2"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["search", "x", "--desk", "none.desk"], "none.desk: no desk there"),
        (["search", '"open'], "news.desk"),
        (["similar", "none.jsonl"], "none.jsonl"),
        (["read", "--json", "--text", "x"], "exclude each other"),
        (["check", "--desk", "pages/ferry.html"], "ferry.html"),
        (["add", "--desk", "pages/ferry.html", "pages"], "ferry.html"),
        (["serve", "--desk", "pages/ferry.html"], "ferry.html"),
        (["serve", "--desk", "none.desk"], "make one with: copytaster add --desk none.desk"),
        (["similar", "pages/ferry.html"], "ferry.html:1: not a record"),
        (["search", "x", "--rankd"], "no such option: --rankd"),
        (["read", "--text", "http://harbour.example:bad/\udcff"], "not a web address"),
    ],
)
def test_wrong_input_is_one_line(pages: Path, words: list[str], says: str) -> None:
    out = run(*words, at=pages)
    assert out.returncode not in (0, None)
    assert says in out.stderr
    assert len(out.stderr.splitlines()) == 1
    assert "Traceback" not in out.stderr
    assert (pages / "pages/ferry.html").read_text() == PAGE


def test_a_bad_query_says_what_is_wrong(pages: Path) -> None:
    run("add", "pages", at=pages)
    out = run("search", '"open', at=pages)
    assert out.returncode == 2
    assert "quot" in out.stderr and len(out.stderr.splitlines()) == 1


def test_copies_and_stories_of_records(pages: Path) -> None:
    read = json.loads(run("read", "--json", "pages", at=pages).stdout)
    again = {**read, "id": "again", "publisher": "Another"}
    lines = "\n".join(json.dumps(record) for record in (read, again)) + "\n"
    (copy,) = map(json.loads, run("copies", "-", at=pages, stdin=lines).stdout.splitlines())
    assert (copy["id"], copy["of"], copy["kind"]) == ("again", read["id"], "identical")
    placed = [*map(json.loads, run("stories", "-", at=pages, stdin=lines).stdout.splitlines())]
    assert [one["id"] for one in placed] == [read["id"], "again"]
    assert placed[0]["story"] == placed[1]["story"]


@pytest.mark.parametrize("command", ["copies", "stories", "similar"])
def test_records_that_are_none_give_one_line(pages: Path, command: str) -> None:
    missing = run(command, "missing.jsonl", at=pages)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.count("\n") == 1 and "missing.jsonl" in missing.stderr
    (pages / "bad.jsonl").write_text('{"id": "a", "text": "b"}\nno record\n')
    bad = run(command, "bad.jsonl", at=pages)
    assert bad.returncode == 2 and "bad.jsonl:2:" in bad.stderr and bad.stderr.count("\n") == 1


def test_add_names_what_it_could_not_read(pages: Path) -> None:
    out = run("add", "pages", *(f"{number}.html" for number in range(7)), at=pages)
    assert (out.returncode, out.stdout) == (
        1,
        "1 new, 0 changed, 0 same, 7 could not be read\n",
    )
    named = [f"copytaster: {number}.html: no such file or directory" for number in range(2, 7)]
    *lines, last = out.stderr.splitlines()
    assert lines == named
    assert last.endswith(f"2 others are listed by: copytaster unreadable --desk {pages}/news.desk")
    assert len(run("unreadable", at=pages).stdout.splitlines()) == 7


def test_search_takes_words_to_go_without_and_helps_with_outlets(pages: Path) -> None:
    run("add", "pages", at=pages)
    assert "Ferry returns" in run("search", "ferry", "-race", at=pages).stdout
    without = run("search", "ferry", "-engine", at=pages)
    assert (without.returncode, without.stdout) == (0, "")
    assert without.stderr == "copytaster: nothing found\n"
    wrong = run("search", "ferry", "--outlet", "Harbour", at=pages)
    assert wrong.returncode == 1
    assert wrong.stderr.endswith("did you mean harbour.example?\n")


def test_a_reader_that_goes_and_a_full_disk_make_no_trace(pages: Path) -> None:
    command = f"{sys.executable} -m copytaster read --json pages pages pages"
    gone = subprocess.run(
        f"{command} | true", shell=True, cwd=pages, capture_output=True, text=True
    )
    assert gone.stderr == ""
    full = subprocess.run(
        f"{command} > /dev/full", shell=True, cwd=pages, capture_output=True, text=True
    )
    assert full.returncode == 2
    assert full.stderr == "copytaster: output: No space left on device\n"


def test_an_output_that_is_closed_is_one_line(pages: Path) -> None:
    command = f"{sys.executable} -m copytaster read pages >&-"
    closed = subprocess.run(command, shell=True, cwd=pages, capture_output=True, text=True)
    assert closed.returncode == 2
    assert closed.stderr == "copytaster: output: is closed\n"


def test_articles_come_out_as_they_were_read(pages: Path) -> None:
    (pages / "pages" / "calm.html").write_text(QUOTES)
    run("add", "--no-claims", "pages", at=pages)
    out = run("export", "articles", at=pages).stdout
    read = run("read", "--json", "pages", at=pages).stdout
    assert sorted(json.loads(line)["id"] for line in out.splitlines()) == sorted(
        json.loads(line)["id"] for line in read.splitlines()
    )
    assert out.splitlines()[0] in read.splitlines()
    assert run("stories", "-", at=pages, stdin=out).stdout.count("\n") == 2
    wrong = run("export", "articles", "--csv", at=pages)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_a_backup_is_a_desk_like_any_other(pages: Path) -> None:
    run("add", "--no-claims", "pages", at=pages)
    done = run("backup", "copy.desk", at=pages)
    assert done.returncode == 0
    assert done.stdout.startswith("copy.desk: 1 article, ")
    assert "copy.desk: sound; 1 article, " in run("check", "--desk", "copy.desk", at=pages).stdout
    again = run("backup", "copy.desk", at=pages)
    assert again.returncode == 2
    assert "copy.desk: is there already" in again.stderr
    nowhere = run("backup", "none/copy.desk", at=pages)
    assert nowhere.returncode == 2
    assert nowhere.stderr.count("\n") == 1
    assert sorted(file.name for file in pages.glob("copy.desk*")) == ["copy.desk"]


@pytest.mark.parametrize("stop", [False, True])
def test_on_a_terminal_add_shows_a_bar_and_stops_politely(pages: Path, stop: bool) -> None:
    count = 300 if stop else 40
    for number in range(count):
        story = PAGE.replace("/ferry", f"/{number}").replace("Monday", f"day {number}")
        (pages / "pages" / f"{number}.html").write_text(story)
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "copytaster", "add", "pages"]
    env = {**os.environ, "COPYTASTER_DESK": str(pages / "news.desk"), "TERM": "xterm-256color"}
    process = subprocess.Popen(command, cwd=pages, stdout=end, stderr=end, env=env)
    os.close(end)
    seen, stopped = b"", False
    while piece := _piece(terminal):
        seen += piece
        if stop and not stopped and b"pages/s" in seen:
            process.send_signal(signal.SIGINT)
            stopped = True
    os.close(terminal)
    process.wait(timeout=30)
    assert b"pages/s" in seen
    if stopped and process.returncode:  # unless all was done before the signal came
        assert process.returncode == 130
        assert b"stopped; what was done is kept" in seen
    else:
        assert process.returncode == 0
        assert f"{count + 1} new".encode() in seen
    assert b"Traceback" not in seen
    assert run("check", at=pages).returncode == 0


def _piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # so Linux says that the other end is closed
        return b""


def test_read_explains_what_each_part_was_taken_for(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(PAGE)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    done = run("read", "--explain", "ferry.html", "broken.png", at=tmp_path)
    assert done.returncode == 1
    assert "headline" in done.stdout
    assert "paragraph" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert done.stderr.count("\n") == 1
    assert "broken.png" in done.stderr
    records = run("read", "--explain", "--json", "ferry.html", at=tmp_path).stdout.splitlines()
    assert json.loads(records[-1])["label"] == "paragraph"


def test_who_reads_a_desk_does_not_wait_for_what_adding_needs() -> None:
    code = "import sys, copytaster.site.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "selectolax", "onnxruntime"} & set(done.stdout.split())
