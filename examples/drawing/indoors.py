# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures of the work inside: screens, phones, sticky notes, people and workshop tables."""
# x, y, width and height read best in this order

from __future__ import annotations

import math

from .model import mix
from .sketch import ICONS, Sketch


def _donut(s: Sketch, x: float, y: float, radius: float) -> None:
    """A ring of three shares."""
    start = 90.0
    for share, color in ((0.5, s.pal.primary), (0.3, s.pal.accent), (0.2, s.pal.second)):
        s.arc(x, y, radius, start, -360 * share + 3, color, radius * 0.42)
        start -= 360 * share


def dashboard(s: Sketch) -> None:
    """A screen full of figures on a wall or desk; flags dark, map."""
    dark = s.has("dark")
    s.fade(0, 0, s.w, s.h, mix(s.pal.primary, s.pal.dark, 0.45), s.pal.dark)
    s.glow(s.w * 0.5, 380, s.w * 0.5, s.pal.primary, 0.6)
    left, top, wide, high = s.w * 0.1, 70.0, s.w * 0.8, 640.0
    s.rect(left - 22, top - 22, wide + 44, high + 44, mix(s.pal.dark, "#000000", 0.45), 26)
    paper = mix(s.pal.dark, s.pal.primary, 0.2) if dark else s.pal.soft
    card = mix(paper, "#ffffff", 0.1) if dark else "#ffffff"
    s.rect(left, top, wide, high, paper, 8)
    s.rect(left, top, wide, 58, s.pal.primary, 8)
    for index in range(3):
        s.disc(left + 36 + index * 34, top + 29, 10, "#ffffff", 0.9 - index * 0.25)
    s.rect(left + wide - 280, top + 19, 240, 20, "#ffffff", 10, 0.35)
    gap = 24.0
    small = (wide - 4 * gap) / 3
    for index, color in enumerate((s.pal.primary, s.pal.accent, s.pal.second)):
        x = left + gap + index * (small + gap)
        s.rect(x, top + 82, small, 150, card, 14)
        s.disc(x + 66, top + 157, 42, color)
        s.icon(
            x + 66,
            top + 157,
            46,
            ("bus-clock", "thermometer", "water-percent")[index],
            "#ffffff" if index == 0 else s.pal.dark,
        )
        s.rect(x + 130, top + 122, small - 170, 30, mix(card, color, 0.85), 8)
        s.rect(
            x + 130,
            top + 170,
            (small - 170) * 0.6,
            18,
            mix(card, s.pal.dark if not dark else "#ffffff", 0.25),
            8,
        )
    y, tall = top + 256, high - 280
    s.rect(left + gap, y, small * 2 + gap, tall, card, 14)
    bars = 12
    step = (small * 2 + gap - 60) / bars
    peaks = []
    for index in range(bars):
        size = tall * (0.3 + 0.28 * math.sin(index * 0.6) + s.rng.uniform(0, 0.14))
        x = left + gap + 34 + index * step
        s.rect(x, y + tall - 30 - size, step * 0.56, size, mix(s.pal.primary, card, 0.25), 6)
        peaks.append((x + step * 0.28, y + tall - 60 - size))
    s.curve(peaks, s.pal.accent, 8)
    for x, high_point in peaks[::3]:
        s.disc(x, high_point, 11, s.pal.accent)
    s.rect(left + 3 * gap + small * 2, y, small, tall, card, 14)
    _donut(s, left + 3 * gap + small * 2.5, y + tall / 2, min(tall * 0.34, small * 0.34))
    s.poly(
        [(s.w * 0.44, 732), (s.w * 0.56, 732), (s.w * 0.58, 840), (s.w * 0.42, 840)],
        mix(s.pal.dark, "#000000", 0.5),
    )
    s.rect(s.w * 0.36, 832, s.w * 0.28, 20, mix(s.pal.dark, "#000000", 0.6), 10)


def phone(s: Sketch) -> None:
    """A phone with an app; flags map, bus, list, chat."""
    s.fade(0, 0, s.w, s.h, mix(s.pal.accent, "#ffffff", 0.35), s.pal.accent)
    x = s.w * 0.5
    for radius, color in (
        (560, mix(s.pal.accent, "#ffffff", 0.22)),
        (430, mix(s.pal.accent, "#ffffff", 0.36)),
        (300, mix(s.pal.accent, "#ffffff", 0.5)),
    ):
        s.disc(x, 450, radius, color)
    wide, high, top = 390.0, 780.0, 60.0
    left = x - wide / 2
    s.rect(left + 14, top + 22, wide, high, s.pal.dark, 54, 0.25)
    s.rect(left, top, wide, high, mix(s.pal.dark, "#000000", 0.35), 54)
    s.rect(left + 16, top + 16, wide - 32, high - 32, "#ffffff", 40)
    s.rect(left + 16, top + 16, wide - 32, 130, s.pal.primary, 40)
    s.rect(left + 16, top + 80, wide - 32, 66, s.pal.primary)
    s.rect(x - 60, top + 26, 120, 18, mix(s.pal.dark, "#000000", 0.35), 9)
    s.rect(left + 48, top + 82, 180, 26, "#ffffff", 12, 0.9)
    s.disc(left + wide - 66, top + 95, 22, s.pal.accent)
    if s.has("chat"):
        for index in range(5):
            mine = index % 2
            size = s.rng.uniform(190, 250)
            begin = left + wide - 44 - size if mine else left + 44
            y = top + 180 + index * 108
            s.rect(begin, y, size, 82, s.pal.primary if mine else mix(s.pal.soft, s.pal.dark, 0.1), 26)
            s.rect(
                begin + 26, y + 22, size - 56, 13, "#ffffff" if mine else mix("#ffffff", s.pal.dark, 0.45), 6
            )
            s.rect(
                begin + 26, y + 48, size - 110, 13, "#ffffff" if mine else mix("#ffffff", s.pal.dark, 0.45), 6
            )
    elif s.has("bus"):
        s.lines([(left + 84, top + 210), (left + 84, top + 640)], s.pal.accent, 12)
        for index in range(5):
            y = top + 210 + index * 108
            s.disc(left + 84, y, 21, s.pal.accent)
            s.disc(left + 84, y, 11, "#ffffff")
            s.rect(left + 130, y - 22, 150, 20, mix("#ffffff", s.pal.dark, 0.65), 8)
            s.rect(left + 130, y + 8, 96, 15, mix("#ffffff", s.pal.dark, 0.25), 7)
            s.rect(left + 296, y - 20, 54, 40, mix(s.pal.primary, "#ffffff", 0.2), 12)
    else:
        for index in range(4):
            y = top + 172 + index * 136
            s.rect(left + 38, y, wide - 76, 118, mix(s.pal.soft, s.pal.primary, 0.07), 22)
            s.disc(left + 98, y + 59, 38, (s.pal.primary, s.pal.second, s.pal.accent)[index % 3])
            s.icon(
                left + 98,
                y + 59,
                44,
                ("calendar-heart", "bus-clock", "home-group", "hand-heart")[index],
                "#ffffff" if index % 3 == 0 else s.pal.dark,
            )
            s.rect(left + 156, y + 34, 150, 18, mix("#ffffff", s.pal.dark, 0.65), 8)
            s.rect(left + 156, y + 66, 110, 14, mix("#ffffff", s.pal.dark, 0.25), 7)
    s.rect(x - 70, top + high - 40, 140, 10, mix("#ffffff", s.pal.dark, 0.5), 5)
    for index, (dx, dy) in enumerate(((-420.0, -190), (430.0, -230), (-390.0, 220), (400.0, 190))):
        away = dx * min(1.0, (s.w / 2 - 200) / 430)
        if abs(away) > 290 and (away > 0 or s.w > 1200):
            s.disc(x + away, 450 + dy, 74, "#ffffff", 0.95)
            s.icon(
                x + away,
                450 + dy,
                82,
                ("bell-ring", "map-marker-radius", "account-group", "heart")[index],
                s.pal.dark,
            )


def wall(s: Sketch) -> None:
    """Sticky notes on a wall."""
    s.rect(0, 0, s.w, s.h, mix(s.pal.soft, s.pal.dark, 0.08))
    s.fade(0, 760, s.w, 140, mix(s.pal.dark, "#ffffff", 0.3), s.pal.dark)
    s.rect(60, 60, s.w - 120, 640, mix("#ffffff", s.pal.dark, 0.18), 12)
    s.rect(74, 74, s.w - 148, 612, "#ffffff", 8)
    colors = (
        mix(s.pal.accent, "#ffffff", 0.3),
        mix(s.pal.primary, "#ffffff", 0.6),
        mix(s.pal.second, "#ffffff", 0.45),
        "#fff3b0",
    )
    columns = int((s.w - 200) // 178)
    shift = (s.w - columns * 178) / 2
    for column in range(columns):
        for row in range(3):
            if s.rng.random() < 0.12:
                continue
            s.p.save()
            s.p.translate(shift + column * 178 + 89, 190 + row * 190)
            s.p.rotate(s.rng.uniform(-7, 7))
            s.rect(-66, -64, 140, 140, "#000000", 4, 0.12)
            s.rect(-72, -72, 144, 144, s.rng.choice(colors), 3)
            if s.rng.random() < 0.4:
                s.icon(0, 0, 84, s.rng.choice(ICONS), s.pal.dark)
            else:
                for line in range(3):
                    s.rect(-50, -40 + line * 32, s.rng.uniform(56, 100), 11, s.pal.dark, 5, 0.6)
            s.p.restore()
    for index in range(int(s.w // 230) + 1):
        coat = (s.pal.primary, s.pal.accent, s.pal.second, mix(s.pal.dark, "#ffffff", 0.25))[index % 4]
        s.person(
            70 + index * 230 + s.rng.uniform(-30, 30),
            880,
            130,
            coat,
            s.rng.choice(("#f1c9a5", "#d9a066", "#8d5b3e", "#f5d6bd")),
        )


def people(s: Sketch) -> None:
    """A crowd with speech bubbles; flags bubbles, night."""
    s.fade(0, 0, s.w, s.h, mix(s.pal.primary, "#ffffff", 0.78), mix(s.pal.accent, "#ffffff", 0.62))
    s.disc(s.w * 0.5, 560, 520, "#ffffff", 0.45)
    for row in range(3):
        size = 104 + row * 40
        count = int(s.w // (size * 1.22)) + 2
        for index in range(count):
            x = index * size * 1.22 + (row % 2) * size * 0.6 - 20
            base = s.rng.choice(
                (
                    s.pal.primary,
                    s.pal.accent,
                    s.pal.second,
                    mix(s.pal.dark, "#ffffff", 0.2),
                    mix(s.pal.primary, s.pal.dark, 0.4),
                )
            )
            coat = mix(base, "#ffffff", 0.4 - row * 0.2)
            s.person(
                x,
                650 + row * 125 + s.rng.uniform(-16, 16),
                size,
                coat,
                s.rng.choice(("#f1c9a5", "#d9a066", "#8d5b3e", "#f5d6bd")),
            )
    if s.has("bubbles"):
        spots = (
            ((0.14, 150, 110), (0.36, 250, 84), (0.58, 140, 120), (0.8, 230, 96))
            if s.w > 1100
            else ((0.25, 170, 100), (0.68, 230, 90))
        )
        for index, (x, y, size) in enumerate(spots):
            color = (s.pal.primary, s.pal.dark, s.pal.accent, s.pal.second)[index]
            left = s.w * x - size
            s.rect(left, y - size * 0.62, size * 2, size * 1.24, color, size * 0.3)
            s.poly(
                [
                    (left + size * 0.5, y + size * 0.5),
                    (left + size, y + size * 0.5),
                    (left + size * 0.5, y + size),
                ],
                color,
            )
            ink = "#ffffff" if index < 2 else s.pal.dark
            s.icon(s.w * x, y, size * 0.9, ("lightbulb-on", "help", "heart", "thumb-up")[index], ink)


def table(s: Sketch) -> None:
    """A workshop table seen from above."""
    s.rect(0, 0, s.w, s.h, mix(s.pal.soft, s.pal.dark, 0.16))
    for plank in range(14):
        s.rect(0, plank * 66, s.w, 3, s.pal.dark, 0, 0.08)
    s.rect(s.w * 0.05 + 10, 200, s.w * 0.9, 520, "#000000", 60, 0.16)
    s.rect(s.w * 0.05, 186, s.w * 0.9, 520, mix("#e8cfa8", s.pal.soft, 0.35), 60)
    seats = 5 if s.w > 1100 else 3
    for side in (0, 1):
        for index in range(seats):
            x = s.w * (0.14 + 0.72 * index / (seats - 1))
            y = 112 if side == 0 else 788
            coat = (s.pal.primary, s.pal.second, s.pal.accent, mix(s.pal.dark, "#ffffff", 0.25))[
                (index + side * 2) % 4
            ]
            lean = 1 if side == 0 else -1
            s.rect(x - 70, y - 34 - lean * 44, 140, 68, mix(s.pal.dark, "#ffffff", 0.45), 26)
            s.rect(x - 98, y - 42, 196, 84, coat, 42)
            for arm in (-84, 84):
                s.lines([(x + arm, y + lean * 10), (x + arm * 0.8, y + lean * 84)], coat, 30)
                s.disc(x + arm * 0.8, y + lean * 90, 16, "#e3b48d")
            s.disc(x, y + lean * 16, 47, "#e3b48d")
            s.disc(x, y + lean * 8, 46, s.rng.choice(("#2b2320", "#5b3a29", "#8a8a8a", "#c9a26b")))
    wide = s.w * 0.42
    s.rect(s.w * 0.29, 268, wide, 356, "#ffffff", 6)
    s.p.save()
    s.p.setClipRect(round(s.w * 0.29), 268, round(wide), 356)
    s.curve(
        [(s.w * 0.27, 330), (s.w * 0.42, 420), (s.w * 0.55, 400), (s.w * 0.75, 580)],
        mix(s.pal.water, "#ffffff", 0.4),
        44,
    )
    s.p.restore()
    for _ in range(20):
        x, y = s.rng.uniform(s.w * 0.31, s.w * 0.66), s.rng.uniform(285, 570)
        s.rect(
            x,
            y,
            s.rng.uniform(26, 54),
            s.rng.uniform(22, 40),
            mix(s.pal.primary, "#ffffff", s.rng.uniform(0.3, 0.8)),
            4,
        )
    for index, (x, y) in enumerate(((0.36, 400), (0.48, 530), (0.6, 380))):
        s.pin(s.w * x, y, 62, (s.pal.accent, s.pal.primary, s.pal.accent)[index])
    for x, y, turn in ((0.14, 330, -12), (0.17, 560, 9), (0.84, 330, 10), (0.82, 560, -8)):
        s.p.save()
        s.p.translate(s.w * x, y)
        s.p.rotate(turn)
        color = s.rng.choice((s.pal.accent, s.pal.primary, s.pal.second))
        s.rect(-74, -54, 148, 108, mix(color, "#ffffff", 0.45), 5)
        for line in range(3):
            s.rect(-54, -32 + line * 26, s.rng.uniform(60, 104), 9, s.pal.dark, 4, 0.55)
        s.p.restore()
    for x, y in ((0.245, 250), (0.755, 640)):
        s.disc(s.w * x, y, 36, "#ffffff")
        s.disc(s.w * x, y, 26, "#5b3a29")


INDOORS = {"dashboard": dashboard, "phone": phone, "wall": wall, "people": people, "table": table}
