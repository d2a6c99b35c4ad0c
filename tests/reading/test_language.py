import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.language import direction, language_of, normalised

ENGLISH = """The city council decided on Monday to put off the rebuilding of the old bridge until
next year, because it is not clear who will pay for it, the mayor said at a meeting."""
GERMAN = """Der Stadtrat hat am Montag entschieden, den Umbau der alten Brücke auf das nächste Jahr
zu verschieben, weil nicht klar ist, wer ihn bezahlen soll, sagte die Bürgermeisterin."""
UKRAINIAN = """Міська рада вирішила в понеділок відкласти перебудову старого мосту до наступного
року, тому що невідомо, хто за неї заплатить, сказала міська голова на зустрічі."""
CHINESE = "市議會星期一決定延後重建大橋。市長說：「我們要等到明年，這是一個重要的決定。」" * 3


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("en_US", "en"),
        ("EN", "en"),
        ("pt_br", "pt-BR"),
        ("zh-CN", "zh"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("sr-Latn-RS", "sr-Latn"),
        ("iw", "he"),
        ("deu", "de"),
        ("und", None),
        ("English", None),
        ("", None),
        (None, None),
    ],
)
def test_normalised(declared: str | None, tag: str | None) -> None:
    assert normalised(declared) == tag


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en-GB", ENGLISH, "en"),
        (None, ENGLISH, "en"),
        ("en", GERMAN, "de"),
        ("ru", UKRAINIAN, "uk"),
        (None, CHINESE, "zh-Hant"),
        ("zh-TW", CHINESE, "zh-Hant"),
        ("nn", "", "nn"),
        (None, "Hello", None),
        (None, "2021 2022 2023 " * 30, None),
    ],
)
def test_declaration_is_checked(declared: str | None, text: str, language: str | None) -> None:
    assert language_of(declared, text) == language


def test_direction() -> None:
    assert [direction(tag) for tag in ("ar", "fa", "ur", "he", "ku-Arab")] == ["rtl"] * 5
    assert [direction(tag) for tag in ("en", None, "zh-Hant", "pa", "uz-Latn")] == ["ltr"] * 5


@given(st.none() | st.text(), st.text())
def test_any_text_has_a_language_or_none(declared: str | None, text: str) -> None:
    language = language_of(declared, text)
    assert language is None or normalised(language) == language
