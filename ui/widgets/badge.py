"""Small words that say a state or a kind, painted alike by widgets and by the rows of lists and tables."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme_painting
from ui.theme import Theme, current
from ui.theme_painting import advance, frame, glyph

TONES = {
    "neutral": ("hover", "text_secondary"),
    "warning": ("warning_soft", "warning"),
    "success": ("success_soft", "success"),
    "danger": ("danger_soft", "danger"),
    "info": ("info_soft", "info"),
}
"""Ground and ink of each tone."""


@dataclass(frozen=True)
class BadgeLook:
    """What a badge says, in which tone, with which icon; `example` is the dashed mark of invented data."""

    words: str
    tone: str = "neutral"
    icon: str = ""
    example: bool = False


def badge_size(theme: Theme, look: BadgeLook) -> QSize:
    """The room a badge takes."""
    font = theme.font("small", 500 if look.example else 600)
    width = advance(font, look.words)
    if look.icon:
        width += theme.px("space.4") + theme.px("space.1")
    if look.example:
        return QSize(width + theme.px("space.3"), theme.px("space.5"))
    return QSize(width + theme.px("space.4"), theme.px("size.target_min"))


def paint_badge(painter: QPainter, theme: Theme, corner: QPoint, look: BadgeLook) -> None:
    """Draw a badge with its top left corner there."""
    rect = QRect(corner, badge_size(theme, look))
    ground, ink = TONES[look.tone]
    padding = theme.px("space.2")
    if look.example:
        _paint_dashes(painter, theme, rect)
        padding = theme.px("space.1") + theme.px("border.focus_ring")
    else:
        frame(painter, theme, rect, fill=ground, radius=theme.px("radius.badge"))
    left = rect.x() + padding
    if look.icon:
        side = theme.px("space.4")
        glyph(painter, theme, look.icon, ink, QRect(left, rect.y(), side, rect.height()), side)
        left += side + theme.px("space.1")
    painter.setFont(theme.font("small", 500 if look.example else 600))
    painter.setPen(theme.color(ink))
    place = QRect(left, rect.y(), rect.right() - left + 1, rect.height())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), look.words)


def _paint_dashes(painter: QPainter, theme: Theme, rect: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = theme.px("border.control")
    pen = QPen(theme.color("control_border"), stroke)
    pen.setDashPattern([3, 2])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    inside = rect.toRectF().adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    painter.drawPath(theme_painting.rounded(inside, theme.px("radius.small")))
    painter.restore()


class Badge(QLabel):
    """A badge of its own in a page; its words are read as any label's."""

    def __init__(self, look: BadgeLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_look(look)

    def set_look(self, look: BadgeLook) -> None:
        """Another state."""
        self._look = look
        self.setText(look.words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return badge_size(current(), self._look)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_badge(QPainter(self), current(), QPoint(0, 0), self._look)


class KindMark(QWidget):
    """The shape of a kind of record; it has no name of its own, the word stands beside it."""

    def __init__(
        self,
        shape: str,
        size: str = "size.kind_row",
        *,
        initials: str = "",
        outline: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._outline = outline
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_kind(shape, initials)

    def set_kind(self, shape: str, initials: str = "") -> None:
        """Another kind, another person."""
        self._shape = shape
        self._initials = initials
        self.update()

    def sizeHint(self) -> QSize:
        side = current().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, side, ratio = current(), self.sizeHint().width(), self.devicePixelRatioF()
        pixmap = (
            theme.kind_outline(self._shape, side, ratio)
            if self._outline
            else theme.kind_pixmap(self._shape, side, ratio, self._initials)
        )
        QPainter(self).drawPixmap(0, 0, pixmap)


class Glyph(QWidget):
    """A Lucide icon beside words, in one of the theme's inks."""

    def __init__(
        self,
        name: str,
        ink: str = "text",
        size: str = "size.icon",
        *,
        tile: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon, self._ink, self._size, self._tile = name, ink, size, tile
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, ink: str) -> None:
        """Another icon."""
        self.icon, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        side = theme.px("size.touch_comfort") if self._tile else theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        if self._tile:
            radius = theme.px("radius.card")
            frame(painter, theme, self.rect(), fill="accent_soft", radius=radius)
        glyph(painter, theme, self.icon, self._ink, self.rect(), theme.px(self._size))
