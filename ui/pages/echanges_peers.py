"""The PCs of the network: a row each, with what one may do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from appli.i18n import _, _n, number
from appli.presenters.exchange_peers import ExchangePeers, PeerRow
from appli.presenters.shell import Shell
from ui.pages.echanges_section import Section
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.text import TextLabel

MIDDLE = Qt.AlignmentFlag.AlignVCenter


def build(shell: Shell) -> PeersSection:
    """The section of the page."""
    return PeersSection(shell)


class PeersSection(Section):
    """Draws; `ExchangePeers` thinks."""

    def __init__(self, shell: Shell) -> None:
        self.presenter = ExchangePeers(shell)
        super().__init__(shell, _("Les postes du réseau"), self.presenter)
        self._count = TextLabel("", letters="small", ink="secondary")
        self.head.insertWidget(1, self._count)
        self._give_wanted = False
        self.show_all()

    def show_all(self) -> None:
        rows = self.presenter.rows
        count = len(rows)
        self._count.setText(_n("{n} connu", "{n} connus", count).format(n=number(count)) if count else "")
        none = _("Aucun autre poste pour l’instant. Préparez un premier paquet et donnez-le à quelqu’un.")
        self.fill([PeerRowView(row, self) for row in rows], none)
        if self._give_wanted and self.presenter.is_known:
            self._give_wanted = False
            self.give()

    def give_when_known(self) -> None:
        """Have a packet prepared as soon as the PCs are known."""
        self._give_wanted = True

    def give(self, uid: bytes | None = None) -> None:
        """The dialog that makes a packet: for everybody, or for that PC."""
        from ui.dialogs.give_packet import GivePacketDialog

        dialog = GivePacketDialog(self.presenter.giving(uid), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class PeerRowView(QWidget):
    """One other PC: name and dates, how it stands (`signs`), the packet for it, the rest in a menu."""

    def __init__(self, row: PeerRow, section: PeersSection) -> None:
        super().__init__()
        presenter = section.presenter
        self.give_button = Button(_("Préparer un paquet"), small=True)
        self.give_button.setAccessibleName(_("Préparer un paquet pour « {name} »").format(name=row.name))
        self.give_button.setVisible(not row.revoked)
        self.give_button.explain(presenter.why_not_write)
        self.give_button.clicked.connect(lambda: section.give(row.uid))
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
        self.signs = Flow(deeds, margin=1, gap=2)
        for widget in (
            Badge(BadgeLook(row.sign.words, row.sign.tone, row.sign.icon)),
            self.give_button,
            self.more_button,
        ):
            self.signs.addWidget(widget)
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addWidget(Glyph("users", "text_secondary"), 0, MIDDLE)
        content.addLayout(names, 1)
        content.addWidget(deeds)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)
