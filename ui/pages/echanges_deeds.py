"""The cards at the top of Échanges, what one comes for: give, receive, and whatever `Deed` is added to them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Flow, Row
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
