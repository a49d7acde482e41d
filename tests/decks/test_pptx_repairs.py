# SPDX-License-Identifier: AGPL-3.0-or-later
"""Repairs of shapes: each writes out what the deck means, and leaves alone what needs none."""

from __future__ import annotations

import pytest

from pechakucha.decks.pptx_repairs.bullets import mend_bullets
from pechakucha.decks.pptx_repairs.connectors import draw_arrows
from pechakucha.decks.pptx_repairs.drawingml import find, find_all, written
from pechakucha.decks.pptx_repairs.flowchart_shapes import draw_flowcharts
from pechakucha.decks.pptx_repairs.gradients import stretch_gradients
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.pattern_fills import fill_patterns
from pechakucha.decks.pptx_repairs.shape_styles import write_out_styles

from .repair_builders import box, bulleted, element, only, page, shape, texts, value

TITLE = '<p:ph type="title"/>'
BODY = '<p:ph idx="1"/>'
FILL_STYLE = '<a:fillRef idx="2"><a:schemeClr val="accent1"><a:shade val="80000"/></a:schemeClr></a:fillRef>'
LINE_STYLE = '<a:lnRef idx="1"><a:schemeClr val="lt1"/></a:lnRef>'
RED = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'


def gradient(angle: int = 5_400_000) -> str:
    stops = "".join(f'<a:gs pos="{place}"><a:srgbClr val="FF0000"/></a:gs>' for place in (0, 50_000, 100_000))
    return f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="{angle}"/></a:gradFill>'


def stops_of(slide: Page) -> list[int]:
    return [int(each.get("pos")) for each in find_all(slide.root, ".//a:gs")]


def test_a_placeholder_has_the_fill_of_its_style() -> None:
    slide = page(shape(place=TITLE, style=FILL_STYLE))

    assert write_out_styles(slide)

    colour = only(slide.root, ".//p:spPr/a:solidFill/a:schemeClr")
    assert colour.get("val") == "accent1"
    assert [each.tag.rpartition("}")[2] for each in colour] == ["shade", "tint"]


def test_a_fill_of_its_own_stays() -> None:
    slide = page(shape(place=TITLE, style=FILL_STYLE, properties=RED))

    assert not write_out_styles(slide)


def test_a_line_that_says_only_its_width_keeps_it_and_has_the_colour_of_its_style() -> None:
    slide = page(shape(style=LINE_STYLE, properties='<a:ln w="50800"/>'))

    assert write_out_styles(slide)

    line = only(slide.root, ".//p:spPr/a:ln")
    assert (line.get("w"), value(line, "a:solidFill/a:schemeClr", "val")) == ("50800", "lt1")


def test_a_shape_has_the_shadow_of_its_style_after_its_line() -> None:
    style = '<a:effectRef idx="1"><a:schemeClr val="dk1"/></a:effectRef>'
    slide = page(shape(style=LINE_STYLE + style))

    assert write_out_styles(slide)

    names = [each.tag.rpartition("}")[2] for each in only(slide.root, ".//p:spPr")]
    assert names == ["ln", "effectLst"]


def test_a_style_that_the_theme_does_not_have_means_nothing() -> None:
    style = '<a:lnRef idx="9"/><a:fillRef idx="0"/><a:effectRef idx="7"/>'

    assert not write_out_styles(page(shape(place=TITLE, style=style)))


def test_colours_change_from_edge_to_edge_and_not_over_the_diagonal() -> None:
    slide = page(shape(properties=box(4_000_000, 3_000_000) + gradient()))

    assert stretch_gradients(slide)

    assert stops_of(slide) == [20_000, 50_000, 80_000]


def test_a_gradient_of_the_style_is_stretched_as_well() -> None:
    style = '<a:fillRef idx="3"><a:schemeClr val="accent2"/></a:fillRef>'
    slide = page(shape(properties=box(3_000_000, 4_000_000), style=style))

    assert stretch_gradients(slide)

    assert stops_of(slide) == [10_000, 90_000]
    assert value(slide.root, ".//p:spPr/a:gradFill//a:schemeClr", "val") == "accent2"


def test_a_placeholder_knows_its_size_from_its_layout() -> None:
    layout = shape(place=BODY, properties=box(4_000_000, 3_000_000))
    slide = page(shape(place=BODY, properties=gradient()), layout=layout)

    assert stretch_gradients(slide)

    assert stops_of(slide) == [20_000, 50_000, 80_000]


def test_a_background_of_the_theme_is_stretched_to_the_slide() -> None:
    reference = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    slide = page(before=reference)

    assert stretch_gradients(slide)

    part = 6_858_000 / (12_192_000**2 + 6_858_000**2) ** 0.5
    assert stops_of(slide) == [round(50_000 - 50_000 * part), round(50_000 + 50_000 * part)]
    assert find(slide.root, ".//p:bgPr/a:gradFill//a:schemeClr") is not None
    assert find(slide.root, ".//p:bgRef") is None


def line(preset: str, ends: str = "", width: int = 2_000_000, height: int = 0, adjust: str = "") -> str:
    return (
        '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="2" name="c"/></p:nvCxnSpPr><p:spPr>'
        f'{box(width, height)}<a:prstGeom prst="{preset}"><a:avLst>{adjust}</a:avLst></a:prstGeom>'
        f'<a:ln w="25400">{RED}{ends}</a:ln></p:spPr></p:cxnSp>'
    )


def points_of(slide: Page, number: int) -> list[tuple[int, int]]:
    path = list(find_all(slide.root, ".//a:path"))[number]
    return [(int(each.get("x")), int(each.get("y"))) for each in find_all(path, ".//a:pt")]


def test_an_arrow_has_its_head_in_the_colour_of_its_line() -> None:
    slide = page(line("straightConnector1", '<a:tailEnd type="triangle"/>'))

    assert draw_arrows(slide)

    head = 3 * 25_400
    tip, *corners = points_of(slide, 1)
    assert tip == (2_000_000 + head, head)
    assert corners == [(2_000_000, head + head // 2), (2_000_000, head - head // 2)]
    assert points_of(slide, 0)[-1][0] < tip[0], "the line would show at the tip"
    assert value(slide.root, ".//p:spPr/a:solidFill/a:srgbClr", "val") == "FF0000"
    assert find(slide.root, ".//a:tailEnd") is None


def test_the_box_of_an_arrow_grows_around_its_middle() -> None:
    slide = page(line("line", '<a:headEnd type="oval" w="lg" len="lg"/>'))

    assert draw_arrows(slide)

    margin = 5 * 25_400
    offset, size = only(slide.root, ".//a:off"), only(slide.root, ".//a:ext")
    assert (offset.get("x"), offset.get("y")) == (str(1_000_000 - margin), str(2_000_000 - margin))
    assert (size.get("cx"), size.get("cy")) == (str(2_000_000 + 2 * margin), str(2 * margin))


def test_a_bent_connector_has_its_corners_at_right_angles() -> None:
    adjust = '<a:gd name="adj1" fmla="val 25000"/>'
    slide = page(line("bentConnector3", height=1_000_000, adjust=adjust))

    assert draw_arrows(slide)

    assert points_of(slide, 0) == [(0, 0), (500_000, 0), (500_000, 1_000_000), (2_000_000, 1_000_000)]


def test_a_plain_line_is_left_alone() -> None:
    assert not draw_arrows(page(line("straightConnector1", '<a:tailEnd type="none"/>')))
    assert not draw_arrows(page(shape(properties=box(10, 10) + '<a:prstGeom prst="rect"/>')))


def test_the_head_of_an_arrow_in_a_group_is_as_large_as_any() -> None:
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000" cy="4000"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="2000" cy="2000"/></a:xfrm></p:grpSpPr>'
    )
    slide = page(group + line("line", '<a:tailEnd type="triangle"/>') + "</p:grpSp>")

    assert draw_arrows(slide)

    tip, corner, _ = points_of(slide, 1)
    assert tip[0] - corner[0] == 3 * 25_400 / 2


@pytest.mark.parametrize("preset", ["flowChartManualInput", "flowChartPreparation", "flowChartMagneticDrum"])
def test_a_flowchart_shape_is_drawn_point_by_point(preset: str) -> None:
    slide = page(shape(properties=f'<a:prstGeom prst="{preset}"/>'))

    assert draw_flowcharts(slide)

    assert find(slide.root, ".//p:spPr/a:custGeom/a:pathLst/a:path") is not None
    assert find(slide.root, ".//a:prstGeom") is None


def test_a_rectangle_stays_one() -> None:
    assert not draw_flowcharts(page(shape(properties='<a:prstGeom prst="rect"/>')))


def test_a_pattern_becomes_the_colour_it_looks_like_from_afar() -> None:
    colours = '<a:fgClr><a:srgbClr val="000000"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
    slide = page(shape(properties=f'<a:pattFill prst="pct20">{colours}</a:pattFill>'))

    assert fill_patterns(slide)

    assert value(slide.root, ".//p:spPr/a:solidFill/a:srgbClr", "val") == "CCCCCC"


def test_a_pattern_in_the_themes_colours_becomes_the_one_that_covers_more() -> None:
    colours = '<a:fgClr><a:schemeClr val="tx1"/></a:fgClr><a:bgClr><a:schemeClr val="bg2"/></a:bgClr>'
    slide = page(shape(properties=f'<a:pattFill prst="ltUpDiag">{colours}</a:pattFill>'))

    assert fill_patterns(slide)

    assert value(slide.root, ".//p:spPr/a:solidFill/a:schemeClr", "val") == "bg2"


def test_a_repaired_page_can_be_read_again() -> None:
    slide = page(line("line", '<a:tailEnd type="arrow"/>') + shape(text=bulleted("")))
    assert draw_arrows(slide)
    assert mend_bullets(slide)

    assert texts(element(written(slide.root).decode().partition("?>")[2])) == ["• ", "text"]
