# SPDX-License-Identifier: AGPL-3.0-or-later
"""The console's panels: which one is open, and what their keys do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

from pechakucha.console.catch_up_view import CATCH_UP_KEY, CatchUpPanel
from pechakucha.console.hands import Hands
from pechakucha.console.panel import Panel
from pechakucha.console.session import Session
from pechakucha.console.status_view import STATUS_KEY, StatusPanel
from pechakucha.show.catching_up import Proposal, proposals
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS
from pechakucha.show.status import Grade, Remark, What
from pechakucha.texts import Texts

STATUS, CATCH_UP = "status", "catch-up"
_PROPOSALS = "proposals"
"""What a hand meets in the panel for catching up."""


class Panels(QObject):
    """At most one is open. To look at them needs no question: it changes nothing."""

    def __init__(self, parent: QWidget, session: Session, hands: Hands, texts: Texts) -> None:
        """``parent`` is what they stand over."""
        super().__init__(parent)
        self._over, self._session, self._hands = parent, session, hands
        self._status, self._catch_up = StatusPanel(parent, texts), CatchUpPanel(parent, texts)
        self._panels: dict[str, Panel] = {STATUS: self._status, CATCH_UP: self._catch_up}
        self.proposals: tuple[Proposal, ...] = ()
        self.looked_at: frozenset[What] = frozenset()
        """What was to be looked at and has been, as long as it lasts."""
        self._state: tuple[Run | None, int, tuple[Remark, ...]] = (None, 0, ())
        self._room, self._narrow = QRect(), False
        self._proposed: tuple[Run, int] | None = None
        """The run and the second that the proposals are for."""
        self._catch_up.chosen.connect(self._choose)
        for name, panel in self._panels.items():
            panel.close_asked.connect(partial(self.toggle, name))
        hands.ask_others(self.key)

    @property
    def opened(self) -> str | None:
        """The name of the panel that is open."""
        return next((name for name, panel in self._panels.items() if not panel.isHidden()), None)

    def key(self, key: int) -> bool:
        """Take a key; False where it is none of theirs now."""
        opened = self.opened
        if key in _KEYS:
            self.toggle(_KEYS[key])
        elif key == Qt.Key.Key_Escape and opened is not None:
            self.toggle(opened)
        elif opened == CATCH_UP and (proposal := self._catch_up.seen_on(key)) is not None:
            self._choose(proposal)
        else:
            return False
        return True

    def toggle(self, name: str) -> None:
        """Open a panel, or close it."""
        self._hands.take(name, partial(self._toggle, name))

    def show_state(self, run: Run | None, now_ns: int, remarks: tuple[Remark, ...]) -> None:
        """Bring everything up to date; ``run`` is None before the stage has said anything."""
        self._state = (run, now_ns, remarks)
        self._propose(run, now_ns)
        to_look_at = {each.what for each in remarks if each.grade is Grade.LOOK}
        looking = to_look_at if self.opened == STATUS else frozenset()
        self.looked_at = frozenset(self.looked_at & to_look_at | looking)
        if self.opened == STATUS:
            self._status.show_remarks(remarks)
        elif self.opened == CATCH_UP and run is not None:
            self._catch_up.show_state(run, now_ns, self.proposals)

    def place(self, room: QRect, *, narrow: bool) -> None:
        """The part of what they stand over that they may cover."""
        self._room, self._narrow = room, narrow
        for panel in self._panels.values():
            if not panel.isHidden():
                panel.place(room, narrow=narrow)

    def _propose(self, run: Run | None, now_ns: int) -> None:
        """What only time changes, once a second."""
        proposed = None if run is None else (run, now_ns // NS)
        if proposed != self._proposed:
            self._proposed = proposed
            self.proposals = () if run is None else proposals(run, now_ns)
            shown = [(each.way, each.before, each.seconds) for each in self.proposals]
            self._hands.notice_meaning(_PROPOSALS, shown)

    def _toggle(self, name: str) -> bool:
        """False where there is no stage yet to tell of."""
        opened = self.opened
        if not self._over.isVisible() or (name == CATCH_UP != opened and self._state[0] is None):
            return False
        if opened is not None:
            self._panels[opened].close_panel()
        if opened != name:
            self._panels[name].show()
            self._panels[name].raise_()
        self._session.record(name)
        self.show_state(*self._state)
        self.place(self._room, narrow=self._narrow)
        return True

    def _choose(self, proposal: Proposal) -> None:
        self._hands.take(_PROPOSALS, partial(self._do, proposal), name=CATCH_UP, decides=True)

    def _do(self, proposal: Proposal) -> bool:
        """Ask the stage for all of it; False where there is none to hear it."""
        return all(self._session.send(action) for action in proposal.actions)


_KEYS: dict[int, str] = {STATUS_KEY: STATUS, CATCH_UP_KEY: CATCH_UP}
