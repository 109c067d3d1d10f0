"""The small map of a sheet: one web view for the whole window, moved into the sheet that is looked at.

A web view is slow to make and takes 100 MB, so there is one, made only once a sheet has been looked at for a while.
Each sheet has a slot of its own, light to draw, that leads to the map's page; the view comes to it, and is taken back
before the slot goes. Importing this loads no web engine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from appli.i18n import _
from appli.presenters.mini_map import ZOOM, MiniMap
from appli.presenters.shell import MAP, Request, Shell
from ui.map.dress import dress
from ui.theme import current
from ui.theme_painting import frame, glyph, ring, shows_ring

if TYPE_CHECKING:
    from ui.map.view import MapView

FIRST_MS, NEXT_MS = 1200, 150
"""How long a sheet is looked at before the web engine is started; before the view comes to it."""
CHANCES = 2
"""How many deaths of the page are met by another page."""
HEIGHT = 150
"""Pixels at 100 %."""


def build(shell: Shell, parent: QWidget, latitude: float, longitude: float, precision: str, record: bytes) -> QWidget:
    """The hook of `ui.pages.registry.MINI_MAP`. `record` is the one to show large."""
    return Slot(shell, (latitude, longitude), precision, record, parent)


class Slot(QPushButton):
    """Where the map of one sheet goes; pressed, it leads to the map's page."""

    def __init__(
        self, shell: Shell, place: tuple[float, float], precision: str, record: bytes, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self.place = place
        self.record = record
        words = _("Voir sur la carte, à la commune près") if precision == "commune" else _("Voir sur la carte")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(shell.has_page(MAP))
        self._column = QVBoxLayout(self)
        margin = current().px("border.focus_ring") + current().px("border.focus_offset")
        self._column.setContentsMargins(margin, margin, margin, margin)
        self.clicked.connect(lambda: shell.go(MAP, Request(record=record)))

    def sizeHint(self) -> QSize:
        height = round(HEIGHT * current().scale)
        return QSize(height, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def take(self, view: QWidget, give_back: Callable[[], None]) -> None:
        """The view is here."""
        self._column.addWidget(view)
        view.show()
        # A slot is deleted with its sheet, without a word but this one: its layout goes before its children do.
        self._column.destroyed.connect(give_back)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        Keeper.of(self.window(), self._shell).await_slot(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        margin = self._column.contentsMargins().left()
        body = self.rect().adjusted(margin, margin, -margin, -margin)
        frame(painter, theme, body, fill="surface_alt", border="border", radius=theme.px("radius.small"))
        side = theme.px("size.icon_rail")
        glyph(painter, theme, "map", "text_muted", body, side)
        if shows_ring(self):
            ring(painter, theme, self.rect(), theme.px("radius.small") + margin)


class Keeper(QObject):
    """Has the one view of a window, and brings it to the slot that is looked at."""

    def __init__(self, window: QWidget, shell: Shell) -> None:
        super().__init__(window)
        self._shelter = QWidget(window)
        self._shelter.hide()
        self._mini = MiniMap(shell.session)
        self._view: MapView | None = None
        self._slot: Slot | None = None
        """The one that is looked at."""
        self._holder: Slot | None = None
        """The one that has the view: another, for a moment."""
        self._lacking = False
        self._crashes = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._come)
        current().changed.connect(self._dress)

    @classmethod
    def of(cls, window: QWidget, shell: Shell) -> Keeper:
        """The keeper of a window, made when a first slot asks."""
        known = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return known if known is not None else cls(window, shell)

    def await_slot(self, slot: Slot) -> None:
        """That slot is seen now; once it has been for a while, the view comes."""
        self._slot = slot
        self._timer.start(FIRST_MS if self._view is None else NEXT_MS)

    def take_back(self, slot: Slot | None) -> None:
        """A slot that had the view goes."""
        if slot is self._holder:
            self._holder = None
            if self._view is not None:
                self._view.setParent(self._shelter)

    # --- parts ---

    def _come(self) -> None:
        slot = self._slot
        if slot is None or self._lacking or not isValid(slot) or not slot.isVisible():
            return
        if self._view is None and not self._make():
            return
        self._mini.look(*slot.place, partial(self._show, slot))

    def _make(self) -> bool:
        try:
            from ui.map.view import MapView
        except ImportError:
            self._lacking = True
            return False
        view = MapView(self._mini.source, mini=True, parent=self._shelter)
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.refuse_focus()
        view.crashed.connect(self._crashed)
        self._view = view
        self._dress()
        return True

    def _show(self, slot: Slot) -> None:
        view = self._view
        if view is None or slot is not self._slot or not isValid(slot):
            return
        view.centre(*slot.place, ZOOM)
        view.reload_points()
        view.reload_maps()
        view.select(slot.record.hex())
        if self._holder is not slot:
            self._holder = slot
            slot.take(view, partial(self.take_back, slot))

    def _crashed(self) -> None:
        """Without a word: the sheet says where the record is. The next sheet gets a new page, but not for ever."""
        self.take_back(self._holder)
        self._crashes += 1
        self._lacking = self._crashes > CHANCES
        if self._view is not None and not self._lacking:
            self._view.restart()

    def _dress(self) -> None:
        if self._view is not None:
            dress(self._view, current())
