# SPDX-License-Identifier: AGPL-3.0-or-later
"""The layouts of a slide, each drawn once on any canvas; lengths in points."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import math
from collections.abc import Callable

from .canvas import HEIGHT, Canvas, Part
from .frame import EDGE, SOURCE, fill, fit, heading, ornament, stack
from .model import City, Item, Slide, mix


def cover(c: Canvas, slide: Slide, city: City) -> None:
    """Opening: picture, city and title."""
    assert slide.scene is not None
    pal = c.palette
    if city.panel == "shade":
        c.scene(0, 0, c.width, HEIGHT, slide.scene, "left")
        size, tall = fit(c, slide.title, 92, True, c.width * 0.6, 240)
        c.rect(EDGE, 170, 84, 10, pal.accent)
        c.text(EDGE, 194, c.width * 0.62, tall + 4, slide.title, size, "#ffffff", True)
        c.text(EDGE, 204 + tall, c.width * 0.6, 100, slide.text, 40, "#ffffff")
        return
    ground = pal.primary if city.panel == "band" else "#ffffff"
    w = c.width - 2 * EDGE - 60
    size, tall = fit(c, slide.title, 76, True, w, 100)
    c.scene(0, 0, c.width, 350 if city.panel == "band" else 346, slide.scene)
    if city.panel == "band":
        c.rect(0, 350, c.width, 190, ground)
        c.rect(0, 346, c.width, 10, pal.accent)
        left, top = EDGE, 372.0
    else:
        c.rect(0, 346, c.width, 194, pal.primary)
        c.rect(EDGE - 16, 330, w * 0.84, 174, ground, 18)
        c.rect(EDGE - 16, 354, 12, 126, pal.accent)
        left, top = EDGE + 20, 344.0
    c.text(left, top, w, tall + 4, slide.title, size, pal.ink(ground), True)
    c.text(left, top + tall + 2, w, 50, slide.text, 36, pal.ink(ground))


def picture(c: Canvas, slide: Slide, city: City) -> None:
    """A picture over the whole slide with a headline."""
    assert slide.scene is not None
    pal = c.palette
    if city.panel == "shade":
        shade = "left" if slide.side in ("left", "right") else "bottom"
        c.scene(0, 0, c.width, HEIGHT, slide.scene, shade)
        if shade == "left":
            stack(c, slide, EDGE, 60, c.width * 0.42, 420, pal.dark, 50)
        else:
            stack(c, slide, EDGE, 270, c.width - 2 * EDGE, 226, pal.dark, 50, "bottom")
        return
    ground = pal.tone(slide.tone) if slide.tone != "soft" else "#ffffff"
    field = pal.dark if ground == pal.primary else pal.primary
    if slide.side in ("left", "right"):
        _beside(c, slide, city, ground, field)
        return
    tall = 196.0 if slide.text else 142.0
    top = slide.side == "top"
    if city.panel == "band":
        y = 0.0 if top else HEIGHT - tall
        c.scene(0, tall if top else 0, c.width, HEIGHT - tall, slide.scene)
        c.rect(0, y, c.width, tall, ground)
        c.rect(0, tall - 5 if top else y - 5, c.width, 10, pal.accent)
        stack(c, slide, EDGE, y + 14, c.width - 2 * EDGE, tall - 28, ground)
        return
    strip = tall
    y = 36.0 if top else HEIGHT - tall - 36
    c.scene(0, strip if top else 0, c.width, HEIGHT - strip, slide.scene)
    c.rect(0, 0 if top else HEIGHT - strip, c.width, strip, field)
    c.rect(40, y, c.width - 80, tall, ground, 20)
    stack(c, slide, 40 + 34, y + 14, c.width - 80 - 68, tall - 28, ground)


def _beside(c: Canvas, slide: Slide, city: City, ground: str, field: str) -> None:
    """A picture with its headline in a column to the left or right."""
    assert slide.scene is not None
    left = slide.side == "left"
    w = max(c.width * 0.4, 330)
    if city.panel == "band":
        x = 0.0 if left else c.width - w
        c.scene(w if left else 0, 0, c.width - w, HEIGHT, slide.scene)
        c.rect(x, 0, w, HEIGHT, ground)
        c.rect(w - 5 if left else x - 5, 0, 10, HEIGHT, c.palette.accent)
        stack(c, slide, x + 44, 44, w - 80, 452, ground)
        return
    strip = w - 60
    c.scene(strip if left else 0, 0, c.width - strip, HEIGHT, slide.scene)
    c.rect(0 if left else c.width - strip, 0, strip, HEIGHT, field)
    x = 40.0 if left else c.width - w - 40
    c.rect(x, 60, w, 420, ground, 20)
    stack(c, slide, x + 34, 84, w - 64, 372, ground)


def figure(c: Canvas, slide: Slide, city: City) -> None:
    """One big number and what it means."""
    ground = fill(c, slide)
    pal = c.palette
    ornament(c, city.motif, ground)
    disc = mix(ground, pal.ink(ground), 0.1)
    size = 240.0
    x = c.width - size - EDGE
    c.ellipse(x, 130, size, size, disc)
    c.icon(x + size * 0.2, 130 + size * 0.2, size * 0.6, slide.icon, pal.highlight(ground))
    w = x - EDGE - 24
    value = slide.number.replace(" ", "\N{NO-BREAK SPACE}")
    large, tall = fit(c, value, 190, True, w * 0.88, 230)
    if slide.kicker:
        c.text(EDGE, 48, w, 32, slide.kicker, 24, pal.highlight(ground), True)
    c.text(EDGE, 92, w, tall + 6, value, large, pal.highlight(ground), True)
    body, deep = fit(c, slide.title, 40, True, w, 132)
    c.text(EDGE, 102 + tall, w, deep + 4, slide.title, body, pal.ink(ground), True)
    c.text(EDGE, 466, 300, 32, SOURCE, 24, pal.quiet(ground))


def quote(c: Canvas, slide: Slide, city: City) -> None:
    """A sentence somebody said."""
    ground = fill(c, slide)
    pal = c.palette
    ornament(c, city.motif, ground)
    c.icon(EDGE - 12, 34, 120, "format-quote-open", pal.highlight(ground))
    w = c.width - 2 * EDGE - 40
    size, tall = fit(c, slide.title, 56, True, w, 280)
    y = 140 + (290 - tall) / 2
    c.text(EDGE, y, w, tall + 4, slide.title, size, pal.ink(ground), True)
    c.rect(EDGE, 450, 56, 6, pal.highlight(ground))
    c.text(EDGE + 72, 436, w - 72, 36, slide.text, 26, pal.ink(ground))


def statement(c: Canvas, slide: Slide, city: City) -> None:
    """A few words, very large."""
    ground = fill(c, slide)
    ornament(c, city.motif, ground)
    w = c.width - 2 * EDGE
    if slide.icon:
        size = 250.0 if c.width > 800 else 190.0
        x = c.width - EDGE - size + 10
        c.ellipse(x, 145 - size / 8, size, size, mix(ground, c.palette.ink(ground), 0.1))
        c.icon(x + size * 0.2, 145 + size * 0.075, size * 0.6, slide.icon, c.palette.highlight(ground))
        w = x - EDGE - 24
    stack(c, slide, EDGE, 50, w, 430, ground, 72)


def split(c: Canvas, slide: Slide, _city: City) -> None:
    """A picture beside text."""
    assert slide.scene is not None
    ground = fill(c, slide)
    half = c.width * 0.5
    left = slide.side == "left"
    c.scene(0 if left else half, 0, half, HEIGHT, slide.scene)
    c.rect(half - 4, 0, 8, HEIGHT, c.palette.accent)
    x = half + 48 if left else EDGE
    stack(c, slide, x, 50, half - 48 - EDGE + 16, 440, ground, 46)


def compare(c: Canvas, slide: Slide, _city: City) -> None:
    """Two cards: before and after, or one and the other."""
    ground = fill(c, slide)
    pal = c.palette
    y = heading(c, slide, ground)
    gap = 28.0
    w = (c.width - 2 * EDGE - gap) / 2
    h = 490 - y
    for index, item in enumerate(slide.items):
        x = EDGE + index * (w + gap)
        card = (pal.card(ground), pal.primary if slide.tone != "primary" else pal.dark)[index]
        c.rect(x, y, w, h, card, 18)
        c.icon(x + 28, y + 26, 84, item.icon, pal.highlight(card))
        size, tall = fit(c, item.head, 40, True, w - 56, 100)
        body, _ = fit(c, item.text, 32, False, w - 56, h - 160 - tall)
        ink = pal.ink(card)
        parts = [Part(item.head, size, ink, True, 0), Part(item.text, body, ink, False, 10)]
        c.stack(x + 28, y + 126, w - 56, h - 146, parts, "top")


def icons(c: Canvas, slide: Slide, city: City) -> None:
    """Three things, each with an icon."""
    ground = fill(c, slide)
    pal = c.palette
    ornament(c, city.motif, ground)
    y = heading(c, slide, ground)
    gap = 28.0
    w = (c.width - 2 * EDGE - gap * (len(slide.items) - 1)) / len(slide.items)
    heads = min(fit(c, item.head, 36, True, w, 90)[0] for item in slide.items)
    bodies = min(fit(c, item.text, 28, False, w, 130)[0] for item in slide.items)
    tall = max(fit(c, item.head, heads, True, w, 90)[1] for item in slide.items)
    deep = max(fit(c, item.text, bodies, False, w, 130)[1] for item in slide.items)
    y += max(0.0, (484 - y - 146 - tall - deep) / 2)
    for index, item in enumerate(slide.items):
        x = EDGE + index * (w + gap)
        color = (pal.primary, pal.accent, pal.second)[index % 3]
        if color == ground:
            color = pal.dark
        c.ellipse(x, y, 124, 124, color)
        c.icon(x + 26, y + 26, 72, item.icon, pal.ink(color))
        c.text(x, y + 138, w, tall + 4, item.head, heads, pal.ink(ground), True)
        c.text(x, y + 146 + tall, w, deep + 4, item.text, bodies, pal.ink(ground))


def chart(c: Canvas, slide: Slide, _city: City) -> None:
    """A chart over the slide's width, or beside its lesson."""
    assert slide.chart is not None
    ground = fill(c, slide)
    pal = c.palette
    y = heading(c, slide, ground)
    w = c.width - 2 * EDGE
    if slide.text and c.width > 800:
        side = 270.0
        c.chart(EDGE, y, w - side - 36, 478 - y, slide.chart, ground)
        size, _ = fit(c, slide.text, 32, True, side - 44, 420 - y)
        card = pal.primary if slide.tone != "primary" else pal.dark
        c.rect(EDGE + w - side, y, side, 468 - y, card, 18)
        c.text(
            EDGE + w - side + 24,
            y,
            side - 44,
            468 - y,
            slide.text,
            size,
            pal.ink(card),
            True,
            anchor="middle",
        )
    else:
        c.chart(EDGE, y, w, 478 - y, slide.chart, ground)
    unit = f", Angaben in {slide.chart.unit}" if slide.chart.unit else ""
    c.text(EDGE, 490, w, 32, SOURCE + unit, 24, pal.quiet(ground))


def grid(c: Canvas, slide: Slide, city: City) -> None:
    """A table."""
    ground = fill(c, slide)
    ornament(c, city.motif, ground)
    y = heading(c, slide, ground)
    step = min(72.0, (466 - y) / len(slide.rows))
    c.table(EDGE, y, c.width - 2 * EDGE, step * len(slide.rows), slide.rows)


def steps(c: Canvas, slide: Slide, city: City) -> None:
    """A chain of steps."""
    ground = fill(c, slide)
    pal = c.palette
    ornament(c, city.motif, ground)
    y = heading(c, slide, ground)
    y += max(16.0, (484 - y - 260) / 2)
    count = len(slide.items)
    tip, gap = 30.0, 8.0
    w = (c.width - 2 * EDGE + tip) / count
    for index, item in enumerate(slide.items):
        x = EDGE + index * (w - tip / count)
        color = (
            mix(pal.primary, pal.dark, 0.55 * (count - 1 - index) / max(1, count - 1))
            if ground != pal.primary
            else pal.dark
        )
        if index == count - 1:
            color = pal.accent
        right = x + w - gap - tip
        c.polygon(
            [
                (x, y),
                (right, y),
                (right + tip, y + 60),
                (right, y + 120),
                (x, y + 120),
                (x + (tip if index else 0), y + 60),
            ],
            color,
        )
        c.icon(x + (w - gap) / 2 - 34 + (8 if index else -8), y + 26, 68, item.icon, pal.ink(color))
        _step_text(c, item, x + 4, y + 142, w - tip - 14, ground)


def _step_text(c: Canvas, item: Item, x: float, y: float, w: float, ground: str) -> None:
    """Heading and text below a step's arrow."""
    ink = c.palette.ink(ground)
    size, tall = fit(c, item.head, 34, True, w, 84)
    body, _ = fit(c, item.text, 28, False, w, 480 - y - tall)
    c.stack(
        x, y, w, 484 - y, [Part(item.head, size, ink, True, 0), Part(item.text, body, ink, False, 6)], "top"
    )


def timeline(c: Canvas, slide: Slide, _city: City) -> None:
    """Milestones on a line; an item's icon stands above, its date is the heading."""
    ground = fill(c, slide)
    pal = c.palette
    y = heading(c, slide, ground)
    y += max(8.0, (484 - y - 270) / 2)
    count = len(slide.items)
    w = (c.width - 2 * EDGE) / count
    track = y + 118
    c.rect(0, track - 4, c.width, 8, mix(ground, pal.ink(ground), 0.25))
    for index, item in enumerate(slide.items):
        x = EDGE + index * w
        color = pal.accent if index == count - 1 else pal.primary if ground != pal.primary else pal.second
        c.icon(x - 4, track - 106, 76, item.icon, pal.ink(ground))
        c.ellipse(x + 12, track - 20, 40, 40, color)
        c.ellipse(x + 23, track - 9, 18, 18, ground)
        _step_text(c, item, x, track + 36, w - 18, ground)


def hub(c: Canvas, slide: Slide, _city: City) -> None:
    """One thing in the middle that ties others together."""
    ground = fill(c, slide)
    pal = c.palette
    narrow = c.width < 800
    x, y = (c.width * 0.5, 352.0) if narrow else (c.width * 0.7, 284.0)
    reach = 1.25 if narrow else 1.0
    across, high = (230.0, 112.0) if narrow else (185.0, 178.0)
    count = len(slide.items)
    for index in range(count):
        angle = math.tau * index / count - math.pi / 2 + (math.pi / count if narrow else 0)
        c.line(
            x,
            y,
            x + across * reach * math.cos(angle),
            y + high * math.sin(angle),
            mix(ground, pal.ink(ground), 0.35),
            5,
        )
    core = pal.accent
    c.ellipse(x - 74, y - 74, 148, 148, core)
    c.icon(x - 44, y - 44, 88, slide.icon, pal.ink(core))
    for index, item in enumerate(slide.items):
        angle = math.tau * index / count - math.pi / 2 + (math.pi / count if narrow else 0)
        left, top = x + across * reach * math.cos(angle), y + high * math.sin(angle)
        color = pal.primary if ground != pal.primary else pal.dark
        c.ellipse(left - 44, top - 54, 88, 88, color)
        c.icon(left - 26, top - 36, 52, item.icon, pal.ink(color))
        above = not narrow and top < y - 120
        c.text(
            left - 110,
            top - 90 if above else top + 38,
            220,
            32,
            item.head,
            24,
            pal.ink(ground),
            True,
            "center",
        )
    if narrow:
        heading(c, slide, ground)
    else:
        stack(c, slide, EDGE, 60, c.width * 0.42 - EDGE, 420, ground)


def closing(c: Canvas, slide: Slide, city: City) -> None:
    """The last slide: thanks, and what to keep in mind."""
    assert slide.scene is not None
    pal = c.palette
    ground = pal.dark if city.panel != "band" else pal.primary
    c.rect(0, 0, c.width, HEIGHT, ground)
    c.scene(0, 0, c.width, 290, slide.scene)
    c.rect(0, 286, c.width, 8, pal.accent)
    size, tall = fit(c, slide.title, 60, True, c.width - 2 * EDGE, 84)
    c.text(EDGE, 318, c.width - 2 * EDGE, tall + 4, slide.title, size, pal.ink(ground), True)
    body, deep = fit(c, slide.text, 32, False, c.width - 2 * EDGE, 100)
    c.text(EDGE, 330 + tall, c.width - 2 * EDGE, deep + 4, slide.text, body, pal.ink(ground))


_LAYOUTS: dict[str, Callable[[Canvas, Slide, City], None]] = {
    "cover": cover,
    "picture": picture,
    "number": figure,
    "quote": quote,
    "statement": statement,
    "split": split,
    "compare": compare,
    "icons": icons,
    "chart": chart,
    "table": grid,
    "steps": steps,
    "timeline": timeline,
    "hub": hub,
    "closing": closing,
}


def draw(c: Canvas, slide: Slide, city: City) -> None:
    """Draw ``slide`` on the canvas."""
    _LAYOUTS[slide.kind](c, slide, city)
