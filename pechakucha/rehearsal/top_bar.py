# SPDX-License-Identifier: AGPL-3.0-or-later
"""The line at the top: what is rehearsed, how, and the keys that are of use now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pechakucha.rehearsal.rehearsal import Mode, Phase
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel, label, set_tone
from pechakucha.ui.key_hint import KeyHint

Key = Qt.Key

_PRINTED = {
    Key.Key_P: "P",
    Key.Key_R: "R",
    Key.Key_T: "T",
    Key.Key_N: "N",
    Key.Key_Left: "←",
    Key.Key_Right: "→",
    Key.Key_A: "A",
    Key.Key_E: "E",
    Key.Key_D: "D",
    Key.Key_V: "V",
    Key.Key_Escape: "Esc",
}
_ORDER = (Key.Key_Space, *_PRINTED)
_TONES = {Mode.DRILL: "next", Mode.ALONG: "live"}


class TopBar(QWidget):
    """Shows only the keys that do something now, so that few are to be read during a talk.

    Signals:
        wanted(Qt.Key): a key's words were clicked.
    """

    wanted = Signal(object)

    def __init__(self, title: str, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._title = ElidedLabel(pixels=theme.LARGE, bold=True)
        self._title.setText(title)
        self._mode = label("badge")
        self._mode.hide()
        self._said = ElidedLabel(role="quiet")
        printed = {Key.Key_Space: texts("console.key-space"), **_PRINTED}
        self._hints = {key: KeyHint(printed[key]) for key in _ORDER}
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._title)
        row.addWidget(self._mode, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._said, 1)
        for key, hint in self._hints.items():
            hint.clicked.connect(lambda _checked=False, each=key: self.wanted.emit(each))
            hint.hide()
            row.addWidget(hint)

    def show_mode(self, mode: Mode, said: str) -> None:
        """How it is rehearsed, and what there is to say about that."""
        self._mode.setVisible(mode is not Mode.TALK)
        if mode is not Mode.TALK:
            self._mode.setText(self._texts("rehearsal.mode", case=str(mode)).upper())
            set_tone(self._mode, _TONES[mode])
        self._said.setText(said)

    def show_keys(self, codes: Mapping[Qt.Key, str]) -> None:
        """These keys, with the words for what they do."""
        for key, hint in self._hints.items():
            hint.setVisible(key in codes)
            if key in codes:
                hint.setText(self._texts(codes[key]))

    @property
    def keys(self) -> set[Qt.Key]:
        """Those that are shown."""
        return {key for key, hint in self._hints.items() if not hint.isHidden()}

    @property
    def said(self) -> str:
        """What is said about how it is rehearsed."""
        return self._said.text()


def keys_now(
    mode: Mode, phase: Phase, *, held: bool, first: int, stage: bool | None, notes: bool = False
) -> dict[Qt.Key, str]:
    """Which keys are of use now, and the codes of their words.

    Args:
        mode: how it is rehearsed.
        phase: how far that is.
        held: whether time stands still.
        first: 0-based index of the slide to begin with.
        stage: whether the stage is on another screen, None where there is no other screen.
        notes: whether the key to change the notes is named nowhere else.
    """
    on_stage = phase in {Phase.COUNT_IN, Phase.ON_SLIDE}
    if mode is Mode.ALONG:
        return {
            Key.Key_Left: "rehearsal.nudge-back",
            Key.Key_Right: "rehearsal.nudge-on",
            Key.Key_A: "rehearsal.new-code",
            Key.Key_Escape: "rehearsal.leave",
        }
    codes = {Key.Key_Space: "rehearsal.said"} if phase is Phase.ON_SLIDE else {}
    if on_stage:
        codes[Key.Key_P] = "rehearsal.go-on" if held else "rehearsal.hold"
    if mode is Mode.DRILL:
        codes |= {
            Key.Key_Left: "rehearsal.drill-before",
            Key.Key_Right: "rehearsal.drill-next",
            Key.Key_Escape: "rehearsal.leave",
        }
        return codes
    if notes and phase is Phase.READY:
        codes[Key.Key_N] = "rehearsal.notes"  # in the place of the next, since a small window is narrow too
    elif on_stage or phase is Phase.OVER or first:
        codes[Key.Key_R] = "rehearsal.from-start"
    codes[Key.Key_T] = "rehearsal.drill"
    if not on_stage:
        codes[Key.Key_A] = "rehearsal.run-along"
        codes[Key.Key_E] = "rehearsal.hand-in"
        codes |= _screen_keys(stage)
    codes[Key.Key_Escape] = "rehearsal.close"
    return codes


def _screen_keys(stage: bool | None) -> dict[Qt.Key, str]:
    if stage is None:
        return {}
    if not stage:
        return {Key.Key_V: "rehearsal.stage-show"}
    return {Key.Key_V: "rehearsal.stage-close", Key.Key_D: "rehearsal.swap-screens"}
