"""Commands that show stories and correct them."""

from typing import Annotated

import typer

from copytaster.commands.opening import AsJson, DeskFile, Limit, decided, deciding, opened
from copytaster.terminal import complain, emit, one_line, show

story = typer.Typer(
    help="""Look at the stories of a desk, and correct them.

    What is decided here or on the site holds for everything that is added later, until it is
    undone. Stories and articles are named by their ids.

    Examples:

        copytaster story list

        copytaster story merge ca9b9e575bb423e3 c299bf9259f55cb4

        copytaster story undo 3
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)
StoryId = Annotated[str, typer.Argument(metavar="STORY", help="Id of a story.")]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of an article.")]


@story.command("list")
def story_list(desk: DeskFile, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List stories by independent reports and newness.

    Example:

        copytaster story list --limit 5
    """
    with opened(desk, "read") as open_desk:
        for line in open_desk.stories(limit=limit):
            if as_json:
                emit(line)
            else:
                counts = f"{line.reports:4} reports {line.outlets:4} outlets"
                headline = one_line(line.lead.headline)
                print(f"{line.id}  {counts}  {line.latest[:10]}  {headline}")


@story.command("show")
def story_show(story: StoryId, desk: DeskFile, limit: Limit = 100, as_json: AsJson = False) -> None:
    """Show a story: its reports, the latest first, and the articles that carry each.

    Example:

        copytaster story show ca9b9e575bb423e3
    """
    with opened(desk, "read") as open_desk:
        found = open_desk.story(story, limit=limit)
    if found is None:
        complain(f"{story}: no such story on {desk}; list them: copytaster story list", code=1)
    if as_json:
        emit(found)
        return
    for report in found.reports:
        show([report.origin], as_json=False)
        for carrier in report.carriers:
            print("    also", end="  ")
            show([carrier.listing], as_json=False)


@story.command()
def merge(
    desk: DeskFile,
    stories: Annotated[list[str], typer.Argument(metavar="STORY...", help="Ids of stories.")],
) -> None:
    """Make stories one.

    Example:

        copytaster story merge ca9b9e575bb423e3 c299bf9259f55cb4
    """
    with deciding(desk) as open_desk:
        decided(open_desk.merge(*stories))


@story.command()
def split(
    story: StoryId,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids of articles.")],
    desk: DeskFile,
) -> None:
    """Take articles out of a story, into one of their own.

    Example:

        copytaster story split ca9b9e575bb423e3 e8daee0cb063c9dc d01fb0aea0a653cc
    """
    with deciding(desk) as open_desk:
        decided(open_desk.split(story, *articles))


@story.command()
def move(article: ArticleId, story: StoryId, desk: DeskFile) -> None:
    """Put an article into another story.

    Example:

        copytaster story move e8daee0cb063c9dc c299bf9259f55cb4
    """
    with deciding(desk) as open_desk:
        decided(open_desk.move(article, story))


@story.command()
def apart(
    article: ArticleId,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of another article.")],
    desk: DeskFile,
) -> None:
    """Say that two articles are not about the same event.

    Example:

        copytaster story apart e8daee0cb063c9dc 0e424aadc298fce2
    """
    with deciding(desk) as open_desk:
        decided(open_desk.apart(article, other))


@story.command("rulings")
def story_rulings(desk: DeskFile, as_json: AsJson = False) -> None:
    """List what was decided and stands, the latest first.

    Example:

        copytaster story rulings
    """
    with opened(desk, "read") as open_desk:
        for ruled in open_desk.rulings():
            if as_json:
                emit(ruled)
                continue
            about = ruled.rulings[0]
            these = " ".join(about.these) + (f" / {' '.join(about.those)}" if about.those else "")
            print(f"{ruled.number:4}  {ruled.made[:10]}  {ruled.act:5}  {one_line(these)}")


@story.command()
def undo(
    number: Annotated[int, typer.Argument(help="As `copytaster story rulings` lists it.")],
    desk: DeskFile,
) -> None:
    """Take a decision back; what it was about is grouped anew.

    Example:

        copytaster story undo 3
    """
    with deciding(desk) as open_desk:
        open_desk.undo(number)
    print(f"decision {number} is undone")
