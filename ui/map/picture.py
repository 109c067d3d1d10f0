"""The map taken as a picture: a page nobody sees, as large as a sheet of paper, twice as fine as the screen.

Importing this loads the web engine.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from appli.presenters.map_source import MapSource
from ui.map.view import MapView

FINE = 2.0
SHEET = QSize(1123, 794)
"""A4 on its side, at the 96 points an inch of pages."""
AROUND = QSize(70, 190)
"""What title, legend and margins take of it."""
PATIENCE_MS = 20_000
AGAIN_MS = 150


class MapPicture(QObject):
    """Tells `taken` once, or `failed`; then it may go."""

    taken = Signal(QImage)
    failed = Signal()

    def __init__(
        self, source: MapSource, words: Mapping[str, str], seen: MapView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._over = False
        self._former = QImage()
        self._view = MapView(source, picture=words)
        self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._view.see_like(seen)
        self._view.magnify(FINE)
        self._view.resize(sheet_for(seen.size()) * FINE)
        self._view.painted.connect(self._look)
        self._view.crashed.connect(self._give_up)
        QTimer.singleShot(PATIENCE_MS, self, self._give_up)
        self._view.show()

    def _look(self) -> None:
        """The page says that all is drawn; what it drew last may not be there yet."""
        if self._over:
            return
        former, self._former = self._former, self._view.grab().toImage()
        if former == self._former and not _is_blank(former):
            self._take(former)
        else:
            QTimer.singleShot(AGAIN_MS, self, self._look)

    def _take(self, image: QImage) -> None:
        image.setDotsPerMeterX(round(image.width() / 0.297))
        image.setDotsPerMeterY(round(image.width() / 0.297))
        self._end()
        self.taken.emit(image)

    def _give_up(self) -> None:
        if not self._over:
            self._end()
            self.failed.emit()

    def _end(self) -> None:
        self._over = True
        self._view.hide()
        self._view.deleteLater()


def _is_blank(image: QImage) -> bool:
    """Nothing but one colour where the title and the map begin."""
    corner = image.copy(0, 0, image.width() // 2, image.height() // 6).scaled(64, 16)
    return all(
        corner.pixel(x, y) == corner.pixel(0, 0) for x in range(corner.width()) for y in range(corner.height() // 2)
    )


def sheet_for(seen: QSize) -> QSize:
    """A sheet on its side that holds at least what the window shows."""
    least = seen + AROUND
    wide = max(SHEET.width(), least.width(), round(least.height() * SHEET.width() / SHEET.height()))
    return QSize(wide, round(wide * SHEET.height() / SHEET.width()))
