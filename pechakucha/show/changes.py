# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of the rundown during a run, and what takes each of them back.

Start, hold and their like are no changes of the plan: what the audience has seen is never undone.
"""

from __future__ import annotations

import msgspec

from pechakucha.show import cues
from pechakucha.show.cues import Action, Cue, name_of
from pechakucha.show.run import Outcome, Run, settle
from pechakucha.show.snapshot import SnapshotTalk


class Change(msgspec.Struct, frozen=True):
    """A change that can be taken back.

    Attributes:
        kind: its name: the cue's, of a no-show that keeps its slot ``no-show-kept``, of a talk that was
            replaced what is another now: ``deck``, ``slides``, ``pause``, ``changeover`` or ``words``.
        city: of the talk that it concerned.
        undo: what takes it back, in order.
    """

    kind: str
    city: str
    undo: tuple[Action, ...]


def change_of(before: Run, cue: Cue) -> Change | None:
    """What a cue changed in the rundown of the run before it, None where nothing can be taken back.

    A talk that was on stage and was put back stays so: there is no cue that makes it over again.
    """
    before = settle(before, cue.at_ns)
    undo = inverse_of(before, cue)
    match cue.action:
        case cues.Add(new, _):
            return Change("add", new.city, undo)
        case (
            cues.Move(talk=talk)
            | cues.NoShow(talk=talk)
            | cues.PutBack(talk=talk)
            | cues.Withdraw(talk=talk)
            | cues.Replace(talk=SnapshotTalk(id=talk))
        ) if undo:
            turn = before.turn(talk)
            return Change(kind_of(before, cue.action), turn.talk.city if turn else "", undo)
    return None


def inverse_of(before: Run, cue: Cue) -> tuple[Action, ...]:
    """What takes a change of the rundown back, given the (settled) run before it; empty for none."""
    match cue.action:
        case cues.Add(new, _):
            return (cues.Withdraw(new.id),)
        case cues.NoShow(talk=talk):
            return (cues.PutBack(talk),)
        case cues.Move(talk=talk, before=following):
            stood = _following(before, talk)
            return () if stood == following else (cues.Move(talk, stood),)
    match cue.action:
        case cues.Replace(new):
            turn = before.turn(new.id)
            return (cues.Replace(turn.talk),) if turn else ()
        case cues.PutBack(talk):
            turn = before.turn(talk)
            missing = turn is not None and turn.outcome is Outcome.NO_SHOW
            return (cues.NoShow(talk, turn.kept),) if turn and missing else ()
        case cues.Withdraw(talk):
            turn = before.turn(talk)
            if turn is None:
                return ()
            back = cues.Add(turn.talk, _following(before, talk))
            missing = turn.outcome is Outcome.NO_SHOW
            return (back, cues.NoShow(talk, turn.kept)) if missing else (back,)
    return ()


def still_fitting(run: Run, action: Action) -> Action:
    """The same change where the talk before which it belongs has left the rundown: it comes last then."""
    match action:
        case cues.Move(talk, str(following)) if run.turn(following) is None:
            return cues.Move(talk)
        case cues.Add(talk, str(following)) if run.turn(following) is None:
            return cues.Add(talk)
    return action


def _following(run: Run, talk: str) -> str | None:
    """The id of the talk after this one, None for the last."""
    ids = [turn.talk.id for turn in run.turns]
    after = ids[ids.index(talk) + 1 :] if talk in ids else []
    return after[0] if after else None


def kind_of(before: Run, action: Action) -> str:
    """What a change is called, see ``Change``."""
    match action:
        case cues.NoShow(keep=True):
            return "no-show-kept"
        case cues.Replace(new):
            turn = before.turn(new.id)
            return _other(turn.talk, new) if turn else "words"
    return name_of(action)


def _other(old: SnapshotTalk, new: SnapshotTalk) -> str:
    if (old.digest, old.deck) != (new.digest, new.deck):
        return "deck"
    if old.slides != new.slides:
        return "slides"
    if (old.pause, old.pause_title) != (new.pause, new.pause_title):
        return "pause"
    return "changeover" if old.changeover != new.changeover else "words"
