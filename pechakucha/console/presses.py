# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was asked of the stage, so that no press and no wish is lost when it dies."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from pechakucha.live.messages import BringForward, Command, Place, Pressed
from pechakucha.show.cues import Action, Cue, name_of
from pechakucha.show.journal import Press
from pechakucha.show.snapshot import NS

KEPT_SECONDS = 10
"""How long a press that the stage has counted is remembered here (real seconds). Its record is in the
journal within two, unless the disk takes nothing; until then it would die with the stage.
"""

Wish = BringForward | Place
"""What changes no talk and may be asked twice."""


class Presses:
    """Presses on their way to the journal, commands on their way to an answer, and wishes not yet done."""

    def __init__(self) -> None:
        self._source = secrets.token_hex(4)
        """What tells this console's numbers from another's in the journal."""
        self._number = 0
        self._untaken: dict[int, Pressed] = {}
        self._taken: dict[int, tuple[int, Pressed]] = {}
        """Those counted of late, and when."""
        self._unanswered: dict[int, tuple[int, Action]] = {}
        self._wishes: dict[type[Wish], Wish] = {}

    @property
    def untaken(self) -> Sequence[Pressed]:
        """Presses that no stage has counted yet, in order."""
        return tuple(self._untaken[number] for number in sorted(self._untaken))

    @property
    def wishes(self) -> Sequence[Wish]:
        """Wishes that no stage has carried out yet, of each kind the last."""
        return tuple(self._wishes.values())

    @property
    def refused(self) -> int:
        """How many of the presses that no stage has counted were refused."""
        return sum(bool(press.refused) for press in self._untaken.values())

    def press(self, at_ns: int, what: str, refused: str) -> Pressed:
        """One more press to be recorded."""
        made = self._pressed(self._next(), at_ns, what, refused)
        self._untaken[made.number] = made
        return made

    def take(self, number: int, now_ns: int) -> Pressed | None:
        """A press is counted, or a wish carried out; None where it is no press, or known already."""
        for kind in [kind for kind, wish in self._wishes.items() if wish.number == number]:
            del self._wishes[kind]
        press = self._untaken.pop(number, None)
        if press is not None:
            self._keep(press, now_ns)
        return press

    def command(self, at_ns: int, action: Action) -> Command:
        """One more command."""
        number = self._next()
        self._unanswered[number] = (at_ns, action)
        return Command(number, action, self._source)

    def answer(self, number: int | None, now_ns: int, refused: str = "") -> None:
        """A command was accepted, or refused for this reason and counted."""
        asked = self._unanswered.pop(number, None) if number is not None else None
        if number is not None and asked is not None and refused:
            self._keep(self._pressed(number, asked[0], name_of(asked[1]), refused), now_ns)

    def bring_forward(self) -> BringForward:
        """The wish for the audience's window in front."""
        wish = BringForward(number=self._next(), source=self._source)
        self._wishes[BringForward] = wish
        return wish

    def place(self, screen: int, name: str) -> Place:
        """The wish for it on this screen, counted from 1."""
        wish = Place(screen, name, number=self._next(), source=self._source)
        self._wishes[Place] = wish
        return wish

    def meet(self, cues: Sequence[Cue], counted: Sequence[Press]) -> bool:
        """Another stage is there, with these cues and presses in its journal.

        What the last one took to its grave is to be sent again, but for commands: their moment is over, and
        they are presses that found no stage.

        Returns:
            Whether there were any commands such.
        """
        known = [press for press in counted if press.source == self._source]
        forgotten = {number: press for number, (_, press) in self._taken.items() if not _is_in(known, press)}
        waiting = {number: press for number, press in self._untaken.items() if not _is_in(known, press)}
        self._untaken = waiting | forgotten
        self._taken = {number: kept for number, kept in self._taken.items() if number not in forgotten}
        asked, self._unanswered = self._unanswered, {}
        lost = [
            (at_ns, action)
            for number, (at_ns, action) in asked.items()
            if not any(cue.action == action and cue.at_ns >= at_ns for cue in cues)
            and not any(each.what == name_of(action) and each.number >= number for each in known)
        ]
        for at_ns, action in lost:
            self.press(at_ns, name_of(action), "no-stage")
        return bool(lost)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _pressed(self, number: int, at_ns: int, what: str, refused: str) -> Pressed:
        return Pressed(number=number, at_ns=at_ns, what=what, refused=refused, source=self._source)

    def _keep(self, press: Pressed, now_ns: int) -> None:
        """Remember what may not be in the journal yet."""
        since_ns = now_ns - KEPT_SECONDS * NS
        self._taken = {number: kept for number, kept in self._taken.items() if kept[0] >= since_ns}
        self._taken[press.number] = (now_ns, press)


def _is_in(known: Sequence[Press], press: Pressed) -> bool:
    """Whether it is counted: the last one of its kind tells how far they are."""
    return any(
        (each.what, each.refused) == (press.what, press.refused) and each.number >= press.number
        for each in known
    )
