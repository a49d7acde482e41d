# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fonts by path, and how large a text gets: sizes and lengths in points of the slide."""
# ruff: noqa: PLR0917  # x, y, width and height read best in this order

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

LINE = 1.17
_FILES = {
    "Manrope": ("font_manrope", ("Manrope-Medium.ttf", "Manrope-ExtraBold.ttf")),
    "Hanken Grotesk": ("font_hanken_grotesk", ("HankenGrotesk-Medium.otf", "HankenGrotesk-Bold.otf")),
    "Source Sans Pro": ("font_source_sans_pro", ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")),
}
_ICONS = "materialdesignicons6-webfont"


def _folder(package: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"package {package} is not installed")
    return Path(spec.origin).parent


@cache
def _family(name: str, bold: bool) -> tuple[str, str]:
    """Qt's family and style of the font ``name``; loads it on first use."""
    package, files = _FILES[name]
    path = _folder(package) / "files" / files[bold]
    number = QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        raise RuntimeError(f"cannot load {path}")
    family = QFontDatabase.applicationFontFamilies(number)[0]
    style = path.stem.split("-")[1]
    return family, style


def font(name: str, size: float, bold: bool) -> QFont:
    """The font ``name`` at ``size`` units of the painter."""
    family, style = _family(name, bold)
    made = QFont(family)
    made.setStyleName(style)
    made.setPixelSize(round(size))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def _icon_table() -> tuple[str, dict[str, str]]:
    """Family of the icon font and its code points by icon name."""
    folder = _folder("qtawesome") / "fonts"
    number = QFontDatabase.addApplicationFont(str(next(folder.glob(f"{_ICONS}-[0-9]*.ttf"))))
    table = json.loads(next(folder.glob(f"{_ICONS}-charmap-*.json")).read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], table


def icon(name: str, size: float) -> tuple[QFont, str]:
    """Font and character that draw the icon ``name`` at ``size`` units."""
    family, table = _icon_table()
    made = QFont(family)
    made.setPixelSize(round(size))
    return made, chr(int(table[name], 16))


def wrap(text: str, name: str, size: float, bold: bool, width: float) -> list[str]:
    """``text`` broken into lines no wider than ``width``; line feeds in it stay."""
    metrics = QFontMetricsF(font(name, size, bold))
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def fit(text: str, name: str, size: float, bold: bool, width: float, height: float) -> tuple[float, float]:
    """Largest size up to ``size`` at which ``text`` fits the box, and the height it takes.

    Never below 24 points; raises when even that does not fit.
    """
    while size >= 24:
        metrics = QFontMetricsF(font(name, size, bold))
        lines = wrap(text, name, size, bold, width)
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        if widest <= width and len(lines) * size * LINE <= height:
            return size, len(lines) * size * LINE
        size -= 2
    raise ValueError(f"no room for {text!r} in {width:.0f} x {height:.0f} points")
