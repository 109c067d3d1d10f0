"""The list of the directory: its head (how many, for what, in which order) and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.annuaire import Annuaire
from ui.adapters.paged_model import PagedModel
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import ground
from ui.widgets.layout import Row
from ui.widgets.record_list import Index, RecordList, RecordRole
from ui.widgets.text import TextLabel, announce

if TYPE_CHECKING:
    from appli.presenters.empty_results import Empty
    from ui.widgets.empty_state import EmptyState


class ListHead(QFrame):
    """« 17 fiches pour « bois » », the order, and « Affiner » once the filters are folded away."""

    refine_wanted = Signal()
    move_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, presenter: Annuaire, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        ground(self, "surface")
        self._presenter = presenter
        self._chosen = 0
        self._folded = False
        self._count = TextLabel("", letters="name")
        self._about = TextLabel("", letters="small", ink="secondary", elide=True)
        self.refine_button = Button(_("Affiner"), icon="sliders-horizontal", small=True)
        self.order_button = Button("", "quiet", small=True)
        self.order_menu = QMenu(self)
        self.order_menu.aboutToShow.connect(self._fill_orders)
        self.order_button.setMenu(self.order_menu)
        row = Row(self, margin=(4, 2, 2, 2), gap=2)
        row.addWidget(self._count)
        row.addWidget(self._about, 1)
        self.move_button = Button("", icon="trash-2", small=True)
        self.move_button.hide()
        self.more_button = IconButton("ellipsis", _("Autres actions sur la liste"), "plain", small=True)
        self.more_button.setMenu(self._more_menu())
        row.add(self.refine_button, self.order_button, self.move_button, self.more_button)
        self.move_button.clicked.connect(self.move_wanted)
        self.refine_button.clicked.connect(self.refine_wanted)
        self.show_results()

    def show_chosen(self, count: int) -> None:
        """Several rows are chosen: say how many, and what may be done with all of them."""
        several = count > 1
        self._chosen = count
        for widget in (self._about, self.order_button):
            widget.setVisible(not several)
        self.refine_button.setVisible(self._folded and not several)
        self.move_button.setVisible(several)
        in_trash = self._presenter.in_trash
        self.move_button.setText(_("Remettre dans l’annuaire") if in_trash else _("Mettre à la corbeille"))
        self.show_results()

    def show_results(self) -> None:
        """Other figures, another order."""
        if self._chosen > 1:
            self._count.setText(self._presenter.chosen_words(self._chosen))
            return
        self._count.setText(self._presenter.list.count_words())
        self._about.setText(self._presenter.list.about_words())
        words = self._presenter.order_words()
        self.order_button.setText(words)
        self.order_button.setAccessibleName(_("Ordre : {order}").format(order=words))

    def set_folded(self, folded: bool) -> None:
        """The filters are behind a button, or beside the list."""
        self._folded = folded
        self.refine_button.setVisible(folded and self._chosen < 2)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("Exporter la liste…")).triggered.connect(self.export_wanted)
        if self._presenter.can_print:
            menu.addAction(_("Imprimer la liste…")).triggered.connect(self._presenter.print)
        if self._presenter.chores():
            menu.addSeparator()
        for page, words in self._presenter.chores():
            menu.addAction(words).triggered.connect(lambda _on=False, page=page: self._presenter.go_to_page(page))
        return menu

    def _fill_orders(self) -> None:
        self.order_menu.clear()
        for order, words in self._presenter.orders():
            action = self.order_menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(words == self._presenter.order_words())
            action.triggered.connect(lambda _on=False, order=order: self._presenter.set_order(order))


class DirectoryList(RecordList):
    """`went_to` tells the row one is on, and whether one chose it by hand or passes by with the arrows."""

    went_to = Signal(int, bool)
    trash_wanted = Signal()
    chosen_changed = Signal(int)
    badge_pressed = Signal(int)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on « 2 valeurs » goes and settles them."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(RecordRole.ROW) if index.isValid() else None
        if row is None or not row.siblings or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.rows.badge_place(self.visualRect(index), row).contains(event.position().toPoint()):
            self.badge_pressed.emit(index.row())

    def show_current(self, row: int, *, roll: bool) -> None:
        """Mark a row without telling it."""
        if row == self.currentIndex().row():
            return
        model = self.selectionModel()
        model.blockSignals(True)
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        flag = QItemSelectionModel.SelectionFlag
        model.select(index, flag.ClearAndSelect)
        model.blockSignals(False)
        if row >= 0 and roll:
            self.scrollTo(index)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self.selectionModel().signalsBlocked():
            pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
            self.went_to.emit(current.row(), pressed)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit(len(self.selectedIndexes()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.selectedIndexes():
            self.trash_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ListPane(QWidget):
    """Head and rows, or why there are none: the view of `RecordList` and of `EmptyResults`."""

    def __init__(self, presenter: Annuaire, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "surface")
        self._presenter = presenter
        self._empty: QWidget | None = None
        self.head = ListHead(presenter)
        self.rows = DirectoryList(_("Fiches"))
        self.model = PagedModel(presenter.list, self)
        self.rows.setModel(self.model)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        presenter.list.view = self
        self.rows.chosen_changed.connect(self.head.show_chosen)
        self.head.move_wanted.connect(lambda: presenter.move(self.chosen_ids()))

    def chosen_ids(self) -> list[bytes]:
        """The records chosen, in the order of the list."""
        return self._presenter.list.ids_at([index.row() for index in self.rows.selectedIndexes()])

    def rows_replaced(self, *, stay: bool) -> None:
        bar = self.rows.verticalScrollBar()
        place = bar.value() if stay else 0
        self.model.rows_replaced()
        self.head.show_chosen(0)
        bar.setValue(place)

    def rows_added(self, first: int, last: int) -> None:
        self.model.rows_added(first, last)

    def rows_changed(self) -> None:
        self.model.rows_changed()

    def show_current(self, row: int, *, roll: bool) -> None:
        self.rows.show_current(row, roll=roll)

    def results_shown(self) -> None:
        self.head.show_results()
        self._presenter.results_shown()
        announce(self.rows, self._presenter.list.count_words())

    def show_empty(self, empty: Empty | None) -> None:
        former = self._empty
        self._empty = empty_state(empty) if empty is not None else None
        if self._empty is not None:
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty or self.rows)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()


def empty_state(empty: Empty) -> EmptyState:
    """An empty list in words, with its ways out."""
    from ui.widgets.empty_state import EmptyState

    state = EmptyState(empty.icon, empty.title, empty.words)
    for way in empty.ways:
        button = state.add_deed(way.words, "primary" if way.primary else "ordinary")
        button.clicked.connect(lambda _on=False, take=way.take: take())
    return state
