# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the layouts share: margins, headlines, stacked text and the ornaments; lengths in points."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import math

from . import typeset
from .canvas import HEIGHT, Canvas, Part
from .model import Slide, mix

EDGE = 56.0
SOURCE = "Beispielzahlen"


def fit(c: Canvas, text: str, size: float, bold: bool, w: float, h: float) -> tuple[float, float]:
    """Size of ``text`` in the box and the height it takes."""
    return typeset.fit(text, c.font, size, bold, w, h)


def stack(
    c: Canvas,
    slide: Slide,
    x: float,
    y: float,
    w: float,
    h: float,
    ground: str,
    size: float = 46,
    anchor: str = "middle",
) -> None:
    """Kicker, headline and text below each other in a box."""
    ink = c.palette.ink(ground)
    kicker = 38.0 if slide.kicker else 0.0
    below = h - kicker
    title, tall = fit(c, slide.title, size, True, w, below * (0.62 if slide.text else 1))
    body = fit(c, slide.text, 30, False, w, below - tall - 16)[0] if slide.text else 0.0
    parts = [Part(slide.kicker, 24, c.palette.highlight(ground), True, 0)] if slide.kicker else []
    parts.append(Part(slide.title, title, ink, True, 8 if slide.kicker else 0))
    if slide.text:
        parts.append(Part(slide.text, body, ink, False, 16))
    c.stack(x, y, w, h, parts, anchor)


def fill(c: Canvas, slide: Slide) -> str:
    """Fill the slide with its tone."""
    color = c.palette.tone(slide.tone)
    c.rect(0, 0, c.width, HEIGHT, color)
    return color


def heading(c: Canvas, slide: Slide, ground: str) -> float:
    """Kicker and headline at the top; returns where the content may begin."""
    w = c.width - 2 * EDGE
    size, tall = fit(c, slide.title, 44, True, w, 110)
    y = 40.0
    if slide.kicker:
        c.text(EDGE, y, w, 32, slide.kicker, 24, c.palette.highlight(ground), True)
        y += 38
    c.text(EDGE, y, w, tall + 4, slide.title, size, c.palette.ink(ground), True)
    return y + tall + 22


def _hexagon(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Corners of a hexagon about ``x``, ``y``."""
    return [
        (x + radius * math.cos(k * math.pi / 3), y + radius * math.sin(k * math.pi / 3)) for k in range(6)
    ]


def ornament(c: Canvas, motif: str, ground: str) -> None:  # noqa: PLR0912  # one branch for each thing asked for
    """The city's ornament along the lower edge."""
    pal, w, low = c.palette, c.width, HEIGHT
    pale = mix(ground, pal.ink(ground), 0.14)
    match motif:
        case "circles":
            for index, color in enumerate((pale, pal.second, pal.accent)):
                c.ellipse(
                    w - 150 + index * 46, low - 66 + index * 10, 92 - index * 12, 92 - index * 12, color
                )
        case "squares":
            for index in range(9):
                color = (pal.accent, pal.second, pale)[(index * 5) % 3]
                c.rect(w - 40 - index * 34, low - 26, 22, 22 if index % 2 else 12, color)
        case "rays":
            for radius, color in ((120, pale), (84, pal.second), (50, pal.accent)):
                c.ellipse(w - 70 - radius, low - radius * 0.62, 2 * radius, 2 * radius, color)
        case "hexagons":
            for index, color in enumerate((pal.accent, pale, pal.second)):
                c.polygon(_hexagon(w - 46 - index * 48, low - 10 - (index % 2) * 28, 30), color)
        case "stripes":
            for index in range(5):
                color = (pal.accent, pal.second, pale)[index % 3]
                left = w - 60 - index * 34
                c.polygon(
                    [(left + 14, low - 30), (left + 34, low - 30), (left + 20, low), (left, low)], color
                )
        case "route":
            c.rect(0, low - 22, w * 0.78, 8, pal.accent)
            for share in (0.08, 0.25, 0.42, 0.6, 0.78):
                c.ellipse(w * share - 12, low - 30, 24, 24, pal.accent)
                c.ellipse(w * share - 6, low - 24, 12, 12, ground)
        case "blocks":
            for index, tall in enumerate((18, 40, 28, 52, 24, 36)):
                c.rect(w - 40 - index * 36, low - tall, 30, tall, (pal.accent, pal.second, pale)[index % 3])
        case "waves":
            for step, color in enumerate((pale, pal.second, pal.accent)):
                wave = [
                    (x, low - 30 + step * 10 + 7 * math.sin(x / 46 + step * 1.3))
                    for x in range(0, int(w) + 12, 12)
                ]
                c.polygon([*[(min(x, w), y) for x, y in wave], (w, low), (0, low)], color)
        case "hills":
            for left, wide, tall, color in (
                (0.5, 0.34, 34, pale),
                (0.66, 0.4, 48, pal.second),
                (0.8, 0.3, 34, pal.accent),
            ):
                hill = [
                    (w * (left + wide * t / 16), low - tall * math.sin(math.pi * t / 16)) for t in range(17)
                ]
                c.polygon([(min(x, w), y) for x, y in hill], color)
        case _:
            raise ValueError(f"unknown motif {motif!r}")
