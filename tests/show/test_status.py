# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said about stage and machine, and how much it matters."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.problem import Problem
from pechakucha.show.status import (
    Disk,
    Grade,
    Power,
    Readings,
    Remark,
    Stage,
    What,
    grade_of,
    remarks_on,
)

from .strategies import quick

HOUR = 3600
WELL = Readings(
    stage=Stage.THERE,
    screen="HDMI-1",
    width=1920,
    height=1080,
    full=True,
    lateness_ns=3_400_000,
    power=Power(87, plugged_in=True),
    disk=Disk(120_400),
    needs_s=HOUR,
    folder="2026-05-04T19-30-00",
    log="stage.log",
)


def found(**other: object) -> dict[What, Remark]:
    """The remarks where these readings are others than usual."""
    return {each.what: each for each in remarks_on(msgspec.structs.replace(WELL, **other))}


def troubles(**other: object) -> list[What]:
    """Those of them that are more than good to know."""
    return [what for what in found(**other) if grade_of(what) is not Grade.KNOW]


def test_while_all_is_well_there_is_only_what_is_good_to_know() -> None:
    assert troubles() == []
    assert list(found()) == [What.STAGE_AT, What.IN_TIME, What.PLUGGED_IN, What.RECORDING, What.AWAKE]
    assert found()[What.STAGE_AT].params == {
        "case": "full",
        "screen": "HDMI-1",
        "width": 1920,
        "height": 1080,
    }
    assert found()[What.RECORDING].params == {"folder": "2026-05-04T19-30-00", "free_gb": 120.4}
    assert found()[What.IN_TIME].params == {"ms": 3}


@pytest.mark.parametrize(
    ("other", "what", "grade"),
    [
        ({"stage": Stage.GONE}, What.STAGE_GONE, Grade.STOPS),
        ({"stage": Stage.SILENT}, What.STAGE_SILENT, Grade.STOPS),
        ({"stage": Stage.GONE, "problem": Problem("run-busy")}, What.STAGE_PROBLEM, Grade.STOPS),
        ({"stage": Stage.STARTING, "problem": Problem("run-busy")}, What.STAGE_PROBLEM, Grade.STOPS),
        ({"recording": False}, What.NOT_RECORDING, Grade.LOOK),
        ({"awake": False}, What.MAY_SLEEP, Grade.LOOK),
        ({"full": False, "lost_screen": "HDMI-1"}, What.SCREEN_LOST, Grade.LOOK),
        ({"lateness_ns": 100_000_000}, What.LATE, Grade.LOOK),
        ({"unexpected": 1}, What.STUMBLED, Grade.LOOK),
        ({"disk": Disk(None)}, What.FOLDER_GONE, Grade.LOOK),
        ({"disk": Disk(199)}, What.DISK_LOW, Grade.LOOK),
        ({"disk": Disk(120_400, silent_s=10)}, What.DISK_SILENT, Grade.LOOK),
    ],
)
def test_what_is_wrong_and_how_much_it_matters(other: dict[str, object], what: What, grade: Grade) -> None:
    assert troubles(**other) == [what]
    assert found(**other)[what].grade is grade


@pytest.mark.parametrize(
    "other",
    [
        {"lateness_ns": 99_999_999},
        {"disk": Disk(200)},
        {"disk": Disk(120_400, silent_s=9.9)},
        {"disk": None},
        {"power": None},
        {"full": False, "free_screen": "HDMI-2"},
        {"stage": Stage.STARTING},
        {"restarts": 2, "refusals": 7},
    ],
)
def test_what_is_no_trouble(other: dict[str, object]) -> None:
    assert troubles(**other) == []


# The battery


@pytest.mark.parametrize(
    ("power", "needs_s", "what"),
    [
        (Power(80, plugged_in=False, left_s=2 * HOUR), HOUR, What.ON_BATTERY),
        (Power(30, plugged_in=False, left_s=HOUR), HOUR, What.ON_BATTERY),
        (Power(30, plugged_in=False, left_s=HOUR - 1), HOUR, What.BATTERY_SHORT),
        (Power(80, plugged_in=False), HOUR, What.ON_BATTERY),
        (Power(16, plugged_in=False), HOUR, What.ON_BATTERY),
        (Power(15, plugged_in=False), HOUR, What.BATTERY_LOW),
        (Power(15, plugged_in=False), 0, What.ON_BATTERY),
    ],
)
def test_a_battery_has_to_last_as_long_as_the_block(power: Power, needs_s: float, what: What) -> None:
    assert troubles(power=power, needs_s=needs_s) == [what]


def test_what_a_battery_lacks_is_told_in_minutes() -> None:
    """Its own rounded down, the block's rounded up: nobody is told that it will do when it won't."""
    short = found(power=Power(30, plugged_in=False, left_s=1799), needs_s=1801)[What.BATTERY_SHORT]
    assert short.params == {"percent": 30, "left": 29, "needs": 31}


def test_a_battery_that_is_being_loaded_is_no_trouble_however_low() -> None:
    assert troubles(power=Power(3, plugged_in=True)) == []


# Where one thing says it all


def test_while_nothing_is_recorded_the_disk_is_not_complained_about_as_well() -> None:
    assert troubles(recording=False, disk=Disk(None)) == [What.NOT_RECORDING]


def test_a_stage_that_is_gone_says_nothing_of_screens_or_sleep() -> None:
    gone = found(stage=Stage.GONE, awake=False, lost_screen="HDMI-1")
    assert set(gone) == {What.STAGE_GONE, What.PLUGGED_IN, What.RECORDING}


def test_after_the_end_nobody_misses_the_stage() -> None:
    assert troubles(stage=Stage.OVER, recording=False) == []


# Whatever is read

everything = st.builds(
    Readings,
    stage=st.sampled_from(Stage),
    problem=st.none() | st.builds(Problem, st.just("run-busy")),
    recording=st.booleans(),
    awake=st.booleans(),
    refusals=st.integers(0, 3),
    lateness_ns=st.none() | st.integers(-10, 10**10),
    full=st.booleans(),
    lost_screen=st.sampled_from(["", "HDMI-1"]),
    free_screen=st.sampled_from(["", "HDMI-2"]),
    restarts=st.integers(0, 3),
    unexpected=st.integers(0, 2),
    power=st.none() | st.builds(Power, st.integers(0, 100), st.booleans(), st.none() | st.integers(0, 10**5)),
    disk=st.none() | st.builds(Disk, st.none() | st.integers(0, 10**7), st.floats(0, 100)),
    needs_s=st.floats(0, 10**5),
)


@quick
@given(everything)
def test_the_gravest_come_first_and_nothing_is_said_twice(readings: Readings) -> None:
    remarks = remarks_on(readings)
    grades = [list(Grade).index(each.grade) for each in remarks]
    assert grades == sorted(grades)
    assert len({each.what for each in remarks}) == len(remarks)
