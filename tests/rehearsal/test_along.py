# SPDX-License-Identifier: AGPL-3.0-or-later
"""A view runs along with a stage elsewhere: a function of one start time, by hand or by code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from show.builders import OPENED_NS, OPENED_WALL_NS

from pechakucha.rehearsal.along import along_by_code, along_by_hand
from pechakucha.rehearsal.rehearsal import Mode, Phase
from pechakucha.rehearsal.take import TALK, Material, rehearsal_snapshot
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.run_along import AtSlide, CountIn, Over, RunAlong, encode, position
from pechakucha.show.scene import Closing, Countdown, EndCard, OnSlide, state
from pechakucha.show.snapshot import NS, SnapshotSlide
from pechakucha.texts import LANGUAGES

from .conftest import OpenPreview, Preview, a_deck

Key = Qt.Key

SLIDES = tuple(SnapshotSlide(number=number, picture=None) for number in range(1, 21))


class Clocks:
    """Both clocks of a machine at one moment."""

    def now_ns(self) -> int:
        """The system clock."""
        return OPENED_NS

    def wall_ns(self) -> int:
        """The wall clock."""
        return OPENED_WALL_NS


SNAPSHOT = rehearsal_snapshot(Material(name="Ulm", title="Ulm", slides=SLIDES, language="de"), 0, Clocks())


@given(st.integers(-2 * NS, 500 * NS), st.integers(-20, 20), st.integers(0, 10**18))
def test_what_is_on_is_what_the_code_says_plus_the_nudges(elapsed_ns: int, nudges: int, wall_ns: int) -> None:
    told = RunAlong(3, wall_ns - elapsed_ns)
    along = along_by_code(told, 20, OPENED_NS, wall_ns).nudged(nudges)
    scene = state(SNAPSHOT, [along.start], OPENED_NS).scene
    match position(told.start_wall_ns - nudges * NS // 2, wall_ns, PECHA_KUCHA):
        case CountIn(left_ns):
            assert isinstance(scene, Countdown)
            assert scene.t0_ns - OPENED_NS == left_ns
        case AtSlide(index, left_ns):
            assert isinstance(scene, OnSlide)
            assert (scene.index, scene.until_ns - OPENED_NS) == (index, left_ns)
        case Over():
            assert isinstance(scene, Closing | EndCard)


@given(st.lists(st.sampled_from((-1, 1))))
def test_nudges_add_up_and_can_be_taken_back(nudges: list[int]) -> None:
    along = along_by_hand(OPENED_NS, 20)
    for each in nudges:
        along = along.nudged(each)
    assert along.t0_ns == OPENED_NS + 3 * NS - sum(nudges) * NS // 2
    assert along.nudged(-sum(nudges)) == along_by_hand(OPENED_NS, 20)
    assert along.start.action.talk == TALK  # type: ignore[union-attr]


# By hand


def test_by_hand_it_counts_in_like_the_stage(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_A)
    assert preview.view.sheet.isVisible()
    in_sheet(preview, Key.Key_Space)
    assert not preview.view.sheet.isVisible()
    assert (preview.view.rehearsal.mode, preview.phase, preview.figure) == (
        Mode.ALONG,
        Phase.COUNT_IN,
        "3",
    )
    preview.pass_seconds(3)
    assert (preview.place, preview.figure) == ("Folie 1 von 20", "20")
    assert preview.view.top_bar.said == "von Hand"


def test_arrows_move_this_view_only_by_half_a_second(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_A)
    in_sheet(preview, Key.Key_Space)
    preview.pass_seconds(3 + 39)
    preview.press(Key.Key_Right)
    assert preview.view.top_bar.said == "von Hand · +0,5 s"
    preview.pass_seconds(0.5)
    assert (preview.index, preview.figure) == (2, "20")
    preview.press(Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert preview.view.top_bar.said == "von Hand · −1,0 s"
    assert (preview.index, preview.figure) == (1, "2")
    preview.press(Key.Key_Right, Key.Key_Right)
    assert preview.view.top_bar.said == "von Hand"


def test_marks_stay_when_the_view_is_moved(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_A)
    in_sheet(preview, Key.Key_Space)
    preview.pass_seconds(3 + 16)
    preview.press(Key.Key_Space, Key.Key_Right)
    assert preview.view.rehearsal.marks == {0: 16.0}


# By code


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_a_code_joins_in_the_middle(open_preview: OpenPreview, enter: Key) -> None:
    preview = open_preview()
    join(preview, code(preview, since=3 * 20 + 8), enter)
    assert (preview.view.rehearsal.mode, preview.place, preview.figure) == (
        Mode.ALONG,
        "Folie 4 von 20",
        "12",
    )
    assert preview.view.top_bar.said == "3. Vortrag"
    preview.pass_seconds(12)
    assert (preview.index, preview.figure) == (4, "20")
    preview.pass_seconds(16 * 20)
    assert preview.phase is Phase.OVER


def test_a_new_code_after_a_hold_moves_the_view(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=30))
    preview.pass_seconds(20)
    held = code(preview, since=35)  # the stage stood still for 15 s
    assert (preview.index, preview.figure) == (2, "10")
    join(preview, held)
    assert (preview.index, preview.figure) == (1, "5")


def test_a_code_of_an_ignite_block_has_slides_of_fifteen_seconds(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=3 * 15 + 8, seconds=15))
    assert (preview.place, preview.figure) == ("Folie 4 von 20", "7")
    preview.pass_seconds(7)
    assert (preview.index, preview.figure) == (4, "15")
    preview.press(Key.Key_Right)
    assert (preview.index, preview.figure) == (4, "15"), "half a second is left of the second"
    preview.press(Key.Key_Escape, Key.Key_Escape, Key.Key_Space)
    preview.pass_seconds(3)
    assert (preview.view.rehearsal.mode, preview.figure) == (Mode.TALK, "20")


def test_a_code_of_other_seconds_is_refused_with_the_way_out(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=30, seconds=30))
    assert "nicht 20 s stehen" in preview.view.sheet.problem
    assert preview.view.rehearsal.mode is Mode.TALK


def test_the_take_before_keeps_its_own_seconds(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 18)
    preview.press(Key.Key_Space)
    join(preview, code(preview, since=30, seconds=15))
    take = preview.view.practising.practice.last
    assert take is not None
    assert take.seconds == 20


def test_the_code_that_was_copied_is_there_already(open_preview: OpenPreview) -> None:
    preview = open_preview()
    copied = code(preview, since=10)
    QGuiApplication.clipboard().setText(f" {copied}\n")
    preview.press(Key.Key_A)
    assert preview.view.sheet.field.text() == copied
    preview.press(Key.Key_Escape)
    QGuiApplication.clipboard().setText("something else")
    preview.press(Key.Key_A)
    assert preview.view.sheet.field.text() == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", {"de": "Hier fehlt der Code", "en": "The code is missing"}),
        ("4K7", {"de": "hat 3 Zeichen", "en": "has 3 characters"}),
        ("4K7Q2M9!", {"de": "Das Zeichen „!“", "en": "the character “!”"}),
        ("00000001", {"de": "nicht richtig abgeschrieben", "en": "not copied correctly"}),
    ],
)
def test_a_wrong_code_says_what_is_wrong_and_nothing_is_lost(
    open_preview: OpenPreview, language: str, typed: str, says: dict[str, str]
) -> None:
    preview = open_preview(language=language)
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 25)
    join(preview, typed)
    sheet = preview.view.sheet
    assert sheet.isVisible()
    assert says[language] in sheet.problem
    assert sheet.field.accessibleDescription() == sheet.problem
    assert sheet.field.text() == typed
    assert preview.window.focusWidget() is sheet.field
    preview.pass_seconds(10)
    assert (preview.view.rehearsal.mode, preview.index, preview.figure) == (Mode.TALK, 1, "5")
    QTest.keyClicks(sheet.field, "X")
    assert sheet.problem == ""


def test_the_code_of_a_talk_that_is_over_is_refused(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=400 + 75))
    assert "seit 1:15 vorbei" in preview.view.sheet.problem
    assert preview.view.rehearsal.mode is Mode.TALK


def test_space_in_the_field_never_starts_beside_a_code(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_A)
    QTest.keyClicks(preview.view.sheet.field, "4K7 ")
    assert preview.view.sheet.isVisible()
    assert preview.view.sheet.field.text() == "4K7"


# While it runs along


def test_no_single_key_ends_it(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=30))
    preview.press(Key.Key_P, Key.Key_R, Key.Key_T, Key.Key_7, Key.Key_Return, Key.Key_Home, Key.Key_Escape)
    assert (preview.view.rehearsal.mode, preview.index, preview.figure) == (Mode.ALONG, 1, "10")
    assert "Esc noch einmal" in preview.view.page.action_row.words
    preview.pass_seconds(3)
    preview.press(Key.Key_Escape)
    assert preview.view.rehearsal.mode is Mode.ALONG
    preview.press(Key.Key_Escape)
    assert (preview.view.rehearsal.mode, preview.phase, preview.index) == (Mode.TALK, Phase.READY, 0)
    assert preview.window.isVisible()


def test_a_machine_that_slept_is_in_step_again(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=30))
    preview.sleep_seconds(100)
    assert (preview.index, preview.figure) == (6, "10")


def test_who_has_just_joined_is_not_behind(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 10)
    preview.press(Key.Key_Space)
    join(preview, code(preview, since=75))
    assert not preview.view.page.coming.plain


def test_afterwards_it_says_the_way_back(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=395))
    preview.pass_seconds(10)
    assert preview.phase is Phase.OVER
    assert "zweimal Esc" in preview.view.page.action_row.words
    preview.press(Key.Key_Space)
    assert preview.phase is Phase.OVER
    preview.press(Key.Key_Escape, Key.Key_Escape, Key.Key_Space)
    assert (preview.view.rehearsal.mode, preview.phase) == (Mode.TALK, Phase.COUNT_IN)


def test_running_along_is_no_take(open_preview: OpenPreview) -> None:
    preview = open_preview()
    join(preview, code(preview, since=30))
    preview.press(Key.Key_Right)
    assert preview.view.rehearsal.recorder.takes == 0


def test_escape_closes_the_sheet_and_what_runs_runs_on(open_preview: OpenPreview) -> None:
    preview = open_preview(a_deck(34))
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 25)
    preview.press(Key.Key_A)
    in_sheet(preview, Key.Key_Escape)
    assert not preview.view.sheet.isVisible()
    assert preview.window.isVisible()
    preview.pass_seconds(5)
    assert (preview.index, preview.figure) == (1, "10")


def code(preview: Preview, *, since: float, seconds: int = PECHA_KUCHA.seconds) -> str:
    """The code of a talk whose first slide was due so many seconds ago, and each of whose slides has some."""
    return encode(3, preview.clock.wall_ns() - round(since * NS), seconds)


def in_sheet(preview: Preview, key: Key) -> None:
    """A key for the widget that has the focus."""
    QApplication.processEvents()
    QTest.keyClick(preview.view.sheet.field, key)


def join(preview: Preview, written: str, enter: Key = Key.Key_Return) -> None:
    """Enter a code."""
    QGuiApplication.clipboard().clear()
    preview.press(Key.Key_A)
    QTest.keyClicks(preview.view.sheet.field, written)
    in_sheet(preview, enter)
