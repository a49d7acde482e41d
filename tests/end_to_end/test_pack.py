# SPDX-License-Identifier: AGPL-3.0-or-later
"""A show packed on one machine and run on another, by the command line."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import psutil
import pymupdf
import pytest
from decks.conftest import coloured_pptx, picture

from pechakucha.files.run_folder import read_snapshot
from tests.end_to_end.conftest import COLOURS, Program

SHOW = """# bleibt
title = "Umzug"
format = "5x4"
changeover = 4
[[talk]]
id = "aachen-1"
city = "Aachen"
deck = "decks/Präsentation 🎤.pptx"
[[talk]]
id = "bonn-1"
city = "Bonn"
deck = "decks/bonn.pdf"
slides = "6, 1-4"
[[talk]]
id = "celle-1"
city = "Celle"
deck = "decks/celle"
"""
MISSING = '[[talk]]\nid = "dessau-1"\ncity = "Dessau"\ndeck = "decks/dessau.pptx"\n'


class Machine(NamedTuple):
    """A computer, and a folder on it."""

    program: Program
    folder: Path


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A deck of each kind; the show file."""
    decks = tmp_path / "here" / "decks"
    (decks / "celle").mkdir(parents=True)
    coloured_pptx(decks / "Präsentation 🎤.pptx", colours=["#c02020"] * 6, hidden=[2])
    document = pymupdf.open()
    for colour in COLOURS:
        page = document.new_page(width=960, height=540)
        page.draw_rect(page.rect, color=None, fill=colour)
    document.save(decks / "bonn.pdf")
    for number in range(1, 6):
        picture(decks / "celle" / f"Bild {number}.png", "#2040c0", 320, 180 + number)
    path = decks.parent / "show.toml"
    path.write_text(SHOW, encoding="utf-8")
    return path


@pytest.fixture
def elsewhere(tmp_path: Path, program: Program) -> Machine:
    """Another computer, on which whatever is called LibreOffice leaves a mark."""
    home, folder, programs = (tmp_path / name for name in ("home-2", "elsewhere", "programs"))
    for each in (home, folder, programs):
        each.mkdir()
    other = Program(home)
    if sys.platform != "win32":
        soffice = programs / "soffice"
        soffice.write_text(f"#!/bin/sh\necho used > {programs}/used\n")
        soffice.chmod(0o755)
        other.environment["PATH"] = str(programs)
    return Machine(other, folder)


def pack(program: Program, show: Path, target: Path, code: int = 0) -> Path:
    done = program.run("pack", str(show), "-o", str(target), "--language", "en")
    assert done.returncode == code, done.stderr
    assert f"The pack is at {target}" in done.stderr
    return target


def sums(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def slides_in_pack(path: Path) -> list[str]:
    """The hashes of all pictures."""
    with zipfile.ZipFile(path) as archive:
        pictures = {name: archive.read(name) for name in archive.namelist() if name.startswith("slides/")}
    return sorted(sums(pictures).values())


def slides_of_run(run: Path) -> list[str]:
    return sorted(sums({str(each): each.read_bytes() for each in run.glob("slides/*/*")}).values())


def test_a_pack_runs_elsewhere_with_the_very_slides_that_were_packed(
    program: Program, show: Path, elsewhere: Machine, tmp_path: Path
) -> None:
    carried = elsewhere.folder / "Umzug 🎤.pechakucha"
    pack(program, show, tmp_path / "a.pechakucha").rename(carried)
    before = program.run("run", str(show), "--headless", "--auto", "--speed", "400")
    assert before.returncode == 0, before.stderr
    (here,) = (show.parent / "show.runs").iterdir()
    shutil.rmtree(program.home)
    at_home, snapshot = slides_of_run(here), read_snapshot(here)
    shutil.rmtree(show.parent)

    report = tmp_path / "report.json"
    done = elsewhere.program.run(
        "run", str(carried), "--headless", "--auto", "--speed", "400", "--report", str(report)
    )

    assert done.returncode == 0, done.stderr
    talks = json.loads(report.read_bytes())["talks"]
    assert [talk["outcome"] for talk in talks] == ["completed"] * 3
    (there,) = (elsewhere.folder / "Umzug 🎤.runs").iterdir()
    assert slides_of_run(there) == at_home
    assert set(at_home) <= set(slides_in_pack(carried))
    assert read_snapshot(there).talks == snapshot.talks
    assert [slide.notes for slide in snapshot.talks[0].slides] == ["#c02020"] * 5
    assert not (tmp_path / "programs" / "used").exists()
    assert sorted(each.name for each in elsewhere.folder.iterdir()) == [
        "Umzug 🎤.pechakucha",
        "Umzug 🎤.runs",
    ]


def test_check_says_the_same_of_the_pack_and_of_the_show(
    program: Program, show: Path, elsewhere: Machine
) -> None:
    show.write_text(SHOW + MISSING, encoding="utf-8")
    carried = pack(program, show, elsewhere.folder / "a.pechakucha", code=1)
    here = program.run("check", str(show), "--json")
    shutil.rmtree(show.parent)
    there = elsewhere.program.run("check", str(carried), "--json")

    assert (here.returncode, there.returncode) == (1, 1)
    decks, others = json.loads(here.stdout)["decks"], json.loads(there.stdout)["decks"]
    assert [Path(deck.pop("path")).name for deck in decks] == [Path(deck.pop("path")).name for deck in others]
    assert others == decks
    codes = [{finding["code"] for finding in deck["findings"]} for deck in others]
    assert "hidden-slides" in codes[0]
    assert codes[3] == {"not-found"}


def test_a_show_that_is_not_ready_is_packed_and_said_to_be_so(
    program: Program, show: Path, elsewhere: Machine, tmp_path: Path
) -> None:
    show.write_text(SHOW.replace("6, 1-4", "1-4") + MISSING, encoding="utf-8")
    carried = elsewhere.folder / "a.pechakucha"
    packed = program.run("pack", str(show), "-o", str(carried), "--language", "en")
    assert packed.returncode == 1
    assert "Bonn can't start" in packed.stderr
    assert "Dessau can't start" in packed.stderr
    assert "2 of 4 talks ready" in packed.stderr
    with zipfile.ZipFile(carried) as archive:
        assert archive.read("show.toml") == show.read_bytes()
        assert not [name for name in archive.namelist() if "dessau" in name]

    report = tmp_path / "report.json"
    done = elsewhere.program.run(
        "run", str(carried), "--headless", "--auto", "--speed", "400", "--report", str(report)
    )
    assert done.returncode == 1
    talks = json.loads(report.read_bytes())["talks"]
    assert [talk["outcome"] for talk in talks] == ["completed", "no-show", "completed", "no-show"]


def test_a_pack_runs_with_windows_too(program: Program, show: Path, elsewhere: Machine) -> None:
    carried = pack(program, show, elsewhere.folder / "a.pechakucha")
    elsewhere.program.start("run", str(carried), "--auto", "--speed", "400", "--stage", "window")
    end = time.monotonic() + 60
    while not (reports := list(elsewhere.folder.glob("a.runs/*/report.html"))):
        assert time.monotonic() < end, "no report within a minute"
        time.sleep(0.05)
    assert set(slides_of_run(reports[0].parent)) <= set(slides_in_pack(carried))
    elsewhere.program.stop()


# Calls that are wrong


@pytest.fixture
def refuses(program: Program) -> Callable[..., str]:
    """Calls ``pack``, which has to refuse; returns what it says."""

    def call(*arguments: str | Path) -> str:
        done = program.run("pack", *map(str, arguments), "--language", "en")
        assert done.returncode in (1, 2), done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    return call


def test_a_wrong_call_is_told_in_a_sentence(
    refuses: Callable[..., str], program: Program, show: Path, tmp_path: Path
) -> None:
    target = tmp_path / "a.pechakucha"
    deck = show.parent / "decks" / "bonn.pdf"
    content = deck.read_bytes()
    assert "There is no show file" in refuses(tmp_path / "gone.toml", "-o", target)
    assert "something other than a pack" in refuses(show, "-o", deck)
    assert "Check that the folder exists" in refuses(show, "-o", tmp_path / "gone" / "a.pechakucha")
    assert deck.read_bytes() == content
    assert show.read_text("utf-8") == SHOW
    assert not (program.home / "data").exists(), "nothing was imported for that"
    target.touch()
    assert "is a pack already" in refuses(target, "-o", tmp_path / "b.pechakucha")
    assert program.run("pack", str(show)).returncode == 2
    assert not (tmp_path / "b.pechakucha").exists()


def test_a_pack_that_was_cut_off_is_told_in_a_sentence(program: Program, show: Path, tmp_path: Path) -> None:
    target = pack(program, show, tmp_path / "a.pechakucha")
    target.write_bytes(target.read_bytes()[:9000])
    for command in (("check",), ("run", "--headless"), ("run",)):
        done = program.run(*command, str(target), "--language", "en")
        assert done.returncode == 1
        assert "was not copied completely" in done.stderr
        assert str(target) in done.stderr
    assert not (tmp_path / "a.runs").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_pack_alone(program: Program, show: Path, tmp_path: Path) -> None:
    target = pack(program, show, tmp_path / "a.pechakucha")
    before = target.read_bytes()
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)); "
        "from pechakucha.cli import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "pack", str(show), "-o", str(target), "--language", "en"],
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert re.search(r"The pack can't be written .*\(File too large\)", done.stderr)
    assert target.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.pechakucha", "here", "home"]


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
@pytest.mark.parametrize("call", ["pack SHOW -o TARGET", "check SHOW", "run SHOW --headless"])
def test_ctrl_c_ends_it_at_once_with_everything_it_started(
    program: Program, show: Path, tmp_path: Path, call: str
) -> None:
    note, target = tmp_path / "process", tmp_path / "a.pechakucha"
    programs = tmp_path / "programs"
    programs.mkdir()
    soffice = programs / "soffice"
    soffice.write_text(f"#!/bin/sh\necho $$ > {note}.new\nmv {note}.new {note}\nexec sleep 600\n")
    soffice.chmod(0o755)
    program.environment["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    words = {"SHOW": str(show), "TARGET": str(target)}
    working = program.start(*(words.get(word, word) for word in call.split()))
    end = time.monotonic() + 60
    while not note.exists():
        assert time.monotonic() < end, "LibreOffice was not asked within a minute"
        time.sleep(0.01)

    working.send_signal(signal.SIGINT)

    assert working.wait(timeout=20) == 130
    converter = int(note.read_text())
    assert not psutil.pid_exists(converter) or psutil.Process(converter).status() == psutil.STATUS_ZOMBIE
    assert not list(tmp_path.glob("*.pechakucha"))
    assert not list(tmp_path.glob(".*"))
    assert not list((program.home / "data").rglob(".import-*"))


def test_what_a_pack_says_can_be_read_by_anybody(program: Program, show: Path, tmp_path: Path) -> None:
    """Plain JSON; whoever reads it in another program relies on these names."""
    target = pack(program, show, tmp_path / "a.pechakucha")
    with zipfile.ZipFile(target) as archive:
        record = msgspec.json.decode(archive.read("pack.json"))
    assert (record["format"], sorted(record)) == (1, ["format", "packed", "program", "talks"])
    assert [talk["id"] for talk in record["talks"]] == ["aachen-1", "bonn-1", "celle-1"]
    assert record["talks"][0]["originals"] == ["Präsentation 🎤.pptx"]
    assert record["talks"][2]["originals"] == [f"Bild {number}.png" for number in range(1, 6)]
