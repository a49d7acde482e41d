# SPDX-License-Identifier: AGPL-3.0-or-later
"""EMF and WMF pictures become the PNG that they mean, or none at all."""

from __future__ import annotations

import functools
import io
import operator
import struct
import sys
from collections.abc import Sequence

import pytest
from PIL import Image

from pechakucha.decks.metafiles import drawn_metafile

pytest.importorskip("metafile_render", reason="there is no wheel of metafile-render for this system")

RED = 0x0000FF
"""As in a COLORREF: blue, green, red."""
Rectangle = tuple[int, int, int, int]


def record(function: int, *words: int) -> bytes:
    """One record of a WMF."""
    return struct.pack(f"<IH{len(words)}H", 3 + len(words), function, *(word & 0xFFFF for word in words))


def wmf(box: Rectangle, records: Sequence[bytes]) -> bytes:
    """A WMF with the header that gives it a place and a size, in 96ths of an inch."""
    body = b"".join(records) + record(0)
    header = struct.pack("<HHHIHIH", 1, 9, 0x0300, (18 + len(body)) // 2, 8, 400, 0)
    place = struct.pack("<IH4hHI", 0x9AC6CDD7, 0, *box, 96, 0)
    checksum = functools.reduce(operator.xor, struct.unpack("<10H", place))
    return place + struct.pack("<H", checksum) + header + body


def red_area(left: int, top: int, right: int, bottom: int, brush: int = 0) -> list[bytes]:
    """Records that fill a rectangle."""
    return [
        record(0x02FC, 0, RED & 0xFFFF, RED >> 16, 0),
        record(0x012D, brush),
        record(0x041B, bottom, right, top, left),
    ]


def emf(frame_mm: Rectangle, ink: Rectangle) -> bytes:
    """An EMF of 10 pixels a millimetre with a red rectangle; its header knows the ink's bounds."""
    brush = struct.pack("<6I", 39, 24, 1, 0, RED, 0)
    select = struct.pack("<3I", 37, 12, 1)
    area = struct.pack("<2I4i", 43, 24, *ink)
    end = struct.pack("<5I", 14, 20, 0, 0, 20)
    body = brush + select + area + end
    frame = tuple(100 * edge for edge in frame_mm)
    header = struct.pack("<2I4i4i", 1, 88, *ink, *frame)
    header += struct.pack("<4sIIIHHIII", b" EMF", 0x10000, 88 + len(body), 5, 2, 0, 0, 0, 0)
    header += struct.pack("<4i", 1000, 1000, 100, 100)
    return header + body


def ink_of(png: bytes) -> tuple[float, float, float, float]:
    """Where the red is, in parts of the width and the height."""
    with Image.open(io.BytesIO(png)) as image:
        pixels = image.convert("RGBA")
    red, _, blue, alpha = pixels.split()
    mask = Image.eval(alpha, lambda value: 255 if value > 128 else 0)
    for band, wanted in ((red, True), (blue, False)):
        part = Image.eval(band, lambda value, wanted=wanted: 255 if (value > 128) is wanted else 0)
        mask = Image.composite(mask, Image.new("L", mask.size), part)
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    width, height = pixels.size
    return left / width, top / height, right / width, bottom / height


def test_a_wmf_that_does_not_say_how_to_scale_it_is_scaled_to_its_size() -> None:
    """It counts from the lower edge upwards and by tenths, and the ink is in the upper part."""
    window = [record(0x020B, 2800, -500), record(0x020C, -3000, 4000)]
    picture = wmf((-50, -20, 350, 280), [*window, *red_area(-500, 1000, 3500, 2800)])

    drawn = drawn_metafile(picture)

    assert drawn is not None
    assert ink_of(drawn) == pytest.approx((0, 0, 1, 0.6), abs=0.02)


def test_a_palette_in_a_wmf_takes_its_number_among_the_objects() -> None:
    """The brush that is made next is number 1; taken for number 0 it would be missing."""
    palette = record(0x00F7, 0x0300, 1, 0, 0)
    picture = wmf((0, 0, 400, 300), [palette, record(0x0234, 0), *red_area(0, 0, 400, 300, brush=1)])

    drawn = drawn_metafile(picture)

    assert drawn is not None
    assert ink_of(drawn) == pytest.approx((0, 0, 1, 1), abs=0.02)


def test_an_emf_keeps_the_margins_of_its_frame() -> None:
    drawn = drawn_metafile(emf((0, 0, 100, 50), ink=(200, 100, 900, 400)))

    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.width / image.height == pytest.approx(2, abs=0.02)
    assert ink_of(drawn) == pytest.approx((0.2, 0.2, 0.9, 0.8), abs=0.02)


def test_pictures_are_large_enough_for_a_stage() -> None:
    drawn = drawn_metafile(wmf((0, 0, 40, 30), red_area(0, 0, 40, 30)))

    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as image:
        assert max(image.size) >= 500


BITMAP_WITH_MASK = record(0x0B41, 0xC6, 0x88, 1, 1, 0, 0, 30, 40, 0, 0, *struct.unpack("<22H", bytes(44)))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(wmf((0, 0, 40, 30), [*red_area(0, 0, 40, 30), BITMAP_WITH_MASK]), id="in part"),
        pytest.param(wmf((0, 0, 400, 300), red_area(0, 0, 60, 40)), id="at the wrong scale"),
        pytest.param(wmf((0, 0, 400, 300), []), id="empty"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="something else"),
        pytest.param(wmf((0, 0, 40, 30), red_area(0, 0, 40, 30))[:50], id="cut off"),
        pytest.param(emf((0, 0, 100, 50), (0, 0, 1000, 500))[:60], id="cut off in the header"),
        pytest.param(wmf((0, 0, 40, 30), [struct.pack("<IH", 1, 0x41B)]), id="a record without a length"),
    ],
)
def test_what_cannot_be_drawn_reliably_is_not_drawn(content: bytes) -> None:
    assert drawn_metafile(content) is None


def test_without_the_library_no_metafile_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = wmf((0, 0, 40, 30), red_area(0, 0, 40, 30))
    assert drawn_metafile(picture) is not None

    monkeypatch.setitem(sys.modules, "metafile_render", None)

    assert drawn_metafile(picture) is None
