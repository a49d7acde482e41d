# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures and decks of pictures for the tests, and a way to draw them in this process."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import NamedTuple

import pillow_heif
from PIL import Image
from PIL.ExifTags import Base
from PySide6.QtGui import QColor, QImage

from pechakucha.decks.drawing import Drawn, Facts, Job, Size
from pechakucha.decks.pictures import PictureRenderer, read_facts

from .conftest import is_near

pillow_heif.register_heif_opener()

RED, GREEN = (200, 30, 60), (20, 160, 80)
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tif": "TIFF", "heic": "HEIF", "avif": "AVIF"}


class DrawnDeck(NamedTuple):
    """The facts, the result of drawing, and the pictures that were drawn, in order."""

    facts: Facts
    drawn: Drawn
    images: list[QImage]


def draw(source: Path) -> DrawnDeck:
    """Read a deck and draw it at 320 x 180 into a folder beside it."""
    target = source.parent / "drawn"
    target.mkdir(exist_ok=True)
    facts = read_facts(source)
    job = Job(source, facts.slides, Size(320, 180), target, source.parent, lambda *_: None)
    drawn = PictureRenderer().draw(job)
    names = [drawn.pictures[slide.number] for slide in facts.slides if slide.number in drawn.pictures]
    return DrawnDeck(facts, drawn, [QImage(str(target / name)) for name in names])


def two_colours(width: int = 80, height: int = 64, mode: str = "RGB") -> Image.Image:
    """Red, with a green quarter at the top left, so that every way of turning it shows."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (0, 0, width // 2, height // 2))
    return image.convert(mode)


def encoded(ending: str, image: Image.Image | None = None, **options: object) -> bytes:
    """A picture's bytes; lossy kinds at a quality that keeps colours."""
    target = io.BytesIO()
    quality = {"quality": 95} if ending in ("jpg", "webp", "heic", "avif") else {}
    (image or two_colours()).save(target, FORMATS[ending], **quality, **options)
    return target.getvalue()


def oriented(ending: str, orientation: int, **options: object) -> bytes:
    """A picture of two colours whose EXIF data says how it is to be turned."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    return encoded(ending, exif=exif, **options)


def near(image: QImage, x: int, y: int, wanted: tuple[int, int, int]) -> bool:
    """Whether a pixel has a colour, but for what JPEG does to it."""
    return is_near(image.pixelColor(x, y), QColor(*wanted).name())


def zipped(path: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    """A ZIP archive of names and contents."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def numbers(images: list[QImage]) -> list[int]:
    """Which ones of ``numbered`` these are."""
    return [round(image.pixelColor(16, 9).red() / 10) for image in images]


def numbered(number: int) -> bytes:
    """A picture that ``numbers`` finds again."""
    return encoded("png", Image.new("RGB", (32, 18), (number * 10, 100, 100)))
