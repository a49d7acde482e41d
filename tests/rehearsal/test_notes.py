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
from pechakucha.rehearsal import notes_editor
from pechakucha.rehearsal.notes_editor import NotesEditor
from pechakucha.rehearsal.rehearsal import Phase

from .conftest import OpenPreview, Preview, a_deck

Key = Qt.Key
LONG = "Zwanzig Zeichen sind. " * 20
"""380 characters without blanks; 306 can be read aloud in 20 s."""


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


def test_notes_are_changed_and_saved_by_themselves(kept: Preview, path: Path, qtbot: QtBot) -> None:
    kept.press(Key.Key_4, Key.Key_N)
    write(kept, " Neu.")
    qtbot.waitUntil(lambda: 4 in read_notes(path).notes)
    assert read_notes(path).notes[4].endswith(" Neu.")
    assert read_notes(path).digest == "0" * 64
    assert (path.with_name("ulm.pptx.notes.toml")).read_text("utf-8").startswith("# In der Probe")
    assert kept.view.practising.pane.editing, "saving does not end it"


def test_esc_saves_and_leaves_the_editor_not_the_window(kept: Preview, path: Path) -> None:
    kept.press(Key.Key_N)
    write(kept, " Neu. 4 R T P")
    QTest.keyClick(editor_of(kept).text, Key.Key_Escape)
    assert kept.window.isVisible()
    assert not kept.view.practising.pane.editing
    assert (kept.phase, kept.index) == (Phase.READY, 0), "letters and figures are only written"
    assert read_notes(path).notes[1].endswith(" Neu. 4 R T P")
    kept.view.refresh()
    assert kept.view.page.notes.words.endswith(" Neu. 4 R T P")


def test_undo_takes_back_what_was_written(kept: Preview, path: Path) -> None:
    kept.press(Key.Key_N)
    text: QPlainTextEdit = editor_of(kept).text
    before = text.toPlainText()
    write(kept, "Neu")
    editor_of(kept).save()
    QTest.keyClick(text, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == before
    QTest.keyClick(text, Key.Key_Escape)
    assert read_notes(path).notes[1] == before


def test_nothing_is_written_where_nothing_was_changed(kept: Preview, path: Path) -> None:
    kept.press(Key.Key_N)
    QTest.keyClick(editor_of(kept).text, Key.Key_Escape)
    assert not path.with_name("ulm.pptx.notes.toml").exists()


def test_closing_the_window_saves(kept: Preview, path: Path) -> None:
    kept.press(Key.Key_N)
    write(kept, " Neu.")
    kept.window.close()
    assert read_notes(path).notes[1].endswith(" Neu.")


def test_during_a_talk_time_stands_still_meanwhile(kept: Preview, path: Path) -> None:
    kept.press(Key.Key_Space)
    kept.pass_seconds(3 + 25)
    kept.press(Key.Key_N)
    kept.pass_seconds(60)
    assert (kept.index, kept.figure) == (1, "15")
    write(kept, "!")
    QTest.keyClick(editor_of(kept).text, Key.Key_Escape)
    assert list(read_notes(path).notes) == [2]
    kept.press(Key.Key_P)
    kept.pass_seconds(1)
    assert kept.figure == "14"


def test_after_the_end_it_opens_the_slide_that_needs_work_most(kept: Preview) -> None:
    kept.press(Key.Key_Space)
    kept.pass_seconds(3 + 15)
    kept.press(Key.Key_Space)
    kept.pass_seconds(27)
    kept.press(Key.Key_Space)
    kept.pass_seconds(400)
    kept.press(Key.Key_N)
    assert "zu Folie 2." in editor_of(kept).text.toPlainText()
    assert (kept.phase, kept.index) == (Phase.READY, 1)


def test_what_is_too_much_is_set_off_while_writing(kept: Preview) -> None:
    kept.press(Key.Key_N)
    text = editor_of(kept).text
    assert text.extraSelections() == []
    text.setPlainText("😀 " + LONG)
    late, line = text.extraSelections()
    assert late.cursor.selectedText().startswith("Zwanzig Zeichen sind.")
    assert line.cursor.selectedText() == "Zwanzig"
    kept.view.refresh()
    assert "zu viel" in kept.view.practising.pane.length


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


def test_what_could_not_be_saved_is_saved_as_soon_as_it_can(
    open_preview: OpenPreview, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    preview = open_preview(path=path)
    with monkeypatch.context() as full:
        full.setattr(edited_notes, "write_atomic", refuse)
        preview.press(Key.Key_2, Key.Key_N)
        write(preview, " Zwei.")
        QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    preview.press(Key.Key_3, Key.Key_N)
    write(preview, " Drei.")
    QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    assert {number: notes[-6:] for number, notes in read_notes(path).notes.items()} == {
        2: " Zwei.",
        3: " Drei.",
    }


def test_a_window_with_notes_that_are_not_saved_closes_only_the_second_time(
    open_preview: OpenPreview, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    write(preview, " Neu.")
    with monkeypatch.context() as full:
        full.setattr(edited_notes, "write_atomic", refuse)
        assert not preview.window.close()
    words = preview.view.practising.trouble.words
    assert "der Speicherplatz ist voll" in words
    assert words.endswith("Noch einmal schließen verwirft sie.")
    assert preview.window.isVisible()
    assert preview.window.close(), "by now there is room"
    assert read_notes(path).notes[1].endswith(" Neu.")


def test_who_was_told_may_close_the_window_all_the_same(
    open_preview: OpenPreview, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(target: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edited_notes, "write_atomic", refuse)
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    write(preview, " Neu.")
    assert not preview.window.close()
    assert preview.window.close()


def test_who_writes_without_a_pause_is_saved_too(
    open_preview: OpenPreview, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes_editor, "_LONGEST_MS", 100)
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    for _ in range(12):
        write(preview, "x")
        qtbot.wait(20)
    assert read_notes(path).notes[1].endswith("xxx")


@pytest.mark.parametrize("notes", ["10\u00a0%", "eins\u2028zwei", "eins\rzwei", "\ufeffeins"])
def test_looking_at_notes_changes_nothing_whatever_is_in_them(
    open_preview: OpenPreview, path: Path, notes: str
) -> None:
    preview = open_preview(a_deck(notes=notes), path=path)
    preview.press(Key.Key_N)
    QTest.keyClick(editor_of(preview).text, Key.Key_Escape)
    assert not path.with_name("ulm.pptx.notes.toml").exists()


def test_notes_without_end_are_cut_and_that_is_said(open_preview: OpenPreview, path: Path) -> None:
    preview = open_preview(path=path)
    preview.press(Key.Key_N)
    editor_of(preview).text.setPlainText("Wort " * 5000)
    editor_of(preview).save()
    assert len(read_notes(path).notes[1]) == edited_notes.LONGEST_NOTES
    assert "nur 20000 Zeichen gespeichert" in preview.view.practising.trouble.words


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
