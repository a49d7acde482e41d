# SPDX-License-Identifier: AGPL-3.0-or-later
"""Packs for tests, and what can be done to them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pechakucha.decks.library import Imported, Library
from pechakucha.decks.packing import pack_show, read_show_to_pack
from pechakucha.decks.show_source import ShowSource, bring_decks

from .conftest import COLOURS, coloured_pdf, coloured_pptx, picture

NOON = dt.datetime(2026, 5, 4, 12, 0, 2, tzinfo=dt.UTC)

SHOW = """# Kommentare bleiben: äöü 🎤
title = "Mashup"
format = "5x2"   # kurz

[[talk]]
id = "ulm-4k7q"
city = "Ulm"
deck = "decks/Ulm Straße 🎤.pptx"

[[talk]]
id = "bern-1234"
city = "Bern"
deck = "decks/bern.pdf"

[[talk]]
id = "graz-aaaa"
city = "Graz"
deck = "decks/graz"

[[talk]]
id = "köln / 1"
city = "Köln"
deck = "decks/nowhere.pdf"
"""
"""Two decks that are ready, one with a hidden slide and five pictures, and one that is not there."""

Members = dict[str, bytes]


def make_show(folder: Path) -> Path:
    """The show with its decks; returns the show file."""
    decks = folder / "decks"
    (decks / "graz").mkdir(parents=True)
    coloured_pptx(decks / "Ulm Straße 🎤.pptx", colours=(*COLOURS, "#102030"), hidden=[3])
    coloured_pdf(decks / "bern.pdf")
    for number, colour in enumerate(COLOURS, start=1):
        picture(decks / "graz" / f"Bild {number}.png", colour)
    show = folder / "show.toml"
    show.write_text(SHOW, encoding="utf-8")
    return show


def pack(show: Path, target: Path, library: Library, now: dt.datetime = NOON) -> dict[str, Imported]:
    """Pack it, PowerPoint files drawn by the renderer that is always there; returns the decks."""
    to_pack = read_show_to_pack(show, target)
    imports = bring_decks(ShowSource(show, to_pack.show), library, renderer="embedded")
    pack_show(to_pack, imports, target, now)
    return imports


def members_of(path: Path) -> Members:
    """The content of each member by its name."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def write_members(path: Path, members: Mapping[str, bytes]) -> Path:
    """A pack with these members, written as ours are."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            stored = name == "mimetype" or name.endswith(".jpg")
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def rewrite(path: Path, change: Callable[[Members], None]) -> None:
    """Change the members of a pack."""
    members = members_of(path)
    change(members)
    write_members(path, members)


def with_record(change: Callable[[Any], None]) -> Callable[[Members], None]:
    """Changes ``pack.json``, given as what JSON is read as."""

    def changed(members: Members) -> None:
        record = json.loads(members["pack.json"])
        change(record)
        members["pack.json"] = json.dumps(record).encode()

    return changed


def with_picture(content: bytes) -> Callable[[Members], None]:
    """Puts other bytes in the place of a picture, and their hash into the record."""

    def changed(members: Members) -> None:
        name = "slides/bern-1234/slide-002.jpg"
        members[name] = content

        def tell(record: Any) -> None:
            entry = record["talks"][1]["pictures"][1]
            entry["sha256"], entry["size"] = hashlib.sha256(content).hexdigest(), len(content)

        with_record(tell)(members)

    return changed


def files_below(folder: Path) -> dict[str, bytes]:
    """Everything that lies there, by its path; a link or folder counts by its name."""
    return {
        str(each.relative_to(folder)): each.read_bytes() if each.is_file() and not each.is_symlink() else b""
        for each in sorted(folder.rglob("*"))
    }
