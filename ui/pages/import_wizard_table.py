"""Tables of the import: a model over rows that a presenter gives, columns as wide as the text is large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from appli.presenters.import_wizard_states import ColumnState
from ui.theme import current
from ui.widgets.badge import BadgeLook
from ui.widgets.table import Table
from ui.widgets.tabs import CountTabs, Tab

Index = QModelIndex | QPersistentModelIndex
Cell = Mapping[int, Any]
"""What a cell answers, by role."""
Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Heading:
    """A column: its title and its width at 100 %; the one of width 0 takes what is left. `spare`: goes first."""

    title: str
    width: int = 0
    spare: bool = False


def badge(state: ColumnState) -> BadgeLook:
    """A state as it is drawn."""
    return BadgeLook(state.words, state.tone, state.icon)


def show_tabs(bar: CountTabs, tabs: Sequence[Tab], chosen: str) -> None:
    """Show these tabs, that one in front, without telling it."""
    bar.set_tabs(tabs)
    bar.blockSignals(True)
    bar.setCurrentIndex([tab.key for tab in tabs].index(chosen))
    bar.blockSignals(False)


class RowsModel(QAbstractTableModel):
    """Holds a count; a row is asked for when it is painted or read out.

    `row(place)` gives whatever `cell(row, column)` answers of; the first cell of a row says it all when `spoken`.
    """

    def __init__(
        self,
        headings: Sequence[Heading],
        count: Callable[[], int],
        row: Callable[[int], Any],
        cell: Callable[[Any, int], Cell],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = list(headings)
        self._ask_count, self._row, self._cell = count, row, cell
        self._count = 0
        self._kept: tuple[int, Any] = (-1, None)

    @property
    def headings(self) -> Sequence[Heading]:
        """The columns."""
        return self._headings

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """Other columns; `refresh` follows."""
        self._headings = list(headings)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole and section < len(self._headings):
            return self._headings[section].title
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Role.AccessibleTextRole:
            return getattr(row, "spoken", "") if index.column() == 0 else self._cell(row, index.column()).get(0)
        return self._cell(row, index.column()).get(role)

    def row(self, place: int) -> Any:
        """One row; the cells of a row are asked one after the other."""
        if self._kept[0] != place:
            self._kept = (place, self._row(place))
        return self._kept[1]

    def refresh(self) -> None:
        """Other rows, or other columns."""
        self.beginResetModel()
        self._kept, self._count = (-1, None), self._ask_count()
        self.endResetModel()

    def update_all(self) -> None:
        """The same rows say something else."""
        self._kept = (-1, None)
        if self._count and self._headings:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._headings) - 1))


class RowsTable(Table):
    """`went_to` tells the row one is on, `acted` the cell that a click, Entrée or Espace acts on."""

    went_to = Signal(int)
    acted = Signal(int, int)

    def __init__(self, name: str, model: RowsModel, acting: int | None = None, parent: QWidget | None = None) -> None:
        """`acting`: the column that a click acts on; Entrée and Espace act on it from anywhere in the row."""
        super().__init__(name, parent)
        self._acting = acting
        self._rows = model
        self._narrow = False
        model.setParent(self)
        self.setModel(model)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.fit()

    def refresh(self, place: int | None = None) -> None:
        """Other rows, that one chosen; by default the place stays, as far as there still is one."""
        top = self.verticalScrollBar().value()
        place = self.currentIndex().row() if place is None else place
        self._rows.refresh()
        self.fit()
        if self._rows.rowCount():
            self.blockSignals(True)
            self.selectRow(min(max(place, 0), self._rows.rowCount() - 1))
            self.blockSignals(False)
        self.verticalScrollBar().setValue(top)

    def set_narrow(self, narrow: bool) -> None:
        """Little room: the columns one can do without are hidden."""
        self._narrow = narrow
        self.fit()

    def update_rows(self) -> None:
        """The same rows say something else."""
        self._rows.update_all()

    def sizeHint(self) -> QSize:
        """A few rows: the rest of the page decides how many there is room for."""
        height = max(3 * current().px("size.row_table"), self.minimumHeight())
        return QSize(super().sizeHint().width(), height)

    def fit(self) -> None:
        """Give the columns their widths at the size of the text."""
        header, scale = self.horizontalHeader(), current().scale
        for n, heading in enumerate(self._rows.headings):
            self.setColumnHidden(n, self._narrow and heading.spare)
            mode = QHeaderView.ResizeMode.Interactive if heading.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(n, mode)
            if heading.width:
                self.setColumnWidth(n, round(heading.width * scale))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_rows"):
            self.fit()

    def currentChanged(self, index: Index, previous: Index) -> None:
        super().currentChanged(index, previous)
        if index.isValid() and index.row() != previous.row() and not self.signalsBlocked():
            self.went_to.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4}
        if act and self._acting is not None and self.currentIndex().isValid():
            self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            self.acted.emit(self.currentIndex().row(), self._acting)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index.column() == self._acting:
            self.acted.emit(index.row(), index.column())
