# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the console looks at of this machine: its battery and the disk that the run is on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pechakucha.files.free_space import free_mb
from pechakucha.live.clock import Clock
from pechakucha.live.gauge import Gauge
from pechakucha.live.power import read_power
from pechakucha.show.status import SILENT_DISK_SECONDS, Disk, Power

_EVERY_S = 5.0

ReadDisk = Callable[[], int | None]
ReadPower = Callable[[], Power | None]


class Machine:
    """Reads both in threads of their own, so that a disk that hangs keeps back nothing else."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        read_disk: ReadDisk | None = None,
        read_power: ReadPower = read_power,
    ) -> None:
        """
        Args:
            folder: the run's.
            clock: the machine's.
            read_disk: megabytes that are free there, None where it can't be reached.
            read_power: the battery, None where there is none.
        """
        read_disk = read_disk or partial(free_mb, folder)
        self._power: Gauge[Power | None] = Gauge(read_power, _EVERY_S, clock, "power")
        # In a struct, because None is a reading as well.
        self._disk: Gauge[Disk] = Gauge(lambda: Disk(read_disk()), _EVERY_S, clock, "disk")
        self._gauges = (self._power, self._disk)
        for gauge in self._gauges:
            gauge.start()

    @property
    def power(self) -> Power | None:
        """The battery as read last."""
        return self._power.latest

    @property
    def disk(self) -> Disk | None:
        """The disk as read last, and for how long it has not answered; None before it has been asked."""
        silent_s, latest = self._disk.silent_s(), self._disk.latest
        if latest is not None:
            return Disk(latest.free_mb, silent_s)
        return Disk(None, silent_s) if silent_s >= SILENT_DISK_SECONDS else None

    def close(self) -> None:
        """Look no more."""
        for gauge in self._gauges:
            gauge.close()
