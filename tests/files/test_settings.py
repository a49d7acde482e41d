# SPDX-License-Identifier: AGPL-3.0-or-later
"""The person's settings: read where they are right, said to be wrong where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pechakucha.files.settings import Settings, read_settings, settings_file, settings_problem
from pechakucha.show.pace import Measure, Pace


def write(content: bytes) -> Path:
    """The settings file with this content."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_bytes(content)
    return settings_file()


def test_without_a_file_everything_is_as_usual() -> None:
    assert read_settings() == Settings(
        libreoffice="", notes=Pace(measure=Measure.CHARACTERS, per_minute=None)
    )
    assert settings_problem() is None


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "as Notepad saves it"])
def test_what_is_set_holds(mark: bytes) -> None:
    write(mark + b'libreoffice = "/opt/soffice"\n[notes]\nmeasure = "syllables"\nper_minute = 290\n')

    assert read_settings() == Settings(
        libreoffice="/opt/soffice", notes=Pace(measure=Measure.SYLLABLES, per_minute=290)
    )
    assert settings_problem() is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"libreoffice = ", "value"),
        (b"libreoffice = 3", "str"),
        (b'libre_office = "/opt/soffice"', "libre_office"),
        (b'libreoffice = "/opt/soffice"\n[notes]\nmeasure = "words"', "words"),
        (b"[notes]\nper_minute = 0", "0"),
        (b"[notes]\nper_minute = -900", "0"),
        (b"[notes]\nper_minutes = 900", "per_minutes"),
        (b'libreoffice = "\xff"', "UTF-8"),
    ],
)
def test_a_file_that_is_wrong_leaves_everything_as_usual_and_says_why(
    content: bytes, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(content)

    assert read_settings() == Settings()
    problem = settings_problem()
    assert problem is not None
    assert (problem.code, problem.params["path"]) == ("settings-unreadable", str(path))
    assert reason in str(problem.params["reason"])
    assert str(path) in caplog.text


def test_a_folder_in_its_place_is_no_settings() -> None:
    settings_file().mkdir(parents=True)

    assert read_settings() == Settings()
    problem = settings_problem()
    assert problem is not None
    assert problem.params["reason"] in ("Is a directory", "Permission denied")
