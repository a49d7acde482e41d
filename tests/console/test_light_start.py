# SPDX-License-Identifier: AGPL-3.0-or-later
"""A console that comes back to a running stage is there at once: it loads nothing that only
imports need."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
import pechakucha.cli, pechakucha.cli.run, pechakucha.app
print(*sys.modules)
"""
HEAVY = (
    "pechakucha.console.presenter_window",
    "pechakucha.decks",
    "pechakucha.stage",
    "pechakucha.rehearsal",
    "tomlkit",
    "rich",
    "pymupdf",
    "pptx",
    "PIL",
)


def test_nothing_of_the_imports_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    assert "pechakucha.console.window" in modules
    assert [each for each in modules if each.startswith(HEAVY)] == []
