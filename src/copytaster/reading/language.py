"""The language of an article: what its page declares, checked against its words."""

import re
from typing import Literal

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(?:-[a-z0-9-]+)?\Z")

# Subtags that were replaced in the IANA registry, and three-letter ones that have a shorter form.
_NEWER_WORDS = """
    in:id iw:he ji:yi mo:ro sh:sr tl:fil nb:no eng:en deu:de ger:de fra:fr fre:fr spa:es ita:it
    rus:ru por:pt nld:nl dut:nl pol:pl ara:ar jpn:ja zho:zh chi:zh kor:ko tur:tr ukr:uk fas:fa
    heb:he
"""
_NEWER = dict(pair.split(":") for pair in _NEWER_WORDS.split())

# Countries that tell which script or which written standard is meant; others say nothing of use.
_TELLING = {"zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "pt-br": "pt-BR"}
_USUAL_SCRIPT = {"zh": "Hans", "sr": "Cyrl", "uz": "Latn", "az": "Latn", "mn": "Cyrl"}
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"])

# The smallest words of the languages pages are mostly in: where a tenth of an article's words are
# among those of the declared language, the declaration holds and no model is needed.
_SMALL_WORDS = {
    "af": "die van en in is het dat vir nie wat met op te aan hy as sy om by",
    "ar": "في من على إلى عن أن التي الذي هذا هذه ما مع بعد قال كان لا",
    "be": "і у на з не што да як па ў за ад гэта для пра яго быў але да",
    "bg": "на и в за да от се с е по че са не като до ще през това които който",
    "ca": "de la i el que a en les els per un del amb una és al no es va com",
    "cs": "a v na se že s z do je o k i za by pro po ve od to ale jako které který",
    "da": "og i at det en er til på af for med der de som den har ikke et om var",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch",
    "el": "και το να του η της με που την από για τα είναι των σε ο οι στο θα στην",
    "en": "the of and to in a is that for on was with as it by at he his from are be has have",
    "es": "de la que el en y a los se del las un por con una su para es al lo como",
    "et": "ja on ei et see ka oli kui ta mis aga või ning oma ma ole kes selle pole",
    "fa": "و در به از که این را با است برای آن یک تا بر بود شد هم می های",
    "fi": "ja on ei se että oli hän mutta joka ovat kun myös ole mukaan jos tai kuin",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se",
    "he": "של על את לא זה עם הוא כי גם היא אך או אל כל אני יש",
    "hi": "के में की है और से को का ने पर कि हैं यह इस भी नहीं एक",
    "hr": "i u je na se da su za od s o koji što kao ne iz bi će nije koja",
    "hu": "a az és hogy nem is egy volt meg de ha el csak már mint ez",
    "id": "yang dan di ini dengan untuk dari dalam tidak itu pada akan ke juga",
    "is": "og að í á sem er til við um en af var með ekki það hann hún fyrir frá hefur því",
    "it": "di e che la il un a per in una sono del non della con le si i da al",
    "lt": "ir kad į su iš yra tai bet per už dėl buvo nuo po kaip prie apie jis ar taip",
    "lv": "un ir ka ar no par uz kas bet arī tas tā lai pie vai gan jau to pēc kā",
    "ms": "yang dan di untuk dengan ini itu pada dalam tidak kepada oleh akan telah dari ke",
    "nl": "de van het een en in is dat op te met voor niet zijn die aan er om ook als",
    "no": "og i det på som er en til for av at har de med ikke den et om han",
    "pl": "w i na z się do to że nie o jest jak po od za przez dla są co tym",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos",
    "ro": "de și în a la cu că pe nu din o un care pentru mai au fost este",
    "ru": "в и на с не что по он как из к о за от его а это для но у был",
    "sk": "na v sa je že s o do za z aj to ako by po pre od ktoré ktorý bol",
    "sl": "je in v na da se za so ki pa z bi s tudi ne o ter po kot od ni",
    "sr": "и у је да на се за су од са о који што као из би ће i u je na se da su za od sa",
    "sv": "och i att det som en på är av för med till den har de inte om ett han",
    "sw": "ya na wa kwa ni katika za la cha kuwa hiyo huo kama hii baada yake huku",
    "tr": "ve bir bu da de için ile olarak en çok daha ne ama kadar olan",
    "uk": "в і на з не що та до у за про як від його це для але був є й",
    "ur": "کے کی میں کا ہے اور سے نے کو پر ہیں کہ اس کر یہ بھی",
    "vi": "và của là có cho được các trong với không một người đã này những khi để",
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")

# Scripts that one language is written in, in the order they tell: kana before the Chinese
# characters that Japanese has too.
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30fa]"), 0.1),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.6),
    ("ko", re.compile("[\uac00-\ud7a3]"), 0.5),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), 0.6),
    ("he", re.compile("[\u05d0-\u05ea]"), 0.6),
    ("th", re.compile("[\u0e01-\u0e4e]"), 0.6),
    ("hy", re.compile("[\u0531-\u0587]"), 0.6),
    ("ka", re.compile("[\u10d0-\u10ff]"), 0.6),
)

_LOOKED_AT = 1000
"""Characters of the text that are looked at: the time grows with them, and more are no surer."""
_CLASSIFIED = 600
"""Of these, characters that the model is given: of 300 texts it is as sure by 400."""
_ENOUGH = 60
"""Letters below which a text alone does not tell its language."""
_SURE = 0.9


def language_of(declared: str | None, text: str) -> str | None:
    """Give the article's language as a BCP 47 tag, as short as it can be: "en", "pt-BR", "zh-Hant".

    `declared` is the page's word for it ("en_US"), `text` what a reader reads. A declaration that
    the text contradicts is dropped; where neither is sure there is no language.
    """
    tag = normalised(declared)
    sample = text[:_LOOKED_AT]
    if tag and _small_words(tag, sample):
        return tag
    # No other language has half as many of these words: most texts need no model, which takes a
    # second to load.
    english = "en" if _small_words("en", sample, one_in=5) else None
    found = english or _by_script(sample) or _by_letters(sample)
    if found is None or (tag and _alike(tag, found)):
        return tag
    return found


def direction(language: str | None) -> Literal["rtl", "ltr"]:
    """Give the direction that a language is written in."""
    first, *rest = (language or "").split("-")
    if rest and len(rest[0]) == 4:
        return "rtl" if rest[0].title() in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"


def normalised(tag: str | None) -> str | None:
    """Give a language tag as short as it can be; nothing for what is none."""
    found = _TAG.match((tag or "").strip().lower().replace("_", "-"))
    if not found or found[1] in ("und", "mul", "zxx"):
        return None
    language, script, country = found[1], found[2], found[3]
    language = _NEWER.get(language, language)
    if script and script.title() != _USUAL_SCRIPT.get(language, "Latn"):
        return f"{language}-{script.title()}"
    if script:
        return language if language != "sr" else f"{language}-{script.title()}"
    return _TELLING.get(f"{language}-{country}", language)


def _small_words(tag: str, sample: str, one_in: int = 8) -> bool:
    """Tell whether the sample is full of a language's small words: at least one in so many."""
    words = sample.lower().split()
    small = _SMALL.get(tag.partition("-")[0], frozenset())
    return len(words) > 20 and sum(map(small.__contains__, words)) * one_in > len(words)


def _by_script(sample: str) -> str | None:
    letters = "".join(_WORD.findall(sample))
    if len(letters) < 10:
        return None
    for language, script, share in _SCRIPTS:
        if len(script.findall(letters)) > share * len(letters):
            return "zh-Hant" if language == "zh" and _is_traditional(sample) else language
    return None


def _by_letters(sample: str) -> str | None:
    if len("".join(_WORD.findall(sample))) < _ENOUGH:
        return None
    from copytaster.reading.identifier import identifier  # loaded when the first page needs it

    language, sure = identifier().classify(sample[:_CLASSIFIED])
    return normalised(language) if sure >= _SURE else None


# Languages that a model of letters mixes up: between these the page is believed.
_NEIGHBOURS = (
    {"no", "nn", "da"},
    {"hr", "bs", "sr", "sr-Latn", "cnr", "sl"},
    {"id", "ms", "jv", "su"},
    {"cs", "sk"},
    {"af", "nl", "fy"},
    {"de", "lb", "gsw", "nds"},
    {"es", "gl", "ca", "ast", "an", "ext", "oc"},
    {"pt", "pt-BR", "gl"},
    {"fr", "oc", "wa", "ht"},
    {"it", "vec", "lij", "co", "sc"},
    {"bg", "mk"},
    {"kk", "ky", "tt", "ba"},
    {"ar", "arz", "ary"},
    {"fa", "ps", "ur", "ckb", "ku", "sd", "sdh"},
    {"hi", "mr", "ne", "sa", "gom"},
    {"tr", "az", "tk", "uz", "crh"},
    {"zh", "zh-Hant", "yue", "wuu"},
    {"fil", "bcl", "ceb"},
    {"xh", "zu", "ss", "nr", "st", "nso", "tn", "sn"},
    {"en", "pcm"},
    {"he", "yi"},
)


def _alike(one: str, other: str) -> bool:
    """Tell whether two tags are one language, or two that are easily taken for each other."""
    return one.partition("-")[0] == other.partition("-")[0] or any(
        one in neighbours and other in neighbours for neighbours in _NEIGHBOURS
    )


def _is_traditional(sample: str) -> bool:
    """Tell traditional from simplified Chinese by which national set holds more of the text."""
    return len(sample.encode("big5", "ignore")) > len(sample.encode("gb2312", "ignore"))
