"""Words on screen: always plain text, elided with the whole in the tooltip, told to screen readers.

Loaded before the first paint: what only some pages need (accessibility events) is imported where it is used.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def plain_tip(words: str) -> str:
    """A tooltip that shows the words as they are, whatever they contain."""
    if "<" not in words:
        return words
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{escaped}</p>".replace("\n", "<br>")


def literal(words: str) -> str:
    """Words for a button or a menu in which `&` is an ampersand."""
    return words.replace("&", "&&")


def announce(widget: QWidget, words: str, *, assertive: bool = False) -> None:
    """Have a screen reader say something that nobody asked for."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if assertive else politeness.Polite)
    QAccessible.updateAccessibility(event)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class TextLabel(QLabel):
    """A label that never reads its words as HTML.

    `letters`: body, small, label, name, section, page_title, display. `ink`: text, secondary, muted, accent, danger,
    warning, success, info. An elided label gives way and shows the whole in its tooltip.
    """

    def __init__(
        self,
        words: str = "",
        *,
        letters: str = "body",
        ink: str = "text",
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("letters", letters)
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def set_ink(self, ink: str) -> None:
        """Another colour for the words."""
        restyle(self, "ink", ink)

    def setText(self, words: str) -> None:
        super().setText(words)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance("mmm…"))
            return hint.boundedTo(super().minimumSizeHint())
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), mode, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)

    def _is_cut(self) -> bool:
        return self._elide and super().sizeHint().width() > self.width()

    def _tell_whole(self) -> None:
        if self._elide:
            self.setToolTip(plain_tip(self.text()) if self._is_cut() else "")
