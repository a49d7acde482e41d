# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes show where the time is over, and can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from pechakucha.files import edited_notes
from pechakucha.files.edited_notes import read_notes
from pechakucha.rehearsal.notes_editor import NotesEditor
from pechakucha.rehearsal.rehearsal import Phase

from .conftest import OpenPreview, Preview, a_deck

Key = Qt.Key
LONG = "Zwanzig Zeichen sind. " * 20
"""380 characters without blanks; 306 can be read aloud in 20 s."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the deck is."""
    return tmp_path / "ulm.pptx"


def editor_of(preview: Preview) -> NotesEditor:
    """The editor, which must be open."""
    assert preview.view.practising.pane.editing
    return preview.view.practising.pane.editor


def write(preview: Preview, words: str) -> None:
    """Type at the end of the notes."""
    QTest.keyClicks(editor_of(preview).text, words)


def test_a_line_says_where_the_time_is_over(open_preview: OpenPreview, path: Path) -> None:
    pane = open_preview(a_deck(notes=LONG), path=path).view.practising.pane
    over = pane.notes.over
    assert over is not None
    assert over.words == "Hier sind 20 s um."
    assert len("".join(LONG[: over.at].split())) <= 306
    assert "Hier sind 20 s um." in pane.notes.toPlainText()
    assert pane.notes.words == LONG.strip()
    assert pane.length == "12 Wörter zu viel · 380 Zeichen, etwa 25 s"


def test_notes_that_fit_have_no_line(open_preview: OpenPreview, path: Path) -> None:
    pane = open_preview(path=path).view.practising.pane
    assert pane.notes.over is None
    assert pane.notes.toPlainText() == pane.notes.words


def test_without_notes_there_is_nothing_to_measure(open_preview: OpenPreview, path: Path) -> None:
    pane = open_preview(a_deck(notes=""), path=path).view.practising.pane
    assert pane.length == ""
    assert pane.notes.words == "Zu dieser Folie gibt es keine Notizen."


def test_notes_are_changed_and_saved_by_themselves(
    open_preview: OpenPreview, path: Path, qtbot: QtBot
) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_4, Key.Key_N)
    write(preview, " Neu.")
    qtbot.waitUntil(lambda: 4 in read_notes(path).notes)
    assert read_notes(path).notes[4].endswith(" Neu.")
    assert read_notes(path).digest == "0" * 64
    assert (path.with_name("ulm.pptx.notes.toml")).read_text("utf-8").startswith("# In der Probe")
    assert preview.view.practising.pane.editing, "saving does not end it"


def test_esc_saves_and_leaves_the_editor_not_the_window(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    write(preview, " Neu. 4 R T P")
    QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    assert preview.window.isVisible()
    assert not preview.view.practising.pane.editing
    assert (preview.phase, preview.index) == (Phase.READY, 0), "letters and figures are only written"
    assert read_notes(path).notes[1].endswith(" Neu. 4 R T P")
    preview.view.refresh()
    assert preview.view.page.notes.words.endswith(" Neu. 4 R T P")


def test_undo_takes_back_what_was_written(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    text: QPlainTextEdit = editor_of(preview).text
    before = text.toPlainText()
    write(preview, "Neu")
    editor_of(preview).save()
    QTest.keyClick(text, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == before
    QTest.keyClick(text, Key.Key_Escape)
    assert read_notes(path).notes[1] == before


def test_nothing_is_written_where_nothing_was_changed(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    assert not path.with_name("ulm.pptx.notes.toml").exists()


def test_closing_the_window_saves(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    write(preview, " Neu.")
    preview.window.close()
    assert read_notes(path).notes[1].endswith(" Neu.")


def test_during_a_talk_time_stands_still_meanwhile(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 25)
    preview.press(Key.Key_N)
    preview.pass_seconds(60)
    assert (preview.index, preview.figure) == (1, "15")
    write(preview, "!")
    QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    assert list(read_notes(path).notes) == [2]
    preview.press(Key.Key_P)
    preview.pass_seconds(1)
    assert preview.figure == "14"


def test_after_the_end_it_opens_the_slide_that_needs_work_most(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_Space)
    preview.pass_seconds(3 + 15)
    preview.press(Key.Key_Space)
    preview.pass_seconds(27)
    preview.press(Key.Key_Space)
    preview.pass_seconds(400)
    preview.press(Key.Key_N)
    assert "zu Folie 2." in editor_of(preview).text.toPlainText()
    assert (preview.phase, preview.index) == (Phase.READY, 1)


def test_what_is_too_much_is_set_off_while_writing(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    text = editor_of(preview).text
    assert text.extraSelections() == []
    text.setPlainText("😀 " + LONG)
    late, line = text.extraSelections()
    assert late.cursor.selectedText().startswith("Zwanzig Zeichen sind.")
    assert line.cursor.selectedText() == "Zwanzig"
    preview.view.refresh()
    assert "zu viel" in preview.view.practising.pane.length


def test_where_it_cannot_be_saved_it_is_said_and_stays_in_the_window(
    open_preview: OpenPreview, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edited_notes, "write_atomic", refuse)
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    write(preview, " Neu.")
    QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    assert "der Speicherplatz ist voll" in preview.view.practising.trouble.words
    preview.view.refresh()
    assert preview.view.page.notes.words.endswith(" Neu.")


def test_a_file_that_was_tampered_with_is_put_aside_and_that_is_said(
    open_preview: OpenPreview, path: Path
) -> None:
    path.with_name("ulm.pptx.notes.toml").write_text("[notes", encoding="utf-8")
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    write(preview, " Neu.")
    editor_of(preview).save()
    assert path.with_name("ulm.pptx.notes.toml.unreadable").read_text("utf-8") == "[notes"
    assert "ulm.pptx.notes.toml.unreadable" in preview.view.practising.trouble.words


@pytest.mark.parametrize("size", [(960, 600), (1440, 900)], ids=["small", "large"])
def test_the_key_for_the_notes_is_named_once_at_any_size(
    open_preview: OpenPreview, size: tuple[int, int]
) -> None:
    preview = open_preview(size=size)
    hinted = preview.view.practising.pane.edit_hint.isVisible()
    assert hinted is (size == (1440, 900))
    assert (Qt.Key.Key_N in preview.view.top_bar.keys) is not hinted
