"""Réglages: how this PC looks, what it is called, who types on it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.look import Look
from appli.presenters.settings import LONGEST_INITIALS, Facts, Settings
from ui.pages.look_choices import ColoursChoice, TextSizeChoice
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel, plain_tip


class SettledLine(QLineEdit):
    """A line kept when one leaves it or presses Entrée; what comes from elsewhere does not replace what is typed."""

    def show_text(self, text: str) -> None:
        """What is kept."""
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)

    def settled(self) -> str:
        """What was typed; from now on it is what is kept."""
        self.setModified(False)
        return self.text()

    def set_locked(self, reason: str) -> None:
        """Why it cannot be changed."""
        self.setReadOnly(bool(reason))
        self.setToolTip(plain_tip(reason))


def look_card(look: Look) -> Card:
    """Colours and size of the text."""
    card = Card(_("Apparence"), letters="section", margin=4, gap=3)
    for words, choice in ((_("Couleurs"), ColoursChoice(look)), (_("Taille du texte"), TextSizeChoice(look))):
        card.body.addLayout(_named(words, choice))
    return card


def _named(words: str, choice: QWidget) -> Column:
    column, row = Column(gap=1), Row()
    row.addWidget(choice)
    row.addStretch()
    column.addWidget(TextLabel(words, letters="label", ink="secondary"))
    column.addLayout(row)
    return column


class StationCard(Card):
    """« Ce poste »."""

    def __init__(self, presenter: Settings, parent: QWidget | None = None) -> None:
        super().__init__(_("Ce poste"), letters="section", margin=4, gap=3, parent=parent)
        self.label, self.operator = SettledLine(), SettledLine()
        self.operator.setMaxLength(LONGEST_INITIALS)
        self.body.add(
            FieldRow(
                _("Nom de ce poste"),
                self.label,
                hint=_("Pour reconnaître ce qui vient d’ici quand on s’échange des paquets."),
            ),
            FieldRow(
                _("Initiales de qui est au clavier"),
                self.operator,
                hint=_(
                    "Sur un poste que plusieurs partagent : elles signent chaque changement. Vide si vous êtes seul."
                ),
            ),
        )
        self.label.editingFinished.connect(lambda: presenter.set_label(self.label.settled()))
        self.operator.editingFinished.connect(lambda: presenter.set_operator(self.operator.settled()))

    def show_facts(self, facts: Facts) -> None:
        """What is kept."""
        self.label.show_text(facts.label)
        self.operator.show_text(facts.operator)

    def set_locked(self, reason: str) -> None:
        """The name of this PC stands in the directory; the initials do not."""
        self.label.set_locked(reason)
