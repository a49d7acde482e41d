# SPDX-License-Identifier: AGPL-3.0-or-later
"""EMF and WMF, pictures made of drawing commands, turned into PNG.

The library that does it is young, and a wrong picture is worse than none that a warning tells of: what
it says is incomplete, or what looks as if it were, is not taken.
"""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Iterator

from PIL import Image

_log = logging.getLogger(__name__)

_LONGEST_PIXELS_FIRST, _LONGEST_PIXELS = 200, 1280
_SMALLEST_DPI, _LARGEST_DPI = 24, 1200
LARGEST_BYTES = 32 << 20
_LEAST_FILLED = 0.5
"""A picture whose ink takes less of its width or height was drawn at the wrong scale."""

_EMF_SIGNATURE, _EMF_SIGNATURE_AT, _EMF_FRAME_AT = b" EMF", 40, 24
_EMF_UNITS_PER_INCH, _EMF_UNITS_PER_MM = 2540, 100
_EMF_BOUNDS_AT, _EMF_DEVICE_AT = 8, 72
_PLACEABLE, _PLACEABLE_SIZE, _WMF_HEADER_SIZE = b"\xd7\xcd\xc6\x9a", 22, 18
_SHORTEST_RECORD = 3
_SET_MAP_MODE, _ANY_SCALE = 0x0103, 8
_SET_WINDOW_ORIGIN, _SET_WINDOW_SIZE = 0x020B, 0x020C
_SET_VIEW_ORIGIN, _SET_VIEW_SIZE = 0x020D, 0x020E
_CREATE_PALETTE, _CREATE_BRUSH = 0x00F7, 0x02FC
_OTHERS_OF_PALETTES = frozenset({0x0035, 0x0037, 0x0139, 0x0234, 0x0436})
"""Only screens of 256 colours need palettes."""


def drawn_metafile(content: bytes) -> bytes | None:
    """The picture as a PNG, or None where it cannot be drawn reliably.

    Args:
        content: an EMF or WMF file.
    """
    try:
        from metafile_render import render_metafile  # noqa: PLC0415 - there is no wheel for some systems
    except ImportError:
        return None
    if len(content) > LARGEST_BYTES:
        return None
    try:
        plain, size = _plain(content), _size_in_inches(content)
        # Most of those that fail do so in a small picture as well, which takes no time.
        for pixels in (_LONGEST_PIXELS_FIRST, _LONGEST_PIXELS):
            dpi = round(min(max(pixels / max(size), _SMALLEST_DPI), _LARGEST_DPI)) if size else None
            hint = None if size else (pixels, pixels * 3 // 4)
            result = render_metafile(plain, dpi=dpi, size_hint=hint)
            if result.partial or not _is_filled(result.data):
                return None
    # Its own errors are ValueErrors; what a hostile file may bring about beyond these is not known.
    except Exception as error:
        _log.info("a metafile cannot be drawn: %s", error)
        return None
    drawn: bytes = result.data
    return drawn


def _size_in_inches(content: bytes) -> tuple[float, float] | None:
    """What its header says, None where it says nothing."""
    if _is_emf(content):
        left, top, right, bottom = struct.unpack_from("<4i", content, _EMF_FRAME_AT)
        units = _EMF_UNITS_PER_INCH
    elif content.startswith(_PLACEABLE):
        left, top, right, bottom, units = struct.unpack_from("<4hH", content, 6)
    else:
        return None
    width, height = abs(right - left) / max(units, 1), abs(bottom - top) / max(units, 1)
    return (width, height) if width and height else None


def _plain(content: bytes) -> bytes:
    """The file in words that the library understands.

    Raises:
        struct.error: it is cut off.
    """
    if _is_emf(content):
        return _with_margins(content)
    if not content.startswith(_PLACEABLE):
        return content
    place = _PLACEABLE_SIZE + _WMF_HEADER_SIZE
    records = b"".join((_scale(content), *_records(content[place:])))
    header = bytearray(content[:place])
    # It counts the words of the file, two bytes each.
    struct.pack_into("<I", header, _PLACEABLE_SIZE + 6, (_WMF_HEADER_SIZE + len(records)) // 2)
    return bytes(header) + records


def _is_emf(content: bytes) -> bool:
    return content[_EMF_SIGNATURE_AT : _EMF_SIGNATURE_AT + 4] == _EMF_SIGNATURE


def _with_margins(content: bytes) -> bytes:
    """An EMF is shown with the empty margins of its frame, not cropped to its ink (MS-EMF 2.2.9)."""
    frame = struct.unpack_from("<4i", content, _EMF_FRAME_AT)
    width, height, width_mm, height_mm = struct.unpack_from("<4i", content, _EMF_DEVICE_AT)
    if not width_mm or not height_mm:
        return content
    scales = (width / width_mm / _EMF_UNITS_PER_MM, height / height_mm / _EMF_UNITS_PER_MM) * 2
    bounds = (round(edge * scale) for edge, scale in zip(frame, scales, strict=True))
    framed = bytearray(content)
    struct.pack_into("<4i", framed, _EMF_BOUNDS_AT, *bounds)
    return bytes(framed)


def _scale(content: bytes) -> bytes:
    """A WMF with a size of its own is scaled to it; the library waits for it to say so (MS-WMF 2.3.2.3)."""
    left, top, right, bottom = struct.unpack_from("<4h", content, 6)
    origin, size = (top, left), (bottom - top, right - left)
    pairs = {
        _SET_VIEW_ORIGIN: origin,
        _SET_VIEW_SIZE: size,
        _SET_WINDOW_ORIGIN: origin,
        _SET_WINDOW_SIZE: size,
    }
    mode = struct.pack("<IHH", 4, _SET_MAP_MODE, _ANY_SCALE)
    return mode + b"".join(struct.pack("<IHhh", 5, record, *pair) for record, pair in pairs.items())


def _records(records: bytes) -> Iterator[bytes]:
    """Every record; a palette's place among the numbered objects is taken by a brush that nobody uses."""
    place = 0
    while place + 6 <= len(records):
        words, function = struct.unpack_from("<IH", records, place)
        if words < _SHORTEST_RECORD:
            break
        record = records[place : place + 2 * words]
        if function == _CREATE_PALETTE:
            yield struct.pack("<IHHIH", 7, _CREATE_BRUSH, 0, 0, 0)
        elif function not in _OTHERS_OF_PALETTES:
            yield record
        place += len(record)


def _is_filled(drawn: bytes) -> bool:
    """Whether what is drawn reaches over most of the picture."""
    with Image.open(io.BytesIO(drawn), formats=("PNG",)) as image:
        alpha = image.convert("RGBA").getchannel("A").getbbox()
        if alpha is None:
            return False
        width, height = alpha[2] - alpha[0], alpha[3] - alpha[1]
        return width >= _LEAST_FILLED * image.width and height >= _LEAST_FILLED * image.height
