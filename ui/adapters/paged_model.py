"""A Qt list over a presenter that knows how many rows there are and reads each page when it is drawn."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.record_list import RecordRole

Index = QModelIndex | QPersistentModelIndex


class Rows(Protocol):
    """What the model asks."""

    @property
    def count(self) -> int: ...

    def row(self, place: int) -> Any: ...


class PagedModel(QAbstractListModel):
    """Holds a count and nothing else; a row is asked when it is painted or read out.

    `rows_replaced`, `rows_added` and `rows_changed` are called after the presenter has changed.
    """

    def __init__(self, rows: Rows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._count = rows.count

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERED:
            return None
        row = self._rows.row(index.row())
        if role == RecordRole.ROW or row is None:
            return row
        return _ANSWERED[role](row)

    def rows_replaced(self) -> None:
        """Other rows."""
        self.beginResetModel()
        self._count = self._rows.count
        self.endResetModel()

    def rows_added(self, first: int, last: int) -> None:
        """More rows at the end."""
        self.beginInsertRows(QModelIndex(), first, last)
        self._count = last + 1
        self.endInsertRows()

    def rows_changed(self) -> None:
        """The same rows say something else."""
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))


_ANSWERED = {
    int(RecordRole.ROW): lambda row: row,
    int(RecordRole.ID): lambda row: row.id,
    int(Qt.ItemDataRole.DisplayRole): lambda row: row.title,
    int(Qt.ItemDataRole.AccessibleTextRole): lambda row: row.spoken,
}
