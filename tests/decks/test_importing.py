# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decks of every kind, whole and broken, imported by the real worker."""

from __future__ import annotations

import copy
import os
import socket
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pptx
import pytest
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageWriter

from pechakucha.decks.converting_task import convert_decks
from pechakucha.decks.drawing import Size
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.worker_messages import Answer, Convert, Converted, Done, Looking
from pechakucha.files.edited_notes import change_notes
from pechakucha.show.deck import Deck
from pechakucha.show.problem import Problem, Severity

from .conftest import (
    COLOURS,
    centre_colour,
    coloured_pdf,
    coloured_pptx,
    compound_file,
    is_near,
    picture,
)


def codes(deck: Deck) -> list[str]:
    return [finding.code for finding in deck.findings]


def only_error(imported: Imported) -> str:
    """The code of the one error, after making sure that nothing was kept."""
    assert not imported.deck.slides or not any(slide.picture for slide in imported.deck.slides)
    (error,) = (each for each in imported.deck.findings if each.severity is Severity.ERROR)
    kept = imported.folder.exists() and list(imported.folder.iterdir())
    assert not kept
    return error.code


def test_notes_kept_beside_the_deck_take_the_place_of_its_own(tmp_path: Path, library: Library) -> None:
    deck_file = coloured_pptx(tmp_path / "deck.pptx")
    before = import_deck(deck_file, library=library, renderer="embedded").deck
    change_notes(deck_file, before.digest, {2: "Neu"})
    after = import_deck(deck_file, library=library, renderer="embedded").deck
    assert [slide.notes for slide in after.slides[:3]] == [
        before.slides[0].notes,
        "Neu",
        before.slides[2].notes,
    ]
    assert after.findings == before.findings

    kept = tmp_path / "deck.pptx.notes.toml"
    kept.write_text("[notes", encoding="utf-8")
    unread = import_deck(deck_file, library=library, renderer="embedded").deck
    assert unread.slides == before.slides
    assert unread.findings[-1].code == "notes-file-unreadable"
    assert unread.findings[-1].params["path"] == str(kept)


@pytest.mark.parametrize("renderer", ["embedded", "libreoffice"])
def test_pictures_and_notes_belong_together_although_a_slide_is_hidden(
    tmp_path: Path, library: Library, renderer: str, request: pytest.FixtureRequest
) -> None:
    if renderer == "libreoffice":
        request.getfixturevalue("needs_libreoffice")
    deck_file = coloured_pptx(tmp_path / "deck.pptx", hidden=[3])

    imported = import_deck(deck_file, library=library, renderer=renderer)

    deck = imported.deck
    assert (deck.kind, deck.renderer, codes(deck)) == ("pptx", renderer, [])
    assert [slide.number for slide in deck.slides] == [1, 2, 3, 4, 5]
    assert [slide.hidden for slide in deck.slides] == [False, False, True, False, False]
    assert [slide.notes for slide in deck.slides] == list(COLOURS)
    assert deck.slides[2].picture is None
    for slide in deck.visible:
        assert slide.picture is not None
        assert is_near(centre_colour(imported.folder / slide.picture), slide.notes)
        image = QImage(str(imported.folder / slide.picture))
        assert (image.width(), image.height()) == (1920, 1080)


def test_a_pdf_becomes_one_slide_a_page_in_its_own_proportions(tmp_path: Path, library: Library) -> None:
    imported = import_deck(coloured_pdf(tmp_path / "deck.pdf", size=(400, 300)), library=library)

    assert (imported.deck.kind, imported.deck.renderer, codes(imported.deck)) == ("pdf", "pymupdf", [])
    for slide, colour in zip(imported.deck.slides, COLOURS, strict=True):
        image = QImage(str(imported.folder / str(slide.picture)))
        assert (image.width(), image.height()) == (1440, 1080)
        assert is_near(centre_colour(imported.folder / str(slide.picture)), colour)


def test_pictures_come_in_natural_order_and_junk_is_passed_over(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, colour in (
        ("slide 10.png", COLOURS[2]),
        ("slide 2.jpg", COLOURS[1]),
        ("Slide 1.webp", COLOURS[0]),
    ):
        picture(folder / name, colour)
    for junk in ("Thumbs.db", ".DS_Store", ".hidden.png", "notes.txt"):
        (folder / junk).write_bytes(b"junk")

    imported = import_deck(folder, library=library)

    assert (imported.deck.kind, codes(imported.deck)) == ("pictures", [])
    colours = [centre_colour(imported.folder / str(slide.picture)) for slide in imported.deck.slides]
    assert len(colours) == 3
    assert all(map(is_near, colours, COLOURS))


def test_pictures_are_fitted_but_never_enlarged(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    picture(folder / "1.png", COLOURS[0], 320, 200)
    picture(folder / "2.png", COLOURS[1], 1000, 3000)

    imported = import_deck(folder, library=library, stage=Size(1280, 720))

    sizes = [
        QImage(str(imported.folder / str(slide.picture))).size().toTuple() for slide in imported.deck.slides
    ]
    assert sizes == [(320, 200), (240, 720)]


def test_a_picture_is_turned_as_the_camera_was(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    upright = picture(folder / "1.jpg", COLOURS[0], 200, 100).read_bytes()
    # An EXIF block with nothing but orientation 6: to be turned by 90 degrees.
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    (folder / "1.jpg").write_bytes(upright[:2] + segment + upright[2:])

    imported = import_deck(folder, library=library)

    image = QImage(str(imported.folder / str(imported.deck.slides[0].picture)))
    assert (image.width(), image.height()) == (100, 200)


def test_transparency_becomes_white(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    assert image.save(str(folder / "1.png"))

    imported = import_deck(folder, library=library)

    assert is_near(centre_colour(imported.folder / str(imported.deck.slides[0].picture)), "#ffffff")


def test_wide_colours_and_a_printers_colours_become_plain_ones(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    wide = QImage(40, 40, QImage.Format.Format_RGB32)
    wide.fill(QColor(200, 100, 50))
    wide.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    shown = wide.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb)).pixelColor(20, 20)
    assert wide.save(str(folder / "1.png"))
    assert wide.convertToFormat(QImage.Format.Format_CMYK8888).save(str(folder / "2.jpg"))

    imported = import_deck(folder, library=library)

    images = [QImage(str(imported.folder / str(slide.picture))) for slide in imported.deck.slides]
    assert is_near(images[0].pixelColor(20, 20), shown.name())
    assert images[1].format() is QImage.Format.Format_RGB32


def test_pictures_that_cannot_be_drawn_are_named(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    picture(folder / "1.png", COLOURS[0])
    (folder / "2.jpg").write_bytes(b"no picture at all")
    (folder / "3.heic").write_bytes(b"a telephone's")
    (folder / "4.png").write_bytes(_png_claiming(20_000, 20_000))

    deck = import_deck(folder, library=library).deck

    found = {(each.code, each.severity.value, each.slide, each.params["name"]) for each in deck.findings}
    assert found == {
        ("picture-damaged", "warning", 2, "2.jpg"),
        ("picture-damaged", "warning", 3, "3.heic"),
        ("picture-too-large", "warning", 4, "4.png"),
    }
    assert [slide.picture is not None for slide in deck.slides] == [True, False, False, False]


def test_the_content_counts_and_not_the_ending(tmp_path: Path, library: Library) -> None:
    disguised_pdf = coloured_pdf(tmp_path / "deck.pdf").rename(tmp_path / "pdf.pptx")
    disguised_pptx = coloured_pptx(tmp_path / "deck.pptx").rename(tmp_path / "pptx.pdf")

    assert import_deck(disguised_pdf, library=library).deck.kind == "pdf"
    assert import_deck(disguised_pptx, library=library, renderer="embedded").deck.kind == "pptx"


@pytest.mark.parametrize("stream", ["EncryptedPackage", "WordDocument"])
def test_old_and_encrypted_office_files_are_told_apart(tmp_path: Path, library: Library, stream: str) -> None:
    imported = import_deck(compound_file(tmp_path / "deck.pptx", stream), library=library)

    wanted = {
        "EncryptedPackage": ("encrypted", {}),
        "WordDocument": ("kind-unsupported", {"kind": "ole"}),
    }
    (finding,) = imported.deck.findings
    assert (finding.code, finding.params) == wanted[stream]


def test_a_pdf_with_a_password_says_so(tmp_path: Path, library: Library) -> None:
    assert (
        only_error(import_deck(coloured_pdf(tmp_path / "d.pdf", password="x"), library=library))
        == "encrypted"
    )


@pytest.mark.parametrize("kept", [1, 3, 30, 1_000, 20_000, -100, -1])
def test_a_truncated_pptx_is_damaged(tmp_path: Path, library: Library, kept: int) -> None:
    whole = coloured_pptx(tmp_path / "whole.pptx").read_bytes()
    (tmp_path / "deck.pptx").write_bytes(whole[:kept])

    imported = import_deck(tmp_path / "deck.pptx", library=library, renderer="embedded")

    assert only_error(imported) == "damaged"
    assert imported.deck.kind == "pptx"


@pytest.mark.parametrize("kept", [6, 60, 300])
def test_a_pdf_cut_off_before_its_first_page_is_damaged(tmp_path: Path, library: Library, kept: int) -> None:
    (tmp_path / "deck.pdf").write_bytes(coloured_pdf(tmp_path / "whole.pdf").read_bytes()[:kept])

    assert only_error(import_deck(tmp_path / "deck.pdf", library=library)) == "damaged"


def test_a_pdf_that_had_to_be_repaired_says_so(tmp_path: Path, library: Library) -> None:
    (tmp_path / "deck.pdf").write_bytes(coloured_pdf(tmp_path / "whole.pdf").read_bytes()[:-60])

    imported = import_deck(tmp_path / "deck.pdf", library=library)

    assert codes(imported.deck) == ["pdf-repaired"]
    assert len(imported.deck.slides) == 5


def test_what_is_no_deck_says_what_is_wrong(tmp_path: Path, library: Library) -> None:
    (tmp_path / "empty.pptx").touch()
    (tmp_path / "none").mkdir()
    (tmp_path / "loop.pptx").symlink_to(tmp_path / "loop.pptx")
    (tmp_path / "notes.txt").write_text("hello")
    with zipfile.ZipFile(tmp_path / "odt.pptx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    found = {
        name: only_error(import_deck(tmp_path / name, library=library))
        for name in ("absent.pptx", "empty.pptx", "none", "loop.pptx", "notes.txt", "odt.pptx")
    }

    assert found == {
        "absent.pptx": "not-found",
        "empty.pptx": "empty",
        "none": "pictures-none",
        "loop.pptx": "not-readable",
        "notes.txt": "kind-unsupported",
        "odt.pptx": "kind-unsupported",
    }


def test_a_missing_deck_keeps_its_ending(library: Library, tmp_path: Path) -> None:
    deck = import_deck(tmp_path / "absent.PPTX", library=library).deck

    assert (deck.kind, deck.renderer, deck.digest, deck.slides) == ("pptx", "", "", ())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="here nothing is unreadable to this user")
def test_a_folder_that_may_not_be_read_says_so(tmp_path: Path, library: Library) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    folder.chmod(0)

    assert only_error(import_deck(folder, library=library)) == "not-readable"
    folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path, library: Library) -> None:
    os.mkfifo(tmp_path / "deck.pptx")

    assert only_error(import_deck(tmp_path / "deck.pptx", library=library)) == "kind-unsupported"


def test_decks_without_anything_to_show(tmp_path: Path, library: Library) -> None:
    none = coloured_pptx(tmp_path / "none.pptx", colours=())
    hidden = coloured_pptx(tmp_path / "hidden.pptx", hidden=[1, 2, 3, 4, 5])

    assert only_error(import_deck(none, library=library, renderer="embedded")) == "slides-none"
    assert only_error(import_deck(hidden, library=library, renderer="embedded")) == "slides-all-hidden"


def test_an_archive_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path, library: Library) -> None:
    deck = coloured_pptx(tmp_path / "deck.pptx")
    with zipfile.ZipFile(deck, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/0.bin", bytes(1 << 24))
        # The same few compressed bytes, listed again and again under other names.
        for number in range(1, 65):
            entry = copy.copy(archive.getinfo("ppt/media/0.bin"))
            entry.filename = f"ppt/media/{number}.bin"
            archive.filelist.append(entry)
    assert deck.stat().st_size < 2 << 20

    assert only_error(import_deck(deck, library=library, renderer="embedded")) == "too-large"


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path, library: Library) -> None:
    deck = coloured_pptx(tmp_path / "deck.pptx")
    with zipfile.ZipFile(deck, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"ppt/x/{number}", b"")

    assert only_error(import_deck(deck, library=library, renderer="embedded")) == "too-many-parts"


def test_a_huge_picture_in_a_pptx_is_refused_by_slide(tmp_path: Path, library: Library) -> None:
    deck = pptx.Presentation(str(coloured_pptx(tmp_path / "deck.pptx")))
    small = picture(tmp_path / "small.png", COLOURS[0])
    shape = deck.slides[3].shapes.add_picture(str(small), 0, 0)
    part = deck.slides[3].part.related_part(shape._element.blip_rId)
    part._blob = _png_claiming(30_000, 30_000)
    deck.save(str(tmp_path / "huge.pptx"))

    imported = import_deck(tmp_path / "huge.pptx", library=library, renderer="embedded")

    assert only_error(imported) == "picture-too-large"
    assert imported.deck.findings[0].slide == 4


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path, library: Library) -> None:
    deck = coloured_pdf(tmp_path / "deck.pdf", colours=COLOURS[:1] * 1_001)

    assert only_error(import_deck(deck, library=library)) == "too-many-slides"


def test_a_picture_the_embedded_renderer_leaves_out_is_a_warning_on_its_slide(
    tmp_path: Path, library: Library
) -> None:
    deck = pptx.Presentation(str(coloured_pptx(tmp_path / "deck.pptx")))
    small = picture(tmp_path / "small.png", COLOURS[0])
    shape = deck.slides[1].shapes.add_picture(str(small), 0, 0)
    deck.slides[1].part.related_part(shape._element.blip_rId)._blob = b"no picture at all"
    deck.save(str(tmp_path / "broken.pptx"))

    imported = import_deck(tmp_path / "broken.pptx", library=library, renderer="embedded")

    (finding,) = imported.deck.findings
    assert (finding.code, finding.severity, finding.slide) == ("pictures-left-out", Severity.WARNING, 2)


def test_notes_are_tidied_and_their_paragraphs_kept(tmp_path: Path, library: Library) -> None:
    deck = pptx.Presentation(str(coloured_pptx(tmp_path / "plain.pptx", notes=False)))
    deck.slides[0].notes_slide.notes_text_frame.text = "  Grüße \t aus\vUlm \n\n\n\n und   Köln  \n"
    deck.save(str(tmp_path / "deck.pptx"))

    imported = import_deck(tmp_path / "deck.pptx", library=library, renderer="embedded")

    assert [slide.notes for slide in imported.deck.slides] == ["Grüße aus\nUlm\n\nund Köln", "", "", "", ""]


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


@pytest.fixture
def linked(tmp_path: Path, server: socket.socket) -> Path:
    """A deck with a picture that lies on ``server``."""
    deck = pptx.Presentation(str(coloured_pptx(tmp_path / "plain.pptx")))
    slide = deck.slides[0]
    shape = slide.shapes.add_picture(str(picture(tmp_path / "small.png", COLOURS[0])), 0, 0)
    address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
    link = slide.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    blip = shape._element.blipFill.blip
    blip.attrib.clear()
    blip.set(qn("r:link"), link)
    deck.save(str(tmp_path / "linked.pptx"))
    return tmp_path / "linked.pptx"


@pytest.mark.parametrize("renderer", ["embedded", "libreoffice"])
def test_linked_pictures_are_not_fetched(
    linked: Path, server: socket.socket, library: Library, renderer: str, request: pytest.FixtureRequest
) -> None:
    if renderer == "libreoffice":
        request.getfixturevalue("needs_libreoffice")

    imported = import_deck(linked, library=library, renderer=renderer)

    assert imported.deck.slides[0].picture is not None
    with pytest.raises(BlockingIOError):
        server.accept()


def test_libreoffices_settings_alone_keep_it_from_fetching(
    linked: Path, server: socket.socket, tmp_path: Path, needs_libreoffice: None
) -> None:
    """Here nothing is between it and the network, as on systems where the worker cannot leave it."""
    answers: list[Answer] = []

    convert_decks(
        Convert(sources=(str(linked),), target=str(tmp_path), scratch=str(tmp_path)), answers.append
    )

    assert answers == [Looking(0), Looking(None), Converted(0), Done()]
    assert (tmp_path / "linked.pdf").exists()
    with pytest.raises(BlockingIOError):
        server.accept()


@pytest.mark.parametrize("renderer", ["powerpoint", "something"])
def test_a_renderer_that_is_not_there_is_a_problem(tmp_path: Path, library: Library, renderer: str) -> None:
    with pytest.raises(Problem) as caught:
        import_deck(coloured_pptx(tmp_path / "deck.pptx"), library=library, renderer=renderer)

    assert (caught.value.code, caught.value.params) == ("renderer-not-available", {"renderer": renderer})


def _png_claiming(width: int, height: int) -> bytes:
    """A small PNG whose header says that it is large."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    content = bytes(buffer.data().data())
    header = content[12:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + content[24:29]
    return content[:12] + header + zlib.crc32(header).to_bytes(4, "big") + content[33:]
