"""The command that serves the reading site."""

import os
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Annotated

import typer

from copytaster.commands.opening import DeskFile, opened


def serve(
    desk: DeskFile,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, show_default="8311, or a free one", help="Port."),
    ] = None,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="HOST",
            help="Answer to this name, too: for a proxy on this machine. Repeat for more.",
        ),
    ] = None,
    count_reads: Annotated[
        bool,
        typer.Option(
            "--count-reads/--no-count-reads",
            help="Count reads per article and day (never who read).",
        ),
    ] = True,
    rules: Annotated[
        bool | None,
        typer.Option(
            "--rulings/--read-only",
            help="Let stories be corrected on the site.",
            show_default="only to this machine",
        ),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Serve the built-in sample instead of a desk.")
    ] = False,
) -> None:
    """Serve the reading site of a desk.

    Only this machine reaches it, unless told otherwise.

    Examples:

        copytaster serve

        copytaster serve --sample

        copytaster serve --desk minsk.desk --port 8000 --name news.example.org
    """
    if sample:
        desk = sample_desk()
    with opened(desk, "read"):
        pass
    from copytaster.site.serving import serve as serve_site

    serve_site(desk, host=host, port=port, names=names or [], count_reads=count_reads, rules=rules)


def sample_desk() -> Path:
    """Give the desk of the built-in sample, made in the user's cache where it is missing."""
    import platformdirs

    from copytaster.sample import sources

    house = Path(__file__).parents[1]
    state = [
        (str(file.relative_to(house)), file.stat().st_mtime_ns)
        for file in sorted(house.rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    ]
    mark = blake2b(repr(state).encode(), digest_size=6).hexdigest()
    path = Path(platformdirs.user_cache_dir("copytaster")) / f"sample-{mark}.desk"
    if not path.exists():
        print("Reading the sample (once)", file=sys.stderr)
        fresh = path.with_suffix(f".{os.getpid()}")
        try:
            with opened(fresh, "write") as desk:
                desk.add(*sources(), pictures=True)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    return path
