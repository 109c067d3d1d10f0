"""The first page as one meets it: the mark, the question, the doors as cards, and how the window looks at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from appli.i18n import _
from appli.presenters.doors import Door
from appli.presenters.look import Look
from ui.pages.look_choices import ColoursChoice, TextSizeChoice
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.layout import Column, Flow, Row, space
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel

CENTRE = Qt.AlignmentFlag.AlignHCenter
CARD = 360
BESIDE = 880
"""Pixels at 100 %: the greatest width of a card; below what room the cards stand under each other."""


class DoorCard(Card):
    """One way in; its button is the deed."""

    def __init__(self, door: Door, *, primary: bool, parent: QWidget | None = None) -> None:
        super().__init__(margin=6, gap=2, parent=parent)
        self.key = door.key
        self.body.addWidget(Glyph(door.icon, "accent_text", "size.icon_rail", tile=True))
        self.body.addSpacing(space(1))
        self.body.add(
            TextLabel(_(door.title), letters="section", wrap=True), TextLabel(_(door.lead), ink="secondary", wrap=True)
        )
        for point in door.points:
            line = Row(gap=2)
            line.addWidget(Glyph("check", "accent"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(TextLabel(_(point), ink="secondary", wrap=True), 1)
            self.body.addLayout(line)
        self.body.addStretch()
        self.body.addSpacing(space(3))
        self.button = Button(_(door.button), "primary" if primary else "ordinary")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.button)


class DoorsView(Scrolled):
    """`door_wanted` gives a key."""

    door_wanted = Signal(str)
    help_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, doors: Sequence[Door], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = TextLabel("", letters="page_title", wrap=True)
        self.lead = TextLabel("", ink="secondary", wrap=True)
        self.cards = [DoorCard(door, primary=door.key == "create") for door in doors]
        for card in self.cards:
            card.button.clicked.connect(lambda _on=False, key=card.key: self.door_wanted.emit(key))
        self.colours, self.text_size = ColoursChoice(look), TextSizeChoice(look)
        self.open_button = Button(_("Ouvrir un annuaire existant…"), "quiet", icon="folder-open")
        self.open_button.setVisible(all(door.key != "open" for door in doors))
        self.leave_button = Button(_("Revenir à l’annuaire"), "quiet", icon="arrow-left")
        self.help_button = Button(_("Aide (F1)"), "quiet", icon="circle-question-mark")
        self.open_button.clicked.connect(lambda: self.door_wanted.emit("open"))
        self.leave_button.clicked.connect(self.leave_wanted)
        self.help_button.clicked.connect(self.help_wanted)
        self._grid = QGridLayout()
        self._beside = False
        self.setWidget(self._content())
        current().changed.connect(self._fit)
        self._fit()

    def show_words(self, title: str, lead: str, *, can_leave: bool) -> None:
        """The question, and whether there is a way back."""
        self.title.setText(title)
        self.lead.setText(lead)
        self.leave_button.setVisible(can_leave)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _content(self) -> QWidget:
        content = QWidget()
        column = Column(content, gap=0)
        middle = Column(margin=(5, 8, 5, 5), gap=2)
        mark = Row(gap=4)
        mark.addStretch()
        mark.add(Glyph("maillage", "accent", "size.touch_comfort"), TextLabel(_("Maillage"), letters="display"))
        mark.addStretch()
        middle.addLayout(mark)
        middle.addSpacing(space(2))
        for label in (self.title, self.lead):
            label.setAlignment(CENTRE)
            middle.addWidget(label)
        middle.addSpacing(space(4))
        self._cards = QWidget()
        self._cards.setLayout(self._grid)
        holder = Row()
        holder.addStretch()
        holder.addWidget(self._cards, 1000)
        holder.addStretch()
        middle.addLayout(holder)
        middle.addSpacing(space(2))
        middle.addLayout(self._hint())
        column.addLayout(middle)
        column.addStretch()
        column.addWidget(self._foot())
        return content

    def _hint(self) -> Row:
        row = Row(gap=2)
        row.addStretch()
        row.addWidget(Glyph("upload", "text_secondary"))
        words = _("Vous pouvez aussi déposer un fichier n’importe où dans cette fenêtre.")
        row.addWidget(TextLabel(words, ink="secondary", elide=True))
        row.addStretch()
        return row

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = Column(foot, margin=(5, 2, 5, 2))
        ways = Flow(gap=4, centred=True)
        for words, choice in ((_("Texte"), self.text_size), (_("Couleurs"), self.colours)):
            ways.addWidget(_named(words, choice))
        for button in (self.leave_button, self.open_button, self.help_button):
            ways.addWidget(button)
        column.addLayout(ways)
        return ground(foot, "page")

    def _fit(self) -> None:
        """Cards beside each other while there is room, equally wide and tall."""
        scale = current().scale
        beside = self.viewport().width() / scale >= BESIDE
        gap = space(6)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        most = round(CARD * scale)
        self._cards.setMaximumWidth(len(self.cards) * most + (len(self.cards) - 1) * gap if beside else 2 * most)
        if beside != self._beside or not self._grid.count():
            self._beside = beside
            for place, card in enumerate(self.cards):
                self._grid.addWidget(card, 0 if beside else place, place if beside else 0)
                self._grid.setColumnStretch(place, 1 if beside or place == 0 else 0)


def _named(words: str, choice: QWidget) -> QWidget:
    holder = QWidget()
    row = Row(holder, gap=2)
    row.add(TextLabel(words, ink="secondary"), choice)
    return holder
