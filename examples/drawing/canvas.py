# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a layout may draw on a slide; lengths in points, the slide is 540 points high."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .model import Chart, Palette, Scene

HEIGHT = 540.0


@dataclass(frozen=True)
class Part:
    """One paragraph of a stack: its size and the space above it in points."""

    text: str
    size: float
    color: str
    bold: bool
    gap: float


class Canvas(Protocol):
    """One slide to draw on, as a picture, a PDF page or PowerPoint objects."""

    width: float
    font: str
    palette: Palette

    def rect(self, x: float, y: float, w: float, h: float, color: str, radius: float = 0) -> None:
        """A filled rectangle."""

    def ellipse(self, x: float, y: float, w: float, h: float, color: str) -> None:
        """A filled ellipse in the given box."""

    def polygon(self, points: list[tuple[float, float]], color: str) -> None:
        """A filled polygon."""

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> None:
        """A straight line."""

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
        """Wrapped text; ``align`` left or center, ``anchor`` top, middle or bottom."""

    def stack(self, x: float, y: float, w: float, h: float, parts: list[Part], anchor: str) -> None:
        """Paragraphs below each other, as a whole at the top, middle or bottom of the box."""

    def icon(self, x: float, y: float, size: float, name: str, color: str) -> None:
        """An icon in the square box at ``x``, ``y``."""

    def scene(self, x: float, y: float, w: float, h: float, scene: Scene, shade: str = "") -> None:
        """A drawn picture, darkened for text at the side ``shade`` (left or bottom)."""

    def chart(self, x: float, y: float, w: float, h: float, chart: Chart, ground: str) -> None:
        """A chart with values at its marks."""

    def table(self, x: float, y: float, w: float, h: float, rows: tuple[tuple[str, ...], ...]) -> None:
        """A table with a heading row."""
