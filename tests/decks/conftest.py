# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small decks of every kind, and stand-ins for the worker and for LibreOffice."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pptx
import pymupdf
import pytest
from pptx.dml.color import RGBColor
from pptx.util import Emu
from PySide6.QtGui import QColor, QImage

from pechakucha.decks.library import Library

COLOURS = ("#c02020", "#20a020", "#2020c0", "#c0a000", "#00a0a0")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture
def needs_libreoffice() -> None:
    """Skips where there is no LibreOffice; in CI its absence is a failure."""
    if shutil.which("soffice") is None and shutil.which("libreoffice") is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have LibreOffice")
        pytest.skip("LibreOffice is not installed")


@pytest.fixture
def no_worker() -> Sequence[str]:
    """A worker that cannot even be started."""
    return ("/nonexistent/worker",)


@pytest.fixture
def fake_soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a Python script in LibreOffice's place: ``sources``, the last of them ``source``, and ``outdir``
    are defined in it.
    """
    if sys.platform == "win32":
        pytest.skip("a script cannot be called soffice.com")

    def install(script: str) -> None:
        folder = tmp_path / "programs"
        folder.mkdir()
        program = folder / "soffice"
        program.write_text(
            f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
            "place = sys.argv.index('--outdir') + 1\noutdir = Path(sys.argv[place])\n"
            "sources = [Path(each) for each in sys.argv[place + 1:]]\nsource = sources[-1]\n" + script
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return install


def python(script: str) -> Sequence[str]:
    """A command that runs ``script`` in the place of the worker."""
    return (sys.executable, "-c", script)


def coloured_pptx(
    path: Path, colours: Sequence[str] = COLOURS, hidden: Sequence[int] = (), notes: bool = True
) -> Path:
    """A deck whose slides are each filled with one colour, with its name as the note."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Emu(12_192_000), Emu(6_858_000)
    for number, colour in enumerate(colours, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        if notes:
            slide.notes_slide.notes_text_frame.text = colour
        if number in hidden:
            slide.element.set("show", "0")
    deck.save(str(path))
    return path


def coloured_pdf(
    path: Path, colours: Sequence[str] = COLOURS, size: tuple[float, float] = (960, 540), password: str = ""
) -> Path:
    """A PDF with a page filled with each colour."""
    document = pymupdf.open()
    for colour in colours:
        page = document.new_page(width=size[0], height=size[1])
        fill = QColor(colour)
        page.draw_rect(page.rect, fill=(fill.redF(), fill.greenF(), fill.blueF()), width=0)
    if password:
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw=password)
    else:
        document.save(path)
    return path


def picture(path: Path, colour: str, width: int = 160, height: int = 90) -> Path:
    """A picture of one colour; the kind follows from the ending."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def centre_colour(path: Path) -> QColor:
    """The colour in the middle of a picture."""
    image = QImage(str(path))
    assert not image.isNull()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def is_near(colour: QColor, wanted: str) -> bool:
    """Whether two colours are the same but for what JPEG does to them."""
    other = QColor(wanted)
    pairs = ((colour.red(), other.red()), (colour.green(), other.green()), (colour.blue(), other.blue()))
    return all(abs(one - two) <= 6 for one, two in pairs)


def compound_file(path: Path, stream: str) -> Path:
    """The container of old and of encrypted Office files, with one stream's name in its directory."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entry = stream.encode("utf-16-le").ljust(64, b"\0") + bytes(64)
    path.write_bytes(header + entry.ljust(512, b"\0"))
    return path
