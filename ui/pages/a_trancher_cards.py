"""One of several values as a card: its letter, when and where it was written, what differs marked, the button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from appli.i18n import _
from appli.presenters.to_settle_words import ValueCard
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Row
from ui.widgets.link import Link
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop


class ValueCardView(Card):
    """Draws a `ValueCard`: a short value large, a long text as text, a very long one under its button."""

    def __init__(
        self, card: ValueCard, long: bool, *, button_first: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(margin=4, gap=2, parent=parent)
        self.letter = card.letter
        head = Row(gap=2)
        head.addWidget(Badge(BadgeLook(_("Valeur {letter}").format(letter=card.letter))))
        head.addStretch()
        head.addWidget(TextLabel(card.when, letters="small", ink="secondary"))
        self.body.addLayout(head)
        self.keep_button = Button(card.keep)
        self.keep_button.setAccessibleName(_("{keep} : {value}").format(keep=card.keep, value=card.text))
        self.keep_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if button_first:
            self.body.addWidget(self.keep_button)
        runs = [
            Run(p.words, strong=not long, underlined=p.marked, ground="warning_soft" if p.marked else "")
            for p in card.pieces
        ]
        self.value = Phrase(*runs, letters="body" if long else "section")
        marked = ", ".join(p.words.strip() for p in card.pieces if p.marked and p.words.strip())
        if marked:
            self.value.setAccessibleDescription(_("Diffère : {words}").format(words=marked))
        self.body.addWidget(self.value)
        if card.operator:
            who = Row(gap=2)
            who.addWidget(Glyph("user-round", "text_secondary"))
            who.addWidget(TextLabel(card.operator, wrap=True), 1)
            self.body.addLayout(who)
        self.body.addWidget(TextLabel(card.pc, letters="small", ink="secondary", wrap=True))
        self.body.addStretch()
        if not button_first:
            self.body.addWidget(self.keep_button)


def asking_strip(words: str, shown: str) -> QFrame:
    """« Le plus sûr : demander à Élise. Son courriel est elise@example.org »."""
    strip = QFrame()
    strip.setProperty("tone", "info")
    row = Row(strip, margin=(3, 2, 3, 2), gap=2)
    row.addWidget(Glyph("phone", "info"), 0, TOP)
    lines = Column(gap=0)
    lines.add(TextLabel(words, wrap=True), Link(shown))
    row.addLayout(lines, 1)
    return strip
