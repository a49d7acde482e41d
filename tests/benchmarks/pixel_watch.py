# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes down when pixels of an X server change, from a process of its own; stops at the end of stdin.

    python pixel_watch.py FRAMEBUFFER OUT X,Y [X,Y …]

FRAMEBUFFER is the file into which ``Xvfb -fbdir`` maps what it shows: a look costs no request, so that
neither the watcher disturbs the server nor a server that is busy painting keeps the watcher waiting.

Each line of OUT: the pixel's place among those named, when its new colour was first seen (nanoseconds of
CLOCK_BOOTTIME), the colour as rrggbb, and how long ago the look before was (nanoseconds): what a line can't
know better. The last line begins with ``#`` and says how the watcher was scheduled and its share of a core.
"""

from __future__ import annotations

import gc
import mmap
import os
import struct
import sys
import threading
import time
from pathlib import Path

EVERY_S = 0.001
_COLOUR_BYTES = 12
"""A colour in the table between the header and the pixels of an XWD file (X11/XWDFile.h)."""


def main() -> None:
    """Watch until nobody wants it any more."""
    framebuffer, out, *places = sys.argv[1:]
    scheduled = _preferred()
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    gc.disable()
    began_s = time.monotonic()
    with Path(framebuffer).open("rb") as file:
        screen = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        lines = _watch(screen, [_offset(screen, place) for place in places], stop)
    share = time.process_time() / (time.monotonic() - began_s)
    # Not before: a disk that is busy would keep the watcher.
    Path(out).write_text("".join(lines) + f"# {scheduled} {share:.3f}\n", encoding="ascii")


def _watch(screen: mmap.mmap, offsets: list[int], stop: threading.Event) -> list[str]:
    lines: list[str] = []
    seen = [b""] * len(offsets)
    before = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    while not stop.is_set():
        colours = [screen[offset : offset + 3] for offset in offsets]
        now = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        if colours != seen:
            for which, colour in enumerate(colours):
                if colour != seen[which]:
                    lines.append(f"{which} {now} {colour[::-1].hex()} {now - before}\n")
            seen = colours
        before = now
        time.sleep(EVERY_S)
    return lines


def _offset(screen: mmap.mmap, place: str) -> int:
    """Where a pixel's three bytes (blue, green, red) are."""
    x, y = map(int, place.split(","))
    header = struct.unpack(">25I", screen[:100])
    size, bits, line_bytes, colours = header[0], header[11], header[12], header[19]
    return size + colours * _COLOUR_BYTES + y * line_bytes + x * bits // 8


def _preferred() -> str:
    """Have this process scheduled before others, as far as the system lets it: a stopwatch that waits for
    others measures itself.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except PermissionError:
        try:
            return f"nice{os.nice(-10)}"
        except PermissionError:
            return "ordinary"
    return "SCHED_FIFO"


main()
