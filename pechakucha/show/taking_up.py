# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking up a run that broke off: what was on stage, where the schedule is by now, and how to go on."""

from __future__ import annotations

import enum

import msgspec

from pechakucha.show.cues import By, Cue, GoOn, Hold, Reboot, Restart, Resume
from pechakucha.show.journal import Alive, Journal, last_sign_ns
from pechakucha.show.rules import refusal
from pechakucha.show.run import Run, fold, settle
from pechakucha.show.scene import State, state_of


class Continue(enum.StrEnum):
    """How a run that broke off in the middle of a talk goes on."""

    SCHEDULE = "schedule"
    """Where the schedule is by now."""
    REST = "rest"
    """With what the slide on stage had left."""
    RESTART = "restart"
    """The talk begins again."""


class Machine(msgspec.Struct, frozen=True):
    """The machine on which a run is taken up: its boot, its system clock and its wall clock (ns)."""

    boot: str
    clock_ns: int
    wall_ns: int


class BrokenOff(msgspec.Struct, frozen=True, kw_only=True):
    """A run that broke off.

    Attributes:
        run: as it was at its last sign of life.
        seen_ns, seen_wall_ns: when that was, on the run's clock and on the wall clock.
        now_ns: the run's clock now.
        reboot: the cue that bridges a restart of the machine, None where there was none.
    """

    run: Run
    seen_ns: int
    seen_wall_ns: int
    now_ns: int
    reboot: Cue | None = None

    @property
    def before(self) -> State:
        """What was on stage."""
        return state_of(self.run, self.seen_ns)

    @property
    def by_schedule(self) -> State:
        """What is due by now."""
        return state_of(self.run, self.now_ns)


def broken_off(journal: Journal, machine: Machine) -> BrokenOff:
    """What a journal that has no end tells on this machine."""
    seen_ns = last_sign_ns(journal)
    run = settle(fold(journal.snapshot, journal.cues), seen_ns)
    alive = _last_alive(journal)
    reboot = _reboot(run, alive, seen_ns, machine)
    return BrokenOff(
        run=run,
        seen_ns=seen_ns,
        seen_wall_ns=alive.wall_ns + seen_ns - alive.at_ns,
        now_ns=reboot.at_ns if reboot else machine.clock_ns + run.offset_ns,
        reboot=reboot,
    )


def taking_up(journal: Journal, machine: Machine, go_on: Continue, *, attended: bool = True) -> list[Cue]:
    """The cues with which a run goes on: of a reboot, and of what was on stage when it broke off.

    ``attended`` is whether somebody is there who can let a held talk go on. Where nobody is, a talk
    that was held because the machine slept goes on by the schedule.
    """
    broken = broken_off(journal, machine)
    run, now_ns = broken.run, broken.now_ns
    taken_up = [broken.reboot] if broken.reboot else []
    if run.on_stage is None:
        return taken_up
    match go_on:
        case Continue.SCHEDULE if not attended and _sleeps(run, journal):
            return [*taken_up, Cue(now_ns, Resume(GoOn.SCHEDULE), By.AUTO)]
        case Continue.SCHEDULE:
            return taken_up
        case Continue.RESTART:
            return [*taken_up, Cue(now_ns, Restart(run.on_stage.talk.id))]
        case Continue.REST:
            if refusal(run, Hold("gap"), broken.seen_ns, By.AUTO) is None:
                taken_up.insert(0, Cue(broken.seen_ns, Hold("gap"), By.AUTO))
            return [*taken_up, Cue(now_ns, Resume(GoOn.REST))]


def _sleeps(run: Run, journal: Journal) -> bool:
    """Whether the talk on stage is held because of a gap."""
    attempt = run.on_stage.attempt if run.on_stage else None
    holds = [cue.action for cue in journal.cues if isinstance(cue.action, Hold)]
    return attempt is not None and attempt.held_ns is not None and holds[-1].reason == "gap"


def _last_alive(journal: Journal) -> Alive:
    return journal.alive or Alive(journal.snapshot.opened_ns, journal.snapshot.opened_wall_ns)


def _reboot(run: Run, alive: Alive, seen_ns: int, machine: Machine) -> Cue | None:
    """In another boot the system clock began anew: the wall clock bridges the gap."""
    if machine.boot == run.boot and machine.clock_ns + run.offset_ns >= seen_ns:
        return None
    away_ns = max(0, machine.wall_ns - alive.wall_ns)
    at_ns = max(alive.at_ns + away_ns, seen_ns)
    return Cue(at_ns, Reboot(machine.boot, at_ns - machine.clock_ns), By.AUTO)
