# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slides and pictures drawn with Qt; lengths in points unless a name says otherwise."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QLinearGradient, QPainter, QPen, QPolygonF

from . import typeset
from .canvas import HEIGHT, Part
from .indoors import INDOORS
from .maps import MAPS
from .model import Chart, Palette, Scene, mix
from .outdoors import OUTDOORS
from .sketch import SHEET, Sketch, tint

SCENES: dict[str, Callable[[Sketch], None]] = {**OUTDOORS, **MAPS, **INDOORS}


def number(value: float, unit: str = "") -> str:
    """``value`` in German notation with its unit."""
    plain = f"{value:.0f}" if value == int(value) else f"{value:.1f}".replace(".", ",")
    return f"{plain} {unit}".strip()


def paint_scene(painter: QPainter, box: QRectF, palette: Palette, scene: Scene, shade: str) -> None:
    """Draw ``scene`` into ``box`` and darken the side where text will stand."""
    painter.save()
    painter.setClipRect(box)
    painter.translate(box.topLeft())
    scale = box.height() / SHEET
    painter.scale(scale, scale)
    width = box.width() / scale
    if shade:
        painter.fillRect(QRectF(0, 0, width, SHEET), tint(mix(palette.dark, "#000000", 0.25)))
        painter.save()
        part = 0.74
        if shade == "left":
            painter.translate(width * (1 - part), 0)
            painter.setClipRect(QRectF(0, 0, width * part, SHEET))
            SCENES[scene.name](Sketch(painter, width * part, palette, scene))
        else:
            painter.setClipRect(QRectF(0, 0, width, SHEET * part))
            painter.scale(part, part)
            SCENES[scene.name](Sketch(painter, width / part, palette, scene))
        painter.restore()
        down = shade == "bottom"
        veil = QLinearGradient(
            *(
                (QPointF(0, SHEET), QPointF(0, SHEET * 0.3))
                if down
                else (QPointF(0, 0), QPointF(width * 0.82, 0))
            )
        )
        fades = (
            ((0, 1), (0.37, 1), (0.55, 0.75), (0.8, 0)) if down else ((0, 1), (0.33, 1), (0.6, 0.9), (1, 0))
        )
        for place, alpha in fades:
            veil.setColorAt(place, tint(mix(palette.dark, "#000000", 0.25), alpha))
        painter.fillRect(QRectF(0, 0, width, SHEET), veil)
    else:
        SCENES[scene.name](Sketch(painter, width, palette, scene))
    painter.restore()


def encode(image: QImage, kind: str) -> bytes:
    """``image`` as a file of ``kind`` (JPEG or PNG), packed small."""
    clear = image.hasAlphaChannel()
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888 if clear else QImage.Format.Format_RGB888)
    mode = "RGBA" if clear else "RGB"
    size = (plain.width(), plain.height())
    made = Image.frombuffer(mode, size, plain.constBits(), "raw", mode, plain.bytesPerLine(), 1)
    if kind == "PNG" and not clear:
        made = made.quantize(256, dither=Image.Dither.NONE)
    out = io.BytesIO()
    made.save(out, kind, quality=78, optimize=True, progressive=True)
    return out.getvalue()


def scene_image(palette: Palette, scene: Scene, width: float, height: float, shade: str) -> QImage:
    """A picture of ``scene`` for a box of ``width`` x ``height`` points, at 5/3 pixels a point."""
    image = QImage(round(width * 5 / 3), round(height * 5 / 3), QImage.Format.Format_RGB32)
    image.fill(tint(palette.dark))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_scene(painter, QRectF(image.rect()), palette, scene, shade)
    painter.end()
    return image


def icon_file(name: str, color: str) -> bytes:
    """A PNG of an icon with a clear ground."""
    image = QImage(240, 240, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font, character = typeset.icon(name, 232)
    painter.setFont(font)
    painter.setPen(tint(color))
    painter.drawText(QRectF(0, 0, 240, 240), Qt.AlignmentFlag.AlignCenter, character)
    painter.end()
    return encode(image, "PNG")


class PaintedSlide:
    """A slide drawn by ``painter``, which is scaled so that one unit is one point.

    With ``flat``, scenes go in as finished pictures: Qt's PDF writer loses the clear ends of gradients.
    """

    def __init__(
        self, painter: QPainter, width: float, font: str, palette: Palette, *, flat: bool = False
    ) -> None:
        self._flat = flat
        self._p = painter
        self.width = width
        self.font = font
        self.palette = palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _fill(self, color: str) -> None:
        self._p.setPen(Qt.PenStyle.NoPen)
        self._p.setBrush(tint(color))

    def rect(self, x: float, y: float, w: float, h: float, color: str, radius: float = 0) -> None:
        """A filled rectangle."""
        self._fill(color)
        self._p.drawRoundedRect(QRectF(x, y, w, h), radius, radius)

    def ellipse(self, x: float, y: float, w: float, h: float, color: str) -> None:
        """A filled ellipse in the given box."""
        self._fill(color)
        self._p.drawEllipse(QRectF(x, y, w, h))

    def polygon(self, points: list[tuple[float, float]], color: str) -> None:
        """A filled polygon."""
        self._fill(color)
        self._p.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> None:
        """A straight line."""
        self._p.setPen(QPen(tint(color), width))
        self._p.drawLine(QPointF(x1, y1), QPointF(x2, y2))

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
        font = typeset.font(self.font, size, bold)
        metrics = QFontMetricsF(font)
        lines = typeset.wrap(text, self.font, size, bold, w + 0.5)
        step = size * typeset.LINE
        spare = h - step * len(lines)
        y += {"top": 0.0, "middle": spare / 2, "bottom": spare}[anchor]
        base = y + (step - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        self._p.setFont(font)
        self._p.setPen(tint(color))
        for index, line in enumerate(lines):
            shift = (w - metrics.horizontalAdvance(line)) / 2 if align == "center" else 0.0
            self._p.drawText(QPointF(x + shift, base + index * step), line)

    def stack(self, x: float, y: float, w: float, h: float, parts: list[Part], anchor: str) -> None:
        """Paragraphs below each other."""
        deep = [
            len(typeset.wrap(part.text, self.font, part.size, part.bold, w + 0.5)) * part.size * typeset.LINE
            for part in parts
        ]
        spare = h - sum(deep) - sum(part.gap for part in parts)
        y += {"top": 0.0, "middle": spare / 2, "bottom": spare}[anchor]
        for part, tall in zip(parts, deep, strict=True):
            self.text(x, y + part.gap, w, tall, part.text, part.size, part.color, part.bold)
            y += part.gap + tall

    def icon(self, x: float, y: float, size: float, name: str, color: str) -> None:
        """An icon in the square box."""
        font, character = typeset.icon(name, size)
        self._p.setFont(font)
        self._p.setPen(tint(color))
        self._p.drawText(
            QRectF(x - size, y - size, size * 3, size * 3), Qt.AlignmentFlag.AlignCenter, character
        )

    def scene(self, x: float, y: float, w: float, h: float, scene: Scene, shade: str = "") -> None:
        """A drawn picture."""
        if self._flat:
            self._p.drawImage(QRectF(x, y, w, h), scene_image(self.palette, scene, w, h, shade))
            return
        paint_scene(self._p, QRectF(x, y, w, h), self.palette, scene, shade)

    def chart(self, x: float, y: float, w: float, h: float, chart: Chart, ground: str) -> None:
        """A chart with values at its marks."""
        draw = {"column": self._columns, "bar": self._bars, "line": self._line, "donut": self._donut}[
            chart.kind
        ]
        draw(QRectF(x, y, w, h), chart, ground)

    def _series_color(self, index: int, chart: Chart) -> str:
        """The last value stands out, the others are quiet."""
        return self.palette.accent if index == len(chart.values) - 1 else self.palette.primary

    def _columns(self, box: QRectF, chart: Chart, ground: str) -> None:
        ink = self.palette.ink(ground)
        step, peak = box.width() / len(chart.values), max(chart.values)
        for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
            tall = (box.height() - 76) * value / peak
            left = box.x() + step * index
            bottom = box.bottom() - 38
            self.rect(
                left + step * 0.18, bottom - tall, step * 0.64, tall, self._series_color(index, chart), 6
            )
            self.text(left, bottom - tall - 36, step, 34, number(value, chart.unit), 26, ink, True, "center")
            self.text(left, bottom + 6, step, 30, label, 24, ink, False, "center")
        self.line(box.x(), box.bottom() - 38, box.right(), box.bottom() - 38, ink, 2)

    def _bars(self, box: QRectF, chart: Chart, ground: str) -> None:
        ink = self.palette.ink(ground)
        step, peak = box.height() / len(chart.values), max(chart.values)
        name = (
            max(QFontMetricsF(typeset.font(self.font, 24, False)).horizontalAdvance(t) for t in chart.labels)
            + 18
        )
        room = box.width() - name - 100
        for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
            top = box.y() + step * index
            self.text(box.x(), top, name, step, label, 24, ink, anchor="middle")
            wide = room * value / peak
            self.rect(box.x() + name, top + step * 0.2, wide, step * 0.6, self._series_color(index, chart), 6)
            self.text(
                box.x() + name + wide + 12,
                top,
                100,
                step,
                number(value, chart.unit),
                26,
                ink,
                True,
                anchor="middle",
            )

    def _line(self, box: QRectF, chart: Chart, ground: str) -> None:
        ink = self.palette.ink(ground)
        step, peak, low = box.width() / len(chart.values), max(chart.values), box.bottom() - 38
        spots = [
            QPointF(box.x() + step * (index + 0.5), low - (box.height() - 96) * value / peak)
            for index, value in enumerate(chart.values)
        ]
        area = QPolygonF([QPointF(spots[0].x(), low), *spots, QPointF(spots[-1].x(), low)])
        self._fill(mix(self.palette.primary, ground, 0.82))
        self._p.drawPolygon(area)
        self._p.setPen(QPen(tint(self.palette.primary), 6))
        self._p.drawPolyline(QPolygonF(spots))
        for index, (spot, label) in enumerate(zip(spots, chart.labels, strict=True)):
            self.ellipse(spot.x() - 9, spot.y() - 9, 18, 18, self._series_color(index, chart))
            self.text(
                spot.x() - step / 2,
                spot.y() - 48,
                step,
                34,
                number(chart.values[index], chart.unit),
                26,
                ink,
                True,
                "center",
            )
            self.text(spot.x() - step / 2, low + 6, step, 30, label, 24, ink, False, "center")
        self.line(box.x(), low, box.right(), low, ink, 2)

    def _donut(self, box: QRectF, chart: Chart, ground: str) -> None:
        ink = self.palette.ink(ground)
        colors = wheel(self.palette)
        size = min(box.height(), box.width() * 0.5)
        ring = QRectF(box.x(), box.y() + (box.height() - size) / 2, size, size)
        start, total = 90.0, sum(chart.values)
        for index, value in enumerate(chart.values):
            span = 360 * value / total
            self._fill(colors[index])
            self._p.drawPie(ring, round(start * 16), round(-span * 16))
            start -= span
        hole = size * 0.56
        self.ellipse(ring.center().x() - hole / 2, ring.center().y() - hole / 2, hole, hole, ground)
        step = min(58.0, box.height() / len(chart.values))
        top = box.y() + (box.height() - step * len(chart.values)) / 2
        for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
            x = box.x() + size + 36
            self.rect(x, top + step * index + step / 2 - 11, 22, 22, colors[index], 5)
            self.text(
                x + 36,
                top + step * index,
                box.right() - x - 36,
                step,
                f"{label} {number(value, chart.unit)}",
                24,
                ink,
                anchor="middle",
            )

    def table(self, x: float, y: float, w: float, h: float, rows: tuple[tuple[str, ...], ...]) -> None:
        """A table with a heading row."""
        step, pal = h / len(rows), self.palette
        first = w * first_column(rows)
        rest = (w - first) / (len(rows[0]) - 1)
        for index, row in enumerate(rows):
            ground = pal.dark if index == 0 else (mix(pal.soft, pal.primary, 0.1), "#ffffff")[index % 2]
            self.rect(x, y + step * index, w, step, ground)
            left = x
            for column, cell in enumerate(row):
                wide = first if column == 0 else rest
                self.text(
                    left + 16,
                    y + step * index,
                    wide - 24,
                    step,
                    cell,
                    26,
                    pal.ink(ground),
                    index == 0 or column == 0,
                    anchor="middle",
                )
                left += wide


def first_column(rows: tuple[tuple[str, ...], ...]) -> float:
    """The share of a table's width that its first column takes."""
    return 0.38 if len(rows[0]) > 2 else 0.44


def wheel(palette: Palette) -> tuple[str, str, str, str]:
    """Colours of a ring's shares, which stand apart from each other."""
    return palette.primary, palette.accent, palette.second, mix(palette.dark, palette.soft, 0.3)


def paint_image(
    width_px: int, height_px: int, font: str, palette: Palette, draw: Callable[[PaintedSlide], None]
) -> QImage:
    """One slide as a picture."""
    image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    image.fill(tint(palette.dark))
    painter = QPainter(image)
    scale = height_px / HEIGHT
    painter.scale(scale, scale)
    draw(PaintedSlide(painter, width_px / scale, font, palette))
    painter.end()
    return image
