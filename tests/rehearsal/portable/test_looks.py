# SPDX-License-Identifier: AGPL-3.0-or-later
"""What everybody can see and use: accessibility, telephones, print, no network, strangers' words."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pymupdf
import pytest
from axe_core_python.selenium import Axe

from pechakucha.rehearsal.portable.page import page_of
from pechakucha.texts import Texts

from .browser import STANDING_CLOCK, Browser, Keys
from .builders import HOSTILE, LONG, a_talk, slides_of
from .chromium import Chromium

DESK, PHONE = (1440, 900), (390, 844)
SIZES = [DESK, (1024, 768), (800, 600), PHONE, (320, 568)]


def bring_to(browser: Browser, moment: str) -> None:
    """Lead a page to one of its moments."""
    if moment == "along":
        browser.press("a")
    if moment in ("slide", "held", "over", "along"):
        browser.press(Keys.SPACE)
        browser.pass_seconds(3 + 8)
    if moment in ("held", "over"):
        browser.press(Keys.SPACE)
    if moment == "held":
        browser.press("p")
    if moment == "over":
        browser.pass_seconds(17)
        browser.press(Keys.SPACE)
        browser.pass_seconds(400)
        assert browser.phase == "over"


@pytest.fixture(scope="session")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose notes are too long, one of whose slides has no picture."""
    folder = tmp_path_factory.mktemp("wordy")
    talk = a_talk()
    slides = (*slides_of(LONG, folder), *talk.slides[1:])
    path = folder / "Ulm.html"
    path.write_bytes(page_of(msgspec.structs.replace(talk, slides=slides), Texts("en")))
    return path


@pytest.mark.parametrize(
    ("light", "size"), [(False, DESK), (True, PHONE)], ids=["dark on a desk", "light on a telephone"]
)
@pytest.mark.parametrize("moment", ["ready", "slide", "held", "over", "along"])
def test_axe_finds_nothing_serious(
    browser: Browser, wordy: Path, moment: str, light: bool, size: tuple[int, int]
) -> None:
    # It waits by timers.
    browser.open(wordy, clock=STANDING_CLOCK, light=light, size=size, phone=size == PHONE)
    bring_to(browser, moment)
    found = Axe().run(browser.driver)["violations"]
    serious = {
        each["id"]: [node["html"] for node in each["nodes"]]
        for each in found
        if each["impact"] in ("serious", "critical")
    }
    assert serious == {}


def test_without_scripts_the_storyboard_has_nothing_serious_either(browser: Browser, wordy: Path) -> None:
    browser.open(wordy, clock=STANDING_CLOCK)
    browser.run("document.documentElement.classList.remove('scripted')")
    assert browser.is_seen("storyboard")
    found = Axe().run(browser.driver)["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("moment", ["ready", "slide", "over", "along"])
def test_nothing_sticks_out_at_the_side(
    browser: Browser, wordy: Path, moment: str, size: tuple[int, int]
) -> None:
    browser.open(wordy, size=size, phone=size[0] < 500)
    bring_to(browser, moment)
    wide, seen = browser.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= seen
    cut_off = browser.run(
        "return [...document.querySelectorAll('.app button, .app select, .app input')]"
        ".filter((each) => each.checkVisibility() && !each.closest('.bars'))"
        ".map((each) => [each.id, each.getBoundingClientRect()])"
        ".filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([id]) => id)"
    )
    assert cut_off == []


def test_on_a_telephone_the_button_to_press_is_seen_without_scrolling(browser: Browser, wordy: Path) -> None:
    browser.open(wordy, size=PHONE, phone=True)
    bring_to(browser, "slide")
    top, bottom, height = browser.run(
        "const box = document.getElementById('go').getBoundingClientRect();"
        "return [box.top, box.bottom, box.height]"
    )
    assert top > 0
    assert bottom < PHONE[1]
    assert height >= 44
    browser.click("go")
    assert browser.marks == {0: 8.0}


def test_on_a_telephone_held_across_notes_and_button_are_seen(browser: Browser, page: Path) -> None:
    browser.open(page, size=(844, 390), phone=True)
    bring_to(browser, "slide")
    bottoms = browser.run(
        "return ['notes', 'go'].map((id) => document.getElementById(id))"
        ".map((each) => [each.getBoundingClientRect().height, each.getBoundingClientRect().bottom])"
    )
    assert all(height > 20 and bottom <= 390 for height, bottom in bottoms), bottoms


def test_printed_it_is_a_storyboard_of_twenty_pictures_with_notes(browser: Browser, page: Path) -> None:
    browser.open(page)
    bring_to(browser, "slide")
    document = pymupdf.open(stream=browser.printed())
    words = "".join(sheet.get_text() for sheet in document)
    assert sum(len(sheet.get_images()) for sheet in document) == 20
    assert all(
        f"Das ist der erste Satz zu Folie {number}." in " ".join(words.split()) for number in range(1, 21)
    )
    assert Texts("de")("page.hold") not in words
    assert 1 <= len(document) <= 3


def test_no_request_leaves_and_none_could(browser: Browser, page: Path) -> None:
    browser.open(page)
    bring_to(browser, "over")
    asked = browser.requests()
    if isinstance(browser, Chromium):
        assert page.as_uri() in asked, "else nothing would be seen"
    assert any(url.startswith("data:image/webp") for url in asked)
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
    refused = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "fetch('https://example.invalid/').then(() => done('let through'), (error) => done(String(error)));"
    )
    assert refused != "let through"
    assert browser.requests() == []
    assert any(re.search("Content.Security.Policy", words) for words in browser.said())


def test_a_strangers_words_stay_words(browser: Browser, tmp_path: Path) -> None:
    (slide,) = slides_of(HOSTILE, tmp_path)
    talk = a_talk(name=HOSTILE)
    talk = msgspec.structs.replace(talk, title=HOSTILE, presenters=HOSTILE, slides=(slide, *talk.slides[1:]))
    path = tmp_path / "hostile.html"
    path.write_bytes(page_of(talk, Texts("en")))
    browser.open(path)
    assert browser.text("notes") == HOSTILE
    assert browser.run("return document.querySelector('h1').textContent") == HOSTILE
    assert browser.run("return document.title").startswith(HOSTILE)
    bring_to(browser, "over")
    assert browser.run("return document.scripts.length") == 2
    assert browser.run("return document.querySelector('#frame').textContent").endswith(HOSTILE)


def test_a_damaged_picture_leaves_its_place_empty_and_nothing_stops(browser: Browser, tmp_path: Path) -> None:
    talk = a_talk()
    picture = talk.slides[0].picture
    assert picture is not None
    damaged = msgspec.structs.replace(picture, content=picture.content[:20])
    slides = (talk.slides[0], msgspec.structs.replace(talk.slides[1], picture=damaged), *talk.slides[2:])
    path = tmp_path / "damaged.html"
    path.write_bytes(page_of(msgspec.structs.replace(talk, slides=slides), Texts("en")))
    browser.open(path)
    bring_to(browser, "slide")
    browser.pass_seconds(20)
    assert browser.slide == 2
    browser.pass_seconds(20)
    assert browser.slide == 3


def test_the_first_words_are_the_notes_own_even_where_no_time_is_left_for_them(
    browser: Browser, tmp_path: Path
) -> None:
    talk = a_talk()
    slides = (talk.slides[0], *slides_of("W" * 400 + " Ende", tmp_path), *talk.slides[2:])
    path = tmp_path / "endless.html"
    path.write_bytes(page_of(msgspec.structs.replace(talk, slides=slides), Texts("de")))
    browser.open(path)
    assert browser.text("next-words").startswith("Nächste Folie: WWW")


def test_notes_are_as_large_as_there_is_room_for(browser: Browser, wordy: Path) -> None:
    browser.open(wordy)
    size = "return parseFloat(getComputedStyle(document.getElementById('notes')).fontSize)"
    assert browser.run(size) == 17
    browser.press(Keys.ARROW_RIGHT)
    assert browser.run(size) == 28
