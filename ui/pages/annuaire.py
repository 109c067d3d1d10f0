"""The directory: filters, list and sheet side by side; on a small screen or with large text, one over the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.annuaire import Annuaire
from appli.presenters.empty_results import Empty
from appli.presenters.facets import Group
from appli.presenters.shell import Request, Shell
from ui.adapters.paged_model import PagedModel
from ui.pages.list_pane import DirectoryList, ListHead, empty_state
from ui.pages.page import NARROW, Deeds, Page
from ui.pages.registry import MINI_MAP
from ui.pages.sheet_view import MiniMap, SheetView
from ui.panes import first_stop
from ui.remembering import RememberedSplitter
from ui.theme import current
from ui.widgets.card import ground
from ui.widgets.facets import FacetGroup, FacetOption, FacetPanel
from ui.widgets.text import announce

SINGLE = 860
"""Below this many pixels at 100 % of a window, one pane at a time."""
FACETS, LIST, SHEET = "facets", "list", "sheet"
WIDTHS = {
    FACETS: ("size.rail", "pane.facets", "pane.list_min"),
    LIST: ("pane.list_min", "pane.list", ""),
    SHEET: ("pane.sheet_min", "", ""),
}


def build(shell: Shell) -> Page:
    """The page of the table."""
    return AnnuairePage(shell)


def shown_panes(room: float, *, refining: bool, reading: bool) -> frozenset[str]:
    """Which panes stand beside each other in a window `room` pixels wide at 100 %."""
    if room >= NARROW:
        return frozenset((FACETS, LIST, SHEET))
    if room >= SINGLE:
        return frozenset((FACETS, LIST)) if refining else frozenset((LIST, SHEET))
    if refining:
        return frozenset((FACETS,))
    return frozenset((SHEET,)) if reading else frozenset((LIST,))


class AnnuairePage(Page):
    """Draws; `Annuaire` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Annuaire(shell)
        self._refining = self._reading = False
        self._empty: QWidget | None = None
        self._shown: tuple[frozenset[str], float] = (frozenset(), 0.0)
        self.facets = FacetPanel()
        ground(self.facets, "page")
        self.head = ListHead(self.presenter)
        self.rows = DirectoryList(_("Fiches"))
        self.model = PagedModel(self.presenter.list, self)
        self.rows.setModel(self.model)
        self.sheet = SheetView(self.presenter.sheet, _mini_map(shell))
        self.split = RememberedSplitter("annuaire", WIDTHS)
        self._lay_out()
        self._connect()
        self.presenter.start()
        self.presenter.facets.ask(shell.search.query)

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)
        self.presenter.results_shown()
        if request.record is not None:
            self._read()
        self._fold()

    def panes(self) -> Sequence[QWidget]:
        return (self.facets, self.rows, self.sheet)

    def deeds(self) -> Deeds:
        sheet = self.presenter.sheet
        found: dict[str, Callable[[], None]] = {
            "list": partial(self.rows.setFocus, Qt.FocusReason.TabFocusReason),
            "first": self._open_first,
            "refine": self._refine,
            "back": sheet.back,
            "forward": sheet.forward,
        }
        if self.shell.has_page("fiche"):
            found["edit"] = sheet.edit
        return found

    def close_down(self) -> None:
        self.split.keep()
        self.presenter.close()

    # --- views of the presenters ---

    def rows_replaced(self, *, stay: bool) -> None:
        bar = self.rows.verticalScrollBar()
        place = bar.value() if stay else 0
        self.model.rows_replaced()
        bar.setValue(place)

    def rows_added(self, first: int, last: int) -> None:
        self.model.rows_added(first, last)

    def rows_changed(self) -> None:
        self.model.rows_changed()

    def show_current(self, row: int) -> None:
        self.rows.show_current(row)

    def results_shown(self) -> None:
        self.head.show_results()
        self.presenter.results_shown()
        announce(self.rows, self.presenter.list.count_words())

    def show_groups(self, groups: list[Group]) -> None:
        self.facets.set_groups(
            [
                FacetGroup(
                    g.key, g.title, tuple(FacetOption(o.key, o.word, o.count, o.on, o.shape) for o in g.options), g.more
                )
                for g in groups
            ]
        )

    def show_empty(self, empty: Empty | None) -> None:
        former = self._empty
        self._empty = None
        if empty is not None:
            self._empty = empty_state(empty)
            self._list_stack.addWidget(self._empty)
        self._list_stack.setCurrentWidget(self._empty or self.rows)
        if former is not None:
            self._list_stack.removeWidget(former)
            former.deleteLater()

    # --- parts ---

    def _lay_out(self) -> None:
        self._list_stack = QStackedWidget()
        self._list_stack.addWidget(self.rows)
        self.list_pane = QWidget()
        ground(self.list_pane, "surface")
        column = QVBoxLayout(self.list_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._list_stack, 1)
        for pane in (self.facets, self.list_pane, self.sheet):
            self.split.addWidget(pane)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        current().changed.connect(self._fold)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.list.view = self
        presenter.facets.view = self
        presenter.empty.view = self
        self.facets.toggled.connect(presenter.facets.toggle)
        self.facets.more_wanted.connect(presenter.facets.unfold)
        self.facets.cleared.connect(presenter.facets.clear)
        self.rows.went_to.connect(self._go_to)
        self.rows.activated.connect(self._open)
        self.rows.trash_wanted.connect(self._trash)
        self.head.refine_wanted.connect(self._refine)
        self.sheet.back_wanted.connect(self._to_list)
        self.sheet.trash_wanted.connect(presenter.trash)
        self.sheet.restore_wanted.connect(presenter.restore)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.room()
        shown = shown_panes(room, refining=self._refining, reading=self._reading)
        single = len(shown) == 1
        if (shown, current().scale) != self._shown:
            self._shown = (shown, current().scale)
            self.split.fit(shown, single=single)
        self.rows.set_drill(room < SINGLE)
        self.head.set_folded(room < NARROW)
        self.sheet.head.list_button.setVisible(single)
        self.presenter.list.chooses = room >= SINGLE

    def _refine(self) -> None:
        self._refining = not self._refining
        self._fold()
        if self._refining or self.room() >= NARROW:
            stop = first_stop(self.facets)
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _read(self) -> None:
        self._reading, self._refining = True, False
        self._fold()

    def _to_list(self) -> None:
        self._reading = False
        self._fold()
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to(self, place: int, by_hand: bool) -> None:
        self.presenter.go_to(place, step=by_hand)
        if by_hand:
            self._read()

    def _open(self) -> None:
        self.presenter.go_to(self.rows.currentIndex().row(), step=True)
        self._read()

    def _open_first(self) -> None:
        if self.presenter.list.count:
            self.presenter.go_to(0, step=True)
            self.rows.show_current(0)
            self._read()

    def _trash(self) -> None:
        ids = self.presenter.list.ids_at([i.row() for i in self.rows.selectedIndexes()])
        if not self.presenter.in_trash:
            self.presenter.trash(ids)


def _mini_map(shell: Shell) -> MiniMap | None:
    """The small map, when this version has one."""
    if not MINI_MAP:
        return None

    def make(parent: QWidget, latitude: float, longitude: float, precision: str) -> QWidget:
        module, _colon, function = MINI_MAP.partition(":")
        widget: QWidget = getattr(import_module(module), function)(shell, parent, latitude, longitude, precision)
        return widget

    return make
