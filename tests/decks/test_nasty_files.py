# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files as strangers send them: a deck or a finding comes of each, never an exception and never a hang."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtGui import QImage

from pechakucha.decks import content
from pechakucha.decks.drawing import Size
from pechakucha.decks.importing import Wanted, import_deck, import_decks
from pechakucha.decks.library import Imported, Library
from pechakucha.show.checks import check_deck
from pechakucha.show.deck import Deck
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.texts import Texts

from .conftest import coloured_pdf, coloured_pptx, picture

SMALL = Size(160, 90)


def codes(deck: Deck) -> set[str]:
    return {each.code for each in deck.findings}


def make_sense(imported: Imported) -> None:
    """Whatever came out: there are pictures or there is an error, and everything can be said."""
    deck = imported.deck
    drawn = [slide.picture for slide in deck.slides if slide.picture]
    assert bool(drawn) != (deck.error is not None)
    for name in drawn:
        assert not QImage(str(imported.folder / name)).isNull()
    for texts in (Texts("de"), Texts("en")):
        for finding in check_deck(deck, PECHA_KUCHA).findings:
            assert texts.message(finding)
            assert texts.remedy(finding)


@pytest.mark.parametrize(("pages", "ready"), [(1, False), (20, True), (21, False), (500, False)])
def test_any_number_of_pages_is_counted(tmp_path: Path, library: Library, pages: int, ready: bool) -> None:
    path = coloured_pdf(tmp_path / "deck.pdf", ["#204060"] * pages)

    imported = import_deck(path, library=library, stage=SMALL)

    assert len(imported.deck.slides) == pages
    assert check_deck(imported.deck, PECHA_KUCHA).ready is ready


@pytest.mark.parametrize(
    ("size", "rotation", "picture_size"),
    [
        ((960, 540), 90, (51, 90)),
        ((960, 540), 180, (160, 90)),
        ((1, 1), 0, (90, 90)),
        ((14_400, 14_400), 0, (90, 90)),
        ((14_400, 3), 0, (160, 1)),
    ],
)
def test_pages_of_any_shape_fit_the_stage(
    tmp_path: Path,
    library: Library,
    size: tuple[float, float],
    rotation: int,
    picture_size: tuple[int, int],
) -> None:
    with pymupdf.open() as document:
        document.new_page(width=size[0], height=size[1]).set_rotation(rotation)
        document.save(tmp_path / "deck.pdf")

    imported = import_deck(tmp_path / "deck.pdf", library=library, stage=SMALL)

    image = QImage(str(imported.folder / (imported.deck.slides[0].picture or "")))
    assert abs(image.width() - picture_size[0]) <= 1
    assert abs(image.height() - picture_size[1]) <= 1


def test_a_moving_picture_is_left_out_and_named(tmp_path: Path, library: Library) -> None:
    picture(tmp_path / "1.png", "#204060")
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green")]
    frames[0].save(tmp_path / "2.gif", save_all=True, append_images=frames[1:])

    imported = import_deck(tmp_path, library=library)

    assert len(imported.deck.slides) == 1
    (finding,) = imported.deck.findings
    assert (finding.code, finding.params["name"]) == ("picture-kind-unsupported", "2.gif")


NAMES = [
    "mit Leerzeichen und [Klammern]",
    "Grüße aus Kaiserslautern – Schülerprojekt",
    "🎉🏙️",
    "a" * 240,
    "-rf",
    "%41%00",
    "'; DROP TABLE; $(reboot) `id`",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["pptx", "pdf", "folder"])
def test_any_name_will_do(tmp_path: Path, library: Library, name: str, kind: str) -> None:
    path = tmp_path / (name if kind == "folder" else f"{name}.{kind}")
    if kind == "folder":
        path.mkdir()
        picture(path / f"{name}.png", "#204060")
    else:
        (coloured_pptx if kind == "pptx" else coloured_pdf)(path, ["#204060"])

    make_sense(imported := import_deck(path, library=library, stage=SMALL, renderer="auto"))

    assert imported.deck.error is None


@pytest.mark.skipif(sys.platform == "win32", reason="there, a path with two backslashes is looked up")
@pytest.mark.parametrize(
    "path",
    [r"\\server\share\deck.pptx", "http://127.0.0.1:{port}/deck.pptx", "smb://127.0.0.1:{port}/deck.pdf"],
)
def test_what_looks_like_the_network_is_a_file_that_is_not_there(library: Library, path: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]

        imported = import_deck(Path(path.format(port=port)), library=library)

        assert codes(imported.deck) == {"not-found"}
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_whole_collection_of_pictures_is_not_even_copied(tmp_path: Path, library: Library) -> None:
    for number in range(2001):
        (tmp_path / f"{number}.jpg").touch()

    imported = import_deck(tmp_path, library=library, worker=("/nonexistent/worker",))

    (finding,) = imported.deck.findings
    assert (finding.code, finding.params["slides"]) == ("too-many-slides", 2001)


def test_a_name_that_no_file_can_have_is_not_found(library: Library) -> None:
    assert codes(import_deck(Path("a\0.pptx"), library=library).deck) == {"not-found"}


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 300 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = sys.platform == "linux" and not subprocess.call(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], stderr=subprocess.DEVNULL
    )
    if not mounted:
        pytest.skip("a small disk can be mounted by root on Linux only")
    yield folder
    subprocess.check_call(["umount", str(folder)])


def test_a_disk_that_is_full_when_the_deck_is_copied_says_so(tmp_path: Path, full_disk: Path) -> None:
    deck = tmp_path / "deck.pdf"
    coloured_pdf(deck)
    deck.write_bytes(deck.read_bytes() + bytes(400_000))

    imported = import_deck(deck, library=Library(full_disk))

    (finding,) = imported.deck.findings
    assert (finding.code, finding.params["reason"]) == ("library-not-writable", os.strerror(errno.ENOSPC))
    assert list(full_disk.iterdir()) == []


def test_a_disk_that_is_full_when_the_slides_are_drawn_says_so(tmp_path: Path, full_disk: Path) -> None:
    deck = coloured_pdf(tmp_path / "deck.pdf", ["#204060"] * 40)

    imported = import_deck(deck, library=Library(full_disk))

    (finding,) = imported.deck.findings
    assert (finding.code, finding.params["reason"]) == ("library-not-writable", os.strerror(errno.ENOSPC))
    assert list(full_disk.iterdir()) == []


def test_a_folder_that_cannot_be_written_says_so(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(content, "copy_content", refuse)

    imported = import_deck(coloured_pdf(tmp_path / "deck.pdf"), library=library)

    assert codes(imported.deck) == {"library-not-writable"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_wherever_a_file_is_cut_off_something_sensible_comes_of_it(
    tmp_path: Path, library: Library, kind: str
) -> None:
    whole = (coloured_pptx if kind == "pptx" else coloured_pdf)(tmp_path / f"whole.{kind}").read_bytes()
    wanted = []
    for tenth in range(10):
        path = tmp_path / f"{tenth}.{kind}"
        path.write_bytes(whole[: len(whole) * tenth // 10])
        wanted.append(Wanted(path))

    for imported in import_decks(wanted, library=library, stage=SMALL):
        make_sense(imported)


def _mutated(whole: bytes, changes: list[tuple[float, int]]) -> bytes:
    changed = bytearray(whole)
    for place, value in changes:
        changed[int(place * (len(changed) - 1))] = value
    return bytes(changed)


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pptx", "pdf", "png"])
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(files=st.lists(CHANGES, min_size=4, max_size=4))
def test_changed_bytes_give_a_deck_or_a_finding(kind: str, files: list[list[tuple[float, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        whole = base / f"whole.{kind}"
        {"pptx": coloured_pptx, "pdf": coloured_pdf, "png": lambda path: picture(path, "#204060")}[kind](
            whole
        )
        places = []
        for number, changes in enumerate(files):
            places.append(base / str(number))
            places[-1].mkdir()
            (places[-1] / whole.name).write_bytes(_mutated(whole.read_bytes(), changes))
        wanted = [Wanted(place if kind == "png" else place / whole.name) for place in places]

        for imported in import_decks(wanted, library=Library(base / "library"), stage=SMALL):
            make_sense(imported)
