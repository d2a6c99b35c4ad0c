"""The plain text of a page becomes an article: the recipe.

What "select all, copy" in a browser gives, or `w3m -dump`, `lynx -dump`, or our own `layout`. There
are no elements to go by, only lines, indents, lengths and a few words that pages use everywhere.
"""

import re
from collections.abc import Sequence

from copytaster.article import Article, Block, Picture, Teaser
from copytaster.page import Page
from copytaster.reading import NoArticle, identify
from copytaster.reading.bylines import agency, names
from copytaster.reading.dates import visible
from copytaster.reading.encoding import decode
from copytaster.reading.language import language_of
from copytaster.reading.lines import Piece, pieces
from copytaster.reading.pictures import split_credit

_RELATED = re.compile(
    r"(?:similar|related|recommended|more) (?:articles|stories|news|content|topics)|related"
    r"|(?:read|see) (?:also|more|next)|also read|more on this(?: story| topic)?|you may also like"
    r"|up next|don.t miss|most (?:read|popular)|trending(?: now)?"
    r"|mehr zum thema|(?:lesen|sehen) sie (?:auch|mehr|dazu)|auch interessant|weitere artikel"
    r"|ähnliche artikel|das könnte (?:sie|dich) auch interessieren|passend dazu|meistgelesen"
    r"|[àa] lire (?:aussi|également)|lire aussi|sur le même (?:sujet|thème)|articles liés"
    r"|(?:lea|leer|lee|ver) (?:también|más)|te puede interesar|noticias relacionadas"
    r"|leia (?:também|mais)|(?:notícias|artigos) relacionad[ao]s|veja também"
    r"|leggi anche|articoli correlati|potrebbe interessarti"
    r"|lees ook|lees meer|gerelateerd(?:e artikelen)?|meer over dit onderwerp"
    r"|läs (?:också|även|mer)|relaterat|les også|les mer|læs også|lue myös"
    r"|czytaj (?:także|też|więcej)|zobacz (?:także|też|również)|przeczytaj (?:także|też)"
    r"|přečtěte si(?: také)?|související články|čítajte aj"
    r"|читайте также|по теме|материалы по теме|смотрите также|читайте також|за темою"
    r"|прочетете още|diğer haberler|ilgili haberler|διαβάστε (?:επίσης|ακόμα)|σχετικά άρθρα"
    r"|関連記事|関連ニュース|相关(?:新闻|阅读|文章)|延伸阅读|相關新聞|관련기사"
    r"|اقرأ (?:أيضا|أيضًا|المزيد)|مواضيع ذات صلة|مقالات ذات صلة|כתבות נוספות|עוד בנושא",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?:photo|picture|image|foto|bild|фото|fotografía|imagen|immagine|zdjęcie|写真|صورة)"
    r"(?: credit)?\s*[:：]",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|av|af|przez|autor(?:in)?|author|auteur|автор|от)\s*[:：]?\s+\S",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted|veröffentlicht|publié|publicado|pubblicato|опубликовано)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last )?(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato|обновлено)\b",
    re.IGNORECASE,
)
_LONG = 80


def read_dump(page: Page) -> Article:
    """Read the plain text of a page. Raises NoArticle."""
    found = pieces(decode(page.content, page.charset, html=False))
    end = next((n for n, piece in enumerate(found) if _is_related(piece)), len(found))
    story, boxes = found[:end], found[end + 1 :]
    top = _headline(story)
    if top is None:
        raise NoArticle(f"{page.path}: no article found (no running text under a headline)")
    kicker = story[top - 1].text if top else None
    begin = _first_paragraph(story, top + 1)
    above = story[top + 1 : begin]
    pictures, bylines, dates, standfirst = _furniture(above)
    body, inside = _body(story[begin:])
    text = "\n".join(block.text for block in body)
    return Article(
        id=identify(page, None),
        path=page.path,
        url=page.url,
        fetched=page.fetched,
        agency=agency(bylines, body[0].text, body[-1].text),
        language=language_of(None, text),
        headline=story[top].text,
        standfirst=standfirst,
        kicker=kicker if kicker and len(kicker) < 40 else None,
        bylines=bylines,
        date_published=dates[0],
        date_modified=dates[1],
        body=body,
        pictures=(*pictures, *inside),
        teasers=_teasers(boxes),
    )


def _is_related(piece: Piece) -> bool:
    return bool(_RELATED.fullmatch(piece.text.strip(" :：…>»")))


def _headline(story: Sequence[Piece]) -> int | None:
    """Find the headline: the last line that can be one before the running text begins."""
    for number, piece in enumerate(story):
        if len(piece.text) >= 15 and any(len(later.text) >= _LONG for later in story[number + 1 :]):
            return number
    return None


def _first_paragraph(story: Sequence[Piece], start: int) -> int:
    """Find where the body begins: behind the last byline, date or photo line under the headline."""
    begin = start
    for number in range(start, min(start + 8, len(story) - 1)):
        text = story[number].text
        if _is_photo(text) or _is_byline(text) or _is_date(text):
            begin = number + 1
    return begin


def _is_photo(text: str) -> bool:
    return bool(_PHOTO.match(text)) and len(text) < 400


def _is_byline(text: str) -> bool:
    return bool(_BYLINE.match(text)) and len(text) < 100 and not text.endswith((".", ":"))


def _is_date(text: str) -> bool:
    return len(text) < 80 and visible(text) is not None


def _furniture(
    above: Sequence[Piece],
) -> tuple[list[Picture], tuple[str, ...], tuple[str | None, str | None], str | None]:
    """Sort what stands between headline and body: pictures, bylines, dates, standfirst."""
    pictures: list[Picture] = []
    bylines: list[str] = []
    published = modified = standfirst = None
    for piece in above:
        text = piece.text
        if _is_photo(text):
            pictures.append(_picture(text))
        elif _is_byline(text):
            bylines.append(text)
        elif _is_date(text):
            if _UPDATED.match(text):
                modified = modified or visible(text)
            else:
                published = published or visible(text)
        elif len(text) >= 25 and standfirst is None:
            standfirst = text
    return pictures, names(bylines), (published, modified), standfirst


def _picture(line: str) -> Picture:
    caption, credit = split_credit(line)
    return Picture(caption=caption, credit=credit)


def _body(story: Sequence[Piece]) -> tuple[tuple[Block, ...], list[Picture]]:
    blocks: list[Block] = []
    pictures: list[Picture] = []
    for piece in story:
        if _is_photo(piece.text):
            pictures.append(_picture(piece.text))
        elif piece.bullet:
            blocks.append(Block("list", piece.text))
        elif piece.indent >= 4:
            blocks.append(Block("quote", piece.text))
        elif len(piece.text) < _LONG and piece.text[-1:].isalnum():
            blocks.append(Block("heading", piece.text))
        else:
            blocks.append(Block("paragraph", piece.text))
    return tuple(blocks), pictures


def _teasers(boxes: Sequence[Piece]) -> tuple[Teaser, ...]:
    """Read the boxes below "Similar articles": each bullet begins one."""
    teasers: list[Teaser] = []
    for piece in boxes:
        if piece.bullet:
            teasers.append(Teaser(headline=piece.text))
        elif teasers:
            teasers[-1] = _with(teasers[-1], piece.text)
    return tuple(teasers)


def _with(teaser: Teaser, text: str) -> Teaser:
    """Add a line of its box to a teaser."""
    picture, standfirst, count = teaser.picture, teaser.standfirst, teaser.count
    if text.isascii() and text.isdigit():
        count = int(text) if count is None and len(text) < 12 else count
    elif text == teaser.headline and standfirst is None:
        picture = Picture(caption=text)
    elif _is_photo(text):
        picture = _picture(text)
    else:
        standfirst = standfirst or text
    return Teaser(headline=teaser.headline, picture=picture, standfirst=standfirst, count=count)
