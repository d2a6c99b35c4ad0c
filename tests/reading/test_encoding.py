import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.encoding import codec, decode

RUSSIAN = (
    "Совет города решил в понедельник отложить перестройку моста. «Мы подождём», — сказал мэр."
)
UKRAINIAN = "Міська рада вирішила в понеділок відкласти перебудову мосту, якщо уряд її не оплатить."
JAPANESE = "市議会は月曜日、橋の建て替えを延期することを決めた。「もう少し待つ」と市長は述べた。"
CHINESE = "市议会星期一决定推迟重建大桥。市长说：“我们要等到明年，这是一个重要的决定。”"
TAIWANESE = "市議會星期一決定延後重建大橋。市長說：「我們要等到明年，這是一個重要的決定。」"
KOREAN = "시의회는 월요일 다리 재건을 연기하기로 결정했다. 시장은 내년까지 기다리겠다고 말했다."
GERMAN = "Der Stadtrat verschob am Montag den Umbau der Brücke. Das wäre für größere Städte üblich."
FRENCH = "Le conseil a décidé lundi de reporter la rénovation du pont, qui n’était pas financée."
POLISH = (
    "Rada miejska zdecydowała w poniedziałek, że przebudowa mostu zostanie odłożona na później."
)
CZECH = "Zastupitelé v pondělí rozhodli, že přestavbu mostu odloží. Řekl to starosta města."
GREEK = "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να αναβάλει την ανακατασκευή της γέφυρας."
HEBREW = "מועצת העיר החליטה ביום שני לדחות את בנייתו מחדש של הגשר עד לשנה הבאה."
ARABIC = "قرر مجلس المدينة يوم الاثنين تأجيل إعادة بناء الجسر إلى العام المقبل بسبب التكلفة."
TURKISH = (
    "Belediye meclisi pazartesi günü köprünün yenilenmesini ertelemeye karar verdi, dedi Işık."
)

WRITTEN = [
    (RUSSIAN, "cp1251"),
    (UKRAINIAN, "cp1251"),
    (UKRAINIAN, "koi8-u"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (CHINESE, "gb18030"),
    (TAIWANESE, "big5"),
    (KOREAN, "euc_kr"),
    (GERMAN, "cp1252"),
    (FRENCH, "cp1252"),
    (POLISH, "cp1250"),
    (CZECH, "cp1250"),
    (GREEK, "cp1253"),
    (HEBREW, "cp1255"),
    (ARABIC, "cp1256"),
    (TURKISH, "cp1254"),
]


def page(text: str, declaration: str = "") -> str:
    return f"<!doctype html><html><head>{declaration}<title>{text[:20]}</title></head>{text}</html>"


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_guesses_what_is_not_named(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), None, html=False) == text
    assert decode(page(text).encode(encoding), None, html=True) == page(text)


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_does_not_believe_a_wrong_name(text: str, encoding: str) -> None:
    wrong = page(text, '<meta charset="utf-8">')
    assert decode(wrong.encode(encoding), "UTF-8", html=True) == wrong


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_utf_8_under_another_name(text: str, encoding: str) -> None:
    assert decode(text.encode(), encoding, html=False) == text


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<META http-equiv=Content-Type content='text/html; charset = windows-1251'>", "cp1251"),
        ('<!-- <meta charset="shift_jis"> --><meta charset=koi8-r>', "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
    ],
)
def test_declared_in_the_page(declaration: str, encoding: str) -> None:
    text = page("да", declaration)
    assert decode(text.encode(encoding), None, html=True) == text


def test_the_header_goes_before_the_page() -> None:
    text = page("да", '<meta charset="koi8-r">')
    assert decode(text.encode("cp1251"), "windows-1251", html=True) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    text = page(JAPANESE, '<meta charset="windows-1252">')
    assert decode(text.encode(encoding), "shift_jis", html=True) == text


def test_one_damaged_character_costs_that_character() -> None:
    damaged = RUSSIAN.encode() + b"\xd0"
    assert decode(damaged, "utf-8", html=False) == RUSSIAN + "\ufffd"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        (" UTF8 ", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("latin5", "cp1254"),
        ("utf-16", "utf-16-le"),
        ("rot13", None),
        ("utf-7", None),
        ("none\x00such", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_as_browsers_know_them(label: str | None, name: str | None) -> None:
    assert codec(label) == name


@given(st.binary(), st.none() | st.text() | st.sampled_from(["utf-16", "gbk"]), st.booleans())
def test_never_raises(content: bytes, declared: str | None, html: bool) -> None:
    decode(content, declared, html=html).encode()


def test_a_letter_cut_in_two_is_no_other_encoding() -> None:
    text = "Zurück zur Übersicht für Schüler, Bürger und Gäste " * 20
    content = text.encode() + b"\xfc" + text.encode()
    assert decode(content, None, html=False) == f"{text}\ufffd{text}"
