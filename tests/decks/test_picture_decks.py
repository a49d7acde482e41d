# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures of every kind in folders, as they come from telephones and scanners."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QColorSpace, QImage

from pechakucha.decks import picture_source
from pechakucha.decks.content import copy_content, digest_of
from pechakucha.decks.drawing import Refused
from pechakucha.decks.picture_kinds import kind_of
from pechakucha.decks.pictures import read_facts
from pechakucha.decks.pillow_pictures import register_heif
from pechakucha.decks.qt_pictures import read_picture
from pechakucha.show.deck import PlacedPicture
from pechakucha.show.problem import Parameter

from .conftest import is_near
from .picture_files import (
    FORMATS,
    GREEN,
    RED,
    draw,
    encoded,
    near,
    numbered,
    numbers,
    oriented,
    two_colours,
    zipped,
)

IROT = b"\0\0\0\x09irot"
"""The head of the box in which a HEIC says how it is to be turned."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pictures").mkdir()
    return tmp_path / "pictures"


@pytest.mark.parametrize("ending", FORMATS)
def test_every_kind_is_drawn_in_its_colours_whatever_it_is_called(folder: Path, ending: str) -> None:
    (folder / "1.jpg").write_bytes(encoded(ending))
    (folder / f"2.{ending}").write_bytes(encoded(ending))
    (folder / "3").write_bytes(encoded(ending))

    facts, drawn, images = draw(folder)

    assert facts.findings + drawn.findings == ()
    assert len(images) == 3
    for image in images:
        assert (image.width(), image.height()) == (80, 64)
        assert near(image, 10, 10, GREEN)
        assert near(image, 70, 50, RED)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_once(folder: Path, ending: str, orientation: int) -> None:
    (folder / f"1.{ending}").write_bytes(oriented(ending, orientation))

    facts, _, (image,) = draw(folder)

    upright = orientation < 5
    assert (image.width(), image.height()) == ((80, 64) if upright else (64, 80))
    right = {2: True, 3: True, 6: True, 7: True}.get(orientation, False)
    below = orientation in (3, 4, 7, 8)
    place = (image.width() - 10 if right else 10, image.height() - 10 if below else 10)
    corners = [(x, y) for x in (10, image.width() - 10) for y in (10, image.height() - 10)]
    assert [corner for corner in corners if near(image, *corner, GREEN)] == [place]
    (placed,) = facts.slides[0].pictures
    assert (placed.width, placed.height) == (image.width(), image.height())


def test_a_tiff_that_qt_does_not_know_is_turned_once(folder: Path) -> None:
    (folder / "1.tif").write_bytes(oriented("tif", 6, compression="jpeg"))

    _, _, (image,) = draw(folder)

    assert (image.width(), image.height()) == (64, 80)
    assert near(image, image.width() - 10, 10, GREEN)


def test_what_a_heic_says_of_its_turning_counts_before_exif(folder: Path) -> None:
    """Telephones write both, and decoders heed the first: turned again, it would lie on its side."""
    both = oriented("heic", 6)
    # As a property of no picture: what counts here is that the container is not silent.
    (folder / "1.heic").write_bytes(both + (17).to_bytes(4, "big") + b"free" + IROT + b"\0")

    _, _, (image,) = draw(folder)

    assert (image.width(), image.height()) == (80, 64)


def test_a_telephones_wide_colours_become_plain_ones(folder: Path) -> None:
    wide = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
    plain = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    profile = bytes(wide.iccProfile().data())
    for ending in FORMATS:
        (folder / f"1.{ending}").write_bytes(encoded(ending, icc_profile=profile))

    _, _, images = draw(folder)

    shown = wide.transformationToColorSpace(plain).map(QColor(*GREEN))
    assert not is_near(shown, QColor(*GREEN).name())
    assert len(images) == len(FORMATS)
    assert all(near(image, 10, 10, shown.getRgb()[:3]) for image in images)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mode", "compression"),
    [
        *itertools.product(("L", "LA", "P", "RGBA", "CMYK", "YCbCr"), ("raw", "tiff_lzw", "packbits")),
        *itertools.product(("L", "RGBA", "CMYK", "YCbCr"), ("jpeg",)),
    ],
)
def test_tiff_of_many_inner_kinds(folder: Path, mode: str, compression: str) -> None:
    (folder / "1.tif").write_bytes(encoded("tif", two_colours(mode=mode), compression=compression))

    _, drawn, (image,) = draw(folder)

    assert drawn.findings == ()
    for (x, y), colour in (((10, 10), GREEN), ((70, 50), RED)):
        expected = two_colours(mode=mode).convert("RGB").getpixel((x, y))
        assert isinstance(expected, tuple)
        grey = max(expected) - min(expected) <= 2
        assert near(image, x, y, expected[:3])
        assert grey is (mode in ("L", "LA"))
        assert grey or abs(expected[0] - colour[0]) <= 50


@pytest.mark.parametrize("ending", ["png", "webp", "tif", "heic", "avif"])
def test_what_can_be_seen_through_is_white(folder: Path, ending: str) -> None:
    (folder / f"1.{ending}").write_bytes(encoded(ending, Image.new("RGBA", (80, 64), (0, 0, 0, 0))))

    _, _, (image,) = draw(folder)

    assert near(image, 40, 32, (255, 255, 255))


@pytest.mark.parametrize("ending", ["png", "tif"])
@pytest.mark.parametrize(
    "layout", [QImage.Format.Format_RGBX64, QImage.Format.Format_RGBA64, QImage.Format.Format_Grayscale16]
)
def test_sixteen_bits_a_channel(folder: Path, ending: str, layout: QImage.Format) -> None:
    image = QImage(60, 40, layout)
    image.fill(QColor(*RED))
    expected = image.convertToFormat(QImage.Format.Format_RGB32).pixelColor(5, 5)
    assert image.save(str(folder / f"1.{ending}"))

    _, _, (shown,) = draw(folder)

    assert is_near(shown.pixelColor(30, 20), expected.name())


@pytest.mark.parametrize("ending", ["jpg", "tif"])
def test_a_printers_colours(folder: Path, ending: str) -> None:
    (folder / f"1.{ending}").write_bytes(encoded(ending, two_colours(640, 512, "CMYK")))

    _, _, (image,) = draw(folder)

    assert (image.width(), image.height()) == (225, 180)
    assert near(image, 20, 20, GREEN)
    assert near(image, 200, 160, RED)


def test_a_tiff_of_several_pages_shows_its_first_and_says_so(folder: Path) -> None:
    others = [Image.new("RGB", (80, 64), RED), Image.new("RGB", (80, 64), RED)]
    first = Image.new("RGB", (80, 64), GREEN)
    (folder / "scan.tif").write_bytes(encoded("tif", first, save_all=True, append_images=others))
    (folder / "single.tif").write_bytes(encoded("tif"))

    facts, _, images = draw(folder)

    (finding,) = facts.findings
    assert (finding.code, finding.slide) == ("picture-pages", 1)
    assert finding.params == {"name": "scan.tif", "pages": 3}
    assert near(images[0], 40, 32, GREEN)


def test_the_small_copy_that_a_tiff_brings_along_is_no_page(folder: Path) -> None:
    main, copy = two_colours(), two_colours(20, 16)
    copy.encoderinfo = {"tiffinfo": {254: 1}}
    (folder / "1.tif").write_bytes(encoded("tif", main, save_all=True, append_images=[copy]))

    assert Image.open(folder / "1.tif").n_frames == 2  # type: ignore[attr-defined]
    assert read_facts(folder).findings == ()


def test_a_moving_picture_shows_its_first_frame_and_says_so(folder: Path) -> None:
    moving = encoded("webp", save_all=True, append_images=[Image.new("RGB", (80, 64), RED)])
    (folder / "1.webp").write_bytes(moving)

    (finding,) = read_facts(folder).findings

    assert (finding.code, finding.params["pages"]) == ("picture-pages", 2)


def test_how_a_picture_lies_on_a_slide(folder: Path) -> None:
    for name, size in (("1.png", (1600, 900)), ("2.png", (300, 900)), ("3.png", (3200, 100))):
        (folder / name).write_bytes(encoded("png", Image.new("RGB", size)))
    (folder / "4.png").write_bytes(b"no picture")

    placed = [slide.pictures for slide in read_facts(folder).slides]

    assert placed[0] == (PlacedPicture(1600, 900, 1.0, 1.0),)
    assert placed[1] == (PlacedPicture(300, 900, 300 / 1600, 1.0),)
    assert placed[2] == (PlacedPicture(3200, 100, 1.0, pytest.approx(50 / 900)),)  # type: ignore[arg-type]
    assert placed[3] == ()


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"GIF89a", "gif"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "bmp"),
        (b"BMW and others", ""),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<html><body>", ""),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1miafavif", "avif"),
        (b"\0\0\0\x14ftypisom\0\0\0\0mp42", ""),
        (b"\0\0\0\x10ftypisom\0\0\0\0heic", ""),
        (b"RIFF\0\0\0\0WAVE", ""),
        (b"", ""),
    ],
)
def test_the_kind_of_a_picture_is_told_by_its_first_bytes(start: bytes, kind: str) -> None:
    assert kind_of(start) == kind


def test_kinds_that_are_not_taken_are_named_whatever_they_are_called(folder: Path) -> None:
    (folder / "1.png").write_bytes(numbered(1))
    (folder / "2.jpg").write_bytes(b"GIF89a")
    (folder / "3.svg").write_bytes(b"<svg>")
    (folder / "4.bmp").write_bytes(b"damaged")
    (folder / "5.gif").write_bytes(numbered(5))
    (folder / "notes.txt").write_bytes(b"hello")

    facts, drawn, images = draw(folder)

    left_out = {each.params["name"]: each.params["kind"] for each in facts.findings}
    assert left_out == {"2.jpg": "gif", "3.svg": "svg", "4.bmp": "bmp"}
    assert {each.code for each in facts.findings} == {"picture-kind-unsupported"}
    assert (numbers(images), drawn.findings) == ([1, 5], ())


def test_a_copy_of_a_folder_gives_the_same_deck(folder: Path, tmp_path: Path) -> None:
    (folder / "1.png").write_bytes(numbered(1))
    (folder / "2.jpg").write_bytes(b"GIF89a" + bytes(1_000_000))
    (tmp_path / "work").mkdir()

    copy, digest = copy_content(folder, "pictures", tmp_path / "work")

    assert read_facts(copy) == read_facts(folder)
    assert digest == digest_of(folder, "pictures") == digest_of(copy, "pictures")
    assert (copy / "2.jpg").stat().st_size < 1_000
    (folder / "2.jpg").write_bytes(b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0")
    assert digest_of(folder, "pictures") != digest


def test_a_heic_of_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pechakucha.decks.picture_size.MOST_PIXELS", 5_000)
    # As in a process where nobody has asked for HEIC before.
    register_heif.cache_clear()
    monkeypatch.delitem(Image.OPEN, "HEIF")
    monkeypatch.setattr(Image, "ID", [each for each in Image.ID if each != "HEIF"])

    with pytest.raises(Refused, match="picture-too-large"):
        read_picture(encoded("heic"))


def test_a_picture_that_is_cut_off_still_tells_its_size(folder: Path) -> None:
    whole = encoded("png", Image.effect_noise((800, 640), 100))
    (folder / "1.png").write_bytes(whole[:1_000])

    assert read_facts(folder).slides[0].pictures[0].width == 800


def test_pixels_of_sixteen_bits_a_channel_count_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pechakucha.decks.qt_pictures.MOST_PIXELS", 4_000)
    for name, layout in (("1.png", QImage.Format.Format_RGB32), ("2.png", QImage.Format.Format_RGBX64)):
        image = QImage(60, 50, layout)
        image.fill(QColor(*RED))
        assert image.save(str(folder / name))

    assert damage(folder) == [("picture-too-large", 2, {"megapixels": 0, "limit": 0})]


def test_a_jpeg_whose_header_is_damaged_costs_one_slide(folder: Path) -> None:
    for number in range(1, 20):
        whole = encoded("jpg", Image.new("RGB", (number, number)))
        (folder / f"{number}.jpg").write_bytes(whole.replace(b"\xff\xc0", b"\xff\xe9"))

    assert {code for code, _, _ in damage(folder)} == {"picture-damaged"}


def test_a_file_of_too_many_bytes_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_source, "_LARGEST_FILE", 2 << 20)
    (folder / "1.png").write_bytes(numbered(1) + bytes(3 << 20))
    zipped(folder.parent / "deck.zip", ("1.png", (folder / "1.png").read_bytes()))

    expected = [("picture-file-too-large", 1, {"size_mb": 3, "limit_mb": 2})]
    assert damage(folder) == expected
    assert damage(folder.parent / "deck.zip") == expected


def test_deep_pixels_that_only_pillow_knows_are_not_cut_off(folder: Path) -> None:
    (folder / "1.tif").write_bytes(encoded("tif", Image.new("I", (40, 30), 70_000)))

    assert damage(folder) == [("picture-damaged", 1, {"reason": "more bits than can be shown"})]


def damage(source: Path) -> list[tuple[str, int | None, dict[str, Parameter]]]:
    """What drawing a deck finds, after making sure that the pictures in question are not there."""
    _, drawn, _ = draw(source)
    assert all(finding.slide not in drawn.pictures for finding in drawn.findings)
    return [
        (each.code, each.slide, {key: value for key, value in each.params.items() if key != "name"})
        for each in drawn.findings
    ]
