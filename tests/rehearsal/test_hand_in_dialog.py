# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing in from the rehearsal, as a presenter does it."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from decks.conftest import coloured_pdf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pechakucha.decks import handing_in
from pechakucha.decks.handed_in import talk_in
from pechakucha.decks.handing_in import HandedIn
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.files.edited_notes import change_notes
from pechakucha.rehearsal import hand_in_dialog
from pechakucha.rehearsal.hand_in_dialog import HandInDialog
from pechakucha.texts import Texts

from .conftest import OpenPreview

Open = Callable[..., HandInDialog]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Imported]:
    """A deck and how it was seen in the rehearsal."""
    folder = tmp_path_factory.mktemp("presenter")
    deck = coloured_pdf(folder / "Unser Vortrag.pdf")
    return deck, import_deck(deck, library=Library(folder / "library"))


@pytest.fixture
def asked() -> list[str]:
    """The names that were suggested for the pack."""
    return []


@pytest.fixture
def open_dialog(seen: tuple[Path, Imported], asked: list[str], tmp_path: Path, qtbot: QtBot) -> Open:
    """Opens it; whoever is asked saves under ``answer`` in the test's folder, "" for nowhere."""

    def make(answer: str = "ulm", **others: object) -> HandInDialog:
        def ask_where(_parent: object, _title: str, suggested: str, _pattern: str) -> str:
            asked.append(suggested)
            return str(tmp_path / answer) if answer else ""

        dialog = HandInDialog(*seen, Texts("en"), ask_where=ask_where, **others)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def fill_in(field: QLineEdit, words: str) -> None:
    """Write where this is asked for."""
    field.setFocus()
    field.setText(words)


def let_write(dialog: HandInDialog) -> None:
    """What is being written, is written."""
    dialog.wait()
    QApplication.processEvents()


def press(button: QPushButton) -> None:
    """Press it, and let be written what then is."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = button.window()
    assert isinstance(dialog, HandInDialog)
    let_write(dialog)


def as_if(monkeypatch: pytest.MonkeyPatch, *, mail: int, small: int) -> None:
    """Mailboxes with other limits, bytes."""
    for module in (hand_in_dialog, handing_in):
        monkeypatch.setattr(module, "MAIL_BYTES", mail)
        monkeypatch.setattr(module, "SMALL_BYTES", small)


def test_what_is_filled_in_is_in_the_pack(open_dialog: Open, asked: list[str], tmp_path: Path) -> None:
    dialog = open_dialog(selection=(2, 1))
    fill_in(dialog.city, "Ulm / Donau")
    fill_in(dialog.title, "Das Münster")
    fill_in(dialog.presenters, "Anna Beispiel,, Jörg Muster ")
    press(dialog.save)
    assert Path(asked[0]).name == "Ulm _ Donau.pechakucha"
    talk = talk_in(tmp_path / "ulm.pechakucha", Library(tmp_path / "library"))
    assert (talk.city, talk.title, talk.slides) == ("Ulm / Donau", "Das Münster", (2, 1))
    assert talk.presenters == ("Anna Beispiel", "Jörg Muster")
    assert "exactly those seen in the rehearsal" in dialog.said
    assert "Mail it to the moderator now." in dialog.said
    assert dialog.leave.text() == "Done"


def test_notes_edited_since_the_deck_was_opened_are_in_it(
    open_dialog: Open, seen: tuple[Path, Imported], tmp_path: Path
) -> None:
    dialog = open_dialog()
    change_notes(seen[0], seen[1].deck.digest, {1: "Ganz neu."})
    fill_in(dialog.city, "Ulm")
    press(dialog.save)
    there = import_deck(tmp_path / "ulm.pechakucha", library=Library(tmp_path / "library"))
    assert there.deck.slides[0].notes == "Ganz neu."


def test_without_a_city_it_is_asked_for(open_dialog: Open, asked: list[str]) -> None:
    dialog = open_dialog()
    fill_in(dialog.title, "Das Münster")
    press(dialog.save)
    assert "the city is missing" in dialog.said
    assert (asked, dialog.focusWidget() is dialog.city, dialog.title.text()) == ([], True, "Das Münster")


def test_whoever_changes_their_mind_writes_nothing(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog("")
    fill_in(dialog.city, "Ulm")
    press(dialog.save)
    assert dialog.said == ""
    assert not list(tmp_path.glob("*.pechakucha"))


def test_what_cannot_be_written_is_said_and_can_be_tried_again(
    open_dialog: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    dialog = open_dialog()
    fill_in(dialog.city, "Ulm")
    with monkeypatch.context() as full:
        full.setattr("pechakucha.files.pack_writing.written_atomic", refuse)
        press(dialog.save)
    assert "can't be written" in dialog.said
    press(dialog.save)
    assert (tmp_path / "ulm.pechakucha").exists()


def test_a_small_deck_has_one_way_to_save(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert dialog.save_small.isHidden()
    assert dialog.save.property("tone") == "primary"


def test_a_large_deck_is_warned_of_and_a_smaller_pack_is_offered(
    open_dialog: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_if(monkeypatch, mail=1000, small=10_000_000)
    dialog = open_dialog()
    fill_in(dialog.city, "Ulm")
    assert dialog.save_small.isVisible()
    assert dialog.save_small.property("tone") == "primary"
    press(dialog.save_small)
    assert "exactly those seen" in dialog.said
    there = import_deck(tmp_path / "ulm.pechakucha", library=Library(tmp_path / "library"))
    assert there.deck.findings == ()


def test_where_that_is_not_enough_it_is_said_what_the_pictures_have_become(
    open_dialog: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_if(monkeypatch, mail=1000, small=1000)
    dialog = open_dialog()
    fill_in(dialog.city, "Ulm")
    press(dialog.save_small)
    assert "at most 1280 pixels wide in it (JPEG quality 70)" in dialog.said
    assert "too large for many mailboxes" in dialog.said


def test_while_it_is_written_everything_stays_in_its_place(
    open_dialog: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()
    written = hand_in_dialog.hand_in

    def slowly(*of: Any, **how: Any) -> HandedIn:
        may_go_on.wait(10)
        return written(*of, **how)

    monkeypatch.setattr(hand_in_dialog, "hand_in", slowly)
    dialog = open_dialog()
    fill_in(dialog.city, "Ulm")
    dialog.save.click()
    assert dialog.said == "Being written …"
    assert not dialog.save.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    may_go_on.set()
    let_write(dialog)
    assert dialog.save.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_was_filled_in_is_there_the_next_time(open_dialog: Open, tmp_path: Path) -> None:
    first = open_dialog()
    assert first.city.text() == ""
    fill_in(first.city, "Ulm")
    fill_in(first.presenters, "Anna, Bernd")
    QTest.keyClick(first.presenters, Qt.Key.Key_Return)
    let_write(first)
    assert (tmp_path / "ulm.pechakucha").exists()
    QTest.keyClick(first.leave, Qt.Key.Key_Return)
    assert not first.isVisible(), "now Enter means that it is done"
    again = open_dialog()
    assert (again.city.text(), again.title.text(), again.presenters.text()) == ("Ulm", "", "Anna, Bernd")


def test_esc_leaves(open_dialog: Open) -> None:
    dialog = open_dialog()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_one_key_of_the_rehearsal_opens_it_but_not_during_a_talk(open_preview: OpenPreview) -> None:
    preview = open_preview()
    preview.press(Qt.Key.Key_Return)
    preview.pass_seconds(5)
    preview.press(Qt.Key.Key_E)
    assert not preview.window.findChildren(HandInDialog)
    preview.pass_seconds(500)
    preview.press(Qt.Key.Key_E)
    (dialog,) = preview.window.findChildren(HandInDialog)
    assert dialog.isVisible()
    dialog.reject()
