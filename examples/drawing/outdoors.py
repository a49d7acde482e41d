# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures of the world outside: landscapes, skylines, streets and water."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import math

from .model import mix
from .sketch import Point, Sketch


def _at(ridge: list[Point], x: float) -> float:
    """Height of ``ridge`` at ``x``, in units from the top."""
    return min(ridge, key=lambda point: abs(point[0] - x))[1]


def _solar_field(s: Sketch) -> None:
    """Rows of solar modules in front of the hills."""
    for row in range(3):
        scale = 0.8 + row * 0.4
        y = 640 + row * 104
        wide = 150 * scale
        x = -40.0 - row * 37
        while x < s.w + wide:
            low, high, lean = y + 40 * scale, y - 8 * scale, 26 * scale
            s.lines([(x + wide / 2, low), (x + wide / 2, low + 22 * scale)], s.haze(1), 4)
            s.poly(
                [(x, low), (x + wide, low), (x + wide + lean, high), (x + lean, high)],
                mix("#16335c", s.pal.dark, 0.3),
            )
            for part in range(1, 5):
                left = x + wide * part / 5
                s.lines([(left, low), (left + lean, high)], "#9fc3e6", 1.4, 0.55)
            s.lines(
                [(x + lean / 2, (low + high) / 2), (x + wide + lean / 2, (low + high) / 2)],
                "#9fc3e6",
                1.4,
                0.55,
            )
            x += wide * 1.16


def _river(s: Sketch, color: str) -> None:
    """A river winding from the horizon to the front."""
    left: list[Point] = []
    right: list[Point] = []
    for step in range(41):
        t = step / 40
        y = 560 + 350 * t
        middle = s.w * (0.52 + 0.16 * math.sin(t * 5.2 + 0.6) * (1 - 0.35 * t))
        half = 6 + 190 * t**1.7
        left.append((middle - half, y))
        right.append((middle + half, y))
    s.poly([*left, *reversed(right)], color)
    for step in range(8, 40, 4):
        x, y = left[step]
        s.curve([(x + 40 * step / 40, y), (x + 90, y + 3), (x + 130, y)], "#ffffff", 2.5, 0.35)


def _lake(s: Sketch) -> None:
    """A wide lake with sailing boats."""
    far = mix(s.haze(0.2), s.pal.water, 0.35)
    s.fade(0, 610, s.w, 300, mix(far, "#ffffff", 0.35), mix(s.haze(0.75), s.pal.primary, 0.4))
    for _ in range(60):
        y = s.rng.uniform(620, 890)
        x = s.rng.uniform(0, s.w)
        length = 20 + (y - 600) * 0.5
        s.lines([(x, y), (x + length, y)], "#ffffff", 1.5 + (y - 600) / 160, 0.28)
    for x, y, size in ((0.24, 668, 56), (0.7, 730, 104), (0.47, 650, 40)):
        left = s.w * x
        s.poly(
            [(left, y - size * 1.5), (left, y - size * 0.16), (left + size * 0.72, y - size * 0.16)],
            "#ffffff",
        )
        s.poly(
            [
                (left - size * 0.06, y - size * 1.2),
                (left - size * 0.06, y - size * 0.16),
                (left - size * 0.5, y - size * 0.16),
            ],
            s.pal.accent,
        )
        s.poly(
            [
                (left - size * 0.6, y - size * 0.12),
                (left + size * 0.8, y - size * 0.12),
                (left + size * 0.5, y + size * 0.1),
                (left - size * 0.4, y + size * 0.1),
            ],
            s.pal.dark,
        )


def _fields(s: Sketch) -> None:
    """Ploughed fields running to the horizon."""
    for part in range(18):
        a, b = part / 18, (part + 1) / 18
        color = (s.pal.accent, mix(s.pal.accent, s.haze(0.7), 0.35))[part % 2]
        s.poly(
            [
                (s.w * (0.3 + 0.4 * a), 640),
                (s.w * (0.3 + 0.4 * b), 640),
                (s.w * (2.4 * b - 0.7), 910),
                (s.w * (2.4 * a - 0.7), 910),
            ],
            mix(color, s.haze(0.8), 0.25),
        )


def _mast(s: Sketch, x: float, y: float) -> None:
    """A radio mast sending waves."""
    for step in range(5):
        s.ring(x, y - 330, 60 + step * 58, s.pal.accent, 7, 0.85 - step * 0.16)
    ink = s.haze(1)
    s.lines([(x - 46, y), (x, y - 330), (x + 46, y)], ink, 7)
    for step in range(5):
        half = 46 - step * 9
        s.lines([(x - half, y - step * 64), (x + half - 9, y - step * 64 - 64)], ink, 4)
        s.lines([(x + half, y - step * 64), (x - half + 9, y - step * 64 - 64)], ink, 4)
    s.disc(x, y - 334, 15, s.pal.accent)


def hills(s: Sketch) -> None:  # noqa: PLR0912  # one branch for each thing asked for
    """Layered hills; flags wind, solar, river, lake, field, village, firs, mast, church."""
    s.sky()
    levels = (500, 550, 610, 680, 770)
    for index, level in enumerate(levels):
        near = index / (len(levels) - 1)
        ridge = s.ridge(level, 70 - index * 6)
        s.ground(ridge, s.haze(near * 0.85), s.haze(min(1, near * 0.85 + 0.2)))
        if index in (1, 2) and s.has("wind"):
            white = mix("#ffffff", s.haze(near), 0.3 - near * 0.3)
            for x in (0.08, 0.2, 0.33, 0.46, 0.59, 0.73, 0.86, 0.96)[index - 1 :: 2]:
                place = s.w * (x + s.rng.uniform(-0.02, 0.02))
                s.turbine(place, _at(ridge, place) + 10, 150 + 130 * near + s.rng.uniform(0, 50), white)
        if index == 2 and s.has("village"):
            _village(s, ridge)
        if index == 2 and s.has("mast"):
            _mast(s, s.w * 0.68, _at(ridge, s.w * 0.68) + 10)
        if index == 2 and (s.has("lake") or s.has("river") or s.has("field") or s.has("solar")):
            break
        trees = 26 if s.has("firs") else 9
        for _ in range(trees if index >= 1 else 0):
            x = s.rng.uniform(0, s.w)
            draw = s.fir if s.has("firs") else s.tree
            draw(
                x,
                _at(ridge, x) + 8,
                (46 + 80 * near) * s.rng.uniform(0.8, 1.2),
                s.haze(min(1, near * 0.85 + 0.12)),
            )
    if s.has("lake"):
        _lake(s)
    if s.has("field"):
        _fields(s)
    if s.has("river"):
        _river(s, mix(s.pal.water, "#ffffff", 0.25) if not s.night else mix(s.pal.primary, s.pal.dark, 0.3))
    if s.has("solar"):
        _solar_field(s)
    if s.has("river") or s.has("field"):
        for _ in range(16):
            x = s.rng.choice((s.rng.uniform(0, 0.22), s.rng.uniform(0.8, 1))) * s.w
            y = s.rng.uniform(690, 880)
            s.tree(x, y, (y - 560) * 0.42, s.haze(0.9))


def _village(s: Sketch, ridge: list[Point]) -> None:
    """A cluster of houses with a church on the ridge."""
    middle = s.w * 0.5
    base = _at(ridge, middle) + 30
    wall = mix("#ffffff", s.haze(0.3), 0.35 if s.night else 0.12)
    roof = mix(s.pal.second if not s.night else s.pal.dark, s.pal.dark, 0.2)
    s.rect(middle - 30, base - 190, 60, 190, mix(wall, s.pal.dark, 0.22))
    s.poly(
        [(middle - 34, base - 188), (middle + 34, base - 188), (middle, base - 320)],
        mix(roof, s.pal.dark, 0.35),
    )
    s.disc(middle, base - 156, 14, s.pal.accent)
    for step in range(13):
        x = middle + (step - 6) * 74 + s.rng.uniform(-14, 14) - 30
        s.house(x, base + 16 + s.rng.uniform(-6, 26), s.rng.uniform(58, 84), wall, roof)


def _block(s: Sketch, x: float, base: float, wide: float, tall: float, color: str, lit: float) -> None:
    """A building with windows; ``lit`` is the share of bright ones."""
    s.rect(x, base - tall, wide, tall, color)
    bright = mix(s.pal.accent, "#ffffff", 0.3)
    columns, rows = max(2, int(wide // 26)), int(tall // 34)
    gap = wide / columns
    for row in range(rows):
        for column in range(columns):
            on = s.rng.random() < lit
            pane = bright if on else mix(color, "#ffffff" if not s.night else "#000000", 0.16)
            s.rect(x + column * gap + gap * 0.24, base - tall + 16 + row * 34, gap * 0.5, 17, pane)


def _minster(s: Sketch, x: float, base: float, color: str) -> None:
    """A minster with one tall spire."""
    s.rect(x - 60, base - 330, 120, 330, color)
    s.poly(
        [
            (x - 60, base - 330),
            (x - 60, base - 400),
            (x - 46, base - 340),
            (x + 46, base - 340),
            (x + 60, base - 400),
            (x + 60, base - 330),
        ],
        color,
    )
    s.poly(
        [
            (x - 42, base - 340),
            (x + 42, base - 340),
            (x + 5, base - 650),
            (x, base - 690),
            (x - 5, base - 650),
        ],
        color,
    )
    s.rect(x + 60, base - 190, 330, 190, color)
    s.poly(
        [(x + 60, base - 190), (x + 390, base - 190), (x + 360, base - 270), (x + 60, base - 270)],
        mix(color, "#000000", 0.2),
    )
    light = mix(s.pal.accent, "#ffffff", 0.35)
    for step in range(6):
        s.rect(x + 84 + step * 50, base - 140, 20, 90, light, 10, 0.85)
    for step in (-34, 12):
        s.rect(x + step, base - 290, 22, 130, light, 11, 0.85)


def _bridge(s: Sketch, base: float, color: str) -> None:
    """A tall steel arch bridge across a valley."""
    deck, feet = base - 330, base + 60
    span, middle = s.w * 0.3, s.w * 0.5

    def arch(x: float, lift: float) -> float:
        return deck + 14 + lift + (feet - deck) * ((x - middle) / span) ** 2

    xs = [middle - span + span * step / 14 for step in range(29)]
    s.lines([(x, arch(x, 0)) for x in xs], color, 9)
    s.lines([(x, arch(x, 44)) for x in xs[2:-2]], color, 6)
    for index in range(2, 27):
        s.lines(
            [
                (xs[index], arch(xs[index], 0)),
                (xs[index - 1 + index % 2 * 2], arch(xs[index - 1 + index % 2 * 2], 44)),
            ],
            color,
            3.5,
        )
        if index % 2 == 0:
            s.lines([(xs[index], arch(xs[index], 0)), (xs[index], deck)], color, 5)
    for x in (0.04, 0.12, 0.2, 0.8, 0.88, 0.96):
        s.lines([(s.w * x - 14, base + 80), (s.w * x, deck), (s.w * x + 14, base + 80)], color, 5)
    s.rect(-10, deck - 12, s.w + 20, 20, color)
    s.rect(s.w * 0.3, deck - 52, 260, 38, s.pal.accent, 8)
    for part in range(8):
        s.rect(s.w * 0.3 + 16 + part * 30, deck - 44, 20, 14, "#ffffff", 2)


def _chimneys(s: Sketch, x: float, base: float, color: str) -> None:
    """A power station with four chimneys by the canal."""
    s.rect(x, base - 250, 520, 250, color)
    for step in range(4):
        left = x + 40 + step * 126
        s.poly(
            [(left, base - 250), (left + 10, base - 500), (left + 52, base - 500), (left + 62, base - 250)],
            mix(color, "#ffffff", 0.06),
        )
        s.rect(left + 6, base - 506, 50, 12, mix(color, s.pal.accent, 0.5))
    for step in range(12):
        s.rect(x + 24 + step * 40, base - 190, 18, 140, mix(s.pal.accent, "#ffffff", 0.3), 2, 0.8)


def skyline(s: Sketch) -> None:  # noqa: PLR0912  # one branch for each thing asked for
    """Buildings against the sky; flags minster, bridge, chimneys, slabs, oldtown, firs, water."""
    s.sky(700)
    s.ground(s.ridge(560, 60), s.haze(0.05))
    if s.has("bridge"):
        s.ground(s.ridge(640, 50), s.haze(0.3))
        _bridge(s, 690, s.haze(0.85))
        for index, level in enumerate((760, 830)):
            ridge = s.ridge(level, 34)
            s.ground(ridge, s.haze(0.7 + 0.25 * index))
            for _ in range(40):
                x = s.rng.uniform(0, s.w)
                s.fir(x, _at(ridge, x) + 10, s.rng.uniform(60, 120), s.haze(0.75 + 0.25 * index))
        return
    lit = 0.42 if s.night else 0.3 if s.has("dusk") else 0.08
    for layer, base in enumerate((740, 770, 800)):
        near = 0.2 + layer * 0.3
        x = -20.0
        while x < s.w:
            wide = s.rng.uniform(70, 150) * (2.1 if s.has("slabs") and layer else 1)
            tall = (
                s.rng.uniform(130, 330) * (1.1 - layer * 0.2)
                if not s.has("oldtown")
                else s.rng.uniform(70, 150)
            )
            color = s.haze(near + s.rng.uniform(-0.05, 0.05))
            if s.has("oldtown") and layer:
                s.house(x, base, wide * 0.9, mix(color, "#ffffff", 0.25), mix(color, s.pal.accent, 0.35))
                wide *= 0.95
            else:
                _block(s, x, base, wide, tall, color, lit)
            x += wide + s.rng.uniform(4, 30)
        if layer == 0 and s.has("minster"):
            _minster(s, s.w * 0.6, base + 10, s.haze(0.72))
        if layer == 1 and s.has("chimneys"):
            _chimneys(s, s.w * 0.5, base + 10, s.haze(0.75))
    s.fade(0, 796, s.w, 110, s.haze(0.8), s.haze(1))
    if s.has("water"):
        s.fade(0, 800, s.w, 110, mix(s.pal.water, s.haze(0.4), 0.4), mix(s.pal.water, s.pal.dark, 0.55))
        for _ in range(40):
            x, y = s.rng.uniform(0, s.w), s.rng.uniform(806, 896)
            s.lines([(x, y), (x + s.rng.uniform(30, 110), y)], mix(s.pal.accent, "#ffffff", 0.4), 3, 0.4)
    else:
        for _ in range(14):
            s.tree(s.rng.uniform(0, s.w), 826, s.rng.uniform(60, 100), s.haze(0.95))


def bus(s: Sketch, x: float, y: float, size: float, color: str, trolley: bool = False) -> None:
    """A city bus standing on ``x``, ``y``; ``size`` is its length."""
    high = size * 0.3
    if trolley:
        s.lines([(x + size * 0.4, y - high), (x + size * 0.16, y - high * 2.1)], s.pal.dark, 5)
        s.lines([(x + size * 0.46, y - high), (x + size * 0.22, y - high * 2.1)], s.pal.dark, 5)
    s.disc(x + size / 2, y + 6, size * 0.52, "#000000", 0.2, 0.05)
    s.rect(x, y - high, size, high * 0.9, color, size * 0.035)
    s.rect(x, y - high * 0.36, size, high * 0.12, "#ffffff", 0, 0.85)
    glass = mix(s.pal.dark, "#ffffff", 0.12)
    for part in range(6):
        s.rect(
            x + size * (0.03 + part * 0.145), y - high * 0.86, size * 0.125, high * 0.42, glass, size * 0.01
        )
    s.rect(
        x + size * 0.905, y - high * 0.86, size * 0.08, high * 0.5, mix(glass, "#ffffff", 0.25), size * 0.012
    )
    for door in (0.3, 0.62):
        s.rect(
            x + size * door, y - high * 0.86, size * 0.1, high * 0.78, mix(glass, "#ffffff", 0.3), size * 0.01
        )
        s.lines(
            [(x + size * (door + 0.05), y - high * 0.84), (x + size * (door + 0.05), y - high * 0.1)],
            color,
            3,
        )
    for wheel in (0.18, 0.8):
        s.disc(x + size * wheel, y - high * 0.06, high * 0.19, "#15171a")
        s.disc(x + size * wheel, y - high * 0.06, high * 0.09, "#c8ccd0")


def street(s: Sketch) -> None:
    """A street of gabled houses; flags bus, trolley, van, bike, stop, lamps."""
    s.sky(560)
    s.ground(s.ridge(470, 50), s.haze(0.1))
    walls = [
        mix(c, "#ffffff", m)
        for c, m in (
            (s.pal.primary, 0.55),
            (s.pal.accent, 0.45),
            (s.pal.second, 0.5),
            (s.pal.soft, 0.3),
            (s.pal.primary, 0.3),
        )
    ]
    if s.night or s.has("dusk"):
        walls = [mix(wall, s.pal.dark, 0.5 if s.night else 0.25) for wall in walls]
    x, index = -30.0, s.rng.randrange(5)
    while x < s.w:
        wide = s.rng.uniform(140, 210)
        s.house(x, 690, wide, walls[index % 5], mix(s.pal.dark, walls[index % 5], 0.25))
        x += wide * 1.06
        index += s.rng.choice((1, 2))
    s.rect(0, 690, s.w, 44, mix(s.pal.soft, s.pal.dark, 0.35 if s.night else 0.18))
    s.fade(0, 730, s.w, 170, mix(s.pal.dark, "#ffffff", 0.22), s.pal.dark)
    for part in range(int(s.w // 150) + 1):
        s.rect(part * 150 + 30, 812, 80, 9, "#ffffff", 4, 0.75)
    for x in range(120, int(s.w), 420):
        s.lines([(x, 736), (x, 470), (x + 12, 450), (x + 44, 446)], mix(s.pal.dark, "#000000", 0.2), 7)
        if s.night or s.has("dusk"):
            s.glow(x + 46, 460, 170, s.pal.accent, 0.6)
            s.disc(x + 46, 452, 10, mix(s.pal.accent, "#ffffff", 0.6))
    for x in range(300, int(s.w), 420):
        s.tree(x, 738, 170, mix(s.haze(0.6), "#2f7d4f", 0.45))
    if s.has("trolley"):
        s.lines([(0, 470), (s.w, 452)], s.pal.dark, 3)
        s.lines([(0, 480), (s.w, 462)], s.pal.dark, 3)
    if s.has("stop"):
        at = s.w * 0.2
        s.rect(at - 120, 560, 240, 12, s.pal.dark, 4)
        for post in (-110, 100):
            s.rect(at + post, 566, 8, 176, s.pal.dark)
        s.rect(at - 100, 580, 190, 110, "#ffffff", 4, 0.5)
        s.icon(at + 160, 520, 70, "bus-stop", s.pal.dark)
    if s.has("bus") or s.has("trolley"):
        bus(s, s.w * 0.5 - 300, 800, min(640, s.w * 0.75), s.pal.accent, s.has("trolley"))
    if s.has("van"):
        s.icon(s.w * 0.5, 720, 330, "van-passenger", mix(s.pal.accent, s.pal.dark, 0.1))
    if s.has("bike"):
        s.icon(s.w * 0.3, 770, 190, "bike", s.pal.accent)
        s.icon(s.w * 0.66, 784, 210, "bicycle-cargo", s.pal.second)


def water(s: Sketch) -> None:
    """Waves in layers with a gauge; flag rain."""
    s.sky(520)
    if s.has("rain"):
        for _ in range(150):
            x, y = s.rng.uniform(-80, s.w), s.rng.uniform(-20, 560)
            s.lines([(x, y), (x - 12, y + 44)], "#ffffff", 3, 0.5)
    s.ground(s.ridge(430, 50), s.haze(0.2))
    for index in range(6):
        near = index / 5
        low = 500 + index * 66
        wave = [
            (x, low + (16 + 10 * near) * math.sin(x / (70 + 26 * index) + index * 1.9))
            for x in range(-20, int(s.w) + 40, 12)
        ]
        s.ground(
            [(float(x), y) for x, y in wave],
            mix(mix(s.pal.water, "#ffffff", 0.5), mix(s.pal.primary, s.pal.dark, 0.55), near),
        )
        if index == 3:
            x = s.w * 0.66
            s.rect(x - 34, 240, 68, 640, "#ffffff", 10)
            for mark in range(15):
                s.rect(x - 34 if mark % 2 else x - 6, 264 + mark * 40, 40 if mark % 2 else 34, 20, s.pal.dark)
            s.rect(x - 60, 196, 120, 64, s.pal.accent, 12)
            s.icon(x, 228, 50, "access-point", s.pal.dark)


OUTDOORS = {"hills": hills, "skyline": skyline, "street": street, "water": water}
