# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which clock is read on which system, and which boot it belongs to."""

from __future__ import annotations

import sys
import time

import pytest
from PySide6.QtCore import QSysInfo

from pechakucha.live.boot import boot_identity
from pechakucha.live.clock import SystemClock, system_clock


@pytest.fixture
def read_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each system clock in place of which one can see that it was read."""
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", 701, raising=False)
    monkeypatch.setattr(time, "CLOCK_MONOTONIC", 101, raising=False)
    monkeypatch.setattr(time, "clock_gettime_ns", lambda clock_id: clock_id, raising=False)
    monkeypatch.setattr(time, "perf_counter_ns", lambda: 900)


@pytest.mark.usefixtures("read_clocks")
@pytest.mark.parametrize(("platform", "reading"), [("linux", 701), ("darwin", 101), ("win32", 900)])
def test_each_system_has_a_clock_that_goes_on_during_sleep(platform: str, reading: int) -> None:
    assert system_clock(platform)() == reading
    assert SystemClock(platform).now_ns() == reading


def test_this_machines_clock_never_goes_back() -> None:
    clock = SystemClock()
    readings = [clock.now_ns() for _ in range(1000)]
    assert readings == sorted(readings)


def test_this_machines_clock_resolves_below_a_millisecond() -> None:
    clock = SystemClock()
    steps: set[int] = set()
    before = clock.now_ns()
    while len(steps) < 10:
        now = clock.now_ns()
        steps.add(now - before)
        before = now
    steps.discard(0)
    assert min(steps) < 1_000_000


def test_the_wall_clock_counts_from_the_epoch() -> None:
    before = time.time_ns()
    assert before <= SystemClock().wall_ns() <= time.time_ns()


def test_windows_counts_its_boots() -> None:
    assert boot_identity("win32", lambda: 42) == "42"


def test_a_windows_that_tells_nothing_has_no_identity() -> None:
    def no_key() -> int:
        raise OSError("no such key")

    assert boot_identity("win32", no_key) == ""


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_elsewhere_qt_knows_the_boot(platform: str) -> None:
    assert boot_identity(platform) == QSysInfo.bootUniqueId().toStdString()


@pytest.mark.skipif(sys.platform == "win32", reason="counted, not named")
def test_this_boot_has_one_name() -> None:
    assert boot_identity() == boot_identity() != ""
