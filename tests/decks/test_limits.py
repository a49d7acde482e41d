# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a worker may use; each time in a process of its own, since limits stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import pechakucha

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what other systems enforce differs")


def output_of(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"from pechakucha.decks import limits\n{script}"],
        cwd=Path(pechakucha.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_memory_is_limited() -> None:
    script = """
limits.set_own_limits()
bytearray(1 << 29)
try:
    bytearray(limits.WORKER_BYTES)
except MemoryError:
    print("refused")
"""
    assert output_of(script) == "refused"


def test_a_converter_may_take_more_and_the_worker_not_afterwards() -> None:
    script = """
import subprocess
limits.set_own_limits()
show = ["sh", "-c", "ulimit -v"]
with limits.limits_of_converter():
    subprocess.run(show)
subprocess.run(show)
"""
    allowed = [int(line) * 1024 for line in output_of(script).splitlines()]

    assert allowed == [4 << 30, 3 << 29]


def test_priority_is_lowered() -> None:
    assert (
        output_of("import os; before = os.nice(0); limits.set_own_limits(); print(os.nice(0) - before)")
        == "10"
    )


def test_without_network_not_even_this_machine_can_be_reached() -> None:
    script = """
import os, socket
user = os.getuid()
if not limits.leave_network_on_linux():
    print("not allowed")
else:
    try:
        socket.create_connection(("127.0.0.1", 9))
    except OSError as error:
        print(error.strerror, os.getuid() == user)
"""
    answer = output_of(script)
    if answer == "not allowed":
        pytest.skip("this system does not let processes leave the network")
    assert answer == "Network is unreachable True"
