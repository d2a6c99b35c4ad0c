"""The command line: every stage as a command, and the desk."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from copytaster.commands.finding import search, similar
from copytaster.commands.pages import add, read
from copytaster.commands.saying import claims, export, speakers
from copytaster.commands.site import serve
from copytaster.commands.stages import copies, stories
from copytaster.commands.story import story
from copytaster.commands.upkeep import backup, check, remove, unreadable, upgrade
from copytaster.terminal import complain

# The rooms are imported inside the commands: `copytaster --help` must not wait for numpy.

cli = typer.Typer(
    help="Read any pile of news pages: articles, copies, stories, claims, on one searchable desk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line; what goes wrong is one line on standard error."""
    # What was closed before the start (`>&-`) is nothing at all, and no command looks for that.
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    if sys.stdout is None:
        complain("output: is closed")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # no terminal is too old for a headline
    try:
        try:
            cli(prog_name="copytaster")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has gone (`| head`): nothing is wrong, but Python must not flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")


def version_and_exit(asked: bool) -> None:
    if asked:
        from copytaster import __version__

        print(f"copytaster {__version__}")
        raise typer.Exit


@cli.callback()
def about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=version_and_exit, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


cli.command()(read)
cli.command()(add)
cli.command()(serve)
cli.command(context_settings={"ignore_unknown_options": True})(search)
cli.command()(similar)
cli.command()(copies)
cli.command()(stories)
cli.command()(claims)
cli.command()(speakers)
cli.command()(export)
cli.command()(unreadable)
cli.command()(check)
cli.command()(backup)
cli.command()(remove)
cli.command()(upgrade)
cli.add_typer(story, name="story")
