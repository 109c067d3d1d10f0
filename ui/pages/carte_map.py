"""The pane of the map: the web view, made after the page's first paint, what lies over it, and what stands in its place
when it is not there. Whatever it is asked before it exists, it does once it does.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.map_engine import MapEngine
from appli.presenters.map_source import MapSource
from ui.map.dress import dress
from ui.pages.carte_chips import KindsOverMap
from ui.pages.carte_trouble import BlankStrip, lacking_state, trouble_state
from ui.theme import current
from ui.widgets.card import ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import NoticeStrip

if TYPE_CHECKING:
    from ui.map.view import MapView

ENGINE = "ui.map.view"
TOOLS = 64
"""Pixels at 100 % that the map's own buttons take at the right."""


class MapPane(QWidget):
    """`made` tells that there is a map to speak to."""

    made = Signal()
    question_left = Signal()
    place_found = Signal()

    def __init__(self, source: MapSource, engine: MapEngine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "page")
        self._source = source
        self._engine = engine
        self._asked = self._lacking = False
        self._untold: list[Callable[[MapView], None]] = []
        self.map: MapView | None = None
        self.question = NoticeStrip("info", icon="map-pin")
        self._put = self.question.add_deed(_("Placer ici"), "accent")
        self._put.clicked.connect(self.place_found)
        self._give_up = self.question.add_deed(_("Ne pas placer"))
        self._give_up.clicked.connect(self.question_left)
        self.question.hide()
        self._title: str | None = None
        self._stack = QStackedWidget()
        self.chips = KindsOverMap(self._stack)  # over its pages, not one of them
        self.chips.hide()
        self._waiting = EmptyState("map", _("La carte se prépare…"))
        self._stack.addWidget(self._waiting)
        self._trouble: QWidget | None = None
        self.blank = BlankStrip()
        self.blank.reopen.clicked.connect(engine.reopen_compatible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.question)
        column.addWidget(self.blank)
        column.addWidget(self._stack, 1)
        current().changed.connect(self._dress)

    def prepare(self) -> None:
        """Make the map once the page is painted; asked again, nothing more happens."""
        if not self._asked:
            self._asked = True
            QTimer.singleShot(0, self._make)

    def tell(self, deed: Callable[[MapView], None]) -> None:
        """Have something done with the map, now or as soon as there is one."""
        if self.map is not None:
            deed(self.map)
        elif not self._lacking:
            self._untold.append(deed)

    def show_moving(self, title: str | None) -> None:
        """Say how the sign of a record is moved; no title: it no longer is."""
        self._title = title
        self._give_up.setText(_("Ne pas placer"))
        self._put.setVisible(title is not None)
        self._ask_where("")
        if title is not None:
            self.tell(lambda view: view.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_whereabouts(self, advice: str) -> None:
        """Where the sign stands is said beside it; here, what would make that more exact."""
        self._ask_where(advice)

    def show_choosing(self, on: bool) -> None:
        """Say that a click is the middle of the circle, or no longer."""
        self._give_up.setText(_("Ne pas choisir"))
        self._put.hide()
        hint = _("Cliquez à cet endroit. Au clavier\u00a0: les flèches, puis Entrée.")
        self._ask(_("Autour de quel point\u202f?") if on else "", hint)

    def _ask_where(self, advice: str) -> None:
        if self._title is None:
            self._ask("", "")
            return
        question = _("Où est «\u00a0{title}\u00a0»\u202f?").format(title=self._title or _("(sans nom)"))
        hint = _("Faites glisser son signe, ou déplacez-le avec les flèches (plus finement avec Maj), puis Entrée.")
        self._ask(question, f"{hint} {advice}".strip())

    def _ask(self, question: str, hint: str) -> None:
        self.question.set_words(question, hint)
        self.question.setVisible(bool(question))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_chips()

    def place_chips(self) -> None:
        """Over the map's top, clear of its own buttons."""
        theme = current()
        margin = theme.px("space.3")
        self.chips.fit(self._stack.width() - 2 * margin - round(TOOLS * theme.scale))
        self.chips.move(margin, theme.px("space.2"))
        self.chips.adjustSize()
        self.chips.setVisible(self.map is not None and self._stack.currentWidget() is self.map)
        self.chips.raise_()
        if self.map is not None:
            self.map.set_covered(self.chips.height() + theme.px("space.2") if self.chips.isVisible() else 0)

    # --- the web view ---

    def _make(self) -> None:
        try:
            view: MapView = import_module(ENGINE).MapView(self._source)
        except ImportError:
            self._without()
            return
        self.map = view
        self._stack.addWidget(view)
        view.crashed.connect(self._failed)
        view.silent.connect(self._failed)
        view.blank.connect(self._blank)
        # Shown before it is ready: a page that nobody sees paints nothing, and would never be.
        self._stack.setCurrentWidget(view)
        self._dress()
        self.made.emit()
        for deed in self._untold:
            deed(view)
        self._untold.clear()

    def _without(self) -> None:
        self._lacking = True
        self._untold.clear()
        self._stand_in(lacking_state())

    def _failed(self) -> None:
        trouble = self._engine.failed()
        if trouble is None:
            self._reopen()
        else:
            self._stand_in(trouble_state(trouble, self._reopen, self._engine.reopen_compatible))

    def _blank(self) -> None:
        trouble = self._engine.stayed_blank()
        if trouble is not None:
            self.blank.say(trouble)

    def _stand_in(self, state: QWidget) -> None:
        if self._trouble is not None:
            self._trouble.deleteLater()
        self._trouble = state
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)
        self.place_chips()

    def _reopen(self) -> None:
        if self.map is not None:
            self._stack.setCurrentWidget(self.map)
            self.map.restart()
            self.place_chips()

    def _dress(self) -> None:
        if self.map is not None:
            dress(self.map, current())
        self.place_chips()
