# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole evenings in the report: journals written by hand, every figure worked out on paper.

Three talks of four slides, ten seconds each, so 40 s; 20 s of changeover. The program was ready at
07:40:00 UTC and the block is planned for 07:41:00:

    planned   Ulm 07:41:00-07:41:40, Bern 07:42:00-07:42:40, Graz 07:43:00-07:43:40
"""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from pechakucha.show.cues import (
    Action,
    Add,
    Cue,
    Cut,
    End,
    GoOn,
    Hold,
    Move,
    NoShow,
    PutBack,
    Reboot,
    Replace,
    Restart,
    Resume,
    Start,
    TakeBack,
    Withdraw,
)
from pechakucha.show.figures import Lateness, Report, TalkFigures, WithdrawnFigures, report
from pechakucha.show.format import Format
from pechakucha.show.journal import Alive, Journal, Shown
from pechakucha.show.snapshot import Snapshot, SnapshotSlide, SnapshotTalk

from .builders import a_snapshot, a_talk, after, cue

MS = 1_000_000
FOUR = Format(4, 10)


def a_city(id: str, *numbers: int, presenters: tuple[str, ...] = (), title: str = "") -> SnapshotTalk:
    """A talk with these slides of its deck, 20 s of changeover before it."""
    slides = tuple(
        SnapshotSlide(number=number, picture=f"{number}.png") for number in numbers or (1, 2, 3, 4)
    )
    talk = a_talk(id, changeover=20, title=title)
    return msgspec.structs.replace(talk, slides=slides, presenters=presenters)


ULM = a_city("ulm", 1, 3, 5, 7, presenters=("Ada", "Ben"), title="Kreativraum")
BERN, GRAZ, LINZ = a_city("bern"), a_city("graz"), a_city("linz")


def an_evening(*talks: SnapshotTalk, speed: float = 1.0) -> Snapshot:
    """The three talks, or others."""
    return a_snapshot(*(talks or (ULM, BERN, GRAZ)), format=FOUR, planned_start_s=60, speed=speed)


def told(block: Snapshot, *cues: Cue, shown: tuple[Shown, ...] = (), alive_s: float = 600) -> Report:
    """The report of a journal with a sign of life at ``alive_s``."""
    sign = Alive(after(alive_s), block.wall_ns(after(alive_s)))
    return report(Journal(block, cues, shown, sign), dt.UTC)


def paints(talk: str, *due_s: float | None, late_ms: float = 2) -> tuple[Shown, ...]:
    """Every slide of a talk, due at these seconds and painted 2 ms later; None for one never painted."""
    return tuple(
        Shown(talk, index, after(due), after(due) + round(late_ms * MS))
        for index, due in enumerate(due_s)
        if due is not None
    )


def of(figures: Report, talk: str) -> TalkFigures:
    """A talk's figures."""
    return next(each for each in figures.talks if each.id == talk)


def at(words: str | None) -> str | None:
    """Minutes and seconds of a time; every time of these evenings is after seven o'clock UTC."""
    return None if words is None else words.removeprefix("2021-03-25T07:").removesuffix(".000+00:00")


def times(figures: Report) -> list[tuple[str, str, str | None, str | None, str | None]]:
    """City, outcome, planned start, start and end of every talk."""
    return [
        (each.id, each.outcome, at(each.planned_start), at(each.started), at(each.ended))
        for each in figures.talks
    ]


def test_an_evening_as_planned() -> None:
    # A start counts down for 3 s: pressed at 57 s, Ulm's first slide is due at 60 s, 07:41:00.
    figures = told(
        an_evening(),
        cue(57, Start("ulm")),
        cue(117, Start("bern")),
        cue(177, Start("graz")),
        cue(230, End()),
        shown=(
            *paints("ulm", 60, 70, 80, 90),
            *paints("bern", 120, 130, 140, 150),
            *paints("graz", 180, 190, 200, 210, late_ms=5),
        ),
    )
    assert times(figures) == [
        ("ulm", "completed", "41:00", "41:00", "41:40"),
        ("bern", "completed", "42:00", "42:00", "42:40"),
        ("graz", "completed", "43:00", "43:00", "43:40"),
    ]
    assert (at(figures.planned_start), at(figures.plan_start), at(figures.plan_end)) == (
        "41:00",
        "41:00",
        "43:40",
    )
    assert (at(figures.started), at(figures.last_ended), at(figures.ended)) == ("41:00", "43:40", "43:50")
    assert figures.behind_s == 0
    # Eight slides 2 ms late, four 5 ms: the sixth of twelve is 2 ms late, the last 5 ms.
    assert (figures.lateness_ms, figures.drift_ms) == (Lateness(2, 5, 5), 5)
    assert [slide.late_ms for talk in figures.talks for slide in talk.slides] == [2.0] * 8 + [5.0] * 4
    assert (of(figures, "ulm").presenters, of(figures, "ulm").title) == (("Ada", "Ben"), "Kreativraum")


def test_an_evening_with_everything_that_takes_time() -> None:
    # Ulm begins 30 s late (07:41:30), is held at 105 s in its second slide for 45 s and goes on with the
    # rest: slides 3 and 4 are due at 155 and 165 s, its end at 175 s (07:42:55).
    # Bern begins at 200 s, is held from 215 s to 235 s and goes on by the schedule, where its slide 4 is
    # on stage; slide 3, due at 220 s, was left out. It ends at 240 s as if nobody had held it.
    # Graz begins at 300 s, begins again at 322 s with its first slide at 325 s, and ends at 365 s
    # (07:46:05) where 220 s (07:43:40) was planned: 145 s later.
    figures = told(
        an_evening(),
        cue(87, Start("ulm")),
        cue(105, Hold()),
        cue(150, Resume(GoOn.REST)),
        cue(197, Start("bern")),
        cue(215, Hold()),
        cue(235, Resume(GoOn.SCHEDULE)),
        cue(297, Start("graz")),
        cue(322, Restart("graz")),
        cue(380, End()),
        shown=(
            *paints("ulm", 90, 100, 155, 165),
            *paints("bern", 200, 210, None),
            Shown("bern", 3, after(230), after(235.001)),
            *paints("graz", 300, 310, 320),
            *paints("graz", 325, 335, 345, 355, late_ms=3),
        ),
    )
    assert times(figures) == [
        ("ulm", "completed", "41:00", "41:30", "42:55"),
        ("bern", "completed", "42:00", "43:20", "44:00"),
        ("graz", "completed", "43:00", "45:25", "46:05"),
    ]
    assert [(slide.due_s, slide.shown_s) for slide in of(figures, "ulm").slides] == [
        (0, 0.002),
        (10, 10.002),
        (65, 65.002),
        (75, 75.002),
    ]
    assert [slide.shown_s for slide in of(figures, "bern").slides] == [0.002, 10.002, None, 35.001]
    # The slide that was due while Bern was held is not late: its lateness was wanted.
    assert [slide.late_ms for slide in of(figures, "bern").slides] == [2.0, 2.0, None, None]
    assert (of(figures, "bern").missed, of(figures, "bern").missed_numbers) == (1, (3,))
    assert [slide.late_ms for slide in of(figures, "graz").slides] == [3.0] * 4
    assert (at(figures.last_ended), figures.behind_s) == ("46:05", 145.0)
    # Four of Ulm, two of Bern, seven of Graz: nine 2 ms late and four 3 ms.
    assert figures.lateness_ms == Lateness(2, 3, 3)


def test_an_evening_with_a_no_show_and_a_cut() -> None:
    # Bern is not there. Ulm as planned; Graz is cut after 15 s at 155 s: 65 s before the plan's end.
    figures = told(
        an_evening(),
        cue(57, Start("ulm")),
        cue(101, NoShow("bern")),
        cue(137, Start("graz")),
        cue(155, Cut("graz")),
        cue(170, End()),
        shown=(*paints("ulm", 60, 70, 80, 90), *paints("graz", 140, 150)),
    )
    assert times(figures) == [
        ("ulm", "completed", "41:00", "41:00", "41:40"),
        ("bern", "no-show", "42:00", None, None),
        ("graz", "cut", "43:00", "42:20", "42:35"),
    ]
    assert figures.behind_s == -65.0
    assert [talk.missed for talk in figures.talks] == [0, 0, 0]
    assert [slide.shown_s for slide in of(figures, "graz").slides] == [0.002, 10.002, None, None]


def test_a_no_show_that_came_after_all_is_told_by_when_it_spoke() -> None:
    # Moved to the end and put back: it spoke last, and its planned start stays what it was.
    figures = told(
        an_evening(ULM, BERN),
        cue(10, NoShow("ulm")),
        cue(57, Start("bern")),
        cue(105, Move("ulm")),
        cue(106, PutBack("ulm")),
        cue(117, Start("ulm")),
        cue(170, End()),
    )
    assert times(figures) == [
        ("bern", "completed", "42:00", "41:00", "41:40"),
        ("ulm", "completed", "41:00", "42:00", "42:40"),
    ]
    assert (figures.behind_s, at(figures.plan_end)) == (0, "42:40")
    assert [each.cue for each in of(figures, "ulm").cues] == ["no-show", "move", "put-back", "start"]


def test_a_replaced_talk_is_told_as_it_was_given() -> None:
    new = a_city("ulm", 2, 4, 6, 8, presenters=("Cem",), title="Neuer Titel")
    figures = told(
        an_evening(ULM),
        cue(20, Replace(new)),
        cue(57, Start("ulm")),
        cue(110, End()),
        shown=paints("ulm", 60, 70, None, 90),
    )
    (ulm,) = figures.talks
    assert (ulm.presenters, ulm.title, ulm.planned_start) == (
        ("Cem",),
        "Neuer Titel",
        figures.plan_start,
    )
    # Number 6 of the new deck is the slide that nobody saw.
    assert [slide.number for slide in ulm.slides] == [2, 4, 6, 8]
    assert (ulm.missed, ulm.missed_numbers) == (1, (6,))


def test_an_added_talk_was_never_planned_and_makes_the_block_longer() -> None:
    # The plan ends with Bern at 160 s (07:42:40); Linz comes after it, from 180 to 220 s: 60 s later.
    figures = told(
        an_evening(ULM, BERN),
        cue(57, Start("ulm")),
        cue(90, Add(LINZ)),
        cue(117, Start("bern")),
        cue(177, Start("linz")),
        cue(240, End()),
    )
    assert times(figures)[2] == ("linz", "completed", None, "43:00", "43:40")
    assert (at(figures.plan_end), figures.behind_s) == ("42:40", 60.0)


def test_a_withdrawn_talk_is_told_apart_with_its_plan() -> None:
    # Bern leaves; Graz follows Ulm at 120 s and ends at 160 s, 60 s before the plan's end at 220 s.
    figures = told(
        an_evening(),
        cue(57, Start("ulm")),
        cue(80, Withdraw("bern")),
        cue(117, Start("graz")),
        cue(190, End()),
    )
    assert [talk.id for talk in figures.talks] == ["ulm", "graz"]
    assert figures.withdrawn == (
        WithdrawnFigures(
            id="bern",
            city="Bern",
            title="",
            presenters=(),
            planned_start="2021-03-25T07:42:00.000+00:00",
        ),
    )
    assert (at(figures.plan_end), figures.behind_s) == ("43:40", -60.0)


@pytest.mark.parametrize(
    ("actions", "left"),
    [
        ([Withdraw("bern"), Add(BERN)], []),
        ([Withdraw("bern"), Add(BERN), Withdraw("bern")], ["bern"]),
        ([Withdraw("graz"), Withdraw("bern")], ["graz", "bern"]),
        ([Add(LINZ), Withdraw("linz")], ["linz"]),
    ],
)
def test_a_talk_that_came_back_was_not_withdrawn(actions: list[Action], left: list[str]) -> None:
    figures = told(an_evening(), *(cue(number, each) for number, each in enumerate(actions)))
    assert [each.id for each in figures.withdrawn] == left


def test_a_start_taken_back_is_no_start() -> None:
    figures = told(an_evening(ULM), cue(30, Start("ulm")), cue(35, TakeBack("ulm")), cue(57, Start("ulm")))
    assert times(figures) == [("ulm", "completed", "41:00", "41:00", "41:40")]


def test_a_reboot_changes_no_time() -> None:
    # The machine restarts in Ulm's third slide; nobody sees that one.
    figures = told(
        an_evening(ULM),
        cue(57, Start("ulm")),
        cue(89, Reboot("boot-2", 5)),
        cue(120, End()),
        shown=paints("ulm", 60, 70, None, 90),
    )
    assert times(figures) == [("ulm", "completed", "41:00", "41:00", "41:40")]
    assert of(figures, "ulm").missed_numbers == (5,)
    assert [each.cue for each in figures.cues] == ["start", "reboot", "end"]


def test_a_run_that_broke_off_is_neither_late_nor_early() -> None:
    # Its last sign of life is in Bern's second slide.
    figures = told(
        an_evening(),
        cue(57, Start("ulm")),
        cue(117, Start("bern")),
        shown=(*paints("ulm", 60, 70, 80, 90), *paints("bern", 120)),
        alive_s=134,
    )
    assert times(figures) == [
        ("ulm", "completed", "41:00", "41:00", "41:40"),
        ("bern", "on-stage", "42:00", "42:00", None),
        ("graz", "planned", "43:00", None, None),
    ]
    assert (figures.ended, at(figures.last_ended), figures.behind_s) == (None, "41:40", None)
    assert of(figures, "bern").missed_numbers == (2,)


def test_a_run_ended_before_its_last_talk_is_neither_late_nor_early() -> None:
    figures = told(an_evening(), cue(57, Start("ulm")), cue(120, End()))
    assert (at(figures.ended), figures.behind_s) == ("42:00", None)


def test_a_run_in_which_nobody_spoke_is_neither_late_nor_early() -> None:
    figures = told(an_evening(ULM), cue(57, NoShow("ulm")), cue(120, End()))
    assert (figures.started, figures.last_ended, figures.behind_s) == (None, None, None)


def test_a_dry_run_is_planned_from_when_the_program_was_ready() -> None:
    # Ten times faster: a changeover is 2 s, a talk 4 s, the countdown 0.3 s. Planned: Ulm 2-6 s, Bern
    # 8-12 s, though the show says 07:41:00. Ulm is as planned; Bern is on stage from 9.5 s to 13.5 s:
    # 1.5 real seconds are 15 s of the run's own time.
    speed = 10.0
    figures = told(
        an_evening(ULM, BERN, speed=speed),
        cue(1.7, Start("ulm")),
        cue(9.2, Start("bern")),
        cue(15, End()),
        shown=(*paints("ulm", 2, 3, 4, 5, late_ms=7), *paints("bern", 9.5, 10.5, None, 12.5)),
    )
    assert at(figures.planned_start) == "41:00"
    assert (figures.plan_start, figures.plan_end) == (
        "2021-03-25T07:40:02.000+00:00",
        "2021-03-25T07:40:12.000+00:00",
    )
    assert [(talk.planned_start, talk.started, talk.ended) for talk in figures.talks] == [
        (
            "2021-03-25T07:40:02.000+00:00",
            "2021-03-25T07:40:02.000+00:00",
            "2021-03-25T07:40:06.000+00:00",
        ),
        (
            "2021-03-25T07:40:08.000+00:00",
            "2021-03-25T07:40:09.500+00:00",
            "2021-03-25T07:40:13.500+00:00",
        ),
    ]
    assert (figures.speed, figures.behind_s) == (10.0, 15.0)
    # Own seconds when, real milliseconds how late.
    ulm, bern = figures.talks
    assert [(slide.due_s, slide.shown_s, slide.late_ms) for slide in ulm.slides] == [
        (0, 0.07, 7.0),
        (10, 10.07, 7.0),
        (20, 20.07, 7.0),
        (30, 30.07, 7.0),
    ]
    assert (bern.missed, bern.missed_numbers) == (1, (3,))
    assert figures.lateness_ms == Lateness(7, 7, 7)
