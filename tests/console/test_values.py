# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the console says: plain values, in both languages."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from show.builders import OPENED_NS, OPENED_WALL_NS, a_blocked_talk, a_snapshot, a_talk, after, cue

from pechakucha.console.next_view import Following, following_of
from pechakucha.console.questions import (
    Control,
    Question,
    action_of,
    held_question,
    is_possible,
    objection,
    question_for,
    take_back_seconds,
)
from pechakucha.console.rundown_view import rows_of
from pechakucha.console.talk_actions import TalkAction, action_on, question_on
from pechakucha.console.wording import Centre, centre, delay, seconds_left, short_delay, time_of_day, way_back
from pechakucha.show import cues
from pechakucha.show.cues import Cue, GoOn
from pechakucha.show.forecast import Expected
from pechakucha.show.problem import Finding, Parameter, Severity
from pechakucha.show.run import Run, fold, open_run, settle
from pechakucha.show.scene import EndCard, OnSlide, State, state_of
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide, SnapshotTalk
from pechakucha.texts import LANGUAGES, Texts

DE, EN = Texts("de"), Texts("en")


def with_notes(talk: SnapshotTalk) -> SnapshotTalk:
    """The talk with twenty slides; only the first has notes."""
    slides = tuple(
        SnapshotSlide(number=n, picture=f"{talk.id}-{n}.jpg", notes="Zuerst." if n == 1 else "")
        for n in range(1, 21)
    )
    return msgspec.structs.replace(talk, slides=slides)


BERN = msgspec.structs.replace(with_notes(a_talk("bern", title="Bären")), announcement="Applaus!")
BLOCK = a_snapshot(with_notes(a_talk("ulm", title="Münster")), BERN, with_notes(a_talk("graz", pause=600)))
STARTED = (cue(40, cues.Start("ulm")),)
"""Ulm's first slide is due 43 s in, its last one ends at 443 s."""

HELD = (*STARTED, cue(50, cues.Hold()))


def at(seconds: float, *so_far: Cue, block: Snapshot = BLOCK) -> tuple[Run, State, int]:
    """The run, what is on stage, and the time."""
    now_ns = after(seconds)
    run = settle(fold(block, so_far), now_ns)
    return run, state_of(run, now_ns), now_ns


# Seconds and times


@pytest.mark.parametrize(
    ("ahead_s", "said"), [(20, 20), (19.999, 20), (19.001, 20), (19, 19), (0.001, 1), (0, 0), (-5, 0)]
)
def test_seconds_left_are_rounded_up(ahead_s: float, said: int) -> None:
    run, state, now_ns = at(50, *STARTED)
    assert seconds_left(run, state, now_ns, now_ns + round(ahead_s * NS)) == said


def test_seconds_left_are_the_runs_own_at_another_speed() -> None:
    run, state, now_ns = at(1, block=msgspec.structs.replace(BLOCK, speed=10.0))
    assert seconds_left(run, state, now_ns, now_ns + 2 * NS) == 20


def test_seconds_left_stand_still_while_held() -> None:
    run, state, now_ns = at(500, *HELD)
    assert seconds_left(run, state, now_ns, after(63)) == 13


def test_time_of_day_is_local_and_in_minutes() -> None:
    run, _, _ = at(0)
    local = dt.datetime.fromtimestamp(OPENED_WALL_NS / NS + 61).astimezone()
    assert time_of_day(run, after(61)) == local.strftime("%H:%M")
    assert time_of_day(run, None) == ""


@pytest.mark.parametrize(
    ("seconds", "german", "english", "matters"),
    [
        (0, "Im Plan", "On time", False),
        (59, "Im Plan", "On time", False),
        (-59, "Im Plan", "On time", False),
        (60, "1 min hinter Plan", "1 min behind", True),
        (190, "3 min hinter Plan", "3 min behind", True),
        (-120, "2 min vor Plan", "2 min ahead", False),
    ],
)
def test_delays_in_words(seconds: float, german: str, english: str, matters: bool) -> None:
    run, planned_ns = open_run(BLOCK), OPENED_NS  # 07:40:00
    expected_ns = planned_ns + round(seconds * NS)
    assert delay(run, planned_ns, expected_ns, DE) == (german, matters)
    assert delay(run, planned_ns, expected_ns, EN) == (english, matters)


@pytest.mark.parametrize(
    ("late_s", "said"), [(0, ""), (59, ""), (60, "+1"), (180, "+3"), (-1, ""), (-60, "−1"), (-300, "−5")]
)
def test_a_short_delay_is_the_difference_of_the_minutes_shown(late_s: int, said: str) -> None:
    run = open_run(BLOCK)
    planned_ns = OPENED_NS  # 07:40:00
    assert short_delay(run, Expected("ulm", planned_ns, planned_ns + late_s * NS)) == said


def test_a_talk_that_was_not_planned_has_no_delay() -> None:
    assert short_delay(open_run(BLOCK), Expected("ulm", None, OPENED_NS)) == ""
    assert short_delay(open_run(BLOCK), Expected("ulm", OPENED_NS, None)) == ""


# The middle


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_middle_in_a_talk(language: str) -> None:
    german = language == "de"
    assert centre(*at(63, *STARTED), Texts(language)) == Centre(
        badge="AUF DER BÜHNE" if german else "ON STAGE",
        tone="live",
        city="Ulm",
        title="Münster",
        figure="20",
        unit="Sekunden" if german else "Seconds",
        place="Folie 2" if german else "Slide 2",
        of="von 20" if german else "of 20",
        rest_label="Vortrag noch" if german else "Time left",
        rest="6:20",
    )


def test_the_last_second_of_a_slide_is_one() -> None:
    words = centre(*at(62.999, *STARTED), EN)
    assert (words.figure, words.unit, words.place, words.rest) == ("1", "Second", "Slide 1", "6:21")
    assert centre(*at(62.999, *STARTED), DE).unit == "Sekunde"


def test_the_last_second_of_a_talk() -> None:
    words = centre(*at(442.5, *STARTED), EN)
    assert (words.figure, words.place, words.rest) == ("1", "Slide 20", "0:01")


def test_the_middle_while_held() -> None:
    words = centre(*at(300, *HELD), EN)
    assert (words.badge, words.tone, words.figure, words.rest) == ("HELD", "attention", "13", "6:33")


@pytest.mark.parametrize(
    ("covers", "english", "german"),
    [(cues.Black(on=True), "BLACK", "SCHWARZ"), (cues.Message(""), "MESSAGE", "HINWEIS")],
)
@pytest.mark.parametrize("seconds", [63, 405 + 60])
def test_what_covers_the_stage_is_said_before_what_is_under_it(
    seconds: float, covers: cues.Action, english: str, german: str
) -> None:
    covered = at(seconds, *STARTED, cue(seconds - 1, covers))
    words = centre(*covered, EN)
    assert (words.badge, words.tone) == (english, "attention")
    assert centre(*covered, DE).badge == german
    assert words.figure == centre(*at(seconds, *STARTED), EN).figure
    assert english.lower() in way_back(covered[1], EN)


def test_a_held_talk_under_black_is_still_said_to_be_held() -> None:
    covered = at(300, *HELD, cue(299, cues.Black(on=True)))
    assert centre(*covered, EN).badge == "HELD · BLACK"


def test_where_nothing_covers_the_stage_there_is_no_way_back() -> None:
    assert way_back(at(63, *STARTED)[1], EN) == ""
    lifted = at(63, *STARTED, cue(50, cues.Black(on=True)), cue(51, cues.Black(on=False)))
    assert way_back(lifted[1], EN) == ""
    ended = at(100, *STARTED, cue(20, cues.Cut("ulm")), cue(30, cues.Black(on=True)), cue(50, cues.End()))
    assert way_back(ended[1], EN) == ""
    assert centre(*ended, EN).badge == "BLOCK OVER"


@pytest.mark.parametrize(
    ("seconds", "so_far", "badge", "german", "figure", "unit"),
    [
        (0, (), "WELCOME", "WILLKOMMEN", "", "Ready when you are"),
        (40, (), "UP NEXT", "GLEICH", "0:05", "until the next talk"),
        (100, (), "UP NEXT", "GLEICH", "", "Ready when you are"),
        (41.5, STARTED, "COUNTDOWN", "COUNTDOWN", "2", "to go"),
        (445, STARTED, "THANK YOU", "DANKE", "", ""),
        (460, STARTED, "UP NEXT", "GLEICH", "0:28", "until the next talk"),
    ],
)
def test_the_middle_beside_talks(
    seconds: float, so_far: tuple[Cue, ...], badge: str, german: str, figure: str, unit: str
) -> None:
    words = centre(*at(seconds, *so_far), EN)
    assert (words.badge, words.figure, words.unit) == (badge, figure, unit)
    assert centre(*at(seconds, *so_far), DE).badge == german
    assert (words.place, words.rest) == ("", "")


def test_the_middle_in_a_pause_names_who_comes_after_it() -> None:
    so_far = (cue(1, cues.NoShow("ulm")), cue(2, cues.Start("bern")))
    words = centre(*at(405 + 60, *so_far), EN)
    assert (words.badge, words.city, words.figure, words.unit) == (
        "BREAK",
        "Graz",
        "9:00",
        "until the break ends",
    )


def test_the_middle_when_all_is_over() -> None:
    gone = tuple(cue(number, cues.NoShow(each.id)) for number, each in enumerate(BLOCK.talks, start=1))
    assert centre(*at(100, *gone), EN).badge == "FINISHED"
    ended = centre(*at(100, *gone, cue(50, cues.End())), DE)
    assert (ended.badge, ended.city) == ("BLOCK ZU ENDE", "Mashup")
    assert ended.unit == "Die Bühne ist geschlossen."
    assert centre(*at(100, *gone), EN).unit == "", "the closing card is on stage until the block is ended"


# The rundown


def rows(seconds: float, *so_far: Cue, block: Snapshot = BLOCK, texts: Texts = EN) -> list[tuple[str, str]]:
    """Each row's state with its word."""
    run, _, now_ns = at(seconds, *so_far, block=block)
    return [(row.state, row.word) for row in rows_of(run, now_ns, texts)]


def test_states_of_the_rundown_in_both_languages() -> None:
    so_far = (*STARTED, cue(100, cues.Cut("ulm")), cue(110, cues.NoShow("bern")))
    assert rows(120, *so_far) == [("cut", "cut short"), ("no-show", "no-show"), ("next", "up next")]
    assert [word for _, word in rows(120, *so_far, texts=DE)] == ["abgebrochen", "nicht erschienen", "gleich"]
    assert rows(50, *STARTED) == [("on-stage", "on stage"), ("next", "up next"), ("ready", "ready")]
    assert rows(500, *STARTED, texts=DE)[0] == ("done", "fertig")


def test_a_blocked_deck_says_its_reason_in_its_row() -> None:
    few: dict[str, Parameter] = {"case": "under", "selected": 3, "wanted": 20}
    finding = Finding(code="slide-count", severity=Severity.ERROR, params=few)
    block = a_snapshot("ulm", msgspec.structs.replace(a_blocked_talk("bern"), blocker=finding))
    assert rows(1, block=block)[1] == ("blocked", "The talk has only 3 of the 20 slides it needs.")


def test_rows_tell_when_talks_are_expected() -> None:
    run, _, now_ns = at(45 + 180)
    shown = rows_of(run, now_ns, EN)
    assert [row.delay for row in shown] == ["+3", "+3", "+3"]
    assert shown[0].time == time_of_day(run, now_ns)
    assert shown[0].spoken == f"1, Ulm, Münster, up next, {shown[0].time}"
    assert shown[0].picture == "ulm-1.jpg"
    gone = rows_of(*at(45, cue(1, cues.NoShow("bern")))[::2], EN)[1]
    assert (gone.time, gone.delay) == ("", "")


# What comes next


def following(seconds: float, *so_far: Cue, texts: Texts = EN) -> Following:
    """What is to come after this moment."""
    run, state, now_ns = at(seconds, *so_far)
    return following_of(run, state, now_ns, texts)


def test_in_a_talk_the_next_slide_and_the_notes_of_this_one() -> None:
    assert following(50, *STARTED) == Following(
        "ulm-2.jpg", None, "Notes", "Zuerst.", "Bern · Bären", "in 6:33, then 45 s changeover"
    )
    assert following(70, *STARTED).notes == "No notes for this slide."
    german = following(70, *STARTED, texts=DE)
    assert german.heading == "Notizen"
    assert german.notes == "Zu dieser Folie gibt es keine Notizen."
    assert german.when == "in 6:13, dann 45 s Wechsel"


def test_on_the_last_slide_comes_the_end_card() -> None:
    last = following(430, *STARTED)
    assert (last.picture, last.card) == (None, EndCard("ulm"))


def test_where_a_slide_is_missing_the_citys_card_comes() -> None:
    slides = (*BLOCK.talks[0].slides[:1], SnapshotSlide(number=0, picture=None), *BLOCK.talks[0].slides[2:])
    ulm = msgspec.structs.replace(BLOCK.talks[0], slides=slides)
    run, state, now_ns = at(50, *STARTED, block=msgspec.structs.replace(BLOCK, talks=(ulm, BERN)))

    shown = following_of(run, state, now_ns, EN)

    assert isinstance(shown.card, OnSlide)
    assert (shown.picture, shown.card.talk, shown.card.index) == (None, "ulm", 1)


def test_while_held_nobody_knows_when() -> None:
    assert following(100, *HELD).when == ""
    assert following(100, *HELD).after == "Bern · Bären"


def test_between_talks_the_first_slide_of_the_next_one_and_what_to_say() -> None:
    between = following(460, *STARTED)
    assert between == Following("bern-1.jpg", None, "Announcement", "Applaus!", "Graz", "")
    assert following(0) == Following("ulm-1.jpg", None, "Notes", "Zuerst.", "Bern · Bären", "")


def test_after_a_talk_comes_the_next_one_that_is_planned() -> None:
    assert following(50, cue(1, cues.NoShow("bern")), *STARTED).after == "Graz"
    assert following(50, cue(1, cues.Move("graz", "bern")), *STARTED).after == "Graz"


def test_at_the_end_nothing_comes() -> None:
    gone = tuple(cue(number, cues.NoShow(each.id)) for number, each in enumerate(BLOCK.talks, start=1))
    assert following(100, *gone) == Following(None, None, "", "", "", "")


# Questions


def question(control: Control, seconds: float, *so_far: Cue) -> Question | None:
    """The question before a control acts."""
    return question_for(at(seconds, *so_far)[0], control)


@pytest.mark.parametrize("control", [Control.START, Control.TAKE_BACK, Control.BLACK])
def test_what_asks_nothing(control: Control) -> None:
    assert question(control, 50, *STARTED) is None
    assert question(control, 1) is None


@pytest.mark.parametrize(
    ("control", "german", "english", "answer"),
    [
        (Control.HOLD, "Ulm jetzt anhalten?", "Hold Ulm now?", cues.Hold()),
        (Control.RESTART, "Ulm jetzt von vorn beginnen?", "Begin Ulm again now?", cues.Restart("ulm")),
        (Control.CUT, "Ulm jetzt abbrechen?", "Cut Ulm short now?", cues.Cut("ulm")),
        (Control.MESSAGE, "„Einen Moment, bitte“", "“One moment, please”", cues.Message("")),
        (Control.END, "Den Block jetzt beenden?", "End the block now?", cues.End()),
    ],
)
def test_questions_in_words(control: Control, german: str, english: str, answer: cues.Action) -> None:
    asked = question(control, 50, *STARTED)
    assert asked is not None
    assert german in DE(asked.code, **asked.params)
    assert english in EN(asked.code, **asked.params)
    assert [choice.action for choice in asked.choices] == [answer]


def test_a_message_on_stage_is_taken_away() -> None:
    asked = question(Control.MESSAGE, 60, *STARTED, cue(55, cues.Message("")))
    assert asked is not None
    assert "off the stage" in EN(asked.code)
    assert asked.choices[0].action == cues.Message(None)


def test_going_on_has_three_ways() -> None:
    run = at(100, *HELD)[0]
    by_hand, slept = held_question(run), held_question(run, gap=True)
    assert by_hand is not None
    assert slept is not None
    rest, schedule = cues.Resume(GoOn.REST), cues.Resume(GoOn.SCHEDULE)
    assert [each.action for each in by_hand.choices] == [rest, schedule, cues.Restart("ulm")]
    assert [each.action for each in slept.choices] == [schedule, rest, cues.Restart("ulm")]
    assert (
        DE(slept.code, **slept.params)
        == "Der Rechner hat geschlafen oder stand still. Wie geht es mit Ulm weiter?"
    )
    assert held_question(at(1)[0]) is None


@pytest.mark.parametrize(
    ("control", "seconds", "so_far", "code"),
    [
        (Control.START, 1, (), None),
        (Control.START, 50, STARTED, "talk-on-stage"),
        (Control.START, 445, STARTED, "start-locked"),
        (Control.CUT, 1, (), "nothing-to-do"),
        (Control.HOLD, 1, (), "nothing-to-hold"),
        (Control.HOLD, 60, HELD, "already-held"),
        (Control.RESUME, 50, STARTED, "not-held"),
        (Control.NO_SHOW, 50, STARTED, "nothing-to-do"),
        (Control.END, 50, STARTED, "talk-on-stage"),
        (Control.BLACK, 50, STARTED, None),
        (Control.TAKE_BACK, 49, STARTED, None),
        (Control.TAKE_BACK, 51, STARTED, "too-late-to-take-back"),
    ],
)
def test_what_is_refused_and_why(
    control: Control, seconds: float, so_far: tuple[Cue, ...], code: str | None
) -> None:
    run, _, now_ns = at(seconds, *so_far)
    refused = objection(run, control, now_ns)
    assert (refused.code if refused else None) == code


def test_black_and_message_toggle() -> None:
    covered = at(60, *STARTED, cue(50, cues.Black(on=True)), cue(51, cues.Message("")))[0]
    assert action_of(covered, Control.BLACK) == cues.Black(on=False)
    assert action_of(covered, Control.MESSAGE) == cues.Message(None)
    assert action_of(at(60, *STARTED)[0], Control.BLACK) == cues.Black(on=True)


def test_a_question_is_possible_as_long_as_its_first_answer_is() -> None:
    asked = question(Control.CUT, 50, *STARTED)
    assert asked is not None
    run, _, now_ns = at(442, *STARTED)
    assert is_possible(run, asked, now_ns)
    run, _, now_ns = at(443, *STARTED)
    assert not is_possible(run, asked, now_ns)


@pytest.mark.parametrize(("seconds", "left"), [(40, 10), (40.001, 10), (41, 9), (49.5, 1), (50, 0), (60, 0)])
def test_how_long_a_start_can_be_taken_back(seconds: float, left: int) -> None:
    run, _, now_ns = at(seconds, *STARTED)
    assert take_back_seconds(run, now_ns) == left


def test_what_began_again_cannot_be_taken_back() -> None:
    run, _, now_ns = at(61, *STARTED, cue(60, cues.Restart("ulm")))
    assert take_back_seconds(run, now_ns) == 0


# What can be done with a talk of the rundown


@pytest.mark.parametrize(
    ("talk", "wanted", "action"),
    [
        ("ulm", TalkAction.EARLIER, None),
        ("ulm", TalkAction.LATER, cues.Move("ulm", "graz")),
        ("bern", TalkAction.EARLIER, cues.Move("bern", "ulm")),
        ("bern", TalkAction.LATER, cues.Move("bern", None)),
        ("graz", TalkAction.LATER, None),
        ("graz", TalkAction.NO_SHOW, cues.NoShow("graz")),
        ("graz", TalkAction.PUT_BACK, cues.PutBack("graz")),
        ("rome", TalkAction.NO_SHOW, None),
    ],
)
def test_actions_on_a_talk(talk: str, wanted: TalkAction, action: cues.Action | None) -> None:
    assert action_on(at(1)[0], talk, wanted) == action


def test_only_what_cannot_be_moved_back_is_asked_about() -> None:
    run = at(1)[0]
    assert question_on(run, "bern", TalkAction.EARLIER, run.last_cue_ns) is None
    assert question_on(run, "rome", TalkAction.NO_SHOW, run.last_cue_ns) is None
    asked = question_on(run, "bern", TalkAction.NO_SHOW, run.last_cue_ns)
    assert asked is not None
    assert EN(asked.code, **asked.params).startswith("Bern is not here")
    back = question_on(run, "bern", TalkAction.PUT_BACK, run.last_cue_ns)
    assert back is not None
    assert DE(back.code, **back.params) == "Bern zurück in den Ablauf nehmen?"
