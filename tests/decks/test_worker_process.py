# SPDX-License-Identifier: AGPL-3.0-or-later
"""Workers and converters that die, hang, lie or are not wanted any more."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

import pechakucha
from pechakucha.decks.importing import Cancelled, import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.worker_process import Ahead
from pechakucha.show.problem import Finding, Severity

from .conftest import COLOURS, coloured_pdf, coloured_pptx, picture, python

DRAW_PAGES = """
import pymupdf
document = pymupdf.open()
for _ in range({pages}):
    document.new_page()
document.save(outdir / source.with_suffix('.pdf').name)
"""
HANG = "sys.stdin.read()"
START_CHILD = """
import json, subprocess, sys
sys.stdin.readline()
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], stdout=subprocess.DEVNULL)
print(json.dumps({'type': 'progress', 'done': child.pid, 'total': 0}), flush=True)
"""
"""Tells the child's process number in the place of what is done."""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return coloured_pdf(tmp_path / "deck.pdf")


def error_of(imported: Imported) -> Finding:
    (error,) = imported.deck.findings
    assert error.severity is Severity.ERROR
    return error


def has_ended(process: int) -> bool:
    """Whether it is gone, or waits only to be taken note of by its parent."""
    try:
        return (
            psutil.Process(process).status() == psutil.STATUS_ZOMBIE
            or not psutil.wait_procs([psutil.Process(process)], timeout=5)[1]
        )
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize(
    "script",
    [
        "import os; os.abort()",
        'import sys; sys.stdin.readline(); print(\'{"type": "progress", "done": 1, "total": 5}\')',
        "print('no answer at all')",
        r"import sys; sys.stdout.buffer.write(b'{\"type\": \"\xff\"}\n')",
        "print('[' * 100000)",
        'print(\'{"type": "finished", "deck": {}}\')',
        "raise SystemExit(0)",
    ],
)
def test_a_worker_that_dies_or_lies_is_a_finding(deck: Path, library: Library, script: str) -> None:
    error = error_of(import_deck(deck, library=library, worker=python(script)))

    assert (error.code, error.params) == ("import-died", {"renderer": "pymupdf"})
    assert list(library.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../../deck.pdf", "slide-001.jpg", "deck.json"])
def test_pictures_that_a_worker_only_claims_are_not_believed(deck: Path, library: Library, name: str) -> None:
    script = (
        "import json; slide = {'number': 1, 'picture': %r}; "
        "deck = {'kind': 'pdf', 'renderer': 'pymupdf', 'digest': '', 'slides': [slide]}; "
        "print(json.dumps({'type': 'finished', 'deck': deck}))"
    )

    assert error_of(import_deck(deck, library=library, worker=python(script % name))).code == "import-died"


def test_the_time_limit_ends_the_worker_and_what_it_started(deck: Path, library: Library) -> None:
    children: list[int] = []

    imported = import_deck(
        deck,
        library=library,
        limit_s=3,
        worker=python(START_CHILD + HANG),
        on_progress=lambda child, total: children.append(child),
    )

    error = error_of(imported)
    assert (error.code, error.params) == ("import-timeout", {"renderer": "pymupdf", "seconds": 3})
    assert list(map(has_ended, children)) == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="there, only a child that was seen can be found")
def test_what_a_dead_worker_started_is_ended_as_well(deck: Path, library: Library) -> None:
    children: list[int] = []

    imported = import_deck(
        deck,
        library=library,
        worker=python(START_CHILD + "import os; os.abort()"),
        on_progress=lambda child, total: children.append(child),
    )

    assert error_of(imported).code == "import-died"
    assert list(map(has_ended, children)) == [True]


@pytest.mark.parametrize("released", [False, True])
def test_a_process_that_only_works_for_the_worker_ends_with_it_unless_it_was_released(
    deck: Path, library: Library, released: bool
) -> None:
    foreign = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    kinds = ["foreign", "released"] if released else ["foreign"]
    script = "".join(
        f'print(\'{{"type": "{kind}", "process": {foreign.pid}}}\', flush=True); ' for kind in kinds
    )

    import_deck(deck, library=library, worker=python(f"import sys; sys.stdin.readline(); {script}"))

    try:
        assert (foreign.poll() is None) is released
    finally:
        foreign.kill()
        foreign.wait()


def test_a_picture_that_takes_too_long_is_named(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pechakucha.decks.drawing_process._PICTURE_LIMIT_S", 1.0)
    folder = tmp_path / "pictures"
    folder.mkdir()
    picture(folder / "1.png", COLOURS[0])
    script = 'import sys; print(\'{"type": "progress", "done": 1, "total": 3}\', flush=True); ' + HANG

    error = error_of(import_deck(folder, library=library, worker=python(script)))

    assert (error.code, error.slide, error.params) == ("picture-timeout", 2, {"seconds": 1})


def test_a_worker_started_ahead_takes_the_first_deck(deck: Path, library: Library) -> None:
    ahead = Ahead()

    imported = import_deck(deck, library=library, worker=("/nonexistent/worker",), ahead=ahead)

    assert len(imported.deck.slides) == len(COLOURS)
    assert ahead.take() is None


def test_a_worker_started_ahead_for_nothing_ends() -> None:
    closed, left_alone = Ahead(), Ahead()
    waiting = [psutil.Process(each.pid) for each in psutil.Process().children()][-2:]

    closed.close()
    taken = left_alone.take()
    assert taken is not None
    taken.communicate()

    assert psutil.wait_procs(waiting, timeout=30)[1] == []


def test_more_slides_give_more_time(deck: Path, library: Library) -> None:
    script = 'import sys; print(\'{"type": "progress", "done": 0, "total": 1}\', flush=True); ' + HANG

    error = error_of(import_deck(deck, library=library, limit_s=2, worker=python(script)))

    assert (error.code, error.params["seconds"]) == ("import-timeout", 3)


def test_cancelling_ends_everything_and_leaves_nothing(deck: Path, library: Library) -> None:
    children: list[int] = []

    with pytest.raises(Cancelled):
        import_deck(
            deck,
            library=library,
            worker=python(START_CHILD + HANG),
            on_progress=lambda child, total: children.append(child),
            cancelled=lambda: bool(children),
        )

    assert list(map(has_ended, children)) == [True]
    assert list(library.folder.iterdir()) == []


def test_progress_is_told_for_each_slide(deck: Path, library: Library) -> None:
    seen: list[tuple[int, int]] = []

    import_deck(deck, library=library, on_progress=lambda done, total: seen.append((done, total)))

    assert seen == [(done, 5) for done in range(6)]


DIES_WITH_LIBREOFFICE = """
import io, os, sys
line = sys.stdin.buffer.readline()
if b'"type":"convert"' in line:
    os.abort()
sys.stdin = io.TextIOWrapper(io.BytesIO(line))
from pechakucha.decks.worker import main
main()
"""


def test_after_a_dead_renderer_the_next_takes_over_and_says_so(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    fake_soffice("")
    deck_file = coloured_pptx(tmp_path / "deck.pptx")

    imported = import_deck(deck_file, library=library, worker=python(DIES_WITH_LIBREOFFICE))
    again = import_deck(deck_file, library=library, worker=("/nonexistent",))

    (warning,) = imported.deck.findings
    assert (warning.code, warning.severity) == ("renderer-fell-back", Severity.WARNING)
    assert warning.params == {"failed": "libreoffice", "instead": "embedded", "reason": "import-died"}
    assert (imported.deck.renderer, len(imported.deck.visible)) == ("embedded", 5)
    assert again == imported


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("", "renderer-failed"),
        ("print('Warning: no Java', file=sys.stderr); sys.exit(0)", "renderer-failed"),
        ("outdir.joinpath(source.with_suffix('.pdf').name).write_bytes(b'%PDF nothing')", "renderer-failed"),
        (DRAW_PAGES.format(pages=3), "pages-mismatch"),
    ],
)
def test_a_libreoffice_that_fails_quietly_is_found_out(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None], script: str, code: str
) -> None:
    fake_soffice(script)
    deck_file = coloured_pptx(tmp_path / "deck.pptx", hidden=[3])

    imported = import_deck(deck_file, library=library, renderer="libreoffice")

    error = error_of(imported)
    assert (error.code, error.params["renderer"]) == (code, "libreoffice")
    assert [slide.notes for slide in imported.deck.slides] == list(COLOURS)


def test_a_version_of_libreoffice_that_draws_hidden_slides_is_understood(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    fake_soffice(DRAW_PAGES.format(pages=5))

    imported = import_deck(
        coloured_pptx(tmp_path / "deck.pptx", hidden=[3]), library=library, renderer="libreoffice"
    )

    pictures = [slide.picture for slide in imported.deck.slides]
    assert pictures == ["slide-001.jpg", "slide-002.jpg", None, "slide-004.jpg", "slide-005.jpg"]


def test_a_libreoffice_that_hangs_is_ended_with_its_worker(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    note = tmp_path / "process"
    fake_soffice(f"import os, time; Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(600)")

    with pytest.raises(Cancelled):
        import_deck(
            coloured_pptx(tmp_path / "deck.pptx"),
            library=library,
            renderer="libreoffice",
            cancelled=lambda: note.exists() and bool(note.read_text()),
        )

    assert has_ended(int(note.read_text()))


def test_two_imports_of_one_deck_at_once_both_end_well(deck: Path, library: Library) -> None:
    both_started = threading.Barrier(2, timeout=30)
    imported: list[Imported] = []

    def run() -> None:
        def wait_for_the_other(done: int, total: int) -> None:
            if not done:
                both_started.wait()

        imported.append(import_deck(deck, library=library, on_progress=wait_for_the_other))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(imported) == 2
    assert imported[0] == imported[1]
    assert [each.name for each in library.folder.iterdir()] == [imported[0].folder.name]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a way to kill without a last word")
def test_a_worker_does_not_outlive_the_program(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    fake_soffice(
        "import os, time\n"
        f"Path({str(pipe)!r}).write_text(f'{{os.getppid()}} {{os.getpid()}}')\n"
        "time.sleep(600)"
    )
    deck_file = coloured_pptx(tmp_path / "deck.pptx")
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from pechakucha.decks.importing import import_deck; "
            "from pechakucha.decks.library import Library; "
            "import_deck(Path(sys.argv[1]), library=Library(Path(sys.argv[2])), renderer='libreoffice')",
            str(deck_file),
            str(library.folder),
        ],
        cwd=Path(pechakucha.__file__).parents[1],
    )
    worker, converter = map(int, pipe.read_text().split())

    program.kill()
    program.wait()

    assert has_ended(worker)
    assert has_ended(converter)
