# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a city's slides as a PPTX, a PDF or a folder of pictures, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pymupdf
from pptx import Presentation
from pptx.util import Pt
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from . import layouts
from .canvas import HEIGHT
from .model import City
from .painting import PaintedSlide, encode, paint_image
from .powerpoint import PowerPointSlide

_DAY = datetime(2021, 3, 25, 8, 45)  # noqa: DTZ001  # Office files hold times without a zone
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")
_PDF_DOTS = 720


def _steady(package: bytes) -> bytes:
    """An Office package with fixed times, also in the workbooks inside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".xlsx"):
                data = _steady(data)
            elif name == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>2021-03-25T08:45:00Z\3", data)
            entry = zipfile.ZipInfo(name, (2021, 3, 25, 8, 45, 0))
            packed = name.endswith((".jpg", ".png", ".xlsx"))
            new.writestr(entry, data, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write_pptx(city: City, target: Path) -> None:
    """The deck as PowerPoint objects, with speaker notes."""
    deck = Presentation()
    width = HEIGHT * city.ratio
    deck.slide_width, deck.slide_height = Pt(width), Pt(HEIGHT)
    blank = deck.slide_layouts[6]
    for slide in city.slides:
        made = deck.slides.add_slide(blank)
        layouts.draw(PowerPointSlide(made, width, city.font, city.palette), slide, city)
        if slide.notes:
            made.notes_slide.notes_text_frame.text = slide.notes
    core = deck.core_properties
    core.title, core.author, core.language = city.name, f"Projektteam {city.name}", "de-DE"
    core.last_modified_by, core.revision = core.author, 1
    core.created = core.modified = _DAY
    store = io.BytesIO()
    deck.save(store)
    target.write_bytes(_steady(store.getvalue()))


def write_pdf(city: City, target: Path) -> None:
    """The deck as pages with embedded fonts, shapes as vectors and scenes as JPEG."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DOTS)
    width = HEIGHT * city.ratio
    page = QPageSize(QSizeF(width, HEIGHT), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(_PDF_DOTS / 72, _PDF_DOTS / 72)
    for index, slide in enumerate(city.slides):
        if index:
            writer.newPage()
        layouts.draw(PaintedSlide(painter, width, city.font, city.palette, flat=True), slide, city)
    painter.end()
    buffer.close()
    with pymupdf.open(stream=bytes(store.data()), filetype="pdf") as pdf:
        day = "D:20210325084500Z"
        pdf.set_metadata(
            {"title": city.name, "author": f"Projektteam {city.name}", "creationDate": day, "modDate": day}
        )
        pdf.del_xml_metadata()
        pdf.xref_set_key(-1, "ID", "null")
        pdf.rewrite_images(quality=78)
        pdf.save(target, garbage=4, deflate=True, use_objstms=1, no_new_id=True)


def write_pictures(city: City, target: Path) -> None:
    """The deck as pictures of 1920 x 1080 pixels: ``1.jpg`` … or a mix ``Folie 01.png`` …"""
    target.mkdir(parents=True, exist_ok=True)
    mixed = city.deck.startswith("arnsberg")
    for index, slide in enumerate(city.slides, 1):
        image = paint_image(1920, 1080, city.font, city.palette, lambda c, s=slide: layouts.draw(c, s, city))  # type: ignore[misc]
        flat = mixed and slide.scene is None
        name = f"Folie {index:02d}.{'png' if flat else 'jpg'}" if mixed else f"{index}.jpg"
        (target / name).write_bytes(encode(image, "PNG" if flat else "JPEG"))


def write(city: City, folder: Path) -> Path:
    """Write the deck of ``city`` below ``folder`` in the kind its file name asks for."""
    target = folder / city.deck
    kinds = {".pptx": write_pptx, ".pdf": write_pdf, "": write_pictures}
    kinds[target.suffix](city, target)
    return target
