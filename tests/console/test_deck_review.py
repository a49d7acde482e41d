# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judging decks: what is seen of each, and what becomes of a moderator's decisions."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from decks.conftest import is_near
from decks.packs import make_show, pack
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from pechakucha.console.deck_review import DeckState
from pechakucha.console.deck_wording import DRAWN_BY
from pechakucha.console.deck_work import import_of
from pechakucha.console.loaded_slide import LoadedSlide
from pechakucha.decks.drawing import STAGE
from pechakucha.decks.library import Library
from pechakucha.decks.renderers import Choice
from pechakucha.decks.show_source import ShowSource, open_show
from pechakucha.files.pins import change_pins, read_pins
from pechakucha.files.show_file import read_show
from pechakucha.show.pin import Pin
from pechakucha.texts import Texts
from pechakucha.texts.catalogue import read_catalogue

from .reviewing import BERN, COLOURS, MOVING, SHOW, ULM, Importer, Moderator

APPROVE, REDRAW, COMPARE, FILL, WRITE = Qt.Key.Key_F, Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_K, Qt.Key.Key_W
AGAIN, LEFT, RIGHT, UP, DOWN = (
    Qt.Key.Key_F5,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
ENTER, ESC, TAKE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_T

Open = Callable[..., Moderator]


@pytest.fixture(autouse=True)
def _both_renderers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with LibreOffice, whatever this one has."""
    both = (Choice("libreoffice", "7"), Choice("embedded", "0"))
    monkeypatch.setattr("pechakucha.console.deck_review.choose_renderers", lambda _kind: both)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A show of two talks: one of three slides as it should be, one with two of them."""
    path = tmp_path / "show" / "show.toml"
    path.parent.mkdir()
    path.write_text(SHOW, encoding="utf-8")
    a_deck(path, "ulm.pptx", 3)
    a_deck(path, "bern.pptx", 2)
    return path


@pytest.fixture
def importer(path: Path, tmp_path: Path) -> Importer:
    return Importer(path.parent, tmp_path / "library")


@pytest.fixture
def open_review(path: Path, importer: Importer, qtbot: QtBot, english: Texts) -> Open:
    """Opens the review, as often as wanted; each reads everything anew."""

    def make(texts: Texts = english, *, is_open: bool = True, goes_on: bool = False) -> Moderator:
        source = ShowSource(path, read_show(path))
        moderator = Moderator(source, importer, qtbot, texts, goes_on=goes_on)
        if is_open:
            moderator.open()
        return moderator

    return make


def a_deck(show: Path, name: str, slides: int, words: str = "") -> None:
    """The file of a deck."""
    (show.parent / name).write_text(f"{slides} {words}", encoding="utf-8")


def drawn_by(slide: LoadedSlide, renderer: str, qtbot: QtBot) -> bool:
    """Whether the slide that is seen is, as soon as it is read, in the colour of this renderer."""

    def seen() -> bool:
        middle = slide.grab().toImage().pixelColor(slide.width() // 2, slide.height() // 2)
        return is_near(middle, COLOURS[renderer])

    qtbot.waitUntil(seen)
    return seen()


def key_of(path: Path, talk: str, key: str) -> object:
    """What the show file says about a talk."""
    talks = tomllib.loads(path.read_text(encoding="utf-8"))["talk"]
    return next(each for each in talks if each["id"] == talk).get(key)


# One look


def test_each_deck_says_what_it_is_like_how_many_slides_it_has_and_what_is_wrong(open_review: Open) -> None:
    moderator = open_review()
    assert moderator.rows() == [
        "1, Ulm, ready, 3 slides · drawn by LibreOffice",
        "2, Bern, not ready, 2 slides · drawn by LibreOffice, 2 slides, 1 too few.",
    ]
    assert "1 of 2 ready" in moderator.says()
    assert "worth a look" not in moderator.says()


def test_the_mouse_reads_what_a_row_has_no_room_for(open_review: Open, path: Path) -> None:
    name = "Präsentation der Stadt Bern – endgültige Fassung vom Dienstag.pptx"
    path.write_text(SHOW.replace("bern.pptx", name), encoding="utf-8")
    moderator = open_review()
    assert moderator.rows()[1] == "2, Bern, not ready, “Präsentati….pptx” is not there."
    tip = moderator.window.decks.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"Bern\n“{name}” is not there."


def test_a_warning_is_worth_a_look_and_is_counted(open_review: Open, importer: Importer) -> None:
    importer.findings["ulm.pptx"] = (MOVING,)
    moderator = open_review()
    assert "worth a look" in moderator.rows()[0]
    assert moderator.review.state(ULM) is DeckState.LOOK
    assert "1 of 2 ready\n1 of them worth a look" in moderator.says()


def test_it_reads_in_german_too(open_review: Open) -> None:
    moderator = open_review(Texts("de"))
    assert moderator.rows() == [
        "1, Ulm, bereit, 3 Folien · durch LibreOffice",
        "2, Bern, nicht bereit, 2 Folien · durch LibreOffice, 2 Folien, 1 zu wenig.",
    ]
    assert "1 von 2 bereit" in moderator.says()
    assert {"Freigeben", "Neu zeichnen …", "Nebeneinander", "Datei öffnen", "Neu einlesen"} <= set(
        moderator.buttons()
    )


def test_all_is_said_about_the_deck_selected(open_review: Open) -> None:
    moderator = open_review()
    assert "ulm.pptx · 3 slides · drawn by LibreOffice" in moderator.says()
    assert "There is nothing to remark." in moderator.says()
    assert "Notiz 1." in moderator.says()
    moderator.press(DOWN)
    assert "bern.pptx · 2 slides · drawn by LibreOffice" in moderator.says()
    assert moderator.findings() == [
        "The talk has only 2 of the 3 slides it needs. "
        + Texts("en")("remedy.slide-count", case="under", selected=2, wanted=3, slides=2, hidden=0)
    ]


def test_whatever_draws_a_deck_has_a_short_name_too() -> None:
    assert set(DRAWN_BY) == set(read_catalogue("en")["renderer"])  # type: ignore[call-overload]


def test_while_decks_come_their_bars_and_first_pictures_are_seen(
    open_review: Open, importer: Importer, qtbot: QtBot
) -> None:
    importer.may_go_on.clear()
    moderator = open_review(is_open=False)
    assert [row.split(", ")[2] for row in moderator.rows()] == ["waits", "waits"]
    empty = moderator.window.decks.grab().toImage()
    moderator.work.open()
    qtbot.waitUntil(lambda: (task := moderator.work.task(ULM)) is not None and task.done == 1)
    moderator.see()
    assert moderator.rows()[0].startswith("1, Ulm, 1 of 3 slides")
    assert "0 of 2 decks are there" in moderator.says()
    place = moderator.window.decks.visualRect(moderator.window.decks.model().index(0, 0))
    at = QPoint(place.left() + 88, place.center().y())

    def pictured() -> bool:
        return is_near(moderator.window.decks.grab().toImage().pixelColor(at), COLOURS["libreoffice"])

    assert not is_near(empty.pixelColor(at), COLOURS["libreoffice"])
    qtbot.waitUntil(pictured)
    importer.may_go_on.set()
    moderator.settle()
    assert "1 of 2 ready" in moderator.says()


# Slides


def test_arrows_turn_the_slides_and_choose_the_deck(open_review: Open) -> None:
    moderator = open_review()
    moderator.press(RIGHT, RIGHT)
    assert "Slide 3\nof 3" in moderator.says()
    assert "Notiz 3." in moderator.says()
    moderator.press(RIGHT)
    assert "Slide 3\nof 3" in moderator.says()
    moderator.press(LEFT)
    assert "Slide 2\nof 3" in moderator.says()
    moderator.press(DOWN)
    assert "Slide 1\nof 2" in moderator.says()
    moderator.press(UP)
    assert "Slide 1\nof 3" in moderator.says()


def test_a_slide_is_shown_large_as_it_was_drawn(open_review: Open, qtbot: QtBot) -> None:
    moderator = open_review()
    assert drawn_by(moderator.window.pane.slide, "libreoffice", qtbot)


def test_a_click_in_the_strip_shows_that_slide(open_review: Open) -> None:
    moderator = open_review()
    strip = moderator.strip
    place = strip.visualRect(strip.model().index(2, 0)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    moderator.see()
    assert "Slide 3\nof 3" in moderator.says()


def test_a_hidden_slide_is_said_to_be_hidden(open_review: Open, importer: Importer, path: Path) -> None:
    a_deck(path, "ulm.pptx", 4)
    importer.hidden["ulm.pptx"] = 2
    moderator = open_review()
    assert moderator.slides() == ["Slide 1", "Slide 3", "Slide 4", "Slide 2, hidden in the file"]
    moderator.strip.select_slide(2)
    moderator.see()
    assert "hidden in the file" in moderator.says()


@pytest.mark.parametrize("way", ["click", "enter"])
def test_a_finding_leads_to_its_slide(open_review: Open, importer: Importer, way: str) -> None:
    importer.findings["ulm.pptx"] = (MOVING,)
    moderator = open_review()
    view = moderator.window.pane.findings
    if way == "click":
        place = view.visualRect(view.model().index(0, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        moderator.see()
    else:
        view.setFocus()
        view.setCurrentIndex(view.model().index(0, 0))
        moderator.press(ENTER)
    assert "Slide 2\nof 3" in moderator.says()


def test_the_findings_of_the_slide_shown_are_marked(open_review: Open, importer: Importer) -> None:
    importer.findings["ulm.pptx"] = (MOVING,)
    moderator = open_review()
    view = moderator.window.pane.findings
    view.clearFocus()
    before = view.grab().toImage()
    moderator.press(RIGHT)
    marked = view.grab().toImage()
    assert marked != before
    moderator.press(RIGHT)
    assert view.grab().toImage() == before


# Approving


def test_an_approved_deck_stays_so_when_everything_is_read_anew(open_review: Open, path: Path) -> None:
    moderator = open_review()
    moderator.press(APPROVE)
    assert moderator.rows()[0].startswith("1, Ulm, approved")
    pin = read_pins(path)[ULM]
    assert (pin.ready, pin.renderer) == (True, "libreoffice")
    assert moderator.review.imports[ULM].folder.name == pin.key
    again = open_review()
    assert again.rows()[0].startswith("1, Ulm, approved")
    again.click("Take approval back")
    assert again.rows()[0].startswith("1, Ulm, ready")
    assert not read_pins(path)[ULM].ready
    assert open_review().rows()[0].startswith("1, Ulm, ready")


def test_an_approved_deck_is_no_more_worth_a_look(open_review: Open, importer: Importer) -> None:
    importer.findings["ulm.pptx"] = (MOVING,)
    moderator = open_review()
    moderator.press(APPROVE)
    assert moderator.rows()[0].startswith("1, Ulm, approved")
    assert "of them worth a look" not in moderator.says()
    assert len(moderator.findings()) == 1


def test_a_deck_that_cannot_go_on_stage_cannot_be_approved(open_review: Open, path: Path) -> None:
    moderator = open_review()
    moderator.press(DOWN, APPROVE)
    assert not moderator.buttons()["Approve"].isEnabled()
    assert read_pins(path) == {}


@pytest.mark.parametrize("way", ["reopened", "read again"])
def test_a_file_changed_since_its_approval_says_so_until_it_is_approved_again(
    open_review: Open, path: Path, way: str
) -> None:
    moderator = open_review()
    moderator.press(APPROVE)
    a_deck(path, "ulm.pptx", 3, "mit neuem Ende")
    if way == "reopened":
        moderator = open_review()
    else:
        moderator.press(AGAIN)
        moderator.settle()
    assert moderator.rows()[0] == (
        "1, Ulm, worth a look, 3 slides · drawn by LibreOffice, The file has changed since you approved it."
    )
    assert moderator.review.needs_the_moderator
    moderator.press(APPROVE)
    assert moderator.rows()[0] == "1, Ulm, approved, 3 slides · drawn by LibreOffice"
    assert open_review().rows()[0].startswith("1, Ulm, approved")


def test_slides_drawn_anew_since_the_approval_are_not_what_was_approved(
    open_review: Open, path: Path
) -> None:
    open_review().press(APPROVE)
    pin = read_pins(path)[ULM]
    change_pins(path, {ULM: Pin(digest=pin.digest, renderer=pin.renderer, key="f" * 40, ready=True)})
    moderator = open_review()
    assert "The slides have been drawn anew since you approved them." in moderator.rows()[0]
    assert moderator.review.needs_the_moderator


def test_a_decision_about_one_talk_leaves_those_of_others(open_review: Open, path: Path) -> None:
    moderator, other = open_review(), Pin(digest="0", renderer="embedded", key="0" * 40, ready=True)
    change_pins(path, {BERN: other})
    moderator.press(APPROVE)
    assert read_pins(path)[BERN] == other
    assert read_pins(path)[ULM].ready


def test_where_nothing_can_be_written_it_is_said_and_nothing_is_approved(
    open_review: Open, path: Path, user_folders: Path
) -> None:
    moderator = open_review()
    (path.parent / "show.pins.json").mkdir()
    (user_folders / "state").touch()
    moderator.press(APPROVE)
    assert "What was approved before can't be read" in moderator.says()
    assert moderator.rows()[0].startswith("1, Ulm, ready")
    moderator.press(DOWN)
    assert "can't be read" not in moderator.says()


# Another renderer


def test_another_renderer_draws_it_anew_and_is_pinned_but_not_yet_approved(
    open_review: Open, path: Path, importer: Importer, qtbot: QtBot
) -> None:
    moderator = open_review()
    moderator.press(APPROVE)
    before = moderator.window.pane.slide.file
    moderator.press(REDRAW)
    assert moderator.take_from_menu() == ["By the built-in renderer"]
    assert moderator.rows()[0] == "1, Ulm, ready, 3 slides · drawn built-in"
    assert moderator.window.pane.slide.file != before
    assert drawn_by(moderator.window.pane.slide, "embedded", qtbot)
    pin = read_pins(path)[ULM]
    assert (pin.renderer, pin.ready) == ("embedded", False)
    again = open_review()
    assert again.rows()[0] == "1, Ulm, ready, 3 slides · drawn built-in"
    assert importer.asked[-2:] == [(ULM, "embedded"), (BERN, "libreoffice")]


def test_what_was_drawn_once_is_not_drawn_again(open_review: Open, importer: Importer) -> None:
    moderator = open_review()
    for _ in range(3):
        moderator.press(REDRAW)
        moderator.take_from_menu()
    assert moderator.rows()[0].endswith("drawn built-in")
    assert importer.asked.count((ULM, "embedded")) == 1
    assert importer.asked.count((ULM, "libreoffice")) == 1


def test_a_renderer_that_fails_says_why_and_everything_stays(
    open_review: Open, path: Path, importer: Importer
) -> None:
    importer.fails.add("embedded")
    moderator = open_review()
    moderator.press(APPROVE, REDRAW)
    moderator.take_from_menu()
    assert "The slides can't be drawn: the built-in renderer failed" in moderator.says()
    assert moderator.rows()[0] == "1, Ulm, approved, 3 slides · drawn by LibreOffice"
    assert read_pins(path)[ULM].renderer == "libreoffice"


def test_drawing_anew_can_be_given_up(
    open_review: Open, importer: Importer, qtbot: QtBot, path: Path
) -> None:
    moderator = open_review()
    importer.may_go_on.clear()
    moderator.press(REDRAW)
    QTest.keyClick(moderator.menu(), ENTER)
    qtbot.waitUntil(lambda: (task := moderator.work.task(ULM)) is not None and task.done == 1)
    moderator.see()
    assert "By the built-in renderer: 1 of 3 slides" in moderator.says()
    bar = next(each for each in moderator.window.findChildren(QProgressBar) if each.isVisible())
    assert (bar.value(), bar.maximum()) == (1, 3)
    moderator.press(ESC)
    moderator.settle()
    assert moderator.window.isVisible()
    assert moderator.rows()[0] == "1, Ulm, ready, 3 slides · drawn by LibreOffice"
    assert read_pins(path) == {}


def test_side_by_side_a_slide_is_seen_as_both_draw_it(open_review: Open, qtbot: QtBot) -> None:
    moderator = open_review()
    moderator.press(RIGHT, COMPARE)
    moderator.settle()
    both = moderator.window.pane.both
    assert drawn_by(both.ours, "libreoffice", qtbot)
    assert drawn_by(both.other, "embedded", qtbot)
    assert both.ours.file != both.other.file
    assert "Drawn by LibreOffice\nGOES ON STAGE\nDrawn built-in" in moderator.says()
    assert str(both.other.file).endswith("slide-002.jpg")
    moderator.press(RIGHT)
    assert [Path(str(each.file)).name for each in (both.ours, both.other)] == ["slide-003.jpg"] * 2
    moderator.press(ESC)
    assert not both.isVisible()
    assert moderator.window.isVisible()


def test_of_both_the_other_can_be_taken(open_review: Open, qtbot: QtBot, path: Path) -> None:
    moderator = open_review()
    moderator.press(COMPARE)
    moderator.settle()
    moderator.press(TAKE)
    both = moderator.window.pane.both
    assert drawn_by(both.ours, "embedded", qtbot)
    assert drawn_by(both.other, "libreoffice", qtbot)
    assert read_pins(path)[ULM].renderer == "embedded"
    moderator.press(COMPARE)
    assert not both.isVisible()
    assert moderator.rows()[0] == "1, Ulm, ready, 3 slides · drawn built-in"


def test_pictures_of_what_the_file_was_before_are_not_compared(
    open_review: Open, path: Path, importer: Importer
) -> None:
    moderator = open_review()
    moderator.press(COMPARE)
    moderator.settle()
    moderator.press(ESC)
    a_deck(path, "ulm.pptx", 3, "mit neuem Ende")
    moderator.press(AGAIN)
    moderator.settle()
    moderator.press(COMPARE)
    moderator.settle()
    both = moderator.window.pane.both
    assert importer.asked.count((ULM, "embedded")) == 2
    assert str(both.other.file).split("-")[0] == str(both.ours.file).split("-")[0]


def test_where_only_one_renderer_is_there_no_other_is_offered(
    open_review: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = (Choice("libreoffice", "7"),)
    monkeypatch.setattr("pechakucha.console.deck_review.choose_renderers", lambda _kind: one)
    moderator = open_review()
    moderator.press(REDRAW, COMPARE)
    assert not moderator.buttons()["Draw again …"].isEnabled()
    assert not moderator.buttons()["Side by side"].isEnabled()
    assert not moderator.window.pane.both.isVisible()


# Too few slides


def test_too_few_are_filled_with_the_citys_card_when_the_moderator_says_so(
    open_review: Open, path: Path
) -> None:
    before = path.read_bytes()
    moderator = open_review()
    assert "Fill with the card" not in moderator.buttons()
    moderator.press(DOWN)
    assert "1 slide is missing. The city's card can take its place." in moderator.says()
    assert path.read_bytes() == before
    moderator.press(FILL)
    assert moderator.rows()[1].startswith("2, Bern, ready, 2 slides + 1 card · drawn by LibreOffice")
    assert key_of(path, BERN, "fill") is True
    assert "# kommt mit dem Zug" in path.read_text(encoding="utf-8")
    assert moderator.slides() == ["Slide 1", "Slide 2", "The city's card"]
    moderator.press(RIGHT, RIGHT)
    assert "The city's card" in moderator.says()
    assert "Slide 0" not in moderator.everything()
    assert not moderator.window.pane.slide.file
    assert open_review().rows()[1].startswith("2, Bern, ready")
    moderator.click("Don't fill")
    assert moderator.rows()[1].startswith("2, Bern, not ready, 2 slides ·")
    assert path.read_bytes() == before


def test_a_show_file_that_cannot_be_written_is_said_to_be_so(
    open_review: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(30, "Read-only file system")

    moderator = open_review()
    monkeypatch.setattr("pechakucha.files.show_file.write_atomic", refuse)
    moderator.press(DOWN, FILL)
    assert "show.toml can't be changed (nothing can be written on that drive)." in moderator.says()
    assert moderator.rows()[1].startswith("2, Bern, not ready")


# Too many slides


@pytest.fixture
def too_many(path: Path, open_review: Open) -> Moderator:
    """Ulm has sent five slides."""
    a_deck(path, "ulm.pptx", 5)
    return open_review()


def test_slides_are_chosen_after_a_look_at_what_comes_of_it(too_many: Moderator, path: Path) -> None:
    assert too_many.rows()[0] == "1, Ulm, not ready, 5 slides · drawn by LibreOffice, 5 slides, 2 too many."
    too_many.press(WRITE)
    too_many.write("2-3")
    assert "2 slides, 1 too few." in too_many.says()
    too_many.write(",5")
    assert "3 slides, that fits." in too_many.says()
    left_out = "does not go on stage"
    assert too_many.slides() == [
        "Slide 2",
        "Slide 3",
        "Slide 5",
        f"Slide 1, {left_out}",
        f"Slide 4, {left_out}",
    ]
    assert key_of(path, ULM, "slides") is None
    too_many.press(ENTER)
    assert key_of(path, ULM, "slides") == "2-3,5"
    assert "# Unser Abend" in path.read_text(encoding="utf-8")
    assert too_many.rows()[0] == "1, Ulm, ready, 3 of 5 slides · drawn by LibreOffice"


def test_the_slide_looked_at_stays_while_it_is_among_those_written(too_many: Moderator) -> None:
    too_many.press(RIGHT, RIGHT, WRITE)
    QApplication.clipboard().setText("2-4")
    QTest.keyClick(too_many.window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    too_many.see()
    assert too_many.slides()[:3] == ["Slide 2", "Slide 3", "Slide 4"]
    assert "Slide 3\nof 5" in too_many.says()
    too_many.press(Qt.Key.Key_Backspace)
    too_many.write("2")
    assert "Slide 2\nof 5" in too_many.says()


def test_a_choice_of_slides_can_be_undone(too_many: Moderator, path: Path) -> None:
    before = path.read_bytes()
    assert "Undo" not in too_many.buttons()
    too_many.press(WRITE)
    too_many.write("1-3")
    too_many.click("Apply")
    assert key_of(path, ULM, "slides") == "1-3"
    too_many.click("Undo")
    assert path.read_bytes() == before
    assert too_many.rows()[0].startswith("1, Ulm, not ready")


def test_what_was_written_and_not_taken_is_forgotten_by_esc(too_many: Moderator, path: Path) -> None:
    before = path.read_bytes()
    too_many.press(WRITE)
    too_many.write("1-3")
    too_many.press(ESC)
    assert too_many.window.isVisible()
    assert too_many.window.pane.choice.edit.text() == ""
    assert len(too_many.slides()) == 5
    assert "does not go on stage" not in too_many.everything()
    assert path.read_bytes() == before


def test_slides_that_nobody_understands_are_not_written(too_many: Moderator, path: Path) -> None:
    before = path.read_bytes()
    too_many.press(WRITE)
    too_many.write("1-")
    assert "The slides “1-” are not understood at “1-”." in too_many.says()
    assert not too_many.buttons()["Apply"].isEnabled()
    too_many.press(ENTER)
    assert path.read_bytes() == before


def test_slides_that_are_not_there_are_named(too_many: Moderator) -> None:
    too_many.press(WRITE)
    too_many.write("1-2,7")
    assert "There are no slides 7; the deck has 5 only." in too_many.says()


def test_letters_written_into_the_choice_are_no_commands(too_many: Moderator, path: Path) -> None:
    too_many.press(WRITE)
    too_many.write("kfr")
    assert too_many.window.pane.choice.edit.text() == "kfr"
    assert read_pins(path) == {}
    assert key_of(path, ULM, "fill") is None


def test_other_slides_are_not_what_was_approved(too_many: Moderator, path: Path) -> None:
    too_many.press(WRITE)
    too_many.write("1-3")
    too_many.press(ENTER)
    too_many.click("Approve")
    assert too_many.rows()[0].startswith("1, Ulm, approved")
    too_many.click("Undo")
    assert not read_pins(path)[ULM].ready


def test_a_deck_with_the_right_number_offers_neither_filling_nor_choosing(open_review: Open) -> None:
    moderator = open_review()
    assert not {"Fill with the card", "Apply"} & set(moderator.buttons())
    moderator.press(WRITE, FILL)
    assert not moderator.window.pane.choice.edit.isVisible()


# Decks that are not there, and files


def test_a_deck_that_is_not_there_says_so_and_is_read_when_it_has_come(open_review: Open, path: Path) -> None:
    (path.parent / "ulm.pptx").unlink()
    moderator = open_review()
    assert moderator.rows()[0] == "1, Ulm, not ready, “ulm.pptx” is not there."
    assert "There are no slides." in moderator.says()
    assert not moderator.buttons()["Open file"].isEnabled()
    moderator.press(APPROVE, REDRAW, COMPARE, RIGHT, LEFT)
    assert read_pins(path) == {}
    a_deck(path, "ulm.pptx", 3)
    moderator.press(AGAIN)
    moderator.settle()
    assert moderator.rows()[0].startswith("1, Ulm, ready, 3 slides")


def test_an_approved_deck_that_is_gone_has_not_changed_but_gone(open_review: Open, path: Path) -> None:
    open_review().press(APPROVE)
    (path.parent / "ulm.pptx").unlink()
    moderator = open_review()
    assert moderator.rows()[0] == "1, Ulm, not ready, “ulm.pptx” is not there."
    assert len(moderator.findings()) == 1


def test_a_show_file_changed_by_hand_is_read_again_with_the_deck(open_review: Open, path: Path) -> None:
    moderator = open_review()
    a_deck(path, "neu.pptx", 3, "neu")
    a_deck(path, "graz.pptx", 3, "aus Graz")
    changed = SHOW.replace("bern.pptx", "neu.pptx")
    more = '\n[[talk]]\nid = "graz-cccc"\ncity = "Graz"\ndeck = "graz.pptx"\n'
    path.write_text(changed + more, encoding="utf-8")
    moderator.press(AGAIN)
    moderator.settle()
    assert [row.split(" ·")[0] for row in moderator.rows()] == [
        "1, Ulm, ready, 3 slides",
        "2, Bern, ready, 3 slides",
        "3, Graz, ready, 3 slides",
    ]


def test_a_talk_taken_out_of_the_show_file_is_gone_when_it_is_read_again(
    open_review: Open, path: Path
) -> None:
    moderator = open_review()
    moderator.press(DOWN)
    path.write_text(SHOW[: SHOW.index("\n# kommt")], encoding="utf-8")
    moderator.press(AGAIN)
    moderator.settle()
    assert moderator.rows() == ["1, Ulm, ready, 3 slides · drawn by LibreOffice"]
    assert "ulm.pptx · 3 slides" in moderator.says()
    assert "1 of 1 ready" in moderator.says()


def test_a_show_file_that_became_nonsense_is_said_to_be_so(open_review: Open, path: Path) -> None:
    moderator = open_review()
    path.write_text("title = ", encoding="utf-8")
    moderator.press(AGAIN)
    assert "is not a valid show file" in moderator.says()
    assert len(moderator.rows()) == 2


def test_the_file_is_opened_with_the_program_it_belongs_to(
    open_review: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    open_review().press(Qt.Key.Key_O)
    assert [Path(each) for each in opened] == [path.parent / "ulm.pptx"]


# Packs


def test_the_decks_of_a_pack_are_looked_at_and_nothing_is_decided(
    tmp_path: Path, qtbot: QtBot, english: Texts
) -> None:
    library = Library(tmp_path / "library")
    target = tmp_path / "mashup.pechakucha"
    pack(make_show(tmp_path / "packed"), target, library)
    source = open_show(target, library)
    moderator = Moderator(source, import_of(source, library, STAGE), qtbot, english)
    moderator.open()
    assert [row.split(", ")[1] for row in moderator.rows()] == ["Ulm", "Bern", "Graz", "Köln"]
    assert moderator.rows()[1].startswith("2, Bern, ready, 5 slides · from a PDF")
    assert moderator.rows()[3].startswith("4, Köln, not ready")
    assert set(moderator.buttons()) == {"Approve", "Draw again …", "Side by side", "Dry run", "Close"}
    enabled = {words for words, button in moderator.buttons().items() if button.isEnabled()}
    assert enabled == {"Dry run", "Close"}
    moderator.press(APPROVE, REDRAW, COMPARE, FILL, AGAIN)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["library", "mashup.pechakucha", "packed"]


# Leaving


def test_esc_closes_and_gives_up_what_goes_on(open_review: Open, importer: Importer, qtbot: QtBot) -> None:
    importer.may_go_on.clear()
    moderator = open_review(is_open=False)
    moderator.work.open()
    qtbot.waitUntil(lambda: bool(importer.asked))
    with qtbot.waitSignal(moderator.window.closed):
        QTest.keyClick(moderator.window.windowHandle(), ESC)
    assert not moderator.work.is_busy
    assert not moderator.window.isVisible()


def test_before_a_block_it_leads_on_to_the_rundown_and_esc_does_not_leave(
    open_review: Open, qtbot: QtBot
) -> None:
    moderator = open_review(goes_on=True)
    assert "What is not ready can't start in the rundown." in moderator.says()
    moderator.press(ESC)
    assert moderator.window.isVisible()
    with qtbot.waitSignal(moderator.window.went_on):
        moderator.press(Qt.Key.Key_G)


def test_nobody_goes_on_while_a_deck_is_on_its_way(
    open_review: Open, importer: Importer, qtbot: QtBot
) -> None:
    moderator = open_review(goes_on=True)
    importer.may_go_on.clear()
    moderator.press(AGAIN)
    assert not moderator.buttons()["To the rundown"].isEnabled()
    with qtbot.assertNotEmitted(moderator.window.went_on):
        moderator.press(Qt.Key.Key_G)
    importer.may_go_on.set()
    moderator.settle()
    assert moderator.buttons()["To the rundown"].isEnabled()


def test_buttons_and_lists_can_be_reached_by_tab(open_review: Open) -> None:
    moderator = open_review()
    reached = set()
    for _ in range(12):
        focus = moderator.window.focusWidget()
        assert focus is not None
        reached.add(type(focus).__name__)
        moderator.press(Qt.Key.Key_Tab)
    assert {"DecksView", "SlideStrip", "CommandButton"} <= reached
