# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of a list, one a talk, which change in place while their talks stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

ROW_ROLE = Qt.ItemDataRole.UserRole
"""Under which the model hands out the row itself."""

Index = QModelIndex | QPersistentModelIndex


class TalkRow(Protocol):
    """What a row must be able to say of itself."""

    @property
    def talk(self) -> str:
        """The id of its talk."""

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers."""

    @property
    def tip(self) -> str:
        """What is read where the mouse rests on it: all that the row has no room for."""


class TalkRows(QAbstractListModel):
    """The rows."""

    rows: Sequence[TalkRow] = ()

    def show_rows(self, rows: Sequence[TalkRow]) -> None:
        """Take over what has changed."""
        if rows == self.rows:
            return
        if [row.talk for row in rows] != [row.talk for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        self.rows = rows
        self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's signature
        """How many talks."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged, where the list lets them."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself, or its words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None
