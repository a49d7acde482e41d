# SPDX-License-Identifier: AGPL-3.0-or-later
"""Garbage is collected by a timer, and not when something is due."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from pechakucha.live.garbage import collect_in_main_thread


class Knot:
    """Garbage that only a collection finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_garbage_waits_for_a_moment_in_which_nothing_is_due(qtbot: QtBot) -> None:
    parent = QObject()
    moments = iter([False, False, True])
    collect_in_main_thread(parent, lambda: next(moments))
    knot = weakref.ref(Knot())
    timer = parent.findChild(QTimer)
    assert timer is not None

    left = []
    for _ in range(3):
        timer.timeout.emit()
        left.append(knot() is not None)

    assert left == [True, True, False]


def test_where_no_moment_is_ever_good_garbage_does_not_pile_up_for_ever(qtbot: QtBot) -> None:
    parent = QObject()
    collect_in_main_thread(parent, lambda: False)
    knot = weakref.ref(Knot())
    timer = parent.findChild(QTimer)
    assert timer is not None
    tries = 0
    while knot() is not None:
        tries += 1
        assert tries < 100
        timer.timeout.emit()
    assert tries > 5
