# SPDX-License-Identifier: AGPL-3.0-or-later
"""The moderator's line to whoever presents, as console and presenter's view know it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pechakucha.console.session import Session
from pechakucha.files.moderator_line import KeptLine, read_line
from pechakucha.show.moderator_line import line_for, words_now


class ModeratorLine(QObject):
    """What was said last, also by a console before this one.

    Signals:
        changed(): something else stands there.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._line = read_line(session.folder)
        self._kept = KeptLine(session.folder)

    @property
    def words(self) -> str:
        """What stands there now, "" for nothing."""
        run = self._session.run
        return words_now(self._line, run) if run is not None else ""

    def say(self, words: str) -> bool:
        """Let this stand there from now on, "" for nothing; False where it is not known who presents."""
        run = self._session.run
        if run is None:
            return False
        self._line = line_for(run, words)
        self._kept.keep(self._line)
        self._session.record("line" if self._line.words else "line-off")
        self.changed.emit()
        return True
