# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process that stands by begins when it is called, once, and ends with its caller."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from pechakucha.live.standby import Caller

WAIT = """
import sys
from pechakucha.live.standby import await_call
print(await_call(sys.argv[1]), flush=True)
"""
"""What the stage's program does before it begins."""


def waiting_for(name: str) -> subprocess.Popen[str]:
    """A process of its own: it waits without an event loop."""
    return subprocess.Popen(
        [sys.executable, "-c", WAIT, name], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


@pytest.fixture
def caller(qtbot: QtBot) -> Caller:
    """Nobody waits yet."""
    return Caller()


def test_it_begins_with_the_arguments_it_is_called_with(caller: Caller, qtbot: QtBot) -> None:
    process = waiting_for(caller.name)
    qtbot.waitUntil(lambda: caller.is_answered, timeout=30_000)
    arguments = ["/block/mit Leerzeichen – ü\n", "--screen", "2"]
    with qtbot.waitSignal(caller.destroyed, timeout=30_000):  # not before the process has read them
        assert caller.call(arguments)
    said, _ = process.communicate(timeout=30)
    assert said.strip() == str(arguments)


def test_it_goes_when_it_is_not_needed(caller: Caller, qtbot: QtBot) -> None:
    process = waiting_for(caller.name)
    qtbot.waitUntil(lambda: caller.is_answered, timeout=30_000)
    caller.close()
    said, _ = process.communicate(timeout=30)
    assert said.strip() == "None"


def test_where_none_waits_the_call_says_so(caller: Caller, qtbot: QtBot) -> None:
    assert not caller.call(["/block"])


def test_one_that_died_while_waiting_is_not_called(caller: Caller, qtbot: QtBot) -> None:
    process = waiting_for(caller.name)
    qtbot.waitUntil(lambda: caller.is_answered, timeout=30_000)
    process.kill()
    process.communicate()
    qtbot.waitUntil(lambda: not caller.is_answered)
    assert not caller.call(["/block"])


def test_one_that_died_an_instant_ago_is_not_called(caller: Caller, qtbot: QtBot) -> None:
    """Both are killed at once, and the event loop has not come round."""
    process = waiting_for(caller.name)
    qtbot.waitUntil(lambda: caller.is_answered, timeout=30_000)
    process.kill()
    process.communicate()
    assert not caller.call(["/block"])


def test_a_second_one_is_sent_away(caller: Caller, qtbot: QtBot) -> None:
    first = waiting_for(caller.name)
    qtbot.waitUntil(lambda: caller.is_answered, timeout=30_000)
    second = waiting_for(caller.name)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert caller.is_answered
    caller.close()
    for process in (first, second):
        assert process.communicate(timeout=30)[0].strip() == "None"
