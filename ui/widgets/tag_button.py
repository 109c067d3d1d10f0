"""A skill one can follow: drawn as the chip that is only read, with what a button needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import current
from ui.theme_painting import frame, ring, ring_margin, shows_ring, text
from ui.widgets.text import literal, plain_tip


class TagButton(QPushButton):
    """« **Menuiserie** confirmé »; `tip` says where it leads."""

    def __init__(self, word: str, detail: str = "", tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(literal(f"{word} {detail}".strip()), parent)
        self._word, self._detail = word, detail
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(f"{word} {detail}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current()
        first, second = self._widths()
        gap = theme.px("space.1") if self._detail else 0
        around = 2 * ring_margin(theme)
        height = theme.px("space.6") + theme.px("border.focus_ring")
        return QSize(first + second + gap + 2 * theme.px("space.3") + around, height + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px("size.rail"), self.sizeHint().height()).boundedTo(self.sizeHint())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        margin = ring_margin(theme)
        body = self.rect().adjusted(margin, margin, -margin, -margin)
        radius = body.height() / 2
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        frame(painter, theme, body, fill=fill, border="border", radius=radius)
        left, (first, second) = body.x() + theme.px("space.3"), self._widths()
        room = body.right() - theme.px("space.3") - left + 1
        word = QRect(left, body.y(), min(first, room), body.height())
        text(painter, theme, word, self._word, font=theme.font("small", 600))
        left += word.width() + theme.px("space.1")
        detail = QRect(left, body.y(), min(second, room - word.width()), body.height())
        if self._detail and detail.width() > 0:
            text(painter, theme, detail, self._detail, font=theme.font("small"), role="text_secondary")
        if shows_ring(self):
            ring(painter, theme, self.rect(), radius + margin)

    def _widths(self) -> tuple[int, int]:
        theme = current()
        strong, light = QFontMetrics(theme.font("small", 600)), QFontMetrics(theme.font("small"))
        return strong.horizontalAdvance(self._word) + 1, light.horizontalAdvance(self._detail) + 1
