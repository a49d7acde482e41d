# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stage that stands still for a while (SIGSTOP): two seconds are a busy machine, ten are a sleep.

What the audience sees is read from the pixels of the screen.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from pechakucha.show.cues import Action, Hold, Resume, Start
from pechakucha.show.journal import CueRecord, Shown
from pechakucha.show.run import COUNTDOWN_SECONDS
from tests.end_to_end.conftest import Program
from tests.end_to_end.hall import Hall, coloured_show, hall
from tests.end_to_end.test_headless import wait_for_shown
from tests.end_to_end.test_processes import records, stage_of, wait_until

__all__ = ["hall"]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="stops with POSIX signals")]

BRIEF_S, LONG_S = 2.0, 10.0
SOON_S = 0.5
"""How long what is due may take to be seen once the process goes on."""

SPEEDS = [(1, 20, 4), (20, 30, 20)]
"""Speed, slides, and seconds a slide: four and one real ones."""


class Show:
    """A run that is on stage: its journal, and what is due in it."""

    def __init__(self, folder: Path, speed: int, slides: int, seconds: int) -> None:
        self.path = coloured_show(folder, slides=slides, seconds=seconds, changeover=4 * speed)
        self.options = ("run", str(self.path), "--auto", "--speed", str(speed), "--language", "en")
        self.slide_s = seconds / speed
        self._countdown_s = COUNTDOWN_SECONDS / speed
        self._journal: Path | None = None

    @property
    def journal(self) -> Path:
        """The only run's, once a slide has been shown."""
        self._journal = self._journal or wait_for_shown(self.path, 1)
        return self._journal

    def cues(self) -> list[Action]:
        """All cues so far."""
        return [each.action for each in records(self.journal) if isinstance(each, CueRecord)]

    def shown(self) -> dict[int, Shown]:
        """The paints so far by the slide's number."""
        return {each.index + 1: each for each in records(self.journal) if isinstance(each, Shown)}

    def due(self) -> int:
        """The number of the slide that the schedule has now."""
        return int(self._talk_s() / self.slide_s) + 1

    def reach(self, number: int, share: float) -> None:
        """Wait until so much of a slide's time is over (0 to 1)."""
        due_s = (number - 1 + share) * self.slide_s
        wait_until(lambda: self._talk_s() >= due_s)

    def _talk_s(self) -> float:
        start = next(each for each in records(self.journal) if isinstance(each, CueRecord))
        assert isinstance(start.action, Start)
        return (time.clock_gettime_ns(time.CLOCK_BOOTTIME) - start.at_ns) / 1e9 - self._countdown_s


def stand_still(
    process: psutil.Process, seconds: float, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """Stop a process for so long and let it go on."""
    process.suspend()
    time.sleep(seconds / 2)
    meanwhile()
    time.sleep(seconds / 2)
    process.resume()


def the_stage(show: Show) -> psutil.Process:
    """The run's stage process."""
    found = stage_of(show.journal)
    assert found is not None
    return found


@pytest.fixture(params=SPEEDS, ids=["speed 1", "speed 20"])
def show(request: pytest.FixtureRequest, tmp_path: Path) -> Show:
    """One talk of coloured slides."""
    return Show(tmp_path / "show", *request.param)


@pytest.fixture
def on_beamer(program: Program, hall: Hall) -> Program:
    """The program, on the hall's screens."""
    program.environment.update(DISPLAY=hall.display, QT_QPA_PLATFORM="xcb")
    return program


def sees_what_is_due(hall: Hall, show: Show) -> None:
    """Within a moment the audience sees what the schedule has, and then what follows, in time."""
    wait_until(lambda: hall.slide() == show.due(), SOON_S)
    following = show.due() + 1
    wait_until(lambda: hall.slide() == following, show.slide_s + SOON_S)
    wait_until(lambda: following in show.shown())
    late = show.shown()[following]
    assert (late.painted_ns - late.due_ns) / 1e9 < SOON_S, "the slide after it was late too"


def test_two_seconds_are_caught_up_with(on_beamer: Program, hall: Hall, show: Show) -> None:
    on_beamer.start(*show.options)
    show.reach(2, 0.6)
    assert hall.slide() == 2
    stand_still(the_stage(show), BRIEF_S, lambda: _assert_slide(hall, 2))
    assert show.due() > 2
    sees_what_is_due(hall, show)
    assert [*map(type, show.cues())] == [Start]


def test_ten_seconds_are_a_sleep_and_the_console_asks(on_beamer: Program, hall: Hall, show: Show) -> None:
    on_beamer.start(*show.options)
    show.reach(2, 0.6)
    stand_still(the_stage(show), LONG_S, lambda: _assert_slide(hall, 2))
    wait_until(lambda: [*map(type, show.cues())] == [Start, Hold], SOON_S)
    assert show.cues()[1] == Hold("gap")
    end = time.monotonic() + 1.5 * show.slide_s
    while time.monotonic() < end:
        assert hall.slide() == 2, "it went on by itself"
    hall.press_in_console("Return")  # does something where a question is open, and nothing else
    wait_until(lambda: [*map(type, show.cues())] == [Start, Hold, Resume], 5)
    sees_what_is_due(hall, show)


def test_where_nobody_is_asked_ten_seconds_are_caught_up_with(
    on_beamer: Program, hall: Hall, show: Show
) -> None:
    console = on_beamer.start(*show.options)
    show.reach(2, 0.1)
    console.kill()
    the_stage(show).kill()
    wait_until(lambda: hall.slide() is None)  # what is seen from here on is the next stage's
    on_beamer.start(*show.options, "--resume")
    wait_until(lambda: hall.slide() == show.due())
    number = show.due() + 1
    show.reach(number, 0.6)
    stand_still(the_stage(show), LONG_S, lambda: _assert_slide(hall, number))
    sees_what_is_due(hall, show)
    assert [*map(type, show.cues())] == [Start]


@pytest.mark.parametrize("seconds", [BRIEF_S, LONG_S])
def test_headless_the_schedule_goes_on(program: Program, show: Show, seconds: float) -> None:
    process = program.start(*show.options, "--headless")
    show.reach(2, 0.6)
    stand_still(psutil.Process(process.pid), seconds)
    due = show.due()
    wait_until(lambda: max(show.shown()) >= due, SOON_S)
    missed = set(range(3, due))
    assert missed.isdisjoint(show.shown())
    wait_until(lambda: due + 1 in show.shown(), show.slide_s + SOON_S)
    late = show.shown()[due + 1]
    assert (late.painted_ns - late.due_ns) / 1e9 < SOON_S
    assert [*map(type, show.cues())] == [Start]
    process.send_signal(signal.SIGINT)
    process.wait(30)


def _assert_slide(hall: Hall, number: int) -> None:
    assert hall.slide() == number
