"""The imports made on this PC, each with what it did and a way to take it back; lies in the wizard and in Réglages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.imports_journal import ImportsJournal, JournalLine, Question
from ui.pages.import_wizard_table import Cell, Heading, Role, RowsModel, RowsTable
from ui.widgets.badge import BadgeLook
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Row
from ui.widgets.question import confirm
from ui.widgets.table import TableRole
from ui.widgets.text import TextLabel


class JournalView(QWidget):
    """Draws `ImportsJournal`: the list, and under it what the chosen import found odd."""

    def __init__(self, presenter: ImportsJournal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        presenter.view = self
        headings = (
            Heading(_("Quand"), 170),
            Heading(_("Liste"), 180),
            Heading(_("Ce qui a été fait")),
            Heading(_("État"), 100),
        )
        model = RowsModel(headings, lambda: len(presenter.lines), self._line, _cell)
        self.table = RowsTable(_("Imports faits sur ce poste"), model)
        self.table.went_to.connect(lambda _place: self._show_chosen())
        self._odd = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.undo_button = Button(_("Annuler cet import…"), small=True)
        self.undo_button.clicked.connect(self._undo)
        self._nothing = TextLabel(_("Aucun import sur ce poste."), ink="secondary")
        self._card = Card(margin=0, gap=0)
        self._card.body.addWidget(self.table)
        foot = Row(gap=3)
        foot.addWidget(self._odd, 1)
        foot.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignTop)
        column = Column(self, gap=2)
        column.addWidget(self._nothing)
        column.addWidget(self._card, 1)
        column.addLayout(foot)
        self.show_lines()

    def show_lines(self) -> None:
        """Other imports, or others taken back."""
        self.table.refresh()
        if self.table.currentIndex().row() < 0 and self._presenter.lines:
            self.table.selectRow(0)
        some = bool(self._presenter.lines)
        self._nothing.setVisible(not some)
        self._card.setVisible(some)
        self._show_chosen()

    def ask_to_undo(self, seq: int, question: Question) -> None:
        """What would leave and what would stay, then the answer."""
        confirm(self, question.title, question.words, question.keep, question.undo, lambda: self._presenter.undo(seq))

    # --- parts ---

    def _line(self, place: int) -> JournalLine | None:
        lines = self._presenter.lines
        return lines[place] if 0 <= place < len(lines) else None

    def _chosen(self) -> JournalLine | None:
        return self._line(self.table.currentIndex().row())

    def _show_chosen(self) -> None:
        line = self._chosen()
        self._odd.setText(self._presenter.working or (" · ".join(line.odd) if line else ""))
        self.undo_button.setVisible(line is not None and line.can_undo)
        self.undo_button.explain(self._presenter.working)

    def _undo(self) -> None:
        line = self._chosen()
        if line is not None:
            self._presenter.ask_to_undo(line.seq)


def _cell(line: JournalLine, column: int) -> Cell:
    if column == 0:
        return {Role.DisplayRole: line.when}
    if column == 1:
        return {Role.DisplayRole: line.file, TableRole.STRONG: True}
    if column == 2:
        return {Role.DisplayRole: line.did}
    look = BadgeLook(_("annulé"), "neutral", "undo-2") if line.undone else BadgeLook(_("fait"), "success", "check")
    return {Role.DisplayRole: look.words, TableRole.BADGE: look}
