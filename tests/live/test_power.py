# SPDX-License-Identifier: AGPL-3.0-or-later
"""The battery as psutil tells it on each system."""

from __future__ import annotations

from typing import NamedTuple

import psutil
import pytest

from pechakucha.live.power import read_power
from pechakucha.show.status import Power


class Battery(NamedTuple):
    """psutil's ``sbattery``."""

    percent: float
    secsleft: int | None
    power_plugged: bool | None


@pytest.mark.parametrize(
    ("told", "power"),
    [
        (Battery(63.7, 5400, False), Power(64, plugged_in=False, left_s=5400)),
        (Battery(100, psutil.POWER_TIME_UNLIMITED, True), Power(100, plugged_in=True)),
        (Battery(50, psutil.POWER_TIME_UNKNOWN, False), Power(50, plugged_in=False)),
        (Battery(50, None, None), Power(50, plugged_in=True)),
        (None, None),
    ],
)
def test_what_the_system_tells(told: Battery | None, power: Power | None) -> None:
    assert read_power(lambda: told) == power


def test_a_system_without_a_sensor_has_no_battery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert read_power() is None
