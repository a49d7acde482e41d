# SPDX-License-Identifier: AGPL-3.0-or-later
"""What decks are measured by."""

from __future__ import annotations

import msgspec

from pechakucha.show.pace import Pace


class Standards(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of the checks.

    Attributes:
        stage_width, stage_height: the stage in pixels.
        smallest_pt: text below this size (points, on a slide 540 points high) is hard to read in a
            video conference and from the back of a room.
        enough_pixels: the part of a place's pixels that a picture must have in either direction.
        matters_from: pictures that take a smaller part of the slide's area are not judged.
        same_ratio: proportions that differ by less than this part count as equal.
        pace: how fast notes are spoken.
    """

    stage_width: int = 1920
    stage_height: int = 1080
    smallest_pt: float = 18.0
    enough_pixels: float = 0.5
    matters_from: float = 0.1
    same_ratio: float = 0.01
    pace: Pace = Pace()
