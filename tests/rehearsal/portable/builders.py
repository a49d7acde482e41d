# SPDX-License-Identifier: AGPL-3.0-or-later
"""Talks for pages, with plain or noisy pictures."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image

from pechakucha.rehearsal.portable.pictures import PortablePicture
from pechakucha.rehearsal.portable.talk import PortableSlide, PortableTalk, portable_slides
from pechakucha.show.deck import Slide
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.pace import Pace

NOTES = "Das ist der erste Satz zu Folie {number}. Und das der zweite."
LONG = "Wort " * 200
HOSTILE = (
    "</script></div><img src=x onerror=\"document.title='run'\">"
    "<script>document.title='run'</script>&amp;{x}'"
)


def plain_picture(number: int) -> PortablePicture:
    """A small picture in a colour of its own."""
    written = io.BytesIO()
    Image.new("RGB", (160, 90), colour_of(number)).save(written, "WEBP")
    return PortablePicture(160, 90, written.getvalue())


def colour_of(number: int) -> tuple[int, int, int]:
    """The colour of a slide's picture."""
    return (number * 12 % 256, number * 60 % 256, 200)


def a_talk(slides: int = PECHA_KUCHA.slides, *, notes: str = NOTES, name: str = "Ulm") -> PortableTalk:
    """A talk whose slides have plain pictures and notes that fit."""
    return PortableTalk(
        name=name,
        title="Kreativraum",
        presenters="Projektteam",
        place=2,
        seconds=PECHA_KUCHA.seconds,
        language="de",
        slides=tuple(
            PortableSlide(
                picture=plain_picture(number), within=notes.replace("{number}", str(number)), needed_s=4.0
            )
            for number in range(1, slides + 1)
        ),
    )


def slides_of(notes: str, folder: Path) -> tuple[PortableSlide, ...]:
    """The only slide of a deck without a picture, with these notes."""
    return portable_slides(
        [Slide(number=1, notes=notes)], folder, seconds=PECHA_KUCHA.seconds, language="de", pace=Pace()
    )


def noisy_jpeg(path: Path, size: tuple[int, int], seed: int) -> None:
    """A picture that no compression makes small: grain of a telephone's photo, only worse."""
    grain = random.Random(seed).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, grain).save(path, "JPEG", quality=92, subsampling=0)
