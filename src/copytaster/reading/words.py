"""Texts compared by their letters."""

import re

_OTHER = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    return _OTHER.sub("", text.casefold())
