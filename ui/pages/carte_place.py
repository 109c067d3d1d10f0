"""A commune found while one types: the field of the map's circle, and of each record to locate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.to_locate import Place, place_words
from ui.widgets.buttons import IconButton
from ui.widgets.offered_line import OfferedLine
from ui.widgets.text import plain_tip


class CommuneField(OfferedLine):
    """`typed` asks for communes, `offer` shows them; `chosen` is one of them, `entered` a name typed whole."""

    chosen = Signal(object)
    cleared = Signal()

    def __init__(self, name: str, *, icon: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, icon=icon, placeholder=placeholder, parent=parent)
        self._places: list[Place] = []
        self.clear_button = IconButton("x", _("Effacer la commune"), "plain", small=True)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.hide()
        self.row.addWidget(self.clear_button)
        self.edit.textChanged.connect(lambda words: self.clear_button.setVisible(bool(words)))
        self.typed.connect(lambda words: None if words else self._clear())
        self.taken.connect(self._choose)
        self.clear_button.clicked.connect(self._clear)

    def set_name(self, name: str) -> None:
        """What is chosen; empty when nothing is."""
        self.edit.setText(name)
        self.edit.setCursorPosition(0)
        self.edit.setToolTip(plain_tip(name))
        self.popup.hide()

    def offer(self, places: Sequence[Place]) -> None:
        """What the letters may mean."""
        self._places = list(places)
        self.show_lines([place_words(place) for place in places])

    def _choose(self, at: int) -> None:
        place = self._places[at]
        self.set_name(place.name)
        self.chosen.emit(place)

    def _clear(self) -> None:
        self.set_name("")
        self.cleared.emit()
