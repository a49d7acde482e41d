# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slides' pictures, small enough to be mailed.

WebP, which every browser has read since 2020: the photos of a deck take a third less than as JPEG of
the same quality, and small text keeps its edges. A page of 20 slides must stay below 6 MB, in which
each picture is written a third larger (base64); most decks need a third of that at the first quality.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from PIL import Image

from pechakucha.decks.drawing import Size
from pechakucha.show.problem import Problem

KIND = "image/webp"

BYTES_A_SLIDE = 210_000
"""What a deck's pictures may take on the average: 20 of them, in base64, are 5.6 MB."""

_METHOD = 4
"""Of 0 (quick) to 6 (small); 0.2 s a photo."""


class Step(msgspec.Struct, frozen=True):
    """How a picture is written: at most so large, and how well (0 to 100)."""

    largest: Size
    quality: int


_FULL, _SMALL, _SMALLEST = Size(1600, 900), Size(1280, 720), Size(960, 540)
STEPS = (Step(_FULL, 86), Step(_FULL, 72), Step(_FULL, 58), Step(_SMALL, 58), Step(_SMALLEST, 30))
"""Tried in this order, until the pictures of a deck are small enough together. The last of them is
enough for grain in which nothing can be compressed; photos need the second at the most."""


class PortablePicture(msgspec.Struct, frozen=True):
    """A picture inside a page: its size in pixels, and its bytes, of the kind ``KIND``."""

    width: int
    height: int
    content: bytes

    @property
    def base64(self) -> str:
        """As it is written into a page."""
        return base64.b64encode(self.content).decode("ascii")


def portable_pictures(
    files: Sequence[Path], cancelled: Callable[[], bool] = lambda: False
) -> list[PortablePicture]:
    """The pictures of a deck, in their order.

    Those that take more than their share are written again and smaller, until all of them together
    are within the deck's allowance or nothing smaller is left.

    Args:
        files: pictures that a worker of ours wrote.
        cancelled: asked between pictures whether to give up.

    Raises:
        Problem: ``page-picture-lost``.
        KeyboardInterrupt: ``cancelled`` said so.
    """
    pictures = _written(files, STEPS[0], cancelled)
    for step in STEPS[1:]:
        if sum(len(each.content) for each in pictures) <= BYTES_A_SLIDE * len(files):
            break
        large = [which for which, each in enumerate(pictures) if len(each.content) > BYTES_A_SLIDE]
        again = _written([files[which] for which in large], step, cancelled)
        for which, picture in zip(large, again, strict=True):
            pictures[which] = picture
    return pictures


def _written(files: Iterable[Path], step: Step, cancelled: Callable[[], bool]) -> list[PortablePicture]:
    def write(file: Path) -> PortablePicture:
        if cancelled():
            raise KeyboardInterrupt
        return _write(file, step)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(write, files))


def _write(file: Path, step: Step) -> PortablePicture:
    try:
        with Image.open(file, formats=["JPEG"]) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError) as error:
        raise Problem("page-picture-lost", name=file.name) from error
    factor = min(1.0, step.largest.fitting(*picture.size))
    if factor < 1:
        width, height = (max(1, round(side * factor)) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=step.quality, method=_METHOD)
    return PortablePicture(picture.width, picture.height, written.getvalue())
