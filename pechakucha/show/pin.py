# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the moderator decided about a talk's deck, so that this and nothing else goes on stage."""

from __future__ import annotations

from typing import Annotated

import msgspec

_Key = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{40}\Z")]
"""Nothing else: it names a folder, and the file it is kept in travels."""


class Pin(msgspec.Struct, frozen=True, kw_only=True):
    """The rendering that was chosen for a talk's deck.

    Attributes:
        digest: of the deck's content when it was chosen.
        renderer: what drew it.
        key: its name in the library, which stands for these very pictures.
        ready: whether the moderator has looked at it and approved it.
    """

    digest: str
    renderer: str
    key: _Key
    ready: bool = False
