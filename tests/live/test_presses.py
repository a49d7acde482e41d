# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is recorded of presses that become no cue, however many there are."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from show.builders import after

from pechakucha.live.presses import Presses
from pechakucha.show.cues import Black, Hold, Start
from pechakucha.show.journal import Press

from .builders import BLOCK, Evening


def presses(*before: Press) -> tuple[Presses, list[Press]]:
    """A counter and what it has recorded."""
    noted: list[Press] = []
    return Presses(noted.append, before), noted


def at(seconds: float, what: str = "start", refused: str = "talk-on-stage") -> Press:
    """A press so many seconds after the program was ready."""
    return Press(after(seconds), what, refused)


def test_a_press_is_recorded_at_once() -> None:
    counter, noted = presses()
    counter.take(at(1))
    assert noted == [at(1)]
    assert counter.refused == 1


def test_those_that_follow_within_a_second_are_recorded_together() -> None:
    counter, noted = presses()
    for number in range(100):
        counter.take(at(1 + number / 100))
    counter.tell(after(1.999))
    assert noted == [at(1)]
    counter.tell(after(2))
    assert noted == [at(1), msgspec.structs.replace(at(1.01), count=99)]
    assert counter.refused == 100


def test_presses_of_two_kinds_in_turns_make_no_more_records() -> None:
    counter, noted = presses()
    for number in range(50):
        counter.take(at(1 + number / 50))
        counter.take(at(1.01 + number / 50, "clicker", "no-use"))
    counter.tell_all()
    assert [(press.what, press.count) for press in noted] == [
        ("start", 1),
        ("clicker", 1),
        ("start", 49),
        ("clicker", 49),
    ]


def test_what_was_carried_out_is_recorded_and_not_counted() -> None:
    counter, noted = presses()
    counter.take(at(1, "bring-forward", ""))
    assert noted == [at(1, "bring-forward", "")]
    assert counter.refused == 0


def test_counting_goes_on_from_the_journal() -> None:
    counter, _ = presses(Press(after(1), "start", "talk-on-stage", count=99), at(2, "place", ""))
    assert counter.refused == 99


def test_a_press_that_is_sent_again_is_counted_once() -> None:
    counter, noted = presses()
    numbered = [msgspec.structs.replace(at(number), source="desk", number=number) for number in (1, 2, 3)]
    assert [counter.take(press) for press in (*numbered, *numbered)] == [True] * 3 + [False] * 3
    counter.tell_all()
    assert sum(press.count for press in noted) == counter.refused == 3
    others = msgspec.structs.replace(numbered[0], source="another desk")
    assert counter.take(others)


def test_what_is_recorded_together_tells_the_last_number() -> None:
    counter, noted = presses()
    for number in range(1, 8):
        counter.take(msgspec.structs.replace(at(1), source="desk", number=number))
    counter.tell_all()
    assert [(press.count, press.number) for press in noted] == [(1, 1), (6, 7)]
    again, _ = presses(*noted)
    assert again.counted == (noted[-1],)
    assert not again.take(msgspec.structs.replace(at(1), source="desk", number=7))
    assert again.take(msgspec.structs.replace(at(1), source="desk", number=8))
    assert again.refused == 8


@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.sampled_from(["start", "key"]), st.sampled_from(["no-use", ""])),
        max_size=60,
    )
)
def test_no_press_is_lost_and_few_records_are_made(
    given_: list[tuple[int, str, str]],
) -> None:
    counter, noted = presses()
    now = 0.0
    for wait_ms, what, refused in given_:
        now += wait_ms / 1000
        counter.tell(after(now))
        counter.take(at(now, what, refused))
    counter.tell_all()
    assert sum(press.count for press in noted) == len(given_)
    assert sum(press.count for press in noted if press.refused) == counter.refused
    assert len(noted) <= 6 * (now + 1)


# The conductor's


def test_a_refused_command_is_recorded_with_its_reason() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.pass_seconds(10)
    evening.conductor.command(Start("bern"))
    evening.conductor.command(Hold("gap"))
    evening.conductor.command(Black(on=True))
    assert evening.recorder.presses == [at(10), at(10, "hold", "not-by-hand")]
    assert (evening.refused, evening.conductor.refusals) == (2, 2)


def test_what_a_hammering_hand_did_is_recorded_while_time_passes() -> None:
    evening = Evening(BLOCK)
    for _ in range(300):
        evening.conductor.command(Hold())
        evening.pass_seconds(0.01)
    evening.pass_seconds(1)
    told = evening.recorder.presses
    assert sum(press.count for press in told) == 300
    assert len(told) <= 8
