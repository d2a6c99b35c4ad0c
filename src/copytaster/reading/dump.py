"""The plain text of a page becomes an article: the recipe.

What "select all, copy" in a browser gives, or `w3m -dump`, `lynx -dump`, or our own `layout`. There
are no elements to go by, only lines, indents, lengths and a few words that pages use everywhere.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from copytaster.article import Article, Block, Picture, Teaser
from copytaster.page import Page
from copytaster.reading import NoArticle, identify, phrases, prose
from copytaster.reading.bylines import agency, names
from copytaster.reading.credits import split_credit
from copytaster.reading.dates import visible
from copytaster.reading.encoding import decode
from copytaster.reading.language import language_of
from copytaster.reading.lines import Dump, Piece, pieces
from copytaster.reading.look import ends, size

LARGEST = 2_000_000
"""Bytes of text that are read; no page comes near."""
_LONG = 60
_LOOK_BACK = 60
"""Pieces above the text among which the headline is looked for."""
_SURE = 0.25
"""How likely a piece must be the headline."""
_CERTAIN, _STRAIGHT, _BRIEF = 0.9, 10, 100
"""How likely the headline of a brief must be, how many pieces below it the brief stands at most,
and its letters."""
_SMALLEST = 80
"""Letters of running text below which there is no article."""


class _Story(Struct, frozen=True):
    """A dump taken apart."""

    headline: int
    body: tuple[int, ...]
    """Numbers of the pieces that are text, all below the headline."""
    boxes: int
    """Number of the first piece behind the heading over the page's teasers."""


def read_dump(page: Page) -> Article:
    """Read the plain text of a page. Raises NoArticle."""
    if len(page.content) > LARGEST:
        raise NoArticle(
            f"{len(page.content) / 1e6:.0f} MB of text, more than the {LARGEST / 1e6:.0f} MB that "
            "are read; give the pages one by one"
        )
    dump = pieces(decode(page.content, page.charset, html=False))
    story = _plain_story(dump) or _found_story(dump)
    if story is None:
        raise NoArticle("no article found (no running text under a headline)")
    found = dump.pieces
    headline = found[story.headline].text
    between = found[story.headline + 1 : story.body[0]]
    bylines = names(piece.text for piece in between if _is_byline(piece))
    published, modified = _dates([*between, *_dateline(found[max(0, story.headline - 2) :])])
    blocks = tuple(_blocks(dump, story))
    text = "\n".join(block.text for block in blocks)
    return Article(
        id=identify(page, None),
        path=page.path,
        url=page.url,
        fetched=page.fetched,
        agency=agency(bylines, blocks[0].text, blocks[-1].text),
        language=language_of(None, text),
        headline=headline,
        standfirst=_standfirst(between),
        kicker=_kicker(found[: story.headline]),
        bylines=bylines,
        date_published=published,
        date_modified=modified,
        body=blocks,
        pictures=tuple(_pictures(dump, story)),
        teasers=tuple(_teasers(found[story.boxes :])),
    )


def apart(dump: Dump) -> list[str]:
    """Give a label for each piece: what it was taken for."""
    labels = ["furniture"] * len(dump.pieces)
    if story := _plain_story(dump) or _found_story(dump):
        labels[story.headline] = "headline"
        for number, block in zip(story.body, _blocks(dump, story), strict=True):
            labels[number] = block.kind
        for number in range(story.boxes, len(labels)):
            labels[number] = "teaser"
    return labels


def _plain_story(dump: Dump) -> _Story | None:
    """Take apart a dump that holds the article and nothing else but its teasers."""
    found = dump.pieces
    end = next((n for n, piece in enumerate(found) if _is_related(piece)), len(found))
    first = next((n for n in range(end) if _is_running(found[n])), end)
    if first == end or first > 9 or any(piece.bullet or piece.links for piece in found[:first]):
        return None
    running = sum(size(piece.text) for piece in found[first:end] if _is_running(piece))
    letters = sum(size(piece.text) for piece in found[first:end] if not piece.bullet)
    below = sum(size(piece.text) for piece in found[end:] if piece.indent == 0)
    if not first or running * 2 < max(letters, below):
        return None
    if not all(piece.apart for piece in found[:end]):
        return None  # lines of a page, with some text among them
    headline = _headline(dump, first) or 0
    begin = headline + 1
    for number in range(begin, min(begin + 8, end - 1)):
        if _is_photo(found[number]) or _is_byline(found[number]) or _is_date(found[number]):
            begin = number + 1
    body = tuple(n for n in range(begin, end) if not _is_photo(found[n]))
    return _Story(headline, body, end + 1) if body else None


def _found_story(dump: Dump) -> _Story | None:
    """Find the article in a dump of a whole page."""
    found = dump.pieces
    likely = prose.likelihoods(dump)
    text = prose.taken(likely.body, [max(8, size(piece.text)) for piece in found])
    running = any(_is_running(found[number]) for number in text)
    if not running or sum(size(found[number].text) for number in text) < _SMALLEST:
        return _brief(found, likely.headline)
    headline = _over(found, text, likely.headline)
    if headline is None:
        return None
    body = tuple(
        number
        for number in text
        if number > headline and found[number].text != found[headline].text
    )
    last = body[-1]
    boxes = next((n for n in range(last, len(found)) if _is_related(found[n])), len(found))
    return _Story(headline, body, boxes + 1)


def _brief(found: Sequence[Piece], likely: Sequence[float]) -> _Story | None:
    """Take the sentences straight below what is surely the headline, where all else is page."""
    headline = max(range(len(likely)), key=lambda number: likely[number], default=0)
    if not likely or likely[headline] < _CERTAIN:
        return None
    below = range(headline + 1, min(headline + _STRAIGHT, len(found)))
    body = tuple(n for n in below if _is_running(found[n]) and size(found[n].text) >= _BRIEF)
    return _Story(headline, body, len(found)) if body else None


def _over(found: Sequence[Piece], text: Sequence[int], likely: Sequence[float]) -> int | None:
    """Give the number of the headline: the likeliest, by how much of the text stands below it."""
    below = [0] * len(found)
    for number in text:
        below[number] = size(found[number].text)
    sums = list(accumulate(reversed(below), initial=0))[::-1]
    return max(range(text[-1]), key=lambda number: likely[number] * sums[number + 1], default=None)


def _headline(dump: Dump, first: int) -> int | None:
    """Find the headline among the pieces above the first of the running text."""
    found = dump.pieces
    best, most = None, -2.0
    for number in range(max(0, first - _LOOK_BACK), first):
        piece = found[number]
        text, letters = piece.text, size(piece.text)
        if not 15 <= letters <= 250 or _is_photo(piece) or _is_date(piece) or _is_byline(piece):
            continue
        after = found[number + 1 : number + 4]
        points = 1.0 + 2.0 * piece.heading + 1.0 * (letters >= 30) + 0.3 * piece.apart
        points += 0.7 * (letters < 110) - 0.7 * (" | " in text or "Published" in text)
        points += 1.0 * any(_is_byline(piece) or _is_date(piece) for piece in after)
        points -= (
            1.5 * piece.bullet + 1.5 * (piece.url is not None) + 1.0 * text.endswith((".", "。"))
        )
        points -= 2.0 * bool(phrases.FURNITURE.match(text)) + 3.0 * _is_related(piece)
        points -= 2.0 * bool(phrases.CREDIT.search(text)) + 0.03 * (first - number)
        points += 0.5 * (sum(text == other.text for other in found) > 1) - 1.0 * (letters > 140)
        if points > most:
            best, most = number, points
    return best


def _is_running(piece: Piece) -> bool:
    text = piece.text
    return not (piece.bullet or piece.heading) and size(text) >= _LONG and ends(text)


def _is_related(piece: Piece) -> bool:
    return len(piece.text) < 60 and bool(phrases.RELATED.fullmatch(piece.text))


def _is_photo(piece: Piece) -> bool:
    return len(piece.text) < 400 and bool(phrases.PHOTO.match(piece.text))


def _is_byline(piece: Piece) -> bool:
    text = piece.text
    return len(text) < 100 and not ends(text) and bool(phrases.BYLINE.match(text))


def _is_date(piece: Piece) -> bool:
    return len(piece.text) < _LONG and visible(piece.text) is not None


def _dateline(pieces: Sequence[Piece]) -> list[Piece]:
    """Give the two pieces above the headline, where some pages have their date."""
    return [piece for piece in pieces[:2] if len(piece.text) < 40]


def _dates(between: Sequence[Piece]) -> tuple[str | None, str | None]:
    """Give the dates of publication and of change that stand about the headline."""
    published = modified = None
    for piece in between:
        if _is_date(piece):
            if phrases.UPDATED.match(piece.text):
                modified = modified or visible(piece.text)
            else:
                published = published or visible(piece.text)
    return published, modified


def _standfirst(between: Sequence[Piece]) -> str | None:
    """Give the sentence or two straight below the headline that are nothing else."""
    for piece in between[:3]:
        if _is_photo(piece) or _is_byline(piece) or _is_date(piece) or piece.bullet:
            continue
        if size(piece.text) >= 40 and not phrases.FURNITURE.match(piece.text):
            return piece.text
    return None


def _kicker(above: Sequence[Piece]) -> str | None:
    """Give the few words straight above the headline."""
    if above and len(above) < 3 and size(above[-1].text) < 40 and not _is_date(above[-1]):
        return above[-1].text
    return None


def _blocks(dump: Dump, story: _Story) -> Iterator[Block]:
    inner = min(dump.pieces[number].indent for number in story.body)
    for number in story.body:
        piece = dump.pieces[number]
        short = size(piece.text) < _LONG and piece.text[-1:].isalnum()
        if piece.bullet:
            yield Block("list", piece.text)
        elif piece.heading or (short and piece.apart and piece.indent == inner):
            yield Block("heading", piece.text)
        elif piece.indent >= inner + 4 and not dump.numbered:
            yield Block("quote", piece.text)
        else:
            yield Block("paragraph", piece.text)


def _pictures(dump: Dump, story: _Story) -> Iterator[Picture]:
    """Give the pictures whose lines stand in the article and say that they are such."""
    inside = set(story.body)
    seen = set()
    for number in range(story.headline + 1, story.body[-1] + 2):
        if number in inside or number >= min(len(dump.pieces), story.boxes - 1):
            continue
        text = dump.pieces[number].text
        if len(text) > 600 or text in seen:
            continue
        caption, credit = split_credit(text)
        if credit and (caption or phrases.PHOTO.match(text)):
            seen.add(text)
            yield Picture(caption=caption, credit=credit)
        elif phrases.PHOTO.match(text):
            seen.add(text)
            yield Picture(caption=caption)


def _teasers(boxes: Sequence[Piece]) -> Iterator[Teaser]:
    """Read the boxes below "Similar articles": each bullet begins one."""
    lines: list[Piece] = []
    for piece in boxes:
        if piece.bullet or (lines and piece.indent < lines[0].indent):
            if lines and (teaser := _teaser(lines)):
                yield teaser
            lines = []
            if not piece.bullet:
                return
        if piece.bullet or lines:
            lines.append(piece)
    if lines and (teaser := _teaser(lines)):
        yield teaser


def _teaser(lines: Sequence[Piece]) -> Teaser | None:
    """Read one box: the headline, the picture's alternative text, a standfirst and a count."""
    headline, *rest = (piece.text for piece in lines)
    if size(headline) < 15:
        return None
    picture = standfirst = count = None
    for text in rest:
        if text.isascii() and text.isdigit() and len(text) < 12:
            count = int(text) if count is None else count
        elif text == headline and standfirst is None:
            picture = Picture(caption=text)
        elif phrases.PHOTO.match(text):
            caption, credit = split_credit(text)
            picture = Picture(caption=caption, credit=credit)
        else:
            standfirst = standfirst or text
    url = lines[0].url or ""
    return Teaser(
        headline=headline,
        url=url if url.startswith(("http://", "https://")) else None,
        picture=picture,
        standfirst=standfirst,
        count=count,
    )
