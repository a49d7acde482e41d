# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing single pictures, inside the worker: with Qt, and what it does not know with Pillow."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from pechakucha.decks.drawing import MOST_PIXELS, Refused, Size
from pechakucha.decks.jpeg import write_jpeg
from pechakucha.decks.picture_kinds import HEIC, PNG, START_SIZE, TAKEN, TIFF, WEBP, kind_of
from pechakucha.decks.picture_size import refuse_huge_picture
from pechakucha.decks.pillow_pictures import read_with_pillow, register_heif, turned_by_exif

_ALLOCATION_MB = 4 * MOST_PIXELS // 1_000_000 + 16


def read_picture(content: bytes) -> QImage:
    """Decode a picture of any kind that is taken, turned as it is to be seen.

    Raises:
        Refused: ``picture-too-large``, before anything is decoded.
        ValueError: it is none, or cannot be decoded, with the reason.
    """
    kind = kind_of(content[:START_SIZE])
    if kind not in TAKEN:
        raise ValueError("no picture")
    if kind == HEIC:
        register_heif()
    refuse_huge_picture(content)
    if kind not in _kinds_of_qt():
        return read_with_pillow(content, kind)
    try:
        image = _read_with_qt(content, kind)
    except ValueError:
        if kind != TIFF:
            raise
        # Qt knows no TIFF whose pixels are packed as JPEG, for one.
        return read_with_pillow(content, kind)
    return turned_by_exif(image, content, kind) if kind in (PNG, WEBP) else image


@cache
def _kinds_of_qt() -> frozenset[str]:
    """Which kinds Qt reads differs by system: macOS brings HEIC along."""
    return frozenset(bytes(each.data()).decode() for each in QImageReader.supportedImageFormats())


def _read_with_qt(content: bytes, kind: str) -> QImage:
    with _reader(content, kind) as reader:
        _refuse_deep_picture(reader)
        image = reader.read()
        if image.isNull():
            raise ValueError(reader.errorString())
        return image


@contextlib.contextmanager
def _reader(content: bytes, kind: str) -> Iterator[QImageReader]:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_ALLOCATION_MB)
    try:
        yield reader
    finally:
        # A TIFF is closed when its reader goes, which crashes where the buffer went first.
        reader.setDevice(None)  # type: ignore[arg-type]


def _refuse_deep_picture(reader: QImageReader) -> None:
    """Of pixels that take more bytes than usual, fewer fit in the worker's memory."""
    layout, size = reader.imageFormat(), reader.size()
    # Where a header is damaged, the layout may be any number, and asking for its depth crashes.
    if not size.isValid() or not 0 < layout.value < QImage.Format.NImageFormats.value:
        return
    pixels = size.width() * size.height()
    most = MOST_PIXELS * 32 // QImage.toPixelFormat(layout).bitsPerPixel()
    if pixels > most:
        raise Refused("picture-too-large", megapixels=pixels // 1_000_000, limit=most // 1_000_000)


def write_fitted(image: QImage, stage: Size, target: Path) -> None:
    """Write ``image`` as a JPEG that fits in ``stage``; never enlarged, transparency on white.

    Raises:
        OSError: it cannot be written.
    """
    bounds = QSize(stage.width, stage.height)
    if image.width() > stage.width or image.height() > stage.height:
        ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(image.size().scaled(bounds, ratio).expandedTo(QSize(1, 1)), mode=smooth)
    image = _plain_rgb(image)
    size = Size(image.width(), image.height())
    write_jpeg(image.constBits(), size, "BGRX", image.bytesPerLine(), target)


def _plain_rgb(image: QImage) -> QImage:
    """The same in sRGB on white: a telephone's wide colours or a printer's CMYK look wrong on stage."""
    if image.colorSpace().isValid():
        srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
        image = image.convertedToColorSpace(srgb, QImage.Format.Format_ARGB32)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat
