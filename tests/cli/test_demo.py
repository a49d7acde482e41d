# SPDX-License-Identifier: AGPL-3.0-or-later
"""The example at another speed, gone on with, and without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pechakucha.cli import commands
from pechakucha.console.run_options import RunOptions
from pechakucha.texts import Texts


@pytest.mark.parametrize(
    ("options", "screen", "wanted"),
    [
        ([], True, RunOptions()),
        (["--speed", "10"], True, RunOptions(speed=10)),
        (["--resume"], True, RunOptions(resume=True)),
        ([], False, RunOptions(headless=True, auto=True, speed=60)),
        (["--speed", "400", "--resume"], False, RunOptions(headless=True, auto=True, speed=400, resume=True)),
    ],
)
def test_how_the_example_is_run(
    monkeypatch: pytest.MonkeyPatch, options: list[str], screen: bool, wanted: RunOptions
) -> None:
    ran: list[RunOptions] = []

    def run(_show: Path, options: RunOptions, _texts: Texts) -> int:
        ran.append(options)
        return 0

    monkeypatch.setattr(commands, "run_show", run)
    monkeypatch.setattr(commands, "has_screen", lambda: screen)
    result = CliRunner().invoke(commands.build(Texts("en")), ["demo", *options])
    assert result.exit_code == 0, result.output
    assert ran == [wanted]


def test_a_speed_that_makes_no_sense_is_a_wrong_call() -> None:
    assert CliRunner().invoke(commands.build(Texts("en")), ["demo", "--speed", "0"]).exit_code == 2
