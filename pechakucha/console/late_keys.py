# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys of late changes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pechakucha.console.talk_actions import TalkAction

WORDS, REDO = "words", "redo"
"""What is no action on a talk: words for the stage, and a change made again."""

_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT, _PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LATE_KEYS: dict[tuple[int, Qt.KeyboardModifier], TalkAction | str] = {
    (Qt.Key.Key_Up, _ALT): TalkAction.EARLIER,
    (Qt.Key.Key_Down, _ALT): TalkAction.LATER,
    (Qt.Key.Key_Delete, _PLAIN): TalkAction.WITHDRAW,
    (Qt.Key.Key_D, _CTRL): TalkAction.DECK,
    (Qt.Key.Key_L, _CTRL): TalkAction.SLIDES,
    (Qt.Key.Key_T, _CTRL): TalkAction.PAUSE,
    (Qt.Key.Key_N, _CTRL): TalkAction.ADD,
    (Qt.Key.Key_Z, _CTRL): TalkAction.UNDO,
    (Qt.Key.Key_Z, _CTRL | _SHIFT): REDO,
    (Qt.Key.Key_Y, _CTRL): REDO,
    (Qt.Key.Key_M, _CTRL): WORDS,
}
"""Keys that change the rundown; with a modifier, where a clicker or a nervous hand has none."""
