"""Échanges: give one's news, receive others', the PCs of the network, and the journal of what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from appli.i18n import _, _n, number
from appli.presenters.exchanges import GIVE, Exchanges
from appli.presenters.imports_journal import Question
from appli.presenters.shell import Request, Shell
from ui.pages.echanges_rows import DeedCard, PacketLineView, PeerRowView
from ui.pages.page import Deeds, Page
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Ringed, Row, space
from ui.widgets.question import Answer, QuestionDialog
from ui.widgets.text import TextLabel

BESIDE = 760
"""Pixels at 100 % from which the two cards stand beside each other."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ExchangesPage(shell)


class ExchangesPage(Page):
    """Draws; `Exchanges` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Exchanges(shell)
        self.presenter.view = self
        self._give_wanted = False
        self.give_button = Button(_("Préparer un paquet…"), "primary")
        self.open_button = Button(_("Ouvrir un fichier…"))
        self.settle_button = Button(_("À trancher"), "warning", icon="git-compare")
        self.judge_button = Button(_("Doublons"), icon="copy")
        self.more_button = Button("", "quiet", small=True)
        self._cards = (
            DeedCard(
                "package",
                _("Donner mes nouvelles"),
                _("Un paquet sur une clé, par courriel ou dans un dossier. Le privé n’y est jamais."),
                self.give_button,
            ),
            DeedCard(
                "inbox",
                _("Recevoir"),
                _("Ouvrez un paquet « .maille » ou une liste. Vous voyez tout avant d’accepter."),
                self.open_button,
            ),
        )
        self.peers, self.journal = (
            Card(_("Les postes du réseau"), letters="section", gap=0),
            Card(_("Journal"), letters="section", gap=0),
        )
        self._peer_count = TextLabel("", letters="small", ink="secondary")
        self.peers.head.insertWidget(1, self._peer_count)
        self.journal.head.addWidget(self.more_button)
        self._peer_rows, self._packet_rows = Column(gap=0), Column(gap=0)
        self.peers.body.addLayout(self._peer_rows)
        self.journal.body.addLayout(self._packet_rows)
        self._lay_out()
        self._connect()
        self._fit()
        self.show_all()

    # --- Page ---

    def enter(self, request: Request) -> None:
        self._give_wanted = request.kind == GIVE
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        self.presenter.close()

    def panes(self) -> Sequence[QWidget]:
        return (*self._cards, self.peers, self.journal)

    def deeds(self) -> Deeds:
        return {"give": self._give}

    # --- what the presenter asks ---

    def show_all(self) -> None:
        presenter = self.presenter
        for button in (self.give_button, self.open_button):
            button.explain(presenter.why_not_write if presenter.is_known else "")
        self._show_ways()
        peers, packets = presenter.peers, presenter.packets
        count = len(peers)
        self._peer_count.setText(_n("{n} connu", "{n} connus", count).format(n=number(count)) if count else "")
        none = _("Aucun autre poste pour l’instant. Préparez un premier paquet et donnez-le à quelqu’un.")
        self._fill(self._peer_rows, [PeerRowView(row, presenter, self._give) for row in peers], none)
        none = _("Aucun paquet n’a été réuni ici.")
        self._fill(self._packet_rows, [PacketLineView(row, presenter) for row in packets], none)
        self.more_button.setVisible(presenter.hidden > 0)
        words = _n("Voir l’autre, plus ancien", "Voir les {n} autres, plus anciens", presenter.hidden)
        self.more_button.setText(words.format(n=number(presenter.hidden)))
        if self._give_wanted and presenter.is_known:
            self._give_wanted = False
            self._give()

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        answers = [Answer("keep", question.keep), Answer("yes", question.undo, "danger-filled")]
        dialog = QuestionDialog(question.title, question.words, answers, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(lambda key: yes() if key == "yes" else None)
        dialog.open()

    # --- parts ---

    def _show_ways(self) -> None:
        waiting = self.presenter.to_settle
        self.settle_button.setVisible(waiting is not None)
        self.settle_button.set_count(waiting or 0)
        name = _("À trancher : {n}").format(n=number(waiting or 0)) if waiting else _("À trancher")
        self.settle_button.setAccessibleName(name)
        self.settle_button.set_role("warning" if waiting else "ordinary")
        self.judge_button.setVisible(self.presenter.has_duplicates)

    def _fill(self, column: Column, rows: Sequence[QWidget], none: str) -> None:
        while column.count():
            widget = column.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        for row in rows or [TextLabel(none if self.presenter.is_known else "", ink="secondary", wrap=True)]:
            column.addWidget(row)
            row.show()

    def _give(self, uid: bytes | None = None) -> None:
        from ui.dialogs.give_packet import GivePacketDialog

        dialog = GivePacketDialog(self.presenter.giving(uid), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _connect(self) -> None:
        self.give_button.clicked.connect(lambda _on: self._give())
        self.open_button.clicked.connect(self._open)
        self.settle_button.clicked.connect(self.presenter.settle)
        self.judge_button.clicked.connect(self.presenter.judge)
        self.more_button.clicked.connect(self.presenter.show_all_packets)
        current().changed.connect(self._fit)

    def _open(self) -> None:
        from ui.dialogs.choose_files import choose_files

        choose_files(self, self.shell.files_given)

    def _lay_out(self) -> None:
        content = QWidget()
        column = Column(content, margin=(5, 4, 5, 5), gap=4)
        head = Row(gap=3)
        head.addWidget(TextLabel(_("Échanges"), letters="page_title"), 1)
        ways = Ringed()
        flow = Flow(ways, margin=1, gap=2)
        flow.addWidget(self.settle_button)
        flow.addWidget(self.judge_button)
        head.addWidget(ways)
        column.addLayout(head)
        self._grid = QGridLayout()
        column.addLayout(self._grid)
        column.add(self.peers, self.journal)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The cards beside each other while there is room, equally wide and tall."""
        beside = self.width() / current().scale >= BESIDE
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(4))
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, 0 if beside else place, place if beside else 0)
            self._grid.setColumnStretch(place, 1 if beside or place == 0 else 0)
