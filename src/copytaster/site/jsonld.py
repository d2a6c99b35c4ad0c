"""schema.org NewsArticle of an article, as the data block of its page."""

from typing import Any

import msgspec
from markupsafe import Markup

from copytaster.desk.listing import Filed
from copytaster.site import wording


def news_article(filed: Filed) -> dict[str, Any]:
    """Give the NewsArticle; what is not known is left out."""
    article = filed.article
    url = wording.web(article.canonical_url) or wording.web(article.url)
    fields: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": article.standfirst,
        "inLanguage": wording.lang(article.language) or None,
        "datePublished": article.date_published,
        "dateModified": article.date_modified,
        "articleSection": article.section,
        "keywords": list(article.keywords) or None,
        "author": [{"@type": "Person", "name": name} for name in article.bylines] or None,
        "publisher": {"@type": "Organization", "name": filed.listing.publisher},
        "sourceOrganization": _organization(article.agency),
        "isBasedOn": url,
        "image": [
            f"/article/{article.id}/picture/{number}"
            for number, kept in enumerate(filed.pictures)
            if kept
        ]
        or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def data_block(fields: dict[str, Any]) -> Markup:
    """Write `fields` so that no text in them can end the script element they stand in."""
    text = msgspec.json.encode(fields).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None
