"""Cards beside each other while there is room, under each other when there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import current
from ui.widgets.layout import Column, space


class SideBySide(QWidget):
    """Equally wide; equally tall too, unless they stand `at_top`. `least`: pixels at 100 % that one card needs."""

    def __init__(
        self, cards: Sequence[QWidget], least: int, *, at_top: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cards = tuple(cards)
        self._least = least
        self._place = Qt.AlignmentFlag.AlignTop if at_top else Qt.AlignmentFlag(0)
        self._grid = QGridLayout()
        Column(self, gap=0).addLayout(self._grid)
        current().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        across = max(1, min(len(self.cards), int(self.width() / current().scale) // self._least))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(4))
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across, self._place)
            self._grid.setColumnStretch(place, 1 if place < across else 0)
