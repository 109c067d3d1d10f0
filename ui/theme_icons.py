"""Icons that follow the theme: an SVG tinted when it is painted, so that a change of colours needs no new icon."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from appli import resources

Draw = Callable[[QSize, QIcon.Mode, float], QPixmap]


@cache
def source(name: str) -> str:
    """The text of one icon of `ressources/icones`."""
    return resources.path(f"icones/{name}.svg").read_text(encoding="utf-8")


def render(svg: str, size: QSize, ratio: float) -> QPixmap:
    """A drawing as a transparent pixmap of `size` logical pixels on a screen of that ratio."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def glyph(name: str, color: QColor, size: QSize, ratio: float, stroke: float) -> QPixmap:
    """An icon in one colour, kept in Qt's own cache."""
    key = f"{name}/{color.name()}/{size.width()}x{size.height()}@{ratio}/{stroke}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        svg = source(name).replace("currentColor", color.name())
        svg = svg.replace('stroke-width="2"\n', f'stroke-width="{stroke}"\n')
        pixmap = render(svg, size, ratio)
        QPixmapCache.insert(key, pixmap)
    return pixmap


class PaintedIcon(QIconEngine):
    """An icon that is drawn when it is painted, at the size and in the colours of that moment."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), self._draw(rect.size(), mode, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return PaintedIcon(self._draw)
