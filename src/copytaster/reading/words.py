"""Texts compared by their letters."""

import re

_OTHER = re.compile(r"[\W_]+")
_SMALL = bytes(range(256)).lower()
_SIGNS = bytes(number for number in range(128) if not chr(number).isalnum())


def key(text: str) -> str:
    """Give letters and digits only, so that texts can be compared whatever their punctuation."""
    if text.isascii():
        return text.encode().translate(_SMALL, _SIGNS).decode()
    # Most signs are ASCII, and bytes are rid of them ten times as fast as text is.
    folded = text.casefold().encode("utf-8", "surrogatepass")
    letters = folded.translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return letters if letters.isalnum() else _OTHER.sub("", letters)
