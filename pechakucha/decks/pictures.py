# SPDX-License-Identifier: AGPL-3.0-or-later
"""Folders of pictures: facts and drawing by Qt."""

from __future__ import annotations

from pathlib import Path

from pechakucha.decks.drawing import (
    MOST_SLIDES,
    Drawn,
    Facts,
    Job,
    Refused,
    picture_name,
    short_reason,
)
from pechakucha.decks.picture_folder import pictures_in, pictures_not_taken, shown_name
from pechakucha.decks.qt_pictures import read_picture, write_jpeg
from pechakucha.show.deck import Slide
from pechakucha.show.problem import Finding, Parameter, Severity


def read_facts(folder: Path) -> Facts:
    """One slide a picture, in natural order.

    Raises:
        Refused: there are none, or too many.
    """
    pictures = pictures_in(folder)
    if not pictures:
        raise Refused("pictures-none")
    if len(pictures) > MOST_SLIDES:
        raise Refused("too-many-slides", slides=len(pictures), limit=MOST_SLIDES)
    findings = tuple(
        Finding(
            code="picture-kind-unsupported",
            severity=Severity.WARNING,
            params={"name": shown_name(other), "kind": other.suffix.lower().removeprefix(".")},
        )
        for other in pictures_not_taken(folder)
    )
    return Facts(tuple(Slide(number=number) for number in range(1, len(pictures) + 1)), findings)


class PictureRenderer:
    """Fits each picture into the stage."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        drawn: dict[int, str] = {}
        findings: list[Finding] = []
        files = pictures_in(job.source)
        for number, file in enumerate(files, start=1):
            name = picture_name(number)
            try:
                write_jpeg(read_picture(file.read_bytes()), job.stage, job.pictures / name)
            except Refused as refused:
                findings.append(_on_slide(refused.finding.code, number, file, refused.finding.params))
            except ValueError as error:
                findings.append(_on_slide("picture-damaged", number, file, {"reason": short_reason(error)}))
            else:
                drawn[number] = name
            job.progress(number, len(files), drawn.get(number))
        return Drawn(drawn, tuple(findings))


def _on_slide(code: str, number: int, file: Path, params: dict[str, Parameter]) -> Finding:
    named: dict[str, Parameter] = {"name": shown_name(file), **params}
    return Finding(code=code, severity=Severity.WARNING, slide=number, params=named)
