"""An article as plain text, laid out the way a news page is."""

from collections.abc import Iterator

from copytaster.article import Article, Block, Picture, Teaser

SIMILAR = "Similar articles"


def layout(article: Article) -> str:
    """Headline, photo lines, paragraphs, "Similar articles"; reading it again gives the article.

    Blocks are apart by one blank line; there is no line break at the end. Addresses have no place
    on such a page, nor have section, keywords and warnings.
    """
    text = "\n\n".join(_blocks(article))
    if article.teasers:
        text += f"\n\n{SIMILAR}\n\n" + "\n".join(map(_teaser, article.teasers))
    return text


def _blocks(article: Article) -> Iterator[str]:
    if article.kicker:
        yield article.kicker
    yield article.headline
    if article.standfirst:
        yield article.standfirst
    if article.bylines:
        yield "By " + ", ".join(article.bylines)
    if article.date_published:
        yield f"Published: {article.date_published}"
    if article.date_modified:
        yield f"Updated: {article.date_modified}"
    for picture in article.pictures:
        if picture.caption or picture.credit:
            yield _photo(picture)
    yield from map(_block, article.body)


def _photo(picture: Picture) -> str:
    """Write a photo line the way the wires do: the credit, then the caption."""
    return "Photo: " + " ".join(filter(None, (picture.credit, picture.caption)))


def _block(block: Block) -> str:
    if block.kind == "list":
        return f"  • {block.text}"
    return f"    {block.text}" if block.kind == "quote" else block.text


def _teaser(teaser: Teaser) -> str:
    """Write a teaser as a text browser shows it: the picture by its alternative text."""
    lines = [f"  • {teaser.headline}"]
    if teaser.picture and teaser.picture.caption == teaser.headline:
        lines.append(f"    {teaser.headline}")
    elif teaser.picture and (teaser.picture.caption or teaser.picture.credit):
        lines.append(f"    {_photo(teaser.picture)}")
    if teaser.standfirst:
        lines.append(f"    {teaser.standfirst}")
    if teaser.count is not None:
        lines.append(f"    {teaser.count}")
    return "\n\n".join(lines)
