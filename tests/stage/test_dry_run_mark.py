# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dry run is marked on stage, whatever else is there, and a block never is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from decks.conftest import is_near
from files.builders import a_run
from PySide6.QtGui import QImage

from pechakucha.show.cues import Black, Message, Start
from pechakucha.ui import theme
from pechakucha.ui.slide_marks import marked_height

from .conftest import BLOCK, Evening

Open = Callable[..., Evening]

DRY = msgspec.structs.replace(BLOCK, speed=10.0)


def marked(image: QImage) -> float:
    """The share of the upper edge that has the mark's colour."""
    high = marked_height(image.size())
    row = high * 3 // 5
    return (
        sum(is_near(image.pixelColor(x, row), theme.ATTENTION.name()) for x in range(image.width()))
        / image.width()
    )


def walk(evening: Evening) -> list[float]:
    """Welcome, countdown, a slide, black, a message, and the slide again."""
    speed = evening.stage.conductor.run.snapshot.speed
    seen = [marked(evening.sees())]
    evening.do(Start("ulm"))
    seen.append(marked(evening.sees()))
    evening.pass_seconds(4 / speed)
    assert evening.sees_slide("ulm", 1)
    seen.append(marked(evening.sees()))
    for action in (Black(on=True), Black(on=False), Message("Gleich"), Message(None)):
        evening.do(action)
        seen.append(marked(evening.sees()))
    return seen


def test_every_screen_of_a_dry_run_is_marked(open_stage: Open, tmp_path: Path) -> None:
    seen = walk(open_stage(a_run(tmp_path, DRY)))
    assert all(0.05 < share < 0.3 for share in seen), seen


def test_a_block_is_not(open_stage: Open, tmp_path: Path) -> None:
    assert walk(open_stage(a_run(tmp_path, BLOCK))) == [0.0] * 7


def test_the_mark_stays_while_the_card_below_it_moves(open_stage: Open, tmp_path: Path) -> None:
    evening = open_stage(a_run(tmp_path, DRY))
    evening.stage.window._paint_moving_part()
    assert marked(evening.sees()) > 0.05
