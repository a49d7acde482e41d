# SPDX-License-Identifier: AGPL-3.0-or-later
"""A presenter rehearses: as strict as on the day."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from pechakucha.rehearsal.action_row import Offer
from pechakucha.rehearsal.rehearsal import Phase
from pechakucha.show.cues import GoOn, Resume

from .conftest import OpenPreview, a_deck, colour_of

Key = Qt.Key


def near(seen: QColor, wanted: QColor) -> bool:
    """Whether a colour is another one, saved as JPEG."""
    return all(
        abs(one - other) < 12 for one, other in zip(seen.toTuple()[:3], wanted.toTuple()[:3], strict=True)
    )


def is_card(seen: QColor) -> bool:
    """Whether a colour is the dark of a card."""
    return seen.lightness() < 60


def test_it_waits_for_space(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.pass_seconds(60)
    assert preview.phase is Phase.READY
    assert (preview.figure, preview.place, preview.line) == ("20", "Folie 1 von 20", "6:40 insgesamt")
    assert preview.view.page.action_row.offered is Offer.START
    assert preview.window.windowTitle() == "Probe · Ulm"


def test_space_counts_in(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    figures = [preview.figure]
    for _ in range(3):
        preview.pass_seconds(1)
        figures.append(preview.figure)
    assert figures == ["3", "2", "1", "20"]
    assert preview.phase is Phase.ON_SLIDE
    assert preview.line == "noch 6:40"


def test_every_slide_is_there_at_its_time(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3)
    for index in range(20):
        assert (preview.index, preview.figure) == (index, "20")
        assert f"zu Folie {index + 1}." in preview.view.page.notes.words
        preview.pass_seconds(19.999)
        assert (preview.index, preview.figure) == (index, "1")
        preview.pass_seconds(0.001)
    assert preview.phase is Phase.OVER


def test_looking_late_shifts_nothing(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3)
    for _ in range(10):
        preview.sleep_seconds(3.9)
    assert (preview.index, preview.figure) == (1, "1")
    preview.sleep_seconds(4.1)
    assert (preview.index, preview.figure) == (2, "17")


def test_the_picture_on_stage_is_the_slides(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 6 * 20)
    preview.let_pictures_come(qtbot)
    for place, number in ((preview.view.page.slide, 7), (preview.view.page.next_slide, 8)):
        assert near(preview.colour_on(place), colour_of(number))


def test_a_page_turn_waits_for_no_picture(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3)
    for number in range(1, 21):
        preview.let_pictures_come(qtbot)  # those ahead
        preview.pass_seconds(19.999)
        assert near(preview.colour_on(preview.view.page.slide), colour_of(number))
        preview.pass_seconds(0.001)
        if number < 20:
            assert near(preview.colour_on(preview.view.page.slide), colour_of(number + 1))


def test_space_does_nothing_during_the_talk(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(30)
    preview.press(Key.Key_Space, Key.Key_Right, Key.Key_PageDown, Key.Key_Home, Key.Key_Return)
    assert (preview.index, preview.figure) == (1, "13")
    assert preview.view.rehearsal.recorder.takes == 1
    assert "von allein" in preview.view.page.action_row.words
    preview.pass_seconds(3)
    assert preview.view.page.action_row.words == ""


def test_a_pause_delays_by_exactly_its_length(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 25)
    preview.press(Key.Key_P)
    assert preview.line == "angehalten, noch 6:15"
    assert preview.view.page.action_row.offered is Offer.GO_ON
    preview.pass_seconds(61.5)
    assert (preview.index, preview.figure) == (1, "15")
    preview.press(Key.Key_P)
    assert preview.view.rehearsal.recorder.cues[-1].action == Resume(GoOn.REST)
    preview.pass_seconds(14.999)
    assert preview.index == 1
    preview.pass_seconds(0.001)
    assert (preview.index, preview.figure) == (2, "20")
    preview.pass_seconds(360 - 0.001)
    assert preview.phase is Phase.ON_SLIDE
    preview.pass_seconds(0.001)
    assert preview.phase is Phase.OVER


def test_the_count_in_can_be_paused_too(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(1)
    preview.press(Key.Key_P)
    preview.pass_seconds(10)
    assert (preview.phase, preview.figure) == (Phase.COUNT_IN, "2")
    preview.press(Key.Key_P)
    preview.pass_seconds(2)
    assert (preview.index, preview.figure) == (0, "20")
    preview.pass_seconds(20)
    assert preview.index == 1


def test_after_the_computer_slept_time_stands_still(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 25)
    preview.sleep_seconds(600)
    assert (preview.index, preview.figure) == (1, "15")
    assert "geschlafen" in preview.view.page.action_row.words
    preview.press(Key.Key_P)
    preview.pass_seconds(15)
    assert preview.index == 2


def test_r_begins_again_with_the_count_in(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 130)
    preview.press(Key.Key_R)
    assert (preview.phase, preview.figure) == (Phase.COUNT_IN, "3")
    preview.pass_seconds(3)
    assert (preview.index, preview.line) == (0, "noch 6:40")
    assert preview.view.rehearsal.recorder.takes == 2
    preview.pass_seconds(400)
    assert preview.phase is Phase.OVER


def test_r_begins_again_while_time_stands_still(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(50)
    preview.press(Key.Key_P, Key.Key_R)
    preview.pass_seconds(3)
    assert (preview.phase, preview.index, preview.figure) == (Phase.ON_SLIDE, 0, "20")


@pytest.mark.parametrize("confirm", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_it_begins_at_slide_7(open_preview: OpenPreview, confirm: Key) -> None:
    preview = open_preview()
    preview.press(Key.Key_7)
    assert (preview.place, preview.line) == ("Folie 7 von 20", "4:40 ab hier")
    preview.press(confirm)
    assert preview.figure == "3"
    preview.pass_seconds(3)
    assert (preview.place, preview.line) == ("Folie 7 von 20", "noch 4:40")
    preview.pass_seconds(20)
    assert (preview.place, preview.figure) == ("Folie 8 von 20", "20")
    preview.pass_seconds(13 * 20 - 0.001)
    assert preview.index == 19
    preview.pass_seconds(0.001)
    assert (preview.phase, preview.place) == (Phase.OVER, "4:40 vorbei")


def test_r_goes_back_to_the_first_slide(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_7, Key.Key_Space)
    preview.pass_seconds(30)
    preview.press(Key.Key_R)
    preview.pass_seconds(3)
    assert (preview.place, preview.line) == ("Folie 1 von 20", "noch 6:40")


def test_arrows_choose_where_to_begin(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Left)
    assert preview.index == 0
    preview.press(Key.Key_Right, Key.Key_Down, Key.Key_PageDown, Key.Key_Left)
    assert preview.index == 2
    preview.press(Key.Key_End, Key.Key_Right)
    assert preview.index == 19
    preview.press(Key.Key_Home)
    assert preview.index == 0


def test_numbers_of_two_figures(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_1, Key.Key_9)
    assert preview.index == 18
    preview.press(Key.Key_5)  # there is no slide 195
    assert preview.index == 4
    preview.pass_seconds(6)
    preview.press(Key.Key_0)
    assert preview.index == 4


def test_during_a_talk_a_number_waits_for_enter(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(50)
    preview.press(Key.Key_1, Key.Key_2)
    assert preview.view.page.action_row.offered is Offer.START_AT
    assert preview.index == 2
    preview.press(Key.Key_Escape)
    assert preview.view.page.action_row.offered is None
    assert preview.window.isVisible()
    preview.press(Key.Key_1, Key.Key_2)
    preview.pass_seconds(6)
    assert preview.view.page.action_row.offered is None
    preview.press(Key.Key_1, Key.Key_2, Key.Key_Return)
    preview.pass_seconds(3)
    assert (preview.place, preview.line) == ("Folie 12 von 20", "noch 3:00")


def test_the_end_is_calm_and_locked_for_a_moment(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 400)
    row = preview.view.page.action_row
    assert (preview.phase, preview.place, preview.line) == (
        Phase.OVER,
        "6:40 vorbei",
        "Das war der 1. Durchgang.",
    )
    assert row.offered is Offer.AGAIN
    assert "gesperrt" in row.words
    preview.press(Key.Key_Space, Key.Key_R)
    assert preview.phase is Phase.OVER
    assert not preview.view.page.next_slide.isVisible()
    preview.pass_seconds(3)
    assert "gesperrt" not in row.words
    preview.pass_seconds(300)
    assert (preview.phase, preview.place) == (Phase.OVER, "6:40 vorbei")
    preview.press(Key.Key_Space)
    preview.pass_seconds(3)
    assert (preview.index, preview.line) == (0, "noch 6:40")


def test_after_the_end_a_number_begins_there(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 400)
    preview.press(Key.Key_2, Key.Key_0, Key.Key_Return)
    preview.pass_seconds(3)
    assert (preview.index, preview.line) == (19, "noch 0:20")


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_R, Key.Key_7, Key.Key_Escape])
def test_a_key_held_down_does_nothing(open_preview: OpenPreview, key: Key) -> None:
    preview = open_preview()
    preview.hold_down(key)
    assert (preview.phase, preview.index) == (Phase.READY, 0)
    assert preview.window.isVisible()


def test_p_held_down_pauses_once(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(10)
    preview.press(Key.Key_P)
    for _ in range(5):
        preview.hold_down(Key.Key_P)
    preview.pass_seconds(10)
    assert preview.line.startswith("angehalten")


def test_p_before_the_talk_does_nothing(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_P)
    assert preview.view.rehearsal.recorder.cues == []


def test_buttons_do_what_keys_do(open_preview: OpenPreview) -> None:
    preview = open_preview()
    row = preview.view.page.action_row
    row.pressed.emit(Offer.START)
    preview.pass_seconds(10)
    preview.press(Key.Key_P)
    row.pressed.emit(Offer.GO_ON)
    assert preview.line == "noch 6:33"
    preview.press(Key.Key_9)
    row.pressed.emit(Offer.START_AT)
    preview.pass_seconds(3)
    assert preview.index == 8


def test_a_missing_picture_costs_no_time(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = open_preview(a_deck(without=(2,)))
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 19)
    preview.let_pictures_come(qtbot)
    assert near(preview.colour_on(preview.view.page.slide), colour_of(1))
    preview.pass_seconds(1)
    assert preview.index == 1
    assert is_card(preview.colour_on(preview.view.page.slide))
    preview.pass_seconds(20)
    assert preview.index == 2
    assert near(preview.colour_on(preview.view.page.slide), colour_of(3))


def test_a_broken_picture_costs_no_time(open_preview: OpenPreview, qtbot: QtBot, tmp_path: Path) -> None:
    preview = open_preview()
    (tmp_path / "slide-007.jpg").write_bytes(b"no picture")
    preview.press(Key.Key_6, Key.Key_Space)
    preview.pass_seconds(3)
    preview.let_pictures_come(qtbot)
    assert near(preview.colour_on(preview.view.page.slide), colour_of(6))
    preview.pass_seconds(20)
    assert preview.index == 6
    assert is_card(preview.colour_on(preview.view.page.slide))
    preview.pass_seconds(20)
    assert preview.index == 7


def test_escape_closes_during_a_talk(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(50)
    preview.press(Key.Key_Escape)
    assert not preview.window.isVisible()
