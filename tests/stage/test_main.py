# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage as a process: what it loads, and how it begins and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from files.builders import a_run, with_slides
from show.builders import a_snapshot, a_talk

from pechakucha.files.logs import STAGE_LOG
from pechakucha.files.run_folder import read_run
from pechakucha.live.clock import SystemClock
from pechakucha.show.cues import End, Start
from pechakucha.show.format import Format
from pechakucha.stage.main import EXIT_PROBLEM

HEAVY = {
    "PySide6.QtWidgets",
    "betteroffice_pptx",
    "fontTools",
    "jinja2",
    "pechakucha.console",
    "pechakucha.decks",
    "pechakucha.report",
    "pptx",
    "pymupdf",
    "rich",
    "tomlkit",
    "typer",
}


STAND_IN_FOR_WAKEPY = """
import contextlib, time, types
@contextlib.contextmanager
def presenting(on_fail):
    with open(OUT, "a") as out:
        print(time.clock_gettime_ns(time.CLOCK_BOOTTIME), file=out, flush=True)
        yield types.SimpleNamespace(active=True)
        print(time.clock_gettime_ns(time.CLOCK_BOOTTIME), file=out)
keep = types.SimpleNamespace(presenting=presenting)
"""


def python(*arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python offscreen, as the console would; modules in ``path`` go before others."""
    places = [path, os.environ.get("PYTHONPATH", "")]
    return subprocess.run(
        [sys.executable, *arguments],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_stage_loads_no_widgets_and_nothing_that_opens_decks() -> None:
    done = python("-c", "import sys, pechakucha.stage.main; print(*sys.modules)")
    loaded = set(done.stdout.split())
    assert "PySide6.QtGui" in loaded
    assert loaded & HEAVY == set()


def test_a_whole_block_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Sixty times faster than on the day, all of it by itself."""
    block = a_snapshot(
        with_slides(a_talk("ulm", changeover=10), Format(3, 20)), format=Format(3, 20), speed=60, auto=True
    )
    run = a_run(tmp_path, block)
    before_ns = SystemClock().now_ns()
    done = python("-m", "pechakucha.stage", str(run), "--stage", "window", "--unattended")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr
    journal = read_run(run)
    assert before_ns < journal.snapshot.opened_ns < SystemClock().now_ns()
    assert [cue.action for cue in journal.cues] == [Start("ulm"), End()]
    assert [shown.index for shown in journal.shown] == [0, 1, 2]
    assert all(shown.painted_ns - shown.due_ns >= 0 for shown in journal.shown)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the clock of Linux")
def test_the_machine_is_kept_awake_from_welcome_to_closing(tmp_path: Path) -> None:
    """Talks and changeovers alike: it is held once, before the first cue, and let go after the last."""
    told = tmp_path / "told"
    stand_in = tmp_path / "modules"
    stand_in.mkdir()
    (stand_in / "wakepy.py").write_text(f"OUT = {str(told)!r}\n{STAND_IN_FOR_WAKEPY}", encoding="utf-8")
    talks = (with_slides(a_talk(city, changeover=90), Format(3, 20)) for city in ("ulm", "bern"))
    run = a_run(tmp_path, a_snapshot(*talks, format=Format(3, 20), speed=60, auto=True))
    done = python("-m", "pechakucha.stage", str(run), "--unattended", path=str(stand_in))
    assert done.returncode == 0, done.stderr
    begun_ns, ended_ns = map(int, told.read_text().split())
    cues = read_run(run).cues
    assert [cue.action for cue in cues] == [Start("ulm"), Start("bern"), End()]
    assert begun_ns < cues[0].at_ns
    assert cues[-1].at_ns < ended_ns


def test_a_run_that_cannot_begin_is_an_exit_code_and_a_line_in_the_log(tmp_path: Path) -> None:
    done = python("-m", "pechakucha.stage", str(tmp_path))
    assert done.returncode == EXIT_PROBLEM
    assert "run-unreadable" in (tmp_path / STAGE_LOG).read_text(encoding="utf-8")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["run", "--stage", "huge"], ["run", "--go-on", "home"]])
def test_a_wrong_call_is_told(arguments: list[str]) -> None:
    done = python("-m", "pechakucha.stage", *arguments)
    assert done.returncode == 2
    assert "usage" in done.stderr
