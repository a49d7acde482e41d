# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slides as PowerPoint objects: text boxes, shapes, native charts and tables; lengths in points."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import io
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from .canvas import Part
from .model import Chart, Palette, Scene, mix
from .painting import encode, first_column, icon_file, scene_image, wheel

_TYPES = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "donut": XL_CHART_TYPE.DOUGHNUT,
}
FACE = "Arial"


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color[1:].upper())


class PowerPointSlide:
    """A slide of python-pptx, drawn on in points."""

    def __init__(self, slide: Any, width: float, font: str, palette: Palette) -> None:
        self._slide = slide
        self._shapes = slide.shapes
        self.width = width
        self.font = font
        self.palette = palette

    def _plain(self, shape: Any, color: str) -> Any:
        """Give ``shape`` one flat colour, no outline and no shadow."""
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(color)
        shape.line.fill.background()
        style = shape._element.find(qn("p:style"))
        if style is not None:
            shape._element.remove(style)
        return shape

    def _box(self, kind: MSO_SHAPE, x: float, y: float, w: float, h: float, color: str) -> Any:
        return self._plain(self._shapes.add_shape(kind, Pt(x), Pt(y), Pt(w), Pt(h)), color)

    def rect(self, x: float, y: float, w: float, h: float, color: str, radius: float = 0) -> None:
        """A filled rectangle."""
        shape = self._box(MSO_SHAPE.ROUNDED_RECTANGLE if radius else MSO_SHAPE.RECTANGLE, x, y, w, h, color)
        if radius:
            shape.adjustments[0] = min(0.5, radius / min(w, h))

    def ellipse(self, x: float, y: float, w: float, h: float, color: str) -> None:
        """A filled ellipse in the given box."""
        self._box(MSO_SHAPE.OVAL, x, y, w, h, color)

    def polygon(self, points: list[tuple[float, float]], color: str) -> None:
        """A filled polygon."""
        spots = [(int(Pt(x)), int(Pt(y))) for x, y in points]
        builder = self._shapes.build_freeform(*spots[0])
        builder.add_line_segments(spots[1:], close=True)
        self._plain(builder.convert_to_shape(), color)

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> None:
        """A straight line."""
        made = self._shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x1), Pt(y1), Pt(x2), Pt(y2))
        made.line.color.rgb = _rgb(color)
        made.line.width = Pt(width)
        made._element.remove(made._element.find(qn("p:style")))

    def text(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        text: str,
        size: float,
        color: str,
        bold: bool = False,
        align: str = "left",
        anchor: str = "top",
    ) -> None:
        """Wrapped text."""
        frame = self._frame(x, y, w, h, anchor)
        for index, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.CENTER if align == "center" else PP_ALIGN.LEFT
            self._run(paragraph, line, size, color, bold)

    def stack(self, x: float, y: float, w: float, h: float, parts: list[Part], anchor: str) -> None:
        """Paragraphs below each other in one text box."""
        frame = self._frame(x, y, w, h, anchor)
        lines = [
            (line, part, index == 0) for part in parts for index, line in enumerate(part.text.split("\n"))
        ]
        for index, (line, part, opens) in enumerate(lines):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            if opens and index:
                paragraph.space_before = Pt(part.gap)
            self._run(paragraph, line, part.size, part.color, part.bold)

    def _frame(self, x: float, y: float, w: float, h: float, anchor: str) -> Any:
        """An empty text box without margins."""
        frame = self._shapes.add_textbox(Pt(x), Pt(y), Pt(w), Pt(h)).text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = {
            "top": MSO_ANCHOR.TOP,
            "middle": MSO_ANCHOR.MIDDLE,
            "bottom": MSO_ANCHOR.BOTTOM,
        }[anchor]
        return frame

    def _run(self, paragraph: Any, text: str, size: float, color: str, bold: bool) -> None:
        """Put ``text`` into ``paragraph``."""
        run = paragraph.add_run()
        run.text = text
        self._style(run.font, size, color, bold)

    def _style(self, font: Any, size: float, color: str, bold: bool) -> None:
        font.name = FACE
        font.size = Pt(size)
        font.bold = bold
        font.color.rgb = _rgb(color)

    def icon(self, x: float, y: float, size: float, name: str, color: str) -> None:
        """An icon in the square box."""
        self._shapes.add_picture(io.BytesIO(icon_file(name, color)), Pt(x), Pt(y), Pt(size), Pt(size))

    def scene(self, x: float, y: float, w: float, h: float, scene: Scene, shade: str = "") -> None:
        """A drawn picture."""
        picture = encode(scene_image(self.palette, scene, w, h, shade), "JPEG")
        self._shapes.add_picture(io.BytesIO(picture), Pt(x), Pt(y), Pt(w), Pt(h))

    def chart(self, x: float, y: float, w: float, h: float, chart: Chart, ground: str) -> None:
        """A native chart with values at its marks."""
        data = CategoryChartData(number_format=f'General" {chart.unit}"' if chart.unit else "General")
        turn = -1 if chart.kind == "bar" else 1
        data.categories = chart.labels[::turn]
        data.add_series(chart.series, chart.values[::turn])
        made = self._shapes.add_chart(_TYPES[chart.kind], Pt(x), Pt(y), Pt(w), Pt(h), data).chart
        ink = self.palette.ink(ground)
        self._style(made.font, 24, ink, False)
        made.has_title = False
        made.has_legend = chart.kind == "donut"
        plot = made.plots[0]
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.show_value = True
        labels.number_format_is_linked = True
        self._style(labels.font, 26, ink, True)
        series = plot.series[0]
        if chart.kind == "donut":
            made.legend.position = XL_LEGEND_POSITION.RIGHT
            made.legend.include_in_layout = False
            for index, color in enumerate(wheel(self.palette)[: len(chart.values)]):
                self._point(series, index, color)
                label = series.points[index].data_label.font
                self._style(label, 24, self.palette.ink(color), True)
            return
        names = made.category_axis
        made.value_axis.visible = False
        made.value_axis.has_major_gridlines = False
        made.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        made.value_axis.tick_labels.number_format = ";;;"
        made.value_axis.tick_labels.number_format_is_linked = False
        made.value_axis.major_tick_mark = XL_TICK_MARK.NONE
        made.value_axis.format.line.fill.background()
        made.value_axis.minimum_scale = 0
        made.value_axis.maximum_scale = max(chart.values) * 1.2
        names.format.line.color.rgb = _rgb(ink)
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.has_major_gridlines = False
        self._style(names.tick_labels.font, 24, ink, False)
        last = 0 if chart.kind == "bar" else len(chart.values) - 1
        if chart.kind == "line":
            labels.position = XL_LABEL_POSITION.ABOVE
            series.smooth = False
            series.format.line.color.rgb = _rgb(self.palette.primary)
            series.format.line.width = Pt(6)
            series.marker.style = XL_MARKER_STYLE.CIRCLE
            series.marker.size = 15
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _rgb(self.palette.accent)
            return
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        plot.gap_width = 55
        for index in range(len(chart.values)):
            self._point(series, index, self.palette.accent if index == last else self.palette.primary)

    def _point(self, series: Any, index: int, color: str) -> None:
        """Colour one mark of a chart."""
        fill = series.points[index].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(color)

    def table(self, x: float, y: float, w: float, h: float, rows: tuple[tuple[str, ...], ...]) -> None:
        """A native table with a heading row."""
        made = self._shapes.add_table(len(rows), len(rows[0]), Pt(x), Pt(y), Pt(w), Pt(h)).table
        share = first_column(rows)
        for column in range(len(rows[0])):
            made.columns[column].width = Emu(
                int(Pt(w * (share if column == 0 else (1 - share) / (len(rows[0]) - 1))))
            )
        pal = self.palette
        for index, row in enumerate(rows):
            ground = pal.dark if index == 0 else (mix(pal.soft, pal.primary, 0.1), "#ffffff")[index % 2]
            for column, content in enumerate(row):
                cell = made.cell(index, column)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(ground)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                cell.margin_left, cell.margin_right = Pt(16), Pt(8)
                run = cell.text_frame.paragraphs[0].add_run()
                run.text = content
                self._style(run.font, 26, pal.ink(ground), index == 0 or column == 0)
