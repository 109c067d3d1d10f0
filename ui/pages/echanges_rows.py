"""The rows of Échanges: another PC with what one may do about it, a packet received with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from appli.i18n import _
from appli.presenters.exchanges import Exchanges, PacketLine, PeerRow
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class DeedCard(Card):
    """What one comes for: an icon, a title, a sentence, a button."""

    def __init__(self, icon: str, title: str, words: str, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(margin=4, gap=2, parent=parent)
        self.button = button
        head = Row(gap=3)
        head.addWidget(Glyph(icon, "accent_text", "size.icon_rail", tile=True))
        head.addWidget(TextLabel(title, letters="section", wrap=True), 1)
        self.body.addLayout(head)
        self.body.addWidget(TextLabel(words, ink="secondary", wrap=True))
        self.body.addStretch()
        deeds = Flow(gap=2)
        deeds.addWidget(button)
        self.body.addLayout(deeds)


class PeerRowView(QWidget):
    """One other PC: name and dates, how it stands, the packet for it, the rest in a menu."""

    def __init__(
        self, row: PeerRow, presenter: Exchanges, give: Callable[[bytes], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.give_button = Button(_("Préparer un paquet"), small=True)
        self.give_button.setAccessibleName(_("Préparer un paquet pour « {name} »").format(name=row.name))
        self.give_button.setVisible(not row.revoked)
        self.give_button.explain(presenter.why_not_write)
        self.give_button.clicked.connect(lambda: give(row.uid))
        self.more_button = IconButton("ellipsis", _("Autres actions pour « {name} »").format(name=row.name), small=True)
        self.more_button.explain(presenter.why_not_write)
        self.menu = QMenu(self)
        words = _("Accepter ses paquets à nouveau") if row.revoked else _("Écarter ce poste")
        self.menu.addAction(words).triggered.connect(lambda: presenter.set_revoked(row.uid, revoked=not row.revoked))
        if row.has_key:
            self.menu.addAction(_("Oublier l’ancienne clé…")).triggered.connect(
                lambda: presenter.ask_to_forget_key(row.uid)
            )
        self.more_button.setMenu(self.menu)
        names = Column(gap=0)
        names.add(
            TextLabel(row.name, letters="name", wrap=True),
            TextLabel(f"{row.given}, {row.received}", letters="small", ink="secondary", wrap=True),
        )
        deeds = Ringed()
        flow = Flow(deeds, margin=1, gap=2)
        for widget in (
            Badge(BadgeLook(row.sign.words, row.sign.tone, row.sign.icon)),
            self.give_button,
            self.more_button,
        ):
            flow.addWidget(widget)
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addWidget(Glyph("users", "text_secondary"), 0, MIDDLE)
        content.addLayout(names, 1)
        content.addWidget(deeds)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)


class PacketLineView(QWidget):
    """« **Réuni** le paquet de « Accueil » : 6 nouvelles, 2 modifiées »."""

    def __init__(self, row: PacketLine, presenter: Exchanges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        done = _("Annulé") if row.undone else _("Réuni")
        rest = _("le paquet de « {name} » : {did}").format(name=row.sender, did=row.did)
        words = Column(gap=0)
        words.add(
            Phrase(Run(done, strong=True), Run(f" {rest}")),
            TextLabel(row.when, letters="small", ink="secondary", wrap=True),
        )
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addWidget(Glyph("undo-2" if row.undone else "package-open", "text_secondary"), 0, MIDDLE)
        content.addLayout(words, 1)
        if not row.undone:
            self.undo_button = Button(_("Annuler…"), small=True)
            self.undo_button.setAccessibleName(_("Annuler le paquet de « {name} »").format(name=row.sender))
            self.undo_button.explain(presenter.why_not_write)
            self.undo_button.clicked.connect(lambda: presenter.ask_to_take_back(row.seq))
            content.addWidget(self.undo_button)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)
