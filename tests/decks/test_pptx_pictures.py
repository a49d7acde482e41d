# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many pixels the pictures of a PPTX have, and how much of their slide they take."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Emu

from pechakucha.show.deck import PlacedPicture

from .pptx_builders import HEIGHT, WIDTH, image_relation, picture, read, xml

FILL = '<p:blipFill><a:blip r:embed="{name}"/>{crop}<a:stretch><a:fillRect{inside}/></a:stretch></p:blipFill>'


def put(slide: Any, width: int = 400, height: int = 200, at: tuple[float, ...] = (0, 0, 0.5, 0.5)) -> Any:
    """A picture of so many pixels at these parts of the slide: left, top, width, height."""
    left, top, across, down = (
        round(part * whole) for part, whole in zip(at, (WIDTH, HEIGHT) * 2, strict=True)
    )
    return slide.shapes.add_picture(picture(width, height), left, top, across, down)


def pictures(folder: Path, change: Callable[[Any], object]) -> tuple[tuple[float, ...], ...]:
    """Width, height and parts of the pictures on a slide."""
    (slide,) = read(folder, change)
    return tuple(
        (each.width, each.height, each.part_of_width, each.part_of_height) for each in slide.pictures
    )


def test_a_picture_is_told_with_its_pixels_and_its_place(tmp_path: Path) -> None:
    (slide,) = read(tmp_path, lambda slide: put(slide, 400, 200, (0.1, 0.1, 0.5, 0.25)))

    assert slide.pictures == (PlacedPicture(400, 200, 0.5, 0.25),)
    assert not slide.animated


def test_of_a_cropped_picture_only_what_is_seen_counts(tmp_path: Path) -> None:
    def cropped(slide: Any) -> None:
        shape = put(slide)
        shape.crop_left, shape.crop_right, shape.crop_top = 0.25, 0.25, 0.1

    assert pictures(tmp_path, cropped) == ((200, 180, 0.5, 0.5),)


@pytest.mark.parametrize(("turn", "turned"), [(0, False), (44, False), (90, True), (270, True), (180, False)])
def test_a_picture_on_its_side_takes_height_for_width(tmp_path: Path, turn: float, turned: bool) -> None:
    def on_its_side(slide: Any) -> None:
        put(slide, 400, 200, (0.3, 0.3, 0.36, 0.32)).rotation = turn

    upright, across = (400, 200, 0.36, 0.32), (200, 400, 0.18, 0.64)
    assert pictures(tmp_path, on_its_side) == (across if turned else upright,)


def test_a_group_stretches_what_is_in_it(tmp_path: Path) -> None:
    def grouped(slide: Any) -> None:
        shape = put(slide, at=(0.1, 0.1, 0.2, 0.2))
        inner = slide.shapes.add_group_shape([shape])
        outer = slide.shapes.add_group_shape([inner])
        outer.width, outer.height = Emu(outer.width * 2), Emu(outer.height * 3)

    assert pictures(tmp_path, grouped) == ((400, 200, 0.4, 0.6),)


def test_of_a_picture_that_leaves_the_slide_only_what_is_on_it_counts(tmp_path: Path) -> None:
    assert pictures(tmp_path, lambda slide: put(slide, at=(-0.25, 0.75, 0.5, 0.5))) == (
        (200, 100, 0.25, 0.25),
    )
    assert pictures(tmp_path, lambda slide: put(slide, at=(1.0, 0, 0.5, 0.5))) == ()


def test_a_group_takes_what_is_in_it_along(tmp_path: Path) -> None:
    def moved(slide: Any) -> None:
        group = slide.shapes.add_group_shape([put(slide, at=(0.2, 0.2, 0.4, 0.4))])
        group.left, group.top = Emu(round(0.8 * WIDTH)), Emu(round(-0.1 * HEIGHT))

    assert pictures(tmp_path, moved) == ((200, 150, 0.2, 0.3),)


def test_a_picture_is_turned_about_its_middle(tmp_path: Path) -> None:
    def over_the_edge(slide: Any) -> None:
        square = HEIGHT / WIDTH
        put(slide, 400, 200, (-0.5 * square, 0.25, square, 0.5)).rotation = 90

    assert pictures(tmp_path, over_the_edge) == ((100, 400, 0.1406, 1),)


def test_a_shape_may_be_filled_with_a_picture(tmp_path: Path) -> None:
    def filled(slide: Any) -> None:
        shape = slide.shapes.add_shape(1, 0, 0, Emu(WIDTH), Emu(HEIGHT))
        fill = FILL.format(name=image_relation(slide, 400, 200), crop="", inside=' l="-50000" r="-50000"')
        shape._element.spPr.append(xml(fill.replace("p:blipFill", "a:blipFill")))

    assert pictures(tmp_path, filled) == ((200, 200, 1, 1),)


def background(sheet: Any, name: str) -> None:
    """Give a sheet a picture as its background."""
    fill = FILL.format(name=name, crop="", inside="").replace("p:blipFill", "a:blipFill")
    sheet._element.cSld.insert(0, xml(f"<p:bg><p:bgPr>{fill}</p:bgPr></p:bg>"))


def test_the_nearest_background_counts(tmp_path: Path) -> None:
    def of_layout(slide: Any) -> None:
        layout = slide.slide_layout
        background(layout, image_relation(layout, 300, 100))

    def of_its_own(slide: Any) -> None:
        background(slide, image_relation(slide, 500, 100))

    def plain(slide: Any) -> None:
        slide.background.fill.solid()

    slides = read(tmp_path, of_layout, of_its_own, plain, lambda slide: None)

    assert [[each.width for each in slide.pictures] for slide in slides] == [[300], [500], [], [300]]


def test_pictures_on_the_layout_are_on_its_slides(tmp_path: Path) -> None:
    def on_layout(slide: Any) -> None:
        layout = slide.slide_layout
        shape = put(slide)
        shape._element.blipFill.blip.rEmbed = image_relation(layout, 300, 100)
        layout.shapes._spTree.append(shape._element)

    assert pictures(tmp_path, on_layout) == ((300, 100, 0.5, 0.5),)


def test_a_picture_in_a_placeholder_takes_the_layouts_place(tmp_path: Path) -> None:
    def placed(slide: Any) -> None:
        slide.placeholders[1].insert_picture(picture(400, 300))

    (slide,) = read(tmp_path, placed, layout=8, size=(9_144_000, 6_858_000))

    (found,) = slide.pictures
    assert (found.part_of_width, found.part_of_height) == (0.6, 0.6)


def test_what_has_no_pixels_is_left_out(tmp_path: Path) -> None:
    def drawings(slide: Any) -> None:
        put(slide)._element.blipFill.blip.append(xml("<a:extLst><a:ext><asvg:svgBlip/></a:ext></a:extLst>"))
        drawing = Part(PackURI("/ppt/media/image9.emf"), "image/x-emf", slide.part.package, b"")
        drawing._blob = picture(30, 30).getvalue()
        put(slide)._element.blipFill.blip.rEmbed = slide.part.relate_to(drawing, RELATIONSHIP_TYPE.IMAGE)
        damaged = Part(PackURI("/ppt/media/image8.png"), "image/png", slide.part.package, b"x")
        put(slide)._element.blipFill.blip.rEmbed = slide.part.relate_to(damaged, RELATIONSHIP_TYPE.IMAGE)
        put(slide)._element.blipFill.blip.rEmbed = "rId99"
        put(slide, 10, 10)

    assert pictures(tmp_path, drawings) == ((10, 10, 0.5, 0.5),)


def test_a_pattern_of_pictures_is_no_large_picture(tmp_path: Path) -> None:
    def tiled(slide: Any) -> None:
        shape = slide.shapes.add_shape(1, 0, 0, Emu(WIDTH), Emu(HEIGHT))
        fill = f'<a:blipFill><a:blip r:embed="{image_relation(slide)}"/><a:tile/></a:blipFill>'
        shape._element.spPr.append(xml(fill))

    assert pictures(tmp_path, tiled) == ()


@pytest.mark.parametrize(("frames", "moves"), [(1, False), (2, True)])
def test_a_gif_with_several_frames_moves(tmp_path: Path, frames: int, moves: bool) -> None:
    colours = ("red", "blue")[:frames]
    first, *others = (Image.new("RGB", (40, 20), colour) for colour in colours)
    content = io.BytesIO()
    first.save(content, "GIF", save_all=True, append_images=others, duration=100)

    (slide,) = read(tmp_path, lambda slide: slide.shapes.add_picture(io.BytesIO(content.getvalue()), 0, 0))

    assert slide.animated is moves
    assert [(each.width, each.height) for each in slide.pictures] == [(40, 20)]
