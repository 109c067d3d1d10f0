"""The columns of an import: what each becomes, how rows are recognised, what the answers mean, the first sheet."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QMenu, QStackedWidget, QStyleOptionViewItem, QWidget

from appli.i18n import _, number
from appli.presenters.import_wizard import ImportWizard
from appli.presenters.import_wizard_columns import ColumnRow, ConsentRow
from ui.pages.import_wizard_side import ColumnsSide, Sides
from ui.pages.import_wizard_table import Cell, Heading, Role, RowsModel, RowsTable, badge, show_tabs
from ui.theme import current
from ui.theme_painting import frame, glyph, keyboard_focus, ring, text
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow
from ui.widgets.table import CellDelegate, TableRole
from ui.widgets.tabs import CountTabs, Tab
from ui.widgets.text import TextLabel, announce, literal

TARGET = 3
MEANING = 2
Index = QModelIndex | QPersistentModelIndex


class MenuDelegate(CellDelegate):
    """A cell drawn as a list to unroll, with an arrow from what stands before it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        self._paint_ground(painter, theme, option)
        side, gap = theme.px("space.4"), theme.px("space.2")
        rect = option.rect.adjusted(gap, theme.px("space.1"), -gap, -theme.px("space.1"))
        arrow = QRect(rect.x(), rect.y(), side, rect.height())
        glyph(painter, theme, "arrow-right", "text_secondary", arrow, side)
        box = rect.adjusted(side + gap, 0, 0, 0)
        frame(painter, theme, box, fill="surface", border="control_border", radius=theme.px("radius.control"))
        left = bool(index.data(Role.UserRole))
        inner = box.adjusted(theme.px("space.3"), 0, -(side + gap + gap), 0)
        font = theme.font("body")
        text(painter, theme, inner, str(index.data() or ""), font=font, role="text_muted" if left else "text")
        chevron = QRect(box.right() - side - gap, box.y(), side, box.height())
        glyph(painter, theme, "chevron-down", "text", chevron, side)
        if keyboard_focus(option):
            ring(painter, theme, box, theme.px("radius.control"))


class ColumnsView(QWidget):
    """Draws `ColumnsStep`."""

    def __init__(self, presenter: ImportWizard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._step = presenter.columns
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Ce que devient chaque ligne"))
        self.kind.activated.connect(lambda place: self._step.set_kind(self.kind.itemData(place)))
        self.key = Button("")
        self._keys = QMenu(self)
        self._keys.aboutToShow.connect(self._fill_keys)
        self.key.setMenu(self._keys)
        self.tabs = CountTabs(_("Colonnes"))
        self.tabs.chosen.connect(self._step.set_tab)
        self.table = self._columns_table()
        self.answers = self._answers_table()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.answers)
        self.side = ColumnsSide(presenter)
        self._lay_out()

    def show_columns(self) -> None:
        """Other choices."""
        step = self._step
        self._fill_kinds()
        words = step.key_words()
        self.key.setText(literal(words))
        self.key.setAccessibleName(_("Reconnu par : {columns}").format(columns=words))
        show_tabs(self.tabs, [Tab(key, word, number(count)) for key, word, count in step.tabs()], step.tab)
        self._stack.setCurrentWidget(self.answers if step.tab == "consents" else self.table)
        self.table.refresh()
        self.answers.refresh()
        self.side.show_strips()

    def show_first(self) -> None:
        """The first sheet is known."""
        self.side.show_first()

    def fold(self, *, narrow: bool) -> None:
        """Little room, or enough."""
        self.sides.fold(narrow=narrow)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the step is shown."""
        return self._stack.currentWidget() or self

    # --- parts ---

    def _lay_out(self) -> None:
        sentence = Flow(gap=2)
        for part in (
            TextLabel(_("Chaque ligne devient")),
            self.kind,
            TextLabel(_("et se reconnaît d’une fois sur l’autre par")),
            self.key,
            self.tabs,
        ):
            sentence.addWidget(part)
        card = Card(margin=0, gap=0)
        card.body.addWidget(self._stack)
        main = QWidget()
        column = Column(main, margin=(5, 3, 5, 4), gap=3)
        column.addLayout(sentence)
        column.addWidget(card, 1)
        self.sides = Sides(main, self.side)
        Column(self).addWidget(self.sides)

    def _columns_table(self) -> RowsTable:
        headings = (
            Heading(_("Colonne du fichier"), 140),
            Heading(_("Remplie"), 128, spare=True),
            Heading(_("Exemples"), spare=True),
            Heading(_("Devient"), 250),
            Heading(_("État"), 172),
        )
        model = RowsModel(headings, lambda: len(self._step.rows()), self._row, _column_cell)
        table = RowsTable(_("Colonnes du fichier"), model, TARGET)
        table.setItemDelegateForColumn(TARGET, MenuDelegate(table))
        table.acted.connect(self._choose_target)
        return table

    def _answers_table(self) -> RowsTable:
        headings = (
            Heading(_("Écrit dans la liste"), 220),
            Heading(_("Fois"), 60),
            Heading(_("Compris comme")),
            Heading(_("État"), 130),
        )
        model = RowsModel(headings, lambda: len(self._step.consents()), self._answer, _answer_cell)
        table = RowsTable(_("Accords lus dans les mots"), model, MEANING)
        table.setItemDelegateForColumn(MEANING, MenuDelegate(table))
        table.acted.connect(self._choose_meaning)
        return table

    def _row(self, place: int) -> ColumnRow | None:
        rows = self._step.rows()
        return rows[place] if place < len(rows) else None

    def _answer(self, place: int) -> ConsentRow | None:
        rows = self._step.consents()
        return rows[place] if place < len(rows) else None

    def _fill_kinds(self) -> None:
        if not self.kind.count():
            for code, word in self._step.kinds():
                self.kind.addItem(current().kind_icon(self._step.shape_of(code)), word, code)
        self.kind.setCurrentIndex(self.kind.findData(self._step.mapping.kind))

    def _fill_keys(self) -> None:
        self._keys.clear()
        choices = self._step.key_choices()
        for alone, title in ((True, _("Un identifiant")), (False, _("Ou ensemble"))):
            some = [c for c in choices if c.alone is alone]
            if some:
                self._keys.addSection(title)
            for choice in some:
                action = self._keys.addAction(literal(choice.words))
                action.setCheckable(True)
                action.setChecked(choice.chosen)
                action.triggered.connect(lambda _on=False, c=choice.column: self._step.choose_key(c))

    def _choose_target(self, place: int, column: int) -> None:
        row = self._row(place)
        if row is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName(_("Ce que devient {column}").format(column=row.name))
        self._add(menu, _("Ne pas importer"), not row.target, lambda: self._set_target(row.name, ""))
        menu.addSeparator()
        for group, some in self._step.menu():
            inside = menu.addMenu(literal(group))
            for code, word in some:
                self._add(inside, word, code == row.target, lambda c=code: self._set_target(row.name, c))
        self._pop_up(menu, self.table, place, column)

    def _set_target(self, column: str, target: str) -> None:
        self._step.set_target(column, target)
        found = next((r for r in self._step.rows() if r.name == column), None)
        if found is not None:
            announce(self.table, found.spoken)

    def _choose_meaning(self, place: int, column: int) -> None:
        row = self._answer(place)
        if row is None:
            return
        menu = QMenu(self)
        if row.state.code == "chosen":
            self._add(menu, _("Relire les mots"), False, lambda: self._step.set_meaning(row.words, None))
            menu.addSeparator()
        for meaning, words in self._step.meanings():
            self._add(menu, words, words == row.meaning, lambda m=meaning: self._step.set_meaning(row.words, m))
        self._pop_up(menu, self.answers, place, column)

    def _add(self, menu: QMenu, words: str, chosen: bool, take) -> None:
        action = menu.addAction(literal(words))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _on=False: take())

    def _pop_up(self, menu: QMenu, table: RowsTable, place: int, column: int) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cell = table.visualRect(table.model().index(place, column))
        side = current().px("space.4") + 2 * current().px("space.2")
        menu.popup(table.viewport().mapToGlobal(cell.bottomLeft() + QPoint(side, 0)))


def _column_cell(row: ColumnRow, column: int) -> Cell:
    if column == 0:
        return {Role.DisplayRole: row.name, TableRole.STRONG: True}
    if column == 1:
        return {TableRole.FILL: row.share}
    if column == 2:
        return {Role.DisplayRole: row.samples}
    if column == TARGET:
        return {Role.DisplayRole: row.target_words, Role.UserRole: not row.target}
    return {Role.DisplayRole: row.state.words, TableRole.BADGE: badge(row.state)}


def _answer_cell(row: ConsentRow, column: int) -> Cell:
    if column == 0:
        return {Role.DisplayRole: row.words, TableRole.STRONG: True}
    if column == 1:
        return {Role.DisplayRole: number(row.count), TableRole.NUMBER: True}
    if column == MEANING:
        return {Role.DisplayRole: row.meaning}
    return {Role.DisplayRole: row.state.words, TableRole.BADGE: badge(row.state)}
