# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PPTX as PowerPoint may see it."""

from __future__ import annotations

import shutil
from pathlib import Path

from pechakucha.decks.drawing import Refused
from pechakucha.decks.package import open_package
from pechakucha.decks.pptx_repairs.drawingml import find, find_all, written
from pechakucha.decks.pptx_repairs.parts import CONTENT_TYPES, PRESENTATION, Parts

_ENDINGS = {
    "presentation.main+xml": ".pptx",
    "presentation.macroEnabled.main+xml": ".pptm",
    "slideshow.main+xml": ".ppsx",
    "slideshow.macroEnabled.main+xml": ".ppsm",
    "template.main+xml": ".potx",
    "template.macroEnabled.main+xml": ".potm",
}
_TYPE_PREFIXES = (
    "application/vnd.openxmlformats-officedocument.presentationml.",
    "application/vnd.ms-powerpoint.",
)
_NOWHERE = "NULL"
"""What PowerPoint itself writes for a link that is broken."""


def harmless_copy(source: Path, folder: Path) -> Path:
    """A PPTX that PowerPoint opens without asking for anything; ``source`` itself where it is one.

    Its ending is that of its real kind, which PowerPoint insists on. Nothing in it is linked from
    elsewhere: PowerPoint would fetch pictures, from the network too, and media of the moderator's
    own disk. No password is wanted for changing it: PowerPoint would ask in a dialog nobody sees.

    Args:
        source: a ZIP archive; one that is no PPTX stays as it is.
        folder: for the copy.

    Raises:
        Refused: it is damaged; ``renderer-failed`` where only PowerPoint might mind.
    """
    with open_package(source) as archive:
        parts = Parts(archive)
        if PRESENTATION not in parts:
            return source
        for name in archive.namelist():
            if name.endswith(".rels"):
                _cut_links(parts, name)
        _drop_password(parts)
        ending = _ending(parts)
        if not parts.changed and source.suffix == ending:
            return source
        copy = folder / f"harmless{ending}"
        if parts.changed:
            parts.write(copy)
        else:
            shutil.copyfile(source, copy)
        return copy


def _cut_links(parts: Parts, name: str) -> None:
    root = parts.tree(name)
    if root is None:
        raise Refused("renderer-failed", renderer="powerpoint", reason="damaged")
    links = [
        each
        for each in find_all(root, "rel:Relationship")
        # A link to click on fetches nothing.
        if each.get("TargetMode") == "External" and not each.get("Type", "").endswith("/hyperlink")
    ]
    for link in links:
        link.set("Target", _NOWHERE)
    if links:
        parts.replace(name, written(root))


def _drop_password(parts: Parts) -> None:
    root = parts.tree(PRESENTATION)
    password = find(root, "p:modifyVerifier")
    if password is not None:
        password.getparent().remove(password)
        parts.replace(PRESENTATION, written(root))


def _ending(parts: Parts) -> str:
    root = parts.tree(CONTENT_TYPES)
    overrides = find_all(root, "ct:Override") if root is not None else ()
    kinds = (each.get("ContentType", "") for each in overrides if each.get("PartName") == f"/{PRESENTATION}")
    kind = next(kinds, "")
    for prefix in _TYPE_PREFIXES:
        kind = kind.removeprefix(prefix)
    return _ENDINGS.get(kind, ".pptx")
