"""Watches a map on screen: one that never says that it is ready, and one that is ready and shows nothing.

Only a map that is seen is watched, as a page that nobody sees paints nothing. Some graphics drivers leave the view
blank while the page believes that it is drawn: so what the window shows is looked at when there must be something, and
looked at again before it is called blank, as a slow PC may take its time.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 30_000
"""How long a page may take: the engine's first start on an old PC takes ten seconds."""
LOOK_MS = 3_000
"""How long after it is ready a page must show something: its buttons, if nothing else."""
LOOKS = 3


class Watch(QObject):
    """`silent`: never ready; `blank`: ready, and of one colour."""

    silent = Signal()
    blank = Signal()

    def __init__(self, view: QWidget, *, awake: bool) -> None:
        """`awake`: whether this map is one that a person looks at."""
        super().__init__(view)
        self._view = view
        self._awake = awake
        self._ready = False
        self._looks = LOOKS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        view.installEventFilter(self)

    def begin(self) -> None:
        """The page is loading, perhaps again."""
        self._ready = False
        self._wait()

    def is_ready(self) -> None:
        """The page says that its signs are painted."""
        self._ready = True
        self._wait()

    def stop(self) -> None:
        """The page died: that is told otherwise."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._wait()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False

    def _wait(self) -> None:
        if self._awake and self._view.isVisible() and not (self._ready and not self._looks):
            self._timer.start(LOOK_MS if self._ready else PATIENCE_MS)

    def _over(self) -> None:
        if not self._ready:
            self.silent.emit()
            return
        self._looks -= 1
        if not is_blank(self._view.grab().toImage()):
            self._looks = 0
        elif self._looks:
            self._wait()
        else:
            self.blank.emit()


def is_blank(image: QImage) -> bool:
    """Whether a picture is of one colour, or of none."""
    if image.isNull():
        return True
    small = image.scaled(48, 48)
    return all(small.pixel(n % 48, n // 48) == small.pixel(0, 0) for n in range(48 * 48))
