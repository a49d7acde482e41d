# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rehearsing in a browser: which slide is due when, keys, marks, and what is said afterwards."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pechakucha.rehearsal.portable.page import page_of
from pechakucha.texts import Texts

from .browser import FAST_CLOCK, NO_TIMERS, RECORDER, STANDING_CLOCK, Browser, Keys
from .builders import a_talk
from .chromium import Chromium

SPEED = 40


def test_it_counts_in_and_shows_each_slide_for_twenty_seconds(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert (browser.phase, browser.figure, browser.text("where")) == ("ready", "20", "Folie 1")
    browser.press(Keys.SPACE)
    for figure in ("3", "2", "1"):
        assert (browser.phase, browser.figure) == ("count-in", figure)
        browser.pass_seconds(1)
    for number in range(1, 21):
        assert (browser.phase, browser.slide, browser.figure) == ("slide", number, "20")
        browser.pass_seconds(19.999)
        assert (browser.phase, browser.slide, browser.figure) == ("slide", number, "1")
        browser.pass_seconds(0.001)
    assert browser.phase == "over"
    assert browser.text("where") == "6:40 vorbei"


def test_the_picture_and_the_notes_are_those_of_the_slide(browser: Browser, page: Path) -> None:
    browser.open(page)
    pictures = browser.run("return [...document.querySelectorAll('#storyboard img')].map((img) => img.src)")
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 20 * 6 + 12.5)
    assert browser.picture_on_stage() == pictures[6]
    assert browser.run("return document.querySelector('#next-picture img').src") == pictures[7]
    assert browser.text("notes") == "Das ist der erste Satz zu Folie 7. Und das der zweite."
    assert browser.text("next-words").startswith("Nächste Folie in 8 s: Das ist der erste Satz zu Folie 8.")
    assert browser.text("line") == "noch 4:28"
    browser.pass_seconds(20 * 13)
    assert not browser.is_seen("next")


def test_a_late_look_finds_the_right_slide_and_shifts_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 20 * 4.5)
    assert browser.slide == 5
    browser.pass_seconds(10.5)
    assert (browser.slide, browser.figure) == (6, "20")


def test_after_sleep_the_slide_that_is_due_by_the_wall_clock_is_there(browser: Browser, page: Path) -> None:
    """Some browsers' clocks stand still during sleep."""
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 5)
    browser.run("letSleep(20000 * 7); window.dispatchEvent(new Event('focus'));")
    assert (browser.slide, browser.figure) == (8, "15")


@pytest.mark.parametrize("seconds", [-3600, -1, 1.5])
def test_a_clock_that_is_set_changes_nothing(browser: Browser, page: Path, seconds: float) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 25)
    browser.run("letSleep(arguments[0] * 1000); look();", seconds)
    assert (browser.slide, browser.figure) == (2, "15")
    browser.pass_seconds(20)
    assert (browser.slide, browser.figure) == (3, "15")


def test_a_tab_that_comes_back_shows_the_right_slide_at_once(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 5)
    browser.run("document.addEventListener('visibilitychange', () => document.hidden && letPass(20000 * 9));")
    front = browser.driver.current_window_handle
    browser.driver.switch_to.new_window("tab")
    browser.driver.close()
    browser.driver.switch_to.window(front)
    assert browser.run("return document.visibilityState") == "visible"
    assert (browser.slide, browser.figure) == (10, "15")


def test_a_frozen_page_shows_the_right_slide_when_it_is_let_go(browser: Browser, page: Path) -> None:
    if not isinstance(browser, Chromium):
        pytest.skip("only Chromium freezes pages")
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 5)
    browser.run("document.addEventListener('freeze', () => letPass(20000 * 2));")
    browser.command("Page.setWebLifecycleState", state="frozen")
    browser.command("Page.setWebLifecycleState", state="active")
    assert (browser.slide, browser.figure) == (3, "15")


@pytest.mark.slow
def test_a_whole_talk_with_a_fast_clock_shows_every_slide_in_its_time(browser: Browser, page: Path) -> None:
    browser.open(page, clock=FAST_CLOCK.replace("SPEED", str(SPEED)))
    browser.run(RECORDER)
    browser.press(Keys.SPACE)
    browser.driver.set_script_timeout(30)
    browser.driver.execute_async_script(
        "const done = arguments[0]; const see = () => document.body.dataset.phase === 'over'"
        " ? done() : requestAnimationFrame(see); see();"
    )
    seen = browser.run("return window.seen")
    slides = [(int(number), at) for phase, number, at in seen if phase == "slide"]
    assert [number for number, _ in slides] == [*range(1, 21)]
    late_ms = [(at - 20 * index) / SPEED * 1000 for index, (_, at) in enumerate(slides)]
    assert min(late_ms) >= 0
    assert max(late_ms) < 50
    assert (seen[-1][0], round(seen[-1][2])) == ("over", 400)


# What a presenter may do


def test_pause_lets_the_slide_have_what_it_had_left(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 27)
    browser.press("p")
    assert browser.text("line") == "angehalten, noch 6:13"
    browser.pass_seconds(1000)
    assert (browser.slide, browser.figure) == (2, "13")
    browser.press(Keys.SPACE)
    assert browser.marks == {}
    browser.pass_seconds(12.9)
    assert (browser.slide, browser.figure) == (2, "1")
    browser.pass_seconds(0.1)
    assert (browser.slide, browser.figure) == (3, "20")


def test_it_begins_with_a_chosen_slide_and_again_from_the_start(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert browser.text("where") == "Folie 3"
    assert browser.text("line") == "6:00 ab hier"
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 20)
    assert browser.slide == 4
    browser.press("r")
    assert (browser.phase, browser.slide) == ("count-in", 1)
    browser.pass_seconds(3 + 400)
    assert browser.phase == "over"
    browser.press(Keys.END, Keys.ENTER)
    assert (browser.phase, browser.slide) == ("count-in", 20)


def test_during_a_talk_no_key_turns_a_slide(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 20 + 1)
    browser.press(Keys.ARROW_RIGHT, Keys.END, Keys.PAGE_DOWN, Keys.HOME, "x", Keys.ENTER)
    assert (browser.phase, browser.slide, browser.figure) == ("slide", 2, "19")
    assert browser.text("remark") == Texts("de")("page.by-themselves")


def test_a_slide_is_drilled_again_and_again(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.END, Keys.ARROW_LEFT, "t")
    for _ in range(3):
        assert (browser.phase, browser.slide, browser.figure) == ("count-in", 19, "3")
        browser.pass_seconds(3)
        assert (browser.phase, browser.slide, browser.figure) == ("slide", 19, "20")
        browser.pass_seconds(20)
    browser.pass_seconds(3 + 14.2)
    browser.press(Keys.SPACE)
    assert browser.text("remark") == "Folie 19: nach 14,2 s alles gesagt."
    browser.press("t")
    assert (browser.phase, browser.slide) == ("ready", 19)
    assert set(bars_of(browser)) == {"column not-reached"}, "a drill is no take"


def test_a_key_that_is_held_down_does_nothing_more(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.hold_down("p")
    browser.press(Keys.SPACE)
    browser.hold_down("p")
    assert browser.run("return session.take.heldAt !== null")


def test_space_is_never_a_click(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 8)
    browser.run("document.getElementById('stop').focus()")
    browser.press(Keys.SPACE)
    assert browser.phase == "slide"
    assert browser.marks == {0: 8.0}


WAKE_LOCK = """
{
  const lock = { addEventListener() {}, release: async () => { window.held -= 1; } };
  window.held = 0;
  const request = async () => { window.held += 1; return lock; };
  Object.defineProperty(navigator, 'wakeLock', { value: { request } });
}
"""


def test_the_screen_is_kept_awake_until_the_talk_is_over(browser: Browser, page: Path) -> None:
    browser.open(page, clock=STANDING_CLOCK + NO_TIMERS + WAKE_LOCK)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 399)
    assert browser.run("return window.held") == 1
    browser.pass_seconds(1)
    assert browser.phase == "over"
    assert browser.run("return window.held") == 0


def test_where_nothing_changes_any_more_nobody_looks_at_the_clock(browser: Browser, page: Path) -> None:
    browser.open(
        page, clock=STANDING_CLOCK + "window.timers = 0; window.setTimeout = () => { timers += 1; };"
    )
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 30)
    assert browser.run("return timers") > 0
    for last in ("p", "p"):
        browser.press(last)
        held = browser.run("return session.take.heldAt !== null")
        browser.run("timers = 0;")
        browser.pass_seconds(10)
        assert (browser.run("return timers") == 0) is held
    browser.pass_seconds(400)
    browser.run("timers = 0;")
    browser.pass_seconds(10)
    assert (browser.phase, browser.run("return timers")) == ("over", 0)


# Marks, and what is said of them


def test_a_take_with_marks_becomes_bars_and_the_slides_that_need_work(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3)
    used = [14.0] * 20
    used[3], used[8], used[18], used[6] = 23.1, 21.0, 24.9, 19.0
    passed = 0.0
    for index, seconds in enumerate(used):
        if index == 11:
            continue
        browser.pass_seconds(20 * index + seconds - passed)
        passed = 20 * index + seconds
        browser.press(Keys.SPACE)
    browser.pass_seconds(20)
    assert browser.marks == pytest.approx({index: s for index, s in enumerate(used) if index != 11})
    bars = browser.run(
        "return [...document.querySelectorAll('#bars button')].map((bar) => [bar.className, bar.title])"
    )
    assert len(bars) == 20
    assert bars[0] == ["column fits", "Folie 1: 14,0 s gebraucht"]
    assert bars[3] == ["column over", "Folie 4: 3,1 s zu lang"]
    assert bars[6] == ["column tight", "Folie 7: 19,0 s gebraucht, knapp"]
    assert bars[11] == ["column unmarked", "Folie 12: ohne Markierung"]
    assert browser.text("summary") == "3 Folien zu lang: 4, 9, 19 · Stille zusammen 1:31"
    work = browser.run("return [...document.querySelectorAll('#work li b')].map((each) => each.textContent)")
    assert work == ["Folie 19", "Folie 4", "Folie 9"]
    assert "Die Notizen brauchen etwa 4 s." in browser.text("work")
    browser.run("document.querySelector('#work li button').click()")
    assert (browser.phase, browser.slide) == ("count-in", 19)
    assert browser.is_seen("chart")


def test_the_bars_of_a_first_take_grow(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.is_seen("chart")
    assert browser.text("summary") == Texts("de")("page.space-means")
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 20 + 14)
    browser.press(Keys.SPACE)
    assert bars_of(browser) == ["column unmarked", "column fits"] + ["column not-reached"] * 18
    assert browser.text("which-take") == "Dieser Durchgang"
    browser.pass_seconds(400)
    assert browser.text("which-take") == "Letzter Durchgang"


def test_the_bars_of_a_first_take_leave_the_room_to_the_slide(browser: Browser, page: Path) -> None:
    browser.open(page, size=(1280, 720))
    assert not browser.is_seen("chart")
    assert browser.text("remark") == Texts("de")("page.space-means")


def test_a_late_mark_counts_for_the_last_slide_and_starts_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 400 + 3)
    assert "keine Folie markiert" in browser.text("summary")
    browser.press(Keys.SPACE)
    assert browser.phase == "over"
    assert browser.marks == {19: 23.0}
    assert browser.text("summary").startswith("1 Folie zu lang: 20")
    browser.pass_seconds(60)
    browser.press(Keys.SPACE)
    assert browser.phase == "over"
    browser.press(Keys.ENTER)
    assert (browser.phase, browser.text("takes")) == ("count-in", "2. Durchgang")


def test_a_take_that_is_broken_off_keeps_what_it_has_passed(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 15)
    browser.press(Keys.SPACE)
    browser.pass_seconds(10)
    browser.press(Keys.ESCAPE)
    assert browser.phase == "ready"
    assert bars_of(browser) == ["column fits"] + ["column not-reached"] * 19


# Other decks, other people


@pytest.mark.parametrize("slides", [1, 7, 34])
def test_any_number_of_slides_can_be_rehearsed(browser: Browser, tmp_path: Path, slides: int) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page_of(a_talk(slides), Texts("de")))
    browser.open(path)
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 20 * slides - 0.1)
    assert (browser.phase, browser.slide) == ("slide", slides)
    browser.pass_seconds(0.1)
    assert browser.phase == "over"


def test_another_format_has_other_seconds(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "ignite.html"
    path.write_bytes(page_of(msgspec.structs.replace(a_talk(), seconds=15), Texts("en")))
    browser.open(path, language="en")
    browser.press(Keys.SPACE)
    browser.pass_seconds(3 + 15 * 19)
    assert (browser.phase, browser.slide, browser.figure) == ("slide", 20, "15")


@pytest.mark.parametrize(
    ("languages", "chosen", "start"),
    [("de-AT,en", "de", "Start"), ("en-GB", "en", "Start"), ("fr,de", "de", "Start"), ("fr", "en", "Start")],
)
def test_it_speaks_the_browsers_language_and_the_other_one(
    browser: Browser, page: Path, languages: str, chosen: str, start: str
) -> None:
    browser.open(page, language=languages)
    assert browser.run("return document.documentElement.lang") == chosen
    assert browser.text("restart").endswith(Texts(chosen)("page.restart"))
    other = "en" if chosen == "de" else "de"
    browser.click("language")
    assert browser.run("return document.documentElement.lang") == other
    assert browser.text("restart").endswith(Texts(other)("page.restart"))
    assert browser.text("where") == Texts(other)("page.slide", number=1)


def bars_of(browser: Browser) -> list[str]:
    """What the bars say, in their order."""
    classes: list[str] = browser.run(
        "return [...document.querySelectorAll('#bars button')].map((bar) => bar.className)"
    )
    return classes
