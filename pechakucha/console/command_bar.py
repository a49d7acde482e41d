# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bottom of the console: start, interventions, and the question before each of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pechakucha.console.questions import Choice, Control, Question, action_of, objection, take_back_seconds
from pechakucha.show.run import Run
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label

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

_DANGEROUS = {Control.CUT, Control.END, Control.NO_SHOW}
_IN_A_TALK = (Control.BLACK, Control.MESSAGE, Control.HOLD, Control.RESUME, Control.RESTART, Control.CUT)
_BETWEEN = (Control.BLACK, Control.MESSAGE, Control.NO_SHOW, Control.END)


class CommandBar(QStackedWidget):
    """Either the controls or the question that is open.

    Signals:
        pressed(Control): a control was clicked.
        chosen(Choice): a question was answered.
        dismissed(): a question was refused.
    """

    pressed = Signal(object)
    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._buttons: dict[Control, CommandButton] = {}
        self._reason = label("quiet", pixels=15, wraps=True)
        self._controls = self._build_controls()
        self._question_view = QuestionView(texts)
        self._question_view.chosen.connect(self.chosen)
        self._question_view.dismissed.connect(self.dismissed)
        self.addWidget(self._controls)
        self.addWidget(self._question_view)

    def button(self, control: Control) -> CommandButton:
        """The button of a control."""
        return self._buttons[control]

    def ask(self, question: Question | None) -> None:
        """Show a question in place of the controls, or the controls again."""
        if question is None:
            self.setCurrentWidget(self._controls)
            return
        self._question_view.show_question(question)
        self.setCurrentWidget(self._question_view)

    def flash(self, control: Control) -> None:
        """Let a control be seen to refuse."""
        self._buttons[control].flash()

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
        for control, button in self._buttons.items():
            button.setVisible(control in shown)
            button.setEnabled(objection(run, control, now_ns) is None)
        self._name_toggles(run)
        self._reason.setText(self._why(run, now_ns, ignored))

    def _why(self, run: Run, now_ns: int, ignored: int) -> str:
        words = ""
        if run.on_stage is not None:
            words = self._texts("console.locked")
        elif action_of(run, Control.START) is not None:
            refused = objection(run, Control.START, now_ns)
            words = self._texts.refusal(refused) if refused else ""
        if ignored:
            words = f"{words} {self._texts('console.ignored', count=ignored)}".strip()
        return words

    def _name_toggles(self, run: Run) -> None:
        for control, active in ((Control.BLACK, run.black), (Control.MESSAGE, run.message is not None)):
            code = f"console.{control}-off" if active else f"console.{control}"
            self._buttons[control].setText(self._texts(code))

    def _build_controls(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        row.setSpacing(2 * theme.GRID)
        for control in Control:
            tone = "primary" if control is Control.START else "danger" if control in _DANGEROUS else ""
            key = KEYS.get(control, "")
            button = CommandButton(self._texts("console.key-space") if key == "Space" else key, tone)
            words = self._texts(f"console.{control}", seconds=0)
            button.setText(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, each=control: self.pressed.emit(each))
            self._buttons[control] = button
            row.addWidget(button)
            if control is Control.TAKE_BACK:
                row.addWidget(self._reason, 1)
        return bar


class QuestionView(QWidget):
    """A question in words with its answers; Enter takes the first, Esc goes back."""

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._words = label(pixels=theme.LARGE, bold=True, wraps=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(2 * theme.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        line = QHBoxLayout()
        line.setSpacing(3 * theme.GRID)
        line.addWidget(self._words, 1)
        line.addLayout(self._row)
        column.addLayout(line)
        self._buttons: list[CommandButton] = []

    def show_question(self, question: Question) -> None:
        """Ask this."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._words.setText(self._texts(question.code, **question.params))
        self._buttons = []
        for number, choice in enumerate(question.choices):
            tone = "primary" if number == 0 else ""
            button = CommandButton(self._texts("console.key-enter") if number == 0 else "", tone)
            button.setText(self._texts(choice.code))
            button.clicked.connect(lambda _checked=False, each=choice: self._choose(each))
            self._add(button)
        back = CommandButton("Esc")
        back.setText(self._texts("console.go-back"))
        back.clicked.connect(lambda _checked=False: self.dismissed.emit())
        self._add(back)

    def _add(self, button: CommandButton) -> None:
        self._buttons.append(button)
        self._row.addWidget(button)

    def _choose(self, choice: Choice) -> None:
        self.chosen.emit(choice)
