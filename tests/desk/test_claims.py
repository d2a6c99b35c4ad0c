"""Claims on the desk: pending until made, kept by state, found again, joined and taken apart."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from copytaster.article import Article, Block
from copytaster.claim import Carrier, Claim, Claims, Speaker, SpeakerKind
from copytaster.claims import workers
from copytaster.desk import Desk, QueryError, RulingError, claiming, recipe
from copytaster.desk.stated import Made
from copytaster.page import Page, Unreadable
from copytaster.reading.workers import answers

Said = tuple[str, str, str, SpeakerKind | None]
"""Article, speaker, words and the speaker's kind."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "test.desk") as desk:
        yield desk
        assert desk.check() == []


def put(desk: Desk, name: str, *paragraphs: str, publisher: str | None = None) -> str:
    """File an article; gives its id."""
    own = " ".join(f"{name}{number}" for number in range(60))  # or they would be one story
    article = Article(
        id=f"{sum(name.encode()) * 7919:016x}",
        path=name,
        url=f"https://harbour.example/{name}",
        headline=name,
        language="en",
        publisher=publisher,
        body=tuple(Block("paragraph", text) for text in (*paragraphs, own)),
    )
    page = Page(path=name, content="".join(paragraphs).encode(), url=article.url)
    recipe.add(desk._connection, [page], lambda pages: ((one, article) for one in pages))  # type: ignore[misc]
    return article.id


def stage(
    *said: tuple[str, str], via: str | None = None, kind: SpeakerKind = "person"
) -> claiming.Make:
    """Make a stage that finds words and their speaker wherever both stand in a text."""

    def make(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
        for page in pages:
            article = msgspec.json.decode(page.content, type=Article)
            text = article.text
            found = []
            for speaker, words in said:
                if speaker in text and words in text:
                    at, named = text.index(words), text.index(speaker)
                    span = named, named + len(speaker)
                    carried = text.find(via) if via else -1
                    found.append(
                        Claim(
                            content=((at, at + len(words)),),
                            source=(span,),
                            kind="direct",
                            attitude="belief" if "hopes" in text else "statement",
                            speaker=Speaker(speaker, kind, span),
                            via=(Carrier(via, (carried, carried + len(via))),)
                            if via and carried >= 0
                            else (),
                            found="tagger",
                            confidence=0.9,
                        )
                    )
            found.sort(key=lambda claim: claim.content)
            yield page, Claims(id=article.id, text="", claims=tuple(found))

    return make


def claim(desk: Desk, make: claiming.Make, name: str = "one", *, stale: bool = False) -> Made:
    return claiming.make(desk._connection, make, lambda language: f"en {name}", stale=stale)


def names(desk: Desk) -> dict[str, int]:
    return {one.name: one.claims for one in desk.claims.speakers()}


def test_pending_until_made(desk: Desk) -> None:
    id = put(desk, "storm", "“It blew,” said Ida Holm.")
    assert desk.claims.of(id) is None
    assert desk.claims.count(id) == 0
    assert claim(desk, stage(("Ida Holm", "“It blew,”"))) == Made(articles=1, claims=1)
    (stated,) = desk.claims.of(id) or ()
    assert stated.words == "“It blew,”"
    assert stated.speaker and stated.speaker.key == "ida-holm"
    (target,) = stated.target
    quote, position = target.selector
    text = desk.article(id).article.text  # type: ignore[union-attr]
    assert quote.exact == text[position.start : position.end]  # type: ignore[union-attr]
    assert quote.suffix.startswith(" said Ida")  # type: ignore[union-attr]
    assert claim(desk, stage()) == Made()  # nothing is pending


def test_a_new_version_is_pending_again_and_keeps_the_old_claims(desk: Desk) -> None:
    make = stage(("Ida Holm", "“It blew,”"), ("Per Lund", "“It froze,”"))
    id = put(desk, "storm", "“It blew,” said Ida Holm.")
    claim(desk, make)
    put(desk, "storm", "“It froze,” said Per Lund.")
    assert names(desk) == {}
    assert desk.search("says:blew") == []
    assert desk.claims.of(id) is None
    claim(desk, make)
    assert names(desk) == {"Per Lund": 1}
    assert [one.words for one in desk.claims.of(id, version=1) or ()] == ["“It blew,”"]
    assert desk.claims.of(id, version=3) is None


def test_another_model_makes_them_anew_only_when_asked(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said Ida Holm.")
    claim(desk, stage())
    make = stage(("Ida Holm", "“It blew,”"))
    assert claim(desk, make, "two").articles == 0
    assert claim(desk, make, "two", stale=True) == Made(articles=1, claims=1)
    assert claim(desk, make, "two", stale=True).articles == 0
    assert len(desk.search("says:blew")) == 1


def test_the_same_text_is_looked_through_once(desk: Desk) -> None:
    seen: list[str] = []
    make = stage(("Ida Holm", "“It blew,”"))

    def noting(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
        for page, result in make(pages):
            seen.append(page.path if page else "")
            yield page, result

    first, second = (
        Article(id=f"{n:016x}", path=str(n), url=f"https://{n}.example/", headline="Storm",
                body=(Block("paragraph", "“It blew,” said Ida Holm."),))
        for n in (1, 2)
    )  # fmt: skip
    for article in (first, second):
        page = Page(path=article.path, content=article.id.encode(), url=article.url)
        recipe.add(desk._connection, [page], lambda pages, a=article: ((one, a) for one in pages))  # type: ignore[misc]
    assert claim(desk, noting) == Made(articles=2, claims=2)
    assert seen == [first.id]
    ((_, quoted),) = desk.claims.by("ida-holm")
    assert quoted.also == 1


def test_what_cannot_be_made_is_listed_and_costs_nothing_else(desk: Desk) -> None:
    bad, good = put(desk, "bad", "“No,” said Ida Holm."), put(desk, "good", "“Yes,” said Per Lund.")
    make = stage(("Per Lund", "“Yes,”"))

    def failing(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
        for page, result in make(pages):
            yield (
                page,
                Unreadable(path=bad, error="it crashed") if page and page.path == bad else result,
            )

    assert claim(desk, failing) == Made(articles=2, claims=1, missed=1)
    (missed,) = desk.claims.missed()
    assert (missed.article.id, missed.error) == (bad, "it crashed")
    assert desk.claims.of(good)
    assert desk.claims.of(bad) is None
    assert claim(desk, make).articles == 0
    assert claim(desk, make, stale=True) == Made(articles=1)
    assert desk.claims.missed() == []


def test_claims_outside_the_text_are_not_kept(desk: Desk) -> None:
    id = put(desk, "storm", "“It blew,” said Ida Holm.")
    wrong = Claim(content=((0, 9999),), kind="direct", found="rules", confidence=0.1)

    def make(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
        for page in pages:
            yield page, Claims(id=page.path, text="", claims=(wrong,))

    assert claim(desk, make).missed == 1
    assert desk.claims.of(id) is None


def test_a_full_name_is_one_person_and_a_part_of_it_one_of_the_article(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said Ida Holm.")
    put(desk, "frost", "“It froze,” said IDA HÖLM.")
    put(desk, "chess", "“Checkmate,” said Holm.")
    put(desk, "opera", "“Bravo,” said Holm. Nobody knows which.")
    words = ["“It blew,”", "“It froze,”", "“Checkmate,”", "“Bravo,”"]
    claim(desk, stage(*zip(["Ida Holm", "IDA HÖLM", "Holm", "Holm"], words, strict=True)))
    assert names(desk)["Ida Holm"] == 2
    assert len(desk.claims.speakers()) == 3
    assert [one.name for one in desk.claims.speakers(name="ida")] == ["Ida Holm"]


def test_the_articles_own_full_form_joins(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said Ida Holm.")
    put(desk, "chess", "Ida Holm plays chess.", "“Checkmate,” said Holm.")
    claim(desk, stage(("Ida Holm", "“It blew,”"), ("Holm", "“Checkmate,”")))
    assert names(desk) == {"Ida Holm": 2}
    (whole, part) = desk.claims.spellings("ida-holm")
    assert (whole.why, part.why) == (None, "article")


def test_spellings_are_joined_by_office_not_by_sound_alone(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said Tolvanian president Alexander Lukashev.")
    put(desk, "frost", "“It froze,” said Tolvanian president Aleksandr Lukashew.")
    put(desk, "chess", "“Checkmate,” said the grocer Alyaksandr Lukashev.")
    said = [
        ("Alexander Lukashev", "“It blew,”"),
        ("Aleksandr Lukashew", "“It froze,”"),
        ("Alyaksandr Lukashev", "“Checkmate,”"),
    ]
    claim(desk, stage(*said))
    assert names(desk) == {"Alexander Lukashev": 2, "Alyaksandr Lukashev": 1}
    assert {one.why for one in desk.claims.spellings("aleksandr-lukashew")} == {None, "office"}
    found = desk.search("speaker:Lukashew")
    assert len(found) == 2  # under either spelling
    assert len(desk.claims.found("speaker:Lukashew", found)) == 2


def test_a_title_and_a_surname_are_joined_where_one_holds_the_office(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said President Ida Holm.")
    put(desk, "chess", "“Checkmate,” said President Holm.")
    put(desk, "opera", "“Bravo,” said Ida K. Holm, who sings.")
    said = [("Ida Holm", "“It blew,”"), ("Holm", "“Checkmate,”"), ("Ida K. Holm", "“Bravo,”")]
    claim(desk, stage(*said))
    assert names(desk) == {"Ida Holm": 3}
    assert {one.why for one in desk.claims.spellings("ida-holm")} == {None, "office", "initial"}


def test_two_that_could_be_meant_are_nobody(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said Ida Holm.", "“It froze,” said Eva Holm.")
    put(desk, "chess", "Ida Holm and Eva Holm play chess.", "“Checkmate,” said Holm.")
    said = [("Ida Holm", "“It blew,”"), ("Eva Holm", "“It froze,”"), ("Holm", "“Checkmate,”")]
    claim(desk, stage(*said))
    assert names(desk) == {"Ida Holm": 1, "Eva Holm": 1, "Holm": 1}


def test_a_body_and_its_short_form(desk: Desk) -> None:
    put(desk, "storm", "“Stay in,” said the Harbour Safety Board (HSB).", "“Now,” said HSB.")
    claim(
        desk, stage(("Harbour Safety Board", "“Stay in,”"), ("HSB", "“Now,”"), kind="organisation")
    )
    assert names(desk) == {"Harbour Safety Board": 2}


def test_rulings_stand_above_evidence_and_are_obeyed_later(desk: Desk) -> None:
    put(desk, "storm", "“It blew,” said Ida Holm.")
    put(desk, "chess", "Ida Holm plays chess.", "“Checkmate,” said Holm.")
    put(desk, "opera", "“Bravo,” said Ida Lund.")
    make = stage(("Ida Holm", "“It blew,”"), ("Holm", "“Checkmate,”"), ("Ida Lund", "“Bravo,”"))
    claim(desk, make)
    part = next(one.key for one in desk.claims.spellings("ida-holm") if one.why)
    first = desk.claims.apart(["ida-holm"], [part])
    assert names(desk) == {"Ida Holm": 1, "Holm": 1, "Ida Lund": 1}
    second = desk.claims.same("ida-holm", "ida-lund")
    assert sorted(names(desk).values()) == [1, 2]
    assert len(desk.search('speaker:"Ida Lund"')) == 2
    put(desk, "chess", "Ida Holm still plays chess.", "“Checkmate,” said Holm.")
    claim(desk, make)
    assert sorted(names(desk).values()) == [1, 2]
    assert [one.number for one in desk.claims.rulings()] == [second, first]
    assert desk.claims.undo(first) is not None
    assert sorted(names(desk).values()) == [3]
    assert desk.claims.undo(second) is not None
    assert names(desk) == {"Ida Holm": 2, "Ida Lund": 1}
    assert desk.claims.undo(second) is None
    with pytest.raises(RulingError, match="nobody: there is no such speaker"):
        desk.claims.same("ida-holm", "nobody")


def test_search_asks_one_claim(desk: Desk) -> None:
    id = put(desk, "storm", "“It blew,” said Ida Holm.", "“It froze,” Per Lund told Radio Quay.")
    claim(desk, stage(("Ida Holm", "“It blew,”"), ("Per Lund", "“It froze,”"), via="Radio Quay"))
    for query, count in {
        "says:blew": 1,
        "says:storm": 0,
        'says:"it blew" speaker:Ida': 1,
        "says:blew speaker:Lund": 0,
        "says:blew OR says:froze": 1,
        "speaker:holm OR speaker:nobody": 1,
        "via:quay storm": 1,
        "via:quay frozen": 0,
        "via:radio -speaker:lund -speaker:holm": 0,
        "says:blew outlet:harbour.example": 1,
        "says:blew language:fr": 0,
        "says:blew since:2020 until:2100": 1,
        "says:blew until:2000": 0,
    }.items():
        found = desk.search(query)
        assert len(found) == count, query
        assert desk.search(query, ranked=True) == found or count, query
        assert desk.search(query, once=True) == found, query
        assert desk.breadth(query).articles == count, query
        assert all(line.id == id for line in found)
    (quoted, _) = desk.claims.found("says:it", desk.search("says:it"))
    assert quoted.stated.number == 1
    for query, wrong in {
        "-says:blew": "excludes claims",
        "storm OR says:blew": "cannot join",
        "says:": "no word",
        "said:storm": "says:",
        "source:storm": "speaker:",
    }.items():
        with pytest.raises(QueryError, match=wrong):
            desk.search(query)


def test_beliefs_are_kept_apart(desk: Desk) -> None:
    put(desk, "storm", "Ida Holm hopes that it will end.")
    claim(desk, stage(("Ida Holm", "it will end")))
    assert names(desk) == {}
    assert desk.claims.by("ida-holm") == []
    ((_, quoted),) = desk.claims.by("ida-holm", thoughts=True)
    assert quoted.stated.claim.attitude == "belief"


def test_pages_of_claims_and_of_speakers(desk: Desk) -> None:
    said = [(f"Ida Holm{'ab'[n % 2]}", f"“It blew {n} times,”") for n in range(9)]
    for speaker, words in said:
        put(desk, words[1:15], f"{words} said {speaker}.")
    claim(desk, stage(*said))
    first = desk.claims.by("ida-holma", limit=3)
    rest = desk.claims.by("ida-holma", after=first[-1][0])
    assert len({quoted.stated.words for _, quoted in first + rest}) == 5
    top = desk.claims.speakers(limit=1)
    assert [one.claims for one in top + desk.claims.speakers(after=top[0].key)] == [5, 4]
    assert len(list(desk.claims.every())) == 9
    assert len(list(desk.claims.every(speaker="ida-holmb"))) == 4
    assert list(desk.claims.every(speaker="nobody")) == []


def test_a_stopped_run_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "BATCH_ARTICLES", 2)
    for n in range(7):
        put(desk, f"storm{n}", f"“It blew {n},” said Ida Holm.")
    make = stage(*[("Ida Holm", f"“It blew {n},”") for n in range(7)])

    def stopped(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
        for number, one in enumerate(make(pages)):
            if number == 5:
                raise KeyboardInterrupt
            yield one

    with pytest.raises(KeyboardInterrupt):
        claim(desk, stopped)
    assert names(desk) == {"Ida Holm": 4}
    assert desk.check() == []
    assert claim(desk, make) == Made(articles=3, claims=3)


def test_in_worker_processes(desk: Desk) -> None:
    id = put(desk, "storm", "“It blew all night and then it froze,” said Ida Holm.")
    assert desk.claims.progress().pending == 1
    assert desk.claims.make().claims == 1
    assert desk.claims.progress().pending == 0
    (stated,) = desk.claims.of(id) or ()
    assert stated.speaker and stated.speaker.name == "Ida Holm"


def die(page: Page) -> Claims:
    if b"dies" in page.content:
        os._exit(3)
    return Claims(id=page.path, text="", claims=())


def test_a_crash_costs_one_article(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    put(desk, "bad", "It dies here.")
    put(desk, "good", "It lives.")

    def make(pages: Iterable[Page]) -> Iterator[tuple[Page | None, Claims | Unreadable]]:
        return answers(pages, Claims, "tests.desk.test_claims:die", seconds=20)

    assert claim(desk, make) == Made(articles=2, missed=1)
    assert "crashed" in desk.claims.missed()[0].error


def test_a_maker_is_told_by_its_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MODELS", tmp_path)
    named: Callable[[str | None], str] = workers.maker.__wrapped__
    assert named("xx") == f"xx quotations {workers.RULES}"
    assert named(None).startswith("en ")
    (tmp_path / "xx.onnx").write_bytes(b"one")
    first = named("xx-Latn")
    (tmp_path / "xx.onnx").write_bytes(b"two")
    assert first.startswith("xx ") and first != named("xx")
