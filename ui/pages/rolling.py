"""A pane with a list under much else: in large letters all of it rolls, rather than being pressed together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QWidget

from ui.theme import current

ROWS = 2
"""Rows of the list that stay in sight."""


def rolling(pane: QWidget, rows: QAbstractItemView) -> QScrollArea:
    """The pane in an area that rolls once the list would have less than two rows."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(pane)

    def fit() -> None:
        rows.setMinimumHeight(ROWS * current().px("size.row_list"))

    fit()
    current().changed.connect(fit, Qt.ConnectionType.AutoConnection)
    return area
