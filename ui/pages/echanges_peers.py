"""The PCs of the network: a row each, with what one may do about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from appli.i18n import _, _n, number
from appli.presenters.exchange_peers import ExchangePeers, PeerRow
from appli.presenters.give_packet import GivePacket
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import choose_where
from ui.pages.echanges_section import Section
from ui.pages.sheet_parts import breakable
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
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
        self.ask_button = Button(_("Faire une demande…"), "quiet", small=True)
        self.ask_button.clicked.connect(self._write_request)
        self.head.addWidget(self.ask_button)
        self._own = TextLabel("", letters="small", ink="secondary", wrap=True)
        self._role = TextLabel("", letters="small", ink="secondary", wrap=True)
        self._missing = Column(gap=1)
        self.body.insertLayout(1, self._missing)
        self.body.insertWidget(2, self._role)
        self.body.insertWidget(3, self._own)
        self._open: set[bytes] = set()
        self._give_wanted = False
        self._asking: Path | None = None
        self.show_all()

    def show_all(self) -> None:
        rows = self.presenter.rows
        count = len(rows)
        self._count.setText(_n("{n} connu", "{n} connus", count).format(n=number(count)) if count else "")
        self.ask_button.explain(self.presenter.why_not_write if self.presenter.is_known else "")
        own = self.presenter.own_words
        self._role.setText(self.presenter.own_role)
        self._role.setVisible(bool(self.presenter.own_role) and bool(rows))
        self._own.setText(_("Les mots de la clé de ce poste : {words}").format(words=own) if own else "")
        self._own.setVisible(bool(own))
        while self._missing.count():
            self._missing.takeAt(0).widget().deleteLater()
        for words in self.presenter.missing[:3]:
            self._missing.addWidget(NoticeStrip("warning", "", breakable(words)))
        none = _("Aucun autre poste pour l’instant. Préparez un premier paquet et donnez-le à quelqu’un.")
        self.fill([PeerRowView(row, self) for row in rows], none)
        if self._give_wanted and self.presenter.is_known:
            self._give_wanted = False
            if self._asking is not None:
                self.presenter.answer(self._asking, self._show_giving)
            else:
                self.give()

    def give_when_known(self, request: Path | None = None) -> None:
        """Have a packet prepared as soon as the PCs are known; what a request asks for, if there is one."""
        self._give_wanted, self._asking = True, request

    def give(self, uid: bytes | None = None) -> None:
        """The dialog that makes a packet: for everybody, or for that PC."""
        self._show_giving(self.presenter.giving(uid))

    def is_open(self, uid: bytes) -> bool:
        """Whether the details of a PC are shown."""
        return uid in self._open

    def toggle(self, uid: bytes) -> None:
        """Show the details of a PC, or hide them."""
        self._open ^= {uid}
        self.show_all()
        for row in self.findChildren(PeerRowView):
            if row.uid == uid:
                row.details_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_giving(self, giving: GivePacket) -> None:
        from ui.dialogs.give_packet import GivePacketDialog

        dialog = GivePacketDialog(giving, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _write_request(self) -> None:
        presenter, kinds = self.presenter, _("Demandes de Maillage (*.maille-demande)")
        choose_where(self, _("Où écrire la demande ?"), presenter.request_name(), presenter.write_request, kinds)


class PeerRowView(QWidget):
    """One other PC: name and dates, how it stands (`signs`), the packet for it, the rest in a menu."""

    def __init__(self, row: PeerRow, section: PeersSection) -> None:
        super().__init__()
        presenter = section.presenter
        self.uid = row.uid
        is_open = section.is_open(row.uid)
        name = _("Cacher les détails de « {name} »") if is_open else _("Détails de « {name} »")
        icon = "chevron-up" if is_open else "chevron-down"
        self.details_button = IconButton(icon, name.format(name=row.name), small=True)
        self.details_button.clicked.connect(lambda: section.toggle(row.uid))
        self.give_button = Button(_("Préparer un paquet"), small=True)
        self.give_button.setAccessibleName(_("Préparer un paquet pour « {name} »").format(name=row.name))
        self.give_button.setVisible(not row.revoked)
        self.give_button.explain(presenter.why_not_write)
        self.give_button.clicked.connect(lambda: section.give(row.uid))
        self.more_button = IconButton("ellipsis", _("Autres actions pour « {name} »").format(name=row.name), small=True)
        self.more_button.explain(presenter.why_not_write)
        self.menu = self._menu(row, presenter)
        self.more_button.setMenu(self.menu)
        names, deeds = Column(gap=0), Ringed()
        names.add(TextLabel(breakable(row.name), letters="name", wrap=True))
        names.add(TextLabel(row.words, letters="small", ink="secondary", wrap=True))
        self.signs = Flow(deeds, margin=1, gap=2)
        if row.role:
            self.signs.addWidget(Badge(BadgeLook(row.role, "neutral", "shield-check")))
        for widget in (
            Badge(BadgeLook(row.sign.words, row.sign.tone, row.sign.icon)),
            self.give_button,
            self.more_button,
            self.details_button,
        ):
            self.signs.addWidget(widget)
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addWidget(Glyph("users", "text_secondary"), 0, MIDDLE)
        content.addLayout(names, 1)
        content.addWidget(deeds)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)
        if is_open:
            column.addWidget(PeerDetails(row))

    def _menu(self, row: PeerRow, presenter: ExchangePeers) -> QMenu:
        menu = QMenu(self)
        words = _("Accepter ses paquets à nouveau") if row.revoked else _("Écarter ce poste")
        menu.addAction(words).triggered.connect(lambda: presenter.set_revoked(row.uid, revoked=not row.revoked))
        for role, deed in row.deeds:
            menu.addAction(deed).triggered.connect(lambda _on=False, role=role: presenter.name(row.uid, role))
        if row.has_key:
            forget = menu.addAction(_("Oublier l’ancienne clé…"))
            forget.triggered.connect(lambda: presenter.ask_to_forget_key(row.uid))
        return menu


class PeerDetails(QWidget):
    """What else is known of a PC: what it has, what lacks here, the words of its key."""

    def __init__(self, row: PeerRow) -> None:
        super().__init__()
        column = Column(self, margin=(8, 0, 0, 3), gap=1)
        for what, words in row.details:
            said = _("{what} : {words}").format(what=what, words=words)
            column.addWidget(
                Phrase(Run(what, strong=True, ink="text_secondary"), Run(said.removeprefix(what)), letters="small")
            )
