# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bottom of the console: start, interventions, and the question before each of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pechakucha.console.questions import Choice, Control, Question, action_of, objection, take_back_seconds
from pechakucha.show import cues
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, let_go

KEYS = {
    Control.START: "Space",
    Control.BLACK: "B",
    Control.MESSAGE: "M",
    Control.HOLD: "P",
    Control.RESUME: "P",
    Control.RESTART: "R",
    Control.CUT: "X",
    Control.NO_SHOW: "N",
    Control.END: "E",
}
"""The key of each control; taking back has none, since during a talk no key acts by itself."""

_BUTTON = 48
"""How high a row of buttons is, logical pixels."""

_LEAST_REASON = 64
"""Logical pixels of width that it gives way to the controls."""

_EXPLAINED_NS = 6 * NS
"""How long it is said why a press did nothing."""

_DANGEROUS = {Control.CUT, Control.END, Control.NO_SHOW}
_IN_A_TALK = (Control.BLACK, Control.MESSAGE, Control.HOLD, Control.RESUME, Control.RESTART, Control.CUT)
_BETWEEN = (Control.BLACK, Control.MESSAGE, Control.NO_SHOW, Control.END)
_FIRST = (Control.START, Control.TAKE_BACK)
"""One of these two is always there."""


class CommandBar(QStackedWidget):
    """Either the controls or the question that is open.

    Signals:
        pressed(Control): a control was clicked.
        refused(Control): one was clicked that is not possible.
        chosen(Choice): a question was answered.
        dismissed(): a question was refused.
    """

    pressed = Signal(object)
    refused = Signal(object)
    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._narrow = False
        self._placed: tuple[set[Control], bool] | None = None
        self._refused = ""
        """Why the last press did nothing: the refusal's code."""
        self._refused_ns = 0
        self._buttons: dict[Control, CommandButton] = {}
        self._reason = label("quiet", pixels=15, wraps=True)
        self._reason.setMinimumWidth(_LEAST_REASON)  # Qt asks for more the longer the words are
        self._controls = self._build_controls()
        self._question_view = QuestionView(texts)
        self._question_view.chosen.connect(self.chosen)
        self._question_view.dismissed.connect(self.dismissed)
        self.addWidget(self._controls)
        self.addWidget(self._question_view)

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the form."""
        self._narrow = narrow
        self._question_view.set_narrow(narrow=narrow)
        if self._placed is not None:
            self._place(self._placed[0])

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As high as what is seen, not as the highest page."""
        current = self.currentWidget()
        return current.sizeHint() if current else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """The same."""
        current = self.currentWidget()
        return current.minimumSizeHint() if current else super().minimumSizeHint()

    def button(self, control: Control) -> CommandButton:
        """The button of a control."""
        return self._buttons[control]

    @property
    def shown(self) -> frozenset[Control]:
        """The controls that are seen, or would be if no question were open."""
        return frozenset(self._placed[0]) if self._placed else frozenset()

    def ask(self, question: Question | None) -> None:
        """Show a question in place of the controls, or the controls again."""
        if question is None:
            self._question_view.let_go()
            self.setCurrentWidget(self._controls)
            return
        self._question_view.show_question(question)
        self.setCurrentWidget(self._question_view)

    def enter_question(self) -> None:
        """The keyboard comes to the answers of the question that is open."""
        self._question_view.enter_answers()

    def refuse(self, control: Control, why: str, now_ns: int) -> None:
        """Let a press be seen to do nothing, and say for a while why: ``why`` is the refusal's code."""
        self._refused, self._refused_ns = why, now_ns
        self._flash(control)

    def _flash(self, control: Control) -> None:
        """Let what is seen refuse: the question that is open, the control, or what starts a talk."""
        if self.currentWidget() is self._question_view:
            self._question_view.flash()
            return
        for each in (control, *_FIRST):
            if not self._buttons[each].isHidden():
                self._buttons[each].flash()
                return

    def show_state(self, run: Run, now_ns: int, ignored: int) -> None:
        """Offer what is possible now, and say why the rest is not."""
        staged = run.on_stage is not None
        held = staged and objection(run, Control.RESUME, now_ns) is None
        shown = set(_IN_A_TALK if staged else _BETWEEN) | {Control.START}
        shown.discard(Control.HOLD if held else Control.RESUME)
        back = take_back_seconds(run, now_ns)
        if back:
            shown = (shown - {Control.START}) | {Control.TAKE_BACK}
            self._buttons[Control.TAKE_BACK].setText(self._texts("console.take-back", seconds=back))
        self._place(shown)
        for control, button in self._buttons.items():
            possible = objection(run, control, now_ns) is None
            if not possible:
                let_go(button)
            button.setEnabled(possible)
        self._name_toggles(run)
        words = self._why(run, now_ns, ignored)
        self._reason.setText(words)
        self._reason.setVisible(bool(words) or not self._narrow)

    def _why(self, run: Run, now_ns: int, ignored: int) -> str:
        """Why nothing can be started; else for a while why a press did nothing; else what keys do."""
        words = ""
        if run.on_stage is None and action_of(run, Control.START) is not None:
            refused = objection(run, Control.START, now_ns)
            words = self._refusal(run, refused) if refused else ""
        if not words and self._refused and now_ns - self._refused_ns < _EXPLAINED_NS:
            told = self._texts("console.refused", why=self._texts(f"why.{self._refused}"))
            words = told if self._fits(told) else ""
        if not words and run.on_stage is not None:
            words = self._texts("console.locked")
        if ignored:
            words = f"{words} {self._texts('console.ignored', count=ignored)}".strip()
        return words

    def _fits(self, words: str) -> bool:
        """Whether the controls stay where they are, whatever a hand that hammers has told."""
        room = QRect(0, 0, self._reason.width(), 0)
        flags = Qt.TextFlag.TextWordWrap
        return self._reason.fontMetrics().boundingRect(room, flags, words).height() <= _BUTTON

    def _refusal(self, run: Run, refused: Refusal) -> str:
        """Why the next talk can't start; where its deck is the reason, which file that is."""
        turn = run.upcoming
        if refused.finding is None or turn is None or not turn.talk.deck:
            return self._texts.refusal(refused)
        words = self._texts(
            "headless.not-ready",
            city=turn.talk.city,
            deck=Path(turn.talk.deck).name,
            reason=self._texts.message(refused.finding),
        )
        return f"{words} {self._texts.remedy(refused.finding)}"

    def _name_toggles(self, run: Run) -> None:
        for control, active in ((Control.BLACK, run.black), (Control.MESSAGE, run.message is not None)):
            code = f"console.{control}-off" if active else f"console.{control}"
            self._buttons[control].setText(self._texts(code))

    def _build_controls(self) -> QWidget:
        bar = QWidget()
        self._grid = QGridLayout(bar)
        self._grid.setSpacing(2 * theme.GRID)
        for control in Control:
            tone = "primary" if control is Control.START else "danger" if control in _DANGEROUS else ""
            key = KEYS.get(control, "")
            button = CommandButton(self._texts("console.key-space") if key == "Space" else key, tone, bar)
            words = self._texts(f"console.{control}", seconds=0)
            button.setText(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, each=control: self.pressed.emit(each))
            button.refused.connect(lambda each=control: self.refused.emit(each))
            button.hide()
            self._buttons[control] = button
        self._buttons[Control.MESSAGE].setToolTip(self._texts("console.message-tip"))
        return bar

    def _place(self, shown: set[Control]) -> None:
        """Lay out what is shown: in one row, or in the narrow form two buttons side by side."""
        if (shown, self._narrow) == self._placed:
            return
        self._placed = (shown, self._narrow)
        while self._grid.count():
            self._grid.takeAt(0)
        for control, button in self._buttons.items():
            if control not in shown:
                let_go(button)
            button.setVisible(control in shown)
        staged = Control.CUT in shown
        first = [control for control in _FIRST if control in shown]
        others = [control for control in Control if control in shown and control not in first]
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(0, int(self._narrow))
        gap = theme.GRID if self._narrow else 2 * theme.GRID
        self._grid.setSpacing(gap)
        self._grid.setContentsMargins(gap + theme.GRID, 2 * theme.GRID, gap + theme.GRID, 2 * theme.GRID)
        for row in range(4):
            self._grid.setRowMinimumHeight(row, _BUTTON if bool(row) == self._narrow else 0)
        if self._narrow:
            self._grid.addWidget(self._reason, 0, 0, 1, 2)
            # Between talks start has a row of its own; in a talk it is one of six, so that the bar
            # stays as high as it was.
            cells = [(1 + place // 2, place % 2) for place in range(0 if staged else 2, 6)]
            if not staged:
                self._grid.addWidget(self._buttons[first.pop()], 1, 0, 1, 2)
            for control, cell in zip(first + others, cells, strict=False):
                self._grid.addWidget(self._buttons[control], *cell)
            return
        for control in first:
            self._grid.addWidget(self._buttons[control], 0, 0)
        self._grid.addWidget(self._reason, 0, 1)
        for place, control in enumerate(others):
            self._grid.addWidget(self._buttons[control], 0, 2 + place)


class QuestionView(QWidget):
    """A question in words with its answers; Enter takes the first, Esc goes back."""

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._words = label(pixels=theme.LARGE, bold=True, wraps=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        self._line = line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(2 * theme.GRID)
        line.addWidget(self._words, 1)
        line.addLayout(self._row)
        column.addLayout(line)
        self._buttons: list[CommandButton] = []

    def set_narrow(self, *, narrow: bool) -> None:
        """In the narrow form everything stands below each other."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for layout in (self._line, self._row):
            layout.setDirection(down if narrow else across)

    def show_question(self, question: Question) -> None:
        """Ask this."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._words.setText(self._texts(question.code, **question.params))
        self._buttons = []
        for number, choice in enumerate(question.choices):
            ends_something = isinstance(choice.action, cues.Cut | cues.End | cues.NoShow)
            tone = "" if number else "warning" if ends_something else "primary"
            button = CommandButton(self._texts("console.key-enter") if number == 0 else "", tone)
            button.setText(self._texts(choice.code))
            button.clicked.connect(lambda _checked=False, each=choice: self._choose(each))
            self._add(button)
        back = CommandButton("Esc")
        back.setText(self._texts("console.go-back"))
        back.clicked.connect(lambda _checked=False: self.dismissed.emit())
        self._add(back)

    def enter_answers(self) -> None:
        """The focus goes to the second answer, for the first is under Enter already."""
        self._buttons[1].setFocus(Qt.FocusReason.TabFocusReason)

    def let_go(self) -> None:
        """No answer keeps the focus: nothing of what takes its place is to be under Enter."""
        for button in self._buttons:
            let_go(button)

    def flash(self) -> None:
        """Let every answer be seen to wait."""
        for button in self._buttons:
            button.flash()

    def _add(self, button: CommandButton) -> None:
        self._buttons.append(button)
        self._row.addWidget(button)

    def _choose(self, choice: Choice) -> None:
        self.chosen.emit(choice)
