# SPDX-License-Identifier: AGPL-3.0-or-later
"""Running along: the short code, and what is due at a time of day.

``run_along.json`` holds the cases that the page's own script is tested with too.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.cues import Cue, Cut, GoOn, Hold, Restart, Resume, Start, TakeBack
from pechakucha.show.format import IGNITE, PECHA_KUCHA, Format
from pechakucha.show.problem import Problem
from pechakucha.show.run import fold, settle
from pechakucha.show.run_along import (
    AHEAD_SECONDS,
    ALPHABET,
    LENGTH,
    MOST_TALKS,
    OLD_SECONDS,
    UNIT_NS,
    AtSlide,
    CountIn,
    Over,
    Position,
    RunAlong,
    decode,
    encode,
    position,
    run_along_of,
    seconds_along,
)
from pechakucha.show.snapshot import NS

from .builders import OPENED_WALL_NS, a_snapshot, after, cue
from .strategies import formats, often, quick

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("run_along.json").read_text(encoding="utf-8")
)
MS = 1_000_000
DAY_NS = 86_400 * NS
MIDNIGHT_NS = 1_616_716_800 * NS
"""Between 25 and 26 March 2021, UTC."""

starts = st.integers(0, 4_102_444_800 * NS)
"""Until the year 2100."""
talks = st.integers(1, MOST_TALKS)
elapsed = st.integers(-(AHEAD_SECONDS - 1) * NS, (OLD_SECONDS - 1) * NS)
"""How long after the start somebody reads the code."""
seconds = st.sampled_from([PECHA_KUCHA.seconds, IGNITE.seconds, None])
codes = st.builds(encode, talks, starts, seconds)


def why(code: str, now_wall_ns: int) -> str:
    """Why a code is refused."""
    with pytest.raises(Problem) as refused:
        decode(code, now_wall_ns)
    return refused.value.code


def read(code: str, now_wall_ns: int) -> RunAlong | str:
    """What a code tells, or why it is refused."""
    try:
        return decode(code, now_wall_ns)
    except Problem as refused:
        return refused.code


def case_id(case: dict[str, Any]) -> str:
    """What a case is called."""
    return str(case["why"])


# The cases shared with the page


@pytest.mark.parametrize("case", CASES["codes"], ids=case_id)
def test_a_start_has_this_code(case: dict[str, Any]) -> None:
    seconds = case.get("seconds", PECHA_KUCHA.seconds)
    assert encode(case["talk"], case["start_ms"] * MS, seconds) == case["code"]


@pytest.mark.parametrize("case", CASES["read"], ids=case_id)
def test_a_code_is_read_as_this_start(case: dict[str, Any]) -> None:
    told = RunAlong(case["talk"], case["start_ms"] * MS, case.get("seconds", PECHA_KUCHA.seconds))
    assert decode(case["written"], case["now_ms"] * MS) == told


@pytest.mark.parametrize("case", CASES["refused"], ids=case_id)
def test_a_code_is_refused_for_this_reason(case: dict[str, Any]) -> None:
    assert why(case["written"], case["now_ms"] * MS) == case["reason"]


@pytest.mark.parametrize("case", CASES["positions"], ids=case_id)
def test_this_is_due(case: dict[str, Any]) -> None:
    due: dict[str, Position] = {
        "count-in": CountIn(case["ms"] * MS),
        "slide": AtSlide(case.get("index", 0), case["ms"] * MS),
        "over": Over(case["ms"] * MS),
    }
    of = Format(slides=case["slides"], seconds=case["seconds"])
    assert position(case["start_ms"] * MS, case["now_ms"] * MS, of) == due[case["due"]]


# The code


@quick
@given(codes)
def test_a_code_has_eight_plain_characters(code: str) -> None:
    assert len(code) == LENGTH == 8
    assert set(code) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@often
@given(talks, starts, elapsed, st.integers(1, 600))
def test_a_code_tells_talk_start_and_seconds(talk: int, start_ns: int, since_ns: int, each_s: int) -> None:
    told = decode(encode(talk, start_ns, each_s), max(0, start_ns + since_ns))
    assert told.talk == talk
    assert told.seconds == (each_s if each_s in (15, 20) else None)
    assert abs(told.start_wall_ns - start_ns) <= UNIT_NS // 2
    assert told.start_wall_ns % UNIT_NS == 0


@often
@given(st.integers(-DAY_NS // 2, DAY_NS // 2), st.integers(0, 40), elapsed)
def test_midnight_and_the_days_after_are_like_any_time(off_ns: int, days: int, since_ns: int) -> None:
    start_ns = MIDNIGHT_NS + days * DAY_NS + off_ns
    told = decode(encode(7, start_ns), start_ns + since_ns)
    assert abs(told.start_wall_ns - start_ns) <= UNIT_NS // 2


@quick
@given(codes, st.integers(MIDNIGHT_NS, MIDNIGHT_NS + 60 * DAY_NS))
def test_what_is_read_makes_the_same_code_again(code: str, now_ns: int) -> None:
    told = read(code, now_ns)
    if isinstance(told, RunAlong):
        assert encode(told.talk, told.start_wall_ns, told.seconds) == code
    else:
        assert told in ("code-ahead", "code-old")


@pytest.mark.parametrize("talk", [None, 0, -1, MOST_TALKS + 1, 900])
def test_a_talk_without_a_number_that_fits_is_not_told(talk: int | None) -> None:
    assert decode(encode(talk, MIDNIGHT_NS), MIDNIGHT_NS).talk is None


@often
@given(talks, starts, st.data())
def test_every_single_wrong_character_is_noticed(talk: int, start_ns: int, data: st.DataObject) -> None:
    code = encode(talk, start_ns)
    place = data.draw(st.integers(0, LENGTH - 1))
    for wrong in ALPHABET.replace(code[place], ""):
        assert why(code[:place] + wrong + code[place + 1 :], start_ns) == "code-mistyped"


@often
@given(talks, starts)
def test_every_two_characters_that_changed_places_are_noticed(talk: int, start_ns: int) -> None:
    code = encode(talk, start_ns)
    for one, other in combinations(range(LENGTH), 2):
        swapped = list(code)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        if code[one] != code[other]:
            assert why("".join(swapped), start_ns) == "code-mistyped"


@often
@given(talks, starts, st.data())
def test_any_two_wrong_characters_are_noticed(talk: int, start_ns: int, data: st.DataObject) -> None:
    code = encode(talk, start_ns)
    one, other = data.draw(st.sampled_from(list(combinations(range(LENGTH), 2))))
    for first in ALPHABET.replace(code[one], ""):
        second = data.draw(st.sampled_from(ALPHABET.replace(code[other], "")))
        wrong = code[:one] + first + code[one + 1 : other] + second + code[other + 1 :]
        assert why(wrong, start_ns) == "code-mistyped"


def test_of_codes_that_were_made_up_about_one_in_a_thousand_passes() -> None:
    start = encode(1, MIDNIGHT_NS)[:4]
    ends = [f"{a}7{b}{c}" for a in "2A" for b in ALPHABET for c in ALPHABET]
    passed = [end for end in ends if read(start + end, MIDNIGHT_NS) != "code-mistyped"]
    assert len(passed) == len(ends) // 1024


@quick
@given(st.text(max_size=12))
def test_whatever_is_typed_is_read_or_refused_with_a_reason(text: str) -> None:
    told = read(text, MIDNIGHT_NS)
    assert isinstance(told, RunAlong) or told.startswith("code-")


@quick
@given(codes, st.integers(1, LENGTH - 1), st.sampled_from([" ", "-", "–", "\u00a0"]))
def test_case_blanks_and_hyphens_do_not_matter(code: str, place: int, between: str) -> None:
    grouped = f" {code[:place]}{between}{code[place:]}\n".lower()
    for zero, one in (("o", "i"), ("O", "l"), ("0", "L")):
        written = grouped.replace("0", zero).replace("1", one)
        assert read(written, MIDNIGHT_NS) == read(code, MIDNIGHT_NS)


@quick
@given(talks, starts.map(lambda ns: ns + 30 * DAY_NS))
def test_codes_far_from_now_are_refused(talk: int, start_ns: int) -> None:
    code = encode(talk, start_ns)
    assert why(code, start_ns - (AHEAD_SECONDS + 2) * NS) == "code-ahead"
    assert why(code, start_ns - DAY_NS) == "code-ahead"
    assert why(code, start_ns + (OLD_SECONDS + 2) * NS) == "code-old"
    assert why(code, start_ns + DAY_NS) == "code-old"
    assert why(code, start_ns + 2 * DAY_NS) == "code-ahead"  # as 10 hours before the next such time


# What is due


@often
@given(formats, starts, st.integers(-20_000, 500_000))
def test_what_is_due_follows_from_start_and_now_alone(format: Format, start_ns: int, since_ms: int) -> None:
    due = position(start_ns, start_ns + since_ms * MS, format)
    match due:
        case CountIn(left_ns):
            assert left_ns == -since_ms * MS > 0
        case AtSlide(index, left_ns):
            assert 0 <= index < format.slides
            assert 0 < left_ns <= format.seconds * NS
            assert (index + 1) * format.seconds * NS - left_ns == since_ms * MS
        case Over(since_ns):
            assert since_ns + format.talk_seconds * NS == since_ms * MS >= 0


@often
@given(starts, st.integers(0, 399_999), st.integers(0, 3_600_000))
def test_a_hold_moves_the_start_and_the_position_stays(start_ns: int, since_ms: int, held_ms: int) -> None:
    now_ns = start_ns + since_ms * MS
    before = position(start_ns, now_ns, PECHA_KUCHA)
    assert position(start_ns + held_ms * MS, now_ns + held_ms * MS, PECHA_KUCHA) == before


def test_a_view_takes_over_the_seconds_that_are_told() -> None:
    assert seconds_along("", RunAlong(1, 0, 15), 20) == 15
    assert seconds_along("", RunAlong(1, 0, 20), 30) == 20
    assert seconds_along("", RunAlong(1, 0, None), 30) == 30
    with pytest.raises(Problem) as refused:
        seconds_along(" abc ", RunAlong(1, 0, None), 20)
    assert (refused.value.code, refused.value.params) == ("code-seconds", {"given": "abc", "own": 20})


# From the run


BLOCK = a_snapshot("ulm", "bern")
ULM = cue(42, Start("ulm"))
"""Its first slide is due at 45 s."""


def along(cues: list[Cue], seconds: float, *, speed: float = 1.0) -> tuple[int | None, float] | None:
    """Which talk, and how many seconds after the program was ready it starts."""
    now_ns = after(seconds)
    run = settle(fold(a_snapshot("ulm", "bern", speed=speed), cues), now_ns)
    told = run_along_of(run, now_ns, BLOCK.wall_ns(now_ns))
    return told and (told.talk, (told.start_wall_ns - OPENED_WALL_NS) / NS)


def test_the_code_is_of_the_talk_on_stage_and_its_first_slide() -> None:
    assert along([ULM], 43) == along([ULM], 400) == (1, 45)
    assert along([ULM, cue(500, Start("bern"))], 501) == (2, 503)


def test_between_talks_there_is_nothing_to_run_along_with() -> None:
    assert along([], 10) is None
    assert along([ULM], 445) is None
    assert along([ULM, cue(50, TakeBack("ulm"))], 51) is None
    assert along([ULM, cue(60, Cut("ulm"))], 61) is None


def test_while_time_stands_still_there_is_no_code_and_afterwards_another() -> None:
    held = [ULM, cue(100, Hold())]
    assert along(held, 130) is None
    assert along([*held, cue(160, Resume(GoOn.REST))], 161) == (1, 105)
    assert along([*held, cue(160, Resume(GoOn.SCHEDULE))], 161) == (1, 45)
    assert along([*held, cue(160, Restart("ulm"))], 161) == (1, 163)


def test_a_dry_run_has_no_code() -> None:
    assert along([ULM], 43, speed=10) is None
    assert along([ULM], 43, speed=0.5) is None


@pytest.mark.parametrize(("format", "told_s"), [(PECHA_KUCHA, 20), (IGNITE, 15), (Format(7, 30), None)])
def test_the_code_tells_how_long_slides_stay_where_it_can(format: Format, told_s: int | None) -> None:
    snapshot = msgspec.structs.replace(BLOCK, format=format)
    told = run_along_of(fold(snapshot, [ULM]), after(46), BLOCK.wall_ns(after(46)))
    assert told is not None
    assert told.seconds == told_s


def test_the_wall_clock_as_it_is_now_counts() -> None:
    now_ns = after(50)
    run = fold(BLOCK, [ULM])
    told = run_along_of(run, now_ns, 1_000 * NS)
    assert told == RunAlong(1, 995 * NS)


def test_a_code_taken_after_a_hold_leads_to_the_slide_on_stage() -> None:
    cues = [ULM, cue(100, Hold()), cue(160, Resume(GoOn.REST))]
    run, now_ns = fold(BLOCK, cues), after(170)
    told = run_along_of(run, now_ns, BLOCK.wall_ns(now_ns))
    assert told is not None
    heard = decode(encode(told.talk, told.start_wall_ns), BLOCK.wall_ns(now_ns))
    due = position(heard.start_wall_ns, BLOCK.wall_ns(now_ns), BLOCK.format)
    assert due == AtSlide(3, 15 * NS)
