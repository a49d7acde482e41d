# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a PPTX is made into before PowerPoint sees it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from pptx.opc.constants import RELATIONSHIP_TYPE

from pechakucha.decks.drawing import Refused
from pechakucha.decks.powerpoint_source import harmless_copy
from pechakucha.decks.pptx_facts import read_facts

from .conftest import coloured_pptx


def test_links_are_cut_and_links_to_click_on_are_not(tmp_path: Path) -> None:
    deck = pptx.Presentation(str(coloured_pptx(tmp_path / "plain.pptx")))
    part = deck.slides[0].part
    for kind in (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.OLE_OBJECT, RELATIONSHIP_TYPE.VIDEO):
        part.relate_to(r"\\elsewhere\share\picture.png", kind, is_external=True)
    part.relate_to("https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    deck.save(str(tmp_path / "deck.pptx"))

    copy = harmless_copy(tmp_path / "deck.pptx", tmp_path)

    assert copy != tmp_path / "deck.pptx"
    relations = pptx.Presentation(str(copy)).slides[0].part.rels.values()
    targets = sorted(each.target_ref for each in relations if each.is_external)
    assert targets == ["NULL", "NULL", "NULL", "https://example.org/"]
    assert len(read_facts(copy).slides) == 5


def test_no_password_is_asked_for(tmp_path: Path) -> None:
    deck = rewritten(
        tmp_path,
        "ppt/presentation.xml",
        lambda content: content.replace(
            b"</p:presentation>", b'<p:modifyVerifier saltData="x"/></p:presentation>'
        ),
    )

    with zipfile.ZipFile(harmless_copy(deck, tmp_path)) as copy:
        assert b"modifyVerifier" not in copy.read("ppt/presentation.xml")
    assert b"modifyVerifier" in zipfile.ZipFile(deck).read("ppt/presentation.xml")


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("vnd.ms-powerpoint.presentation.macroEnabled", ".pptm"),
        ("vnd.openxmlformats-officedocument.presentationml.slideshow", ".ppsx"),
        ("vnd.ms-powerpoint.slideshow.macroEnabled", ".ppsm"),
        ("vnd.openxmlformats-officedocument.presentationml.template", ".potx"),
        ("something.else", ".pptx"),
    ],
)
def test_a_deck_is_opened_under_the_ending_of_its_real_kind(tmp_path: Path, kind: str, ending: str) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    deck = rewritten(
        tmp_path,
        "[Content_Types].xml",
        lambda content: content.replace(plain, f"application/{kind}.main+xml".encode()),
    )

    copy = harmless_copy(deck, tmp_path)

    assert copy.suffix == ending
    assert copy.read_bytes() == deck.read_bytes()


def test_relations_that_cannot_be_read_are_not_shown_to_powerpoint(tmp_path: Path) -> None:
    deck = rewritten(tmp_path, "ppt/slides/_rels/slide1.xml.rels", lambda content: content[:-20])

    with pytest.raises(Refused, match="renderer-failed"):
        harmless_copy(deck, tmp_path)


def test_an_archive_that_is_no_pptx_is_opened_as_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "deck.odp", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")

    assert harmless_copy(tmp_path / "deck.odp", tmp_path) == tmp_path / "deck.odp"


def rewritten(folder: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A deck with one part changed."""
    with (
        zipfile.ZipFile(coloured_pptx(folder / "plain.pptx")) as plain,
        zipfile.ZipFile(folder / "deck.pptx", "w") as made,
    ):
        for entry in plain.infolist():
            content = plain.read(entry)
            made.writestr(entry.filename, change(content) if entry.filename == name else content)
    return folder / "deck.pptx"
