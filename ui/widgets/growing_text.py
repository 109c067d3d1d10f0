"""A text to type in that is as high as what it holds, from a few lines to many."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.theme import current


class GrowingText(QPlainTextEdit):
    """Tab goes to the next field; beyond `most` lines it rolls."""

    def __init__(self, text: str = "", *, fewest: int = 3, most: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._fewest, self._most = fewest, most
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        current().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px("size.control"), self._high())

    def _fit(self) -> None:
        if self.height() != self._high():
            self.setFixedHeight(self._high())

    def _high(self) -> int:
        around = 2 * (current().px("space.2") + current().px("border.field_focus"))
        lines = max(self._fewest, min(self._most, round(self.document().size().height())))
        return max(lines * self.fontMetrics().lineSpacing() + around, current().px("size.control"))
