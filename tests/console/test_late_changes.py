# SPDX-License-Identifier: AGPL-3.0-or-later
"""Late changes by somebody at the console while a talk runs: what is on stage stays, the rest changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from conftest import ErrorLog
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from show.builders import a_talk, order

from pechakucha.console.history import History
from pechakucha.console.late_dialog import CityDialog, LateDialog, PauseDialog, WordsDialog
from pechakucha.console.late_slides import SlidesDialog
from pechakucha.live.messages import Refused
from pechakucha.show.cues import Action, Add, Black, Cut, Message, Move, NoShow, PutBack, Replace, Withdraw
from pechakucha.show.deck import CARD
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Outcome
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import SnapshotTalk

from .conftest import BLOCK, COUNTDOWN_S, TALK_S, THREE, Desk, told
from .reviewing import Importer

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
SPACE, ENTER, ESC, DELETE = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
D, L, M, N, T, X, Z = (Qt.Key[f"Key_{letter}"] for letter in "DLMNTXZ")

FOUR = msgspec.structs.replace(
    BLOCK, talks=tuple(told(a_talk(city)) for city in ("ulm", "bern", "graz", "jena"))
)
ULM, BERN, GRAZ, JENA = range(4)

Dialog = TypeVar("Dialog", bound=LateDialog)


@pytest.fixture
def decks(tmp_path: Path) -> Importer:
    """Imports decks that say themselves how many slides they have."""
    return Importer(tmp_path, tmp_path / "library")


@pytest.fixture
def live(make_desk: Callable[..., Desk], decks: Importer) -> Desk:
    """Ulm is in its second slide; Bern, Graz and Jena come later."""
    desk = make_desk(FOUR, importing=decks)
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + THREE.seconds + 2)
    assert isinstance(desk.scene, OnSlide)
    return desk


def a_file(folder: Path, slides: int, name: str = "neu.pptx") -> Path:
    """A deck with so many slides."""
    path = folder / name
    path.write_text(f"{slides} {name}")
    return path


def drop(desk: Desk, row: int, *files: Path) -> None:
    """Drop files onto a talk of the rundown, or below all of them."""
    area = desk.rundown.visualRect(desk.rundown.model().index(row, 0))
    place = QPointF(area.center()) if area.isValid() else QPointF(40, desk.rundown.height() - 4)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    event = QDropEvent(
        place,
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.rundown.dropEvent(event)


def wait_for_deck(desk: Desk, qtbot: QtBot) -> None:
    """Until no deck is on its way."""
    decks = desk.window.late.decks
    assert decks is not None
    qtbot.waitUntil(lambda: not decks.coming, timeout=20_000)
    desk._deliver()


def talk_of(desk: Desk, talk: str) -> SnapshotTalk:
    """A talk as the stage knows it."""
    turn = desk.running.conductor.run.turn(talk)
    assert turn is not None
    return turn.talk


def last_cue(desk: Desk) -> Action:
    """What happened last."""
    return desk.running._cues[-1].action


def numbers(talk: SnapshotTalk) -> list[int]:
    """The slides that go on stage."""
    return [slide.number for slide in talk.slides]


def asked(desk: Desk, kind: type[Dialog]) -> Dialog:
    """The small window of this kind that is open."""
    return next(each for each in desk.window.findChildren(kind) if each.isVisible())


def type_into(desk: Desk, field: QWidget, words: str, *, then: Qt.Key | None = ENTER) -> None:
    """Write into a field of a small window, with a hand that has rested, and press a key."""
    desk.rest()
    QTest.keyClicks(field, words)
    if then is not None:
        QTest.keyClick(field, then)
    desk._deliver()


# A deck


def test_a_deck_that_comes_while_there_is_no_stage_is_for_the_next_one(
    live: Desk, decks: Importer, tmp_path: Path, qtbot: QtBot, error_log: ErrorLog
) -> None:
    decks.may_go_on.clear()
    drop(live, GRAZ, a_file(tmp_path, 3))
    error_log.expect("the stage can't be started")
    live.can_start = False
    live.stop_stage()
    qtbot.waitUntil(lambda: not live.session.stage_is_there)
    decks.may_go_on.set()
    coming = live.window.late.decks
    assert coming is not None
    qtbot.waitUntil(lambda: not coming.coming, timeout=20_000)
    live.can_start = True
    live.start_stage()
    qtbot.waitUntil(lambda: live.session.stage_is_there)
    live._deliver()
    assert talk_of(live, "graz").deck.endswith("neu.pptx")
    assert "Graz: 3 slides from “neu.pptx” are in the rundown." in live.says()


def test_a_deck_that_a_stage_took_to_its_grave_is_put_in_by_the_next_one(
    live: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(live, GRAZ, a_file(tmp_path, 3))
    coming = live.window.late.decks
    assert coming is not None
    coming.arrived.connect(lambda _late, _imported: live.stop_stage())  # right after it was asked
    qtbot.waitUntil(lambda: live.starts == 2 and live.session.stage_is_there, timeout=20_000)
    live._deliver()
    assert talk_of(live, "graz").deck.endswith("neu.pptx")
    assert "Graz: 3 slides from “neu.pptx” are in the rundown." in live.says()


def test_a_deck_dropped_onto_a_later_talk_takes_its_place_and_the_stage_goes_on(
    live: Desk, decks: Importer, tmp_path: Path, qtbot: QtBot
) -> None:
    scene = live.scene
    drop(live, GRAZ, a_file(tmp_path, 3))
    wait_for_deck(live, qtbot)
    new = talk_of(live, "graz")
    assert last_cue(live) == Replace(new)
    assert numbers(new) == [1, 2, 3]
    assert "Graz: 3 slides from “neu.pptx” are in the rundown." in live.says()
    assert live.scene == scene
    for slide in new.slides:
        assert slide.picture is not None
        assert (live.folder / slide.picture).is_file()
        assert slide.picture not in {each.picture for each in FOUR.talks[GRAZ].slides}


def test_a_deck_on_its_way_is_seen_and_can_be_given_up(
    live: Desk, decks: Importer, tmp_path: Path, qtbot: QtBot
) -> None:
    decks.may_go_on.clear()
    drop(live, GRAZ, a_file(tmp_path, 3))
    qtbot.waitUntil(lambda: "1 of 3 slides" in live.says())
    live.press(UP)  # the console is as usable as ever
    live.click("Cancel")
    wait_for_deck(live, qtbot)
    assert "Graz stays as it is; the deck is not imported." in live.says()
    decks.may_go_on.set()
    assert talk_of(live, "graz") == FOUR.talks[GRAZ]


def test_a_deck_with_too_many_slides_asks_which_go_on_stage(live: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    drop(live, GRAZ, a_file(tmp_path, 5))
    wait_for_deck(live, qtbot)
    dialog = asked(live, SlidesDialog)
    assert not dialog.apply.isEnabled()
    type_into(live, dialog.edit, "5, 1-2")
    assert numbers(talk_of(live, "graz")) == [5, 1, 2]
    assert not any(each.isVisible() for each in live.window.findChildren(LateDialog))


def test_a_deck_with_too_few_slides_is_filled_with_the_citys_card(
    live: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(live, GRAZ, a_file(tmp_path, 2))
    wait_for_deck(live, qtbot)
    dialog = asked(live, SlidesDialog)
    dialog.fill.click()
    live.rest()
    QTest.keyClick(dialog, ENTER)
    live._deliver()
    assert numbers(talk_of(live, "graz")) == [1, 2, CARD.number]


def test_a_deck_that_cannot_be_read_changes_nothing_and_says_why(
    live: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(live, GRAZ, tmp_path / "weg.pptx")
    wait_for_deck(live, qtbot)
    assert "Graz stays as it is." in live.says()
    assert "weg.pptx" in live.says()
    assert talk_of(live, "graz") == FOUR.talks[GRAZ]


def test_a_deck_that_comes_when_its_talk_is_on_stage_is_not_taken(
    live: Desk, decks: Importer, tmp_path: Path, qtbot: QtBot
) -> None:
    decks.may_go_on.clear()
    drop(live, BERN, a_file(tmp_path, 3))
    live.pass_seconds(TALK_S)
    live.press(SPACE)
    live.pass_seconds(COUNTDOWN_S + 1)
    scene = live.scene
    decks.may_go_on.set()
    wait_for_deck(live, qtbot)
    assert "Bern stays as it is. Bern is on stage." in live.says()
    assert live.scene == scene
    assert talk_of(live, "bern") == FOUR.talks[BERN]


def test_the_deck_of_the_talk_on_stage_is_locked_and_says_so(live: Desk, tmp_path: Path) -> None:
    drop(live, ULM, a_file(tmp_path, 3))
    assert "Ulm is on stage." in live.says()
    assert talk_of(live, "ulm") == FOUR.talks[ULM]


def test_other_slides_of_the_same_deck_by_keyboard(live: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    drop(live, GRAZ, a_file(tmp_path, 3))
    wait_for_deck(live, qtbot)
    live.select(GRAZ)
    live.press(L, modifiers=CTRL)
    wait_for_deck(live, qtbot)
    dialog = asked(live, SlidesDialog)
    assert dialog.edit.text() == "1-3"
    type_into(live, dialog.edit, "3, 2, 1")
    assert numbers(talk_of(live, "graz")) == [3, 2, 1]
    live.press(Z, modifiers=CTRL)
    assert numbers(talk_of(live, "graz")) == [1, 2, 3]
    assert "Undone: other slides for Graz." in live.says()


# The rundown


def test_a_later_talk_is_moved_during_a_talk_and_back(live: Desk) -> None:
    live.select(JENA)
    live.press(UP, modifiers=ALT)
    assert last_cue(live) == Move("jena", "graz")
    live.press(Z, modifiers=CTRL)
    assert order(live.running.conductor.run) == ["ulm", "bern", "graz", "jena"]
    assert "Undone: Jena moved." in live.says()


@pytest.mark.parametrize(("key", "modifiers"), [(DOWN, ALT), (DELETE, None), (D, CTRL), (L, CTRL), (T, CTRL)])
def test_the_talk_on_stage_is_locked_against_every_key(
    live: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier | None
) -> None:
    live.select(ULM)
    before = len(live.running._cues)
    live.press(key, modifiers=modifiers or Qt.KeyboardModifier.NoModifier)
    assert "Ulm is on stage." in live.says()
    assert len(live.running._cues) == before
    assert not any(each.isVisible() for each in live.window.findChildren(LateDialog))


def test_a_talk_is_withdrawn_after_a_question_and_comes_back_where_it_was(live: Desk) -> None:
    live.select(BERN)
    live.press(DELETE)
    assert "Take Bern out of the rundown?" in live.says()
    live.press(ENTER)
    assert last_cue(live) == Withdraw("bern")
    live.press(Z, modifiers=CTRL)
    assert last_cue(live) == Add(FOUR.talks[BERN], "graz")
    assert "Undone: Bern taken out of the rundown." in live.says()
    live.press(Z, modifiers=CTRL | SHIFT)
    assert last_cue(live) == Withdraw("bern")
    assert "Redone: Bern taken out of the rundown." in live.says()


def test_what_the_audience_has_seen_is_not_undone(live: Desk) -> None:
    live.select(JENA)
    live.press(UP, modifiers=ALT)
    live.press(X, ENTER)
    assert last_cue(live) == Cut("ulm")
    live.press(Z, modifiers=CTRL)
    assert last_cue(live) == Move("jena")
    live.press(Z, modifiers=CTRL)
    assert "There is nothing to undo." in live.says()


def test_a_change_of_another_console_can_be_undone_here(live: Desk) -> None:
    live.send(Withdraw("bern"))
    live.press(Z, modifiers=CTRL)
    assert last_cue(live) == Add(FOUR.talks[BERN], "graz")


def test_the_changes_of_a_run_that_goes_on_are_known(live: Desk) -> None:
    live.send(Withdraw("bern"))
    history = History()
    history.begin(live.running.conductor.run.snapshot, live.running._cues)
    assert history.next_undo is not None
    assert (history.next_undo.kind, history.next_undo.city) == ("withdraw", "Bern")


def test_a_pause_before_a_coming_talk_comes_and_goes(live: Desk) -> None:
    live.select(GRAZ)
    live.press(T, modifiers=CTRL)
    dialog = asked(live, PauseDialog)
    type_into(live, dialog.minutes, "7,5", then=None)
    type_into(live, dialog.title, "Kaffee")
    assert (talk_of(live, "graz").pause, talk_of(live, "graz").pause_title) == (450, "Kaffee")
    live.press(T, modifiers=CTRL)
    live.rest()
    asked(live, PauseDialog).drop.click()
    live._deliver()
    assert talk_of(live, "graz").pause == 0
    live.press(Z, modifiers=CTRL)
    assert talk_of(live, "graz").pause == 450


def test_a_pause_of_no_length_is_asked_for_again(live: Desk) -> None:
    live.select(GRAZ)
    live.press(T, modifiers=CTRL)
    dialog = asked(live, PauseDialog)
    type_into(live, dialog.minutes, "0")
    assert dialog.isVisible()
    assert talk_of(live, "graz").pause == 0


def test_words_of_ones_own_go_on_stage(live: Desk) -> None:
    live.press(M, modifiers=CTRL)
    type_into(live, asked(live, WordsDialog).words, "We wait for Bern")
    assert last_cue(live) == Message("We wait for Bern")


def test_the_press_that_opened_a_small_window_does_not_apply_it(live: Desk) -> None:
    live.press(M, modifiers=CTRL)
    dialog = asked(live, WordsDialog)
    QTest.keyClick(dialog, ENTER)
    live._deliver()
    assert dialog.isVisible()
    assert last_cue(live) != Message("")


def test_a_tenth_city_comes_last_with_its_deck(live: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    live.press(N, modifiers=CTRL)
    dialog = asked(live, CityDialog)
    dialog.show_file(a_file(tmp_path, 3, "wien.pptx"))
    type_into(live, dialog.city, "Wien")
    wait_for_deck(live, qtbot)
    added = last_cue(live)
    assert isinstance(added, Add)
    assert (added.talk.city, added.before, numbers(added.talk)) == ("Wien", None, [1, 2, 3])
    assert "Wien comes last, with 3 slides from “wien.pptx”." in live.says()
    assert "Wien" in live.cities()[-1]


def test_enter_takes_in_the_city_once_its_deck_is_chosen(live: Desk, tmp_path: Path) -> None:
    live.press(N, modifiers=CTRL)
    dialog = asked(live, CityDialog)
    QTest.keyClicks(dialog.city, "Wien")
    dialog.choose.setFocus()
    dialog.show_file(a_file(tmp_path, 3, "wien.pptx"))
    assert dialog.focusWidget() is dialog.apply


def test_tab_comes_to_the_answers_of_a_question(live: Desk) -> None:
    live.pass_seconds(TALK_S)
    live.press(N)
    live.press(Qt.Key.Key_Tab)
    live.pass_seconds(1)
    live.press(ENTER)
    assert last_cue(live) == NoShow("bern", keep=True)


def test_a_file_dropped_below_all_talks_is_one_more_city(live: Desk, tmp_path: Path) -> None:
    drop(live, 99, a_file(tmp_path, 3, "linz.pptx"))
    dialog = asked(live, CityDialog)
    assert dialog.file == tmp_path / "linz.pptx"
    type_into(live, dialog.title, "")
    assert "The city is missing." in "".join(each.text() for each in dialog.findChildren(type(dialog._said)))


def test_a_no_show_may_keep_its_slot(live: Desk) -> None:
    live.pass_seconds(TALK_S)
    live.press(N)
    live.click("Keep the slot")
    assert last_cue(live) == NoShow("bern", keep=True)
    turn = live.running.conductor.run.turn("bern")
    assert turn is not None
    assert (turn.outcome, turn.kept) == (Outcome.NO_SHOW, True)
    assert "slot kept" in live.cities()[BERN]
    live.press(Z, modifiers=CTRL)
    assert last_cue(live) == PutBack("bern")


# Leaving


def test_nobody_leaves_while_a_talk_is_on_stage(live: Desk) -> None:
    asked_to: list[bool] = []
    live.window.close_asked.connect(lambda: asked_to.append(True))
    live.window.close()
    assert live.window.isVisible()
    assert asked_to == []
    assert "Ulm is on stage: this window stays open until the talk has ended." in live.says()
    live.pass_seconds(TALK_S)
    live.window.close()
    assert asked_to == [True]


def test_a_press_refused_at_the_stage_does_not_spoil_what_is_being_taken_back(live: Desk) -> None:
    live.send(NoShow("bern"))
    live.running.link.tell_all(Refused(None, Refusal("no-use")))  # heard before the answer
    assert live.window.late.undo()
    live._deliver()
    history = live.window.late.history
    assert history.next_undo is None
    assert history.next_redo is not None


def test_while_a_file_is_looked_for_the_console_stays_usable(live: Desk) -> None:
    live.select(GRAZ)
    for _ in range(2):
        live.click("Replace …")
    (dialog,) = (each for each in live.window.findChildren(QFileDialog) if each.isVisible())
    assert not dialog.isModal()
    live.window.activateWindow()
    live._qtbot.waitUntil(live.window.isActiveWindow)
    live.press(Qt.Key.Key_B)
    assert last_cue(live) == Black(True)
    dialog.reject()


def test_what_a_late_deck_needs_is_loaded_before_it_comes(
    make_desk: Callable[..., Desk], decks: Importer, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """And not in the thread of the window, which would stand still in the middle of a talk."""
    name, loaded_by = "pechakucha.console.deck_changes", list[threading.Thread]()

    def load(wanted: str) -> None:
        assert wanted == name
        loaded_by.append(threading.current_thread())

    monkeypatch.setattr("pechakucha.console.late_changes._LOAD_MS", 1)
    monkeypatch.setattr("importlib.import_module", load)
    make_desk(FOUR, importing=decks)
    qtbot.waitUntil(lambda: bool(loaded_by))
    assert loaded_by[0] is not threading.main_thread()
