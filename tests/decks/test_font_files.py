# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is read from font files, and which of them stands for a family that is missing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from pechakucha.decks.embedded_fonts import DeckFonts
from pechakucha.decks.font_files import Face, faces_by_family
from pechakucha.decks.fonts import faces_with, fallback_faces, families_used, nearest_faces

BOLD = fallback_faces()[1]
ENGLISH, JAPANESE = 0x409, 0x411


def font(path: Path, names: dict[int, str], without: tuple[str, ...] = ()) -> Path:
    """Bold Source Sans Pro under other names, by their language."""
    with TTFont(BOLD.path) as made:
        made["name"].names = [record for record in made["name"].names if record.nameID != 1]
        for language, name in names.items():
            made["name"].setName(name, 1, 3, 1, language)
        for table in without:
            del made[table]
        made.save(path)
    return path


def installed(*families: str) -> dict[str, list[Face]]:
    return {family.casefold(): [Face(False, False, Path("x.ttf"), 0, family)] for family in families}


def test_a_family_is_found_by_its_name_in_any_language(tmp_path: Path) -> None:
    font(tmp_path / "a.ttf", {ENGLISH: "MS Gothic", JAPANESE: "ＭＳ ゴシック"})

    families = faces_by_family([tmp_path])

    assert set(families) == {"ms gothic", "ｍｓ ゴシック"}
    assert families["ms gothic"] == [Face(True, False, tmp_path / "a.ttf", 0, "MS Gothic")]


def test_a_font_without_an_os2_table_has_its_style_elsewhere(tmp_path: Path) -> None:
    font(tmp_path / "a.ttf", {ENGLISH: "Old Apple"}, without=("OS/2",))

    assert [(face.bold, face.italic) for face in faces_by_family([tmp_path])["old apple"]] == [(True, False)]


def test_the_faces_of_a_collection_are_taken_out_of_it(tmp_path: Path) -> None:
    paths = [font(tmp_path / f"{name}.otf", {ENGLISH: name}) for name in ("One", "Two")]
    collection = TTCollection()
    collection.fonts = [TTFont(path) for path in paths]
    collection.save(tmp_path / "both.ttc")
    for path in paths:
        path.unlink()

    families = faces_by_family([tmp_path])

    assert [(face.number, face.path.name) for name in ("one", "two") for face in families[name]] == [
        (0, "both.ttc"),
        (1, "both.ttc"),
    ]
    (tmp_path / "two.ttf").write_bytes(families["two"][0].content())
    assert {face.path.name for face in faces_by_family([tmp_path])["two"]} == {"both.ttc", "two.ttf"}


@pytest.mark.parametrize("length", [0, 3, 11, 40, 300])
def test_a_font_that_is_cut_off_is_left_out(tmp_path: Path, length: int) -> None:
    (tmp_path / "a.ttf").write_bytes(BOLD.path.read_bytes()[:length])

    assert faces_by_family([tmp_path]) == {}


def test_a_missing_family_is_replaced_by_one_of_its_kind() -> None:
    fonts = installed("Liberation Serif", "Liberation Mono", "Other")

    assert nearest_faces("Unheard", fonts, kind=1)[0].family == "Liberation Serif"
    assert nearest_faces("Unheard", fonts, kind=3)[0].family == "Liberation Mono"
    assert nearest_faces("Unheard", fonts, kind=2) == fallback_faces()
    assert nearest_faces("Cambria", fonts)[0].family == "Liberation Serif"


def test_the_families_of_a_deck_are_read_with_their_kind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as archive:
        named = '<a:latin typeface="R &amp; B" pitchFamily="18"/><a:latin typeface="R &amp; B"/>'
        archive.writestr("ppt/slides/slide1.xml", f'<x>{named}<a:ea typeface="+mn-ea"/></x>')
        archive.writestr("docProps/app.xml", '<a:latin typeface="Elsewhere"/>')

    assert families_used(tmp_path / "a.pptx") == {"R & B": 1}


def test_signs_are_looked_for_in_rich_families_first() -> None:
    (regular, *_) = fallback_faces()
    fonts = {"aaa": [regular._replace(family="Aaa")], "dejavu sans": [regular._replace(family="DejaVu Sans")]}

    found = faces_with({"Ж", "中"}, fonts)

    assert {sign: faces[0].family for sign, faces in found.items()} == {"Ж": "DejaVu Sans"}


def test_a_deck_is_told_what_stands_for_its_families() -> None:
    fonts = DeckFonts({"ARIAL": 0, "Calibri": 0, "Other": 0}, installed("Liberation Sans", "other"))

    assert fonts.drawn(["arial", "Calibri", "Other", "Never named"]) == (
        "Liberation Sans",
        "Source Sans Pro",
        "Other",
    )
    assert fonts.runs_alike("Arial")
    assert not fonts.runs_alike("Calibri")
