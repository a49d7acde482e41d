# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where PowerPoint is looked for, and its place among the renderers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pechakucha.decks.powerpoint import PowerPointRenderer
from pechakucha.decks.powerpoint_install import find_powerpoint, powerpoint_fingerprint, read_class
from pechakucha.decks.renderers import choose_renderers, load_renderer
from pechakucha.show.problem import Problem

PROGRAM = r"C:\Program Files\Microsoft Office\Root\Office16\POWERPNT.EXE"
CLASS_ID = "{91493441-5A91-11CF-8700-00AA0060263B}"
REGISTRY = {
    r"PowerPoint.Application\CLSID": CLASS_ID,
    rf"CLSID\{CLASS_ID}\LocalServer32": f'"{PROGRAM}" /AUTOMATION',
}


@pytest.mark.parametrize(
    "registry",
    [
        REGISTRY,
        {**REGISTRY, rf"CLSID\{CLASS_ID}\LocalServer32": f"{PROGRAM} /automation"},
        {
            r"PowerPoint.Application\CurVer": "PowerPoint.Application.16",
            r"PowerPoint.Application.16\CLSID": CLASS_ID,
            rf"CLSID\{CLASS_ID}\LocalServer32": PROGRAM,
        },
    ],
)
def test_powerpoint_is_found_where_com_would_start_it(registry: dict[str, str]) -> None:
    assert find_powerpoint(registry.get, exists=lambda path: path == PROGRAM) == PROGRAM


@pytest.mark.parametrize(
    "registry",
    [
        {},
        {r"PowerPoint.Application\CLSID": CLASS_ID},
        {**REGISTRY, rf"CLSID\{CLASS_ID}\LocalServer32": ""},
        {**REGISTRY, rf"CLSID\{CLASS_ID}\LocalServer32": r"C:\Program Files\WPS Office\wpp.exe /Automation"},
    ],
)
def test_what_is_no_powerpoint_is_not_found(registry: dict[str, str]) -> None:
    assert find_powerpoint(registry.get, exists=lambda path: True) is None
    assert find_powerpoint(REGISTRY.get, exists=lambda path: False) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there it may well be installed")
def test_elsewhere_than_on_windows_there_is_none() -> None:
    assert read_class(r"PowerPoint.Application\CLSID") is None
    assert find_powerpoint() is None


def test_another_powerpoint_has_another_fingerprint(tmp_path: Path) -> None:
    program = tmp_path / "POWERPNT.EXE"
    program.write_text("one")
    before = powerpoint_fingerprint(str(program))
    program.write_text("another")

    assert powerpoint_fingerprint(str(program)) != before


def test_powerpoint_goes_before_all_others() -> None:
    def names(kind: str, wanted: str, *, installed: bool = True) -> list[str]:
        chosen = choose_renderers(
            kind,
            wanted,
            soffice=lambda: sys.executable,
            powerpoint=lambda: sys.executable if installed else None,
        )
        return [choice.name for choice in chosen]

    assert names("pptx", "auto") == ["powerpoint", "libreoffice", "embedded"]
    assert names("ppt", "auto") == names("odp", "auto") == ["powerpoint", "libreoffice"]
    assert names("pptx", "powerpoint") == ["powerpoint"]
    assert names("pptx", "libreoffice") == ["libreoffice"]
    assert names("pdf", "powerpoint") == ["pymupdf"]
    with pytest.raises(Problem, match="renderer-not-available"):
        names("pptx", "powerpoint", installed=False)
    assert isinstance(load_renderer("powerpoint"), PowerPointRenderer)
