# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each system is asked for so that freed memory is given back, through stand-ins for them."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace
from typing import cast

import psutil
import pytest

from pechakucha.live.spare_memory import give_back

MIB = 2**20


class Libraries:
    """Knows one call, and remembers what it was asked for."""

    def __init__(self, *calls: str) -> None:
        self.asked: list[str] = []
        self._calls = calls

    def __call__(self, name: str | None) -> ctypes.CDLL:
        self.asked.append(name or "the program")
        known = {call: self._call(call) for call in self._calls}
        return cast("ctypes.CDLL", SimpleNamespace(**known))

    def _call(self, name: str) -> object:
        class Call:
            restype: object = None

            def __call__(_self, *_: object) -> int:  # noqa: N805  # the outer self is meant
                self.asked.append(name)
                return 1

        return Call()


@pytest.mark.parametrize(
    ("platform", "calls", "asked"),
    [
        ("linux", ("malloc_trim",), ["the program", "malloc_trim"]),
        ("darwin", ("malloc_zone_pressure_relief",), ["the program", "malloc_zone_pressure_relief"]),
        ("win32", ("GetProcessHeap", "HeapCompact"), ["kernel32", "GetProcessHeap", "HeapCompact"]),
    ],
)
def test_each_system_is_asked_in_its_way(platform: str, calls: tuple[str, ...], asked: list[str]) -> None:
    libraries = Libraries(*calls)
    assert give_back(platform, libraries)
    assert libraries.asked == asked


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_where_the_call_is_missing_nothing_happens(platform: str) -> None:
    assert not give_back(platform, Libraries())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the others were never run")
def test_freed_memory_goes_back() -> None:
    process = psutil.Process()
    blocks = [bytearray(100_000) for _ in range(1000)]  # small enough for the heap
    kept = blocks[::50]  # what is among them keeps the heap from shrinking by itself
    del blocks
    before = process.memory_info().rss
    if not give_back():
        pytest.skip("this C library has no such call")
    assert process.memory_info().rss < before - 50 * MIB
    assert kept
