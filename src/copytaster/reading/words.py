"""Texts compared by their letters."""

import re

_OTHER = re.compile(r"[\W_]+")
_ASCII = {number: None for number in range(128) if not chr(number).isalnum()}


def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    if text.isascii():
        return text.lower().translate(_ASCII)
    return _OTHER.sub("", text.casefold())
