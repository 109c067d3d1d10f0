"""What the page of a packet shows before its list: it is read, its passphrase asked, or why it does not come in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.packet_answers import Refusal
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow, Row, space
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel, restyle


class Centred(Scrolled):
    """One card in the middle, as wide as words are read well; it rolls where letters are large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.card = Card(margin=6, gap=3)
        self._row = Row()
        self._row.addStretch(1)
        self._row.addWidget(self.card, 6)
        self._row.addStretch(1)
        content = QWidget()
        column = Column(content, margin=5)
        column.addStretch(1)
        column.addLayout(self._row)
        column.addStretch(2)
        self.setWidget(content)
        current().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.card.setMaximumWidth(round(620 * current().scale))


class PhraseAsked(Centred):
    """`given` tells the words typed."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, title: str = "", hint: str = "", deed: str = "") -> None:
        super().__init__(parent)
        self._name = TextLabel("", ink="secondary", wrap=True)
        self.line = QLineEdit()
        self.row = FieldRow(
            _("Phrase secrète"),
            self.line,
            hint=hint or _("Les mots dans leur ordre, séparés par des espaces. L’expéditeur vous les a dits."),
        )
        self.open_button = Button(deed or _("Ouvrir le paquet"), "primary")
        self.close_button = Button(_("Fermer"))
        body = self.card.body
        head = Row(gap=3)
        head.addWidget(Glyph("lock", "accent_text", tile=True))
        head.addWidget(TextLabel(title or _("Ce paquet est protégé"), letters="section", wrap=True), 1)
        body.addLayout(head)
        body.add(self._name, self.row)
        deeds = Flow(gap=3)
        deeds.addWidget(self.close_button)
        deeds.addWidget(self.open_button)
        body.addLayout(deeds)
        self.line.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)
        self.close_button.clicked.connect(self.left)

    def ask(self, name: str, refused: str) -> None:
        """For that file; why the former words did not open it."""
        self._name.setText(_("« {name} » s’ouvre avec une phrase secrète. Rien n’a changé.").format(name=name))
        self.row.set_error(refused)
        if not refused:
            self.line.clear()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self.line.text().strip():
            self.given.emit(self.line.text())
        else:
            self.row.set_error(_("Tapez d’abord la phrase secrète."))


class RefusalShown(Centred):
    """Why a packet does not come in, and what else can be done."""

    left = Signal()
    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", letters="section", wrap=True)
        self._words = TextLabel("", ink="secondary", wrap=True)
        self.close_button = Button(_("Fermer"))
        self.other_button = Button(_("Ouvrir un autre fichier…"))
        self.deed_button = Button("", "primary")
        self._strip = QFrame()
        head = Row(self._strip, gap=3)
        head.addWidget(Glyph("circle-alert", "danger", "space.6"), 0, Qt.AlignmentFlag.AlignTop)
        text = Column(gap=2)
        text.add(self._title, self._words)
        head.addLayout(text, 1)
        self.card.body.addWidget(self._strip)
        deeds = Flow(gap=3)
        for button in (self.close_button, self.other_button, self.deed_button):
            deeds.addWidget(button)
        self.card.body.addLayout(deeds)
        self.close_button.clicked.connect(self.left)
        self.deed_button.clicked.connect(self.acted)

    def say(self, refusal: Refusal) -> None:
        """What happened, is my data safe, what to do."""
        self._title.setText(refusal.title)
        self._title.set_ink("danger" if refusal.is_loud else "text")
        self._words.set_ink("text" if refusal.is_loud else "secondary")
        restyle(self._strip, "tone", "danger" if refusal.is_loud else "")
        edge = space(3) if refusal.is_loud else 0
        self._strip.layout().setContentsMargins(edge, edge, edge, edge)
        self._words.setText(refusal.words)
        self.deed_button.setText(refusal.deed)
        self.deed_button.setVisible(bool(refusal.deed))
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
