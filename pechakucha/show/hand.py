# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a press is a decision: a hand that hammers, slips or clicks twice decides nothing."""

from __future__ import annotations

from pechakucha.show.rules import Refusal
from pechakucha.show.snapshot import NS

REST_SECONDS = 0.4
"""How long a hand has to rest before what it presses next is a decision of its own (real seconds).

Qt and the desktops take two clicks within 0.4 to 0.5 s for one double click, and a control that has
refused a press flashes for as long: while it flashes it takes nothing.
"""


class Hand:
    """What a hand has met lately. Times are nanoseconds of the run's clock.

    A *thing* is whatever can be pressed, by name: a control, the answers to a question. It takes no
    press until it has meant the same for ``REST_SECONDS``, and has refused nothing for as long: so a
    second press never hits what the first one has just changed, however many follow it. What
    *decides* (a start, a move, an answer) also waits for this after a refusal by anything else.
    """

    def __init__(self) -> None:
        self._meanings: dict[str, object] = {}
        self._changed_ns: dict[str, int] = {}
        self._refused_ns: dict[str, int] = {}
        self._disturbed_ns: int | None = None

    def notice(self, thing: str, meaning: object, now_ns: int) -> None:
        """Remember what a press of this thing would do from now on."""
        if thing in self._meanings and self._meanings[thing] != meaning:
            self.change(thing, now_ns)
        self._meanings[thing] = meaning

    def change(self, thing: str, now_ns: int) -> None:
        """This thing means something else from now on."""
        self._changed_ns[thing] = now_ns

    def refuse(self, thing: str, now_ns: int) -> None:
        """A press of this thing was refused."""
        self._refused_ns[thing] = now_ns
        self.disturb(now_ns)

    def disturb(self, now_ns: int) -> None:
        """The hand comes from somewhere else: another window, a press that was refused."""
        self._disturbed_ns = now_ns

    def objection(self, *things: str, now_ns: int, decides: bool = False) -> Refusal | None:
        """Why a press that concerns these things is not taken now, None where it is."""
        met = [self._disturbed_ns if decides else None]
        for thing in things:
            met += [self._changed_ns.get(thing), self._refused_ns.get(thing)]
        latest_ns = max((at_ns for at_ns in met if at_ns is not None), default=None)
        if latest_ns is None or now_ns - latest_ns >= REST_SECONDS * NS:
            return None
        return Refusal("too-quick")
