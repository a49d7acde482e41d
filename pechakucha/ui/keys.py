# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which keys are presses at all, and what kind of hand sends those that nothing is done with."""

from __future__ import annotations

from PySide6.QtCore import Qt

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Hyper_L,
        Qt.Key.Key_Hyper_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_Mode_switch,
    }
)
"""Alone they are no press."""

_CLICKER = frozenset(
    {
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_F5,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Period,
        Qt.Key.Key_VolumeUp,
        Qt.Key.Key_VolumeDown,
        Qt.Key.Key_Back,
        Qt.Key.Key_Forward,
        *ENTER,
        Qt.Key.Key_Space,
        Qt.Key.Key_Tab,
        Qt.Key.Key_B,
    }
)
"""What clickers send: forward and back, start and end of a slide show, black, and links (Logitech
R400 and Spotlight, Kensington, Norwii; camera remotes send the volume keys).
"""


def kind_of_key(key: int) -> str:
    """What is recorded of a key that does nothing: never which one, for words may be typed into the
    wrong window.
    """
    return "clicker" if key in _CLICKER else "key"
