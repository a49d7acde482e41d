# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kinds of decks told apart by their bytes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from pechakucha.decks.drawing import Refused
from pechakucha.decks.importing import import_deck
from pechakucha.decks.kinds import Look, look, look_into_odp, look_into_zip
from pechakucha.decks.library import Library
from pechakucha.show.problem import Finding, Parameter, Severity

from .conftest import coloured_pdf, coloured_pptx, compound_file, picture

PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ODP_TYPE = "application/vnd.oasis.opendocument.presentation"
OFFICE_TYPES = {
    "pptm": b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "ppsx": b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "ppsm": b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    "potx": b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
}


def archive(path: Path, *members: str | tuple[str, str | bytes]) -> Path:
    """A ZIP archive; members are names, or names with their content."""
    with zipfile.ZipFile(path, "w") as made:
        for member in members:
            name, content = member if isinstance(member, tuple) else (member, b"x")
            made.writestr(name, content)
    return path


def refused(ending: str, code: str, /, **params: Parameter) -> Look:
    return Look(ending, Finding(code=code, severity=Severity.ERROR, params=params))


@pytest.mark.parametrize("ending", OFFICE_TYPES)
def test_all_kinds_of_powerpoint_files_are_drawn(tmp_path: Path, library: Library, ending: str) -> None:
    deck = tmp_path / f"deck.{ending}"
    with (
        zipfile.ZipFile(coloured_pptx(tmp_path / "plain.pptx")) as plain,
        zipfile.ZipFile(deck, "w") as made,
    ):
        for entry in plain.infolist():
            made.writestr(entry, plain.read(entry).replace(PRESENTATION, OFFICE_TYPES[ending]))

    assert look(deck) == Look("pptx")
    imported = import_deck(deck, library=library, renderer="embedded").deck
    assert (imported.kind, len(imported.slides), imported.findings) == ("pptx", 5, ())


@pytest.mark.parametrize("name", ["deck.pptx", "deck.zip", "deck.jpg", "deck"])
def test_the_name_says_nothing(tmp_path: Path, name: str) -> None:
    shutil.copy(coloured_pptx(tmp_path / "plain.pptx"), tmp_path / name)
    assert look(tmp_path / name) == Look("pptx")

    shutil.copy(coloured_pdf(tmp_path / "plain.pdf"), tmp_path / name)
    assert look(tmp_path / name) == Look("pdf")

    compound_file(tmp_path / name, "PowerPoint Document")
    assert look(tmp_path / name) == Look("ppt")

    archive(tmp_path / name, ("mimetype", ODP_TYPE), "content.xml")
    assert look(tmp_path / name) == Look("odp")

    archive(tmp_path / name, "1.jpg", "2.jpg")
    assert look(tmp_path / name) == Look("zip")


@pytest.mark.parametrize(
    ("mimetype", "expected"),
    [
        (f"{ODP_TYPE}-template", Look("odp")),
        ("application/vnd.oasis.opendocument.text", refused("x", "kind-unsupported", kind="odt")),
        ("application/epub+zip", refused("x", "kind-unsupported", kind="epub")),
        ("application/x-something", refused("x", "kind-unsupported", kind="zip")),
    ],
)
def test_archives_that_say_their_kind_first_are_believed(
    tmp_path: Path, mimetype: str, expected: Look
) -> None:
    deck = archive(tmp_path / "deck.x", ("mimetype", mimetype), "Pictures/1.jpg")

    assert look(deck) == expected


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml", "word/media/image1.png"], "docx"),
        (["[Content_Types].xml", "xl/workbook.xml", "xl/media/image1.png"], "xlsx"),
        (["[Content_Types].xml", "visio/document.xml", "visio/media/image1.png"], "zip"),
        (["META-INF/MANIFEST.MF", "icons/1.png"], "zip"),
    ],
)
def test_archives_with_pictures_that_are_no_slides_are_refused(
    tmp_path: Path, members: list[str], kind: str
) -> None:
    assert look(archive(tmp_path / "a.b", *members)) == refused("b", "kind-unsupported", kind=kind)


@pytest.mark.parametrize(
    "members",
    [
        ["Index/Document.iwa", "Index/Slide.iwa", "Data/photo.jpg", "preview.jpg"],
        ["Index.zip", "Data/photo.jpg", "preview.jpg"],
        ["Deck.key/Index.zip", "Deck.key/preview.jpg"],
        ["index.apxl.gz", "photo.jpg"],
    ],
)
def test_keynote_is_told_how_to_make_a_pdf(tmp_path: Path, members: list[str]) -> None:
    assert look(archive(tmp_path / "deck.key", *members)) == refused("key", "keynote")


@pytest.mark.parametrize("inside", ["Index.zip", "Index/Document.iwa"])
def test_a_keynote_file_that_is_a_folder_is_no_folder_of_pictures(tmp_path: Path, inside: str) -> None:
    bundle = tmp_path / "Deck.key"
    (bundle / inside).parent.mkdir(parents=True)
    (bundle / inside).write_bytes(b"x")
    picture(bundle / "preview.jpg", "#c02020")

    assert look(bundle) == refused("key", "keynote")
    assert look(bundle.rename(tmp_path / "pictures")) == Look("pictures")


def test_a_name_within_an_archive_counts_only_where_it_is_a_members(tmp_path: Path) -> None:
    """A deck inside an archive brings its own list of names along."""
    inner = coloured_pptx(tmp_path / "inner.pptx").read_bytes()

    assert look(archive(tmp_path / "a.zip", ("deck.pptx", inner))) == Look("zip")
    assert look(archive(tmp_path / "b.zip", "deck/ppt/presentation.xml")) == Look("zip")
    assert look(archive(tmp_path / "c.zip", "ppt/presentation.xml.bak")) == Look("zip")
    assert look(archive(tmp_path / "d.zip", "old/word/document.xml")) == Look("zip")


def test_a_comment_at_the_end_of_an_archive_is_passed_over(tmp_path: Path) -> None:
    deck = coloured_pptx(tmp_path / "deck.pptx")
    with zipfile.ZipFile(deck, "a") as opened:
        opened.comment = b"c" * 65_535

    assert look(deck) == Look("pptx")


@pytest.mark.parametrize("make", [coloured_pptx, lambda path: archive(path, "1.jpg")])
def test_an_archive_whose_end_is_missing_is_damaged(tmp_path: Path, make: object) -> None:
    whole = make(tmp_path / "whole.zip").read_bytes()  # type: ignore[operator]
    for kept in range(10, 100, 10):
        (tmp_path / "deck.zip").write_bytes(whole[: len(whole) * kept // 100])
        assert look(tmp_path / "deck.zip") == refused("zip", "damaged", reason="the end is missing")


def test_a_list_of_members_larger_than_any_deck_has_is_not_read(tmp_path: Path) -> None:
    whole = bytearray(archive(tmp_path / "deck.zip", "1.jpg").read_bytes())
    whole[-10:-6] = (1 << 25).to_bytes(4, "little")
    (tmp_path / "deck.zip").write_bytes(whole)

    assert look(tmp_path / "deck.zip") == refused("zip", "damaged", reason="the directory is too large")


@pytest.mark.parametrize("mark", ["EncryptedPackage", "EncryptedSummary"])
def test_an_encrypted_office_file_says_so(tmp_path: Path, mark: str) -> None:
    deck = compound_file(tmp_path / "deck.ppt", "PowerPoint Document")
    with deck.open("ab") as file:
        file.write(bytes(1 << 20) + mark.encode("utf-16-le"))

    assert look(deck) == refused("ppt", "encrypted")


def test_an_old_file_says_in_its_current_user_that_it_is_encrypted(tmp_path: Path) -> None:
    deck = compound_file(tmp_path / "deck.ppt", "PowerPoint Document")
    with deck.open("ab") as file:
        file.write(b"\0\0\xf6\x0f\x1c\0\0\0\x14\0\0\0\x5f\xc0\x91\xe3")
    assert look(deck) == Look("ppt")

    with deck.open("ab") as file:
        file.write(b"\0\0\xf6\x0f\x1c\0\0\0\x14\0\0\0\xdf\xc4\xd1\xf3")
    assert look(deck) == refused("ppt", "encrypted")


def test_what_is_looked_for_is_found_across_the_pieces_that_are_read(tmp_path: Path) -> None:
    stream = "PowerPoint Document".encode("utf-16-le")
    deck = compound_file(tmp_path / "deck.doc", "WordDocument")
    assert look(deck) == refused("doc", "kind-unsupported", kind="ole")

    start = deck.read_bytes()
    deck.write_bytes(start + bytes((1 << 20) - len(start) - 10) + stream)
    assert look(deck) == Look("ppt")


@pytest.mark.parametrize("ending", ["pptx", "pptm", "ppsm", "odp", "ppt", "pdf"])
def test_what_only_claims_to_be_a_deck_is_damaged(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"deck.{ending}").write_text("nothing of the kind, whatever %PDF or PK may mean")

    assert look(tmp_path / f"deck.{ending}") == refused(ending, "damaged", reason="something else inside")


def test_an_ending_that_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    (tmp_path / "deck.b\udcff\x1b[2Jx").write_text("hello")

    kind, finding = look(tmp_path / "deck.b\udcff\x1b[2Jx")
    assert finding is not None
    assert (kind, finding.params["kind"]) == ("b\ufffd\ufffd[2jx",) * 2
    assert kind.encode()


def test_the_worker_makes_sure_that_a_pptx_is_one(tmp_path: Path) -> None:
    look_into_zip(coloured_pptx(tmp_path / "deck.pptx"))

    with pytest.raises(Refused) as caught:
        look_into_zip(archive(tmp_path / "other.pptx", "word/document.xml"))
    assert caught.value.finding.code == "kind-unsupported"


def test_the_worker_notices_an_encrypted_odp(tmp_path: Path) -> None:
    head = ("mimetype", ODP_TYPE)
    encryption = '<manifest:encryption-data manifest:checksum-type="SHA1/1K"/>'
    look_into_odp(archive(tmp_path / "plain.odp", head, ("META-INF/manifest.xml", "<manifest/>")))

    for members in (
        [("META-INF/manifest.xml", encryption)],
        [("META-INF/manifest.xml", "<manifest/>"), "encrypted-package"],
    ):
        with pytest.raises(Refused, match="encrypted"):
            look_into_odp(archive(tmp_path / "encrypted.odp", head, *members))
    with pytest.raises(Refused, match="damaged"):
        look_into_odp(archive(tmp_path / "bare.odp", head))
