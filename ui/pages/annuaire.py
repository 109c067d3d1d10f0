"""The directory: filters, list and sheet side by side; on a small screen or with large text, one over the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from appli.presenters.annuaire import Annuaire
from appli.presenters.shell import FORM, MAP, Request, Shell
from ui.pages.folding import FACETS, LIST, NARROW, SHEET, SINGLE, shown_panes
from ui.pages.list_pane import ListPane
from ui.pages.page import Deeds, Page
from ui.pages.registry import MINI_MAP
from ui.pages.sheet_view import MiniMap, SheetView
from ui.panes import first_stop
from ui.remembering import RememberedSplitter
from ui.theme import current
from ui.widgets.card import ground
from ui.widgets.facets import FacetGroup, FacetOption, FacetPanel

if TYPE_CHECKING:
    from appli.presenters.facets import Group
    from appli.presenters.sheet_page import SheetPage

WIDTHS = {
    FACETS: ("size.rail", "pane.facets", "pane.list_min"),
    LIST: ("pane.list_min", "pane.list", ""),
    SHEET: ("pane.sheet_min", "", ""),
}


def build(shell: Shell) -> Page:
    """The page of the table."""
    return AnnuairePage(shell)


class AnnuairePage(Page):
    """Draws; `Annuaire` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Annuaire(shell)
        self._refining = self._reading = False
        self._shown: tuple[frozenset[str], float] = (frozenset(), 0.0)
        self.list_pane = ListPane(self.presenter)
        self.rows = self.list_pane.rows
        self.facets = FacetPanel()
        ground(self.facets, "page")
        self.sheet = SheetView(self.presenter.sheet, _mini_map(shell))
        self.split = RememberedSplitter("annuaire", WIDTHS)
        for pane in (self.facets, self.list_pane, self.sheet):
            self.split.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        self._connect()
        self.presenter.start()

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)
        self.presenter.results_shown()
        if request.record is not None:
            self._read()
        self._fold()

    def leave(self) -> None:
        self.presenter.leave()

    def panes(self) -> Sequence[QWidget]:
        return (self.facets, self.rows, self.sheet)

    def deeds(self) -> Deeds:
        sheet = self.presenter.sheet
        found: dict[str, Callable[[], None]] = {
            "list": partial(self.rows.setFocus, Qt.FocusReason.TabFocusReason),
            "first": self._open_first,
            "refine": self._refine,
            "export": self._export,
            "back": sheet.back,
            "forward": sheet.forward,
        }
        if self.shell.has_page(FORM):
            found["edit"] = sheet.edit
        if self.presenter.can_print:
            found["print"] = self.presenter.print
        if self.shell.has_page(MAP):
            found["center-map"] = self._show_on_map
        return found

    def close_down(self) -> None:
        self.split.write()
        self.presenter.close()

    def _export(self) -> None:
        from ui.dialogs.export_list import ExportListDialog

        dialog = ExportListDialog(self.presenter.exporting(), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # --- the filters ---

    def show_groups(self, groups: list[Group]) -> None:
        """Draw what the presenter of the filters says."""
        self.facets.set_groups([_drawn(group) for group in groups])

    # --- parts ---

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.facets.view = self
        presenter.empty.view = self.list_pane
        current().changed.connect(self._fold)
        self.facets.toggled.connect(presenter.facets.toggle)
        self.facets.more_wanted.connect(presenter.facets.unfold)
        self.facets.cleared.connect(presenter.facets.clear)
        self.rows.went_to.connect(self._go_to)
        self.rows.activated.connect(self._open)
        self.rows.trash_wanted.connect(self._trash)
        self.rows.badge_pressed.connect(presenter.settle)
        self.list_pane.head.refine_wanted.connect(self._refine)
        self.list_pane.head.export_wanted.connect(self._export)
        self.sheet.back_wanted.connect(self._to_list)
        self.sheet.trash_wanted.connect(presenter.trash)
        self.sheet.restore_wanted.connect(presenter.restore)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes back one pane: from the filters or the sheet to the list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._refining:
            self._refine()
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._to_list()

    def _fold(self) -> None:
        room = self.room()
        shown = shown_panes(room, refining=self._refining, reading=self._reading)
        single = len(shown) == 1
        if (shown, current().scale) != self._shown:
            self._shown = (shown, current().scale)
            self.split.fit(shown, single=single)
        self.rows.set_drill(room < SINGLE)
        self.list_pane.head.set_folded(room < NARROW)
        self.sheet.head.list_button.setVisible(single)
        self.presenter.list.choose_by_itself(room >= SINGLE)

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
            self.rows.show_current(0, roll=True)
            self._read()

    def _show_on_map(self) -> None:
        page = self.presenter.sheet.page
        if page is not None:
            self.shell.go(MAP, Request(record=page.id))

    def _trash(self) -> None:
        if not self.presenter.in_trash:
            self.presenter.trash(self.list_pane.chosen_ids())


def _drawn(group: Group) -> FacetGroup:
    options = tuple(FacetOption(o.key, o.word, o.count, o.on, o.shape) for o in group.options)
    return FacetGroup(group.key, group.title, options, group.more)


def _mini_map(shell: Shell) -> MiniMap | None:
    """The small map, when this version has one."""
    if not MINI_MAP:
        return None

    def make(parent: QWidget, page: SheetPage) -> QWidget | None:
        module, _colon, function = MINI_MAP.partition(":")
        try:
            build = getattr(import_module(module), function)
        except ImportError:  # a system without the web engine does everything else
            return None
        if page.position is None:
            return None
        widget: QWidget = build(shell, parent, *page.position, page.id)
        return widget

    return make
