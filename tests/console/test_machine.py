# SPDX-License-Identifier: AGPL-3.0-or-later
"""Battery and disk, read beside the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live.builders import FakeClock
from live.test_awake import wait_until

from pechakucha.console.machine import Machine
from pechakucha.show.status import SILENT_DISK_SECONDS, Disk, Power

Make = Callable[[Callable[[], int | None]], Machine]


@pytest.fixture
def make(tmp_path: Path, clock: FakeClock) -> Iterator[Make]:
    """A machine with this disk and half a battery."""
    made: list[Machine] = []

    def make(read_disk: Callable[[], int | None]) -> Machine:
        power = Power(50, plugged_in=False)
        made.append(Machine(tmp_path, clock, read_disk=read_disk, read_power=lambda: power))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_both_are_read(make: Make) -> None:
    machine = make(lambda: 1234)
    wait_until(lambda: machine.disk == Disk(1234))
    wait_until(lambda: machine.power == Power(50, plugged_in=False))


def test_a_folder_that_is_gone_is_known_to_be(make: Make) -> None:
    machine = make(lambda: None)
    wait_until(lambda: machine.disk == Disk(None))


def test_a_disk_that_hangs_keeps_back_nothing_else(make: Make, clock: FakeClock) -> None:
    answers, asked = threading.Event(), threading.Event()

    def hang() -> int:
        asked.set()
        answers.wait()
        return 1234

    machine = make(hang)
    wait_until(lambda: machine.power is not None)
    wait_until(asked.is_set)
    assert machine.disk is None, "it may still answer"
    clock.pass_seconds(SILENT_DISK_SECONDS)
    assert machine.disk == Disk(None, SILENT_DISK_SECONDS)
    answers.set()
    wait_until(lambda: machine.disk == Disk(1234))


def test_the_disk_is_that_of_the_runs_folder(tmp_path: Path, clock: FakeClock) -> None:
    machine = Machine(tmp_path / "gone", clock)
    wait_until(lambda: machine.disk == Disk(None))
    machine.close()
