# SPDX-License-Identifier: AGPL-3.0-or-later
"""The question before a talk becomes a no-show: go on at once, or keep its slot until the planned time."""

from __future__ import annotations

from pechakucha.console.questions import Choice, Question
from pechakucha.console.wording import time_of_day
from pechakucha.show import cues
from pechakucha.show.forecast import forecast
from pechakucha.show.run import Run, begins_ns
from pechakucha.show.snapshot import NS

_WORTH_NS = 10 * NS
"""A slot that is nearly over is not worth being kept."""


def no_show_question(run: Run, talk: str, now_ns: int) -> Question | None:
    """The question about this talk, None where there is no such talk."""
    turn = run.turn(talk)
    if turn is None:
        return None
    go_on = Choice("console.do-no-show", cues.NoShow(talk))
    until_ns = slot_would_end_ns(run, talk, now_ns)
    if until_ns is None or until_ns - now_ns < _WORTH_NS:
        return Question("console.ask-no-show", (go_on,), {"city": turn.talk.city})
    keep = Choice("console.do-keep-slot", cues.NoShow(talk, keep=True))
    params = {"city": turn.talk.city, "time": time_of_day(run, until_ns)}
    return Question("console.ask-no-show-or-keep", (go_on, keep), {**params})


def slot_would_end_ns(run: Run, talk: str, now_ns: int) -> int | None:
    """Until when the slot of a coming talk would be kept, nanoseconds of the run's clock."""
    turn = run.turn(talk)
    if turn is None:
        return None
    if run.standing_by is turn and not run.slots:
        return begins_ns(run, turn.talk) + run.snapshot.talk_ns
    expected = next(each for each in forecast(run, now_ns).talks if each.talk == talk)
    return None if expected.start_ns is None else expected.start_ns + run.snapshot.talk_ns
