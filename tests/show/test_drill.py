# SPDX-License-Identifier: AGPL-3.0-or-later
"""A drill: where it is follows from its start and the time, whoever looks how often."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.cues import Cue, GoOn, Hold, Resume, Start
from pechakucha.show.drill import MOST_REPETITIONS, Repetition, drill_of, repetition
from pechakucha.show.run import COUNTDOWN_SECONDS
from pechakucha.show.scene import Countdown, OnSlide, state
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide

from .builders import a_snapshot, after, cue

SLIDES = tuple(SnapshotSlide(number=number, picture=f"{number}.jpg") for number in range(1, 21))
START = cue(0, Start("ulm"))


def a_talk() -> Snapshot:
    """Ulm with twenty slides."""
    plain = a_snapshot("ulm")
    talk = msgspec.structs.replace(plain.talks[0], slides=SLIDES)
    return msgspec.structs.replace(plain, talks=(talk,))


def at(seconds: float, *more: Cue) -> Repetition:
    """Where the drill of slide 7 is, so many seconds after its first repetition began."""
    drill = drill_of(a_talk(), 6)
    now_ns = after(COUNTDOWN_SECONDS + seconds)
    now = state(drill, [START, *more], now_ns)
    assert isinstance(now.scene, OnSlide)
    return repetition(drill, now.scene, now_ns if now.held_ns is None else now.held_ns)


def test_it_is_the_same_slide_every_time() -> None:
    (talk,) = drill_of(a_talk(), 6).talks
    assert {slide.number for slide in talk.slides} == {7}
    assert len(talk.slides) == MOST_REPETITIONS


def test_it_begins_with_the_stages_count_in() -> None:
    drill = drill_of(a_talk(), 6)
    assert isinstance(state(drill, [START], after(2.9)).scene, Countdown)
    assert at(0) == Repetition(1, 20 * NS, breath=False)


def test_after_its_time_there_is_a_breath_and_then_it_comes_again() -> None:
    assert at(19.5) == Repetition(1, NS // 2, breath=False)
    assert at(20) == Repetition(2, NS, breath=True)
    assert at(20.75) == Repetition(2, NS // 4, breath=True)
    assert at(21) == Repetition(2, 20 * NS, breath=False)


@given(st.integers(0, MOST_REPETITIONS * 21 * NS - 1))
def test_nothing_adds_up(elapsed_ns: int) -> None:
    number, into_ns = divmod(elapsed_ns, 21 * NS)
    drill = drill_of(a_talk(), 6)
    now_ns = after(COUNTDOWN_SECONDS) + elapsed_ns
    scene = state(drill, [START], now_ns).scene
    assert isinstance(scene, OnSlide)
    now = repetition(drill, scene, now_ns)
    if into_ns < 20 * NS:
        assert now == Repetition(number + 1, 20 * NS - into_ns, breath=False)
    else:
        assert now == Repetition(number + 2, 21 * NS - into_ns, breath=True)


def test_a_repetition_that_was_held_keeps_what_it_had_left() -> None:
    held = cue(COUNTDOWN_SECONDS + 47, Hold())
    assert at(600, held) == Repetition(3, 15 * NS, breath=False)
    on = cue(COUNTDOWN_SECONDS + 600, Resume(GoOn.REST))
    assert at(605, held, on) == Repetition(3, 10 * NS, breath=False)
    assert at(616, held, on) == Repetition(4, 20 * NS, breath=False)
