# SPDX-License-Identifier: AGPL-3.0-or-later
"""The machine's battery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil

from pechakucha.show.status import Power


def read_power(sensor: Callable[[], Any] | None = None) -> Power | None:
    """How full the battery is and how long it lasts; None where there is none.

    Linux, Windows and macOS tell it to psutil; a system that psutil knows no sensor of has no battery.

    Args:
        sensor: psutil's, or a test's.

    Raises:
        OSError: or whatever else the system's own library makes of a sensor that does not answer.
    """
    sensor = sensor or getattr(psutil, "sensors_battery", None)
    battery = sensor() if sensor is not None else None
    if battery is None:
        return None
    # Below 0 are psutil's words for "unknown" and "unlimited".
    left_s = battery.secsleft if battery.secsleft is not None and battery.secsleft >= 0 else None
    # Unknown (None) is no reason to alarm anybody.
    return Power(round(battery.percent), battery.power_plugged is not False, left_s)
