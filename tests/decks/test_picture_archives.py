# SPDX-License-Identifier: AGPL-3.0-or-later
"""ZIP archives of pictures, well-meant and hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from pechakucha.decks import picture_archive
from pechakucha.decks.drawing import Refused
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Library
from pechakucha.decks.pictures import read_facts
from pechakucha.show.problem import Parameter

from .picture_files import FORMATS, GREEN, draw, encoded, near, numbered, numbers, zipped


def test_an_archive_is_a_deck(tmp_path: Path, library: Library) -> None:
    deck = zipped(tmp_path / "deck.zip", *((f"{ending}.bin", encoded(ending)) for ending in FORMATS))

    imported = import_deck(deck, library=library)

    assert (imported.deck.kind, imported.deck.renderer, imported.deck.findings) == ("zip", "qt", ())
    assert len(imported.deck.slides) == len(FORMATS)
    for slide in imported.deck.slides:
        assert near(QImage(str(imported.folder / str(slide.picture))), 10, 10, GREEN)


def test_an_archives_pictures_come_in_natural_order_over_folders_and_names(tmp_path: Path) -> None:
    names = ["2.png", "Teil 2/1.png", "Teil 2/10.png", "Teil 10/9.png", "Teil 10/tief/1.png"]
    members = [(name, numbered(number)) for number, name in enumerate(names, start=1)]
    junk = [
        ("__MACOSX/Teil 2/._1.png", b"x"),
        ("Teil 2/.DS_Store", b"x"),
        (".git/1.png", b"x"),
        ("Thumbs.db", b"x"),
        ("Teil 2/", b""),
        ("notes.txt", b"x"),
    ]

    facts, _, images = draw(zipped(tmp_path / "deck.zip", *reversed(members), *junk))

    assert numbers(images) == [1, 2, 3, 4, 5]
    assert facts.findings == ()


@pytest.mark.parametrize(
    "name",
    [
        "../../1.png",
        "/etc/1.png",
        "C:\\Windows\\1.png",
        "..\\1.png",
        "con.png",
        "a" * 250 + ".png",
        "1.png\n",
    ],
)
def test_members_are_read_and_never_unpacked_by_their_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "inside" / "deeper").mkdir(parents=True)
    deck = zipped(tmp_path / "inside" / "deeper" / "deck.zip", (name, numbered(7)))
    before = set(tmp_path.rglob("*"))

    _, _, images = draw(deck)

    assert numbers(images) == [7]
    target = deck.parent / "drawn"
    assert set(tmp_path.rglob("*")) - before == {target, target / "slide-001.jpg"}


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        ("Köln.jpg".encode(), 0x800, "Köln.jpg"),
        ("Köln.jpg".encode(), 0, "Köln.jpg"),
        ("Köln.jpg".encode("cp437"), 0, "Köln.jpg"),
        ("Bilder/Größe.jpg".encode("cp437"), 0, "Bilder/Größe.jpg"),
        (b"Bilder\\1\x1b[2J.jpg", 0, "Bilder/1\ufffd[2J.jpg"),
        (b"../../1.jpg", 0, "1.jpg"),
        (b"n" * 300 + b".jpg", 0, "…" + "n" * 245 + ".jpg"),
    ],
)
def test_names_in_an_archive_are_shown_as_they_were_meant(
    tmp_path: Path, raw: bytes, flags: int, shown: str
) -> None:
    deck = zipped(tmp_path / "deck.zip", ("x" * len(raw), b"no picture"), ("2.png", numbered(1)))
    content = deck.read_bytes().replace(b"x" * len(raw), raw)
    place = content.index(b"PK\x01\x02")
    content = content[: place + 8] + flags.to_bytes(2, "little") + content[place + 10 :]
    content = content[:6] + flags.to_bytes(2, "little") + content[8:]
    deck.write_bytes(content)

    (finding,) = draw(deck).drawn.findings

    assert (finding.code, finding.params["name"]) == ("picture-damaged", shown)


def test_a_member_without_a_name_is_a_picture_all_the_same(tmp_path: Path) -> None:
    deck = zipped(tmp_path / "deck.zip", ("x", numbered(4)))
    content = bytearray(deck.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[26], content[28], content[place + 28], content[place + 30] = 0, 1, 0, 1
    deck.write_bytes(content)

    with zipfile.ZipFile(deck) as archive:
        assert archive.namelist() == [""]
    assert numbers(draw(deck).images) == [4]


def test_damage_to_one_member_leaves_the_others(tmp_path: Path) -> None:
    deck = zipped(tmp_path / "deck.zip", *((f"{number}.png", numbered(number)) for number in (1, 2, 3)))
    content = deck.read_bytes()
    place = content.index(b"2.png") + 60
    deck.write_bytes(content[:place] + b"####" + content[place + 4 :])

    _, drawn, images = draw(deck)

    (finding,) = drawn.findings
    assert (finding.code, finding.slide) == ("picture-damaged", 2)
    assert finding.params == {"name": "2.png", "reason": "damaged inside the archive"}
    assert numbers(images) == [1, 3]


def test_an_encrypted_archive_says_so(tmp_path: Path) -> None:
    deck = zipped(tmp_path / "deck.zip", ("1.png", numbered(1)))
    content = deck.read_bytes()
    place = content.index(b"PK\x01\x02") + 8
    deck.write_bytes(content[:6] + b"\1" + content[7:place] + b"\1" + content[place + 1 :])

    assert refusal(deck) == ("encrypted", {})


def test_an_archive_packed_too_densely_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = zipped(tmp_path / "deck.zip", ("1.png", bytes(8 << 20)), method=zipfile.ZIP_DEFLATED)
    assert read_facts(deck).slides

    monkeypatch.setattr(picture_archive, "_ALWAYS_SAFE", 2 << 20)
    assert refusal(deck) == ("too-large", {"size_mb": 8, "limit_mb": 2})


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_may_ask_for_any_memory_are_refused(tmp_path: Path, method: int) -> None:
    deck = zipped(tmp_path / "deck.zip", ("1.png", numbered(1)), method=method)

    assert refusal(deck) == ("damaged", {"reason": "an unusual compression"})


def test_an_archive_of_too_many_pictures_is_refused(tmp_path: Path) -> None:
    deck = zipped(tmp_path / "deck.zip", *((f"{number}.png", b"") for number in range(1_001)))

    assert refusal(deck) == ("too-many-slides", {"slides": 1_001, "limit": 1_000})


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"Ulm.pdf": b"%PDF-1.7"}, ("packed-deck", {"count": 1, "name": "Ulm.pdf"})),
        (
            {"a/Ulm.pptx": b"PK\x03\x04", "a/Köln.ppt": b"\xd0\xcf\x11\xe0", "a/x.txt": b"x"},
            ("packed-deck", {"count": 2, "name": "Ulm.pptx"}),
        ),
        ({"Ulm.pptx": b"no deck"}, ("pictures-none", {})),
        ({"source.zip": b"PK\x03\x04"}, ("pictures-none", {})),
        ({"anything.gif": b"GIF89a"}, ("pictures-none", {})),
        ({}, ("pictures-none", {})),
    ],
)
def test_an_archive_without_pictures_says_what_else_is_in_it(
    tmp_path: Path, members: dict[str, bytes], expected: tuple[str, dict[str, Parameter]]
) -> None:
    assert refusal(zipped(tmp_path / "deck.zip", *members.items())) == expected


def test_a_deck_beside_pictures_is_passed_over(tmp_path: Path) -> None:
    deck = zipped(tmp_path / "deck.zip", ("1.png", numbered(1)), ("Ulm.pdf", b"%PDF-1.7"))

    assert len(read_facts(deck).slides) == 1


def test_a_number_of_ten_thousand_digits_can_be_sorted(tmp_path: Path) -> None:
    deck = zipped(tmp_path / "deck.zip", ("9" * 10_000 + ".png", numbered(2)), ("1.png", numbered(1)))

    assert len(read_facts(deck).slides) == 2


def refusal(deck: Path) -> tuple[str, dict[str, Parameter]]:
    with pytest.raises(Refused) as caught:
        read_facts(deck)
    return caught.value.finding.code, caught.value.finding.params
