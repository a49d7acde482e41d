# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which families the text of a PPTX asks for, and how small it gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Emu, Pt

from .pptx_builders import BLANK, HEIGHT, TITLE_AND_BODY, TWO_BODIES, WIDTH, read, text_box, xml

THEME = "Calibri"
"""The family of python-pptx's own template, for titles and text."""


def latin(family: str, size: int = 2000) -> str:
    """Run properties that ask for a family."""
    return f'<a:rPr sz="{size}"><a:latin typeface="{family}"/></a:rPr>'


def set_theme_fonts(slide: Any, major: str, minor: str) -> None:
    """Give the slide's theme other families."""
    for relation in slide.slide_layout.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            theme = relation.target_part
            before, _, rest = theme.blob.partition(b"<a:fontScheme")
            after = rest.partition(b"</a:fontScheme>")[2]
            fonts = "".join(
                f'<a:{kind}Font><a:latin typeface="{family}"/><a:ea typeface=""/></a:{kind}Font>'
                for kind, family in (("major", major), ("minor", minor))
            )
            theme._blob = before + f'<a:fontScheme name="x">{fonts}</a:fontScheme>'.encode() + after


def test_a_run_asks_for_its_own_family(tmp_path: Path) -> None:
    (slide,) = read(tmp_path, lambda slide: text_box(slide, run=latin("Lobster")))

    assert (slide.fonts, slide.smallest_pt) == (("Lobster",), 20)


def test_a_run_that_names_none_gets_the_themes(tmp_path: Path) -> None:
    def plain(slide: Any) -> None:
        set_theme_fonts(slide, "Head", "Body")
        slide.shapes.title.text_frame.text = "Title"
        slide.placeholders[1].text_frame.text = ""

    def both(slide: Any) -> None:
        plain(slide)
        text_box(slide, run=latin("+mj-lt"))
        text_box(slide)

    first, second = read(tmp_path, plain, both, layout=TITLE_AND_BODY)

    assert (first.fonts, second.fonts) == (("Head",), ("Body", "Head"))
    assert (first.smallest_pt, second.smallest_pt) == (44, 18)


def test_a_placeholder_inherits_from_its_layout_before_the_master(tmp_path: Path) -> None:
    def of_layout(slide: Any) -> None:
        body = slide.slide_layout.placeholders[1]._element.txBody
        style = xml(
            '<a:lstStyle><a:lvl1pPr><a:defRPr sz="1700"><a:latin typeface="Layout"/></a:defRPr></a:lvl1pPr>'
            '<a:lvl2pPr><a:defRPr sz="1500"/></a:lvl2pPr></a:lstStyle>'
        )
        body.replace(body.find(style.tag), style)
        slide.placeholders[1].text_frame.text = "one"

    def second_level(slide: Any) -> None:
        of_layout(slide)
        slide.placeholders[1].text_frame.paragraphs[0].level = 1

    first, second = read(tmp_path, of_layout, second_level, layout=TITLE_AND_BODY)

    assert ("Layout" in first.fonts, first.smallest_pt) == (True, 17)
    assert ("Layout" in second.fonts, second.smallest_pt) == (False, 15)


def set_size(placeholder: Any, size: int) -> None:
    """Give a placeholder's own style a size."""
    body = placeholder._element.txBody
    style = xml(f'<a:lstStyle><a:lvl1pPr><a:defRPr sz="{size}"/></a:lvl1pPr></a:lstStyle>')
    body.replace(body.find(style.tag), style)


def test_of_several_placeholders_the_one_with_the_number_counts(tmp_path: Path) -> None:
    def second(slide: Any) -> None:
        for number, size in ((1, 1100), (2, 1200)):
            set_size(slide.slide_layout.placeholders[number], size)
        slide.placeholders[2].text_frame.text = "x"

    assert read(tmp_path, second, layout=TWO_BODIES)[0].smallest_pt == 12


def test_a_title_is_the_title_whatever_its_number(tmp_path: Path) -> None:
    def renumbered(slide: Any) -> None:
        set_size(slide.slide_layout.placeholders[0], 1100)
        set_size(slide.slide_layout.placeholders[1], 1200)
        slide.shapes.title._element.nvSpPr.nvPr.find("*").set("idx", "1")
        slide.shapes[0].text_frame.text = "x"

    assert read(tmp_path, renumbered, layout=TWO_BODIES)[0].smallest_pt == 11


def test_a_placeholder_gets_its_typeface_from_its_master(tmp_path: Path) -> None:
    def styled(slide: Any) -> None:
        set_theme_fonts(slide, "Head", "Body")
        slide.shapes.title.text_frame.text = "x"
        slide.shapes.title._element.insert(2, xml('<p:style><a:fontRef idx="minor"/></p:style>'))

    assert read(tmp_path, styled, layout=TITLE_AND_BODY)[0].fonts == ("Head",)


def test_a_shapes_style_goes_before_the_decks(tmp_path: Path) -> None:
    def styled(slide: Any) -> None:
        set_theme_fonts(slide, "Head", "Body")
        box = text_box(slide)
        style = '<p:style><a:fontRef idx="major"/></p:style>'
        box._element.insert(2, xml(style))

    assert read(tmp_path, styled)[0].fonts == ("Head",)


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_text_that_cannot_be_seen_asks_for_nothing(tmp_path: Path, text: str) -> None:
    (slide,) = read(tmp_path, lambda slide: text_box(slide, text or " ", run=latin("Lobster", 800)))

    assert (slide.fonts, slide.smallest_pt) == ((), None)


def test_hidden_shapes_and_those_beside_the_slide_ask_for_nothing(tmp_path: Path) -> None:
    def hidden(slide: Any) -> None:
        text_box(slide, run=latin("Lobster", 800))._element.nvSpPr.cNvPr.set("hidden", "1")
        text_box(slide, run=latin("Lobster", 800), left=WIDTH)
        text_box(slide, run=latin("Lobster", 800), left=-WIDTH // 2)
        text_box(slide, run=latin("Arial"), left=WIDTH - 9)

    (slide,) = read(tmp_path, hidden)

    assert (slide.fonts, slide.smallest_pt) == (("Arial",), 20)


def test_tables_and_groups_are_looked_into(tmp_path: Path) -> None:
    def table(slide: Any) -> None:
        cells = slide.shapes.add_table(1, 2, 0, 0, Emu(WIDTH), Emu(HEIGHT)).table
        cells.cell(0, 0).text_frame.text = "x"
        cells.cell(0, 1).text_frame.text = "y"
        run = cells.cell(0, 1).text_frame.paragraphs[0].runs[0]
        run.font.name, run.font.size = "Lobster", Pt(11)

    def group(slide: Any) -> None:
        inside = slide.shapes.add_group_shape().shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9)
        inside.text_frame.text = "x"
        run = inside.text_frame.paragraphs[0].runs[0]
        run.font.name, run.font.size = "Lobster", Pt(11)

    first, second = read(tmp_path, table, group)

    assert (first.fonts, first.smallest_pt) == ((THEME, "Lobster"), 11)
    assert (second.fonts, second.smallest_pt) == (("Lobster",), 11)


def a_chart(slide: Any) -> Any:
    """A bar chart over the whole slide."""
    values = CategoryChartData()
    values.categories = ["a", "b"]
    values.add_series("x", (1, 2))
    whole = (0, 0, Emu(WIDTH), Emu(HEIGHT))
    return slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *whole, values).chart


def test_a_chart_asks_for_the_family_and_size_of_its_labels(tmp_path: Path) -> None:
    def of_the_theme(slide: Any) -> None:
        a_chart(slide)

    def of_its_own(slide: Any) -> None:
        font = a_chart(slide).font
        font.name, font.size = "Lobster", Pt(11)

    first, second = read(tmp_path, of_the_theme, of_its_own)

    assert (first.fonts, first.smallest_pt) == ((THEME,), 18)
    assert (second.fonts, second.smallest_pt) == (("Lobster",), 11)


@pytest.mark.parametrize("shown", [True, False])
def test_labels_that_a_chart_does_not_show_ask_for_nothing(tmp_path: Path, shown: bool) -> None:
    def of_values(slide: Any) -> None:
        plot = a_chart(slide).plots[0]
        plot.has_data_labels = True
        plot.data_labels.font.name, plot.data_labels.font.size = "Lobster", Pt(11)
        plot.data_labels.show_value = shown

    def of_an_axis(slide: Any) -> None:
        axis = a_chart(slide).value_axis
        axis.tick_labels.font.name, axis.tick_labels.font.size = "Lobster", Pt(11)
        axis.visible = shown

    found = [(slide.fonts, slide.smallest_pt) for slide in read(tmp_path, of_values, of_an_axis)]

    assert found == ([(("Lobster",), 11)] * 2 if shown else [((THEME,), 18)] * 2)


def test_smart_art_is_read_from_its_drawing(tmp_path: Path) -> None:
    drawing = (
        '<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dsp:spTree>{}</dsp:spTree></dsp:drawing>'
    )
    shape = (
        '<dsp:sp><dsp:style><a:fontRef idx="minor"/></dsp:style><dsp:txBody><a:bodyPr/><a:p><a:r>{}'
        "<a:t>x</a:t></a:r></a:p></dsp:txBody></dsp:sp>"
    )

    def smart_art(slide: Any) -> None:
        content = drawing.format(shape.format(latin("Lobster", 900)) + shape.format('<a:rPr sz="1000"/>'))
        name = PackURI("/ppt/diagrams/drawing1.xml")
        part = Part(name, "application/vnd.ms-office.drawingml.diagramDrawing+xml", slide.part.package, b"")
        part._blob = content.encode()
        slide.part.relate_to(part, "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing")

    (slide,) = read(tmp_path, smart_art)

    assert (slide.fonts, slide.smallest_pt) == ((THEME, "Lobster"), 9)


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("Latin", ("Lat",)),
        ("漢字", ("Asia",)),
        ("Latin 漢字", ("Asia", "Lat")),
        ("שלום", ("Complex",)),
        ("\uf0e0", ("Sym",)),
    ],
)
def test_only_the_typefaces_of_the_characters_there_are_count(
    tmp_path: Path, text: str, fonts: tuple[str, ...]
) -> None:
    run = (
        '<a:rPr><a:latin typeface="Lat"/><a:ea typeface="Asia"/><a:cs typeface="Complex"/>'
        '<a:sym typeface="Sym"/></a:rPr>'
    )

    assert read(tmp_path, lambda slide: text_box(slide, text, run))[0].fonts == fonts


@pytest.mark.parametrize(
    ("bullet", "fonts"),
    [
        ('<a:buFont typeface="Wingdings"/><a:buChar char="x"/>', ("Arial", "Wingdings")),
        ('<a:buFont typeface="Wingdings"/><a:buNone/>', ("Arial",)),
        ('<a:buFont typeface="Wingdings"/>', ("Arial",)),
        ('<a:buFontTx/><a:buChar char="x"/>', ("Arial",)),
    ],
)
def test_the_typeface_of_a_bullet_counts_where_there_is_one(
    tmp_path: Path, bullet: str, fonts: tuple[str, ...]
) -> None:
    def bulleted(slide: Any) -> None:
        box = text_box(slide, run=latin("Arial"))
        box._element.txBody.p_lst[0].insert(0, xml(f"<a:pPr>{bullet}</a:pPr>"))

    assert read(tmp_path, bulleted)[0].fonts == fonts


@pytest.mark.parametrize(
    ("body", "points"),
    [
        ("", 20),
        ("<a:normAutofit/>", 20),
        ('<a:normAutofit fontScale="62500"/>', 12.5),
        ('<a:normAutofit fontScale="62.5%"/>', 12.5),
        ('<a:prstTxWarp prst="textWave1"/>', None),
        ('<a:prstTxWarp prst="textNoShape"/>', 20),
    ],
)
def test_what_powerpoint_shrank_is_as_small_as_it_looks(
    tmp_path: Path, body: str, points: float | None
) -> None:
    (slide,) = read(tmp_path, lambda slide: text_box(slide, run=latin("Arial"), body=body))

    assert (slide.smallest_pt, slide.fonts) == (points, ("Arial",))


@pytest.mark.parametrize(("height", "points"), [(HEIGHT, 12), (HEIGHT // 2, 24), (HEIGHT * 2, 6)])
def test_sizes_are_told_as_on_a_slide_of_the_usual_height(tmp_path: Path, height: int, points: float) -> None:
    (slide,) = read(tmp_path, lambda slide: text_box(slide, run=latin("Arial", 1200)), size=(WIDTH, height))

    assert slide.smallest_pt == points


def test_footers_may_be_small(tmp_path: Path) -> None:
    def with_footer(slide: Any) -> None:
        for kind in ("dt", "ftr", "sldNum"):
            box = text_box(slide, run=latin("Footer", 800))
            box._element.nvSpPr.nvPr.append(xml(f'<p:ph type="{kind}" idx="11"/>'))
        text_box(slide, run=latin("Arial"))

    (slide,) = read(tmp_path, with_footer)

    assert (slide.smallest_pt, slide.fonts) == (20, ("Arial", "Footer"))


def test_a_field_is_text_like_any_other(tmp_path: Path) -> None:
    def with_field(slide: Any) -> None:
        paragraph = text_box(slide)._element.txBody.p_lst[0]
        field = f'<a:fld id="x" type="datetime">{latin("Lobster", 900)}<a:t>today</a:t></a:fld>'
        paragraph.replace(paragraph.r_lst[0], xml(field))

    (slide,) = read(tmp_path, with_field)

    assert (slide.smallest_pt, slide.fonts) == (9, ("Lobster",))


def test_what_layout_and_master_say_is_on_every_slide_that_shows_it(tmp_path: Path) -> None:
    def on_layout(slide: Any) -> None:
        for sheet, family in (
            (slide.slide_layout, "OfLayout"),
            (slide.slide_layout.slide_master, "OfMaster"),
        ):
            if not any(shape.name == family for shape in sheet.shapes):
                box = text_box(slide, run=latin(family, 800))
                box.name = family
                sheet.shapes._spTree.append(box._element)

    def that_hides_it(slide: Any) -> None:
        slide._element.set("showMasterSp", "0")

    first, second = read(tmp_path, on_layout, that_hides_it, layout=BLANK)

    assert (first.fonts, first.smallest_pt) == (("OfLayout", "OfMaster"), None)
    assert second.fonts == ()
