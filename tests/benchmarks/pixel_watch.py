# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes down when pixels of an X screen change, from a process of its own; stops at the end of stdin.

    python pixel_watch.py DISPLAY OUT X,Y [X,Y …]

Each line of OUT: the pixel's place among those named, when its new colour was first seen (nanoseconds
of CLOCK_BOOTTIME), the colour as rrggbb, and how long ago the look before was (nanoseconds): what a
line can't know better.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from Xlib import X
from Xlib.display import Display

RATE_HZ = 1000


def main() -> None:
    """Watch until nobody wants it any more."""
    name, out, *places = sys.argv[1:]
    root = Display(name).screen().root
    pixels = [tuple(map(int, place.split(","))) for place in places]
    with contextlib.suppress(PermissionError):
        os.nice(-10)  # a stopwatch that waits for others measures itself
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    seen = [""] * len(pixels)
    before = [time.clock_gettime_ns(time.CLOCK_BOOTTIME)] * len(pixels)
    with Path(out).open("w", encoding="ascii") as file:
        while not stop.is_set():
            started = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
            for which, (x, y) in enumerate(pixels):
                data = root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
                now = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
                blue, green, red = (data if isinstance(data, bytes) else data.encode("latin-1"))[:3]
                colour = f"{red:02x}{green:02x}{blue:02x}"
                if colour != seen[which]:
                    file.write(f"{which} {now} {colour} {now - before[which]}\n")
                    seen[which] = colour
                before[which] = now
            took = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - started
            time.sleep(max(0.0, 1 / RATE_HZ - took / 1e9))


main()
