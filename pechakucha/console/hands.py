# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hands do at the console: keys and clicks become questions and commands, or are seen to be refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from pechakucha.console.code_view import CODE_KEY, CodeView
from pechakucha.console.command_bar import KEYS, CommandBar
from pechakucha.console.dry_run_bar import can_be_begun, can_be_ended
from pechakucha.console.dry_run_result import DRY_RUN_KEY
from pechakucha.console.late_hands import LateHands
from pechakucha.console.late_keys import LATE_KEYS
from pechakucha.console.line_sheet import LINE_KEY
from pechakucha.console.next_view import PRESENTER_KEY
from pechakucha.console.no_show import no_show_question
from pechakucha.console.questions import (
    Choice,
    Control,
    Question,
    action_of,
    held_question,
    is_possible,
    meaning_of,
    objection,
    question_for,
)
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.talk_actions import TalkActions
from pechakucha.show.cues import Action
from pechakucha.show.hand import Hand
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Run
from pechakucha.ui.controls import CommandButton
from pechakucha.ui.keys import ENTER, MODIFIERS, kind_of_key

_ANSWER, _BAR, _STRIP = "answer", "bar", "strip"
"""What a hand meets beside the controls: the answers to a question, and the places where it clicks."""

_PRESENTER = "presenter"
"""The presenter's view, opened and closed."""

_DRY_RUN = "dry-run"
"""A dry run, begun and ended."""


class Hands(QObject):
    """Takes what is pressed; each press becomes a command or a question, or is refused and counted.

    At one press happen only a start, taking it back, black, and moving a talk that comes later, which
    is moved back as easily; everything else is asked first. What changes nothing for the audience
    needs no question either: the presenter's view, and the audience's window in front.

    Signals:
        presenter_asked(): the presenter's view is wanted, or wanted gone.
        dry_run_asked(): a dry run is wanted, or the end of this one.
        line_asked(): the moderator wants to write to whoever presents.
    """

    presenter_asked = Signal()
    dry_run_asked = Signal()
    line_asked = Signal()

    def __init__(
        self,
        session: Session,
        bar: CommandBar,
        rundown: RundownView,
        actions: TalkActions,
        parent: QObject,
        *,
        code: CodeView,
    ) -> None:
        super().__init__(parent)
        self._session, self._bar, self._rundown, self._code = session, bar, rundown, code
        self._hand = Hand()
        self._question: Question | None = None
        self.late = LateHands(session, rundown, actions, self._hand, self)
        """What they do in the rundown."""
        self._asked_ns: int | None = None
        """The gap about which somebody has been asked."""
        self._met_stage = False
        self._released = (0, 0)
        """The key that was let go last, and when (milliseconds, the window system's)."""
        self._others: Callable[[int], bool] = lambda _key: False
        bar.pressed.connect(self._click)
        bar.refused.connect(self._click_in_vain)
        bar.chosen.connect(self._answer)
        bar.dismissed.connect(self._go_back)
        code.clicked.connect(lambda _checked=False: self._copy_code())
        self.late.asked.connect(self._show)
        self.late.refused.connect(self._refuse)
        session.refused.connect(self._see_refusal)

    def notice(self, run: Run, now_ns: int) -> None:
        """What a press would do from now on; questions come and go with what is on stage."""
        if not self._met_stage:
            self._met_stage = True
            self._hand.disturb(now_ns)  # the window before this one may have been clicked twice
        if self._question is not None and not is_possible(run, self._question, now_ns):
            self._show(None)
        self._ask_after_gap(run)
        self._notice_controls(run, now_ns)
        self._hand.notice(_BAR, self._bar.shown, now_ns)
        self.late.notice(now_ns)

    def forget_place(self) -> None:
        """The window takes another form: what has the focus may go, and must not pass it on."""
        focus = QApplication.focusWidget()
        if focus is not None and (focus is self._rundown or self.late.actions.isAncestorOf(focus)):
            focus.clearFocus()

    def come_from_elsewhere(self) -> None:
        """Another window had the keyboard: a key held down there goes on here, as if it were pressed."""
        self._hand.disturb(self._session.now_ns())

    def key(self, event: QKeyEvent) -> bool:
        """Take a key of the window; False where it only moves about in it, or is a button's."""
        key, focus = event.key(), QApplication.focusWidget()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        in_list = focus is self._rundown and not modifiers and key in _IN_LIST
        if key in MODIFIERS or in_list or _is_tab(key, modifiers):
            return _is_tab(key, modifiers) and self._enters_question(focus)
        if event.isAutoRepeat() or self._goes_on(event):
            return True  # a key that is held down was pressed once
        if not modifiers and key in ENTER:
            return self._enter(focus if isinstance(focus, CommandButton) else None)
        if (key, modifiers) in LATE_KEYS:
            self.late.act(LATE_KEYS[key, modifiers])
        elif not modifiers and key == Qt.Key.Key_F11:
            self._bring_stage_forward()
        elif not modifiers and key == PRESENTER_KEY:
            self.ask_presenter()
        elif not modifiers and key == CODE_KEY:
            self._copy_code()
        elif not modifiers and key == LINE_KEY:
            self.line_asked.emit()
        elif not modifiers and key == DRY_RUN_KEY:
            self.ask_dry_run()
        elif not modifiers and key == Qt.Key.Key_Escape and self._question is not None:
            self._show(None)
        elif not modifiers and key in _CONTROLS:
            self._press_one_of(_CONTROLS[key])
        elif modifiers or not self._others(key):
            self._refuse(kind_of_key(key), "no-use")
        return True

    def release(self, event: QKeyEvent) -> None:
        """A key is let go, or seems to be."""
        if not event.isAutoRepeat():
            self._released = (event.key(), event.timestamp())

    def _enters_question(self, focus: QWidget | None) -> bool:
        """Whether Tab comes to the answers from elsewhere, where Enter would still take the first."""
        if self._question is None or (focus is not None and self._bar.isAncestorOf(focus)):
            return False
        self._bar.enter_question()
        return True

    def _goes_on(self, event: QKeyEvent) -> bool:
        """Whether a key has only seemed to be let go: on X11 a key that is held down is let go and pressed
        again at one time, and on a busy machine Qt takes the two for a hand's.
        """
        key, released_ms = self._released
        return bool(released_ms) and (key, released_ms) == (event.key(), event.timestamp())

    def key_elsewhere(self, key: int) -> None:
        """A key in the presenter's window: there, too, only the one that opens it does anything."""
        if key == PRESENTER_KEY:
            self.ask_presenter()
        elif key not in MODIFIERS:
            self._refuse(kind_of_key(key), "no-use")

    def ask_presenter(self) -> None:
        """The presenter's view is wanted, or wanted no more."""
        now_ns = self._session.now_ns()
        objection = self._hand.objection(_PRESENTER, now_ns=now_ns)
        if objection is not None:
            self._refuse(_PRESENTER, objection.code)
            return
        self._hand.change(_PRESENTER, now_ns)
        self._session.record(_PRESENTER)
        self.presenter_asked.emit()

    def ask_others(self, takes: Callable[[int], bool]) -> None:
        """Ask this before a key is refused: whether it takes the key."""
        self._others = takes

    def take(self, thing: str, do: Callable[[], object], *, name: str = "", decides: bool = False) -> None:
        """A press of something that is not the command bar's or the rundown's.

        Args:
            thing: what is pressed.
            do: what it does; False from it says that there is no stage to hear it.
            name: what is recorded where it is refused, if not ``thing``.
            decides: whether it is a cue.
        """
        now_ns = self._session.now_ns()
        refused = (
            Refusal("question-open") if decides and self._question is not None else None
        ) or self._hand.objection(thing, now_ns=now_ns, decides=decides)
        if refused is not None:
            self._refuse(thing, refused.code, name=name)
            return
        self._hand.change(thing, now_ns)
        if do() is False:
            self._refuse(thing, "no-stage", name=name)

    def notice_meaning(self, thing: str, meaning: object) -> None:
        """What a press of this thing would do from now on."""
        self._hand.notice(thing, meaning, self._session.now_ns())

    def ask_dry_run(self) -> None:
        """A dry run is wanted, which is possible before the first talk only; in a dry run its end is."""
        run, now_ns = self._session.run, self._session.now_ns()
        possible = run is not None and (can_be_begun(run) or can_be_ended(run))
        objection = self._hand.objection(_DRY_RUN, now_ns=now_ns, decides=True)
        if objection is not None or not possible:
            self._refuse(_DRY_RUN, objection.code if objection else "no-use")
            return
        self._hand.change(_DRY_RUN, now_ns)
        self._session.record(_DRY_RUN)
        self.dry_run_asked.emit()

    def offer(self, words: str, button: str, name: str, action: Callable[[], object]) -> Offer:
        """An offer of the strip, taken like any other press."""
        self._hand.notice(_STRIP, name, self._session.now_ns())
        return words, button, lambda: self._take_offer(name, action)

    def offer_nothing(self) -> None:
        """The strip has no button now."""
        self._hand.notice(_STRIP, None, self._session.now_ns())

    def _take_offer(self, name: str, action: Callable[[], object]) -> None:
        now_ns = self._session.now_ns()
        objection = self._hand.objection(_STRIP, now_ns=now_ns)
        if objection is not None:
            self._refuse(_STRIP, objection.code, name=name)
            return
        self._hand.change(_STRIP, now_ns)
        if action() is False:
            self._refuse(name, "no-stage")

    def _enter(self, button: CommandButton | None) -> bool:
        """Enter is the focused button's, except that a question outside of which it is goes first."""
        if button is not None and (self._question is None or self._bar.isAncestorOf(button)):
            return False
        if self._question is not None:
            self._answer(self._question.choices[0])
        else:
            self._refuse("clicker", "no-use")
        return True

    def _press_one_of(self, controls: list[Control]) -> None:
        """Of the controls that share a key, the one that is possible now."""
        run, now_ns = self._session.run, self._session.now_ns()
        possible = [each for each in controls if run is None or objection(run, each, now_ns) is None]
        self._press((possible or controls)[0])

    def _click(self, control: Control) -> None:
        self._press(control, _BAR)

    def _click_in_vain(self, control: Control) -> None:
        """A click on what can't be pressed; were it possible by now, that could not be seen yet."""
        run = self._session.run
        refused = objection(run, control, self._session.now_ns()) if run is not None else None
        self._refuse(control, refused.code if refused else "too-quick")

    def _press(self, control: Control, place: str = "") -> None:
        """``place`` is where it was clicked, "" for a key."""
        run, now_ns = self._session.run, self._session.now_ns()
        if run is None:
            self._refuse(control, "no-stage")
            return
        self._notice_controls(run, now_ns)
        refused = (
            (Refusal("question-open") if self._question is not None else None)
            or objection(run, control, now_ns)
            or self._hand.objection(control, place, now_ns=now_ns, decides=control is Control.START)
        )
        action, question = action_of(run, control), question_for(run, control)
        if control is Control.NO_SHOW and run.upcoming is not None:
            question = no_show_question(run, run.upcoming.talk.id, now_ns)
        if refused is not None or action is None:
            self._refuse(control, refused.code if refused else "nothing-to-do")
        elif question is not None:
            self._show(question)
        else:
            self._send(control, action)

    def _answer(self, choice: Choice) -> None:
        """A question's answer is a decision of its own, not the rest of the press that opened it."""
        objection = self._hand.objection(_ANSWER, now_ns=self._session.now_ns(), decides=True)
        if objection is not None:
            self._refuse(_ANSWER, objection.code)
            return
        self._show(None)
        self._send(_ANSWER, choice.action)

    def _go_back(self) -> None:
        """The way back was clicked."""
        objection = self._hand.objection(_ANSWER, now_ns=self._session.now_ns())
        if objection is not None:
            self._refuse(_ANSWER, objection.code)
        else:
            self._show(None)

    def _bring_stage_forward(self) -> None:
        if not self._session.bring_stage_forward():
            self._refuse("bring-forward", "no-stage")

    def _copy_code(self) -> None:
        """At once, whatever else is open: it changes nothing of the run."""
        if not self._code.copy(self._session.now_ns()):
            self._refuse("copy-code", "nothing-to-do")

    def _send(self, thing: str, action: Action) -> None:
        """Ask the stage; where none hears it, that is seen."""
        self._hand.change(thing, self._session.now_ns())
        if not self._session.send(action):
            self._refuse(thing, "no-stage")

    def _show(self, question: Question | None) -> None:
        """Open a question, or close the one that is open."""
        now_ns = self._session.now_ns()
        self._question = question
        self.late.is_asked = question is not None
        self._bar.ask(question)
        for thing in (_ANSWER, _BAR):
            self._hand.change(thing, now_ns)

    def _notice_controls(self, run: Run, now_ns: int) -> None:
        for control in Control:
            self._hand.notice(control, meaning_of(run, control, now_ns), now_ns)

    def _ask_after_gap(self, run: Run) -> None:
        """Once for each sleep; whoever goes back is not asked again, and has the control for it."""
        turn = run.on_stage
        held_ns = turn.attempt.held_ns if turn is not None and turn.attempt is not None else None
        if held_ns is None or not self._session.slept or self._question or held_ns == self._asked_ns:
            return
        question = held_question(run, gap=True)
        if question is not None:
            self._asked_ns = held_ns
            self._show(question)

    def _refuse(self, thing: str, why: str, *, name: str = "") -> None:
        """A press that does nothing is seen to do nothing, counted and recorded."""
        now_ns = self._session.now_ns()
        self._hand.refuse(thing, now_ns)
        self._bar.refuse(Control(thing) if thing in _NAMES else Control.START, why, now_ns)
        self._session.record(name or thing, why)

    def _see_refusal(self, refused: Refusal) -> None:
        """The stage refused something, and has counted it."""
        now_ns = self._session.now_ns()
        self._hand.disturb(now_ns)
        self._bar.refuse(Control.START, refused.code, now_ns)


Offer = tuple[str, str, Callable[[], object]]
"""Words, the words of the button beside them, and what it does."""


def _is_tab(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether it moves the focus."""
    plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return plain and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


_IN_LIST = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
"""Keys that select a talk; not those by which clickers turn pages."""

_NAMES = {str(control) for control in Control}
_CONTROLS: dict[int, list[Control]] = {}
for _control, _name in KEYS.items():
    _CONTROLS.setdefault(Qt.Key[f"Key_{_name}"], []).append(_control)
