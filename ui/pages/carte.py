"""The map's page: the column of what is found beside the map of it; on a small screen or with large text, one or the
other. Without a web engine the column does all by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.export_map import ExportMap
from appli.presenters.facets import Option
from appli.presenters.map_engine import MapEngine
from appli.presenters.map_page import MapPage, Territory
from appli.presenters.map_pointing import Start
from appli.presenters.map_search import Bounds
from appli.presenters.shell import MAPS, SETTINGS, Request, Shell
from appli.presenters.to_locate import Place
from ui.adapters.paged_model import PagedModel
from ui.pages.carte_column import MapColumn
from ui.pages.carte_map import MapPane
from ui.pages.carte_picture import PicturesOfMap
from ui.pages.folding import SINGLE
from ui.pages.page import Deeds, Page
from ui.remembering import RememberedSplitter
from ui.theme import current
from ui.widgets.card import ground
from ui.widgets.layout import Row
from ui.widgets.switches import Segment, Segmented
from ui.widgets.text import announce

LIST, MAP = "list", "map"
WIDTHS = {LIST: ("pane.list_min", "pane.map_list", "pane.list"), MAP: ("", "", "")}


def build(shell: Shell) -> Page:
    """The page of the table."""
    return CartePage(shell)


class CartePage(Page):
    """Draws; `MapPage` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = MapPage(shell)
        self._mapped = True
        self._shown: tuple[frozenset[str], float] = (frozenset(), 0.0)
        self.model = PagedModel(self.presenter.list, self)
        self.column = MapColumn(self.model, self.presenter.layers)
        self.map = MapPane(self.presenter.source, MapEngine(shell))
        self.choice = Segmented(_("Liste ou carte"), [Segment(LIST, _("Liste")), Segment(MAP, _("Carte"))])
        self.split = RememberedSplitter("carte", WIDTHS)
        self._pictures = PicturesOfMap(shell, self.presenter, self)
        self._lay_out()
        self._connect()
        self.presenter.start(self)
        self.show_centre("", self.presenter.search.km)

    # --- Page ---

    def enter(self, request: Request) -> None:
        if request.record is not None:
            self._show_map()
        self.presenter.enter(request)
        self._fold()
        self.map.prepare()

    def leave(self) -> None:
        self.presenter.leave()

    def panes(self) -> Sequence[QWidget]:
        return (self.column, self.map)

    def deeds(self) -> Deeds:
        return {
            "list": self._to_list,
            "first": self._open_first,
            "center-map": self._centre,
            "export": self._export,
        }

    def close_down(self) -> None:
        self.split.write()
        self.presenter.close()

    # --- what the presenter asks ---

    def rows_replaced(self, *, stay: bool) -> None:
        bar = self.column.rows.verticalScrollBar()
        place = bar.value() if stay else 0
        self.model.rows_replaced()
        bar.setValue(place)

    def rows_changed(self) -> None:
        self.model.rows_changed()

    def show_current(self, row: int, *, roll: bool) -> None:
        self.column.rows.show_current(row, roll=roll)

    def results_shown(self) -> None:
        presenter = self.presenter
        self.column.show_count(presenter.count_words(), presenter.about_words())
        self.column.show_empty(presenter.why_empty())
        self.column.set_following(presenter.following)
        presenter.results_shown()
        announce(self.column.rows, presenter.spoken_words())

    def show_kinds(self, kinds: list[Option]) -> None:
        self.map.chips.show_kinds(kinds)
        self.map.place_chips()

    def show_filters(self, filters: list[Option]) -> None:
        self.column.show_filters(filters)

    def show_centre(self, name: str, km: int | None) -> None:
        self.column.show_centre(name, km)

    def show_places(self, places: list[Place]) -> None:
        self.column.field.offer(places)

    def show_unknown(self, words: str) -> None:
        self.column.place.set_error(words)

    def show_waiting(self, count: int) -> None:
        self.column.strip.set_count(count if self.shell.has_page("a_localiser") else 0)

    def points_changed(self) -> None:
        self.map.tell(lambda view: view.reload_points())

    def maps_changed(self) -> None:
        self.map.tell(lambda view: view.reload_maps())

    def show_territory(self, territory: Territory) -> None:
        self.map.tell(lambda view: view.set_territory(territory.department or None))
        self.map.tell(lambda view: view.set_outline(territory.epcis, territory.communes))
        self.map.tell(lambda view: view.set_home(territory.box))

    def show_circle(self, centre: tuple[float, float] | None, km: float | None, name: str) -> None:
        self.map.tell(lambda view: view.show_circle(centre, km, name))

    def fit(self, box: Bounds) -> None:
        self.map.tell(lambda view: view.fit(*box))

    def go_to(self, lat: float, lon: float, zoom: int) -> None:
        self.map.tell(lambda view: view.centre(lat, lon, zoom))

    def mark(self, record_id: str) -> None:
        self.map.tell(lambda view: view.mark(record_id))

    def select(self, record_id: str | None) -> None:
        self.map.tell(lambda view: view.select(record_id))

    def show_moving(self, start: Start | None) -> None:
        if start is not None:
            self._show_map()
        self.map.show_moving(start.title if start else None)
        sign = None if start is None else (start.id.hex(), start.shape, start.title, start.lat, start.lon)
        self.map.tell(lambda view: view.set_moving(sign))

    def show_whereabouts(self, words: str, advice: str) -> None:
        self.map.show_whereabouts(advice)
        self.map.tell(lambda view: view.say_whereabouts(words))
        announce(self.map, words)

    def show_choosing(self, on: bool) -> None:
        if on:
            self._show_map()
        self.map.show_choosing(on)
        self.map.tell(lambda view: view.set_pointing(on))

    # --- parts ---

    def _lay_out(self) -> None:
        self._choice_bar = ground(QWidget(), "surface")
        bar = Row(self._choice_bar, margin=(4, 2, 4, 2))
        bar.addWidget(self.choice)
        self.split.addWidget(self.column)
        self.split.addWidget(self.map)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._choice_bar)
        whole.addWidget(self.split, 1)

    def _connect(self) -> None:
        presenter, column = self.presenter, self.column
        column.field.typed.connect(presenter.place.type)
        column.field.entered.connect(presenter.place.enter)
        column.field.chosen.connect(presenter.place.choose)
        column.field.cleared.connect(presenter.place.clear)
        column.filters.toggled.connect(lambda key, _on: presenter.kinds.drop(key))
        column.km_chosen.connect(presenter.place.set_km)
        column.follow.toggled.connect(presenter.follow_frame)
        column.rows.went_to.connect(self._go_to)
        column.rows.activated.connect(lambda index: presenter.open_row(index.row()))
        column.strip.clicked.connect(presenter.to_locate)
        column.export_wanted.connect(self._export)
        column.layers.changed.connect(lambda: self.map.tell(lambda view: view.reload_layers()))
        column.layers.point_wanted.connect(self._show_layer_point)
        column.maps_wanted.connect(lambda: self.shell.go(SETTINGS, Request(kind=MAPS)))
        self.map.chips.toggled.connect(presenter.kinds.toggle)
        self.map.question_left.connect(presenter.pointing.give_up)
        self.map.place_found.connect(presenter.pointing.put)
        column.choose_wanted.connect(presenter.pointing.choose_centre)
        pictures = self._pictures
        for wanted, deed in (
            (column.copy_wanted, pictures.copy),
            (column.save_wanted, pictures.save),
            (column.print_wanted, pictures.print_it),
        ):
            wanted.connect(partial(self.map.tell, deed))
        self.map.made.connect(self._map_made)
        self.choice.chosen.connect(self._choose_pane)
        current().changed.connect(self._fold)

    def _map_made(self) -> None:
        view, presenter = self.map.map, self.presenter
        if view is None:
            return
        for signal, deed in (
            (view.chosen, presenter.chosen_on_map),
            (view.open_requested, presenter.open),
            (view.around_requested, presenter.place.around),
            (view.move_requested, presenter.pointing.move),
        ):
            signal.connect(partial(_with_id, deed))
        view.bounds_changed.connect(presenter.frame_moved)
        view.pointed.connect(presenter.pointing.pointed)
        view.sign_moved.connect(presenter.pointing.moved)
        view.sign_put.connect(presenter.pointing.put)
        view.sign_left.connect(presenter.pointing.give_up)
        view.centre_moved.connect(presenter.place.drag)
        view.radius_changed.connect(presenter.place.pull)
        self.column.map_is_there()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        single = self.room() < SINGLE
        shown = frozenset((MAP if self._mapped else LIST,)) if single else frozenset((LIST, MAP))
        self._choice_bar.setVisible(single)
        self.choice.set_current(MAP if self._mapped else LIST)
        if (shown, current().scale) != self._shown:
            self._shown = (shown, current().scale)
            self.split.fit(shown, single=single)
            self.column.set_wide(single)

    def _choose_pane(self, pane: str) -> None:
        self._mapped = pane == MAP
        self._fold()

    def _show_map(self) -> None:
        self._choose_pane(MAP)

    def _go_to(self, row: int, by_hand: bool) -> None:
        self.presenter.go_to(row)
        if by_hand:
            self._show_map()

    def _show_layer_point(self, layer: str, row: int) -> None:
        self._show_map()
        self.map.tell(lambda view: view.show_layer_point(layer, row))

    def _to_list(self) -> None:
        self._choose_pane(LIST)
        self.column.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_first(self) -> None:
        if self.presenter.list.count:
            self._to_list()
            self.presenter.go_to(0)
            self.show_current(0, roll=True)

    def _export(self) -> None:
        from ui.dialogs.export_map import ExportMapDialog

        dialog = ExportMapDialog(ExportMap(self.shell), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _centre(self) -> None:
        if self.presenter.list.current is not None:
            self._show_map()
            self.presenter.centre_on(self.presenter.list.current)


def _with_id(deed: Callable[[bytes], None], record_id: str) -> None:
    """The map names records by the digits of their ids."""
    deed(bytes.fromhex(record_id))
