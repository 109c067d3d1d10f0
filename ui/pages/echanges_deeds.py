"""The cards at the top of Échanges, what one comes for: give, receive, and whatever `Deed` is added to them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Row, space
from ui.widgets.text import TextLabel

ONE_CARD = 340
"""Pixels at 100 % that a card needs to stand beside another."""


class DeedCard(Card):
    """What one comes for: an icon, a title, a sentence, a button."""

    def __init__(self, icon: str, title: str, words: str, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(margin=4, gap=2, parent=parent)
        self.button = button
        head = Row(gap=3)
        head.addWidget(Glyph(icon, "accent_text", "size.icon_rail", tile=True))
        head.addWidget(TextLabel(title, letters="section", wrap=True), 1)
        self.words = TextLabel(words, ink="secondary", wrap=True)
        self.body.addLayout(head)
        self.body.addWidget(self.words)
        self.body.addStretch()
        deeds = Flow(gap=2)
        deeds.addWidget(button)
        self.body.addLayout(deeds)


class DeedCards(QWidget):
    """The cards beside each other while there is room, equally wide and tall."""

    def __init__(self, cards: Sequence[DeedCard], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = tuple(cards)
        self._grid = QGridLayout()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        Column(self, gap=0).addLayout(self._grid)
        current().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        across = max(1, min(len(self.cards), int(self.width() / current().scale) // ONE_CARD))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(4))
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across)
            self._grid.setColumnStretch(place, 1 if place < across else 0)
