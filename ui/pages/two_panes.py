"""A page of choices: what waits in a list at the left, one of them at the right; narrow, one over the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.shell import Shell
from ui.adapters.paged_model import PagedModel, Rows
from ui.pages.folding import LIST, SHEET, SINGLE
from ui.pages.list_pane import DirectoryList
from ui.pages.page import Page
from ui.remembering import RememberedSplitter
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column, Row
from ui.widgets.record_list import RecordDelegate
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel

WIDTHS = {LIST: ("pane.list_min", "pane.map_list", "pane.list"), SHEET: ("pane.sheet_min", "", "")}


class ChoiceList(DirectoryList):
    """One row at a time; letters and the arrows to the sides are left to the page."""

    def __init__(self, name: str, parent: QWidget | None = None, *, rows: RecordDelegate | None = None) -> None:
        super().__init__(name, parent)
        if rows is not None:
            self.rows = rows
            self.setItemDelegate(rows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sideways = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete}
        if sideways or event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)


class TwoPanes(Page):
    """The list with its title and foot, and a pane that rolls; `show_body` fills it. `went_to` tells the row chosen."""

    went_to = Signal(int)
    back_wanted = Signal()

    def __init__(
        self,
        shell: Shell,
        key: str,
        title: str,
        presenter: Rows,
        rows: ChoiceList,
        parent: QWidget | None = None,
        *,
        widths: dict[str, tuple[str, str, str]] = WIDTHS,
    ) -> None:
        super().__init__(shell, parent)
        self._reading = False
        self._shown: tuple[frozenset[str], float] = (frozenset(), 0.0)
        self.rows = rows
        self.model = PagedModel(presenter, self)
        rows.setModel(self.model)
        self.back_button = Button(_("Retour"), "quiet", icon="arrow-left", small=True)
        self.back_button.setProperty("flush", True)
        self.title = TextLabel(title, letters="page_title", wrap=True)
        self.lead = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.foot_pane = QFrame()
        self.foot_pane.setProperty("edge", "top")
        self.foot = Column(self.foot_pane, margin=(4, 2, 4, 2), gap=2)
        self.list_button = Button(_("Retour à la liste"), "quiet", icon="arrow-left", small=True)
        self.list_button.setProperty("flush", True)
        self._area = Scrolled()
        self.split = RememberedSplitter(key, widths)
        self.split.addWidget(self._left())
        self.split.addWidget(self._right())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        rows.went_to.connect(lambda row, by_hand: self._chose(row, by_hand=by_hand))
        rows.activated.connect(lambda index: self._chose(index.row(), by_hand=True))
        self.back_button.clicked.connect(self.back_wanted)
        self.list_button.clicked.connect(self.to_list)
        current().changed.connect(self._fold)

    def panes(self) -> Sequence[QWidget]:
        return (self.rows, self._area)

    def close_down(self) -> None:
        self.split.write()

    # --- what pages call ---

    def rows_replaced(self) -> None:
        """Other rows."""
        self.model.rows_replaced()

    def show_current(self, place: int) -> None:
        """Mark a row, -1 for none."""
        self.rows.show_current(place, roll=True)

    def show_body(self, body: QWidget, *, stay: bool = False) -> None:
        """Something else at the right; `stay` where one was reading."""
        bar = self._area.verticalScrollBar()
        place = bar.value() if stay else 0
        former = self._area.takeWidget()  # deleted later: what was pressed may be in it
        self._area.setWidget(body)
        body.show()
        if former is not None:
            former.hide()
            former.deleteLater()
        bar.setValue(place)

    def read(self) -> None:
        """In a narrow window: what is chosen takes the place of the list."""
        self._reading = True
        self._fold()

    def to_list(self) -> None:
        """In a narrow window: the list again."""
        self._reading = False
        self._fold()
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def is_single(self) -> bool:
        """Whether there is room for one pane only."""
        return self.room() < SINGLE

    # --- parts ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: from the choice to the list, from the list to the page one came from."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_single and self._reading:
            self.to_list()
        else:
            self.back_wanted.emit()

    def _chose(self, row: int, *, by_hand: bool) -> None:
        self.went_to.emit(row)
        if by_hand:
            self.read()

    def _fold(self) -> None:
        single = self.is_single
        panes = frozenset((SHEET if self._reading else LIST,)) if single else frozenset((LIST, SHEET))
        if (panes, current().scale) != self._shown:
            self._shown = (panes, current().scale)
            self.split.fit(panes, single=single)
        self.rows.set_drill(single)
        self.list_button.setVisible(single)

    def _left(self) -> QWidget:
        pane = QFrame()
        ground(pane, "surface")
        column = Column(pane, gap=0)
        head = QFrame()
        head.setProperty("edge", "bottom")
        lines = Column(head, margin=(4, 3, 4, 3), gap=1)
        lines.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        lines.add(self.title, self.lead)
        column.addWidget(head)
        column.addWidget(self.rows, 1)
        column.addWidget(self.foot_pane)
        return pane

    def _right(self) -> QWidget:
        pane = QWidget()
        column = Column(pane, gap=0)
        line = Row(margin=(5, 2, 5, 0))
        line.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch()
        column.addLayout(line)
        column.addWidget(self._area, 1)
        return pane
