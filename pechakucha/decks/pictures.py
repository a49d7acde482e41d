# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures as a deck, from a folder or an archive: facts and drawing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pechakucha.decks.drawing import (
    STAGE,
    Drawn,
    Facts,
    Job,
    Refused,
    picture_name,
    short_reason,
)
from pechakucha.decks.picture_archive import pictures_in_archive
from pechakucha.decks.picture_folder import pictures_in, pictures_not_taken, shown_name, start_of
from pechakucha.decks.picture_kinds import START_SIZE, TAKEN, kind_of, kind_of_named
from pechakucha.decks.picture_size import refuse_huge_picture
from pechakucha.decks.picture_source import Picture, Pictures, refuse_large_file
from pechakucha.decks.pillow_pictures import Header, read_header
from pechakucha.decks.qt_pictures import read_picture, write_fitted
from pechakucha.show.deck import MOST_SLIDES, PlacedPicture, Slide
from pechakucha.show.problem import Finding, Parameter, Severity


def read_facts(path: Path) -> Facts:
    """One slide a picture, in natural order.

    Args:
        path: a folder, or a ZIP archive.

    Raises:
        Refused: there are none, or too many; for an archive see also ``pictures_in_archive``.
    """
    with _open_pictures(path) as (pictures, left_out):
        if not pictures:
            raise Refused("pictures-none")
        if len(pictures) > MOST_SLIDES:
            raise Refused("too-many-slides", slides=len(pictures), limit=MOST_SLIDES)
        headers = {number: _header(picture) for number, picture in enumerate(pictures, start=1)}
        findings = [
            _warning("picture-kind-unsupported", None, each, {"kind": each.kind}) for each in left_out
        ]
        for number, header in headers.items():
            if header and header.pages > 1:
                pages: dict[str, Parameter] = {"pages": header.pages}
                findings.append(_warning("picture-pages", number, pictures[number - 1], pages))
    slides = (Slide(number=number, pictures=_placed(header)) for number, header in headers.items())
    return Facts(tuple(slides), tuple(findings))


class PictureRenderer:
    """Fits each picture into the stage."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        drawn: dict[int, str] = {}
        findings: list[Finding] = []
        with _open_pictures(job.source) as (pictures, _):
            for number, picture in enumerate(pictures, start=1):
                name = picture_name(number)
                try:
                    write_fitted(read_picture(picture.read()), job.stage, job.pictures / name)
                except Refused as refused:
                    findings.append(_warning(refused.finding.code, number, picture, refused.finding.params))
                except ValueError as error:
                    reason: dict[str, Parameter] = {"reason": short_reason(error)}
                    findings.append(_warning("picture-damaged", number, picture, reason))
                else:
                    drawn[number] = name
                job.progress(number, len(pictures), drawn.get(number))
        return Drawn(drawn, tuple(findings))


@contextlib.contextmanager
def _open_pictures(path: Path) -> Iterator[Pictures]:
    """The pictures of a folder or an archive, to be read inside of this."""
    if path.is_dir():
        slides = tuple(map(_in_folder, pictures_in(path)))
        yield Pictures(slides, tuple(map(_in_folder, pictures_not_taken(path))))
    else:
        with pictures_in_archive(path) as pictures:
            yield pictures


def _in_folder(file: Path) -> Picture:
    return Picture(shown_name(file), kind_of_named(file.name, start_of(file)), partial(_read, file))


def _read(file: Path) -> bytes:
    refuse_large_file(shown_name(file), file.stat().st_size)
    return file.read_bytes()


def _header(picture: Picture) -> Header | None:
    """None where drawing it will say what is wrong."""
    with contextlib.suppress(Refused, ValueError):
        content = picture.read()
        refuse_huge_picture(content)
        kind = kind_of(content[:START_SIZE])
        return read_header(content, kind) if kind in TAKEN else None
    return None


def _placed(header: Header | None) -> tuple[PlacedPicture, ...]:
    """As it lies on a slide of the stage's proportions."""
    if header is None:
        return ()
    width, height, _ = header
    scale = STAGE.fitting(width, height)
    return (PlacedPicture(width, height, scale * width / STAGE.width, scale * height / STAGE.height),)


def _warning(code: str, slide: int | None, picture: Picture, params: dict[str, Parameter]) -> Finding:
    named: dict[str, Parameter] = {"name": picture.name, **params}
    return Finding(code=code, severity=Severity.WARNING, slide=slide, params=named)
