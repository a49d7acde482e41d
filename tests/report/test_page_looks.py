# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report in a browser: everybody can read it, on every screen and on paper, and nothing is asked."""

from __future__ import annotations

import base64
from pathlib import Path

import msgspec
import pymupdf
import pytest
from axe_core_python.selenium import Axe
from rehearsal.portable.browser import Browser

from pechakucha.report.comparison import comparison_page
from pechakucha.report.page import report_page
from pechakucha.show.figures import PressFigures, Report, WithdrawnFigures
from pechakucha.texts import Texts

from .builders import a_cue, a_report, a_talk_told, moment

HOSTILE = '<img src="https://example.invalid/"> & "Söhne" </style><script>alert(1)</script>'
LONG = "Wie zwölf Städte in neunzig Minuten mehr erzählen als sonst in zwölf Monaten, und warum das geht"
DESK, PHONE = (1440, 900), (390, 844)


def an_evening(rounds: int = 5) -> Report:
    """Twelve talks with long titles, and one of everything that can happen to them.

    ``rounds`` is how often each has its four slides: in time, late, wanted late, in time.
    """
    talks = [
        msgspec.structs.replace(
            a_talk_told(
                f"stadt-{number}",
                planned=f"{8 + number // 8:02}:{number % 8 * 7:02}:00",
                started=f"{8 + number // 8:02}:{number % 8 * 7:02}:30",
                ended=f"{8 + number // 8:02}:{number % 8 * 7 + 6:02}:40",
                late_ms=(4.0, 18.0, None, 4.0) * rounds,
                missed=(3, 7) if number == 4 else (),
            ),
            title=LONG,
            presenters=("Ada Beispiel", "Dr. Elisabeth von Hohenstein-Wittgenstein"),
        )
        for number in range(12)
    ]
    talks[6] = msgspec.structs.replace(talks[6], outcome="no-show", started=None, ended=None, slides=())
    talks[7] = msgspec.structs.replace(talks[7], outcome="cut")
    talks[8] = msgspec.structs.replace(talks[8], city=HOSTILE, title=HOSTILE, presenters=(HOSTILE,))
    left = WithdrawnFigures(id="kiel", city="Kiel", title="", presenters=(), planned_start=moment("09:40:00"))
    cues = (a_cue("hold", "08:10:00", "stadt-1", "hand"), a_cue("resume", "08:11:00", "stadt-1", "rest"))
    press = PressFigures(press="start", at=moment("08:12:00"), count=7, refused="talk-on-stage", detail="")
    return msgspec.structs.replace(
        a_report(*talks, withdrawn=(left,), cues=cues), show=LONG, presses=(press,), speed=1.0
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of that evening."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(report_page(an_evening(), Texts("de")))
    return path


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with fewer slides: the program that looks for barriers looks at each."""
    path = tmp_path_factory.mktemp("report") / "short.html"
    path.write_bytes(report_page(an_evening(rounds=1), Texts("de")))
    return path


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs side by side."""
    path = tmp_path_factory.mktemp("report") / "comparison.html"
    dry = msgspec.structs.replace(an_evening(), speed=10.0)
    path.write_bytes(comparison_page([an_evening(), dry], Texts("de")))
    return path


@pytest.mark.parametrize("light", [False, True], ids=["dark", "light"])
@pytest.mark.parametrize("name", ["short", "compared"])
def test_axe_finds_nothing_serious(
    browser: Browser, request: pytest.FixtureRequest, name: str, light: bool
) -> None:
    browser.open(request.getfixturevalue(name), clock="", light=light)
    found = Axe().run(browser.driver)["violations"]
    serious = {
        each["id"]: [node["html"] for node in each["nodes"]]
        for each in found
        if each["impact"] in ("serious", "critical")
    }
    assert serious == {}


@pytest.mark.parametrize("size", [DESK, (1024, 768), PHONE, (320, 568)], ids=str)
@pytest.mark.parametrize("name", ["page", "compared"])
def test_nothing_sticks_out_at_the_side(
    browser: Browser, request: pytest.FixtureRequest, name: str, size: tuple[int, int]
) -> None:
    browser.open(request.getfixturevalue(name), size=size, phone=size[0] < 500)
    wide, seen = browser.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= seen


def test_strangers_words_stay_words(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run("return document.scripts.length") == 0
    assert browser.run("return document.images.length") == 0
    cities = browser.run("return [...document.querySelectorAll('.talk strong')].map((e) => e.textContent)")
    assert cities[8] == HOSTILE
    assert len(cities) == 13


def test_its_style_is_the_only_thing_that_it_may_use(browser: Browser, page: Path) -> None:
    browser.open(page)
    margin = "return getComputedStyle(document.querySelector('h1')).fontSize"
    assert browser.run(margin) == "36px"  # the style has the hash that the page allows
    browser.run("document.body.insertAdjacentHTML('beforeend', '<b style=\"color: red\" id=x>x</b>')")
    assert browser.run("return getComputedStyle(document.getElementById('x')).color") != "rgb(255, 0, 0)"
    assert ["Content Security Policy" in words for words in browser.said()] == [True]


def test_refused_presses_are_folded_away(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run("return document.querySelector('details').open") is False
    assert browser.run("return document.querySelector('summary .quiet').textContent") == "7"


def test_on_paper_it_is_light_and_whole(browser: Browser, page: Path) -> None:
    browser.open(page)
    printed = browser.command("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    document = pymupdf.open(stream=base64.b64decode(printed["data"]))
    words = " ".join(" ".join(sheet.get_text().split()) for sheet in document)
    assert all(f"Stadt-{number}" in words for number in range(12) if number != 8)
    assert 2 <= len(document) <= 5
    width, height = document[0].rect.width, document[0].rect.height
    assert (round(width), round(height)) == (595, 842)  # A4, points
    corner = document[0].get_pixmap(clip=(0, 0, 4, 4)).pixel(1, 1)
    assert corner == (255, 255, 255)
