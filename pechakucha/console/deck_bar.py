# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be decided about the deck that is selected, and the way out of the review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pechakucha.console.deck_review import DeckState, Review
from pechakucha.console.deck_work import DeckWork
from pechakucha.console.dry_run_result import DRY_RUN_KEY
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, set_tone


class DeckBar(QWidget):
    """Buttons with their keys; the window connects ``approve``, ``redraw``, ``compare``, ``dry_run`` and
    ``leave``.
    """

    def __init__(self, texts: Texts, *, goes_on: bool) -> None:
        """``goes_on`` offers to go on to the rundown instead of closing."""
        super().__init__()
        self._texts, self._goes_on = texts, goes_on
        self.approve, self.redraw, self.compare = CommandButton("F"), CommandButton("R"), CommandButton("S")
        self.leave = CommandButton("G" if goes_on else "Esc", "primary" if goes_on else "")
        self.dry_run = CommandButton(DRY_RUN_KEY.name.removeprefix("Key_"))
        self.dry_run.setText(texts("dry-run.begin"))
        self.dry_run.setToolTip(texts("dry-run.tip"))
        self.redraw.setText(texts("decks.redraw"))
        self.leave.setText(texts("decks.go-on" if goes_on else "rehearsal.close"))
        for button, codes in (
            (self.approve, ("decks.approve", "decks.unapprove")),
            (self.compare, ("decks.compare", "decks.compare-off")),
        ):
            _widen(button, [texts(code) for code in codes])
        self._hint = ElidedLabel(role="quiet")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        row.setSpacing(2 * theme.GRID)
        for button in (self.approve, self.redraw, self.compare):
            row.addWidget(button)
        row.addWidget(self._hint, 1)
        row.addWidget(self.dry_run)
        row.addWidget(self.leave)
        for button in (self.approve, self.redraw, self.compare, self.dry_run, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_state(self, review: Review, work: DeckWork, talk: str, *, compares: bool) -> None:
        """Offer what is possible now."""
        texts = self._texts
        idle, others = work.task(talk) is None, bool(review.other_renderers(talk))
        approved = review.is_approved(talk)
        self.approve.setText(texts("decks.unapprove" if approved else "decks.approve"))
        set_tone(self.approve, "" if approved or self._goes_on else "primary")
        self.approve.setEnabled(idle and review.can_be_approved(talk))
        self.redraw.setEnabled(idle and others)
        self.compare.setText(texts("decks.compare-off" if compares else "decks.compare"))
        self.compare.setEnabled(others and (idle or compares))
        complete = review.is_complete and not work.is_busy
        self.dry_run.setEnabled(complete)
        self.leave.setEnabled(not self._goes_on or complete)
        blocked = any(review.state(each.id) is DeckState.NOT_READY for each in review.show.talks)
        warns = self._goes_on and blocked
        self._hint.setText(texts("decks.cannot-start" if warns else "decks.keys"))


def _widen(button: CommandButton, words: list[str]) -> None:
    """Let a button have room for each of these words, so that its neighbours never move."""
    widths = []
    for each in words:
        button.setText(each)
        widths.append(button.sizeHint().width())
    button.setMinimumWidth(max(widths))
