"""An article as plain text, laid out the way a news page is."""

from copytaster.article import Article


def layout(article: Article) -> str:
    """Headline, photo lines, paragraphs, "Similar articles"; reading it again gives the article."""
    raise NotImplementedError
