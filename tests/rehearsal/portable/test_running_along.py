# SPDX-License-Identifier: AGPL-3.0-or-later
"""Running along with the stage; and that the page's scripts say what the program's functions say."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from pechakucha.rehearsal.portable.page import page_of
from pechakucha.show import marks as python_marks
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.marks import Said, Take, marks_of, silence_s, take_of, verdict_of
from pechakucha.show.problem import Problem
from pechakucha.show.run_along import ALPHABET, AtSlide, CountIn, decode, encode, position
from pechakucha.show.snapshot import NS, SnapshotSlide
from pechakucha.show.work import needs_work
from pechakucha.texts import Texts

from .browser import Browser, Keys
from .builders import a_talk

GERMAN = Texts("de")
MS = 1_000_000
NOW_MS = 1_616_658_300_000
"""What the browser's standing clock says."""


@pytest.fixture
def along(browser: Browser, page: Path) -> Browser:
    """A page that is about to run along."""
    browser.open(page)
    browser.press("a")
    return browser


def code_since(seconds: float, talk: int | None = 2) -> str:
    """The code of a talk whose first slide was due so many seconds before now."""
    return encode(talk, (NOW_MS - round(seconds * 1000)) * MS)


def test_it_starts_by_hand_with_the_count_in_of_the_stage(along: Browser) -> None:
    assert along.text("remark") == GERMAN("page.along-how")
    along.press(Keys.SPACE)
    assert (along.phase, along.figure) == ("count-in", "3")
    along.pass_seconds(3 + 20 * 2 + 5)
    assert (along.phase, along.slide, along.figure) == ("slide", 3, "15")
    along.press(Keys.SPACE)
    assert along.marks == {}
    along.pass_seconds(400)
    assert along.phase == "over"
    assert not along.is_seen("chart")


def test_no_single_press_ends_it(along: Browser) -> None:
    along.press(Keys.SPACE)
    along.pass_seconds(3 + 10)
    along.press(Keys.ESCAPE)
    assert (along.phase, along.text("remark")) == ("slide", GERMAN("page.stop-again"))
    along.pass_seconds(6)
    along.press(Keys.ESCAPE)
    assert along.phase == "slide", "the first was too long ago"
    along.click("stop")
    assert along.phase == "ready"


def test_arrow_keys_move_this_view_by_half_a_second(along: Browser) -> None:
    along.press(Keys.SPACE)
    along.pass_seconds(3 + 19)
    along.press(Keys.ARROW_RIGHT)
    assert (along.slide, along.figure) == (1, "1")
    along.press(Keys.ARROW_RIGHT)
    assert (along.slide, along.figure, along.text("nudged")) == (2, "20", "+1,0 s")
    along.press(*[Keys.ARROW_LEFT] * 3)
    assert (along.slide, along.figure, along.text("nudged")) == (1, "2", "−0,5 s")
    along.click("earlier")
    assert along.text("nudged") == ""


@pytest.mark.parametrize(
    ("since", "phase", "slide", "figure"),
    [(-2.5, "count-in", 1, "3"), (0, "slide", 1, "20"), (126, "slide", 7, "14"), (399.5, "slide", 20, "1")],
)
def test_a_code_puts_it_in_step_also_in_the_middle(
    along: Browser, since: float, phase: str, slide: int, figure: str
) -> None:
    along.click("code")
    along.press(code_since(since).lower())
    assert (along.phase, along.slide, along.figure) == (phase, slide, figure)
    assert along.text("remark") == GERMAN("page.by-code")


def test_a_code_can_be_pasted_anywhere_as_the_chat_has_it(along: Browser) -> None:
    code = code_since(45)
    along.run(
        "const data = new DataTransfer(); data.setData('text', arguments[0]);"
        "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));",
        f" {code[:4]}-{code[4:]}\n",
    )
    assert (along.slide, along.figure) == (3, "15")


def test_a_new_code_after_a_hold_puts_it_in_step_again(along: Browser) -> None:
    along.click("code")
    along.press(code_since(45))
    along.pass_seconds(30)
    along.click("code")
    along.press(encode(2, (NOW_MS - 25_000) * MS))
    assert (along.slide, along.figure) == (3, "5")


def test_a_wrong_code_says_what_to_do_and_moves_nothing(along: Browser) -> None:
    along.press(Keys.SPACE)
    along.pass_seconds(3 + 25)
    code = code_since(45)
    wrong = ALPHABET[(ALPHABET.index(code[0]) + 1) % 32] + code[1:]
    for given in (wrong, code[:5], code[:-1] + "U"):
        along.run("const field = document.getElementById('code'); field.value = ''; field.focus();")
        along.press(given, Keys.ENTER)
        with pytest.raises(Problem) as raised:
            decode(given, NOW_MS * MS)
        assert along.text("remark") == GERMAN.problem(raised.value)
        assert (along.slide, along.figure) == (2, "15")


def test_the_code_of_another_talk_is_noticed(along: Browser) -> None:
    along.click("code")
    along.press(code_since(45, talk=3))
    assert along.slide == 3
    assert along.text("remark") == GERMAN("page.other-talk", talk=3, ours=2)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (15, GERMAN("page.other-seconds", seconds=15, own=20)),
        (30, GERMAN("page.unusual-seconds", own=20)),
    ],
)
def test_a_code_of_slides_with_other_seconds_is_refused(along: Browser, seconds: int, words: str) -> None:
    along.click("code")
    along.press(encode(2, (NOW_MS - 45_000) * MS, seconds))
    assert along.phase == "ready"
    assert along.text("remark") == words


@pytest.mark.parametrize("seconds", [15, 30])
def test_a_page_of_another_format_runs_along_with_it(browser: Browser, tmp_path: Path, seconds: int) -> None:
    path = tmp_path / "other.html"
    path.write_bytes(page_of(msgspec.structs.replace(a_talk(), seconds=seconds), Texts("de")))
    browser.open(path)
    browser.press("a")
    browser.click("code")
    browser.press(encode(2, (NOW_MS - 65_000) * MS, seconds))
    assert (browser.slide, browser.figure) == (65 // seconds + 1, str(seconds - 65 % seconds))


def test_a_talk_that_is_over_is_told(along: Browser) -> None:
    along.click("code")
    along.press(code_since(500))
    assert along.phase == "over"
    assert along.text("remark") == GERMAN("page.talk-over")


def test_a_page_of_a_deck_alone_takes_any_code(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "deck.html"
    path.write_bytes(page_of(msgspec.structs.replace(a_talk(), place=None), Texts("de")))
    browser.open(path)
    browser.press("a")
    browser.click("code")
    browser.press(code_since(45, talk=9))
    assert browser.text("remark") == GERMAN("page.by-code")


# The scripts against the program's functions


def test_codes_are_read_as_the_program_reads_them(browser: Browser, page: Path) -> None:
    browser.open(page)
    chance = random.Random(12)
    cases = []
    for _ in range(400):
        now_ms = chance.randrange(1_600_000_000_000, 2_200_000_000_000)
        away_ms = chance.choice([chance.randrange(-44_000_000, 60_000), chance.randrange(-(10**9), 10**9)])
        seconds = chance.choice([20, 20, 15, 30])
        code = encode(chance.randrange(0, 70) or None, (now_ms + away_ms) * MS, seconds)
        if chance.random() < 0.3:
            code = "".join(chance.sample(code, 8))
        if chance.random() < 0.2:
            code = code.lower().replace("0", "o").replace("1", "l")
        cases.append((f" {code[:4]}-{code[4:]}", now_ms))
    cases += [
        ("", NOW_MS),
        ("ABC", NOW_MS),
        ("Ä2345678", NOW_MS),
        ("12345678 9", NOW_MS),
        ("🎤2345678", NOW_MS),
    ]
    read = browser.run("return arguments[0].map(([code, wall]) => readCode(code, wall))", cases)
    assert read == [expected_reading(code, now_ms) for code, now_ms in cases]
    assert sum("startWall" in each for each in read) > 100


def expected_reading(code: str, now_ms: int) -> dict[str, object]:
    try:
        told = decode(code, now_ms * MS)
    except Problem as problem:
        return {"problem": problem.code, "params": problem.params}
    return {"talk": told.talk, "startWall": told.start_wall_ns // MS, "seconds": told.seconds}


def test_what_is_due_is_what_the_program_says_is_due(browser: Browser, page: Path) -> None:
    browser.open(page)
    chance = random.Random(12)
    times = [chance.randrange(-10_000, 410_000) for _ in range(300)] + [-1, 0, 1, 20_000, 399_999, 400_000]
    due = browser.run(
        "const take = {t0: 0, first: 0, last: 19, seconds: 20, drill: false, heldAt: null};"
        "return arguments[0].map((ms) => due(take, ms))",
        times,
    )
    for ms, found in zip(times, due, strict=True):
        match position(0, ms * MS, PECHA_KUCHA):
            case CountIn(left_ns):
                expected = ("count-in", 0, left_ns / NS)
            case AtSlide(index, left_ns):
                expected = ("slide", index, left_ns / NS)
            case _:
                expected = ("over", 19, 0)
        assert (found["phase"], found["index"], found["left"]) == pytest.approx(expected)


def test_marks_count_as_the_program_counts_them(browser: Browser, page: Path) -> None:
    browser.open(page)
    chance = random.Random(12)
    takes = [
        sorted(chance.randrange(0, 4100) / 10 for _ in range(chance.randrange(0, 40))) for _ in range(60)
    ]
    needed = [float(chance.choice([4, 12, 25, 31])) for _ in range(20)]
    found = browser.run(
        """
        return arguments[0].map((presses) => {
          const marks = new Map();
          for (const at of presses) {
            const counted = countedFor(marks, at, 20, 20);
            if (counted !== null) marks.set(counted.index, counted.used);
          }
          const verdicts = [...Array(20).keys()].map((index) => verdictOf(marks.get(index), 20));
          return [[...marks], verdicts, silenceOf(marks, 20), workOf(marks, arguments[1], 20)];
        });
        """,
        takes,
        needed,
    )
    for presses, (marks, verdicts, silence, work) in zip(takes, found, strict=True):
        said = [Said(min(20, int(at // 20)), at - 20 * min(20, int(at // 20))) for at in presses]
        take = a_take(said)
        assert dict(map(tuple, marks)) == pytest.approx(marks_of(said, 20, 20))
        assert verdicts == [verdict_of(each.used_s, 20) for each in take.slides]
        assert silence == pytest.approx(silence_s(take))
        expected = needs_work(take, dict(enumerate(needed)))
        assert [(each["index"], each["reason"]) for each in work] == [
            (each.number, each.reason) for each in expected
        ]
        assert [each["seconds"] for each in work] == pytest.approx([each.seconds for each in expected])


def a_take(said: list[Said]) -> Take:
    """A whole take of twenty slides, numbered by their index."""
    slides = [SnapshotSlide(number=index, picture=None) for index in range(20)]
    return take_of(slides, said, passed=20, seconds=20, language=None, whole=True)


def test_the_shares_are_those_of_the_program(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run("return [GRACE_SHARE, TIGHT_SHARE, SHORT_SHARE]") == [
        python_marks.GRACE_SHARE,
        python_marks.TIGHT_SHARE,
        python_marks.SHORT_SHARE,
    ]
