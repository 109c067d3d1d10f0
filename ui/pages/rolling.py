"""A pane with a list under much else: in large letters all of it rolls, rather than being pressed together."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.theme import current
from ui.widgets.scrolled import Scrolled

ROWS = 2
"""Rows of the list that stay in sight."""


class Rolling(Scrolled):
    """Holds the pane; it rolls once its list would have less than two rows."""

    def __init__(self, pane: QWidget, rows: QAbstractItemView) -> None:
        super().__init__(pane)
        self._rows = rows
        self._fit()
        current().changed.connect(self._fit)

    def _fit(self) -> None:
        self._rows.setMinimumHeight(ROWS * current().px("size.row_list"))
