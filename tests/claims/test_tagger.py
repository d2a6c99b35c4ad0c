import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bench.claims_sets import SHARED, gum_news, windows
from bench.spans import DOUBTED, judge, language, tagged_spans
from hypothesis import given, settings
from hypothesis import strategies as st

from copytaster.claims.tagger import (
    MODELS,
    Name,
    Span,
    Tagged,
    Tagger,
    _without_rings,
    load,
)

labelled = pytest.mark.skipif(not SHARED.exists(), reason=f"needs the labelled sets in {SHARED}")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = load("en")
    assert found
    return found


def parts(text: str, tagged: Tagged) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in tagged.spans]


def test_nothing_is_noted_to_be_reported_elsewhere(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    code = "from copytaster.claims.tagger import load; load('en')(['He spoke, she said.'])"
    subprocess.run([sys.executable, "-c", code], env=os.environ | home, check=True)
    assert not list(tmp_path.iterdir())


def test_who_said_what(tagger: Tagger) -> None:
    text = "The harbour will reopen on Monday, Mayor Jane Holt told reporters."
    (tagged,) = tagger([text])
    content, source, cue = parts(text, tagged)
    assert content == ("content", "The harbour will reopen on Monday")
    assert source == ("source", "Mayor Jane Holt")
    assert cue in (("cue", "told"), ("cue", "told reporters"))
    assert [(name.kind, text[name.start : name.end]) for name in tagged.names] == [
        ("person", "Jane Holt")
    ]
    words = [text[start:end] for start, end in tagged.tokens]
    told = words.index("told")
    assert tagged.tags[told] == "VERB"
    assert words[tagged.heads[words.index("reporters")]] == "told"
    assert tagged.relations[words.index("Monday")] == "obl"


def test_offsets_count_code_points(tagger: Tagger) -> None:
    text = "😀😀 “Cafe\u0301s are open,” said Zoë O’Neill\u00a0."
    (tagged,) = tagger([text])
    assert ("source", "Zoë O’Neill") in parts(text, tagged)


def test_nothing_in_nothing_out(tagger: Tagger) -> None:
    assert tagger([]) == []
    empty = Tagged((), (), (), (), (), ())
    assert tagger(["", " \n", "\u2003"]) == [empty] * 3


def test_another_paragraph_after_changes_nothing_before(tagger: Tagger) -> None:
    long = ["Officials said the bridge was safe. " * 22, "She denied it. " * 15]
    assert tagger(long)[0] == tagger([*long, "It rained."])[0] == tagger(long[:1])[0]


def test_paragraphs_without_end_are_cut_and_joined(tagger: Tagger) -> None:
    text = "“" + "We will rebuild the bridge, " * 300 + "” said the mayor."
    (tagged,) = tagger([text])
    assert (
        len({len(tagged.tokens), len(tagged.tags), len(tagged.heads), len(tagged.relations)}) == 1
    )
    assert max((s for s in tagged.spans if s.kind == "content"), key=lambda s: s.end - s.start).end


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=80), max_size=6))
def test_any_text(paragraphs: list[str]) -> None:
    tagger = load("en")
    assert tagger
    for text, tagged in zip(paragraphs, tagger(paragraphs), strict=True):
        n = len(tagged.tokens)
        assert len(tagged.tags) == len(tagged.heads) == len(tagged.relations) == n
        assert all(-1 <= head < n for head in tagged.heads)
        found: list[Span | Name] = [*tagged.spans, *tagged.names]
        for part in found:
            assert 0 <= part.start < part.end <= len(text)
            assert text[part.start : part.end].strip()
            assert 0 < part.score <= 1


def test_heads_form_trees() -> None:
    arcs = np.array([[0, 0, 5, 0], [2, 5, 0, 0], [0, 0, 5, 0]], np.float32)
    assert _without_rings([1, 0, 1], arcs) == [1, -1, 1]
    assert _without_rings([0], np.array([[1, 0]], np.float32)) == [-1]


def test_languages_are_the_models() -> None:
    assert load("de") is None
    assert load("en") is load("en")


def test_a_missing_model_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copytaster.claims.tagger.MODELS", tmp_path)
    load.cache_clear()
    with pytest.raises(FileNotFoundError, match=re.escape("en.onnx is missing: reinstall")):
        load("en")
    load.cache_clear()


def test_the_model_is_small_and_has_its_card() -> None:
    assert (MODELS / "en.onnx").stat().st_size <= 30_000_000
    card = (MODELS / "README.md").read_text()
    assert "CC BY-SA 4.0" in card


@labelled
def test_spans_on_the_development_windows(tagger: Tagger) -> None:
    score = judge(windows(), tagged_spans(tagger))
    assert score["source"] >= FLOORS[0]
    assert score["cue"] >= FLOORS[1]
    assert score["content"] >= FLOORS[2]


@labelled
def test_spans_of_other_news(tagger: Tagger) -> None:
    score = judge(gum_news(), tagged_spans(tagger, DOUBTED), overlapping=True)
    assert score["source"] >= OTHER_FLOORS[0]
    assert score["cue"] >= OTHER_FLOORS[1]
    assert score["content"] >= OTHER_FLOORS[2]


@labelled
def test_names_and_syntax(tagger: Tagger) -> None:
    names, tags, las = language(tagger, "gum-open-dev")
    assert (names >= NAMES_FLOOR, tags >= TAGS_FLOOR, las >= LAS_FLOOR) == (True, True, True)


FLOORS = (81.7, 73.9, 68.1)
OTHER_FLOORS = (72.5, 71.5, 67.5)
NAMES_FLOOR, TAGS_FLOOR, LAS_FLOOR = 78.6, 97.1, 87.9
