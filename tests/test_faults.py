"""What a user may feed the commands: a fault costs itself only, and is said in one clear line."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import copytaster

STORY = (
    "<h1>{headline}</h1><p>{one}</p><p>{two}</p>",
    "Паром вернулся в порт Ансель",
    "Паром Марта Линд вернулся в понедельник в порт Ансель, через одиннадцать дней после того, "
    "как в открытом море у него отказал двигатель и девяносто пассажиров дрейфовали всю ночь.",
    "Начальник порта сказал, что ремонт проверили дважды и что первый рейс на острова состоится "
    "во вторник утром, а жители пришли на причал, чтобы увидеть судно на ходу.",
)
ENGLISH = """<!doctype html><html lang="en"><head><title>Ferry returns to Port Ansel</title></head>
<body><article><h1>Ferry returns to Port Ansel</h1>
<p>The ferry Marta Lind came back into Port Ansel on Monday, eleven days after its engine failed in
open water and left ninety passengers adrift for a night.</p>
<p>The harbour master said that the repairs had been checked twice, and that the first crossing to
the islands would leave on Tuesday morning with a full crew.</p></article></body></html>"""
WARC = (
    "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
    "WARC-Target-URI: https://harbour.example/{number}\r\nWARC-Date: 2026-03-02T09:00:00Z\r\n"
    "Content-Type: text/html\r\nContent-Length: {size}\r\n\r\n{body}\r\n\r\n"
)


def russian(declared: str, encoding: str) -> bytes:
    template, headline, one, two = STORY
    body = template.format(headline=headline, one=one, two=two)
    return f'<html lang="ru"><meta charset="{declared}"><body>{body}</html>'.encode(encoding)


def archive() -> bytes:
    bodies = [ENGLISH.replace("Port Ansel", name) for name in ("Hollin", "Skerry")]
    records = [
        WARC.format(number=number, size=len(body), body=body).encode()
        for number, body in enumerate(bodies)
    ]
    return b"".join(map(gzip.compress, records))


def bad(at: Path) -> Iterator[tuple[str, str]]:
    """Make every bad source; give its name, and what must be said of it."""
    (at / "empty.html").touch()
    yield "empty.html", "empty"
    (at / "binary.html").write_bytes(bytes(range(256)) * 40)
    yield "binary.html", "not a page but binary"
    (at / "scan.html").write_bytes(b"%PDF-1.7\n\x00\x01")
    yield "scan.html", "not a page but a PDF document"
    with (at / "div.html").open("wb") as endless:
        for _ in range(200):
            endless.write(b"<div>" * 200_000)
    yield "div.html", "larger than 10 MB"
    (at / "nested.html").write_bytes(b"<div>" * 1_900_000)
    yield "nested.html", "nested"
    (at / "cut.html.gz").write_bytes(gzip.compress(ENGLISH.encode())[:-40])
    yield "cut.html.gz", "cut short: the packed file ends too early; get it anew"
    (at / "front.html").write_text("<html><title>Harbour Post</title><a href=/1>One</a></html>")
    yield "front.html", "no article found"
    (at / "folder").mkdir()
    (at / "folder" / "style.css").write_text("p {}")
    yield "folder", "a directory without pages"
    yield "missing.html", "no such file or directory"
    yield "www.harbour.example", "neither a file nor an address"
    yield "http://127.0.0.1:9/", "the host cannot be reached"
    yield "http://", "not a web address"


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, str]:
    return dict(bad(tmp_path))


def run(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copytaster", *words],
        cwd=at,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "COPYTASTER_DESK": str(at / "news.desk")},
    )


def test_each_bad_source_has_one_clear_line(tmp_path: Path, sources: dict[str, str]) -> None:
    (tmp_path / "ferry.html").write_text(ENGLISH)
    out = run("read", "--json", *sources, "ferry.html", at=tmp_path)
    assert (out.returncode, out.stderr) == (1, "")
    *missed, article = map(json.loads, out.stdout.splitlines())
    assert article["headline"] == "Ferry returns to Port Ansel"
    assert [line["path"] for line in missed] == list(sources)
    for line, says in zip(missed, sources.values(), strict=True):
        assert says in line["error"], line
        assert "\n" not in line["error"] and set(line) <= {"path", "error", "url"}

    added = run("add", *sources, "ferry.html", at=tmp_path)
    assert added.returncode == 1
    assert added.stdout == f"1 new, 0 changed, 0 same, {len(sources)} could not be read\n"
    assert "Traceback" not in added.stderr
    listed = run("unreadable", at=tmp_path).stdout.splitlines()
    assert sorted(line.partition(": ")[0] for line in listed) == sorted(path for path in sources)
    assert run("check", at=tmp_path).returncode == 0


def test_an_archive_that_is_cut_gives_what_came_before(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(archive()[:-40])
    out = run("read", "crawl.warc.gz", at=tmp_path)
    first, missed = map(json.loads, out.stdout.splitlines())
    assert out.returncode == 1
    assert first["headline"] == "Ferry returns to Hollin"
    assert missed["path"] == "crawl.warc.gz"
    assert missed["error"].startswith("cut short: the archive ends inside a record")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "windows-1251"),
        ("utf-8", "windows-1251"),
        ("iso-8859-1", "utf-8"),
        ("nonsense", "koi8-r"),
        ("gb18030", "gb18030"),
        ("utf-8", "utf-16"),
        ("windows-1251", "utf-16-le"),
    ],
)
def test_a_wrong_name_of_the_encoding_does_no_harm(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    (tmp_path / "parom.html").write_bytes(russian(declared, encoding))
    assert copytaster.read(tmp_path / "parom.html").headline == STORY[1]
