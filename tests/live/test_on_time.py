# SPDX-License-Identifier: AGPL-3.0-or-later
"""What other systems are asked for so that timers fire when they are due, through stand-ins for them."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from pechakucha.live.app_nap import no_app_nap
from pechakucha.live.fine_timers import PERIOD_MS, ThrottlingState, fine_timers
from pechakucha.live.on_time import on_time


class FakeFoundation:
    """The part of macOS's framework that is used; remembers activities."""

    NSActivityUserInitiated = 0x00FFFFFF
    NSActivityLatencyCritical = 0xFF00000000

    def __init__(self) -> None:
        self.begun: list[tuple[int, str]] = []
        self.ended: list[object] = []
        self.NSProcessInfo = SimpleNamespace(processInfo=lambda: self)

    def beginActivityWithOptions_reason_(self, options: int, reason: str) -> str:  # noqa: N802  # Apple's
        self.begun.append((options, reason))
        return f"activity {len(self.begun)}"

    def endActivity_(self, activity: object) -> None:  # noqa: N802  # Apple's name
        self.ended.append(activity)


class FakeWindows:
    """The three calls; ``knows`` are the bits that this Windows accepts, ``answer`` is what it says
    to a period.
    """

    def __init__(self, knows: int = 0x5, answer: int = 0) -> None:
        self.calls: list[tuple[str, int]] = []
        self._knows, self._answer = knows, answer

    def set_throttling(self, state: ThrottlingState) -> bool:
        assert (state.version, state.state_mask) == (1, 0)
        accepted = state.control_mask & ~self._knows == 0
        self.calls.append(("unthrottled" if accepted else "refused", state.control_mask))
        return accepted

    def begin_period(self, ms: int) -> int:
        self.calls.append(("begin", ms))
        return self._answer

    def end_period(self, ms: int) -> int:
        self.calls.append(("end", ms))
        return 0


def unthinkable() -> FakeFoundation:
    """The framework is not installed."""
    raise ModuleNotFoundError("No module named 'Foundation'")


# App Nap


def test_on_macos_the_process_does_latency_critical_work_until_it_leaves() -> None:
    foundation = FakeFoundation()
    with no_app_nap("darwin", lambda: foundation):
        assert [options for options, _ in foundation.begun] == [0xFF00FFFFFF]
        assert foundation.ended == []
    assert foundation.ended == ["activity 1"]


def test_an_activity_ends_with_an_error_too() -> None:
    foundation = FakeFoundation()
    with pytest.raises(KeyError), no_app_nap("darwin", lambda: foundation):
        raise KeyError
    assert foundation.ended == ["activity 1"]


def test_a_mac_without_the_framework_runs_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    with no_app_nap("darwin", unthinkable):
        pass
    assert "App Nap" in caplog.text


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_elsewhere_nobody_asks_for_the_framework(platform: str) -> None:
    with no_app_nap(platform, unthinkable):
        pass


# Timers on Windows


def test_on_windows_throttling_is_off_and_timers_are_fine_until_it_leaves() -> None:
    windows = FakeWindows()
    with fine_timers("win32", lambda: windows):
        assert windows.calls == [("unthrottled", 0x1), ("unthrottled", 0x4), ("begin", PERIOD_MS)]
    assert windows.calls[3:] == [("end", PERIOD_MS)]


def test_an_older_windows_knows_one_of_the_two() -> None:
    windows = FakeWindows(knows=0x1)
    with fine_timers("win32", lambda: windows):
        assert windows.calls == [("unthrottled", 0x1), ("refused", 0x4), ("begin", PERIOD_MS)]


def test_a_period_that_was_refused_is_not_ended() -> None:
    windows = FakeWindows(answer=97)  # TIMERR_NOCANDO
    with fine_timers("win32", lambda: windows):
        pass
    assert [call for call, _ in windows.calls] == ["unthrottled", "unthrottled", "begin"]


def test_a_period_ends_with_an_error_too() -> None:
    windows = FakeWindows()
    with pytest.raises(KeyError), fine_timers("win32", lambda: windows):
        raise KeyError
    assert windows.calls[-1] == ("end", PERIOD_MS)


@pytest.mark.skipif(sys.platform == "win32", reason="there are these calls")
def test_where_the_calls_are_missing_the_show_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    with fine_timers("win32"):
        pass
    assert "late" in caplog.text


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_elsewhere_timers_are_fine_anyway(platform: str) -> None:
    windows = FakeWindows()
    with fine_timers(platform, lambda: windows):
        pass
    assert windows.calls == []


def test_the_state_is_three_unsigned_longs_as_windows_has_them() -> None:
    assert bytes(ThrottlingState(1, 4, 0)) == b"\x01\0\0\0\x04\0\0\0\0\0\0\0"


def test_this_system_lets_the_process_through() -> None:
    with on_time():
        pass
