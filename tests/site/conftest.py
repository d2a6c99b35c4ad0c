"""A desk in memory, so that pages can be tried with words no reading would let through."""

import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any, Self

import pytest
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning
from uvicorn import Config, Server

from copytaster.article import Article, Block, Picture
from copytaster.claim import Carrier, Claim, Figure, Speaker
from copytaster.copy import Copy, Passage
from copytaster.desk import Desk
from copytaster.desk.excerpts import excerpt
from copytaster.desk.listing import (
    Beside,
    Breadth,
    Carried,
    Copied,
    Excerpt,
    Filed,
    Listing,
    Missed,
    Outlet,
    Report,
    Ruled,
    Story,
    StoryDay,
    StoryLine,
    TeaserLink,
    Version,
)
from copytaster.desk.query import EVERYWHERE, Filters, understand
from copytaster.desk.stated import Naming, Quoted, Speaking, Spelling, Stated, Voice
from copytaster.page import Page
from copytaster.site import app as app_module
from copytaster.site import desks, lists, reads
from copytaster.story import Ruling

with warnings.catch_warnings():
    # It asks for a newer client than the one the intake uses.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763d8b56b1700045a02171cd8cd9d0000000049454e44ae426082"
)


def filed(number: int = 1, **fields: Any) -> Filed:
    """Make an article of the Harbour Courier, with every field filled."""
    id = f"{number:016x}"
    values: dict[str, Any] = {
        "id": id,
        "path": f"pages/{number}.html",
        "url": f"https://courier.example/{number}",
        "publisher": "The Harbour Courier",
        "agency": "Norddienst",
        "language": "en",
        "headline": f"Ferry {number} returns to the old pier",
        "standfirst": "After two winters of repairs the crossing opens again on Monday.",
        "kicker": "Harbour",
        "bylines": ("Ida Holm", "Per Lund"),
        "date_published": "2024-03-09T10:30+01:00",
        "date_modified": "2024-03-10T08:00+01:00",
        "section": "Local",
        "keywords": ("ferry", "pier"),
        "body": (
            Block("paragraph", "The ferry sailed at noon with forty passengers."),
            Block("heading", "What it cost"),
            Block("list", "Six million for the hull"),
            Block("list", "Two million for the pier"),
            Block("quote", "Nobody believed it would float."),
            Block("table", "Winter\tCrossings"),
            Block("table", "2023\t0"),
            Block("embed", "A post by the harbour office"),
        ),
        "pictures": (
            Picture(caption="The ferry at the pier.", credit="Ida Holm"),
            Picture(caption="The old hull."),
        ),
    } | fields
    article = Article(**values)
    listing = Listing(
        id=id,
        headline=article.headline,
        standfirst=article.standfirst,
        kicker=article.kicker,
        url=article.url,
        outlet="courier.example",
        publisher=article.publisher or "",
        language=article.language,
        date=article.date_published or "2024-03-11",
        dated=article.date_published is not None,
        reads=3,
    )
    return Filed(
        article=article,
        listing=listing,
        version=1,
        versions=(
            Version(number=1, added="2024-03-11T12:00Z", headline=article.headline, current=True),
        ),
        story=None,
        report=None,
        copies=(),
        similar=(),
        teasers=(
            TeaserLink(
                headline="Pier café to close",
                url="https://courier.example/cafe",
                standfirst="After forty years.",
                count=12,
            ),
        ),
        pictures=(True, False)[: len(article.pictures)],
    )


def stated(filed: Filed) -> tuple[Stated, ...]:
    """Claims that overlap and stand inside each other, said by the article's own headline."""
    article = filed.article
    text = article.text
    n = len(text)
    speaker = Speaker(article.headline, None, (0, len(article.headline)))
    figure = Figure(value=40, counted=article.headline, span=(0, 4))
    spans = [((0, n // 2), "statement"), ((n // 4, n // 2), "statement"), ((n // 3, n), "belief")]
    return tuple(
        Stated(
            number=number,
            words=text[slice(*span)],
            source=text[:5],
            cue=text[3:8],
            figures=(text[:4],),
            claim=Claim(
                content=(span,),
                source=((0, 5),),
                cue=((3, 8),),
                kind="mixed",
                attitude=attitude,  # type: ignore[arg-type]
                speaker=speaker if number != 2 else None,
                via=(Carrier(article.publisher or "A wire", (0, 3)),),
                figures=(figure,),
                negated=number == 1,
                within=0 if number == 2 else None,
                found="rules",
                confidence=0.5,
            ),
            speaker=Voice(key=VOICE, name=article.headline, kind="person") if number != 2 else None,
            target=(),
        )
        for number, (span, attitude) in enumerate(spans, 1)
    )


class FakeClaims:
    """Answers like the claims of a desk, from a shelf."""

    def __init__(self, shelf: "Shelf") -> None:
        self.shelf = shelf

    def of(self, id: str, *, version: int | None = None) -> tuple[Stated, ...] | None:
        return next((stated(one) for one in self.shelf.articles if one.article.id == id), None)

    def count(self, id: str) -> int:
        return 2

    def in_articles(self, ids: Iterable[str]) -> list[Quoted]:
        return [one for one in self._all() if one.article.id in set(ids)]

    def found(self, query: str, articles: list[Listing]) -> list[Quoted]:
        return self.in_articles([one.id for one in articles])[:3]

    def speakers(self, **_: object) -> list[Speaking]:
        return [self.speaker(VOICE)]

    def speaker(self, key: str) -> Speaking:
        name = self.shelf.articles[0].article.headline
        return Speaking(key=VOICE, name=name, kind="person", claims=12, latest="2024-03-09")

    def spellings(self, key: str) -> list[Spelling]:
        name = self.shelf.articles[0].article.headline
        return [
            Spelling(key=VOICE, name=name, claims=9, why=None),
            Spelling(key="other", name=name, claims=3, why="office"),
        ]

    def by(self, key: str, *, limit: int = 30, **_: object) -> list[tuple[str, Quoted]]:
        return [(str(number), one) for number, one in enumerate(self._all())][:limit]

    def rulings(self) -> list[Naming]:
        apart = Ruling(kind="apart", these=(VOICE,), those=("other",))
        return [
            Naming(number=number, made="2024-03-09T10:00Z", ruling=ruling)
            for number, ruling in enumerate([apart, Ruling(kind="together", these=(VOICE,))])
        ]

    def _all(self) -> list[Quoted]:
        return [
            Quoted(article=filed.listing, stated=one, also=2)
            for filed in self.shelf.articles
            for one in stated(filed)
        ]


VOICE = "ida-holm.<b>"


class Shelf:
    """What the desks of one test hold, and what was written on them."""

    def __init__(self) -> None:
        self.articles = [filed(number) for number in range(1, 4)]
        self.missed = [
            Missed(
                path="pages/empty.html", error="The file is empty.", added="2024-03-11", kept=True
            )
        ]
        self.counted: dict[str, int] = {}
        self.fault: Exception | None = None


class FakeDesk:
    """Answers like a desk, from a shelf."""

    shelf: Shelf

    def __init__(self, path: Path, mode: str = "write") -> None:
        if self.shelf.fault:
            raise self.shelf.fault
        self.claims = FakeClaims(self.shelf)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...

    def article(self, id: str, *, version: int | None = None) -> Filed | None:
        if self.shelf.fault:
            raise self.shelf.fault
        found = next((each for each in self.shelf.articles if each.article.id == id), None)
        if found is None or version is None or version == found.version:
            return found
        if version > len(found.versions):
            return None
        return replace(found, version=version)

    def page(self, id: str, *, version: int | None = None) -> Page | None:
        return Page(path=id, content=b"<script>alert(1)</script>")

    def picture(
        self, id: str, number: int, *, version: int | None = None
    ) -> tuple[str, bytes] | None:
        return [("image/png", PNG), ("text/html", b"<p>")][number] if number < 2 else None

    def newest(
        self,
        *,
        outlet: str | None = None,
        once: bool = False,
        after: str | None = None,
        limit: int = 30,
    ) -> list[Listing]:
        all = [each.listing for each in self.shelf.articles]
        start = next((n + 1 for n, each in enumerate(all) if each.id == after), 0)
        return all[start : start + limit]

    def search(
        self,
        query: str,
        within: Filters = EVERYWHERE,
        *,
        ranked: bool = False,
        once: bool = False,
        after: str | None = None,
        limit: int = 20,
    ) -> list[Listing]:
        if query or within != EVERYWHERE:
            understand(query, within)
        return [item for item in self.newest(after=after, limit=999) if query in item.headline][
            :limit
        ]

    def breadth(self, query: str, within: Filters = EVERYWHERE) -> Breadth:
        found = len(self.search(query, limit=999))
        return Breadth(articles=found, outlets=1, reports=found)

    def excerpts(self, query: str, ids: Iterable[str]) -> list[Excerpt]:
        return [e for each in self.shelf.articles if (e := excerpt(each.article, [(query, True)]))]

    def report(self, id: str, *, after: str | None = None, limit: int = 30) -> Report | None:
        found = self.article(id)
        return found.report if found else None

    def copies(self, id: str, *, limit: int = 50) -> list[Copied]:
        found = self.article(id)
        return list(found.copies) if found else []

    def beside(self, id: str, other: str) -> Beside | None:
        this, that = self.article(id), self.article(other)
        if this is None or that is None:
            return None
        copies = [each.copy for each in this.copies if each.other.id == other]
        return Beside(
            article=this.article,
            listing=this.listing,
            other=that.article,
            other_listing=that.listing,
            copy=copies[0] if copies else None,
        )

    def stories(self, *, after: str | None = None, limit: int = 30) -> list[StoryLine]:
        return []

    def story(self, id: str, **_: object) -> Story | None:
        found = self.article(id)
        if found is None:
            return None
        line = StoryLine(
            id=id,
            lead=found.listing,
            articles=1,
            outlets=1,
            reports=1,
            first="2024-03-09T09:30:00+00:00",
            latest="2024-03-09T09:30:00+00:00",
        )
        return Story(
            line=line,
            days=(StoryDay(day="2024-03-09", articles=1, reports=1),),
            reports=(
                Report(
                    origin=found.listing,
                    agency=None,
                    wire=False,
                    articles=1,
                    outlets=1,
                    carriers=(),
                ),
            ),
            outlets=(),
            names=(),
            changed=(),
            rulings=(),
        )

    def in_story(self, id: str, **asked: Any) -> list[Listing]:
        return [each.listing for each in self.shelf.articles]

    def rulings(self) -> list[Ruled]:
        return []

    def outlets(self) -> list[Outlet]:
        names = {each.listing.outlet: each.listing.publisher for each in self.shelf.articles}
        return [
            Outlet(key=key, name=name, articles=3, latest="2024-03-09")
            for key, name in names.items()
        ]

    def outlet(self, key: str) -> Outlet | None:
        return next((each for each in self.outlets() if each.key == key), None)

    def languages(self) -> list[str]:
        return ["en"]

    def missed(self, *, after: str | None = None, limit: int = 50) -> list[Missed]:
        return self.shelf.missed[:limit]

    def count_reads(self, reads: dict[str, int], day: date) -> None:
        for id, number in reads.items():
            self.shelf.counted[id] = self.shelf.counted.get(id, 0) + number


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Put a shelf where the site looks for the desk."""
    shelf = Shelf()
    desk = type("DeskOfThisTest", (FakeDesk,), {"shelf": shelf})
    for module in (desks, reads):
        monkeypatch.setattr(module, "Desk", desk)
    return shelf


@pytest.fixture
def make_filed() -> Callable[..., Filed]:
    """Give what makes articles."""
    return filed


@pytest.fixture
def client(shelf: Shelf, tmp_path: Path) -> Iterator[TestClient]:
    """Serve the shelf; faults come as answers, not as exceptions."""
    path = tmp_path / "desk"
    path.touch()
    with TestClient(app_module.app(path), raise_server_exceptions=False) as client:
        yield client


def gallery() -> Shelf:
    """Fill a shelf with what pages can look like: two directions, versions, gaps, long words."""
    arabic = filed(
        11,
        language="ar",
        publisher="صحيفة الميناء",
        headline="العبّارة تعود إلى الرصيف القديم بعد شتاءين من الإصلاح",
        standfirst="تستأنف الرحلات يوم الاثنين، وفق ما قاله مكتب الميناء.",
        kicker="الميناء",
        bylines=("إيدا هولم",),
        agency=None,
        keywords=("عبّارة", "رصيف"),
        body=(
            Block("paragraph", "أبحرت العبّارة ظهرًا وعلى متنها أربعون راكبًا، في أول رحلة منذ 2022."),
            Block("heading", "الكلفة"),
            Block("list", "ستة ملايين لبدن السفينة"),
            Block("list", "مليونان للرصيف (Pier 4)"),
            Block("quote", "لم يصدّق أحد أنها ستطفو."),
        ),
        pictures=(Picture(caption="العبّارة عند الرصيف.", credit="إيدا هولم"),),
    )
    hebrew = filed(
        12,
        language="he",
        publisher="דואר הנמל",
        headline="המעבורת חוזרת למזח הישן",
        standfirst="אחרי שני חורפים של תיקונים.",
        kicker=None,
        body=(Block("paragraph", "המעבורת הפליגה בצהריים ועליה ארבעים נוסעים."),),
        pictures=(),
        date_published="2024-03",
        date_modified=None,
    )
    bare = filed(
        13,
        language=None,
        headline="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2,
        standfirst=None,
        kicker=None,
        section=None,
        bylines=(),
        agency=None,
        date_published=None,
        date_modified=None,
        keywords=(),
        pictures=(),
        body=(),
        url=None,
        publisher=None,
    )
    bare = replace(bare, teasers=())
    paragraph = (
        "The council voted nine to four on Tuesday to pay for a second winter of work on the pier, "
        "after engineers found that the oak piles below the waterline had rotted through in places."
    )
    blocks = filed().article.body
    long = filed(10, body=blocks[:1] + (Block("paragraph", paragraph),) * 6 + blocks[1:])
    first, second = (
        Version(number=1, added="2024-03-09T12:00Z", headline="Ferry returns", current=False),
        Version(number=2, added="2024-03-10T09:00Z", headline=long.article.headline, current=True),
    )
    teaser = TeaserLink(headline="Ferry 2 returns", article=f"{2:016x}", count=1204)
    evil = TeaserLink(headline="A link that is none", url="javascript:alert(1)")
    long = replace(
        long,
        version=2,
        versions=(first, second),
        similar=tuple(
            replace(each.listing, score=0.5)
            for each in (filed(2), arabic, hebrew, replace(bare, teasers=()), filed(3))
        ),
        teasers=(*long.teasers, teaser, evil),
    )
    origin, other = filed(2), filed(3)
    copy = Copy(
        id=long.article.id,
        of=origin.article.id,
        kind="abridged",
        share_of_this=0.8,
        share_of_that=0.5,
        passages=(Passage(12, 60, 12, 60), Passage(61, 90, 70, 99)),
        evidence=("credit", "date"),
    )
    carrier = Carried(
        listing=long.listing, of=copy.of, kind="abridged", share_of_this=0.8, share_of_that=0.5
    )
    report = Report(
        origin=origin.listing,
        agency="Norddienst",
        wire=True,
        articles=8,
        outlets=7,
        carriers=(carrier, Carried(listing=arabic.listing), Carried(listing=other.listing)),
        more=other.article.id,
    )
    long = replace(
        long,
        report=report,
        copies=(
            Copied(copy=copy, other=origin.listing),
            Copied(copy=replace(copy, of=hebrew.article.id, kind="embedded"), other=hebrew.listing),
        ),
    )
    shelf = Shelf()
    more = [filed(number, date_published=f"2024-02-{40 - number:02}") for number in range(14, 24)]
    shelf.articles = [long, arabic, hebrew, bare, filed(2), filed(3), *more]
    shelf.missed *= 3
    return shelf


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the gallery on a free port of this machine; gives the site's address."""
    path = tmp_path_factory.mktemp("site") / "desk"
    path.touch()
    desk = type("DeskOfTheGallery", (FakeDesk,), {"shelf": gallery()})
    with pytest.MonkeyPatch.context() as patch:
        for module in (desks, reads):
            patch.setattr(module, "Desk", desk)
        patch.setattr(lists, "FOUND", 8)
        patch.setattr(lists, "LENGTH", 8)
        with serving(app_module.app(path)) as address:
            yield address


@pytest.fixture(scope="module")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a desk of the sample on which one decision was made."""
    path = Path(copyfile(sample_file, tmp_path_factory.mktemp("sample") / "sample.desk"))
    with Desk(path) as desk:
        first, *_, last = desk.stories()
        desk.apart(first.lead.id, last.lead.id)
    return path


@pytest.fixture(scope="module")
def sample_site(sample: Path) -> Iterator[str]:
    """Serve the sample, to be corrected, on a free port of this machine."""
    with serving(app_module.app(sample, rules=True)) as address:
        yield address


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """Serve a site; gives its address."""
    server = Server(Config(app, port=0, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
