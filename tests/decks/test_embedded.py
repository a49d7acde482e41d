# SPDX-License-Identifier: AGPL-3.0-or-later
"""The embedded renderer with its repairs, looked at pixel by pixel; no other program is needed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pptx
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Emu, Pt
from PySide6.QtGui import QColor, QImage

from pechakucha.decks import embedded
from pechakucha.decks.drawing import Drawn, Job, Size, picture_name
from pechakucha.decks.embedded import EmbeddedRenderer
from pechakucha.decks.fonts import Face, fallback_faces
from pechakucha.decks.pptx_facts import read_facts
from pechakucha.decks.pptx_repairs.missing_glyphs import missing_signs
from pechakucha.show.deck import Slide

from .repair_builders import piece

INCH = 914_400
Fill = Callable[[Any], None]


def deck(path: Path, *fills: Fill) -> Path:
    """A deck 10 by 5 inches, a slide for each function, which is given the slide to fill."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Emu(10 * INCH), Emu(5 * INCH)
    for fill in fills:
        fill(made.slides.add_slide(made.slide_layouts[6]))
    made.save(str(path))
    return path


def draw(path: Path, slides: Sequence[Slide] | None = None) -> Drawn:
    """Draw a deck beside itself, 100 pixels an inch."""
    pictures, scratch = path.parent / "pictures", path.parent / "scratch"
    for folder in (pictures, scratch):
        folder.mkdir(exist_ok=True)
    facts = tuple(slides) if slides else read_facts(path).slides
    job = Job(path, facts, Size(1000, 500), pictures, scratch, lambda _done, _total, _picture: None)
    return EmbeddedRenderer().draw(job)


def picture(path: Path, number: int = 1) -> QImage:
    return QImage(str(path.parent / "pictures" / picture_name(number)))


def colour(path: Path, x: float, y: float) -> QColor:
    """At a place in inches."""
    return picture(path).pixelColor(round(100 * x), round(100 * y))


def ink(path: Path, left: float, top: float, right: float, bottom: float, number: int = 1) -> float:
    """The part of an area (inches) that is not nearly white."""
    image = picture(path, number)
    places = [
        (x, y)
        for x in range(int(100 * left), int(100 * right))
        for y in range(int(100 * top), int(100 * bottom))
    ]
    dark = sum(image.pixelColor(x, y).lightness() < 200 for x, y in places)
    return dark / len(places)


def text_box(slide: Any, text: str, size: float = 40, font: str | None = None) -> Any:
    box = slide.shapes.add_textbox(Emu(INCH), Emu(INCH), Emu(8 * INCH), Emu(3 * INCH))
    box.text_frame.word_wrap = True
    box.text_frame.text = text
    for paragraph in box.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.name = font
    return box


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[Face]]], None]:
    """A computer without any fonts, but for those that a test installs."""

    def install(families: dict[str, list[Face]]) -> None:
        monkeypatch.setattr(embedded, "faces_by_family", lambda _folders: families)

    install({})
    return install


def test_a_white_title_on_a_blue_style_is_on_blue(tmp_path: Path) -> None:
    """The layout's placeholder has no fill, and the renderer would take that."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Emu(10 * INCH), Emu(5 * INCH)
    layout = made.slide_layouts[5]
    layout.placeholders[0]._element.spPr.append(piece("<a:noFill/>"))
    slide = made.slides.add_slide(layout)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Emu(INCH), Emu(INCH), Emu(8 * INCH), Emu(INCH)
    style = '<p:style><a:lnRef idx="0"/><a:fillRef idx="1"><a:srgbClr val="0000C0"/></a:fillRef></p:style>'
    title._element.insert(2, piece(style))
    made.save(str(tmp_path / "a.pptx"))

    draw(tmp_path / "a.pptx")

    assert colour(tmp_path / "a.pptx", 2, 1.5).name() in ("#0000c0", "#0000bf", "#0000c1")


def test_a_gradient_reaches_its_colours_at_the_edges(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(INCH), Emu(2 * INCH), Emu(8 * INCH), Emu(INCH))
        stops = '<a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs>'
        stops += '<a:gs pos="100000"><a:srgbClr val="0000FF"/></a:gs>'
        gradient = f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="5400000"/></a:gradFill>'
        box._element.spPr.insert(2, piece(gradient))
        box.line.fill.background()

    draw(deck(tmp_path / "a.pptx", fill))

    above, below = colour(tmp_path / "a.pptx", 5, 2.05), colour(tmp_path / "a.pptx", 5, 2.95)
    assert above.red() - above.blue() > 200
    assert below.blue() - below.red() > 200


def test_an_arrow_has_a_head(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        line = slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Emu(INCH), Emu(2 * INCH), Emu(8 * INCH), Emu(2 * INCH)
        )
        line.line.width = Pt(6)
        line.line.color.rgb = RGBColor(0, 0, 0)
        line.line._get_or_add_ln().append(piece('<a:tailEnd type="triangle" w="lg" len="lg"/>'))

    draw(deck(tmp_path / "a.pptx", fill))

    line, head = ink(tmp_path / "a.pptx", 4, 1.7, 4.1, 2.3), ink(tmp_path / "a.pptx", 7.6, 1.7, 7.7, 2.3)
    assert 0.05 < line < 0.25 < head


def test_a_sign_that_no_typeface_here_has_is_told(tmp_path: Path, no_fonts: object) -> None:
    path = deck(tmp_path / "a.pptx", lambda slide: text_box(slide, "中"), lambda slide: text_box(slide, "x"))

    findings = draw(path).findings

    assert [(each.code, each.slide, each.params) for each in findings] == [
        ("drawn-incompletely", 1, {"case": "signs"})
    ]


def test_a_sign_is_drawn_in_a_typeface_that_has_it(
    tmp_path: Path, no_fonts: Callable[[dict[str, list[Face]]], None]
) -> None:
    """Our own typeface is what is missing everything here, and a renamed one of it what has all."""
    (regular, *_) = fallback_faces()
    poor = tmp_path / "poor.ttf"
    with TTFont(regular.path) as font:
        subsetter = Subsetter(Options(notdef_outline=True))
        subsetter.populate(text="so it is")
        subsetter.subset(font)
        font.save(poor)
    no_fonts(
        {
            "poor": [Face(bold=False, italic=False, path=poor, number=0, family="Poor")],
            "rich": [Face(bold=False, italic=False, path=regular.path, number=0, family="Rich")],
        }
    )
    path = deck(tmp_path / "a.pptx", lambda slide: text_box(slide, "so Ж it is", font="Poor"))

    drawn = draw(path)

    assert drawn.findings == ()
    assert drawn.fonts == {1: ("Poor", "Rich")}


def test_text_in_a_stand_in_is_shrunk_into_its_box(tmp_path: Path, no_fonts: object) -> None:
    def fill(slide: Any) -> None:
        box = text_box(slide, "\n".join(["a line of text"] * 8), size=36, font="Calibri")
        properties = box.text_frame._txBody.bodyPr
        for child in list(properties):
            properties.remove(child)
        properties.append(piece("<a:normAutofit/>"))

    path = deck(tmp_path / "a.pptx", fill)
    draw(path)

    assert ink(path, 1, 1, 9, 4) > 0.02
    assert ink(path, 1, 4.05, 9, 5) == 0


def test_the_families_that_were_drawn_are_told(tmp_path: Path, no_fonts: object) -> None:
    path = deck(tmp_path / "a.pptx", lambda slide: text_box(slide, "x", font="Garamond"), lambda _slide: None)
    asked = [msgspec.structs.replace(slide, fonts=("Wingdings",)) for slide in read_facts(path).slides]

    assert draw(path).fonts == {1: ("Source Sans Pro",), 2: ()}
    assert draw(path, asked).fonts[2] == ("Wingdings",), "its signs would look the same"


def test_what_is_not_drawn_as_it_is_meant_is_told_of_its_slide(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        box = text_box(slide, "x")
        box._element.spPr.append(piece('<a:pattFill prst="pct20"/>'))

    path = deck(tmp_path / "a.pptx", lambda _slide: None, fill)

    assert [(each.slide, each.params) for each in draw(path).findings] == [(2, {"case": "pattern"})]


@pytest.mark.parametrize("error", [ZeroDivisionError, RecursionError, type("Panic", (BaseException,), {})])
def test_a_deck_is_drawn_unrepaired_where_repairing_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[BaseException],
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(embedded.DeckCopy, "repair", fail)
    path = deck(tmp_path / "a.pptx", lambda slide: text_box(slide, "x"))

    with caplog.at_level(logging.WARNING):
        drawn = draw(path)

    assert drawn.pictures == {1: "slide-001.jpg"}
    assert ink(path, 1, 1, 2, 2) > 0
    assert "the deck is drawn unrepaired" in caplog.messages


def test_a_copy_that_the_renderer_refuses_is_not_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "broken.pptx").write_bytes(b"PK\3\4")
    monkeypatch.setattr(embedded.DeckCopy, "write", lambda _copy: tmp_path / "broken.pptx")
    path = deck(tmp_path / "a.pptx", lambda slide: text_box(slide, "x"))

    with caplog.at_level(logging.WARNING):
        assert draw(path).pictures == {1: "slide-001.jpg"}

    assert "the deck is drawn unrepaired" in caplog.messages


def test_boxes_are_found_behind_letters_of_two_units(tmp_path: Path, no_fonts: object) -> None:
    path = deck(tmp_path / "a.pptx", lambda slide: text_box(slide, "a😀b 中\nc 日"))
    opened = embedded._open(path, embedded._fonts_of(path))

    assert missing_signs(embedded.lay_out(opened.deck, 1)) == {"😀", "中", "日"}
