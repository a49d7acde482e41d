# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the console's strip says: of all that is wrong or ready, what needs somebody now."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from pechakucha.console.hands import Hands
from pechakucha.console.session import Session
from pechakucha.console.status_wording import told, told_with_advice
from pechakucha.console.strip import Strip
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS
from pechakucha.show.status import Grade, Readings, Remark, Stage, What
from pechakucha.texts import Texts

_NOTE_NS = 12 * NS
"""How long it is said that the audience's window can't be closed."""

_MAY_SLEEP = "console.may-sleep"

_BEFORE_OFFERS = frozenset({What.STAGE_PROBLEM, What.STAGE_GONE, What.NOT_RECORDING})
"""What is said even where the strip could offer something instead."""


class StripWords:
    """Chooses them: trouble goes before offers, offers before what has only to be known once."""

    def __init__(self, strip: Strip, session: Session, hands: Hands, texts: Texts) -> None:
        self._strip, self._session, self._hands, self._texts = strip, session, hands, texts
        self._notices: list[str] = []
        self._understood: set[str] = set()
        self._closing_asked_ns: int | None = None
        session.closing_asked.connect(self._note_closing)

    @property
    def understood(self) -> frozenset[What]:
        """What somebody has said to have understood."""
        return frozenset({What.MAY_SLEEP}) if _MAY_SLEEP in self._understood else frozenset()

    def tell_once(self, code: str) -> None:
        """Say the sentence with this code until somebody has understood it."""
        self._notices.append(code)

    def show_state(self, run: Run | None, readings: Readings, remarks: Sequence[Remark]) -> None:
        """Say what there is to say; ``run`` is None before the stage has said anything."""
        if readings.stage is Stage.SILENT:
            words = told(Remark(What.STAGE_SILENT), self._texts)
            button = self._texts("console.end-stage")
            self._strip.offer(*self._hands.offer(words, button, "end-stage", self._session.end_stage))
            return
        if run is None:
            self._strip.say(self._trouble(remarks))
            return
        said = self._trouble(remarks) or self._closing_note(run)
        if not said and readings.free_screen:
            self._offer_screen(readings.free_screen)
        else:
            self._say_or_notify(said or self._lesser_trouble(remarks), run)

    def _trouble(self, remarks: Sequence[Remark]) -> str:
        found = (each for each in remarks if each.what in _BEFORE_OFFERS)
        return next((told_with_advice(each, self._texts) for each in found), "")

    def _lesser_trouble(self, remarks: Sequence[Remark]) -> str:
        """What stops the show but is no fault of the stage's, and a screen that is gone."""
        found = (each for each in remarks if each.grade is Grade.STOPS or each.what is What.SCREEN_LOST)
        return next((told_with_advice(each, self._texts) for each in found), "")

    def _offer_screen(self, screen: str) -> None:
        number = self._session.status.screens.index(screen) + 1
        words, button = self._texts("console.screen-there", screen=screen), self._texts("console.use-screen")
        place = functools.partial(self._session.place_stage, number)
        self._strip.offer(*self._hands.offer(words, button, "place", place))

    def _say_or_notify(self, said: str, run: Run) -> None:
        """What is wrong, or what has only to be known once."""
        notice = self._notice(run)
        self._hands.offer_nothing()
        if notice and not said:
            understood = self._texts("console.understood")
            self._strip.offer(self._texts(notice), understood, self._understand, calm=True)
        else:
            self._strip.say(said)

    def _notice(self, run: Run) -> str:
        """The code of what has to be known once, "" for none; other stages do not say it again."""
        if run.ended_ns is not None:
            return ""
        notices = self._notices if self._session.status.awake else [_MAY_SLEEP, *self._notices]
        return next((code for code in notices if code not in self._understood), "")

    def _understand(self) -> None:
        run = self._session.run
        if run is not None:
            self._understood.add(self._notice(run))
            self._say_or_notify("", run)

    def _note_closing(self) -> None:
        self._closing_asked_ns = self._session.now_ns()

    def _closing_note(self, run: Run) -> str:
        """For a while after somebody tried to close the audience's window: how the block is ended."""
        asked_ns = self._closing_asked_ns
        if asked_ns is None or run.ended_ns is not None or self._session.now_ns() - asked_ns > _NOTE_NS:
            return ""
        return self._texts(
            "console.closing-asked" if run.on_stage is None else "console.closing-asked-in-talk"
        )
