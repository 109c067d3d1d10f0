"""The journal of exchanges: a row for each packet, with the way to take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _, _n, number
from appli.presenters.exchange_journal import ExchangeJournal, PacketLine
from appli.presenters.shell import Shell
from ui.pages.echanges_section import Section
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Row, line
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel

MIDDLE = Qt.AlignmentFlag.AlignVCenter


def build(shell: Shell) -> JournalSection:
    """The section of the page."""
    return JournalSection(shell)


class JournalSection(Section):
    """Draws; `ExchangeJournal` thinks."""

    def __init__(self, shell: Shell) -> None:
        self.presenter = ExchangeJournal(shell)
        super().__init__(shell, _("Journal"), self.presenter)
        self.more_button = Button("", "quiet", small=True)
        self.head.addWidget(self.more_button)
        self.more_button.clicked.connect(self.presenter.show_older)
        self.show_all()

    def show_all(self) -> None:
        presenter = self.presenter
        rows = [PacketLineView(row, presenter) for row in presenter.lines]
        self.fill(rows, _("Aucun paquet n’a été réuni ici."))
        self.more_button.setVisible(presenter.hidden > 0)
        words = _n("Voir l’autre, plus ancien", "Voir les {n} autres, plus anciens", presenter.hidden)
        self.more_button.setText(words.format(n=number(presenter.hidden)))


class PacketLineView(QWidget):
    """« **Réuni** le paquet de « Accueil » : 6 nouvelles, 2 modifiées »."""

    def __init__(self, row: PacketLine, presenter: ExchangeJournal) -> None:
        super().__init__()
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
