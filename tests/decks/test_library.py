# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is kept of an import, and when it is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import pechakucha
from pechakucha.decks.drawing import Size
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Library, library_key
from pechakucha.decks.renderers import Choice

from .conftest import COLOURS, coloured_pdf, coloured_pptx, picture


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return coloured_pdf(tmp_path / "deck.pdf")


def test_the_second_import_starts_no_worker(deck: Path, library: Library, no_worker: Sequence[str]) -> None:
    first = import_deck(deck, library=library)
    assert import_deck(deck, library=library, worker=no_worker) == first


def test_a_copy_under_another_name_is_the_same_deck(
    deck: Path, tmp_path: Path, library: Library, no_worker: Sequence[str]
) -> None:
    first = import_deck(deck, library=library)
    copy = tmp_path / "Ulm – endgültig.pdf"
    copy.write_bytes(deck.read_bytes())

    assert import_deck(copy, library=library, worker=no_worker) == first


def test_a_changed_deck_and_another_size_are_drawn_anew(deck: Path, library: Library) -> None:
    first = import_deck(deck, library=library)
    smaller = import_deck(deck, library=library, stage=Size(640, 360))
    coloured_pdf(deck, colours=COLOURS[:2])
    changed = import_deck(deck, library=library)

    assert len({first.folder, smaller.folder, changed.folder}) == 3
    assert first.deck.digest == smaller.deck.digest != changed.deck.digest
    assert len(changed.deck.slides) == 2


def test_the_names_of_a_folders_pictures_belong_to_its_content(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    picture(folder / "1.png", COLOURS[0])
    picture(folder / "2.png", COLOURS[1])
    first = import_deck(folder, library=library)
    (folder / "1.png").rename(folder / "3.png")

    assert import_deck(folder, library=library).folder != first.folder


def _remove_a_picture(folder: Path) -> None:
    (folder / "slide-003.jpg").unlink()


def _shorten_a_picture(folder: Path) -> None:
    content = (folder / "slide-003.jpg").read_bytes()
    (folder / "slide-003.jpg").write_bytes(content[:-20])


def _blank_a_picture(folder: Path) -> None:
    size = (folder / "slide-003.jpg").stat().st_size
    (folder / "slide-003.jpg").write_bytes(bytes(size))


def _shorten_the_record(folder: Path) -> None:
    (folder / "deck.json").write_bytes((folder / "deck.json").read_bytes()[:50])


def _remove_the_record(folder: Path) -> None:
    (folder / "deck.json").unlink()


@pytest.mark.parametrize(
    "damage",
    [_remove_a_picture, _shorten_a_picture, _blank_a_picture, _shorten_the_record, _remove_the_record],
)
def test_a_damaged_entry_is_made_anew(
    deck: Path, library: Library, no_worker: Sequence[str], damage: Callable[[Path], None]
) -> None:
    first = import_deck(deck, library=library)
    damage(first.folder)

    assert import_deck(deck, library=library) == first
    assert import_deck(deck, library=library, worker=no_worker) == first
    assert [each.name for each in library.folder.iterdir()] == [first.folder.name]


def test_reading_changes_nothing_in_the_library(deck: Path, library: Library) -> None:
    first = import_deck(deck, library=library)
    folders = (library.folder, first.folder)
    before = [(folder.stat().st_mtime_ns, sorted(folder.iterdir())) for folder in folders]

    import_deck(deck, library=library)

    assert [(folder.stat().st_mtime_ns, sorted(folder.iterdir())) for folder in folders] == before


def test_a_failed_import_is_tried_again(tmp_path: Path, library: Library) -> None:
    deck = tmp_path / "deck.pptx"
    whole = coloured_pptx(tmp_path / "whole.pptx").read_bytes()
    deck.write_bytes(whole[:1000])
    assert import_deck(deck, library=library, renderer="embedded").deck.findings[0].code == "damaged"

    deck.write_bytes(whole)

    assert import_deck(deck, library=library, renderer="embedded").deck.findings == ()


def test_a_library_that_cannot_be_written_is_a_finding(deck: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    imported = import_deck(deck, library=Library(tmp_path / "file" / "library"))

    (finding,) = imported.deck.findings
    assert (finding.code, finding.severity.value) == ("library-not-writable", "error")


def test_what_killed_imports_left_behind_is_removed_after_a_day(deck: Path, library: Library) -> None:
    old, fresh = library.folder / ".import-old", library.folder / ".import-fresh"
    for leftover in (old, fresh):
        leftover.mkdir(parents=True)
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))

    import_deck(deck, library=library)

    assert not old.exists()
    assert fresh.exists()


def test_everything_that_changes_the_pictures_changes_the_key() -> None:
    size = Size(1920, 1080)
    one, two = Choice("libreoffice", "7.4 fonts"), Choice("embedded", "0.2.1 fonts")
    keys = {
        library_key("digest", [one], size),
        library_key("other", [one], size),
        library_key("digest", [two], size),
        library_key("digest", [one, two], size),
        library_key("digest", [one], Size(1280, 720)),
        library_key("digest", [Choice("libreoffice", "7.5 fonts")], size),
    }

    assert len(keys) == 6


def test_the_program_itself_loads_nothing_that_parses_decks() -> None:
    script = (
        "import sys, pechakucha.decks.importing; "
        "print([name for name in ('pymupdf', 'pptx', 'betteroffice_pptx', 'PySide6', 'fontTools', 'lxml') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(pechakucha.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
