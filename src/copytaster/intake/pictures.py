"""Pictures: which bytes are one, and where those lie that a browser saved beside a page."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

PICTURE_LIMIT = 5_000_000
"""Bytes that a picture may have."""
PICTURES = frozenset(("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"))


def raster(content: bytes) -> str | None:
    """Give the media type of a picture that is safe to show, by its bytes; nothing for all else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and b"avif" in content[8:32]:
        return "image/avif"
    return None


def nearby_picture(page_path: str, src: str) -> bytes | None:
    """Read the picture that a saved page has beside it (``page_files/photo.jpg``).

    `src` is the address as the page has it. Nothing where it is no relative address, leaves the
    page's directory, is missing, too large, or no picture.
    """
    try:
        parts = urlsplit(src)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return None
        home = Path(page_path).parent.resolve()
        path = (home / unquote(parts.path)).resolve()
        if not path.is_relative_to(home) or not path.is_file():
            return None
        if path.stat().st_size > PICTURE_LIMIT:
            return None
        content = path.read_bytes()
    except (OSError, ValueError):
        return None
    return content if raster(content) else None
