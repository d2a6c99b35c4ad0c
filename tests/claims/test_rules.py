import pytest

from copytaster.claims import claims
from copytaster.records import Record


def found(text: str, language: str) -> list[tuple[str | None, list[str]]]:
    got = claims(Record(id="1", text=text, language=language))
    assert all(claim.found == "rules" and claim.confidence <= 0.5 for claim in got.claims)
    return [
        (claim.speaker.name if claim.speaker else None, [text[s:e] for s, e in claim.content])
        for claim in got.claims
    ]


@pytest.mark.parametrize(
    ("language", "text", "speaker", "content"),
    [
        (
            "de",
            "„Wir haben das Wasser gehört“, sagte Bürgermeisterin Resi Haller am Abend.",
            "Resi Haller",
            ["„Wir haben das Wasser gehört“"],
        ),
        (
            "fr",
            "« Nous avons entendu l’eau », a déclaré Jean Morel, « et nous sommes partis ».",
            "Jean Morel",
            ["« Nous avons entendu l’eau »", "« et nous sommes partis »"],
        ),
        (
            "es",
            "Vive aquí desde 1990. La alcaldesa Carmen Ubeda dijo: «Cargamos de noche lo vuestro».",
            "Carmen Ubeda",
            ["«Cargamos de noche lo vuestro»"],
        ),
        (
            "ru",
            "«Мы услышали воду ночью», — сказала Ирина Вашко.",
            "Ирина Вашко",
            ["«Мы услышали воду ночью»"],
        ),
        (
            "ja",
            "山田花子市長は「夜に水の音を聞いた」と述べた。",
            "山田花子",
            ["「夜に水の音を聞いた」"],
        ),
    ],
)
def test_a_quotation_beside_a_name(
    language: str, text: str, speaker: str, content: list[str]
) -> None:
    assert found(text, language) == [(speaker, content)]


def test_a_last_name_has_the_full_name() -> None:
    text = (
        "Am Abend kam Resi Haller. Es regnete.\n\n"
        "„Wir haben das Wasser in der Nacht gehört“, sagte Haller."
    )
    assert found(text, "de") == [("Resi Haller", ["„Wir haben das Wasser in der Nacht gehört“"])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Wir haben das Wasser gehört“, sagte die Bürgermeisterin."),
        ("de", "Resi Haller las „Der große Regen im Tal“ am Abend."),
        ("sw", "“Tulisikia maji usiku wa jana,” alisema Amina Juma."),
        ("ar", "قالت أمينة: «سمعنا الماء في الليل الماضي»."),
    ],
)
def test_what_is_less_plain_is_left_out(language: str, text: str) -> None:
    assert found(text, language) == []
