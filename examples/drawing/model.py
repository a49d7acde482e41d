# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a deck is made of: palette, slides and their texts, read from ``content/<city>.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SLIDES_PER_DECK = 20


def _channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue (0-255) of ``#rrggbb``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """The colour ``share`` (0-1) of the way from ``first`` to ``second``."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio (1-21) of two colours."""

    def luminance(color: str) -> float:
        parts = [c / 255 for c in _channels(color)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class Palette:
    """The colours of one city as ``#rrggbb``.

    ``soft`` is the paper, ``dark`` the ink ``air`` the light and ``water`` the water in pictures.
    """

    dark: str
    primary: str
    accent: str
    second: str
    soft: str
    air: str
    water: str

    def tone(self, name: str) -> str:
        """The background colour called ``name`` in the content files."""
        return {"dark": self.dark, "primary": self.primary, "accent": self.accent, "soft": self.soft}[name]

    def ink(self, ground: str) -> str:
        """The text colour that reads best on ``ground``."""
        return max((self.dark, "#ffffff"), key=lambda color: contrast(color, ground))

    def highlight(self, ground: str) -> str:
        """A lively text colour on ``ground``: the first of the palette with enough contrast."""
        for color in (self.accent, self.primary, self.second):
            if contrast(color, ground) >= 4.5:
                return color
        return self.ink(ground)

    def quiet(self, ground: str) -> str:
        """A softer text colour on ``ground`` that still reads well."""
        soft = mix(self.ink(ground), ground, 0.25)
        return soft if contrast(soft, ground) >= 4.5 else self.ink(ground)

    def card(self, ground: str) -> str:
        """The colour of a field on ``ground`` that carries text in the same ink."""
        ink = self.ink(ground)
        nearer = mix(ground, ink, 0.1)
        if contrast(nearer, ink) >= 4.5:
            return nearer
        return mix(ground, "#000000" if ink == "#ffffff" else "#ffffff", 0.15)


@dataclass(frozen=True)
class Scene:
    """A drawn picture: its name, the words that vary it, and the seed of its random parts."""

    name: str
    flags: frozenset[str]
    seed: int


@dataclass(frozen=True)
class Chart:
    """Numbers to plot: ``kind`` is column, bar, line or donut; ``unit`` is put after each value."""

    kind: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    series: str
    unit: str


@dataclass(frozen=True)
class Item:
    """One icon with a heading and a short text."""

    icon: str
    head: str
    text: str


@dataclass(frozen=True)
class Slide:
    """The content of one slide; which fields count depends on ``kind``."""

    kind: str
    kicker: str
    title: str
    text: str
    notes: str
    tone: str
    side: str
    icon: str
    number: str
    scene: Scene | None
    chart: Chart | None
    items: tuple[Item, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class City:
    """One deck: where it goes, how it looks, and its twenty slides."""

    name: str
    deck: str
    ratio: float
    font: str
    motif: str
    panel: str
    palette: Palette
    slides: tuple[Slide, ...]


def _slide(raw: dict[str, Any], seed: int) -> Slide:
    """One slide from its TOML table."""
    words = str(raw.get("scene", "")).split()
    chart = None
    if "chart" in raw:
        chart = Chart(
            kind=raw["chart"],
            labels=tuple(raw["labels"]),
            values=tuple(float(value) for value in raw["values"]),
            series=raw.get("series", raw["title"]),
            unit=raw.get("unit", ""),
        )
    return Slide(
        kind=raw["kind"],
        kicker=raw.get("kicker", ""),
        title=raw.get("title", ""),
        text=raw.get("text", ""),
        notes=raw.get("notes", ""),
        tone=raw.get("tone", "soft"),
        side=raw.get("side", "left"),
        icon=raw.get("icon", ""),
        number=raw.get("number", ""),
        scene=Scene(words[0], frozenset(words[1:]), seed) if words else None,
        chart=chart,
        items=tuple(Item(*entry) for entry in raw.get("items", [])),
        rows=tuple(tuple(row) for row in raw.get("rows", [])),
    )


def load_city(path: Path) -> City:
    """The city described by the TOML file ``path``."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    base = sum(raw["name"].encode()) * 100
    colors = raw["palette"]
    slides = tuple(_slide(entry, base + index) for index, entry in enumerate(raw["slide"]))
    if len(slides) != SLIDES_PER_DECK:
        raise ValueError(f"{path.name}: {len(slides)} slides instead of {SLIDES_PER_DECK}")
    return City(
        name=raw["name"],
        deck=raw["deck"],
        ratio=4 / 3 if raw.get("ratio") == "4:3" else 16 / 9,
        font=raw["font"],
        motif=raw["motif"],
        panel=raw["panel"],
        palette=Palette(**{"air": colors["primary"], "water": colors["second"], **colors}),
        slides=slides,
    )
