# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports made by hand: an evening of 25 March 2021, planned from 08:45 on."""

from __future__ import annotations

from pechakucha.show.figures import (
    Lateness,
    Report,
    RunCueFigures,
    SlideFigures,
    TalkFigures,
    WithdrawnFigures,
)


def moment(time: str) -> str:
    """A time of the evening, ``08:45:00``, as a report writes it."""
    return f"2021-03-25T{time}.000+01:00"


def a_talk_told(
    id: str,
    *,
    outcome: str = "completed",
    planned: str | None = "08:45:00",
    started: str | None = "08:45:00",
    ended: str | None = "08:51:40",
    late_ms: tuple[float | None, ...] = (4.0, 4.0),
    missed: tuple[int, ...] = (),
) -> TalkFigures:
    """A talk with a slide for each lateness, numbered from 1; None is one that is late for a reason."""
    slides = tuple(
        SlideFigures(number, number, 20.0 * number, None if number in missed else 20.0 * number, late)
        for number, late in enumerate(late_ms, 1)
    )
    return TalkFigures(
        id=id,
        city=id.capitalize(),
        title="",
        presenters=(),
        outcome=outcome,
        planned_start=planned and moment(planned),
        started=started and moment(started),
        started_clock_ns=None,
        ended=ended and moment(ended),
        missed=len(missed),
        missed_numbers=missed,
        slides=slides if started else (),
        cues=(),
    )


def a_report(
    *talks: TalkFigures,
    withdrawn: tuple[WithdrawnFigures, ...] = (),
    cues: tuple[RunCueFigures, ...] = (),
    speed: float = 1.0,
) -> Report:
    """A finished run with these talks, on time to 4 ms."""
    return Report(
        show="Mashup",
        speed=speed,
        format="20x20",
        planned_start=moment("08:45:00"),
        plan_start=moment("08:45:00"),
        plan_end=moment("08:51:40"),
        started=moment("08:45:00"),
        last_ended=moment("08:51:40"),
        ended=moment("08:52:00"),
        behind_s=0.0,
        drift_ms=2.0,
        lateness_ms=Lateness(2.0, 3.0, 4.0),
        talks=talks,
        withdrawn=withdrawn,
        cues=cues,
        presses=(),
    )


def a_cue(cue: str, time: str, talk: str = "ulm", detail: str | None = None) -> RunCueFigures:
    """What a hand did to a talk."""
    return RunCueFigures(
        cue=cue, at=moment(time), by="hand", talk=talk, city=talk.capitalize(), detail=detail
    )
