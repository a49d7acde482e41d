# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha rehearse-page`` by the command line: a deck, a show, a pack, and calls that are wrong."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pymupdf
import pytest
from decks.conftest import coloured_pptx

from tests.end_to_end.conftest import COLOURS, Program

SHOW = """title = "Probe"
format = "5x4"
language = "de"
[[talk]]
id = "aachen-1"
city = "Aachen"
title = "<b>Ein Titel</b>"
deck = "decks/aachen.pptx"
[[talk]]
id = "bonn-1"
city = "Bonn/Süd"
deck = "decks/bonn.pdf"
slides = "6, 1-4"
"""
MISSING = '[[talk]]\nid = "celle-1"\ncity = "Celle"\ndeck = "decks/celle.pptx"\n'


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show of two talks with five slides each; the show file."""
    decks = tmp_path / "show" / "decks"
    decks.mkdir(parents=True)
    coloured_pptx(decks / "aachen.pptx")
    document = pymupdf.open()
    for colour in COLOURS:
        page = document.new_page(width=960, height=540)
        page.draw_rect(page.rect, color=None, fill=colour)
    document.save(decks / "bonn.pdf")
    path = decks.parent / "show.toml"
    path.write_text(SHOW, encoding="utf-8")
    return path


def pictures_in(page: str) -> int:
    return len(re.findall(r'<img src="data:image/webp;base64,[A-Za-z0-9+/=]+"', page))


def test_a_deck_becomes_one_page_and_what_is_wrong_with_it_is_told(
    program: Program, show: Path, tmp_path: Path
) -> None:
    target = tmp_path / "Präsentation 🎤.html"
    deck = show.parent / "decks" / "bonn.pdf"
    done = program.run("rehearse-page", str(deck), "-o", str(target), "--language", "en")
    assert done.returncode == 1, done.stderr  # six slides are not twenty
    assert "not ready" in done.stderr
    assert f"The page is at {target} (6 slides" in done.stderr
    page = target.read_text("utf-8")
    assert pictures_in(page) == 6
    assert "<h1>Bonn</h1>" in page
    assert 'data-seconds="20"' in page


def test_a_deck_of_twenty_slides_is_fine(program: Program, tmp_path: Path) -> None:
    document = pymupdf.open()
    for _ in range(20):
        document.new_page(width=960, height=540)
    document.save(tmp_path / "ulm.pdf")
    target = tmp_path / "ulm.html"
    done = program.run("rehearse-page", str(tmp_path / "ulm.pdf"), "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert pictures_in(target.read_text("utf-8")) == 20


def test_slides_of_a_deck_can_be_chosen(program: Program, show: Path, tmp_path: Path) -> None:
    target = tmp_path / "bonn.html"
    deck = show.parent / "decks" / "bonn.pdf"
    program.run("rehearse-page", str(deck), "-o", str(target), "--slides", "5, 1-2")
    assert pictures_in(target.read_text("utf-8")) == 3


def test_a_deck_can_be_for_another_format(program: Program, show: Path, tmp_path: Path) -> None:
    target = tmp_path / "bonn.html"
    deck = show.parent / "decks" / "bonn.pdf"
    done = program.run("rehearse-page", str(deck), "-o", str(target), "--format", "6x15")
    assert done.returncode == 0, done.stderr
    assert 'data-seconds="15"' in target.read_text("utf-8")


def test_a_show_becomes_a_folder_with_a_page_for_each_city_also_zipped(
    program: Program, show: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    done = program.run("rehearse-page", str(show), "-o", str(folder), "--language", "en")
    assert done.returncode == 0, done.stderr
    assert f"The pages are in {folder}: 2 for 2 talks" in done.stderr
    names = ["Aachen.html", "Aachen.zip", "Bonn-Süd.html", "Bonn-Süd.zip"]
    assert sorted(each.name for each in folder.iterdir()) == names
    aachen = (folder / "Aachen.html").read_text("utf-8")
    assert (pictures_in(aachen), pictures_in((folder / "Bonn-Süd.html").read_text("utf-8"))) == (5, 5)
    assert "&lt;b&gt;Ein Titel&lt;/b&gt;" in aachen
    assert 'data-seconds="4" data-talk="1"' in aachen
    assert "#c02020" in aachen  # the notes
    with zipfile.ZipFile(folder / "Bonn-Süd.zip") as archive:
        assert archive.read("Bonn-Süd.html") == (folder / "Bonn-Süd.html").read_bytes()


def test_a_pack_gives_the_same_pages_as_its_show(program: Program, show: Path, tmp_path: Path) -> None:
    pack = tmp_path / "a.pechakucha"
    assert program.run("pack", str(show), "-o", str(pack)).returncode == 0
    for source, folder in ((show, tmp_path / "one"), (pack, tmp_path / "other")):
        done = program.run("rehearse-page", str(source), "-o", str(folder))
        assert done.returncode == 0, done.stderr
    for name in ("Aachen.html", "Bonn-Süd.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_a_city_whose_deck_is_missing_has_no_page_and_the_others_have(
    program: Program, show: Path, tmp_path: Path
) -> None:
    show.write_text(SHOW + MISSING, encoding="utf-8")
    folder = tmp_path / "pages"
    done = program.run("rehearse-page", str(show), "-o", str(folder), "--language", "en")
    assert done.returncode == 1
    assert "2 for 3 talks" in done.stderr
    assert "celle.pptx” is not there" in " ".join(done.stderr.split())
    assert not (folder / "Celle.html").exists()
    assert (folder / "Aachen.html").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"%PDF-1.7 nothing"])
def test_a_deck_that_can_not_be_read_is_told_and_nothing_is_written(
    program: Program, tmp_path: Path, content: bytes
) -> None:
    deck, target = tmp_path / "deck.pptx", tmp_path / "deck.html"
    deck.write_bytes(content)
    done = program.run("rehearse-page", str(deck), "-o", str(target), "--language", "en")
    assert done.returncode == 1, done.stderr
    assert f"{deck} can't be rehearsed" in done.stderr
    assert "Traceback" not in done.stderr
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["deck.pptx"]


def test_a_wrong_call_is_told_in_a_sentence(program: Program, show: Path, tmp_path: Path) -> None:
    deck = show.parent / "decks" / "bonn.pdf"
    content = deck.read_bytes()
    for arguments, words in (
        ((deck, "-o", deck), "ends with .html"),
        ((deck, "-o", tmp_path / "gone" / "a.html"), "Check that the folder exists"),
        ((show, "-o", deck), "There is a file at"),
        ((show, "-o", tmp_path / "pages", "--slides", "1-5"), "is a show; which slides are rehearsed"),
        ((show, "-o", tmp_path / "pages", "--format", "5x4"), "its format is written there"),
        ((deck, "-o", tmp_path / "a.html", "--slides", "one"), "not understood"),
        ((deck, "-o", tmp_path / "a.html", "--format", "Ignite"), "is not understood"),
        ((show, "-o", tmp_path / "gone" / "pages"), "Check that the folder exists"),
        ((tmp_path / "gone.toml", "-o", tmp_path / "pages"), "There is no show file"),
    ):
        done = program.run("rehearse-page", *map(str, arguments), "--language", "en")
        assert done.returncode == 2, done.stderr
        assert words in done.stderr
    assert program.run("rehearse-page", str(deck)).returncode == 2
    assert deck.read_bytes() == content
    assert not (program.home / "data").exists(), "nothing was imported for that"
