# SPDX-License-Identifier: AGPL-3.0-or-later
"""Colours and type that every window shares."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF

from pechakucha.ui import theme
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.theme import FAMILY, city_hue, font


def apart(one: float, other: float) -> float:
    """Degrees between two hues."""
    return min((one - other) % 360, (other - one) % 360)


def test_neighbours_differ_clearly() -> None:
    assert all(apart(city_hue(place), city_hue(place + 1)) >= 45 for place in range(40))


def test_no_two_of_nine_cities_are_alike() -> None:
    hues = [city_hue(place) for place in range(9)]
    assert all(apart(one, other) > 15 for one, other in itertools.combinations(hues, 2))
    assert all(0 <= hue < 360 for hue in hues)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG 2 reckons it."""

    def luminance(colour: QColor) -> float:
        linear = [
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
            for each in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("words", ["TEXT", "QUIET", "LIVE", "NEXT", "ATTENTION", "DANGER"])
@pytest.mark.parametrize("ground", ["BACKGROUND", "SURFACE", "RAISED"])
def test_words_can_be_read_on_every_ground(words: str, ground: str) -> None:
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= 4.5


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Black])
def test_our_typeface_is_there_and_its_figures_do_not_jitter(weight: QFont.Weight) -> None:
    load_typeface()
    face = font(100, weight)
    assert QFontInfo(face).family() == FAMILY
    assert len({QFontMetricsF(face).horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_no_type_is_smaller_than_a_pixel() -> None:
    assert font(0.2).pixelSize() == 1
