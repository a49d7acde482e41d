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
