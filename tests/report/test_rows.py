# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report's table in words."""

from __future__ import annotations

import msgspec
import pytest

from pechakucha.report.rows import date_of, interventions, talk_rows
from pechakucha.show.figures import RunCueFigures, WithdrawnFigures
from pechakucha.texts import Texts

from .builders import a_cue, a_report, a_talk_told, moment

ENGLISH = Texts("en")


def test_a_row_says_who_spoke_and_when() -> None:
    talk = msgspec.structs.replace(
        a_talk_told("ulm", started="08:47:02", ended="08:53:42", late_ms=(1.0,) * 9, missed=(3, 4, 5, 9)),
        title="Kreativraum",
        presenters=("Ada", "Ben"),
    )
    (row,) = talk_rows(a_report(talk), ENGLISH)
    assert (row.number, row.city, row.title, row.presenters) == (1, "Ulm", "Kreativraum", "Ada, Ben")
    assert (row.planned, row.started, row.delay, row.ended) == ("08:45", "08:47:02", "+2", "08:53:42")
    assert (row.outcome, row.outcome_words, row.unseen) == ("completed", "completed", "3–5, 9")


@pytest.mark.parametrize(
    ("started", "delay"), [("08:44:00", "−1"), ("08:45:29", ""), ("08:45:31", "+1"), (None, "")]
)
def test_half_a_minute_is_no_delay(started: str | None, delay: str) -> None:
    (row,) = talk_rows(a_report(a_talk_told("ulm", started=started)), ENGLISH)
    assert row.delay == delay


def test_a_dry_runs_delay_is_in_its_own_minutes_and_its_plan_in_seconds() -> None:
    # 12 s are two minutes at 10 times the speed.
    (row,) = talk_rows(a_report(a_talk_told("ulm", started="08:45:12"), speed=10.0), ENGLISH)
    assert (row.planned, row.delay) == ("08:45:00", "+2")


def test_who_left_stands_last_and_without_a_number() -> None:
    left = WithdrawnFigures(
        id="bern", city="Bern", title="x", presenters=("Cem",), planned_start=moment("09:00:00")
    )
    ulm, bern = talk_rows(a_report(a_talk_told("ulm"), withdrawn=(left,)), ENGLISH)
    assert (ulm.number, bern.number) == (1, 0)
    assert (bern.city, bern.presenters, bern.planned) == ("Bern", "Cem", "09:00")
    assert (bern.outcome, bern.outcome_words) == ("withdrawn", "taken out")


@pytest.mark.parametrize(
    ("cues", "words"),
    [
        ([a_cue("start", "08:45:00"), a_cue("cut", "08:46:00")], []),
        ([a_cue("no-show", "08:45:00")], []),
        ([a_cue("hold", "08:45:00", detail="hand")], ["Held"]),
        (
            [a_cue("hold", "08:45:00", detail="hand"), a_cue("resume", "08:47:05", detail="rest")],
            ["Held (2:05 min)", "Went on with what the slide had left"],
        ),
        (
            [a_cue("hold", "08:45:00", detail="gap"), a_cue("resume", "08:45:09", detail="schedule")],
            ["Held: the computer had slept (0:09 min)", "Went on where the schedule was"],
        ),
        (
            [a_cue("hold", "08:45:00", detail="hand"), a_cue("restart", "08:45:10")],
            ["Held (0:10 min)", "Began again"],
        ),
        ([a_cue("hold", "08:45:00", detail="hand"), a_cue("cut", "08:45:10")], ["Held (0:10 min)"]),
        (
            [
                a_cue("black", "08:45:00", detail="on"),
                a_cue("black", "08:45:05", detail="off"),
                a_cue("black", "08:46:00", detail="on"),
                a_cue("message", "08:46:01", detail="Kaffee"),
                a_cue("message", "08:46:09"),
            ],
            ["Black × 2", "“Kaffee” on stage"],
        ),
        ([a_cue("replace", "08:45:00", talk="bern")], []),
    ],
)
def test_what_was_done_to_a_talk(cues: list[RunCueFigures], words: list[str]) -> None:
    report = a_report(a_talk_told("ulm"), a_talk_told("bern"), cues=tuple(cues))
    assert [*interventions(report, "ulm", ENGLISH)] == words


def test_the_day_in_words() -> None:
    assert date_of(moment("08:45:00"), ENGLISH) == "March 25, 2021"
    assert date_of(moment("08:45:00"), Texts("de")) == "25. März 2021"
    assert date_of(None, ENGLISH) == ""
