# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the machine awake: what the system says to it is told and hinders nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from wakepy import keep

from pechakucha.live.awake import kept_awake


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for another thread."""
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.001)


class FakeMode:
    """What wakepy gives back; knows whether somebody is in it."""

    def __init__(self, *, active: bool) -> None:
        self.active = active
        self.entered, self.left = threading.Event(), threading.Event()

    def __enter__(self) -> FakeMode:
        self.entered.set()
        return self

    def __exit__(self, *_: object) -> None:
        self.left.set()


@pytest.mark.parametrize("active", [True, False])
def test_a_block_runs_whether_the_machine_can_be_kept_awake_or_not(
    monkeypatch: pytest.MonkeyPatch, active: bool
) -> None:
    mode = FakeMode(active=active)
    monkeypatch.setattr(keep, "presenting", lambda on_fail: {"pass": mode}[on_fail])
    with kept_awake(0) as awake:
        assert mode.entered.wait(5)
        wait_until(lambda: awake() is active)
        assert not mode.left.is_set()
    assert mode.left.wait(5)


def test_a_system_that_does_not_answer_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answers = threading.Event(), threading.Event()
    mode = FakeMode(active=True)

    def presenting(on_fail: str) -> FakeMode:
        asked.set()
        answers.wait(5)
        return mode

    monkeypatch.setattr(keep, "presenting", presenting)
    with kept_awake(0) as awake:
        assert asked.wait(5)
        assert not mode.entered.is_set()
        assert awake(), "nothing is known against it"
        answers.set()
    assert mode.left.wait(5)


def test_a_surprise_of_the_systems_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def presenting(on_fail: str) -> FakeMode:
        raise OSError("the bus is on fire")

    monkeypatch.setattr(keep, "presenting", presenting)
    with kept_awake(0) as awake:
        wait_until(lambda: not awake())
    assert "may fall asleep" in caplog.text


def test_what_is_shown_first_is_not_kept_waiting_by_the_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    monkeypatch.setattr(keep, "presenting", lambda on_fail: asked.set() or FakeMode(active=True))
    with kept_awake(60) as awake:
        assert awake()
    assert not asked.is_set()
