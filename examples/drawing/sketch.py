# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pen of the pictures: a thin layer over QPainter on a sheet 900 units high."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRadialGradient,
)

from . import typeset
from .model import Palette, Scene, mix

SHEET = 900.0
Point = tuple[float, float]
ICONS = (
    "leaf",
    "bus",
    "flash",
    "water",
    "home-heart",
    "chart-line",
    "school",
    "hospital-box",
    "bike",
    "lightbulb-on",
)


def tint(color: str, alpha: float = 1.0) -> QColor:
    """``color`` as Qt wants it, with an opacity of 0-1."""
    made = QColor(color)
    made.setAlphaF(alpha)
    return made


class Sketch:
    """One picture being drawn; ``w`` and ``h`` are its size in units."""

    def __init__(self, painter: QPainter, width: float, palette: Palette, scene: Scene) -> None:
        self.p = painter
        self.w = width
        self.h = SHEET
        self.pal = palette
        self.flags = scene.flags
        self.rng = random.Random(scene.seed)

    def has(self, flag: str) -> bool:
        """Whether the content asked for this variation."""
        return flag in self.flags

    def poly(self, points: Sequence[Point], color: str, alpha: float = 1.0) -> None:
        """A filled polygon."""
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(tint(color, alpha))
        self.p.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def rect(
        self, x: float, y: float, w: float, h: float, color: str, radius: float = 0, alpha: float = 1.0
    ) -> None:
        """A filled rectangle."""
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(tint(color, alpha))
        self.p.drawRoundedRect(QRectF(x, y, w, h), radius, radius)

    def disc(
        self, x: float, y: float, radius: float, color: str, alpha: float = 1.0, flat: float = 1.0
    ) -> None:
        """A filled circle; ``flat`` is its height as a share of its width."""
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(tint(color, alpha))
        self.p.drawEllipse(QPointF(x, y), radius, radius * flat)

    def ring(self, x: float, y: float, radius: float, color: str, width: float, alpha: float = 1.0) -> None:
        """A circle's outline."""
        self.p.setBrush(Qt.BrushStyle.NoBrush)
        self.p.setPen(QPen(tint(color, alpha), width))
        self.p.drawEllipse(QPointF(x, y), radius, radius)

    def arc(
        self, x: float, y: float, radius: float, start: float, span: float, color: str, width: float
    ) -> None:
        """Part of a circle's outline; ``start`` and ``span`` in degrees, counter-clockwise from the right."""
        pen = QPen(tint(color), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.p.setBrush(Qt.BrushStyle.NoBrush)
        self.p.setPen(pen)
        box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
        self.p.drawArc(box, round(start * 16), round(span * 16))

    def glow(self, x: float, y: float, radius: float, color: str, alpha: float = 0.6) -> None:
        """A soft light."""
        light = QRadialGradient(QPointF(x, y), radius)
        light.setColorAt(0, tint(color, alpha))
        light.setColorAt(1, tint(color, 0))
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(QBrush(light))
        self.p.drawEllipse(QPointF(x, y), radius, radius)

    def fade(self, x: float, y: float, w: float, h: float, top: str, bottom: str) -> None:
        """A rectangle shaded from ``top`` to ``bottom``."""
        shade = QLinearGradient(QPointF(x, y), QPointF(x, y + h))
        shade.setColorAt(0, tint(top))
        shade.setColorAt(1, tint(bottom))
        self.p.fillRect(QRectF(x, y, w, h), QBrush(shade))

    def curve(self, points: Sequence[Point], color: str, width: float, alpha: float = 1.0) -> None:
        """A smooth line through ``points``."""
        pen = QPen(tint(color, alpha), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        path = QPainterPath(QPointF(*points[0]))
        for index in range(1, len(points) - 1):
            here, after = points[index], points[index + 1]
            path.quadTo(QPointF(*here), QPointF((here[0] + after[0]) / 2, (here[1] + after[1]) / 2))
        path.lineTo(QPointF(*points[-1]))
        self.p.setBrush(Qt.BrushStyle.NoBrush)
        self.p.setPen(pen)
        self.p.drawPath(path)

    def lines(self, points: Sequence[Point], color: str, width: float, alpha: float = 1.0) -> None:
        """A line with corners through ``points``."""
        pen = QPen(tint(color, alpha), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.p.setBrush(Qt.BrushStyle.NoBrush)
        self.p.setPen(pen)
        self.p.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def icon(self, x: float, y: float, size: float, name: str, color: str) -> None:
        """An icon centred at ``x``, ``y``."""
        font, character = typeset.icon(name, size)
        self.p.setFont(font)
        self.p.setPen(tint(color))
        self.p.drawText(
            QRectF(x - size, y - size, 2 * size, 2 * size), Qt.AlignmentFlag.AlignCenter, character
        )

    def ridge(self, level: float, swing: float, count: int = 4) -> list[Point]:
        """A wavy horizon about ``level`` units from the top, going up and down by ``swing``."""
        waves = [(self.rng.uniform(0.5, 1.2) * (n + 1), self.rng.uniform(0, 6.3)) for n in range(count)]
        total = sum(1 / (n + 1) for n in range(count))

        def height(x: float) -> float:
            parts = (math.sin(x / 900 * f * 2.2 + o) / (n + 1) for n, (f, o) in enumerate(waves))
            return level + swing * sum(parts) / total

        return [(x, height(x)) for x in range(-20, int(self.w) + 40, 20)]

    def ground(self, ridge: list[Point], color: str, bottom: str = "") -> None:
        """Everything below ``ridge``, shaded towards ``bottom`` if given."""
        outline = [*ridge, (self.w + 40, self.h + 10), (-20, self.h + 10)]
        shade = QLinearGradient(QPointF(0, min(y for _, y in ridge)), QPointF(0, self.h))
        shade.setColorAt(0, tint(color))
        shade.setColorAt(1, tint(bottom or color))
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(QBrush(shade))
        self.p.drawPolygon(QPolygonF([QPointF(x, y) for x, y in outline]))

    @property
    def night(self) -> bool:
        """Whether the picture shows a night."""
        return self.has("night")

    def haze(self, depth: float) -> str:
        """The colour of things at ``depth`` (0 far, 1 near) in the light of the picture."""
        if self.night:
            return mix(mix(self.pal.air, self.pal.dark, 0.45), mix(self.pal.dark, "#000000", 0.35), depth)
        if self.has("dusk"):
            return mix(mix(self.pal.air, self.pal.accent, 0.45), self.pal.dark, 0.15 + 0.85 * depth)
        return mix(mix(self.pal.air, "#ffffff", 0.62), mix(self.pal.air, self.pal.dark, 0.7), depth)

    def sky(self, horizon: float = 620) -> None:
        """Sky with sun or moon; its light follows the flags day, dusk or night."""
        pal = self.pal
        if self.night:
            top, low = mix(pal.dark, "#000000", 0.3), mix(pal.dark, pal.air, 0.6)
        elif self.has("dusk"):
            top, low = mix(pal.air, pal.dark, 0.35), mix(pal.accent, "#ffffff", 0.25)
        else:
            top, low = mix(pal.air, "#ffffff", 0.55), mix(pal.soft, "#ffffff", 0.3)
        self.fade(0, 0, self.w, horizon + 40, top, low)
        self.rect(0, horizon + 30, self.w, self.h - horizon, low)
        x, y = self.w * self.rng.uniform(0.58, 0.8), horizon * self.rng.uniform(0.3, 0.45)
        if self.night:
            for _ in range(90):
                star = self.rng.uniform(1, 2.6)
                self.disc(self.rng.uniform(0, self.w), self.rng.uniform(0, horizon), star, "#ffffff", 0.7)
            self.glow(x, y, 220, pal.soft, 0.25)
            self.disc(x, y, 46, pal.soft)
            self.disc(x + 18, y - 8, 40, mix(top, low, y / (horizon + 40)))
            return
        if self.has("dusk"):
            y = horizon * 0.72
        self.glow(x, y, 330, "#ffffff", 0.55)
        self.disc(x, y, 74, mix(pal.accent, "#ffffff", 0.6 if self.has("dusk") else 0.15))
        for _ in range(3):
            self.cloud(self.rng.uniform(0.05, 0.95) * self.w, self.rng.uniform(60, horizon * 0.5))

    def cloud(self, x: float, y: float) -> None:
        """A flat cloud."""
        for shift, lift, size in ((0, 0, 36), (48, -22, 52), (104, -8, 42), (150, 2, 30)):
            self.disc(x + shift, y + lift, size, "#ffffff", 0.28, 0.7)

    def tree(self, x: float, y: float, size: float, color: str) -> None:
        """A round tree standing on ``x``, ``y``."""
        self.rect(x - size * 0.05, y - size * 0.5, size * 0.1, size * 0.5, mix(color, "#000000", 0.3))
        self.disc(x, y - size * 0.68, size * 0.34, color)
        self.disc(x - size * 0.1, y - size * 0.76, size * 0.2, mix(color, "#ffffff", 0.14))

    def fir(self, x: float, y: float, size: float, color: str) -> None:
        """A conifer standing on ``x``, ``y``."""
        for step in range(3):
            wide, low = size * (0.34 - 0.08 * step), y - size * (0.08 + 0.26 * step)
            self.poly(
                [(x - wide, low), (x + wide, low), (x, low - size * 0.46)], mix(color, "#ffffff", 0.05 * step)
            )

    def house(self, x: float, y: float, size: float, wall: str, roof: str) -> None:
        """A gabled house standing on ``x``, ``y``; ``size`` is its width."""
        lit = (
            mix(self.pal.accent, "#ffffff", 0.35)
            if self.night or self.has("dusk")
            else mix(wall, self.pal.dark, 0.6)
        )
        self.rect(x, y - size * 0.72, size, size * 0.72, wall)
        self.poly(
            [
                (x + size * 0.5, y - size * 1.28),
                (x + size * 1.08, y - size * 0.68),
                (x + size, y - size * 0.72),
                (x, y - size * 0.72),
                (x - size * 0.08, y - size * 0.68),
            ],
            roof,
        )
        for column in (0.17, 0.6):
            self.rect(x + size * column, y - size * 0.56, size * 0.22, size * 0.2, lit, size * 0.02)
        self.rect(x + size * 0.2, y - size * 0.27, size * 0.18, size * 0.27, roof)
        self.rect(x + size * 0.6, y - size * 0.27, size * 0.22, size * 0.16, lit, size * 0.02)

    def turbine(self, x: float, y: float, size: float, color: str) -> None:
        """A wind turbine standing on ``x``, ``y``; ``size`` is the height of its mast."""
        top = y - size
        self.poly(
            [(x - size * 0.022, y), (x + size * 0.022, y), (x + size * 0.01, top), (x - size * 0.01, top)],
            color,
        )
        turn = self.rng.uniform(0, 2.1)
        for blade in range(3):
            angle = turn + blade * 2.0944
            tip = (x + math.cos(angle) * size * 0.56, top + math.sin(angle) * size * 0.56)
            side = (math.cos(angle + 0.5) * size * 0.1, math.sin(angle + 0.5) * size * 0.1)
            self.poly([(x, top), (x + side[0], top + side[1]), tip], color)
        self.disc(x, top, size * 0.03, color)

    def pin(self, x: float, y: float, size: float, color: str, icon: str = "") -> None:
        """A map pin whose tip is at ``x``, ``y``."""
        self.disc(x, y, size * 0.2, "#000000", 0.18, 0.4)
        self.poly([(x - size * 0.36, y - size * 0.86), (x + size * 0.36, y - size * 0.86), (x, y)], color)
        self.disc(x, y - size, size * 0.42, color)
        self.disc(x, y - size, size * 0.3, "#ffffff")
        if icon:
            self.icon(x, y - size, size * 0.42, icon, color)

    def person(self, x: float, y: float, size: float, coat: str, skin: str) -> None:
        """Head and shoulders of somebody, standing on ``y``; ``size`` is the width."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(x - size / 2, y - size * 1.05, size, size * 1.8), size * 0.46, size * 0.46)
        self.p.setPen(Qt.PenStyle.NoPen)
        self.p.setBrush(tint(coat))
        self.p.drawPath(path)
        self.rect(x - size * 0.12, y - size * 1.25, size * 0.24, size * 0.3, mix(skin, "#000000", 0.12))
        self.disc(x, y - size * 1.5, size * 0.31, skin)
        hair = self.rng.choice(("#2b2320", "#5b3a29", "#8a8a8a", "#c9a26b", "#3a2b2b"))
        self.p.setBrush(tint(hair))
        self.p.drawChord(QRectF(x - size * 0.33, y - size * 1.86, size * 0.66, size * 0.66), 0, 180 * 16)
