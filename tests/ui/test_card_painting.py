# SPDX-License-Identifier: AGPL-3.0-or-later
"""How cards look: nothing outside the margins, nothing half painted, at any size."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from show.builders import after

from pechakucha.ui.card_painting import moving_part, paint_card, paint_moving_part
from pechakucha.ui.cards import Card
from pechakucha.ui.fonts import load_typeface

HD, SMALL, UHD = QSize(1920, 1080), QSize(1280, 720), QSize(3840, 2160)
MARGIN = 144 / 1080
"""Of the card's height; nothing is written beyond it."""

GLYPH_CACHE = 4
"""Of 255 levels: so much may the edge of a big letter change from one painting to the next."""

PLAIN = Card(heading="Ulm", hue=212.0)
FULL = Card(
    heading="Neustadt an der Weinstraße",
    title="Vom Wein zur Straße und wieder zurück",
    subtitle="Projektteam Neustadt, Jörg Groß",
    left="MPSC Mashup",
    right="9 of 9",
    footer="Starts in",
    counts=True,
    since_ns=after(0),
    until_ns=after(100),
    hue=30.0,
)
ONE_LINE = msgspec.structs.replace(FULL, heading="Ulm")

LONG_HEADINGS = [
    "Neustadt an der Weinstraße",
    "Garmisch-Partenkirchen",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Mönchengladbach und Schwäbisch Gmünd",
    "Wir warten noch auf die Leitung nach Neustadt",
]


@pytest.fixture(scope="module", autouse=True)
def _typeface(qapp: object) -> None:
    load_typeface()


def painted(card: Card, size: QSize = HD, seconds: float = 30) -> QImage:
    """The card as it is so many seconds after the program was ready."""
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_card(painter, size, card, after(seconds))
    painter.end()
    return image


def strips(size: QSize) -> list[QRect]:
    """The margins left, right, above and below; a letter's edge may reach a few pixels into them."""
    margin, slack = round(MARGIN * size.height()), size.height() // 120
    wide, high = size.width(), size.height()
    above = round(110 / 1080 * high)
    return [
        QRect(0, 0, margin - slack, high),
        QRect(wide - margin + slack, 0, margin - slack, high),
        QRect(0, 0, wide, above),
        QRect(0, high - above, wide, above),
    ]


def differs(one: QImage, other: QImage, area: QRect) -> bool:
    """Whether anything is another colour in this part, by more than what Qt's glyph cache makes of it."""
    left = one.copy(area)
    painter = QPainter(left)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other, area.x(), area.y(), area.width(), area.height())
    painter.end()
    levels = bytes(left.constBits())  # blue, green, red and one byte of no meaning
    return max(max(levels[colour::4]) for colour in range(3)) > GLYPH_CACHE


@pytest.mark.parametrize("size", [SMALL, HD, UHD])
@pytest.mark.parametrize("heading", LONG_HEADINGS)
@pytest.mark.parametrize("figure", ["", "3"])
def test_nothing_is_written_into_the_margins(size: QSize, heading: str, figure: str) -> None:
    card = Card(
        heading=heading,
        title="Ein Titel " * 20,
        subtitle="Name, " * 40,
        figure=figure,
        hue=30.0,
        left="Mashup",
    )
    empty = painted(Card(heading="", hue=30.0), size)
    full = painted(card, size)
    assert full != empty
    assert not any(differs(full, empty, strip) for strip in strips(size))


@pytest.mark.parametrize("size", [SMALL, HD, UHD])
def test_the_same_card_looks_the_same_at_every_size(size: QSize) -> None:
    """Scaled to one size, cards differ by less than what smoothing does."""
    image, wanted = painted(FULL, size).scaled(320, 180), painted(FULL, HD).scaled(320, 180)
    off = sum(
        abs(QColor(image.pixel(x, y)).lightness() - QColor(wanted.pixel(x, y)).lightness()) > 90
        for x in range(320)
        for y in range(180)
    )
    assert off < 320 * 180 * 0.02


@pytest.mark.parametrize("size", [SMALL, HD, UHD, QSize(800, 600), QSize(1366, 768)])
@pytest.mark.parametrize("card", [PLAIN, ONE_LINE])
def test_painting_the_moving_part_gives_what_painting_everything_gives(card: Card, size: QSize) -> None:
    before = painted(card, size, 30)
    partly = before.copy()
    painter = QPainter(partly)
    paint_moving_part(painter, size, card, after(77.3))
    painter.end()
    part = moving_part(size)
    still = QRect(0, 0, size.width(), part.top())
    assert partly.copy(still) == before.copy(still)
    assert not differs(partly, painted(card, size, 77.3), part)


def test_words_under_a_long_heading_stay_clear_of_the_moving_part() -> None:
    silent = msgspec.structs.replace(FULL, subtitle="")
    assert not differs(painted(FULL), painted(silent), moving_part(HD))


def test_one_long_word_is_written_across_the_card() -> None:
    card, empty = (
        painted(Card(heading="Garmisch-Partenkirchen", hue=30.0)),
        painted(Card(heading="", hue=30.0)),
    )
    assert differs(card, empty, QRect(round(HD.width() * 0.7), 0, round(HD.width() * 0.2), HD.height()))


def test_only_the_moving_part_moves() -> None:
    still = QRect(0, 0, HD.width(), moving_part(HD).top())
    one, other = painted(FULL, HD, 30), painted(FULL, HD, 77.3)
    assert not differs(one, other, still)
    assert differs(one, other, moving_part(HD))


def test_a_card_that_waits_for_nothing_moves_all_the_same() -> None:
    assert differs(painted(PLAIN, HD, 30), painted(PLAIN, HD, 31), moving_part(HD))


@pytest.mark.parametrize("field", ["heading", "title", "subtitle", "left", "right", "figure", "footer"])
def test_every_word_is_seen(field: str) -> None:
    without = Card(heading="Ulm", hue=212.0) if field != "heading" else Card(heading="", hue=212.0)
    with_it = Card(**{"heading": "Ulm", "hue": 212.0, field: "Bern"})  # type: ignore[arg-type]
    assert painted(with_it) != painted(without)


def test_cards_of_other_hues_look_different() -> None:
    assert painted(Card(heading="Ulm", hue=0.0)) != painted(Card(heading="Ulm", hue=120.0))


@pytest.mark.parametrize("heading", ["", " ", "🏙 Stadt", "東京", "\u202eUlm", "A\nB"])
def test_strange_headings_can_be_painted(heading: str) -> None:
    assert painted(Card(heading=heading, title=heading, hue=1.0)).size() == HD


def test_letters_are_bright_enough_on_every_hue() -> None:
    for hue in range(0, 360, 15):
        background = painted(Card(heading="", hue=float(hue)), SMALL)
        brightest = max(
            QColor(background.pixel(x, y)).lightness() for x in range(0, 1280, 16) for y in range(0, 600, 16)
        )
        assert brightest < 110  # of 255; letters have 243
