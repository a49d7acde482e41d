# SPDX-License-Identifier: AGPL-3.0-or-later
"""Readings of the machine: nobody waits for them, and whatever fails is only not known."""

from __future__ import annotations

import logging
import queue
from collections.abc import Iterator

import pytest

from pechakucha.live.gauge import Gauge

from .builders import FakeClock
from .test_awake import wait_until


class Dial:
    """What is read: a thread that asks gets what the test gives, and waits until it does."""

    def __init__(self) -> None:
        self._given: queue.SimpleQueue[int | Exception] = queue.SimpleQueue()
        self.asked = 0

    def give(self, reading: int | Exception) -> None:
        """Answer the next question, or fail it."""
        self._given.put(reading)

    def __call__(self) -> int:
        self.asked += 1
        reading = self._given.get()
        if isinstance(reading, Exception):
            raise reading
        return reading


@pytest.fixture
def dial() -> Dial:
    return Dial()


@pytest.fixture
def gauge(dial: Dial, clock: FakeClock) -> Iterator[Gauge[int]]:
    made = Gauge(dial, 0.0, clock, "dial")
    made.start()
    yield made
    made.close()
    dial.give(0)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_it_holds_what_was_read_last(gauge: Gauge[int], dial: Dial) -> None:
    assert gauge.latest is None
    for reading in (7, 8):
        dial.give(reading)
        wait_until(lambda: gauge.latest == reading)  # noqa: B023  # asked at once


def test_what_hangs_is_known_to_hang_and_to_answer_again(
    gauge: Gauge[int], dial: Dial, clock: FakeClock
) -> None:
    dial.give(7)
    wait_until(lambda: dial.asked == 2)
    clock.pass_seconds(30)
    assert gauge.silent_s() == 30
    assert gauge.latest == 7
    dial.give(8)
    wait_until(lambda: dial.asked == 3)
    assert gauge.silent_s() == 0


def test_what_fails_is_not_known_and_said_once(
    gauge: Gauge[int], dial: Dial, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        dial.give(7)
        dial.give(OSError("no sensor"))
        dial.give(RuntimeError("no sensor either"))
        wait_until(lambda: dial.asked == 4)
    assert gauge.latest is None
    assert [record.getMessage() for record in caplog.records] == ["dial can't be read"]
    dial.give(9)
    wait_until(lambda: gauge.latest == 9)


def test_after_it_is_closed_nothing_is_asked(clock: FakeClock) -> None:
    dial = Dial()
    gauge = Gauge(dial, 0.0, clock, "dial")
    gauge.start()
    wait_until(lambda: dial.asked == 1)
    gauge.close()
    dial.give(7)
    wait_until(lambda: gauge.latest == 7)
    assert dial.asked == 1
