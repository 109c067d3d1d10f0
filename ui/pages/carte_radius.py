"""How far around the middle of the circle: one of the usual distances, or any number one types."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from appli.i18n import _, number
from appli.presenters.map_search import FARTHEST_KM, RADII


class RadiusBox(QComboBox):
    """`chosen` tells kilometres, or None for all the country."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(_("Jusqu’à quelle distance"))
        self.setToolTip(_("Choisissez une distance, ou écrivez-la en kilomètres"))
        for km in RADII:
            self.addItem(_words(km), km)
        self.addItem(_words(None), None)
        self._km: int | None = RADII[0]
        self.activated.connect(lambda place: self._choose(self.itemData(place)))
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._typed)

    def show_km(self, km: int | None) -> None:
        """What holds now."""
        self._km = km
        self.setCurrentIndex(self.findData(km) if km is not None else self.count() - 1)
        self.setEditText(_words(km))
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _typed(self) -> None:
        """« 15 », « à moins de 15 km »; what says no distance leaves the one that holds."""
        text = self.currentText()
        found = re.search(r"\d+", text.replace("\u202f", ""))
        if text in (_words(self._km), _words(None)) or found is None:
            self.show_km(self._km)
        else:
            self._choose(min(FARTHEST_KM, max(1, int(found.group()))))

    def _choose(self, km: int | None) -> None:
        if km != self._km:
            self.show_km(km)
            self.chosen.emit(km)


def _words(km: int | None) -> str:
    return _("toute la France") if km is None else _("à moins de {n}\u00a0km").format(n=number(km))
