# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pins of a show, in a file beside it that we alone write: NAME.pins.json."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.run_folder import beside_or_state
from pechakucha.show.pin import Pin
from pechakucha.show.problem import Problem

_log = logging.getLogger(__name__)


def read_pins(show: Path) -> dict[str, Pin]:
    """The pins by talk id; none where there is no such file, or it cannot be understood."""
    try:
        return _read(show)
    except Problem as problem:
        _log.warning("%s: %s", problem.code, problem.params)
        return {}


def change_pins(show: Path, changes: Mapping[str, Pin]) -> None:
    """Add or replace pins beside the show, or in the user's state folder where that is read-only.

    Raises:
        Problem: ``pins-unreadable`` where those that are there would be lost, ``pins-not-writable``
            where neither place can be written.
    """
    pins = {**_read(show), **changes}
    content = msgspec.json.format(msgspec.json.encode(dict(sorted(pins.items()))), indent=2)
    reason = ""
    for path in beside_or_state(show, "pins.json"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, content)
            return
        except OSError as error:
            reason = error.strerror or str(error)
    raise Problem("pins-not-writable", path=str(show), reason=reason)


def _read(show: Path) -> dict[str, Pin]:
    for path in beside_or_state(show, "pins.json"):
        try:
            return msgspec.json.decode(path.read_bytes(), type=dict[str, Pin])
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = error.strerror or str(error)
            raise Problem("pins-unreadable", path=str(path), reason=reason) from error
        except (ValueError, RecursionError) as error:
            raise Problem("pins-unreadable", path=str(path), reason=str(error)) from error
    return {}
