# SPDX-License-Identifier: AGPL-3.0-or-later
"""For every test: no screen, user folders of its own, and no error in the log that nobody expected."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

# Before Qt opens its platform; a caller who sets another one means it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import platformdirs
import pytest


class ErrorLog(logging.Handler):
    """Gathers errors from all threads; each must be expected, and each expected one must come."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.records.append(record)

    def expect(self, words: str) -> None:
        """Errors with these words are part of the test."""
        self._expected.append(words)

    @property
    def unexpected(self) -> list[str]:
        """Errors that nobody announced."""
        said = [record.getMessage() for record in self.records]
        return [message for message in said if not any(words in message for words in self._expected)]

    @property
    def missing(self) -> list[str]:
        """What was announced and never came."""
        said = [record.getMessage() for record in self.records]
        return [words for words in self._expected if not any(words in message for message in said)]


@pytest.fixture(autouse=True)
def error_log(request: pytest.FixtureRequest) -> Iterator[ErrorLog]:
    """Fails a test that logs an error, unless ``expect`` announced it or it reads ``caplog`` itself."""
    log = ErrorLog()
    logging.getLogger().addHandler(log)
    yield log
    logging.getLogger().removeHandler(log)
    if "caplog" not in request.fixturenames:
        assert log.unexpected == [], "errors were logged that nobody expected"
    assert log.missing == [], "errors were expected and not logged"


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps the person's own folders out of every test; returns the folder in their place."""
    base = tmp_path_factory.mktemp("user")
    for kind in ("data", "state", "config", "cache"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(base / kind))  # also for processes we start
        monkeypatch.setattr(platformdirs, f"user_{kind}_path", lambda *_, at=base / kind, **__: at)
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: base / "state" / "log")
    return base
