# SPDX-License-Identifier: AGPL-3.0-or-later
"""How large a picture says it is, from its header alone: a few bytes of PNG can ask for gigabytes."""

from __future__ import annotations

import io

from PIL import (  # noqa: F401  # each of them registers itself
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from pechakucha.decks.drawing import MOST_PIXELS, Refused, Size

# Its own limit warns from half of it on and tells no figure; whoever decodes asks here first.
Image.MAX_IMAGE_PIXELS = None

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "JPEG2000", "ICO", "HEIF")
"""What decks hold (the last where pillow-heif is loaded); strangers reach none of Pillow's others."""


def size_of(content: bytes) -> Size | None:
    """Its size in pixels, None where the header is damaged or of a kind that is not known."""
    try:
        known = [each for each in _FORMATS if each in Image.OPEN]
        with Image.open(io.BytesIO(content), formats=known) as picture:
            return Size(*picture.size)
    # Its readers of single formats fail in ways of their own: SyntaxError, struct.error …
    except Exception:
        return None


def refuse_huge_picture(content: bytes, slide: int | None = None) -> None:
    """Refuse a picture that is larger than anybody needs; one whose size it does not tell passes.

    Raises:
        Refused: ``picture-too-large``.
    """
    size = size_of(content)
    if size is not None and size.width * size.height > MOST_PIXELS:
        raise Refused(
            "picture-too-large",
            slide=slide,
            megapixels=size.width * size.height // 1_000_000,
            limit=MOST_PIXELS // 1_000_000,
        )
