"""What an import would do: tabs, a filter, boxes to leave rows out, the chosen row in full at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from appli.i18n import _, number
from appli.presenters.import_wizard import ImportWizard
from appli.presenters.import_wizard_preview import PreviewRow
from ui.pages.import_wizard_side import DetailSide, Sides
from ui.pages.import_wizard_table import Cell, Heading, Role, RowsModel, RowsTable, badge, show_tabs
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import FramedEdit
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.table import TableRole
from ui.widgets.tabs import CountTabs, Tab
from ui.widgets.text import announce

BOX, FATE, SHEET, COMMUNE, WHAT = range(5)


class PreviewView(QWidget):
    """Draws `PreviewStep`."""

    def __init__(self, presenter: ImportWizard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._step = presenter.preview
        self._rows_shown = (-1, "", "")
        self.tabs = CountTabs(_("Ce qui arrive"))
        self.tabs.chosen.connect(self._step.set_tab)
        self.all = QCheckBox(_("Toutes"))
        self.all.setAccessibleName(_("Toutes les lignes montrées"))
        self.all.clicked.connect(lambda _on: self._step.set_all(self._step.all_taken() is not True))
        self.filter = FramedEdit(icon="search", placeholder=_("Filtrer par nom, commune ou remarque"))
        self.filter.setAccessibleName(_("Filtrer les lignes"))
        self.filter.edit.setClearButtonEnabled(True)
        self.filter.edit.textChanged.connect(self._step.set_text)
        self._answers = NoticeStrip("warning")
        self._answers.add_deed(_("Voir les accords")).clicked.connect(presenter.show_answers)
        self.table = self._make_table()
        self._none = EmptyState("search", _("Aucune ligne ne correspond."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.side = DetailSide(presenter)
        self._lay_out()

    def show_preview(self) -> None:
        """Other rows, or other ones left out."""
        step = self._step
        danger = {"refused"}
        tabs = [
            Tab(key, word, number(count), icon="circle-alert" if key in danger else "", danger=key in danger)
            for key, word, count in step.tabs()
        ]
        show_tabs(self.tabs, tabs, step.tab)
        shown = (step.count, step.tab, step.text)
        if shown != self._rows_shown or step.plan is not self._plan_shown:
            self._rows_shown, self._plan_shown = shown, step.plan
            self.table.refresh(step.place)
            announce(self.table, step.found_words())
        else:
            self.table.update_rows()
        if self.filter.edit.text() != step.text:
            self.filter.edit.setText(step.text)
        self._stack.setCurrentWidget(self.table if step.count else self._none)
        taken = step.all_taken()
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: Qt.CheckState.PartiallyChecked}
        self.all.setCheckState(states[taken])
        unsure = self._presenter.columns.unsure_words()
        self._answers.set_words("", unsure)
        self._answers.setVisible(bool(unsure))
        self.side.show_detail()

    def show_row(self, place: int) -> None:
        """Go to a row."""
        if place >= 0:
            self.table.selectRow(place)
            self.table.scrollTo(self.table.currentIndex())

    def show_detail(self) -> None:
        """The chosen row is known in full."""
        self.side.show_detail()

    def fold(self, *, narrow: bool) -> None:
        """Little room, or enough."""
        self.sides.fold(narrow=narrow)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the step is shown."""
        return self.table

    # --- parts ---

    _plan_shown: object = None

    def _lay_out(self) -> None:
        line = Row(gap=3)
        line.addWidget(self.all)
        line.addWidget(self.filter, 1)
        card = Card(margin=0, gap=0)
        card.body.addWidget(self._stack)
        main = QWidget()
        column = Column(main, margin=(5, 2, 5, 4), gap=3)
        column.addWidget(self.tabs)
        column.addWidget(self._answers)
        column.addLayout(line)
        column.addWidget(card, 1)
        self.sides = Sides(main, self.side)
        Column(self).addWidget(self.sides)

    def _make_table(self) -> RowsTable:
        headings = (
            Heading("", 40),
            Heading(_("Ce qui arrive"), 122),
            Heading(_("Fiche"), 280),
            Heading(_("Commune"), 150, spare=True),
            Heading(_("Champs et remarques")),
        )
        model = RowsModel(headings, lambda: self._step.count, self._step.row, _cell)
        table = RowsTable(_("Ce que fait l’import, ligne par ligne"), model, BOX)
        table.went_to.connect(self._step.go_to)
        table.acted.connect(lambda place, _column: self._step.toggle([place]))
        return table


def _cell(row: PreviewRow, column: int) -> Cell:
    if column == BOX:
        if row.ticked is None:
            return {}
        return {Role.CheckStateRole: Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked}
    if column == FATE:
        return {Role.DisplayRole: row.state.words, TableRole.BADGE: badge(row.state)}
    if column == SHEET:
        return {Role.DisplayRole: row.title, TableRole.SHAPE: row.shape, TableRole.STRONG: True}
    return {Role.DisplayRole: row.commune if column == COMMUNE else row.words}
