"""A pane with a list under much else: in large letters all of it rolls, rather than being pressed together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QWidget

from ui.theme import current

ROWS = 2
"""Rows of the list that stay in sight."""


class Rolling(QScrollArea):
    """Holds the pane; it rolls once its list would have less than two rows."""

    def __init__(self, pane: QWidget, rows: QAbstractItemView) -> None:
        super().__init__()
        self._rows = rows
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(pane)
        self._fit()
        current().changed.connect(self._fit)

    def _fit(self) -> None:
        self._rows.setMinimumHeight(ROWS * current().px("size.row_list"))
