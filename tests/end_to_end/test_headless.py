# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole block through the command line, without windows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import pechakucha
from tests.end_to_end.conftest import Program

EXAMPLE = Path(pechakucha.__file__).resolve().parent.parent / "examples" / "mpsc-mashup"
FRAME_MS = 17


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the nine-city example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example")) / "show.toml"


@pytest.mark.slow
def test_nine_cities_run_through_and_the_report_says_so(
    program: Program, example: Path, tmp_path: Path
) -> None:
    target = tmp_path / "r.json"
    done = program.run(
        "run", str(example), "--auto", "--speed", "60", "--headless", "--report", str(target), seconds=400
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(target.read_bytes())
    assert [talk["outcome"] for talk in report["talks"]] == ["completed"] * 9
    slides = [slide for talk in report["talks"] for slide in talk["slides"]]
    assert [slide["index"] for slide in slides] == [*range(1, 21)] * 9
    assert all(slide["shown_s"] is not None for slide in slides)
    assert all(slide["shown_s"] >= slide["due_s"] for slide in slides)
    assert report["lateness_ms"]["p50"] <= FRAME_MS
    run = next((example.parent / "show.runs").iterdir())
    again = program.run("report", str(run))
    assert json.loads(again.stdout) == report


def test_every_deck_of_the_example_is_ready(program: Program) -> None:
    done = program.run("check", str(EXAMPLE / "show.toml"), "--json", seconds=300)
    assert done.returncode == 0, done.stdout
    decks = json.loads(done.stdout)["decks"]
    assert [(deck["slides"], deck["selected"], deck["ready"]) for deck in decks] == [(20, 20, True)] * 9


def test_a_talk_with_too_few_slides_does_not_start(
    program: Program, plain_show: Path, tmp_path: Path
) -> None:
    text = plain_show.read_text("utf-8").replace('city = "Aachen"', 'city = "Aachen"\nslides = "1-5"')
    plain_show.write_text(text, encoding="utf-8")
    target = tmp_path / "r.json"
    done = program.run(
        "run",
        str(plain_show),
        "--auto",
        "--speed",
        "40",
        "--headless",
        "--report",
        str(target),
        "--language",
        "de",
    )
    assert done.returncode == 1
    assert "plain.pdf" in done.stderr
    assert "5" in done.stderr
    talks = json.loads(target.read_bytes())["talks"]
    assert [talk["outcome"] for talk in talks] == ["no-show", "completed"]


def test_a_killed_run_goes_on_with_resume(program: Program, plain_show: Path, tmp_path: Path) -> None:
    first = program.start("run", str(plain_show), "--auto", "--speed", "4", "--headless")
    journal = wait_for_shown(plain_show, 2)
    first.kill()
    first.wait()
    target = tmp_path / "r.json"
    done = program.run(
        "run", str(plain_show), "--auto", "--speed", "4", "--headless", "--resume", "--report", str(target)
    )
    assert done.returncode == 0, done.stderr
    assert [*plain_show.parent.glob("show.runs/*/journal.jsonl")] == [journal]
    report = json.loads(target.read_bytes())
    assert [talk["outcome"] for talk in report["talks"]] == ["completed", "completed"]
    talk = report["talks"][0]
    assert talk["missed"] == sum(slide["shown_s"] is None for slide in talk["slides"])


def wait_for_shown(show: Path, count: int) -> Path:
    """The journal of the show's only run, once so many slides were shown."""
    import time

    end = time.monotonic() + 60
    while time.monotonic() < end:
        for journal in show.parent.glob("show.runs/*/journal.jsonl"):
            if journal.read_bytes().count(b'"record":"shown"') >= count:
                return journal
        time.sleep(0.01)
    raise AssertionError("no slide was shown within a minute")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "nowhere.toml", "--headless"), 2, "nowhere.toml"),
        (("run",), 2, ""),
        (("report", "nowhere"), 2, "nowhere"),
        (("check", "nowhere.pptx"), 1, ""),
        (("preview", "nowhere.pptx", "--slides", "1-9, x"), 2, "1-9, 11-21"),
        (("check", "--renderer", "powerpoint", "x.pptx"), 2, "PowerPoint"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(
    program: Program, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = program.run(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_without_a_screen_run_says_what_to_do(program: Program, plain_show: Path) -> None:
    del program.environment["QT_QPA_PLATFORM"]
    done = program.run("run", str(plain_show))
    assert done.returncode == 2
    assert "--headless" in done.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "No window can be opened"), ("de", "kein Fenster")])
def test_where_qt_can_open_no_window_it_says_why_and_leaves(
    program: Program, language: str, words: str
) -> None:
    """As on a bare Debian, where a library that Qt's windows need is missing."""
    program.environment.update(DISPLAY=":0", QT_QPA_PLATFORM="no-such-platform")
    said = program.run("--language", language)
    assert said.returncode == 70
    assert words in said.stderr
    assert "no-such-platform" in said.stderr
    assert str(program.home / "state") in said.stderr
    assert "Traceback" not in said.stderr
