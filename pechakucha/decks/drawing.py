# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every renderer has in common: the job it is given and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from pechakucha.show.deck import Slide
from pechakucha.show.problem import Finding, Parameter, Severity

JPEG_QUALITY = 92
MOST_PIXELS = 100_000_000
"""A single picture with more pixels than this is refused before it is decoded."""
JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
"""How a whole one begins and ends."""


class Size(NamedTuple):
    """A width and a height in pixels."""

    width: int
    height: int

    def fitting(self, width: float, height: float) -> float:
        """The factor that makes ``width`` x ``height`` fit in here, its proportions kept."""
        return min(self.width / width, self.height / height)


STAGE = Size(1920, 1080)
"""What slides are drawn for unless asked otherwise."""

STAGE_4K = Size(3840, 2160)
"""What they are drawn for where the stage is larger than that."""


class Facts(NamedTuple):
    """What a file says about its slides before anything is drawn; sizes in points, 0 where unknown."""

    slides: tuple[Slide, ...]
    findings: tuple[Finding, ...] = ()
    width_pt: float = 0.0
    height_pt: float = 0.0
    macros: bool = False


class Job(NamedTuple):
    """One deck to draw.

    Attributes:
        source: the deck, a copy of our own.
        slides: the facts.
        stage: the largest size of a picture.
        pictures: the folder for the results.
        scratch: a folder for anything temporary.
        progress: told how many of how many slides are done, and the file name of the picture
            that was just finished, if one was.
        converted: a PDF of the deck, where its renderer wants one.
        foreign: told a process that works for the renderer and is to be ended with the worker.
        released: told such a process that is not to be ended any more.
    """

    source: Path
    slides: tuple[Slide, ...]
    stage: Size
    pictures: Path
    scratch: Path
    progress: Callable[[int, int, str | None], None]
    converted: Path | None = None
    foreign: Callable[[int], None] = lambda _process: None
    released: Callable[[int], None] = lambda _process: None


class Drawn(NamedTuple):
    """The file name of each slide's picture by slide number, what was noticed, and the font families
    used by slide number (left out where that is unknown).
    """

    pictures: Mapping[int, str]
    findings: tuple[Finding, ...] = ()
    fonts: Mapping[int, tuple[str, ...]] = {}


class Renderer(Protocol):
    """Draws the slides of one kind of file."""

    def draw(self, job: Job) -> Drawn:
        """Draw every slide that is not hidden; one that cannot be drawn is left out.

        Raises:
            Refused: nothing can be drawn.
        """


class Refused(Exception):
    """A deck, or a renderer's attempt at it, ends here, with the finding that says why."""

    def __init__(self, code: str, *, slide: int | None = None, **params: Parameter) -> None:
        self.finding = Finding(code=code, severity=Severity.ERROR, slide=slide, params=params)
        super().__init__(code, params)


def picture_name(number: int) -> str:
    """The file name of the picture of the slide with this number."""
    return f"slide-{number:03}.jpg"


def short_reason(error: BaseException) -> str:
    """What a library says is wrong, on one short line and without paths of ours."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 160 else text[:159] + "…"
