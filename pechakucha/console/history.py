# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has been changed in the rundown of a run and can be taken back, and made again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pechakucha.show.changes import Change, change_of, still_fitting
from pechakucha.show.cues import Action, By, Cue
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Run, apply, open_run
from pechakucha.show.snapshot import Snapshot


class History:
    """The changes of a run, the last one first to be taken back.

    It follows the cues, wherever they come from: another console's, or those of a run that goes on.
    """

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._followed = 0
        """How many cues."""
        self._awaited: list[Action] = []
        """What has been asked of the stage to take a change back, or to make it again."""
        self._moving: Change | None = None
        """That change."""
        self._onto = self._undone
        """Where it goes when all that was asked for has happened."""
        self._back: tuple[Action, ...] = ()
        """What takes back what has happened of it."""

    def begin(self, snapshot: Snapshot, so_far: Sequence[Cue]) -> None:
        """Take over a run, or what has become of it while there was no stage to tell of it."""
        followed, run = self._followed, open_run(snapshot)
        for number, cue in enumerate(so_far):
            if number >= followed:
                self.notice(run, cue)
            run = apply(run, cue)
        self._followed = len(so_far)

    def notice(self, before: Run, cue: Cue) -> None:
        """A cue was accepted in the run that was so before it."""
        self._followed += 1
        change = change_of(before, cue) if cue.by is By.HAND else None
        if self._moving is not None and self._awaited and cue.action == self._awaited[0]:
            self._awaited.pop(0)
            self._back = (change.undo if change else ()) + self._back
            if not self._awaited:
                if self._back:
                    self._onto.append(msgspec.structs.replace(self._moving, undo=self._back))
                self._moving = None
        elif change is not None:
            self._done.append(change)
            self._undone.clear()

    @property
    def next_undo(self) -> Change | None:
        """What would be taken back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Change | None:
        """What would be made again."""
        return self._undone[-1] if self._undone else None

    def take_back(self, run: Run, now_ns: int) -> tuple[Change, list[Action]] | Refusal:
        """The last change and what takes it back, which is then awaited; or why it can't be."""
        return self._move(self._done, self._undone, run, now_ns)

    def make_again(self, run: Run, now_ns: int) -> tuple[Change, list[Action]] | Refusal:
        """The change taken back last and what makes it again; or why it can't be."""
        return self._move(self._undone, self._done, run, now_ns)

    def give_up(self) -> None:
        """What is awaited will not happen: the stage has refused it, or is gone."""
        if self._moving is not None:
            (self._done if self._onto is self._undone else self._undone).append(self._moving)
        self._moving, self._awaited = None, []

    def _move(
        self, off: list[Change], onto: list[Change], run: Run, now_ns: int
    ) -> tuple[Change, list[Action]] | Refusal:
        if not off:
            return Refusal("nothing-to-undo" if onto is self._undone else "nothing-to-redo")
        if self._moving is not None:
            return Refusal("too-quick")
        change = off[-1]
        actions = [still_fitting(run, each) for each in change.undo]
        objection = refusal(run, actions[0], now_ns)
        if objection is not None:
            if objection.code != "on-stage-already":
                off.pop()  # its time is over; what was changed before it may still be taken back
            return objection
        off.pop()
        self._moving, self._awaited, self._onto, self._back = change, list(actions), onto, ()
        return change, actions
