# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck that is replaced while a talk runs, on a real stage, imported by a real worker."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pechakucha.console.late_changes import LateChanges
from pechakucha.console.late_decks import late_import_of
from pechakucha.console.late_view import LateView
from pechakucha.console.session import Session
from pechakucha.decks.drawing import STAGE
from pechakucha.decks.library import Library
from pechakucha.files.run_folder import read_run
from pechakucha.live.clock import SystemClock
from pechakucha.show.cues import Replace
from pechakucha.show.run import fold
from pechakucha.texts import Texts
from tests.end_to_end.conftest import COLOURS, Program
from tests.end_to_end.test_headless import wait_for_shown
from tests.end_to_end.test_processes import wait_until


@pytest.mark.slow
def test_a_later_deck_is_replaced_during_a_talk_and_the_report_tells_it(
    program: Program, plain_show: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    document = pymupdf.open()
    for colour in reversed(COLOURS):
        page = document.new_page(width=960, height=540)
        page.draw_rect(page.rect, color=None, fill=colour)
    document.save(tmp_path / "new.pdf")
    stage = program.start("run", str(plain_show), "--headless", "--auto", "--speed", "4")
    journal = wait_for_shown(plain_show, 1)
    session = Session(journal.parent, SystemClock(), lambda: True)
    window = QWidget()
    qtbot.addWidget(window)
    library = Library(tmp_path / "library")
    importing = late_import_of(plain_show, library, STAGE)
    late = LateChanges(session, LateView(Texts("en")), Texts("en"), window, importing=lambda: importing)
    session.open()
    qtbot.waitUntil(lambda: session.run is not None, timeout=20_000)
    late.take_files("b-bbbb", [tmp_path / "new.pdf"])
    happened = lambda: any(isinstance(cue.action, Replace) for cue in read_run(journal.parent).cues)  # noqa: E731
    qtbot.waitUntil(happened, timeout=60_000)
    story = read_run(journal.parent)
    before = fold(story.snapshot, [cue for cue in story.cues if not isinstance(cue.action, Replace)])
    assert before.on_stage is not None, "it came during the first talk"
    late.close()
    session.close()
    wait_until(lambda: stage.poll() is not None)
    report = json.loads(program.run("report", str(journal.parent)).stdout)
    assert [talk["outcome"] for talk in report["talks"]] == ["completed", "completed"]
    assert [talk["missed"] for talk in report["talks"]] == [0, 0], "no picture was late"
    assert [cue["detail"] for cue in report["cues"] if cue["cue"] == "replace"] == ["deck"]
    told = [(cue["cue"], cue["city"]) for cue in report["cues"]]
    assert ("replace", "Bonn") in told
    assert told.index(("start", "Aachen")) < told.index(("replace", "Bonn")) < told.index(("start", "Bonn"))
