# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looks at stage, screens and machine for the console."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QScreen

from pechakucha.console.machine import Machine
from pechakucha.console.session import Session
from pechakucha.files.logs import STAGE_LOG
from pechakucha.live.messages import Status
from pechakucha.show.forecast import forecast
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS
from pechakucha.show.status import Readings, Stage
from pechakucha.ui.screens import offered_screen, screens_showing


class Watch:
    """Gathers the readings; it remembers which screen the stage has filled."""

    def __init__(self, session: Session, machine: Machine | None, screen_on: Callable[[], QScreen]) -> None:
        """
        Args:
            session: what is known of the run.
            machine: battery and disk, None where nobody looks at them.
            screen_on: the screen that the console is on.
        """
        self._session, self._machine, self._screen_on = session, machine, screen_on
        self._filled = ""
        """Name of the screen that the stage filled last."""

    def look(self, run: Run | None, now_ns: int) -> Readings:
        """How everything is now; ``run`` is None before the stage has said anything."""
        session, status = self._session, self._session.status
        if status.full:
            self._filled = status.screen
        stage = _stage(session, run)
        lost, free = self._screens(status) if stage is Stage.THERE else ("", "")
        power = self._machine.power if self._machine else None
        return Readings(
            stage=stage,
            problem=session.problem(),
            recording=status.recording,
            awake=status.awake,
            refusals=session.refusals,
            lateness_ns=status.lateness_ns,
            screen=status.screen,
            width=status.width,
            height=status.height,
            full=status.full,
            lost_screen=lost,
            free_screen=free,
            restarts=session.restarts,
            unexpected=status.unexpected,
            power=power,
            disk=self._machine.disk if self._machine else None,
            needs_s=_still_s(run, now_ns) if run is not None and power is not None else 0.0,
            folder=session.folder.name,
            log=str(session.folder / STAGE_LOG),
        )

    def close(self) -> None:
        """Look no more."""
        if self._machine is not None:
            self._machine.close()

    def _screens(self, status: Status) -> tuple[str, str]:
        """The screen that the stage has lost, and one that it could fill, "" for none."""
        if status.full:
            return "", ""
        lost = self._filled if self._filled not in status.screens else ""
        taken = screens_showing(self._screen_on())
        return lost, offered_screen(status.screens, status.screen, self._filled, taken) or ""


def _still_s(run: Run, now_ns: int) -> float:
    """How many real seconds the block will probably go on."""
    return 0.0 if run.ended_ns is not None else max(0, forecast(run, now_ns).end_ns - now_ns) / NS


def _stage(session: Session, run: Run | None) -> Stage:
    if run is not None and run.ended_ns is not None:
        return Stage.OVER
    if session.stage_is_silent:
        return Stage.SILENT
    if session.stage_is_there:
        return Stage.THERE
    return Stage.STARTING if run is None else Stage.GONE
