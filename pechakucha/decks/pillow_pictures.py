# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading pictures with Pillow: what their headers say, and the kinds that Qt does not decode."""

from __future__ import annotations

import io
from functools import cache
from typing import NamedTuple

from PIL import Image, TiffImagePlugin
from PIL.ExifTags import Base
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage, QTransform

from pechakucha.decks.drawing import STAGE_4K, short_reason
from pechakucha.decks.picture_kinds import AVIF, HEIC, JPEG, PNG, TIFF, WEBP
from pechakucha.show.deck import MOST_SLIDES

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", TIFF: "TIFF", HEIC: "HEIF", AVIF: "AVIF"}
_EXIF_IN = {PNG: b"eXIf", WEBP: b"EXIF"}
_TURNED = (b"\0\0\0\x09irot", b"\0\0\0\x09imir")
"""How a HEIC says that it is to be turned or mirrored; its decoder has done that."""
_TURNS = {
    2: (-1, 0),
    3: (1, 180),
    4: (-1, 180),
    5: (-1, 270),
    6: (1, 90),
    7: (-1, 90),
    8: (1, 270),
}
"""EXIF's orientations: whether to mirror (-1) from left to right, then to turn by so many degrees."""
_ON_THE_SIDE = range(5, 9)
_LAYOUTS = {"RGB": QImage.Format.Format_RGB888, "RGBA": QImage.Format.Format_RGBA8888}
_SMALLER_COPY = 1
"""The bit that marks a page of a TIFF as another one made small."""


class Header(NamedTuple):
    """What a picture's header says.

    Attributes:
        width, height: in pixels, as it is seen once it is turned.
        pages: how many pages or frames there are.
    """

    width: int
    height: int
    pages: int


def read_header(content: bytes, kind: str) -> Header | None:
    """Look at a picture without decoding it; None where it is damaged, or unknown to Pillow."""
    try:
        with _opened(content, kind) as picture:
            width, height = picture.size
            if kind != TIFF and _orientation(picture, content, kind) in _ON_THE_SIDE:
                width, height = height, width
            return Header(width, height, _pages(picture, kind))
    except MemoryError:
        raise
    except Exception:  # its readers of single kinds fail in ways of their own: SyntaxError, struct.error …
        return None


def read_with_pillow(content: bytes, kind: str) -> QImage:
    """Decode a picture, turned as it is to be seen, with its colour profile.

    Raises:
        ValueError: it cannot be decoded, with the reason.
    """
    try:
        with _opened(content, kind) as picture:
            turn = 1 if kind == TIFF else _orientation(picture, content, kind)
            profile = picture.info.get("icc_profile")
            image = _as_qt(picture)
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(short_reason(error)) from error
    if profile:
        image.setColorSpace(QColorSpace.fromIccProfile(QByteArray(profile)))
    return _turned(image, turn)


def turned_by_exif(image: QImage, content: bytes, kind: str) -> QImage:
    """A decoded PNG or WebP, turned as its EXIF data says: Qt heeds that in JPEG and TIFF only."""
    if _EXIF_IN[kind] not in content:
        return image
    try:
        with _opened(content, kind) as picture:
            turn = _orientation(picture, content, kind)
    except MemoryError:
        raise
    except Exception:
        return image
    return _turned(image, turn)


@cache
def register_heif() -> None:
    """Let Pillow know HEIC from now on."""
    import pillow_heif  # noqa: PLC0415 - 26 MB of libraries that most decks do without

    pillow_heif.register_heif_opener(thumbnails=False)


def _opened(content: bytes, kind: str) -> Image.Image:
    if kind == HEIC:
        register_heif()
    return Image.open(io.BytesIO(content), formats=[_FORMATS[kind]])


def _orientation(picture: Image.Image, content: bytes, kind: str) -> int:
    """By EXIF; Pillow turns a TIFF itself."""
    if kind == HEIC:
        # EXIF says the same once more, so it counts only where the container is silent.
        told = any(box in content for box in _TURNED)
        return 1 if told else int(picture.info.get("original_orientation") or 1)
    # Looking for it in a PNG that has none would decode the whole picture.
    if kind in _EXIF_IN and _EXIF_IN[kind] not in content:
        return 1
    return int(picture.getexif().get(Base.Orientation, 1))


def _pages(picture: Image.Image, kind: str) -> int:
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        return sum(_is_page(picture, number) for number in range(MOST_SLIDES))
    return int(getattr(picture, "n_frames", 1)) if kind in (WEBP, AVIF) else 1


def _is_page(picture: TiffImagePlugin.TiffImageFile, number: int) -> bool:
    try:
        picture.seek(number)
    except EOFError:
        return False
    return not int(picture.tag_v2.get(Base.NewSubfileType, 0)) & _SMALLER_COPY


def _as_qt(picture: Image.Image) -> QImage:
    picture.load()
    if picture.mode.startswith(("I", "F")):
        raise ValueError("more bits than can be shown")  # Pillow would cut them off
    # No stage shows more, and each copy of a large picture is hundreds of megabytes.
    picture.thumbnail((STAGE_4K.width, STAGE_4K.width))
    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    pixels = (picture if picture.mode == wanted else picture.convert(wanted)).tobytes()
    stride = len(pixels) // picture.height
    return QImage(pixels, picture.width, picture.height, stride, _LAYOUTS[wanted]).copy()


def _turned(image: QImage, orientation: int) -> QImage:
    mirror, degrees = _TURNS.get(orientation, (1, 0))
    return image.transformed(QTransform().rotate(degrees).scale(mirror, 1))
