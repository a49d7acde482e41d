# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a PPTX, how they hang together, and a copy in which some of them are replaced."""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import Element, find_all, named, parse

CONTENT_TYPES, PRESENTATION = "[Content_Types].xml", "ppt/presentation.xml"
_LARGEST_XML = 16 << 20
"""Larger parts (bytes) are left as they are: as a tree they would take many times that."""
_COPIED_AT_ONCE = 1 << 20
_NEVER_DRAWN = re.compile(
    r"ppt/embeddings/|.*\.(?:mp4|m4v|mov|avi|wmv|asf|mpe?g|mkv|webm|mp3|m4a|aac|wav|wma|aiff?|ogg)$",
    re.IGNORECASE,
)
"""Films, sounds and tables behind charts, which may be most of a deck."""


class Relation(NamedTuple):
    """What a part refers to: the last word of the kind, and the part's name ("" outside the file)."""

    kind: str
    target: str


class Parts:
    """The parts by name, the replaced ones as they are now."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._replaced: dict[str, bytes] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._names = set(archive.namelist())

    @property
    def changed(self) -> bool:
        """Whether a copy would be different."""
        return bool(self._replaced)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def size(self, name: str) -> int:
        """The bytes of a part, counted without reading it.

        Raises:
            KeyError: there is none of this name.
        """
        return len(self._replaced[name]) if name in self._replaced else self._archive.getinfo(name).file_size

    def content(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            KeyError: there is none of this name.
        """
        return self._replaced[name] if name in self._replaced else self._archive.read(name)

    def ends_with(self, name: str, ending: bytes) -> bool:
        """Whether a part does, without holding all of it."""
        last = b""
        with self._archive.open(name) as file:
            while piece := file.read(_COPIED_AT_ONCE):
                last = (last + piece)[-len(ending) :]
        return last == ending

    def replace(self, name: str, content: bytes) -> None:
        """From now on the part is this; it may be a new one."""
        self._replaced[name] = content
        self._names.add(name)
        self._relations.pop(name.replace("_rels/", "").removesuffix(".rels"), None)

    def tree(self, name: str) -> Element | None:
        """The root of a part, None where it is missing, too large or no XML."""
        if name not in self._names or self.size(name) > _LARGEST_XML:
            return None
        try:
            return parse(self.content(name))
        except etree.XMLSyntaxError:
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by id."""
        if name not in self._relations:
            root = self.tree(relations_name(name))
            self._relations[name] = {} if root is None else dict(_relations(root, posixpath.dirname(name)))
        return self._relations[name]

    def related(self, name: str, kind: str) -> str | None:
        """The first part of a kind that a part refers to."""
        found = (each.target for each in self.relations(name).values() if each.kind == kind)
        return next((target for target in found if target in self._names), None)

    def slides(self) -> list[str]:
        """The names of the slides in the order of the deck; "" where one is missing."""
        root, relations = self.tree(PRESENTATION), self.relations(PRESENTATION)
        if root is None:
            return []
        ids = (each.get(named("r:id")) for each in find_all(root, "p:sldIdLst/p:sldId"))
        return [relations[each].target if each in relations else "" for each in ids]

    def write(self, target: Path) -> None:
        """Write the copy; what is not replaced is copied in pieces and never held as a whole.

        What is never drawn is empty in it.
        """
        # Pictures are compressed already, and everything is read again only once.
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
            for entry in self._archive.infolist():
                if entry.filename in self._replaced or entry.is_dir():
                    continue
                if _NEVER_DRAWN.match(entry.filename):
                    copy.writestr(entry.filename, b"")
                else:
                    plain = zipfile.ZipInfo(entry.filename)
                    plain.file_size = entry.file_size
                    with self._archive.open(entry) as source, copy.open(plain, "w") as written:
                        shutil.copyfileobj(source, written, _COPIED_AT_ONCE)
            for name, content in self._replaced.items():
                copy.writestr(name, content)


def relations_name(name: str) -> str:
    """The name of the part with the relations of a part."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _relations(root: Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for each in find_all(root, "rel:Relationship"):
        target = each.get("Target", "")
        inside = each.get("TargetMode") != "External"
        place = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        kind = each.get("Type", "").rpartition("/")[2]
        yield each.get("Id", ""), Relation(kind, place if inside else "")
