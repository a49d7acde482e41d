# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing single pictures with Qt, inside the worker."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter

from pechakucha.decks.drawing import JPEG_QUALITY, MOST_PIXELS, Refused, Size

_ALLOCATION_MB = 4 * MOST_PIXELS // 1_000_000 + 16


def read_picture(content: bytes) -> QImage:
    """Decode a JPEG, PNG or WebP, turned as its EXIF data says.

    Raises:
        Refused: ``picture-too-large``, before anything is decoded.
        ValueError: it cannot be decoded, with Qt's reason.
    """
    refuse_huge_picture(content)
    buffer = _opened(content)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_ALLOCATION_MB)
    image = reader.read()
    if image.isNull():
        raise ValueError(reader.errorString())
    return image


def refuse_huge_picture(content: bytes, slide: int | None = None) -> None:
    """Look at a picture's header only; one whose size it does not tell passes.

    Raises:
        Refused: ``picture-too-large``.
    """
    buffer = _opened(content)
    size = QImageReader(buffer).size()
    pixels = size.width() * size.height()
    if pixels > MOST_PIXELS:
        raise Refused(
            "picture-too-large",
            slide=slide,
            megapixels=pixels // 1_000_000,
            limit=MOST_PIXELS // 1_000_000,
        )


def _opened(content: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer


def write_jpeg(image: QImage, stage: Size, target: Path) -> None:
    """Write ``image`` as a JPEG that fits in ``stage``; never enlarged, transparency on white.

    Raises:
        OSError: it cannot be written.
    """
    bounds = QSize(stage.width, stage.height)
    if image.width() > stage.width or image.height() > stage.height:
        ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(image.size().scaled(bounds, ratio).expandedTo(QSize(1, 1)), mode=smooth)
    image = _plain_rgb(image)
    writer = QImageWriter(str(target), QByteArray(b"jpeg"))
    writer.setQuality(JPEG_QUALITY)
    if not writer.write(image):
        raise OSError(f"{target.name}: {writer.errorString()}")


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
