"""The journal of exchanges: a row for each packet given or received, with the way to take one back, and a copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _, _n, number
from appli.presenters.exchange_journal import ExchangeJournal, JournalLine
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import choose_where
from ui.pages.echanges_section import Section
from ui.pages.sheet_parts import breakable
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Ringed, Row, line
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
        self.copy_button = Button(_("Enregistrer une copie…"), "quiet", small=True)
        deeds = Ringed()
        flow = Flow(deeds, margin=1, gap=2)
        flow.addWidget(self.more_button)
        flow.addWidget(self.copy_button)
        self.head.addWidget(deeds)
        self.more_button.clicked.connect(self.presenter.show_older)
        self.copy_button.clicked.connect(self._copy)
        self.show_all()

    def show_all(self) -> None:
        presenter = self.presenter
        rows = [JournalLineView(row, presenter) for row in presenter.lines]
        self.fill(rows, _("Aucun paquet n’a été donné ni reçu."))
        self.more_button.setVisible(presenter.hidden > 0)
        words = _n("{n} plus ancien", "{n} plus anciens", presenter.hidden)
        self.more_button.setText(words.format(n=number(presenter.hidden)))
        self.copy_button.setVisible(not presenter.is_empty)

    def _copy(self) -> None:
        presenter, kinds = self.presenter, _("Tableaux (*.csv)")
        choose_where(self, _("Où enregistrer le journal ?"), presenter.file_name(), presenter.save_copy, kinds)


class JournalLineView(QWidget):
    """« **Réuni** le paquet de « Accueil » : 6 nouvelles, 2 modifiées »."""

    def __init__(self, row: JournalLine, presenter: ExchangeJournal) -> None:
        super().__init__()
        words = Column(gap=0)
        words.add(
            Phrase(Run(row.did, strong=True), Run(breakable(f" {row.rest}"))),
            TextLabel(row.when, letters="small", ink="secondary", wrap=True),
        )
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addWidget(Glyph(row.icon, "text_secondary"), 0, MIDDLE)
        content.addLayout(words, 1)
        if row.seq is not None:
            self.undo_button = Button(_("Annuler…"), small=True)
            self.undo_button.setAccessibleName(_("Annuler le paquet de « {name} »").format(name=row.name))
            self.undo_button.explain(presenter.why_not_write)
            self.undo_button.clicked.connect(lambda _on, seq=row.seq: presenter.ask_to_take_back(seq))
            content.addWidget(self.undo_button)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)
