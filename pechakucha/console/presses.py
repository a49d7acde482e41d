# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was asked of the stage and not answered yet, so that no press is lost when it dies."""

from __future__ import annotations

from collections.abc import Sequence

from pechakucha.live.messages import Command, Pressed
from pechakucha.show.cues import Action, Cue, name_of


class Presses:
    """Presses on their way to the journal, and commands on their way to an answer."""

    def __init__(self) -> None:
        self._number = 0
        self._untaken: dict[int, Pressed] = {}
        self._unanswered: dict[int, tuple[int, Action]] = {}

    @property
    def untaken(self) -> Sequence[Pressed]:
        """Presses that no stage has recorded yet, in order."""
        return tuple(self._untaken.values())

    @property
    def refused(self) -> int:
        """How many of them were refused."""
        return sum(bool(press.refused) for press in self._untaken.values())

    def press(self, at_ns: int, what: str, refused: str) -> Pressed:
        """One more press to be recorded."""
        self._number += 1
        made = Pressed(number=self._number, at_ns=at_ns, what=what, refused=refused)
        self._untaken[made.number] = made
        return made

    def take(self, number: int) -> Pressed | None:
        """It is recorded; None where that is known already."""
        return self._untaken.pop(number, None)

    def command(self, at_ns: int, action: Action) -> Command:
        """One more command."""
        self._number += 1
        self._unanswered[self._number] = (at_ns, action)
        return Command(self._number, action)

    def answer(self, number: int | None) -> None:
        """A command was accepted or refused."""
        if number is not None:
            self._unanswered.pop(number, None)

    def give_up(self, cues: Sequence[Cue]) -> bool:
        """Another stage is there, with these cues: the commands that the last one took to its grave
        are not repeated, for their moment is over; they are presses that found no stage.

        Returns:
            Whether there were any.
        """
        asked, self._unanswered = self._unanswered, {}
        lost = [
            (at_ns, action)
            for at_ns, action in asked.values()
            if not any(cue.action == action and cue.at_ns >= at_ns for cue in cues)
        ]
        for at_ns, action in lost:
            self.press(at_ns, name_of(action), "no-stage")
        return bool(lost)
