"""The rows beside the map: shape, name, what and where, how far at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ui.pages.list_pane import DirectoryList
from ui.theme import Theme
from ui.theme_painting import advance, text
from ui.widgets.record_list import RecordDelegate, RecordRow

WIDEST = "8 888 km"


class PlacedDelegate(RecordDelegate):
    """The distance takes a column of its own, both lines high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, compact=True)
        self.far = False
        """Whether there are distances to show."""

    def _lines(self, theme: Theme, inner: QRect) -> tuple[QRect, QRect]:
        room = self._column(theme) + theme.px("space.2") if self.far else 0
        return super()._lines(theme, inner.adjusted(0, 0, -room, 0))

    def _paint_commune(self, painter: QPainter, theme: Theme, line: QRect, row: RecordRow, selected: bool) -> QRect:
        distance = getattr(row, "distance", "")
        if self.far and distance:
            left = line.right() + 1 + theme.px("space.2")
            both = QRect(left, line.y(), self._column(theme), theme.line("body") + theme.line("small"))
            ink = "text_secondary" if selected else "text_muted"
            text(
                painter, theme, both, distance,
                font=theme.font("small", tabular=True), role=ink, align=Qt.AlignmentFlag.AlignRight,
            )  # fmt: skip
        return line

    def whole(self, option: QStyleOptionViewItem, row: RecordRow) -> str:
        words = super().whole(option, row)
        distance = getattr(row, "distance", "")
        return f"{words}\n{distance}" if words and distance else words

    @staticmethod
    def _column(theme: Theme) -> int:
        return advance(theme.font("small", tabular=True), WIDEST)


class PlacedList(DirectoryList):
    """The list of the map's page; one record at a time, since the map shows one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, compact=True)
        self.placed = PlacedDelegate(self)
        self.rows = self.placed
        self.setItemDelegate(self.placed)
        self.setSelectionMode(self.SelectionMode.SingleSelection)

    def set_far(self, far: bool) -> None:
        """With distances, or without."""
        if self.placed.far != far:
            self.placed.far = far
            self.viewport().update()
