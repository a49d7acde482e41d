# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the audience sees from welcome to closing, and that the window stays whatever happens."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import ErrorLog
from decks.conftest import is_near
from files.builders import FOUR, a_run, hue_of, picture_of, with_slides
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from show.builders import a_snapshot, a_talk, after

from pechakucha.files.run_folder import read_run
from pechakucha.show.cues import Black, Cut, End, Hold, Message, NoShow, Replace, Restart, Start
from pechakucha.show.deck import CARD
from pechakucha.show.figures import report
from pechakucha.show.scene import Pause, StandingBy
from pechakucha.show.snapshot import SnapshotSlide

from .conftest import BLOCK, Evening

Open = Callable[..., Evening]


def print_of(image: QImage) -> str:
    """What tells pictures apart."""
    return hashlib.sha256(bytes(image.constBits())).hexdigest()


def is_black(image: QImage) -> bool:
    """Whether nothing at all is to be seen."""
    bits = bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    return not any(any(bits[at::4]) for at in range(3))


def test_each_scene_looks_different(open_stage: Open) -> None:
    evening = open_stage()
    seen: list[str] = []

    def look() -> None:
        image = evening.sees()
        assert image.size() == evening.stage.window.pixels()
        seen.append(print_of(image))

    look()  # welcome
    evening.pass_seconds(30)
    look()  # standing by
    evening.do(Start("ulm"))
    for _ in range(3):
        look()  # 3, 2, 1
        evening.pass_seconds(1)
    for _ in range(4):
        look()  # slides
        evening.pass_seconds(20)
    look()  # thanks
    evening.pass_seconds(10)
    look()  # pause
    evening.do(Message(""))
    look()
    evening.do(Message("Wir warten auf Bern"))
    look()
    evening.do(Black(on=True))
    look()
    evening.do(Black(on=False))
    evening.do(Message(None))
    evening.do(NoShow("bern"))
    look()  # closing
    assert len(set(seen)) == len(seen) == 15


def test_a_deck_replaced_between_talks_is_decoded_and_its_card_seen_at_once(
    open_stage: Open, qtbot: QtBot
) -> None:
    ulm, bern = BLOCK.talks
    evening = open_stage()
    evening.pass_seconds(30)
    before, size = print_of(evening.sees()), evening.stage.window.pixels()
    evening.do(Replace(msgspec.structs.replace(ulm, title="Neu", slides=bern.slides)))
    assert print_of(evening.sees()) != before
    first = bern.slides[0].picture
    assert first is not None
    qtbot.waitUntil(lambda: evening.stage.pager.picture(first, size) is not None)
    evening.do(Start("ulm"))
    evening.pass_seconds(4)
    assert evening.sees_slide("bern", 1)


def test_a_deck_replaced_during_a_talk_changes_nothing_of_it_and_is_held_from_the_next_slide_on(
    open_stage: Open, qtbot: QtBot
) -> None:
    bern = BLOCK.talks[1]
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(4)
    before = print_of(evening.sees())
    slides = tuple(reversed(bern.slides[:3]))
    evening.do(Replace(msgspec.structs.replace(bern, slides=slides)))
    assert print_of(evening.sees()) == before
    assert evening.sees_slide("ulm", 1)
    evening.pass_seconds(20)
    assert evening.sees_slide("ulm", 2)
    qtbot.waitUntil(lambda: all(evening.stage.pager.holds(each.picture or "") for each in slides))


def test_the_slot_of_a_no_show_is_seen_as_its_citys_card(open_stage: Open) -> None:
    evening = open_stage()
    evening.do(NoShow("ulm", keep=True))
    evening.pass_seconds(40)
    slot = print_of(evening.sees())
    evening.pass_seconds(100)
    assert isinstance(evening.stage.conductor.state().scene, StandingBy | Pause)
    assert print_of(evening.sees()) != slot


def test_each_slide_is_seen_in_its_time_and_recorded_once(open_stage: Open, folder: Path) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(3)
    for number in (1, 2, 3, 4):
        assert evening.sees_slide("ulm", number)
        evening.pass_seconds(10)
        assert evening.sees_slide("ulm", number)
        evening.stage.window.show_state(evening.stage.conductor.state())  # painted again
        evening.pass_seconds(10)
    evening.do(NoShow("bern"))
    evening.do(End())
    shown = read_run(folder).shown
    assert [(each.talk, each.index) for each in shown] == [("ulm", index) for index in range(4)]
    assert [each.due_ns for each in shown] == [after(3 + 20 * index) for index in range(4)]
    assert all(each.painted_ns == each.due_ns for each in shown)


def test_a_picture_of_another_shape_stands_between_black_bars(open_stage: Open, tmp_path: Path) -> None:
    square = a_snapshot(with_slides(a_talk("ulm")), format=FOUR)
    evening = open_stage(a_run(tmp_path / "square", square, size=(400, 400)))
    evening.do(Start("ulm"))
    evening.pass_seconds(3)
    image = evening.sees()
    middle, width, height = image.rect().center(), image.width(), image.height()
    left = (width - height) // 2
    assert evening.sees_slide("ulm", 1)
    assert image.pixelColor(left - 2, middle.y()) == Qt.GlobalColor.black
    assert image.pixelColor(width - left + 2, middle.y()) == Qt.GlobalColor.black
    assert image.pixelColor(left + 2, 2) != Qt.GlobalColor.black


@pytest.mark.parametrize("harm", ["missing", "cut off", "not a picture"])
def test_a_broken_picture_shows_the_citys_card_for_its_whole_time_and_is_no_paint(
    open_stage: Open, folder: Path, error_log: ErrorLog, harm: str
) -> None:
    error_log.expect("ulm-2.jpg")
    broken = folder / picture_of("ulm", 2)
    whole = broken.read_bytes()
    broken.unlink()  # a hard link: the original must stay as it is
    if harm != "missing":
        broken.write_bytes(whole[:40] if harm == "cut off" else b"hello")
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(23)
    card = print_of(evening.sees())
    assert not evening.sees_slide("ulm", 1)
    evening.pass_seconds(19.9)
    assert print_of(evening.sees()) == card
    evening.pass_seconds(0.1)
    assert evening.sees_slide("ulm", 3)
    evening.close()
    assert [each.index for each in read_run(folder).shown] == [0, 2]


def test_a_slide_without_a_picture_shows_the_citys_card(open_stage: Open, tmp_path: Path) -> None:
    slides = tuple(SnapshotSlide(number=number, picture=None) for number in range(1, 5))
    bare = a_snapshot(msgspec.structs.replace(a_talk("ulm"), slides=slides), format=FOUR)
    evening = open_stage(a_run(tmp_path / "bare", bare))
    evening.do(Start("ulm"))
    evening.pass_seconds(3)
    card = print_of(evening.sees())
    assert not is_black(evening.sees())
    evening.pass_seconds(20)
    assert print_of(evening.sees()) == card
    evening.close()
    assert read_run(evening.folder).shown == ()


def test_a_card_that_fills_a_missing_slide_is_a_paint_unless_it_is_covered(
    open_stage: Open, tmp_path: Path
) -> None:
    told = with_slides(a_talk("ulm"))
    slides = (told.slides[0], *3 * (SnapshotSlide(number=CARD.number, picture=None),))
    short = a_snapshot(msgspec.structs.replace(told, slides=slides), format=FOUR)
    evening = open_stage(a_run(tmp_path / "short", short))
    evening.do(Start("ulm"))
    evening.pass_seconds(3 + 30)
    card = print_of(evening.sees())
    evening.do(Black(on=True))
    evening.pass_seconds(30)
    evening.do(Black(on=False))
    evening.pass_seconds(10)
    assert print_of(evening.sees()) == card
    evening.pass_seconds(15)
    evening.close()
    journal = read_run(evening.folder)
    assert [each.index for each in journal.shown] == [0, 1, 3]
    assert [talk.missed for talk in report(journal, dt.UTC).talks] == [1]


def test_black_is_black_and_time_runs_on_under_it(open_stage: Open, folder: Path) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(10)
    evening.do(Black(on=True))
    assert is_black(evening.sees())
    evening.pass_seconds(20)
    assert is_black(evening.sees())
    evening.do(Black(on=False))
    assert evening.sees_slide("ulm", 2)
    evening.pass_seconds(20)
    evening.close()
    shown = read_run(folder).shown
    assert [(each.index, each.due_ns, each.painted_ns) for each in shown] == [
        (0, after(3), after(3)),
        (1, after(23), after(30)),
        (2, after(43), after(43)),
    ]


def test_a_message_covers_the_slide_and_a_covered_slide_is_no_paint(open_stage: Open, folder: Path) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(3)
    evening.do(Message("Einen Moment"))
    assert not evening.sees_slide("ulm", 1)
    evening.pass_seconds(20)
    evening.pass_seconds(20)
    evening.do(Message(None))
    assert evening.sees_slide("ulm", 3)
    evening.close()
    assert [each.index for each in read_run(folder).shown] == [0, 2]


def test_a_held_slide_stays(open_stage: Open) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(10)
    evening.do(Hold())
    evening.pass_seconds(100)
    assert evening.sees_slide("ulm", 1)


def test_it_is_one_window_with_one_title_from_welcome_to_closing(open_stage: Open) -> None:
    evening = open_stage()
    window = evening.stage.window
    ids, titles, visible = set(), set(), set()

    def look() -> None:
        ids.add(int(window.winId()))
        titles.add(window.title())
        visible.add(window.isVisible())

    look()
    evening.do(Start("ulm"))
    for _ in range(30):
        evening.pass_seconds(4)
        look()
    evening.do(Start("bern"))
    evening.pass_seconds(5)
    evening.do(Restart("bern"))
    look()
    evening.do(Cut("bern"))
    look()
    window.place(QGuiApplication.primaryScreen(), full=True)
    look()
    window.place(QGuiApplication.primaryScreen(), full=False)
    evening.do(End())
    look()
    assert (len(ids), titles, visible) == (1, {"Mashup – Stage"}, {True})


def test_the_window_refuses_to_be_closed_and_says_so(open_stage: Open, qtbot: QtBot) -> None:
    window = open_stage().stage.window
    event = QCloseEvent()
    with qtbot.waitSignal(window.closing_asked, timeout=1000):
        QGuiApplication.sendEvent(window, event)
    assert not event.isAccepted()
    with qtbot.waitSignal(window.closing_asked, timeout=1000):
        assert not window.close()
    assert window.isVisible()


def test_the_window_comes_back_when_it_is_minimised(open_stage: Open, qtbot: QtBot) -> None:
    window = open_stage().stage.window
    window.showMinimized()
    qtbot.waitUntil(lambda: not window.windowStates() & Qt.WindowState.WindowMinimized)
    assert window.isVisible()


def test_a_slide_whose_picture_comes_late_is_painted_as_soon_as_it_is_there(
    open_stage: Open, folder: Path, qtbot: QtBot
) -> None:
    evening = open_stage()
    stage = evening.stage
    stage.conductor.command(Start("ulm"))
    before = print_of(evening.sees())
    evening.clock.pass_seconds(4.5)
    stage.conductor.look()  # no turn of the event loop between: nothing is decoded yet
    assert print_of(evening.sees()) == before  # what was on stage stays
    evening.clock.pass_seconds(0.2)
    evening.decoded()
    assert evening.sees_slide("ulm", 1)
    evening.close()
    assert read_run(folder).shown[0].painted_ns == after(4.7)


def test_the_paint_after_a_resize_fits_the_new_size(open_stage: Open, qtbot: QtBot) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(3)
    with qtbot.waitSignal(evening.stage.window.moved, timeout=1000):
        evening.stage.window.resize(640, 480)
    evening.decoded()
    image = evening.sees()
    assert image.size() == evening.stage.window.pixels()
    assert evening.sees_slide("ulm", 1)
    assert image.pixelColor(320, 10) == Qt.GlobalColor.black  # 16:9 on 4:3


def test_cards_move_so_that_a_frozen_share_is_noticed(open_stage: Open, qtbot: QtBot) -> None:
    evening = open_stage()
    before = print_of(evening.sees())
    evening.clock.pass_seconds(0.9)
    qtbot.waitUntil(lambda: print_of(evening.sees()) != before)


def test_the_colours_of_the_test_pictures_differ() -> None:
    """What ``sees_slide`` rests on."""
    colours = [hue_of(talk.id, slide.number) for talk in BLOCK.talks for slide in talk.slides]
    assert len(set(colours)) == 8


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes, which hang like a dead disk")
def test_a_picture_on_a_disk_that_hangs_gives_way_to_the_citys_card_and_holds_nothing_up(
    open_stage: Open, folder: Path, qtbot: QtBot
) -> None:
    picture = folder / (BLOCK.talks[0].slides[1].picture or "")
    picture.unlink()
    os.mkfifo(picture)
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(3)
    assert evening.sees_slide("ulm", 1)
    let_a_slide_pass(evening)
    qtbot.waitUntil(lambda: not evening.sees_slide("ulm", 1))  # after some patience
    let_a_slide_pass(evening)
    evening.decoded()
    assert evening.sees_slide("ulm", 3)


def let_a_slide_pass(evening: Evening) -> None:
    """Time passes without waiting for pictures."""
    for _ in range(FOUR.seconds):
        evening.clock.pass_seconds(1)
        evening.stage.conductor.look()


def test_a_line_and_a_number_are_on_the_slide_only_where_the_show_wants_them(
    open_stage: Open, tmp_path: Path
) -> None:
    seen = []
    for marks in (False, True):
        marked = msgspec.structs.replace(BLOCK, line=marks, number=marks)
        evening = open_stage(a_run(tmp_path / str(marks), marked))
        evening.do(Start("ulm"))
        evening.pass_seconds(3 + FOUR.seconds / 2)
        image = evening.sees()
        seen.append((image.pixelColor(2, image.height() - 2), image))
        evening.close()
    (bare, without), (line, with_marks) = seen
    assert is_near(bare, hue_of("ulm", 1))
    assert not is_near(line, hue_of("ulm", 1))
    assert without != with_marks
