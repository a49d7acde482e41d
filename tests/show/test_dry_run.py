# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a dry run's journal says of each talk, and when there may be one."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show import cues
from pechakucha.show.cues import Action, By, Cue
from pechakucha.show.deck import CARD
from pechakucha.show.dry_run import (
    LATE_MS,
    SPEED,
    Remark,
    Sight,
    TalkSeen,
    Verdict,
    as_dry_run,
    can_be_tried,
    expected_seconds,
    seen_in,
    still_planned,
)
from pechakucha.show.format import Format
from pechakucha.show.journal import Alive, Journal, Shown, StageBegun
from pechakucha.show.run import fold
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide, SnapshotTalk

from .builders import TOO_FEW, a_blocked_talk, a_snapshot, a_talk, after, cue, order

FOUR = Format(slides=4, seconds=20)
NUMBERS = (3, 5, 7, 9)
"""The places of the chosen slides in their file."""

SLIDE_S = FOUR.seconds / SPEED
T0_S = 10.0
START_S = T0_S - 3 / SPEED
END_S = T0_S + FOUR.talk_seconds / SPEED


def told(id: str, **changes: str | None) -> SnapshotTalk:
    """A talk of four slides with a picture each; ``changes`` names other pictures: ``s5=None``."""
    pictures = {f"s{number}": f"{id}-{number}.png" for number in NUMBERS} | changes
    slides = tuple(SnapshotSlide(number=number, picture=pictures[f"s{number}"]) for number in NUMBERS)
    return msgspec.structs.replace(a_talk(id), slides=slides)


def dry(*talks: SnapshotTalk) -> Snapshot:
    """A dry run of these."""
    return as_dry_run(a_snapshot(*talks, format=FOUR))


def started(talk: str, seconds: float = START_S) -> Cue:
    return cue(seconds, cues.Start(talk), By.AUTO)


def shown(talk: str, t0_s: float = T0_S, *, late_ms: dict[int, float] | None = None) -> tuple[Shown, ...]:
    """All four slides, in time but for those (0-based) that are ``late_ms``; None: not at all."""
    late = late_ms or {}
    due_s = [t0_s + index * SLIDE_S for index in range(4)]
    return tuple(
        Shown(talk, index, after(at_s), after(at_s + late.get(index, 2) / 1000))
        for index, at_s in enumerate(due_s)
        if late.get(index, 0) >= 0
    )


def the_only(journal: Journal) -> TalkSeen:
    [seen] = seen_in(journal)
    return seen


def played(
    talk: SnapshotTalk,
    *extra: Cue,
    late_ms: dict[int, float] | None = None,
    begun: tuple[StageBegun, ...] = (),
    until_s: float = END_S + 5,
) -> TalkSeen:
    """What is said of a talk that was started; ``late_ms`` −1: nobody saw that slide."""
    journal = Journal(
        dry(talk),
        cues=(started(talk.id), *extra),
        shown=shown(talk.id, late_ms=late_ms),
        alive=Alive(after(until_s), 0),
        begun=(StageBegun(after(0)), *begun),
    )
    return the_only(journal)


def test_a_talk_of_which_everything_was_seen_is_ready() -> None:
    assert played(told("ulm")) == TalkSeen(id="ulm", city="Ulm", verdict=Verdict.READY)


def test_slides_that_nobody_saw_are_named_by_their_place_in_the_file() -> None:
    seen = played(told("ulm"), late_ms={1: -1, 3: -1})
    assert seen.verdict is Verdict.LOOK
    assert seen.remarks == (Remark(code=Sight.UNSEEN, slides=(5, 9)),)


def test_a_slide_that_could_not_be_drawn() -> None:
    seen = played(told("ulm", s7=None), late_ms={2: -1})
    assert seen.remarks == (Remark(code=Sight.UNDRAWN, slides=(7,)),)
    assert seen.verdict is Verdict.LOOK


def test_a_picture_at_which_stages_died() -> None:
    deaths = tuple(StageBegun(after(T0_S + SLIDE_S + each), "ulm-5.png") for each in (0.2, 0.5, 0.9))
    seen = played(told("ulm"), late_ms={1: -1}, begun=deaths)
    assert seen.remarks == (Remark(code=Sight.KILLER, slides=(5,)), Remark(code=Sight.STAGE_DIED, count=3))


def test_a_slide_missed_because_the_stage_was_away() -> None:
    seen = played(told("ulm"), late_ms={2: -1}, begun=(StageBegun(after(T0_S + 2 * SLIDE_S + 1), ""),))
    assert seen.remarks == (
        Remark(code=Sight.STAGE_GONE, slides=(7,)),
        Remark(code=Sight.STAGE_DIED, count=1),
    )


def test_what_came_late_because_the_stage_died_is_said_once() -> None:
    seen = played(told("ulm"), late_ms={2: 900}, begun=(StageBegun(after(T0_S + 2 * SLIDE_S + 0.8), ""),))
    assert seen.remarks == (Remark(code=Sight.STAGE_DIED, count=1),)


def test_slides_under_black_were_not_seen_and_that_was_wanted() -> None:
    black = cue(T0_S + SLIDE_S - 0.5, cues.Black(on=True))
    back = cue(T0_S + 2 * SLIDE_S + 0.5, cues.Black(on=False))
    seen = played(told("ulm"), black, back, late_ms={1: -1, 2: 500})
    assert seen.remarks == (Remark(code=Sight.COVERED, slides=(5,)),)


def test_late_is_what_an_audience_notices() -> None:
    assert played(told("ulm"), late_ms={2: LATE_MS}).verdict is Verdict.READY
    seen = played(told("ulm"), late_ms={0: LATE_MS + 1, 2: 700})
    assert seen.remarks == (Remark(code=Sight.LATE, slides=(3, 7), count=700),)
    assert seen.verdict is Verdict.LOOK


def test_cards_in_place_of_slides_are_said_and_do_no_harm() -> None:
    card = SnapshotSlide(number=CARD.number, picture=None)
    talk = told("ulm")
    talk = msgspec.structs.replace(talk, slides=(*talk.slides[:2], card, card))
    seen = played(talk)
    assert seen == TalkSeen(
        id="ulm", city="Ulm", verdict=Verdict.READY, remarks=(Remark(code=Sight.CARDS, count=2),)
    )


def test_a_machine_that_slept() -> None:
    gap = cue(T0_S + 1, cues.Hold("gap"), By.AUTO)
    go_on = cue(T0_S + 60, cues.Resume(cues.GoOn.SCHEDULE))
    seen = played(told("ulm"), gap, go_on, late_ms={1: -1, 2: -1, 3: -1}, until_s=70)
    assert Remark(code=Sight.SLEPT) in seen.remarks
    assert seen.verdict is Verdict.LOOK


def test_a_talk_cut_short_is_judged_as_far_as_it_got() -> None:
    cut = cue(T0_S + SLIDE_S + 1, cues.Cut("ulm"))
    seen = played(told("ulm"), cut, late_ms={2: -1, 3: -1})
    assert (seen.verdict, seen.remarks) == (Verdict.NOT_RUN, (Remark(code=Sight.CUT),))
    seen = played(told("ulm"), cut, late_ms={1: -1, 2: -1, 3: -1})
    assert seen.verdict is Verdict.LOOK
    assert [remark.code for remark in seen.remarks] == [Sight.UNSEEN, Sight.CUT]


def test_one_that_can_not_start_says_why() -> None:
    journal = Journal(dry(a_blocked_talk("bern")), cues=(cue(5, cues.NoShow("bern"), By.AUTO),))
    assert the_only(journal) == TalkSeen(id="bern", city="Bern", verdict=Verdict.NOT_READY, blocker=TOO_FEW)


@pytest.mark.parametrize(
    ("so_far", "code"), [((), Sight.NOT_RUN), ((cue(5, cues.NoShow("ulm")),), Sight.LEFT_OUT_BY_HAND)]
)
def test_of_what_did_not_run_nothing_is_known(so_far: tuple[Cue, ...], code: Sight) -> None:
    seen = the_only(Journal(dry(told("ulm")), cues=so_far))
    assert (seen.verdict, seen.remarks) == (Verdict.NOT_RUN, (Remark(code=code),))


def test_talks_are_told_in_the_order_they_had_at_last() -> None:
    snapshot = dry(told("ulm"), told("bern"), told("graz"))
    seen = seen_in(Journal(snapshot, cues=(cue(1, cues.Move("graz", "ulm")),)))
    assert [each.id for each in seen] == ["graz", "ulm", "bern"]


@given(
    st.lists(st.sampled_from((2.0, -1.0, 100.0, 400.0)), min_size=4, max_size=4),
    st.floats(min_value=0, max_value=30),
)
def test_whatever_was_painted_no_slide_is_named_twice(late: list[float], until_s: float) -> None:
    late_ms = dict(enumerate(late))
    journal = Journal(
        dry(told("ulm")),
        cues=(started("ulm"),),
        shown=tuple(each for each in shown("ulm", late_ms=late_ms) if each.painted_ns <= after(until_s)),
        alive=Alive(after(max(until_s, START_S)), 0),
    )
    seen = the_only(journal)
    named = [number for remark in seen.remarks for number in remark.slides]
    assert len(named) == len(set(named))
    assert set(named) <= set(NUMBERS)
    bad = any(each not in (2.0, 100.0) for each in late)
    if until_s >= END_S and not bad:
        assert seen.verdict is Verdict.READY
    if until_s >= END_S and bad:
        assert seen.verdict is Verdict.LOOK


# When, and of what


def test_a_dry_run_starts_by_itself_ten_times_as_fast_and_waits_for_no_plan() -> None:
    block = a_snapshot("ulm", planned_start_s=3600)
    made = as_dry_run(block)
    assert (made.speed, made.auto, made.planned_start_ns) == (10.0, True, None)
    assert made.is_dry_run
    assert not block.is_dry_run
    assert made.talks == block.talks


@pytest.mark.parametrize(
    ("so_far", "possible"),
    [
        ((), True),
        ((cue(1, cues.NoShow("ulm")),), True),
        ((cue(1, cues.Start("ulm")),), False),
        ((cue(1, cues.Start("ulm")), cue(2, cues.TakeBack("ulm"))), True),
        ((cue(1, cues.Start("ulm")), cue(20, cues.Cut("ulm"))), False),
        ((cue(1, cues.Start("ulm")), cue(20, cues.Cut("ulm")), cue(21, cues.PutBack("ulm"))), False),
        ((cue(1, cues.NoShow("ulm")), cue(2, cues.NoShow("bern"))), False),
        ((cue(1, cues.End()),), False),
    ],
)
def test_there_is_one_only_while_nobody_is_disturbed(so_far: tuple[Cue, ...], possible: bool) -> None:
    assert can_be_tried(fold(a_snapshot("ulm", "bern"), so_far)) is possible


def test_there_is_none_of_a_block_that_would_begin_by_itself_behind_it() -> None:
    assert not can_be_tried(fold(a_snapshot("ulm", "bern", auto=True), ()))


def test_the_rundown_is_tried_as_it_stands() -> None:
    so_far: list[Action] = [cues.NoShow("bern"), cues.Move("graz", "ulm")]
    run = fold(a_snapshot("ulm", "bern", "graz"), [cue(number, each) for number, each in enumerate(so_far)])
    assert [talk.id for talk in still_planned(run).talks] == ["graz", "ulm"]
    assert order(fold(still_planned(run), ())) == ["graz", "ulm"]


def test_how_long_it_will_take() -> None:
    block = a_snapshot(a_talk("ulm", changeover=50), a_talk("bern", changeover=50, pause=300))
    assert expected_seconds(block) == (2 * 400 + 2 * 50 + 300) / 10
    assert NS * expected_seconds(block) < 130 * NS
