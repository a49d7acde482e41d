# SPDX-License-Identifier: AGPL-3.0-or-later
"""The LibreOffice that a person names in the settings goes before any that is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pechakucha.decks.soffice import find_soffice


@pytest.mark.parametrize(
    ("platform", "named", "started"),
    [
        ("linux", "/opt/lo/soffice", "/opt/lo/soffice"),
        ("win32", r"D:\LO\program\soffice.exe", r"D:\LO\program\soffice.com"),
        ("win32", r"D:\LO\program\soffice.com", r"D:\LO\program\soffice.com"),
        ("darwin", "/Volumes/LibreOffice.app", "/Volumes/LibreOffice.app/Contents/MacOS/soffice"),
        ("darwin", "/opt/soffice", "/opt/soffice"),
    ],
)
def test_what_the_settings_name_goes_first(platform: str, named: str, started: str) -> None:
    found = find_soffice(
        platform, {}, which=lambda name: f"/path/{name}", exists=lambda path: True, chosen=lambda: named
    )

    assert found == started


def test_one_that_is_not_there_is_logged_and_another_taken(caplog: pytest.LogCaptureFixture) -> None:
    found = find_soffice(
        "linux", {}, which=lambda name: f"/path/{name}", exists=lambda path: False, chosen=lambda: "/gone"
    )

    assert found == "/path/soffice"
    assert "/gone" in caplog.text


def test_the_settings_are_read_from_their_file(tmp_path: Path, user_folders: Path) -> None:
    program = tmp_path / "my office"
    program.touch()
    settings = user_folders / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"libreoffice = '{program}'\n", encoding="utf-8")

    assert find_soffice() == str(program)
