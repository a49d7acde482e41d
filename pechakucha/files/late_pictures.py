# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that come into a run's folder while the run goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pechakucha.files.atomic import written_atomic
from pechakucha.show.deck import Deck
from pechakucha.show.opening import run_picture
from pechakucha.show.problem import Problem


def add_pictures(run: Path, deck: Deck, folder: Path) -> None:
    """Bring all pictures of a deck into the run's folder; what is there already is never touched.

    They lie in a folder named by the deck's content and renderer, so that nothing which the stage may
    be showing has their names; each is there whole or not at all.

    Args:
        run: the run's folder.
        deck: as imported.
        folder: of its pictures.

    Raises:
        Problem: ``late-pictures-not-kept``.
    """
    for slide in deck.slides:
        name = run_picture(deck, slide)
        if name is None or slide.picture is None:
            continue
        try:
            _bring(folder / slide.picture, run / name)
        except OSError as error:
            raise Problem(
                "late-pictures-not-kept", path=str(run), reason=error.strerror or str(error)
            ) from error


def _bring(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:  # another disk, or one without links
        with source.open("rb") as read, written_atomic(target) as written:
            shutil.copyfileobj(read, written)
