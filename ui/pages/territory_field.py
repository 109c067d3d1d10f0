"""The territory of a directory, typed and chosen: draws `appli.presenters.territories`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.territories import Territories
from ui.widgets.pieces import PieceField


class TerritoryField(PieceField):
    """Pieces are added by choosing one that is offered, or the first one with Entrée."""

    def __init__(self, presenter: Territories, parent: QWidget | None = None) -> None:
        super().__init__(_("Territoire"), "map-pin", parent)
        presenter.view = self
        self.typed.connect(presenter.type)
        self.chosen.connect(lambda place: presenter.add(presenter.offers[place]))
        self.removed.connect(lambda place: presenter.remove(presenter.pieces[place]))
        self.entered.connect(presenter.add_first)
