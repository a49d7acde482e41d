# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interventions: what may be done now, and the question that is asked before it is done."""

from __future__ import annotations

import enum

import msgspec

from pechakucha.show import cues
from pechakucha.show.cues import Action, GoOn
from pechakucha.show.problem import Parameter
from pechakucha.show.rules import TAKE_BACK_SECONDS, Refusal, refusal
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS


class Control(enum.StrEnum):
    """The controls of the command bar."""

    START = "start"
    TAKE_BACK = "take-back"
    BLACK = "black"
    MESSAGE = "message"
    HOLD = "hold"
    RESUME = "resume"
    RESTART = "restart"
    CUT = "cut"
    NO_SHOW = "no-show"
    END = "end"


class Choice(msgspec.Struct, frozen=True):
    """One answer to a question: the code of its words and what it does."""

    code: str
    action: Action


class Question(msgspec.Struct, frozen=True):
    """Asked before an intervention; Enter takes the first choice, Esc none."""

    code: str
    choices: tuple[Choice, ...]
    params: dict[str, Parameter] = {}


def action_of(run: Run, control: Control) -> Action | None:
    """What a control would do now, None where it has nothing to act on."""
    staged = run.on_stage.talk.id if run.on_stage else None
    upcoming = run.upcoming.talk.id if run.upcoming else None
    talk = staged or upcoming
    match control:
        case Control.START:
            return cues.Start(talk) if talk else None
        case Control.TAKE_BACK:
            return cues.TakeBack(staged) if staged else None
        case Control.RESTART:
            return cues.Restart(staged) if staged else None
        case Control.CUT:
            return cues.Cut(staged) if staged else None
        case Control.NO_SHOW:
            return cues.NoShow(upcoming) if upcoming and not staged else None
        case Control.BLACK:
            return cues.Black(not run.black)
        case Control.MESSAGE:
            return cues.Message("" if run.message is None else None)
        case Control.HOLD:
            return cues.Hold()
        case Control.RESUME:
            return cues.Resume()
        case Control.END:
            return cues.End()


def objection(run: Run, control: Control, now_ns: int) -> Refusal | None:
    """Why a control would be refused now; a refusal without code where there is nothing to do."""
    action = action_of(run, control)
    return Refusal("nothing-to-do") if action is None else refusal(run, action, now_ns)


def question_for(run: Run, control: Control) -> Question | None:
    """The question before this control does anything, None where it acts at once.

    Black is one press; a start is guarded in other ways; taking a start back is urgent.
    """
    action = action_of(run, control)
    if action is None or control in {Control.START, Control.TAKE_BACK, Control.BLACK}:
        return None
    if control is Control.RESUME:
        return held_question(run)
    turn = run.on_stage or run.upcoming
    city: Parameter = turn.talk.city if turn else ""
    if control is Control.MESSAGE and run.message is not None:
        return Question("console.ask-message-off", (Choice("console.do-message-off", action),))
    return Question(f"console.ask-{control}", (Choice(f"console.do-{control}", action),), {"city": city})


def held_question(run: Run, *, gap: bool = False) -> Question | None:
    """How a talk goes on that is held: by hand, or because the machine slept."""
    turn = run.on_stage
    if turn is None:
        return None
    rest = Choice("console.go-on-rest", cues.Resume(GoOn.REST))
    schedule = Choice("console.go-on-schedule", cues.Resume(GoOn.SCHEDULE))
    restart = Choice("console.go-on-restart", cues.Restart(turn.talk.id))
    choices = (schedule, rest, restart) if gap else (rest, schedule, restart)
    return Question("console.ask-gap" if gap else "console.ask-resume", choices, {"city": turn.talk.city})


def meaning_of(run: Run, control: Control, now_ns: int) -> Action | None:
    """What a press of this control stands for now, None for nothing; a lock alone does not change it."""
    refused = objection(run, control, now_ns)
    return action_of(run, control) if refused is None or refused.code == "start-locked" else None


def is_possible(run: Run, question: Question, now_ns: int) -> bool:
    """Whether a question still makes sense: its first choice would be accepted."""
    return refusal(run, question.choices[0].action, now_ns) is None


def take_back_seconds(run: Run, now_ns: int) -> int:
    """For how many more seconds the start can be taken back, 0 where it can't."""
    turn = run.on_stage
    if turn is None or turn.attempt is None or turn.attempt.again:
        return 0
    left_ns = turn.attempt.start_ns + TAKE_BACK_SECONDS * NS - now_ns
    return max(0, -(-left_ns // NS))
