# SPDX-License-Identifier: AGPL-3.0-or-later
"""How stage and machine are: readings in, remarks out, the gravest first.

A remark says what is so by its code; what a person can do about it goes by the same code. What stops the
show has to be seen to now, what is to be looked at can wait for a changeover, and the rest is good to know.
"""

from __future__ import annotations

import enum

import msgspec

from pechakucha.show.problem import Parameter, Problem

LOW_POWER_PERCENT = 15
"""From here on a battery is too low where nobody knows how long it lasts."""

LOW_DISK_MB = 200
"""A block's journal and report take a hundredth of that, but the disk is not theirs alone."""

SILENT_DISK_SECONDS = 10
"""A disk that has not answered for so long hangs; one that has to spin up takes less."""

LATE_NS = 100_000_000
"""A slide later than this is seen to be late."""

_NS_PER_MS = 1_000_000


class Grade(enum.StrEnum):
    """How much a remark matters."""

    STOPS = "stops"
    """It stops the show, or will."""
    LOOK = "look"
    """To be looked at when there is time."""
    KNOW = "know"
    """Good to know."""


class Stage(enum.StrEnum):
    """What is known of the stage's process."""

    STARTING = "starting"
    THERE = "there"
    SILENT = "silent"
    GONE = "gone"
    OVER = "over"
    """The block is over, and its stage with it."""


class What(enum.StrEnum):
    """What a remark is about."""

    STAGE_PROBLEM = "stage-problem"
    STAGE_GONE = "stage-gone"
    STAGE_SILENT = "stage-silent"
    BATTERY_SHORT = "battery-short"
    BATTERY_LOW = "battery-low"
    NOT_RECORDING = "not-recording"
    FOLDER_GONE = "folder-gone"
    DISK_SILENT = "disk-silent"
    DISK_LOW = "disk-low"
    ON_BATTERY = "on-battery"
    MAY_SLEEP = "may-sleep"
    SCREEN_LOST = "screen-lost"
    LATE = "late"
    STUMBLED = "stumbled"
    STAGE_STARTING = "stage-starting"
    STAGE_AT = "stage-at"
    SCREEN_FREE = "screen-free"
    IN_TIME = "in-time"
    RECORDING = "recording"
    PLUGGED_IN = "plugged-in"
    AWAKE = "awake"
    RESTARTED = "restarted"
    IGNORED = "ignored"


_STOP = frozenset(
    {What.STAGE_PROBLEM, What.STAGE_GONE, What.STAGE_SILENT, What.BATTERY_SHORT, What.BATTERY_LOW}
)
_LOOK = frozenset(
    {
        What.NOT_RECORDING,
        What.FOLDER_GONE,
        What.DISK_SILENT,
        What.DISK_LOW,
        What.ON_BATTERY,
        What.MAY_SLEEP,
        What.SCREEN_LOST,
        What.LATE,
        What.STUMBLED,
    }
)


def grade_of(what: What) -> Grade:
    """How much this matters."""
    return Grade.STOPS if what in _STOP else Grade.LOOK if what in _LOOK else Grade.KNOW


class Power(msgspec.Struct, frozen=True):
    """The machine's battery; ``left_s`` is how many seconds it lasts, None where nobody knows."""

    percent: int
    plugged_in: bool
    left_s: int | None = None


class Disk(msgspec.Struct, frozen=True):
    """The disk that the run's folder is on.

    ``free_mb`` is None where the folder can't be reached; ``silent_s`` is for how many seconds the disk has
    been asked in vain.
    """

    free_mb: int | None
    silent_s: float = 0.0


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is looked at.

    Attributes:
        stage: what is known of its process.
        problem: why no stage can begin.
        recording: whether the journal is complete on disk.
        awake: whether the machine is kept from falling asleep.
        refusals: presses refused so far.
        lateness_ns: of the slide shown last, None before the first.
        screen: name of the screen that the audience's window is on; ``width`` and ``height`` are that
            window's, physical pixels, and ``full`` whether it fills the screen.
        lost_screen: name of the screen that it filled before and that is gone, "" for none.
        free_screen: name of a screen that it could fill, "" for none.
        restarts: how often a stage that died was started again.
        unexpected: at how many places of the stage something unforeseen went wrong.
        power: None where there is no battery, or none is known.
        disk: None before it has answered for the first time.
        needs_s: real seconds until the block will probably be over.
        folder: the run's, as a person finds it; ``log`` is the stage's.
    """

    stage: Stage
    problem: Problem | None = None
    recording: bool = True
    awake: bool = True
    refusals: int = 0
    lateness_ns: int | None = None
    screen: str = ""
    width: int = 0
    height: int = 0
    full: bool = False
    lost_screen: str = ""
    free_screen: str = ""
    restarts: int = 0
    unexpected: int = 0
    power: Power | None = None
    disk: Disk | None = None
    needs_s: float = 0.0
    folder: str = ""
    log: str = ""


class Remark(msgspec.Struct, frozen=True):
    """Something that is so; ``problem`` says it where it is the reason why no stage can begin."""

    what: What
    params: dict[str, Parameter] = {}
    problem: Problem | None = None

    @property
    def grade(self) -> Grade:
        """How much it matters."""
        return grade_of(self.what)


def remarks_on(readings: Readings) -> tuple[Remark, ...]:
    """What there is to say, the gravest first; of equal ones the stage's first."""
    found = [*_stage(readings), *_power(readings), *_record(readings), *_machine(readings)]
    return tuple(sorted(found, key=lambda remark: list(Grade).index(remark.grade)))


def _stage(readings: Readings) -> list[Remark]:
    match readings.stage:
        case Stage.OVER:
            return []
        case Stage.SILENT:
            return [Remark(What.STAGE_SILENT)]
        case Stage.STARTING | Stage.GONE if readings.problem is not None:
            return [Remark(What.STAGE_PROBLEM, problem=readings.problem)]
        case Stage.STARTING:
            return [Remark(What.STAGE_STARTING)]
        case Stage.GONE:
            return [Remark(What.STAGE_GONE)]
    place: dict[str, Parameter] = {
        "case": "full" if readings.full else "window",
        "screen": readings.screen,
        "width": readings.width,
        "height": readings.height,
    }
    found = [Remark(What.STAGE_AT, place)]
    if readings.lost_screen:
        found.append(Remark(What.SCREEN_LOST, {"screen": readings.lost_screen}))
    elif readings.free_screen:
        found.append(Remark(What.SCREEN_FREE, {"screen": readings.free_screen}))
    return found + _slides(readings)


def _slides(readings: Readings) -> list[Remark]:
    if readings.lateness_ns is None:
        return []
    what = What.LATE if readings.lateness_ns >= LATE_NS else What.IN_TIME
    return [Remark(what, {"ms": max(0, round(readings.lateness_ns / _NS_PER_MS))})]


def _power(readings: Readings) -> list[Remark]:
    power = readings.power
    if power is None:
        return []
    percent: dict[str, Parameter] = {"percent": power.percent}
    if power.plugged_in:
        return [Remark(What.PLUGGED_IN, percent)]
    needs: Parameter = _minutes(readings.needs_s)
    if power.left_s is None:
        low = power.percent <= LOW_POWER_PERCENT and readings.needs_s > 0
        what = What.BATTERY_LOW if low else What.ON_BATTERY
        return [Remark(what, {**percent, "case": "unknown", "needs": needs})]
    lasts: dict[str, Parameter] = {**percent, "left": int(power.left_s // 60), "needs": needs}
    if power.left_s < readings.needs_s:
        return [Remark(What.BATTERY_SHORT, lasts)]
    return [Remark(What.ON_BATTERY, {**lasts, "case": "known"})]


def _record(readings: Readings) -> list[Remark]:
    """What becomes of the run's folder."""
    disk = readings.disk
    if readings.stage is not Stage.OVER and not readings.recording:
        return [Remark(What.NOT_RECORDING)]
    if disk is not None and disk.silent_s >= SILENT_DISK_SECONDS:
        return [Remark(What.DISK_SILENT)]
    if disk is None:
        return []
    if disk.free_mb is None:
        return [Remark(What.FOLDER_GONE)]
    if disk.free_mb < LOW_DISK_MB:
        return [Remark(What.DISK_LOW, {"free_mb": disk.free_mb})]
    return [Remark(What.RECORDING, {"folder": readings.folder, "free_gb": round(disk.free_mb / 1000, 1)})]


def _machine(readings: Readings) -> list[Remark]:
    found: list[Remark] = []
    if readings.stage is Stage.THERE:
        found.append(Remark(What.AWAKE if readings.awake else What.MAY_SLEEP))
    if readings.unexpected:
        found.append(Remark(What.STUMBLED, {"log": readings.log}))
    if readings.restarts:
        found.append(Remark(What.RESTARTED, {"count": readings.restarts}))
    if readings.refusals:
        found.append(Remark(What.IGNORED, {"count": readings.refusals}))
    return found


def _minutes(seconds: float) -> int:
    """Whole minutes, begun ones counted."""
    return -int(-seconds // 60)
