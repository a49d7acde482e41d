# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the report says, told from hand-made journals."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    Cue,
    Cut,
    End,
    GoOn,
    Hold,
    Message,
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
from pechakucha.show.figures import (
    CueFigures,
    Lateness,
    Report,
    RunCueFigures,
    SlideFigures,
    TalkFigures,
    report,
)
from pechakucha.show.format import Format
from pechakucha.show.journal import Alive, Journal, Shown, StageBegun
from pechakucha.show.run import fold, settle
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide, SnapshotTalk

from .builders import a_blocked_talk, a_snapshot, a_talk, after, cue
from .strategies import Story, often, quick, stories, watch

MS = 1_000_000


def with_slides(talk: SnapshotTalk, *numbers: int) -> SnapshotTalk:
    """The talk with these slides of its deck."""
    slides = tuple(SnapshotSlide(number=number, picture=f"{number}.png") for number in numbers)
    return msgspec.structs.replace(talk, slides=slides)


ULM = with_slides(a_talk("ulm"), 1, 3, 4, 7)
BERN = with_slides(a_talk("bern"), 1, 2, 3, 4)
SHORT = Format(4, 10)
"""Four slides, ten seconds each."""

BLOCK = a_snapshot(ULM, BERN, format=SHORT)
START = cue(7, Start("ulm"))
"""Ulm's slides are due at 10, 20, 30 and 40 s, its end at 50 s."""


def shown(talk: str, due_s: float, index: int, late_ms: float = 2) -> Shown:
    """A slide due so many real seconds after the program was ready, painted ``late_ms`` later."""
    return Shown(talk, index, after(due_s), after(due_s) + round(late_ms * MS))


ALL_OF_ULM = tuple(shown("ulm", 10 + 10 * index, index) for index in range(4))


def told(
    *cues: Cue, shown: tuple[Shown, ...] = (), alive: float | None = None, block: Snapshot = BLOCK
) -> Report:
    """The report of a journal; ``alive`` is its last sign of life."""
    sign = None if alive is None else Alive(after(alive), block.wall_ns(after(alive)))
    return report(Journal(block, cues, shown, sign), dt.UTC)


def of(figures: Report, talk: str) -> TalkFigures:
    """A talk's figures."""
    return next(each for each in figures.talks if each.id == talk)


def due(figures: TalkFigures) -> list[float]:
    """When each slide was due."""
    return [slide.due_s for slide in figures.slides]


def seen(figures: TalkFigures) -> list[float | None]:
    """When each slide was shown."""
    return [slide.shown_s for slide in figures.slides]


def run_cue(cue: str, at: str, talk: str | None = None) -> RunCueFigures:
    """A cue of a hand without details."""
    city = talk.capitalize() if talk else None
    return RunCueFigures(cue=cue, at=at, by="hand", talk=talk, city=city, detail=None)


def named(figures: TalkFigures) -> list[str]:
    """The cues that concerned a talk."""
    return [each.cue for each in figures.cues]


# A talk


def test_a_full_talk() -> None:
    paints = tuple(shown("ulm", 10 + 10 * index, index, late) for index, late in enumerate((3, 1, 2.5, 4)))
    figures = told(START, cue(60, NoShow("bern")), cue(70, End()), shown=paints)
    assert figures == Report(
        show="Mashup",
        speed=1.0,
        format="4x10",
        planned_start=None,
        # Without a planned start: 45 s of changeover, 40 s of talk, and the same again.
        plan_start="2021-03-25T07:40:45.000+00:00",
        plan_end="2021-03-25T07:42:50.000+00:00",
        started="2021-03-25T07:40:10.000+00:00",
        last_ended="2021-03-25T07:40:50.000+00:00",
        ended="2021-03-25T07:41:10.000+00:00",
        behind_s=-120.0,
        drift_ms=4.0,
        lateness_ms=Lateness(p50=2.5, p99=4.0, max=4.0),
        talks=(
            TalkFigures(
                id="ulm",
                city="Ulm",
                title="",
                presenters=(),
                outcome="completed",
                planned_start="2021-03-25T07:40:45.000+00:00",
                started="2021-03-25T07:40:10.000+00:00",
                started_clock_ns=after(10),
                ended="2021-03-25T07:40:50.000+00:00",
                missed=0,
                missed_numbers=(),
                slides=(
                    SlideFigures(1, 1, 0.0, 0.003, 3.0),
                    SlideFigures(2, 3, 10.0, 10.001, 1.0),
                    SlideFigures(3, 4, 20.0, 20.0025, 2.5),
                    SlideFigures(4, 7, 30.0, 30.004, 4.0),
                ),
                cues=(CueFigures("start", "2021-03-25T07:40:07.000+00:00"),),
            ),
            TalkFigures(
                id="bern",
                city="Bern",
                title="",
                presenters=(),
                outcome="no-show",
                planned_start="2021-03-25T07:42:10.000+00:00",
                started=None,
                started_clock_ns=None,
                ended=None,
                missed=0,
                missed_numbers=(),
                slides=(),
                cues=(CueFigures("no-show", "2021-03-25T07:41:00.000+00:00"),),
            ),
        ),
        withdrawn=(),
        cues=(
            run_cue("start", "2021-03-25T07:40:07.000+00:00", "ulm"),
            run_cue("no-show", "2021-03-25T07:41:00.000+00:00", "bern"),
            run_cue("end", "2021-03-25T07:41:10.000+00:00"),
        ),
        presses=(),
    )


def test_a_cut_talk_misses_nothing_that_was_not_due_yet() -> None:
    ulm = of(told(START, cue(25, Cut("ulm")), shown=ALL_OF_ULM[:2]), "ulm")
    assert (ulm.outcome, ulm.missed) == ("cut", 0)
    assert ulm.ended == "2021-03-25T07:40:25.000+00:00"
    assert due(ulm) == [0, 10, 20, 30]
    assert seen(ulm) == [0.002, 10.002, None, None]
    assert named(ulm) == ["start", "cut"]


def test_a_slide_due_at_the_very_moment_of_the_cut_was_not_missed() -> None:
    assert of(told(START, cue(20, Cut("ulm")), shown=ALL_OF_ULM[:1]), "ulm").missed == 0
    assert of(told(START, cue(20.001, Cut("ulm")), shown=ALL_OF_ULM[:1]), "ulm").missed == 1


def test_a_stage_that_came_again_is_told() -> None:
    journal = Journal(a_snapshot(), begun=(StageBegun(after(0)), StageBegun(after(50))))
    assert len(report(journal).stage_again) == 1
    assert report(msgspec.structs.replace(journal, begun=journal.begun[:1])).stage_again == ()


def test_a_stage_that_was_dead_for_two_slides() -> None:
    figures = told(START, cue(70, End()), shown=(ALL_OF_ULM[0], ALL_OF_ULM[3]))
    ulm = of(figures, "ulm")
    assert (ulm.outcome, ulm.missed) == ("completed", 2)
    assert seen(ulm) == [0.002, None, None, 30.002]
    assert figures.lateness_ms == Lateness(2.0, 2.0, 2.0)


def test_a_stage_that_came_back_during_a_slide_was_late() -> None:
    figures = told(START, cue(70, End()), shown=(ALL_OF_ULM[0], shown("ulm", 30, 2, 5500), ALL_OF_ULM[3]))
    assert seen(of(figures, "ulm")) == [0.002, None, 25.5, 30.002]
    assert of(figures, "ulm").missed == 1
    assert (figures.lateness_ms.max, figures.drift_ms) == (5500, 2)


def test_a_slide_painted_again_was_shown_when_it_was_painted_first() -> None:
    paints = (shown("ulm", 10, 0, 2), shown("ulm", 10, 0, 900))
    assert seen(of(told(START, shown=paints), "ulm"))[0] == 0.002


def test_paints_of_another_talk_do_not_count() -> None:
    assert seen(of(told(START, shown=(shown("bern", 10, 0),)), "ulm")) == [None] * 4


# Holds


def test_after_a_hold_the_following_slides_are_due_later() -> None:
    paints = (*ALL_OF_ULM[:2], shown("ulm", 130, 2), shown("ulm", 140, 3))
    held = (START, cue(25, Hold()), cue(125, Resume(GoOn.REST)))
    figures = told(*held, cue(170, End()), shown=paints)
    ulm = of(figures, "ulm")
    assert (ulm.started_clock_ns, ulm.started) == (after(10), "2021-03-25T07:40:10.000+00:00")
    assert due(ulm) == [0, 10, 120, 130]
    assert seen(ulm) == [0.002, 10.002, 120.002, 130.002]
    assert (ulm.outcome, ulm.missed) == ("completed", 0)
    assert ulm.ended == "2021-03-25T07:42:30.000+00:00"
    assert figures.lateness_ms.max == 2
    assert ulm.cues == (
        CueFigures("start", "2021-03-25T07:40:07.000+00:00"),
        CueFigures("hold", "2021-03-25T07:40:25.000+00:00"),
        CueFigures("resume", "2021-03-25T07:42:05.000+00:00"),
    )


def test_a_hold_in_the_countdown_moves_the_start_of_the_talk() -> None:
    ulm = of(told(START, cue(9, Hold()), cue(29, Resume()), shown=(shown("ulm", 30, 0),)), "ulm")
    assert ulm.started_clock_ns == after(30)
    assert due(ulm) == [0, 10, 20, 30]
    assert seen(ulm) == [0.002, None, None, None]


def test_going_on_by_the_schedule_misses_what_was_due_in_the_hold_and_is_not_late() -> None:
    paints = (ALL_OF_ULM[0], shown("ulm", 30, 2, 5000), shown("ulm", 40, 3))
    by_schedule = (START, cue(15, Hold()), cue(35, Resume(GoOn.SCHEDULE)))
    figures = told(*by_schedule, cue(70, End()), shown=paints)
    ulm = of(figures, "ulm")
    assert due(ulm) == [0, 10, 20, 30]
    assert seen(ulm) == [0.002, None, 25, 30.002]
    assert ulm.missed == 1
    assert figures.lateness_ms == Lateness(2, 2, 2)


def test_a_talk_found_over_after_a_hold_ended_when_its_time_was_over() -> None:
    ulm = of(told(START, cue(15, Hold()), cue(500, Resume(GoOn.SCHEDULE)), shown=ALL_OF_ULM[:1]), "ulm")
    assert (ulm.outcome, ulm.missed) == ("completed", 3)
    assert named(ulm) == ["start", "hold", "resume"]
    assert ulm.ended == "2021-03-25T07:40:50.000+00:00"


def test_no_slide_is_missed_while_time_stands_still() -> None:
    held = (START, cue(15, Hold()))
    assert of(told(*held, cue(500, Cut("ulm")), shown=ALL_OF_ULM[:1]), "ulm").missed == 0
    broken_off = of(told(*held, shown=ALL_OF_ULM[:1], alive=500), "ulm")
    assert (broken_off.outcome, broken_off.missed) == ("on-stage", 0)


# More than one attempt


def test_a_restart_counts_from_the_new_start() -> None:
    again = tuple(shown("ulm", 28 + 10 * index, index, 4) for index in range(4))
    figures = told(START, cue(25, Restart("ulm")), cue(90, End()), shown=(*ALL_OF_ULM[:2], *again))
    ulm = of(figures, "ulm")
    assert ulm.started_clock_ns == after(28)
    assert due(ulm) == [0, 10, 20, 30]
    assert seen(ulm) == [0.004, 10.004, 20.004, 30.004]
    assert (ulm.outcome, ulm.missed) == ("completed", 0)
    assert named(ulm) == ["start", "restart"]
    assert figures.lateness_ms == Lateness(4, 4, 4)
    assert figures.started == ulm.started == "2021-03-25T07:40:28.000+00:00"


def test_what_was_shown_before_a_restart_does_not_count_as_shown() -> None:
    ulm = of(told(START, cue(25, Restart("ulm")), shown=ALL_OF_ULM[:2], alive=40), "ulm")
    assert seen(ulm) == [None] * 4
    assert ulm.missed == 2


def test_a_start_taken_back_leaves_only_its_cues() -> None:
    figures = told(START, cue(12, TakeBack("ulm")), shown=ALL_OF_ULM[:1])
    ulm = of(figures, "ulm")
    assert (ulm.outcome, ulm.started, ulm.slides, ulm.missed) == ("planned", None, (), 0)
    assert named(ulm) == ["start", "take-back"]
    assert figures.started is None


def test_a_talk_put_back_that_never_began_again_keeps_its_figures() -> None:
    ulm = of(
        told(START, cue(25, Cut("ulm")), cue(60, PutBack("ulm")), shown=ALL_OF_ULM[:2], alive=300), "ulm"
    )
    assert (ulm.outcome, ulm.missed) == ("planned", 0)
    assert ulm.ended == "2021-03-25T07:40:25.000+00:00"
    assert seen(ulm) == [0.002, 10.002, None, None]
    assert named(ulm) == ["start", "cut", "put-back"]


# Speed


def test_a_dry_run_is_told_in_its_own_seconds_and_its_lateness_in_real_ones() -> None:
    block = a_snapshot(ULM, format=SHORT, speed=60)
    paints = tuple(shown("ulm", 3.05 + index / 6, index, 3) for index in range(4))
    # A sixth of a second is no whole number of nanoseconds.
    paints = tuple(
        msgspec.structs.replace(each, due_ns=after(3.05) + block.due_ns(each.index)) for each in paints
    )
    figures = told(cue(3, Start("ulm")), cue(10, End()), shown=paints, block=block)
    ulm = of(figures, "ulm")
    assert figures.speed == 60
    assert ulm.started_clock_ns == after(3.05)
    assert due(ulm) == pytest.approx([0, 10, 20, 30], abs=1e-6)
    assert seen(ulm) == pytest.approx([0.18, 10.18, 20.18, 30.18], abs=1e-6)
    assert figures.lateness_ms == Lateness(3, 3, 3)
    assert figures.drift_ms == 3
    assert ulm.missed == 0


# Lateness and drift


@pytest.mark.parametrize(
    ("cover", "uncover"),
    [(Black(True), Black(False)), (Message(""), Message()), (Message("Gleich"), Message())],
)
def test_a_slide_that_the_moderator_covered_was_not_late(cover: Action, uncover: Action) -> None:
    paints = (ALL_OF_ULM[0], shown("ulm", 20, 1, 5000), shown("ulm", 30, 2, 3))
    figures = told(START, cue(15, cover), cue(25, uncover), shown=paints, alive=35)
    assert figures.lateness_ms == Lateness(2, 3, 3)
    assert seen(of(figures, "ulm")) == [0.002, 15, 20.003, None]


def test_a_slide_covered_for_all_its_time_was_missed() -> None:
    figures = told(START, cue(15, Black(True)), cue(35, Black(False)), shown=(ALL_OF_ULM[0],), alive=39)
    assert of(figures, "ulm").missed == 2


@pytest.mark.parametrize("cover", [Black(True), Message("Gleich")])
def test_what_covered_the_stage_before_the_start_does_not_hide_lateness(cover: Action) -> None:
    figures = told(cue(5, cover), START, shown=(shown("ulm", 10, 0, 70),))
    assert figures.lateness_ms == Lateness(70, 70, 70)


def test_black_on_another_slide_hides_no_lateness() -> None:
    paints = (shown("ulm", 10, 0, 2), shown("ulm", 20, 1, 70))
    for cues in ((cue(12, Black(True)), cue(15, Black(False))), (cue(22, Black(True)),)):
        assert told(START, *cues, shown=paints).lateness_ms.max == 70


def test_taking_the_message_away_does_not_end_black() -> None:
    covers = (cue(12, Black(True)), cue(13, Message("")), cue(14, Message()))
    assert told(START, *covers, shown=(shown("ulm", 20, 1, 70),)).lateness_ms.max is None


@pytest.mark.parametrize(
    ("late_ms", "p50", "p99", "most"),
    [
        ([5], 5, 5, 5),
        ([9, 1], 1, 9, 9),
        ([9, 5, 1], 5, 9, 9),
        ([4, 3, 2, 1], 2, 4, 4),
        (list(range(1, 101)), 50, 99, 100),
        (list(range(200, 0, -1)), 100, 198, 200),
        (list(range(1, 181)), 90, 179, 180),
    ],
)
def test_percentiles_are_figures_that_occurred(
    late_ms: list[float], p50: float, p99: float, most: float
) -> None:
    paints = tuple(shown("ulm", 10, 0, late) for late in late_ms)
    assert told(START, shown=paints).lateness_ms == Lateness(p50, p99, most)


def test_drift_is_the_lateness_of_the_last_slide() -> None:
    paints = (shown("ulm", 10, 0, 9), shown("ulm", 20, 1, 7), shown("ulm", 30, 2, 0.4))
    assert told(START, shown=paints).drift_ms == 0.4
    assert told(START, cue(25, Black(True)), shown=paints).drift_ms == 7


def test_where_nothing_was_shown_there_is_neither_lateness_nor_drift() -> None:
    figures = told(START, alive=45)
    assert (figures.lateness_ms, figures.drift_ms) == (Lateness(None, None, None), None)
    assert of(figures, "ulm").missed == 4


def test_lateness_is_told_to_the_microsecond() -> None:
    assert told(START, shown=(shown("ulm", 10, 0, 1.2345678),)).lateness_ms.max == 1.235


# A run that is not over


def test_a_journal_with_nothing_but_its_beginning() -> None:
    figures = told()
    assert (figures.started, figures.ended, figures.drift_ms) == (None, None, None)
    assert [(talk.outcome, talk.slides, talk.missed) for talk in figures.talks] == [("planned", (), 0)] * 2


def test_a_run_that_broke_off_during_a_talk() -> None:
    figures = told(START, shown=ALL_OF_ULM[:2], alive=34)
    ulm = of(figures, "ulm")
    assert (ulm.outcome, ulm.ended, ulm.missed) == ("on-stage", None, 1)
    assert seen(ulm) == [0.002, 10.002, None, None]
    assert figures.started == "2021-03-25T07:40:10.000+00:00"
    assert figures.ended is None


def test_a_run_that_broke_off_without_a_sign_of_life_missed_nothing() -> None:
    ulm = of(told(START, shown=ALL_OF_ULM[:1]), "ulm")
    assert (ulm.outcome, ulm.missed) == ("on-stage", 0)


@pytest.mark.parametrize(("alive", "outcome"), [(49.9, "on-stage"), (50, "completed"), (90, "completed")])
def test_a_talk_whose_time_was_over_before_the_run_broke_off_was_completed(
    alive: float, outcome: str
) -> None:
    ulm = of(told(START, shown=ALL_OF_ULM, alive=alive), "ulm")
    assert ulm.outcome == outcome
    assert ulm.ended == (None if outcome == "on-stage" else "2021-03-25T07:40:50.000+00:00")


def test_a_paint_later_than_the_last_sign_of_life_is_one_too() -> None:
    late = (*ALL_OF_ULM, shown("ulm", 40, 3, 11_000))
    assert of(told(START, shown=late, alive=45), "ulm").outcome == "completed"


# The block


def test_times_are_written_in_the_zone_of_the_block() -> None:
    block = a_snapshot(ULM, format=SHORT, planned_start_s=300)
    journal = Journal(block, (START, cue(49.5, Cut("ulm")), cue(60.25, End())))
    figures = report(journal, dt.timezone(dt.timedelta(hours=1)))
    assert figures.planned_start == "2021-03-25T08:45:00.000+01:00"
    assert figures.started == "2021-03-25T08:40:10.000+01:00"
    assert figures.ended == "2021-03-25T08:41:00.250+01:00"
    assert figures.talks[0].ended == "2021-03-25T08:40:49.500+01:00"
    assert figures.talks[0].cues[1].at == "2021-03-25T08:40:49.500+01:00"


def test_the_run_started_with_the_talk_that_was_first_on_stage() -> None:
    figures = told(START, cue(100, Start("bern")), alive=300)
    moved = told(START, cue(60, Move("bern", "ulm")), cue(100, Start("bern")), alive=300)
    assert [talk.id for talk in moved.talks] == ["bern", "ulm"]
    assert figures.started == moved.started == "2021-03-25T07:40:10.000+00:00"


def test_talks_are_told_in_the_order_of_the_rundown_at_the_end() -> None:
    linz = with_slides(a_talk("linz"), 1, 2, 3, 4)
    figures = told(cue(1, Add(linz, "ulm")), cue(2, Withdraw("bern")), cue(3, Move("linz")))
    assert [talk.id for talk in figures.talks] == ["ulm", "linz"]
    assert named(of(figures, "linz")) == ["add", "move"]


def test_a_replaced_talk_is_told_with_its_new_slides() -> None:
    new = msgspec.structs.replace(with_slides(ULM, 9, 8, 7, 6), city="Neu-Ulm")
    ulm = of(told(cue(1, Replace(new)), START), "ulm")
    assert ulm.city == "Neu-Ulm"
    assert [slide.number for slide in ulm.slides] == [9, 8, 7, 6]
    assert [slide.index for slide in ulm.slides] == [1, 2, 3, 4]
    assert named(ulm) == ["replace", "start"]


def test_what_happens_on_stage_belongs_to_the_talk_on_stage() -> None:
    during = (cue(12, Black(True)), cue(13, Black(False)), cue(14, Message("")), cue(15, Message()))
    figures = told(
        cue(5, Black(True)), START, *during, cue(16, Reboot("b", 1)), cue(51, Black(True)), alive=60
    )
    assert named(of(figures, "ulm")) == ["start", "black", "black", "message", "message", "reboot"]
    assert named(of(figures, "bern")) == []


def test_what_concerns_another_talk_belongs_to_that_one() -> None:
    figures = told(START, cue(12, NoShow("bern")), cue(13, PutBack("bern")), cue(60, End()))
    assert named(of(figures, "ulm")) == ["start"]
    assert named(of(figures, "bern")) == ["no-show", "put-back"]


def test_a_talk_that_could_not_start_is_a_no_show_without_slides() -> None:
    block = a_snapshot(with_slides(a_blocked_talk("ulm"), 1, 2), format=SHORT)
    ulm = of(told(cue(42, NoShow("ulm")), block=block), "ulm")
    assert (ulm.outcome, ulm.slides, ulm.started_clock_ns) == ("no-show", (), None)


# What holds for every evening


def full(story: Story) -> Story:
    """The same evening with slides in every deck."""

    def filled(talk: SnapshotTalk) -> SnapshotTalk:
        return with_slides(talk, *range(1, story.snapshot.format.slides + 1))

    def filled_cue(each: Cue) -> Cue:
        if not isinstance(each.action, (Add, Replace)):
            return each
        action = msgspec.structs.replace(each.action, talk=filled(each.action.talk))
        return msgspec.structs.replace(each, action=action)

    talks = tuple(filled(talk) for talk in story.snapshot.talks)
    snapshot = msgspec.structs.replace(story.snapshot, talks=talks)
    return Story(snapshot, tuple(filled_cue(each) for each in story.cues), story.watched_ns)


def journal_of(story: Story, lateness: list[int | None]) -> Journal:
    """What a stage would have written; None in ``lateness`` is a paint that never came."""
    paints: dict[tuple[str, int, int], Shown] = {}
    late_ns = itertools.cycle(lateness)
    for moment in watch(story):
        match moment.state.scene:
            case OnSlide(talk, index, due_ns):
                late = next(late_ns)
                if late is not None:
                    paint = Shown(talk, index, due_ns, moment.at_ns + late)
                    paints.setdefault((talk, index, due_ns), paint)
    alive = Alive(story.watched_ns, story.snapshot.wall_ns(story.watched_ns))
    return Journal(story.snapshot, story.cues, tuple(paints.values()), alive)


latenesses = st.lists(st.none() | st.integers(0, 3 * NS), min_size=1, max_size=5)


@often
@given(stories(), latenesses, st.booleans())
def test_of_every_evening_there_is_a_report(
    bare: Story, lateness: list[int | None], signs_of_life: bool
) -> None:
    story = full(bare)
    journal = journal_of(story, lateness)
    if not signs_of_life:
        journal = msgspec.structs.replace(journal, alive=None)
    figures = report(journal, dt.UTC)
    assert [talk.id for talk in figures.talks] == [
        turn.talk.id for turn in fold(story.snapshot, story.cues).turns
    ]
    for talk in figures.talks:
        assert len(talk.slides) in (0, story.snapshot.format.slides)
        assert [slide.index for slide in talk.slides] == [*range(1, len(talk.slides) + 1)]
        assert due(talk)[:1] == ([0] if talk.slides else [])
        assert all(sooner < later for sooner, later in itertools.pairwise(due(talk)))
        assert 0 <= talk.missed <= seen(talk).count(None)
        assert all(slide.shown_s is None or slide.shown_s >= slide.due_s for slide in talk.slides)
        assert [each.at for each in talk.cues] == sorted(each.at for each in talk.cues)
        assert (talk.started is None) is (talk.slides == ())
        assert len(talk.missed_numbers) == talk.missed
        assert all((slide.late_ms or 0) >= 0 for slide in talk.slides)
        assert all(slide.late_ms is None for slide in talk.slides if slide.shown_s is None)
    there = {talk.id for talk in figures.talks}
    assert there.isdisjoint(left.id for left in figures.withdrawn)
    assert figures.plan_start is not None
    assert figures.plan_end is not None
    assert figures.plan_start < figures.plan_end
    to_come = any(talk.outcome in ("planned", "on-stage") for talk in figures.talks)
    assert (figures.behind_s is None) is (to_come or figures.last_ended is None)
    assert msgspec.json.decode(msgspec.json.encode(figures), type=Report) == figures


@often
@given(stories())
def test_a_stage_that_never_dies_misses_only_what_a_hold_left_out(bare: Story) -> None:
    story = full(bare)
    figures = report(journal_of(story, [0]), dt.UTC)
    by_schedule = [each for each in story.cues if each.action == Resume(GoOn.SCHEDULE)]
    run = settle(fold(story.snapshot, story.cues), story.watched_ns)
    for turn, talk in zip(run.turns, figures.talks, strict=True):
        if not by_schedule:
            assert talk.missed == 0
        if turn.outcome.value == "done":
            assert talk.outcome == "completed"
            assert talk.missed == seen(talk).count(None)


@often
@given(stories())
def test_a_prompt_stage_is_never_late(bare: Story) -> None:
    figures = report(journal_of(full(bare), [0]), dt.UTC)
    assert figures.lateness_ms.max in (None, 0)
    assert figures.drift_ms in (None, 0)


@often
@given(stories(), latenesses)
def test_whatever_is_shown_and_not_covered_counts_for_lateness(
    bare: Story, lateness: list[int | None]
) -> None:
    uncovered = tuple(
        each for each in bare.cues if not isinstance(each.action, (Black, Message, Hold, Resume))
    )
    story = full(bare._replace(cues=uncovered))
    journal = journal_of(story, lateness)
    late = [(each.painted_ns - each.due_ns) / MS for each in journal.shown]
    figures = report(journal, dt.UTC)
    if late:
        assert figures.lateness_ms.max == pytest.approx(max(late), abs=0.001)
        assert figures.drift_ms == pytest.approx(late[-1], abs=0.001)
    else:
        assert figures.lateness_ms == Lateness(None, None, None)


@quick
@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=300))
def test_at_least_half_of_the_slides_were_no_later_than_the_median(late_ns: list[int]) -> None:
    paints = tuple(Shown("ulm", 0, after(10), after(10) + late) for late in late_ns)
    lateness = told(START, shown=paints).lateness_ms
    late_ms = [round(late / MS, 3) for late in late_ns]
    for share, figure in ((50, lateness.p50), (99, lateness.p99), (100, lateness.max)):
        assert figure in late_ms
        assert sum(late <= figure for late in late_ms) * 100 >= share * len(late_ms)
        assert sum(late < figure for late in late_ms) < math.ceil(share * len(late_ms) / 100)


class Counted(tuple[Cue, ...]):
    """Cues that know how often somebody went through them."""

    times = 0

    def __iter__(self) -> Iterator[Cue]:
        self.times += 1
        return super().__iter__()


def test_the_cues_are_not_gone_through_for_every_slide() -> None:
    cues = Counted((START, cue(60, NoShow("bern")), cue(70, End())))
    report(Journal(BLOCK, cues, ALL_OF_ULM), dt.UTC)
    before = cues.times
    report(Journal(BLOCK, cues, ALL_OF_ULM[:1]), dt.UTC)
    assert cues.times == 2 * before
