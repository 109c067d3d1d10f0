"""The editions at the left of « Impression »: an icon, a name, the paper and how often it was printed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from appli.i18n import _
from appli.presenters.printing import Printing
from appli.presenters.printing_words import EditionRow
from ui.theme import current
from ui.theme_painting import glyph, text
from ui.widgets.record_list import paint_ground

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1


class EditionModel(QAbstractListModel):
    """The rows of the presenter."""

    def __init__(self, presenter: Printing, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._rows: list[EditionRow] = []

    def renew(self) -> None:
        """Other rows, or other words in them."""
        rows = self._presenter.rows
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {row.line}"
        return None


class EditionDelegate(QStyledItemDelegate):
    """Icon, name, line; what the model only proposes is lighter."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        height = current().px("size.row_list")
        return QSize(height, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        paint_ground(painter, theme, option)
        row: EditionRow = index.data(ROW)
        inner = option.rect.adjusted(theme.px("space.4"), 0, -theme.px("space.3"), 0)
        side = theme.px("size.icon_rail")
        icon = QRect(inner.x(), inner.y(), side, inner.height())
        ink = "text" if row.kept else "text_muted"
        glyph(painter, theme, row.icon, ink, icon, side)
        inner.setLeft(inner.x() + side + theme.px("space.3"))
        upper, lower = theme.line("body"), theme.line("small")
        top = inner.y() + (inner.height() - upper - lower) // 2
        first = QRect(inner.x(), top, inner.width(), upper)
        text(painter, theme, first, row.title, font=theme.font("body", 600 if row.kept else 500))
        second = QRect(inner.x(), top + upper, inner.width(), lower)
        text(painter, theme, second, row.line, font=theme.font("small"), role="text_secondary")


class EditionList(QListView):
    """One edition at a time; `went_to` tells the row chosen."""

    went_to = Signal(int)

    def __init__(self, presenter: Printing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = EditionModel(presenter, self)
        self.setModel(self._model)
        self.setItemDelegate(EditionDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Éditions"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._moved)
        current().changed.connect(self.scheduleDelayedItemsLayout)

    def renew(self, place: int) -> None:
        """Other rows; mark one."""
        self._model.renew()
        index = self._model.index(place)
        if place >= 0 and index != self.currentIndex():
            self.setCurrentIndex(index)
        self.viewport().update()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.went_to.emit(now.row())
