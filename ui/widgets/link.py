"""Words that lead somewhere: underlined, one stop of Tab, followed by a click or Entrée, copied from their menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from ui.theme import current
from ui.theme_painting import ring, ring_margin, shows_ring, text
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import plain_tip


class Link(Phrase):
    """A link. `tip` says in full where it leads, when the words do not; `one_line` ones are cut rather than wrapped."""

    followed = Signal()

    def __init__(
        self, words: str, *, tip: str = "", name: str = "", one_line: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(Run(words, ink="link", underlined=True), parent=parent)
        self._one_line = one_line
        margin = ring_margin(current()) // 2
        self.setContentsMargins(margin, 0, margin, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name or words)
        self.setToolTip(plain_tip(tip or (words if one_line else "")))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for title, take in ((_("Ouvrir"), self.followed.emit), (_("Copier"), self._copy)):
            action = QAction(title, self)
            action.triggered.connect(lambda _on=False, take=take: take())
            self.addAction(action)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.followed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.followed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return not self._one_line and super().hasHeightForWidth()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._one_line and super().sizeHint().width() > self.width():
            self._paint_cut()
        else:
            super().paintEvent(event)
        if shows_ring(self):
            theme = current()
            ring(QPainter(self), theme, self.rect(), theme.px("radius.small"))

    def _paint_cut(self) -> None:
        theme, painter = current(), QPainter(self)
        font = theme.font()
        font.setUnderline(True)
        text(painter, theme, self.rect(), self.text(), font=font, role="link")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
