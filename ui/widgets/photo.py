"""Photos on screen: a thumbnail one may press, and a picture that fits the room it has. Quiet when there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import current
from ui.theme_painting import frame, glyph, ring, ring_margin, rounded, shows_ring
from ui.widgets.text import plain_tip


def decoded(content: bytes | None) -> QPixmap:
    """The picture in bytes that we wrote ourselves; nothing in what is none."""
    found = QPixmap()
    if content:
        found.loadFromData(content, "JPEG")
    return found


class PhotoButton(QPushButton):
    """A thumbnail, cut to its place; without a picture, the sign of one."""

    def __init__(self, content: bytes | None, words: str, size: QSize, parent: QWidget | None = None) -> None:
        """`size` in pixels at 100 %."""
        super().__init__(parent)
        self._size, self._picture = size, decoded(content)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_picture(self, content: bytes | None) -> None:
        """Another picture."""
        self._picture = decoded(content)
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is no picture."""
        return self._picture.isNull()

    def sizeHint(self) -> QSize:
        theme = current()
        around = 2 * ring_margin(theme)
        return QSize(round(self._size.width() * theme.scale), round(self._size.height() * theme.scale)) + QSize(
            around, around
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter, margin = current(), QPainter(self), ring_margin(current())
        body, radius = self.rect().adjusted(margin, margin, -margin, -margin), theme.px("radius.control")
        if self.is_empty:
            frame(painter, theme, body, fill="surface_alt", border="border", radius=radius)
            glyph(painter, theme, "image", "text_muted", body, theme.px("space.6"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(rounded(QRectF(body), radius))
            painter.drawPixmap(body, self._picture, cut(self._picture.size(), body.size()))
            painter.setClipping(False)
            frame(painter, theme, body, border="border", radius=radius)
        if shows_ring(self):
            ring(painter, theme, self.rect(), radius + margin)


def cut(picture: QSize, place: QSize) -> QRect:
    """The middle of a picture that fills a place, a little above for faces."""
    wide = picture.width() * place.height() > picture.height() * place.width()
    if wide:
        width = max(1, picture.height() * place.width() // max(1, place.height()))
        return QRect((picture.width() - width) // 2, 0, width, picture.height())
    height = max(1, picture.width() * place.height() // max(1, place.width()))
    return QRect(0, (picture.height() - height) // 3, picture.width(), height)


class PictureView(QWidget):
    """A picture as large as its room lets it be, never cut, never blown up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(current().px("pane.facets"), current().px("pane.facets") // 2)

    def set_picture(self, content: bytes | None, words: str) -> None:
        """Another picture; the words are for those who do not see it."""
        self._picture = decoded(content)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        if self._picture.isNull():
            glyph(painter, theme, "image", "text_muted", self.rect(), theme.px("size.kind_sheet"))
            return
        ratio = self.devicePixelRatioF()
        size = (self._picture.size() / ratio).boundedTo(
            (self._picture.size() / ratio).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        place = QRect(
            (self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height()
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._picture)
