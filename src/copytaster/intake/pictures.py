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


def nearby_picture(page_path: str, src: str) -> tuple[str, bytes] | None:
    """Read a picture that a browser saved beside a page, as in ``storm_files/harbour.jpg``.

    `src` is the picture's address as the page has it, or made absolute: what counts is the folder
    whose name ends in ``_files`` and what follows. Gives its media type and bytes, or nothing where
    it leaves the page's directory, is missing, larger than 5 MB, or no raster image.
    """
    try:
        path = _beside(Path(page_path).parent, unquote(urlsplit(src).path))
        if path is None or path.stat().st_size > PICTURE_LIMIT:
            return None
        content = path.read_bytes()
    except (OSError, ValueError):
        return None
    media_type = raster(content)
    return (media_type, content) if media_type else None


def _beside(home: Path, address: str) -> Path | None:
    """Give the file that an address names in a saved page's folder below `home`."""
    steps = address.split("/")
    for number, step in enumerate(steps[:-1]):
        if step.endswith(("_files", ".files")):
            path = home.joinpath(*steps[number:]).resolve()
            inside = path.is_relative_to(home.resolve())
            return path if inside and path.is_file() else None
    return None
