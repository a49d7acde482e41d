# SPDX-License-Identifier: AGPL-3.0-or-later
"""Times of day in a block during which summer time begins or ends, the date changes, or the clock is set."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest
from live.builders import FakeClock
from PySide6.QtCore import Qt
from show.builders import OPENED_NS, after, cue

from pechakucha.console.wording import as_set_now, short_delay, time_of_day
from pechakucha.show.cues import Cut, End, Start
from pechakucha.show.figures import TalkFigures, report
from pechakucha.show.forecast import forecast
from pechakucha.show.journal import Alive, Journal
from pechakucha.show.run import Run, fold
from pechakucha.show.scene import state_of
from pechakucha.show.snapshot import NS, Snapshot
from pechakucha.texts import Texts
from pechakucha.ui.cards import card

from .conftest import BLOCK, Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process has the system's zone there")

TALK_S = 60
"""A talk of this block."""

SPRING, AUTUMN = "2026-03-29T00:58:20+00:00", "2026-10-25T00:58:20+00:00"
MIDNIGHT = "2026-05-04T21:58:20+00:00"
"""A hundred seconds before the clocks are put forward, before they are put back, and before midnight."""


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def opened_at(iso: str, *, planned_s: float | None = None, pause: int = 0) -> Snapshot:
    """The block opened at that moment; ``planned_s`` is its planned start, seconds after that."""
    wall_ns = round(dt.datetime.fromisoformat(iso).timestamp()) * NS
    planned_ns = None if planned_s is None else wall_ns + round(planned_s * NS)
    ulm, bern = BLOCK.talks
    bern = msgspec.structs.replace(bern, pause=pause, changeover=45)
    return msgspec.structs.replace(
        BLOCK, opened_wall_ns=wall_ns, planned_start_ns=planned_ns, talks=(ulm, bern)
    )


def times(run: Run, seconds: float) -> list[tuple[str, str]]:
    """What the rundown says of each talk: when, and how far from plan."""
    expected = forecast(run, after(seconds)).talks
    return [(time_of_day(run, each.start_ns), short_delay(run, each)) for each in expected]


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        (SPRING, ["01:59", "03:01"]),
        (AUTUMN, ["02:59", "02:01"]),
        (MIDNIGHT, ["23:59", "00:01"]),
    ],
)
def test_the_rundown_across_a_change_of_the_clock(opened: str, said: list[str]) -> None:
    """Ulm begins in time, Bern after the change; nobody is an hour late for that."""
    run = fold(opened_at(opened, planned_s=60), [cue(57, Start("ulm"))])
    assert times(run, 70) == [(said[0], ""), (said[1], "")]


def test_a_delay_across_midnight_is_counted_in_minutes() -> None:
    run = fold(opened_at(MIDNIGHT, planned_s=60), [cue(57 + 120, Start("ulm"))])
    assert times(run, 200) == [("00:01", "+2"), ("00:03", "+2")]


@pytest.mark.parametrize(("opened", "said"), [(SPRING, "03:03"), (AUTUMN, "02:03"), (MIDNIGHT, "00:03")])
def test_the_card_of_a_break_names_the_time_at_its_end(opened: str, said: str) -> None:
    run = fold(opened_at(opened, pause=300), [cue(17, Start("ulm")), cue(30, Cut("ulm"))])
    assert said in card(run, state_of(run, after(60)), Texts("en")).title


def reported(snapshot: Snapshot, *, set_s: float = 0) -> TalkFigures:
    """Ulm in the report; the clock was set by so many seconds before the block ended."""
    cues = (cue(17, Start("ulm")), cue(200, End()))
    alive = Alive(after(200), snapshot.wall_ns(after(200)) + round(set_s * NS))
    return report(Journal(snapshot, cues, (), alive)).talks[0]


@pytest.mark.parametrize(
    ("opened", "started", "ended"),
    [
        ("2026-03-29T00:59:20+00:00", "2026-03-29T01:59:40.000+01:00", "2026-03-29T03:00:40.000+02:00"),
        ("2026-10-25T00:59:20+00:00", "2026-10-25T02:59:40.000+02:00", "2026-10-25T02:00:40.000+01:00"),
        ("2026-05-04T21:59:20+00:00", "2026-05-04T23:59:40.000+02:00", "2026-05-05T00:00:40.000+02:00"),
    ],
)
def test_the_report_across_a_change_of_the_clock(opened: str, started: str, ended: str) -> None:
    ulm = reported(opened_at(opened))
    assert (ulm.started, ulm.ended) == (started, ended)


def test_a_report_printed_in_winter_has_a_summers_times() -> None:
    """And the other way round: the zone is the one of the evening, whatever it is now."""
    summer, winter = opened_at("2026-07-01T18:00:00+00:00"), opened_at("2026-12-01T19:00:00+00:00")
    assert reported(summer).started == "2026-07-01T20:00:20.000+02:00"
    assert reported(winter).started == "2026-12-01T20:00:20.000+01:00"


@pytest.mark.parametrize("set_s", [-7200, 7200])
def test_the_report_goes_by_the_clock_as_it_was_set_last(set_s: float) -> None:
    snapshot = opened_at("2026-07-01T18:00:00+00:00", planned_s=60)
    before, after_it = reported(snapshot), reported(snapshot, set_s=set_s)
    for name in ("started", "ended"):
        moved = dt.datetime.fromisoformat(getattr(after_it, name)) - dt.datetime.fromisoformat(
            getattr(before, name)
        )
        assert moved == dt.timedelta(seconds=set_s)
    assert before.slides == after_it.slides
    assert before.started_clock_ns == after_it.started_clock_ns


@pytest.mark.parametrize("set_s", [-7200, 7200])
def test_the_console_goes_by_the_clock_as_it_is_set_now(set_s: float) -> None:
    run = fold(opened_at("2026-07-01T18:00:00+00:00", planned_s=60), [cue(57 + 180, Start("ulm"))])
    now_ns = after(300)
    moved = as_set_now(run, now_ns, run.snapshot.wall_ns(now_ns) + round(set_s * NS))
    assert times(run, 300) == [("20:04", "+3"), ("20:05", "+3")]
    hour = 20 + round(set_s / 3600)
    assert times(moved, 300) == [(f"{hour}:04", "+3"), (f"{hour}:05", "+3")]
    assert state_of(moved, now_ns) == state_of(run, now_ns)


def test_a_clock_that_is_slewed_is_not_set() -> None:
    run = fold(opened_at("2026-07-01T18:00:00+00:00"), [])
    assert as_set_now(run, OPENED_NS, run.snapshot.opened_wall_ns + NS - 1) is run


def test_the_consoles_clock_is_the_machines(make_desk: Callable[..., Desk], clock: FakeClock) -> None:
    desk = make_desk()
    desk.press(Qt.Key.Key_Space)
    desk.pass_seconds(10)
    stage = desk.running.conductor.state()
    desk.clock.set_wall(7200)
    desk.window.refresh()
    now = dt.datetime.fromtimestamp(clock.wall_ns() / NS).astimezone()
    assert f"{now:%H:%M:%S}" in desk.says()
    end = now + dt.timedelta(seconds=TALK_S - 7 + 45 + TALK_S)
    assert f"Ends about {end:%H:%M}" in desk.says()
    assert desk.running.conductor.state() == stage
