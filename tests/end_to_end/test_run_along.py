# SPDX-License-Identifier: AGPL-3.0-or-later
"""A presenter's window beside a real stage in another process: in step by a code, from the middle on."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pechakucha.decks.library import Imported
from pechakucha.files.run_folder import read_run
from pechakucha.live.clock import SystemClock
from pechakucha.rehearsal.rehearsal import Mode
from pechakucha.rehearsal.window import PreviewWindow
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.run import fold
from pechakucha.show.run_along import UNIT_NS, encode, run_along_of
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from tests.end_to_end.conftest import Program
from tests.end_to_end.test_headless import wait_for_shown

SLIDES = 20
_BUSY_NS = NS // 2
"""How late a window may look at the clock on a machine that does much else."""


@pytest.mark.slow
def test_a_window_that_was_given_the_code_turns_with_the_stage(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    show = a_show(tmp_path)
    program.start("run", str(show), "--auto", "--headless")
    journal = wait_for_shown(show, 1)
    clock = SystemClock()
    window = a_window(tmp_path, clock)
    qtbot.addWidget(window)
    view = window.view
    assert view is not None
    turns: dict[int, int] = {}

    def note_turn() -> None:
        scene = view.rehearsal.state().scene
        if view.rehearsal.mode is Mode.ALONG and isinstance(scene, OnSlide):
            turns.setdefault(scene.index, clock.now_ns())

    view.rehearsal.changed.connect(note_turn)
    qtbot.wait(3000)
    QTest.keyClick(window, Qt.Key.Key_A)
    QTest.keyClicks(view.sheet.field, code_of(journal.parent, clock))
    QTest.keyClick(view.sheet.field, Qt.Key.Key_Return)
    assert view.rehearsal.mode is Mode.ALONG
    assert view.rehearsal.along is not None
    assert view.rehearsal.along.talk == 1

    qtbot.waitUntil(lambda: 2 in turns, timeout=60_000)
    wait_for_shown(show, 3)
    due_ns = {shown.index: shown.due_ns for shown in read_run(journal.parent).shown}
    assert abs(view.rehearsal.along.t0_ns - due_ns[0]) <= UNIT_NS
    for index in (1, 2):
        assert abs(turns[index] - due_ns[index]) < _BUSY_NS
    window.close()


def code_of(run: Path, clock: SystemClock) -> str:
    """What the moderator would put into the chat now."""
    journal = read_run(run)
    told = run_along_of(fold(journal.snapshot, journal.cues), clock.now_ns(), clock.wall_ns())
    assert told is not None
    return encode(told.talk, told.start_wall_ns)


def a_show(folder: Path) -> Path:
    """One talk in the format of the rehearsal."""
    document = pymupdf.open()
    for _ in range(SLIDES):
        document.new_page(width=960, height=540)
    document.save(folder / "plain.pdf")
    path = folder / "show.toml"
    path.write_text(
        'title = "Plain"\nchangeover = 4\n[[talk]]\nid = "a-aaaa"\ncity = "Aachen"\ndeck = "plain.pdf"\n',
        encoding="utf-8",
    )
    return path


def a_window(folder: Path, clock: SystemClock) -> PreviewWindow:
    """A preview of as many slides."""
    slides = tuple(Slide(number=number, picture=f"{number}.jpg") for number in range(1, SLIDES + 1))
    imported = Imported(Deck(kind="pdf", renderer="pdf", digest="0" * 64, slides=slides), folder)
    window = PreviewWindow(folder / "plain.pdf", lambda _tell, _give_up: imported, clock, Texts("en"))
    window.show_deck(imported)
    window.show()
    return window
