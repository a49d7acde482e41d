# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which renderer is chosen, and where LibreOffice, fonts and pictures are looked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pechakucha.decks.drawing import Refused
from pechakucha.decks.font_folders import font_folders, fonts_fingerprint
from pechakucha.decks.fonts import Face, faces_by_family, fallback_faces, nearest_faces
from pechakucha.decks.libreoffice import pages_of_slides
from pechakucha.decks.picture_folder import pictures_in
from pechakucha.decks.renderers import choose_renderers
from pechakucha.decks.soffice import find_soffice, soffice_fingerprint
from pechakucha.show.deck import Slide
from pechakucha.show.problem import Problem

WINDOWS = {
    "PROGRAMFILES": r"C:\Program Files",
    "PROGRAMFILES(X86)": r"C:\Program Files (x86)",
    "LOCALAPPDATA": r"C:\Users\Eva\AppData\Local",
}


@pytest.mark.parametrize(
    ("platform", "environment", "place"),
    [
        ("win32", WINDOWS, r"C:\Program Files\LibreOffice\program\soffice.com"),
        ("win32", WINDOWS, r"C:\Program Files (x86)\LibreOffice\program\soffice.com"),
        ("win32", WINDOWS, r"C:\Users\Eva\AppData\Local\Programs\LibreOffice\program\soffice.com"),
        ("darwin", {"HOME": "/Users/eva"}, "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        ("darwin", {"HOME": "/Users/eva"}, "/Users/eva/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        ("linux", {}, "/usr/lib/libreoffice/program/soffice"),
    ],
)
def test_libreoffice_is_found_where_its_installers_put_it(
    platform: str, environment: dict[str, str], place: str
) -> None:
    found = find_soffice(platform, environment, which=lambda name: None, exists=lambda path: path == place)

    assert found == place
    assert find_soffice(platform, environment, which=lambda name: None, exists=lambda path: False) is None


def test_libreoffice_in_the_search_path_goes_first() -> None:
    def which(name: str) -> str | None:
        return f"/path/{name}" if name in {"soffice", "soffice.com"} else None

    assert find_soffice("linux", {}, which, exists=lambda path: True) == "/path/soffice"
    assert find_soffice("win32", WINDOWS, which, exists=lambda path: True) == "/path/soffice.com"


def test_another_libreoffice_has_another_fingerprint(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("one")
    before = soffice_fingerprint(str(program))
    program.write_text("another")

    assert soffice_fingerprint(str(program)) != before


def test_libreoffice_goes_before_the_embedded_renderer() -> None:
    def names(kind: str, wanted: str, soffice: str | None) -> list[str]:
        return [choice.name for choice in choose_renderers(kind, wanted, soffice=lambda: soffice)]

    assert names("pptx", "auto", sys.executable) == ["libreoffice", "embedded"]
    assert names("pptx", "auto", None) == ["embedded"]
    assert names("pptx", "embedded", sys.executable) == ["embedded"]
    assert names("pptx", "libreoffice", sys.executable) == ["libreoffice"]
    assert names("pdf", "libreoffice", sys.executable) == ["pymupdf"]
    assert names("pictures", "auto", None) == ["qt"]


@pytest.mark.parametrize("wanted", ["libreoffice", "powerpoint"])
def test_a_wanted_renderer_that_is_not_installed_is_a_problem(wanted: str) -> None:
    with pytest.raises(Problem, match="renderer-not-available"):
        choose_renderers("pptx", wanted, soffice=lambda: None)


def test_pages_are_matched_with_slides_by_number() -> None:
    slides = tuple(Slide(number=number, hidden=number in {1, 3}) for number in range(1, 6))

    assert pages_of_slides(slides, 3, "libreoffice") == {2: 0, 4: 1, 5: 2}
    assert pages_of_slides(slides, 5, "libreoffice") == {2: 1, 4: 3, 5: 4}
    with pytest.raises(Refused, match="pages-mismatch"):
        pages_of_slides(slides, 4, "libreoffice")


def test_the_fonts_fingerprint_changes_with_the_fonts(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    fingerprints = {fonts_fingerprint([tmp_path]), fonts_fingerprint([tmp_path])}
    assert len(fingerprints) == 1

    (tmp_path / "below" / "new.ttf").touch()
    os.utime(tmp_path / "below", ns=(1, 1))

    assert fonts_fingerprint([tmp_path]) not in fingerprints
    assert fonts_fingerprint([tmp_path / "absent"]) != fonts_fingerprint([tmp_path])


def test_every_system_has_folders_for_everybodys_and_ones_own_fonts() -> None:
    assert font_folders("linux", {"HOME": "/home/eva"})[0] == Path("/usr/share/fonts")
    assert Path("/home/eva/.local/share/fonts") in font_folders("linux", {"HOME": "/home/eva"})
    assert Path("/Users/eva/Library/Fonts") in font_folders("darwin", {"HOME": "/Users/eva"})
    assert str(font_folders("win32", {"WINDIR": r"C:\Windows", "USERPROFILE": "x"})[0]).startswith(
        r"C:\Windows"
    )


def test_faces_are_found_by_what_the_file_says(tmp_path: Path) -> None:
    for number, face in enumerate(fallback_faces()):
        (tmp_path / f"{number}.ttf").write_bytes(face.content())
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    (tmp_path / "readme.txt").write_text("no font either")

    families = faces_by_family([tmp_path])

    assert list(families) == ["source sans pro"]
    styles = sorted((face.bold, face.italic) for face in families["source sans pro"])
    assert styles == [(False, False), (False, True), (True, False), (True, True)]


def test_a_missing_typeface_is_replaced_by_one_of_the_same_widths() -> None:
    carlito = [Face(False, False, Path("carlito.ttf"), 0)]
    calibri = [Face(False, False, Path("calibri.ttf"), 0)]

    assert nearest_faces("Calibri", {"carlito": carlito, "calibri": calibri}) == calibri
    assert nearest_faces("Calibri", {"carlito": carlito}) == carlito
    assert nearest_faces("Comic Sans MS", {"carlito": carlito}) == fallback_faces()


def test_pictures_are_sorted_as_people_count(tmp_path: Path) -> None:
    names = ["1.jpg", "01b.jpg", "2.jpg", "10.jpg", "a2x9.png", "A2x10.png", "b.webp", "ä.jpg"]
    for name in names:
        (tmp_path / name).write_bytes(b"x")

    assert [path.name for path in pictures_in(tmp_path)] == names
