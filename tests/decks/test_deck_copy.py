# SPDX-License-Identifier: AGPL-3.0-or-later
"""The repaired copy of a whole deck: its parts, its pictures, and what of it no repair can mend."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from pechakucha.decks.pptx_repairs import left_out_pictures, repairing
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.parts import Parts
from pechakucha.decks.pptx_repairs.repairing import DeckCopy

from .repair_builders import piece

PNG_END = b"\0\0\0\0IEND\xae\x42\x60\x82"
Shapes = list[str]


def png(colour: str = "#c02020") -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def deck(path: Path, shapes: Shapes | None = None, pictures: int = 0, slides: int = 1) -> Path:
    """A deck with these shapes and so many pictures on each slide."""
    made = pptx.Presentation()
    for _ in range(slides):
        slide = made.slides.add_slide(made.slide_layouts[6])
        for number in range(pictures):
            slide.shapes.add_picture(io.BytesIO(png(f"#{number:02}{number:02}ff")), 0, 0, Inches(1))
        for shape in shapes or []:
            slide.shapes._spTree.append(piece(shape))
    made.save(str(path))
    return path


def changed(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """The same archive with its members changed; None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        members = [change(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for member in filter(None, members):
            archive.writestr(*member)
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repaired(path: Path, folder: Path, slides: int = 1) -> Path:
    with DeckCopy.of(path, folder) as copy:
        copy.repair(range(1, slides + 1))
        return copy.write()


ARROW = (
    '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="9" name="c"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="0"/></a:xfrm><a:prstGeom prst="line"/>'
    '<a:ln w="9525"><a:tailEnd type="triangle"/></a:ln></p:spPr></p:cxnSp>'
)


def test_a_deck_that_needs_no_repair_is_not_copied(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", pictures=1)

    assert repaired(path, tmp_path) == path


def test_only_what_is_repaired_differs_in_the_copy(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", [ARROW], pictures=2)

    before, after = members(path), members(repaired(path, tmp_path))

    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == {"ppt/slides/slide1.xml"}


def test_slides_that_are_not_drawn_are_not_repaired(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", [ARROW], slides=2)

    before, after = members(path), members(repaired(path, tmp_path, slides=1))

    assert before["ppt/slides/slide2.xml"] == after["ppt/slides/slide2.xml"]
    assert before["ppt/slides/slide1.xml"] != after["ppt/slides/slide1.xml"]


def test_films_are_left_out_of_the_copy(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", [ARROW])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ppt/media/media1.MP4", bytes(5000))

    assert members(repaired(path, tmp_path))["ppt/media/media1.MP4"] == b""


def test_a_repair_that_fails_leaves_its_slide_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(page: Page) -> bool:
        page.root.clear()
        raise ZeroDivisionError

    monkeypatch.setattr(repairing, "REPAIRS", (*repairing.REPAIRS, fail))
    path = deck(tmp_path / "a.pptx", [ARROW])

    with caplog.at_level(logging.ERROR):
        assert repaired(path, tmp_path) == path

    assert "ppt/slides/slide1.xml is drawn unrepaired" in caplog.messages


def test_a_slide_that_is_no_xml_is_copied_as_it_is(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", [ARROW], slides=2)
    changed(path, lambda name, content: (name, b"<p:sld" if name.endswith("/slide2.xml") else content))

    after = members(repaired(path, tmp_path, slides=2))

    assert after["ppt/slides/slide2.xml"] == b"<p:sld"
    assert b"custGeom" in after["ppt/slides/slide1.xml"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'<!DOCTYPE x [<!ENTITY a "' + b"b" * 100 + b'">]><x>&a;</x>', id="entity"),
        pytest.param(b"<x>" * 300 + b"</x>" * 300, id="deep"),
        pytest.param(b"", id="empty"),
    ],
)
def test_hostile_xml_is_not_unfolded(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.xml", content)
    with zipfile.ZipFile(path) as archive:
        tree = Parts(archive).tree("x.xml")

    assert tree is None or "b" not in "".join(tree.itertext())


def test_a_png_without_its_last_mark_is_given_it(tmp_path: Path) -> None:
    path = deck(tmp_path / "a.pptx", pictures=2)

    def cut(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.removesuffix(PNG_END) if name.endswith("image1.png") else content

    after = members(repaired(changed(path, cut), tmp_path))

    assert all(after[f"ppt/media/image{number}.png"].endswith(PNG_END) for number in (1, 2))


@pytest.fixture
def metafile_deck(tmp_path: Path) -> Path:
    """A picture that calls itself EMF, on two slides, in a deck that has no PNG."""
    path = deck(tmp_path / "a.pptx", pictures=1, slides=2)

    def rename(name: str, content: bytes) -> tuple[str, bytes]:
        if name.endswith(".rels"):
            content = content.replace(b"media/image1.png", b"media/image1.emf")
        if name == "[Content_Types].xml":
            content = content.replace(b'Extension="png"', b'Extension="emf"')
        return name.replace("image1.png", "image1.emf"), content

    return changed(path, rename)


def test_a_png_takes_the_place_of_a_metafile(
    tmp_path: Path, metafile_deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_out_pictures, "drawn_metafile", lambda _content: png())

    after = members(repaired(metafile_deck, tmp_path, slides=2))

    assert after["ppt/media/image1.emf.png"] == png()
    assert b'Extension="png"' in after["[Content_Types].xml"]
    for number in (1, 2):
        relations = after[f"ppt/slides/_rels/slide{number}.xml.rels"]
        assert b'Target="../media/image1.emf.png"' in relations
    assert len(pptx.Presentation(str(tmp_path / "repaired-1.pptx")).slides[1].shapes[0].image.blob) > 0


def test_a_metafile_that_cannot_be_drawn_stays(
    tmp_path: Path, metafile_deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_out_pictures, "drawn_metafile", lambda _content: None)

    assert repaired(metafile_deck, tmp_path, slides=2) == metafile_deck


def test_a_picture_that_makes_mending_fail_costs_no_other_repair(
    tmp_path: Path, metafile_deck: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_content: bytes) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(left_out_pictures, "drawn_metafile", fail)

    with caplog.at_level(logging.ERROR):
        assert repaired(metafile_deck, tmp_path, slides=2) == metafile_deck

    assert caplog.messages == ["pictures stay as they are"]


def shape_with(properties: str = "", body: str = "<a:bodyPr/>", text: str = "<a:r><a:t>x</a:t></a:r>") -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="8" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{properties}</p:spPr><p:txBody>{body}<a:p>{text}</a:p></p:txBody></p:sp>"
    )


def frame(uri: str, inside: str = "") -> str:
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="7" name="f"/><p:cNvGraphicFramePr/><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def ink(fallback: str = "") -> str:
    return (
        '<mc:AlternateContent><mc:Choice Requires="p14"><p:contentPart/></mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


CAMERA = '<a:scene3d><a:camera prst="{}">{}</a:camera></a:scene3d>'
SHORTCOMINGS: Mapping[str, str] = {
    shape_with(text="<m:oMath><m:r/></m:oMath>"): "equation",
    ink(): "ink",
    shape_with(body='<a:bodyPr><a:prstTxWarp prst="textArchUp"/></a:bodyPr>'): "wordart",
    shape_with('<a:pattFill prst="pct20"/>'): "pattern",
    shape_with(CAMERA.format("isometricTopUp", "")): "spatial",
    shape_with(CAMERA.format("orthographicFront", '<a:rot lat="600000"/>')): "spatial",
    shape_with(text='<a:r><a:rPr strike="sngStrike"/><a:t>x</a:t></a:r>'): "marked-text",
    shape_with(text="<a:r><a:rPr><a:highlight/></a:rPr><a:t>x</a:t></a:r>"): "marked-text",
    frame("http://schemas.openxmlformats.org/drawingml/2006/diagram"): "smartart",
    frame("http://schemas.microsoft.com/office/drawing/2014/chartex"): "object",
    frame("http://schemas.openxmlformats.org/presentationml/2006/ole", "<p:oleObj/>"): "object",
}
HARMLESS = (
    shape_with(),
    shape_with(body='<a:bodyPr><a:prstTxWarp prst="textNoShape"/></a:bodyPr>'),
    shape_with(CAMERA.format("orthographicFront", '<a:rot lat="0" lon="0" rev="0"/>')),
    shape_with(text='<a:r><a:rPr strike="noStrike"/><a:t>x</a:t></a:r>'),
    ink(fallback="<p:pic/>"),
    frame("http://schemas.openxmlformats.org/drawingml/2006/table"),
    frame("http://schemas.openxmlformats.org/presentationml/2006/ole", "<p:oleObj><p:pic/></p:oleObj>"),
)


def shortcomings(path: Path, folder: Path) -> tuple[str, ...]:
    with DeckCopy.of(path, folder) as copy:
        copy.repair([1])
        return copy.shortcomings[1]


@pytest.mark.parametrize(("shape", "kind"), SHORTCOMINGS.items(), ids=SHORTCOMINGS.values())
def test_what_is_not_drawn_as_it_is_meant_is_known(tmp_path: Path, shape: str, kind: str) -> None:
    assert shortcomings(deck(tmp_path / "a.pptx", [shape]), tmp_path) == (kind,)


@pytest.mark.parametrize("shape", HARMLESS)
def test_what_is_drawn_as_it_is_meant_raises_no_alarm(tmp_path: Path, shape: str) -> None:
    assert shortcomings(deck(tmp_path / "a.pptx", [shape]), tmp_path) == ()


@pytest.mark.parametrize(
    ("kind", "series", "expected"),
    [
        (XL_CHART_TYPE.COLUMN_CLUSTERED, 2, ()),
        (XL_CHART_TYPE.DOUGHNUT, 1, ()),
        (XL_CHART_TYPE.DOUGHNUT, 2, ("chart",)),
    ],
)
def test_a_chart_of_which_only_a_part_is_drawn_is_known(
    tmp_path: Path, kind: XL_CHART_TYPE, series: int, expected: tuple[str, ...]
) -> None:
    made = pptx.Presentation()
    figures = CategoryChartData()
    figures.categories = ["a", "b"]
    for number in range(series):
        figures.add_series(str(number), (1, 2))
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_chart(kind, 0, 0, Inches(4), Inches(3), figures)
    made.save(str(tmp_path / "a.pptx"))

    assert shortcomings(tmp_path / "a.pptx", tmp_path) == expected
