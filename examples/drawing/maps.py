# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures seen from above: maps, networks, quarters, layers of data and roads."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import math

from .model import mix
from .outdoors import bus
from .sketch import ICONS, Point, Sketch


def _route(s: Sketch, points: list[Point], color: str) -> None:
    """A line on the map with stops at its corners."""
    s.lines(points, "#ffffff", 26)
    s.lines(points, color, 16)
    for x, y in points:
        s.disc(x, y, 19, "#ffffff")
        s.disc(x, y, 11, color)


def citymap(s: Sketch) -> None:  # noqa: PLR0912  # one branch for each thing asked for
    """A stylised town map; flags route, pins, sensors, heat, dark."""
    dark = s.has("dark")
    ground = mix(s.pal.dark, "#000000", 0.15) if dark else mix(s.pal.soft, s.pal.primary, 0.1)
    block = mix(s.pal.dark, s.pal.primary, 0.34) if dark else mix(s.pal.soft, "#ffffff", 0.6)
    s.rect(0, 0, s.w, s.h, ground)
    s.p.save()
    s.p.translate(s.w / 2, s.h / 2)
    s.p.rotate(-14)
    reach = int(s.w * 0.62 / 120) + 2
    for column in range(-reach, reach):
        for row in range(-8, 8):
            x, y = column * 120.0, row * 96.0
            pick = s.rng.random()
            if pick < 0.09:
                s.rect(x + 9, y + 9, 102, 78, mix("#4f9d69", ground, 0.35), 14)
                for _ in range(4):
                    s.disc(
                        x + s.rng.uniform(24, 96), y + s.rng.uniform(24, 72), 10, mix("#3a7d52", ground, 0.2)
                    )
            elif pick < 0.55:
                s.rect(x + 9, y + 9, 102, 78, block, 7)
            else:
                s.rect(x + 9, y + 9, 46, 78, block, 7)
                s.rect(x + 63, y + 9, 48, 34, mix(block, s.pal.primary, 0.12), 7)
                s.rect(x + 63, y + 51, 48, 36, block, 7)
    s.p.restore()
    s.curve(
        [
            (-40, 190),
            (s.w * 0.2, 260),
            (s.w * 0.38, 470),
            (s.w * 0.6, 520),
            (s.w * 0.8, 720),
            (s.w + 40, 760),
        ],
        mix(s.pal.water, "#ffffff" if not dark else s.pal.dark, 0.35),
        74,
    )
    street = mix(ground, "#ffffff", 0.65 if not dark else 0.22)
    s.lines([(-20, 720), (s.w * 0.35, 610), (s.w * 0.62, 230), (s.w + 20, 130)], street, 26)
    s.lines([(s.w * 0.12, -20), (s.w * 0.3, 330), (s.w * 0.7, 640), (s.w * 0.76, 920)], street, 26)
    if s.has("heat"):
        for x, y, reach in ((0.3, 300, 330), (0.62, 560, 400), (0.8, 240, 260)):
            s.glow(s.w * x, y, reach, "#ff4b2b", 0.75)
            s.glow(s.w * x, y, reach * 0.55, "#ffd23f", 0.8)
    if s.has("route"):
        _route(
            s,
            [
                (s.w * 0.02, 560),
                (s.w * 0.16, 520),
                (s.w * 0.3, 600),
                (s.w * 0.44, 430),
                (s.w * 0.6, 470),
                (s.w * 0.75, 330),
                (s.w * 0.96, 380),
            ],
            s.pal.accent,
        )
        _route(
            s,
            [(s.w * 0.22, 860), (s.w * 0.3, 600), (s.w * 0.36, 330), (s.w * 0.6, 180), (s.w * 0.82, 90)],
            s.pal.primary if not dark else s.pal.second,
        )
    if s.has("sensors"):
        for x, y in (
            (0.2, 0.3),
            (0.42, 0.62),
            (0.56, 0.26),
            (0.72, 0.55),
            (0.88, 0.3),
            (0.28, 0.8),
            (0.84, 0.82),
        ):
            for step in range(3):
                s.ring(s.w * x, s.h * y, 24 + step * 24, s.pal.accent, 6, 0.9 - step * 0.26)
            s.disc(s.w * x, s.h * y, 13, s.pal.accent)
    if s.has("pins"):
        spots = ((0.2, 0.5), (0.42, 0.36), (0.58, 0.66), (0.72, 0.4), (0.88, 0.7))
        for index, (x, y) in enumerate(spots):
            s.pin(
                s.w * x,
                s.h * y,
                92,
                (s.pal.accent, s.pal.primary, s.pal.second)[index % 3],
                ICONS[(index * 3 + 1) % 10],
            )


def network(s: Sketch) -> None:
    """Glowing nodes and links on a dark ground; flags heart, hub."""
    s.fade(0, 0, s.w, s.h, mix(s.pal.dark, s.pal.air, 0.3), mix(s.pal.dark, "#000000", 0.35))
    s.glow(s.w * 0.55, 420, 620, s.pal.air, 0.5)
    middle = (s.w * 0.55, 430.0)
    nodes: list[Point] = []
    if s.has("heart"):
        for step in range(34):
            t = step / 34 * math.tau
            x = 16 * math.sin(t) ** 3
            y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
            nodes.append((middle[0] + x * 20, middle[1] - 10 - y * 20))
        for _ in range(26):
            near = nodes[s.rng.randrange(34)]
            share = s.rng.uniform(0.25, 0.85)
            nodes.append(
                (middle[0] + (near[0] - middle[0]) * share, middle[1] + (near[1] - middle[1]) * share)
            )
    else:
        for _ in range(400):
            spot = (s.rng.uniform(0.03, 0.97) * s.w, s.rng.uniform(60, 840))
            if all(math.dist(spot, other) > 96 for other in nodes):
                nodes.append(spot)
    for index, one in enumerate(nodes):
        for other in sorted(nodes, key=lambda node: math.dist(node, one))[1:4]:
            s.lines([one, other], s.pal.accent, 2.4, 0.45)
        if s.has("hub") and index % 3 == 0:
            s.lines([one, middle], s.pal.second, 2, 0.5)
    for index, (x, y) in enumerate(nodes):
        size = s.rng.uniform(7, 17)
        color = (s.pal.accent, s.pal.second, "#ffffff")[index % 3]
        s.glow(x, y, size * 3.2, color, 0.5)
        s.disc(x, y, size, color)
    if s.has("hub"):
        s.disc(*middle, 104, s.pal.accent)
        s.disc(*middle, 86, s.pal.dark)
        s.icon(*middle, 96, "database", s.pal.accent)


def _cube(s: Sketch, x: float, y: float, a: float, tall: float, color: str) -> None:
    """An isometric block whose ground diamond has its front corner at ``x``, ``y``; half width ``a``."""
    b = a * 0.5
    s.poly([(x, y), (x - a, y - b), (x - a, y - b - tall), (x, y - tall)], mix(color, s.pal.dark, 0.22))
    s.poly([(x, y), (x + a, y - b), (x + a, y - b - tall), (x, y - tall)], mix(color, s.pal.dark, 0.45))
    s.poly(
        [(x, y - tall), (x - a, y - b - tall), (x, y - 2 * b - tall), (x + a, y - b - tall)],
        mix(color, "#ffffff", 0.22),
    )


def isocity(s: Sketch) -> None:
    """A quarter seen from above; flags solar, sensors, night."""
    dark = s.night
    top = mix(s.pal.dark, s.pal.primary, 0.25) if dark else mix(s.pal.primary, "#ffffff", 0.72)
    s.fade(0, 0, s.w, s.h, top, mix(s.pal.dark, "#000000", 0.3) if dark else mix(s.pal.soft, "#ffffff", 0.3))
    a = min(104.0, s.w / 14.5)
    b = a / 2
    colors = (
        s.pal.primary,
        mix(s.pal.primary, "#ffffff", 0.35),
        s.pal.second,
        mix(s.pal.soft, "#ffffff", 0.2),
        s.pal.accent,
    )
    side = 6
    middle = s.w * 0.5
    for row in range(side):
        for column in range(side):
            x = middle + (column - row) * a * 1.16
            y = 480 + (column + row - 5) * b * 1.16 + b
            base = mix(s.pal.dark, "#ffffff", 0.2) if dark else mix(s.pal.primary, "#ffffff", 0.8)
            _cube(s, x, y + 12, a * 1.12, 12, base)
            pick = s.rng.random()
            if pick < 0.2:
                s.poly(
                    [(x, y - 4), (x - a * 0.9, y - b * 0.9), (x, y - b * 1.9), (x + a * 0.9, y - b)],
                    mix("#4f9d69", s.pal.dark, 0.25 * dark),
                )
                for dx, dy in ((-36, -46), (30, -40), (0, -24)):
                    s.tree(
                        x + dx * a / 104,
                        y + dy * a / 104,
                        62 * a / 104,
                        mix("#3a7d52", s.pal.dark, 0.4 * dark),
                    )
                continue
            tall = s.rng.choice((50, 80, 120, 170, 210)) * (0.75 if row + column > 7 else 1)
            color = s.rng.choice(colors)
            _cube(s, x, y - 8, a * 0.78, tall, color)
            if s.has("solar") and pick < 0.72:
                roof = y - 8 - tall
                s.poly(
                    [
                        (x, roof - 8),
                        (x - a * 0.6, roof - b * 0.78),
                        (x, roof - b * 1.4),
                        (x + a * 0.6, roof - b * 0.78),
                    ],
                    "#1c3f73",
                )
                s.lines([(x - a * 0.3, roof - b * 0.42), (x + a * 0.3, roof - b * 1.1)], "#a9cdf0", 2)
                s.lines([(x + a * 0.3, roof - b * 0.42), (x - a * 0.3, roof - b * 1.1)], "#a9cdf0", 2)
            for floor in range(int(tall // 34)):
                high = y - 8 - 22 - floor * 34
                glass = (
                    mix(s.pal.accent, "#ffffff", 0.35)
                    if dark or s.rng.random() < 0.3
                    else mix(color, "#ffffff", 0.5)
                )
                for part in (0.18, 0.5):
                    u = x - a * 0.78 * part
                    s.poly(
                        [
                            (u, high - b * 0.78 * part),
                            (u - 20, high - b * 0.78 * part - 10),
                            (u - 20, high - b * 0.78 * part - 26),
                            (u, high - b * 0.78 * part - 16),
                        ],
                        glass,
                        0.85,
                    )
            if s.has("sensors") and s.rng.random() < 0.22:
                roof = y - 8 - tall - b * 0.8
                for step in range(3):
                    s.ring(
                        x,
                        roof - 30,
                        16 + step * 17,
                        s.pal.accent if dark else s.pal.dark,
                        4,
                        0.9 - 0.27 * step,
                    )
                s.disc(x, roof - 30, 8, s.pal.accent if dark else s.pal.dark)


def layers(s: Sketch) -> None:
    """Sheets of data stacked over a town."""
    s.fade(0, 0, s.w, s.h, mix(s.pal.dark, s.pal.air, 0.2), mix(s.pal.dark, "#000000", 0.3))
    x = s.w * 0.56
    a = min(480.0, s.w * 0.4)
    colors = (
        mix(s.pal.primary, "#ffffff", 0.1),
        s.pal.second,
        mix(s.pal.primary, "#ffffff", 0.6),
        s.pal.accent,
    )
    names = ("map", "bus", "water", "flash")
    for index, color in enumerate(colors):
        y = 830 - index * 150
        b = a * 0.42
        s.poly([(x, y + 14), (x - a, y - b + 14), (x, y - 2 * b + 14), (x + a, y - b + 14)], "#000000", 0.25)
        s.poly([(x, y), (x - a, y - b), (x, y - 2 * b), (x + a, y - b)], color, 0.93)
        for step in range(1, 6):
            u = step / 6
            s.lines([(x - a * u, y - b * u), (x + a * (1 - u), y - b * (1 + u))], "#ffffff", 2, 0.35)
            s.lines([(x + a * u, y - b * u), (x - a * (1 - u), y - b * (1 + u))], "#ffffff", 2, 0.35)
        for _ in range(7):
            u, v = s.rng.uniform(0.15, 0.85), s.rng.uniform(0.15, 0.85)
            s.disc(x + a * (u - v), y - b * (u + v), 11, s.pal.dark, 0.75, 0.6)
        s.lines([(x - a, y - b), (x - a - 40, y - b)], "#ffffff", 3, 0.7)
        s.disc(x - a - 84, y - b, 46, color)
        s.icon(x - a - 84, y - b, 52, names[index], s.pal.dark)


def hexes(s: Sketch) -> None:
    """A field of hexagons coloured like a climate map."""
    s.rect(0, 0, s.w, s.h, s.pal.dark)
    size = 62.0
    high = size * math.sqrt(3)
    spots = [(s.rng.uniform(0.2, 0.9) * s.w, s.rng.uniform(150, 750)) for _ in range(3)]
    for column in range(int(s.w / (size * 1.5)) + 2):
        for row in range(-1, int(s.h / high) + 2):
            x, y = column * size * 1.5, row * high + (column % 2) * high / 2
            warm = min(
                1.0,
                max(math.exp(-((math.dist((x, y), spot) / 260) ** 2)) for spot in spots)
                + s.rng.uniform(-0.06, 0.06),
            )
            warm = max(0.0, warm)
            color = (
                mix(mix(s.pal.dark, s.pal.primary, 0.55), s.pal.second, warm * 2)
                if warm < 0.5
                else mix(s.pal.second, s.pal.accent, warm * 2 - 1)
            )
            s.poly(
                [
                    (x + (size - 4) * math.cos(k * math.pi / 3), y + (size - 4) * math.sin(k * math.pi / 3))
                    for k in range(6)
                ],
                color,
            )


def road(s: Sketch) -> None:
    """A road winding through a landscape with milestones; flag bus."""
    s.fade(0, 0, s.w, s.h, mix(s.pal.primary, "#ffffff", 0.62), mix(s.pal.primary, "#ffffff", 0.3))
    for _ in range(46):
        s.tree(
            s.rng.uniform(0, s.w),
            s.rng.uniform(60, 900),
            s.rng.uniform(60, 120),
            mix(s.pal.primary, s.pal.dark, s.rng.uniform(0.1, 0.5)),
        )
    path = [(x / 60 * (s.w + 160) - 80, 450 + 250 * math.sin(x / 60 * 7.6 + 0.7)) for x in range(61)]
    s.curve(path, mix(s.pal.dark, "#ffffff", 0.12), 128)
    s.curve(path, mix(s.pal.soft, s.pal.dark, 0.1), 112)
    s.curve(path, mix(s.pal.dark, "#ffffff", 0.1), 98)
    for index in range(0, 60, 2):
        s.lines(
            [
                path[index],
                ((path[index][0] + path[index + 1][0]) / 2, (path[index][1] + path[index + 1][1]) / 2),
            ],
            "#ffffff",
            6,
        )
    for index, step in enumerate((10, 21, 34, 43, 51)):
        s.pin(
            *path[step],
            110,
            (s.pal.accent, s.pal.second)[index % 2],
            ("flag", "hammer-wrench", "account-group", "chart-line", "trophy")[index],
        )
    if s.has("bus") and s.w > 1200:
        bus(s, path[27][0] - 100, path[27][1] + 40, 230, s.pal.accent)


def contour(s: Sketch) -> None:
    """Contour lines of a valley, as a quiet ground."""
    s.fade(0, 0, s.w, s.h, mix(s.pal.dark, s.pal.primary, 0.45), s.pal.dark)
    for step in range(22):
        ridge = [
            (x, y + step * 46 - 200 + 60 * math.sin(x / 260 + step * 0.17)) for x, y in s.ridge(120, 50, 2)
        ]
        s.curve(ridge, (s.pal.accent, "#ffffff", s.pal.second)[step % 3], 3, 0.32)
    for x, y in ((0.62, 0.3), (0.76, 0.56), (0.86, 0.24)):
        s.glow(s.w * x, s.h * y, 90, s.pal.accent, 0.5)
        s.disc(s.w * x, s.h * y, 14, s.pal.accent)


def garden(s: Sketch) -> None:
    """Rows of houses with gardens seen from above; flag wires."""
    s.rect(0, 0, s.w, s.h, mix("#8dbb74", s.pal.soft, 0.35))
    s.rect(0, 405, s.w, 90, mix(s.pal.dark, "#ffffff", 0.35))
    for part in range(int(s.w // 140) + 1):
        s.rect(part * 140 + 20, 446, 74, 8, "#ffffff", 4)
    count = max(3, int(s.w // 260))
    gap = s.w / count
    for row in (0, 1):
        for index in range(count):
            x, y = index * gap + gap * 0.16, 96.0 if row == 0 else 560.0
            roof = s.rng.choice(
                (
                    s.pal.second,
                    s.pal.accent,
                    mix(s.pal.primary, s.pal.dark, 0.2),
                    mix(s.pal.second, s.pal.dark, 0.3),
                )
            )
            s.rect(x + 10, y + 14, gap * 0.66, 220, "#000000", 4, 0.2)
            s.rect(x, y, gap * 0.66, 110, mix(roof, "#ffffff", 0.12), 4)
            s.rect(x, y + 110, gap * 0.66, 110, mix(roof, s.pal.dark, 0.25), 4)
            if s.rng.random() < 0.6:
                for module in range(3):
                    s.rect(x + 16 + module * gap * 0.2, y + 124, gap * 0.18, 78, "#1c3f73", 3)
                    s.lines(
                        [
                            (x + 16 + module * gap * 0.2, y + 163),
                            (x + 16 + module * gap * 0.2 + gap * 0.18, y + 163),
                        ],
                        "#a9cdf0",
                        2,
                    )
            for _ in range(3):
                s.disc(
                    x + s.rng.uniform(-20, gap * 0.8),
                    (y - 50 if row == 0 else y + 270) + s.rng.uniform(-24, 24),
                    s.rng.uniform(18, 36),
                    mix("#3a7d52", s.pal.dark, 0.1),
                )
            if s.has("wires"):
                s.lines([(x + gap * 0.33, y + 110), (x + gap * 0.33, 450)], s.pal.accent, 8)
                s.disc(x + gap * 0.33, y + 110, 18, s.pal.accent)
    if s.has("wires"):
        s.lines([(0, 450), (s.w, 450)], s.pal.accent, 14)
    bus(s, s.w * 0.42, 476, 200, s.pal.primary)


MAPS = {
    "citymap": citymap,
    "network": network,
    "isocity": isocity,
    "layers": layers,
    "hexes": hexes,
    "road": road,
    "contour": contour,
    "garden": garden,
}
