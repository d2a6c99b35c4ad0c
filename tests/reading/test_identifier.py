"""The model of languages, unpacked once: what is mapped from the cache says what is unpacked."""

from pathlib import Path

import pytest

from copytaster.reading import identifier

TEXTS = ("Kodėl tiltas buvo uždarytas, savivaldybė nepaaiškino.", "Hvorfor broen ble stengt", "x")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(identifier, "user_cache_path", lambda name: tmp_path / name)
    return tmp_path / "copytaster"


def told() -> list[tuple[str, float]]:
    model = identifier.identifier.__wrapped__()
    return [model.classify(text) for text in TEXTS]


def test_what_is_kept_says_the_same(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = told()
    (kept,) = cache.iterdir()
    assert len(list(kept.iterdir())) == 6
    monkeypatch.setattr(identifier, "_keep", None)
    assert told() == unpacked
    (kept / "nb_ptc.npy").write_bytes(b"damaged")
    monkeypatch.setattr(identifier, "_keep", lambda model, kept: None)
    assert told() == unpacked


def test_where_nothing_can_be_kept_it_is_unpacked(cache: Path) -> None:
    cache.write_text("no directory")
    assert told()[0][0] == "lt"
