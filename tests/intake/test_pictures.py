from pathlib import Path

import pytest

from copytaster.intake import Pile
from copytaster.intake.pictures import nearby_picture, raster
from copytaster.page import Page

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A saved page with its folder, and a picture that is none of its business."""
    (tmp_path / "saved" / "storm_files").mkdir(parents=True)
    (tmp_path / "saved" / "storm_files" / "harbour wall.png").write_bytes(PNG)
    (tmp_path / "saved" / "storm_files" / "drawing.svg").write_text("<svg/>")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "secret.png").write_bytes(PNG)
    (tmp_path / "saved" / "storm_files" / "way out").symlink_to(tmp_path / "other_files")
    return str(tmp_path / "saved" / "storm.html")


@pytest.mark.parametrize(
    "src",
    [
        "storm_files/harbour%20wall.png",
        "./storm_files/harbour wall.png?width=300",
        "https://amsel.example/news/storm_files/harbour%20wall.png",
    ],
)
def test_a_saved_picture_is_found(page: str, src: str) -> None:
    assert nearby_picture(page, src) == ("image/png", PNG)
    assert Pile([page]).picture(Page(path=page, content=b""), src) == ("image/png", PNG)


@pytest.mark.parametrize(
    "src",
    [
        "../other_files/secret.png",
        "storm_files/../../other_files/secret.png",
        "storm_files/way out/secret.png",
        "/etc/passwd",
        "x_files//etc/passwd",
        "storm_files/drawing.svg",
        "storm_files/missing.png",
        "storm_files/",
        "storm_files/\x00.png",
        "http://[",
        "",
    ],
)
def test_nothing_else_is_read(page: str, src: str) -> None:
    assert nearby_picture(page, src) is None


def test_a_picture_is_told_by_its_bytes() -> None:
    assert raster(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert raster(b"GIF89a") == "image/gif"
    assert raster(b"RIFF\0\0\0\0WEBPVP8 ") == "image/webp"
    assert raster(b"\0\0\0\x1cftypavif\0\0\0\0") == "image/avif"
    assert raster(b"<svg onload='x()'/>") is None
