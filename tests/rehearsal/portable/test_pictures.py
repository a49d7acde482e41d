# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that are small enough to be mailed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from pechakucha.rehearsal.portable.page import page_of
from pechakucha.rehearsal.portable.pictures import BYTES_A_SLIDE, portable_pictures
from pechakucha.rehearsal.portable.talk import PortableTalk, portable_slides
from pechakucha.show.deck import CARD, Slide
from pechakucha.show.pace import Pace
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts

from .builders import noisy_jpeg


def jpeg(path: Path, size: tuple[int, int], colour: str = "#c02020") -> Path:
    """A plain picture."""
    Image.new("RGB", size, colour).save(path, "JPEG", quality=92)
    return path


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((1920, 1080), (1600, 900)),
        ((1440, 1080), (1200, 900)),
        ((3840, 2160), (1600, 900)),
        ((640, 360), (640, 360)),
        ((9, 4000), (2, 900)),
    ],
)
def test_a_picture_is_at_most_1600_wide_and_keeps_its_proportions(
    tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    (picture,) = portable_pictures([jpeg(tmp_path / "slide-001.jpg", size)])
    written = Image.open(io.BytesIO(picture.content))
    assert (picture.width, picture.height) == written.size == shown
    assert written.format == "WEBP"
    red, green, blue = written.getpixel((0, 0))  # type: ignore[misc]
    assert (red, green, blue) == pytest.approx((192, 32, 32), abs=6)


def test_even_pure_grain_fits_into_six_megabytes(tmp_path: Path) -> None:
    noisy_jpeg(tmp_path / "slide-001.jpg", (1920, 1080), 1)
    slides = [Slide(number=1, picture="slide-001.jpg")]
    made = portable_slides(slides, tmp_path, seconds=20, language=None, pace=Pace())
    page = page_of(PortableTalk(name="Ulm", seconds=20, slides=made), Texts("de"))
    picture = made[0].picture
    assert picture is not None
    assert len(picture.content) <= BYTES_A_SLIDE
    assert len(page) + 19 * len(picture.base64) < 6_000_000


def test_only_what_takes_more_than_its_share_is_made_smaller(tmp_path: Path) -> None:
    plain = jpeg(tmp_path / "slide-001.jpg", (1920, 1080))
    noisy_jpeg(tmp_path / "slide-002.jpg", (1600, 900), 1)
    first, second = portable_pictures([plain, tmp_path / "slide-002.jpg"])
    assert first.width == 1600
    assert second.width < 1600
    assert len(first.content) + len(second.content) <= 2 * BYTES_A_SLIDE


def test_a_picture_that_comes_twice_is_written_once_and_a_card_has_none(tmp_path: Path) -> None:
    jpeg(tmp_path / "slide-001.jpg", (160, 90))
    shown = Slide(number=1, picture="slide-001.jpg")
    one, card, again = portable_slides([shown, CARD, shown], tmp_path, seconds=20, language=None, pace=Pace())
    assert one.picture is again.picture
    assert one.picture is not None
    assert card.picture is None


@pytest.mark.parametrize("content", [None, b"", b"\xff\xd8 no picture \xff\xd9", b"GIF89a"])
def test_a_picture_that_is_not_there_any_more_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "slide-001.jpg"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Problem) as raised:
        portable_pictures([file])
    assert (raised.value.code, raised.value.params) == ("page-picture-lost", {"name": "slide-001.jpg"})


def test_it_can_be_given_up(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        portable_pictures([jpeg(tmp_path / "slide-001.jpg", (160, 90))], lambda: True)
