"""What a part of a page may be to the reader of the article."""

from typing import Literal

Label = Literal[
    "headline", "kicker", "standfirst", "byline", "date", "paragraph", "heading", "list", "quote",
    "table", "embed", "caption", "credit", "teaser", "comment", "furniture",
]  # fmt: skip

BODY = frozenset(("paragraph", "heading", "list", "quote", "table", "embed"))
