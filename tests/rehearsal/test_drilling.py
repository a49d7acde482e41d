# SPDX-License-Identifier: AGPL-3.0-or-later
"""A presenter drills one slide again and again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pechakucha.rehearsal.action_row import Offer
from pechakucha.rehearsal.rehearsal import Mode, Phase

from .conftest import Preview

Key = Qt.Key


def test_t_drills_the_slide_that_was_chosen(preview: Preview) -> None:
    preview.press(Key.Key_7, Key.Key_T)
    assert (preview.phase, preview.figure, preview.index) == (Phase.COUNT_IN, "3", 6)
    assert "immer wieder" in preview.view.page.action_row.words
    preview.pass_seconds(3)
    assert (preview.place, preview.figure, preview.line) == ("Folie 7 von 20", "20", "zum 1. Mal")
    assert "zu Folie 7." in preview.view.page.notes.words


def test_it_comes_again_after_a_breath_until_told_otherwise(preview: Preview) -> None:
    preview.press(Key.Key_7, Key.Key_T)
    preview.pass_seconds(3 + 19.999)
    assert (preview.figure, preview.line) == ("1", "zum 1. Mal")
    preview.pass_seconds(0.001)
    assert (preview.figure, preview.line) == ("1", "zum 2. Mal")
    preview.pass_seconds(1)
    assert (preview.figure, preview.line) == ("20", "zum 2. Mal")
    preview.pass_seconds(48 * 21)
    assert (preview.index, preview.figure, preview.line) == (6, "20", "zum 50. Mal")
    preview.press(Key.Key_Escape)
    assert (preview.phase, preview.place, preview.line) == (Phase.READY, "Folie 7 von 20", "4:40 ab hier")
    assert preview.window.isVisible()


def test_during_a_talk_t_drills_the_slide_on_stage(in_talk: Preview) -> None:
    in_talk.pass_seconds(65)
    in_talk.press(Key.Key_T)
    in_talk.pass_seconds(3)
    assert (in_talk.view.rehearsal.mode, in_talk.index) == (Mode.DRILL, 3)


def test_a_number_and_t_drill_that_slide(in_talk: Preview) -> None:
    in_talk.pass_seconds(400 + 10)
    in_talk.press(Key.Key_1, Key.Key_2, Key.Key_T)
    assert (in_talk.view.rehearsal.mode, in_talk.index) == (Mode.DRILL, 11)


def test_arrows_drill_the_neighbours(preview: Preview) -> None:
    preview.press(Key.Key_2, Key.Key_T, Key.Key_Left)
    assert (preview.phase, preview.index) == (Phase.COUNT_IN, 0)
    preview.press(Key.Key_Left)
    assert preview.index == 0
    preview.press(Key.Key_Right, Key.Key_Right)
    assert preview.index == 2


def test_a_drill_can_be_paused(preview: Preview) -> None:
    preview.press(Key.Key_T)
    preview.pass_seconds(3 + 21 + 5)
    preview.press(Key.Key_P)
    assert preview.view.page.action_row.offered is Offer.GO_ON
    preview.pass_seconds(100)
    assert (preview.figure, preview.line) == ("15", "angehalten beim 2. Mal")
    preview.press(Key.Key_P)
    preview.pass_seconds(15)
    assert preview.line == "zum 3. Mal"


def test_looking_late_shifts_nothing(preview: Preview) -> None:
    preview.press(Key.Key_T)
    for _ in range(20):
        preview.sleep_seconds(4.5)
    assert (preview.figure, preview.line) == ("17", "zum 5. Mal")


def test_a_drill_is_no_take(preview: Preview) -> None:
    preview.press(Key.Key_T)
    preview.pass_seconds(60)
    assert preview.view.rehearsal.recorder.takes == 0
    preview.press(Key.Key_R)
    preview.pass_seconds(3)
    assert (preview.view.rehearsal.mode, preview.view.rehearsal.recorder.takes) == (Mode.TALK, 1)
    assert (preview.place, preview.line) == ("Folie 1 von 20", "noch 6:40")


def test_space_says_how_long_it_took(preview: Preview) -> None:
    preview.press(Key.Key_7, Key.Key_T)
    preview.pass_seconds(3 + 16.5)
    preview.press(Key.Key_Space)
    assert preview.view.page.action_row.words == "Folie 7: nach 16,5 s gesagt."
    preview.pass_seconds(21 + 3.5 + 1 + 2)
    preview.press(Key.Key_Space)
    assert preview.view.page.action_row.words == "Folie 7: 3,0 s zu lang."


def test_the_top_bar_shows_the_keys_of_a_drill(preview: Preview) -> None:
    assert preview.view.top_bar.keys == {Key.Key_T, Key.Key_A, Key.Key_E, Key.Key_Escape}
    preview.press(Key.Key_T)
    preview.pass_seconds(3)
    assert preview.view.top_bar.keys == {
        Key.Key_Space,
        Key.Key_P,
        Key.Key_Left,
        Key.Key_Right,
        Key.Key_Escape,
    }
    preview.view.top_bar.wanted.emit(Key.Key_Escape)
    assert preview.phase is Phase.READY
