"""Every command, option, route and record field is in the documentation."""

import re
import tomllib
from pathlib import Path

import pytest
import typer
from msgspec.structs import fields

from copytaster import article, claim, copy, page, story
from copytaster.cli import cli
from copytaster.desk import Desk, listing, stated
from copytaster.site.app import app
from copytaster.stories import similar

DOCS = Path(__file__).parent.parent / "docs"
COMMANDS = dict(typer.main.get_command(cli).commands)  # type: ignore[attr-defined]
COMMANDS |= {f"story {name}": each for name, each in COMMANDS["story"].commands.items()}
RECORDS = [
    article.Article,
    article.Block,
    article.Picture,
    article.Teaser,
    page.Page,
    page.Unreadable,
    similar.Similar,
    copy.Copy,
    copy.Passage,
    copy.Lineage,
    story.Placed,
    story.Ruling,
    claim.Claims,
    claim.Claim,
    claim.Speaker,
    claim.Carrier,
    claim.Figure,
    listing.Listing,
    listing.Version,
    listing.TeaserLink,
    listing.Filed,
    listing.Carried,
    listing.Report,
    listing.Copied,
    listing.Beside,
    listing.Breadth,
    listing.Excerpt,
    listing.StoryLine,
    listing.Story,
    listing.StoryDay,
    listing.StoryOutlet,
    listing.StoryName,
    listing.StoryVersions,
    listing.Ruled,
    listing.Outlet,
    listing.Missed,
    listing.Tally,
    stated.Stated,
    stated.Target,
    stated.TextQuoteSelector,
    stated.TextPositionSelector,
    stated.Voice,
    stated.Quoted,
    stated.Speaking,
    stated.Spelling,
    stated.Naming,
    stated.Unclaimed,
    stated.Progress,
    stated.Made,
]


def section(file: str, heading: str) -> str:
    text = (DOCS / file).read_text()
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"docs/{file} has no section {heading!r}"
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str) -> None:
    command = COMMANDS[name]
    assert command.help and "Example" in command.help
    text = section("commands.md", f"copytaster {name}")
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
            for option in parameter.opts + parameter.secondary_opts:
                assert option in text, f"docs/commands.md: {name} lacks {option}"


def test_routes(tmp_path: Path) -> None:
    with Desk(tmp_path / "news.desk"):
        pass
    text = (DOCS / "site.md").read_text()
    for route in app(tmp_path / "news.desk").routes:
        path = getattr(route, "path", "").replace(":int", "")
        stem = re.sub(r"\.(json|atom)$", "", path)
        assert f"`{path}" in text or f"`{stem}" in text, f"docs/site.md lacks {path}"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_records(record: type) -> None:
    text = section("records.md", record.__name__)
    for field in fields(record):
        assert f"`{field.name}`" in text, f"docs/records.md: {record.__name__} lacks {field.name}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text())["project"]
    reasons = (DOCS / "decisions.md").read_text()
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        assert re.split("[>=]", wanted)[0] in reasons, f"docs/decisions.md lacks {wanted}"


def test_links_lead_somewhere() -> None:
    for file in [*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", file.read_text()):
            assert (file.parent / target).exists(), f"{file.name} links to {target}"
