"""The file of an import: what it is, how it is read, its first rows to see whether that is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QStackedWidget, QWidget

from appli.i18n import _, number
from appli.presenters.import_wizard import ImportWizard
from appli.presenters.import_wizard_file import FileStep, Option
from ui.pages.import_wizard_side import Rolling, stacked
from ui.pages.import_wizard_table import Cell, Heading, Role, RowsModel, RowsTable
from ui.pages.imports_journal import JournalView
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row, space
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel

COLUMN = 170
"""How wide a column of the preview is."""


class Choice(FieldRow):
    """A menu with its label, hidden when there is nothing to choose."""

    def __init__(self, label: str, choose: Callable[[str], None], parent: QWidget | None = None) -> None:
        self.menu = QComboBox()
        super().__init__(label, self.menu, parent=parent)
        self.menu.activated.connect(lambda place: choose(self.menu.itemData(place)))

    def set_options(self, options: Sequence[Option], chosen: str) -> None:
        """What may be chosen, and what is."""
        self.menu.clear()
        for option in options:
            self.menu.addItem(option.words, option.key)
        self.menu.setCurrentIndex(max(0, self.menu.findData(chosen)))
        self.setVisible(len(options) > 1)


class FileView(QWidget):
    """`file_wanted` asks for a file. Before there is one, the imports made so far stand here."""

    file_wanted = Signal()

    def __init__(self, presenter: ImportWizard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        step = presenter.file
        self._trouble = Column(margin=(5, 0, 5, 0), gap=2)
        self._journal = Column(gap=2)
        self._source = QLineEdit()
        self._source.textEdited.connect(step.set_source)
        self._choices = (
            (Choice(_("Feuille"), step.set_sheet), FileStep.sheets, lambda: step.sheet),
            (Choice(_("Accents"), step.set_encoding), FileStep.encodings, lambda: step.encoding),
            (Choice(_("Entre deux cases"), step.set_separator), FileStep.separators, lambda: step.separator),
            (Choice(_("Titres des colonnes"), step.set_header), FileStep.headers, lambda: step.header),
        )
        self._oddities = TextLabel("", letters="small", ink="secondary", wrap=True)
        self._model = RowsModel((), lambda: step.rows_shown, lambda place: place, self._cell)
        self.table = RowsTable(_("Premières lignes"), self._model)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.setCornerWidget(QWidget())
        self._stack = QStackedWidget()
        self._rolling = Rolling(self._something())
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._rolling)
        column = Column(self, gap=0)
        column.addLayout(self._trouble)
        column.addWidget(self._stack, 1)

    def show_file(self) -> None:
        """A file was read, otherwise, or refused."""
        step = self._presenter.file
        problem = step.problem
        self._show_trouble(problem.message, problem.hint) if problem else self._show_trouble("", "")
        self._stack.setCurrentIndex(0 if step.table is None else 1)
        if step.table is None:
            return
        for choice, options, chosen in self._choices:
            choice.set_options(options(step), chosen())
        if self._source.text() != step.source:
            self._source.setText(step.source)
        completer = QCompleter(list(step.sources), self._source)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._source.setCompleter(completer)
        odd = step.oddities()
        self._oddities.setText("\n".join(odd))
        self._oddities.setVisible(bool(odd))
        self._model.set_headings([Heading(_("Ligne"), 60), *(Heading(t, COLUMN) for t in step.titles())])
        self.table.refresh()

    def take_journal(self, journal: JournalView) -> None:
        """The journal comes here: there is one, shown here or at the end."""
        self._journal.addWidget(journal)
        journal.setVisible(bool(self._presenter.journal.lines))

    def fold(self, *, narrow: bool) -> None:
        """Little room, or enough."""
        self._rolling.fold(narrow=narrow)
        self._ways.setDirection(stacked(narrow))

    def first_stop(self) -> QWidget:
        """Where the focus goes when the step is shown."""
        return self.table

    # --- parts ---

    def _nothing(self) -> QWidget:
        empty = EmptyState(
            "file-spreadsheet",
            _("Déposez une liste ici, ou choisissez un fichier."),
            _("Maillage propose ce que devient chaque colonne, puis montre tout avant de changer l’annuaire."),
        )
        page = QWidget()
        column = Column(page, margin=(5, 4, 5, 4), gap=3)
        column.addWidget(empty, 1)
        column.addLayout(self._journal, 1)
        return page

    def _something(self) -> QWidget:
        page = QWidget()
        column = Column(page, margin=(5, 3, 5, 4), gap=3)
        self._ways = Row(gap=3)
        name = FieldRow(_("Nom de cette liste, d’une fois sur l’autre"), self._source)
        self._ways.addWidget(name, 1, Qt.AlignmentFlag.AlignTop)
        for choice, *_rest in self._choices:
            self._ways.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._ways)
        head = Row(gap=2)
        head.addWidget(TextLabel(_("Premières lignes"), letters="name"), 1)
        other = Button(_("Autre fichier…"), icon="folder-open", small=True)
        other.clicked.connect(self.file_wanted)
        head.addWidget(other)
        column.addLayout(head)
        column.addWidget(self._oddities)
        card = Card(margin=0, gap=0)
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        return page

    def _cell(self, place: int, column: int) -> Cell:
        step = self._presenter.file
        if column == 0:
            return {Role.DisplayRole: number(step.line(place))}
        return {Role.DisplayRole: step.cell(place, column - 1)}

    def _show_trouble(self, message: str, hint: str) -> None:
        while self._trouble.count():
            item = self._trouble.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().deleteLater()
        if message:
            strip = NoticeStrip("danger", message, hint, stacked=True)
            strip.add_deed(_("Choisir un autre fichier…")).clicked.connect(self.file_wanted)
            self._trouble.addSpacing(space(4))
            self._trouble.addWidget(strip)
