# SPDX-License-Identifier: AGPL-3.0-or-later
"""The presenter's view: who is next and when, a hint at the next slide, a window that covers nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from show.builders import a_talk

from pechakucha.console import presenter_window
from pechakucha.console.presenter_window import FULL_SCREEN_KEY, PresenterWindow
from pechakucha.live.messages import Status
from pechakucha.show.cues import Hold, Start
from pechakucha.ui import theme

from .conftest import BLOCK, COUNTDOWN_S, TALK_S, THREE, Desk, told

Open = Callable[..., PresenterWindow]

BERN = told(a_talk("bern", changeover=30, title="Brücken"))
BLOCK_WITH_TITLE = msgspec.structs.replace(BLOCK, talks=(told(a_talk("ulm")), BERN))


@pytest.fixture
def open_view() -> Iterator[Open]:
    """Opens the presenter's view beside a console."""
    made: list[PresenterWindow] = []

    def make(desk: Desk) -> PresenterWindow:
        window = PresenterWindow(desk.session, desk.window.screen_on, desk.texts, desk.window.line)
        made.append(window)
        window.toggle()
        return window

    yield make
    for window in made:
        window.end()
        window.deleteLater()


def words_in(window: PresenterWindow) -> str:
    window._refresh()
    return "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())


def test_in_a_changeover_it_says_who_is_next_and_when(
    make_desk: Callable[..., Desk], open_view: Open
) -> None:
    desk = make_desk(BLOCK_WITH_TITLE)
    view = open_view(desk)
    desk.send(Start("ulm"))
    desk.pass_seconds(COUNTDOWN_S + 1)
    assert "UP NEXT" not in words_in(view)
    desk.pass_seconds(TALK_S)  # a second of thanks is over
    words = words_in(view)
    assert "UP NEXT\nbern\nBrücken\nabout ".lower() in words.lower()
    assert "in 0:29" in words
    desk.pass_seconds(35)
    assert "any moment" in words_in(view)


def test_the_last_three_seconds_of_a_slide_have_the_next_ones_colour(desk: Desk, open_view: Open) -> None:
    view = open_view(desk)
    desk.send(Start("ulm"))
    shades = []
    for seconds in (COUNTDOWN_S + 1, THREE.seconds - 5, 1.1, 2.8, 0.3):
        desk.pass_seconds(seconds)
        view._refresh()
        figure, *_ = view._view._on_stage.figures.written()
        shades.append((figure.words, figure.shade.name()))
    calm, hint = theme.TEXT.name(), theme.NEXT.name()
    assert shades == [("19", calm), ("4", calm), ("3", hint), ("1", hint), ("20", calm)]


def test_while_time_stands_still_nothing_comes_soon(desk: Desk, open_view: Open) -> None:
    view = open_view(desk)
    desk.send(Start("ulm"))
    desk.pass_seconds(COUNTDOWN_S + THREE.seconds - 2)
    desk.send(Hold())
    view._refresh()
    figure, *_ = view._view._on_stage.figures.written()
    assert figure.shade.name() == theme.ATTENTION.name()


def test_the_console_itself_stays_calm(desk: Desk) -> None:
    desk.send(Start("ulm"))
    desk.pass_seconds(COUNTDOWN_S + THREE.seconds - 2)
    figure, *_ = desk.window._middle.figures.written()
    assert figure.shade.name() == theme.TEXT.name()


def test_a_dry_run_is_marked_there_too(make_desk: Callable[..., Desk], open_view: Open) -> None:
    dry = open_view(make_desk(msgspec.structs.replace(BLOCK, speed=10.0)))
    assert "DRY RUN" in words_in(dry)


def test_a_block_is_not(desk: Desk, open_view: Open) -> None:
    assert "DRY RUN" not in words_in(open_view(desk))


def test_its_title_stays_the_same(desk: Desk, open_view: Open) -> None:
    view = open_view(desk)
    titles = {view.windowTitle()}
    desk.send(Start("ulm"))
    for _ in range(4):
        desk.pass_seconds(25)
        view._refresh()
        titles.add(view.windowTitle())
    assert titles == {"Mashup – presenter’s view"} or len(titles) == 1


# Full screen


class Screen(NamedTuple):
    """Stands for a QScreen."""

    called: str
    geometry_: QRect

    def name(self) -> str:
        return self.called

    def geometry(self) -> QRect:
        return self.geometry_

    availableGeometry = geometry  # noqa: N815  # Qt's name


LAPTOP, BEAMER, THIRD = (Screen(each, QRect(0, 0, 1280, 720)) for each in ("laptop", "beamer", "third"))


@pytest.mark.parametrize(("here", "fills"), [(LAPTOP, False), (BEAMER, False), (THIRD, True)])
def test_f11_fills_a_screen_that_nobody_else_needs(
    desk: Desk, open_view: Open, monkeypatch: pytest.MonkeyPatch, here: Screen, fills: bool
) -> None:
    view = open_view(desk)
    monkeypatch.setattr(view, "_console_screen", lambda: LAPTOP)
    monkeypatch.setattr(view, "_screen", lambda: here)
    monkeypatch.setattr(presenter_window, "screens_showing", lambda screen: {screen.name()})
    desk.session.status = Status(screen="beamer", full=True, screens=("laptop", "beamer", "third"))
    pressed: list[int] = []
    view.pressed.connect(pressed.append)
    QTest.keyClick(view, FULL_SCREEN_KEY)
    assert view.isFullScreen() is fills
    assert pressed == ([] if fills else [FULL_SCREEN_KEY])
    if fills:
        QTest.keyClick(view, FULL_SCREEN_KEY)
        assert not view.isFullScreen()
        assert view.isVisible()


def test_no_other_key_does_anything_there(desk: Desk, open_view: Open) -> None:
    view = open_view(desk)
    pressed: list[int] = []
    view.pressed.connect(pressed.append)
    keys = [Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_F]
    for key in keys:
        QTest.keyClick(view, key)
    assert pressed == keys
    assert view.isVisible()


def test_it_stands_aside_for_a_dry_run_and_comes_back(
    desk: Desk, open_view: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_view(desk)
    view.stand_aside(aside=True)
    assert not view.isVisible()
    monkeypatch.setattr(view, "_free_screen", desk.window.screen_on)
    view._follow()
    assert not view.isVisible()
    monkeypatch.undo()
    view.stand_aside(aside=False)
    assert view.isVisible()
    view.toggle()
    for aside in (True, False):
        view.stand_aside(aside=aside)
    assert not view.isVisible()  # as it was before
