# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be wrong, as a code with parameters; the sentences live in ``texts``."""

from __future__ import annotations

import enum

import msgspec

Parameter = str | int | float


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something a check noticed.

    ``slide`` is the slide's number in its file (hidden slides counted), or None
    where the finding is about the whole deck.
    """

    code: str
    severity: Severity
    slide: int | None = None
    params: dict[str, Parameter] = {}


class Problem(Exception):
    """Something a person has to know and can act on; never a programming error."""

    def __init__(self, code: str, **params: Parameter) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
