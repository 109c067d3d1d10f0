"""The page of the map: a circle around somewhere, the list of what it holds, the map of all that is found, in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.geo.positions import METROPOLITAN, bounding_box
from appli.i18n import _, _n, number
from appli.presenters.empty_results import Empty
from appli.presenters.layers import MapLayers
from appli.presenters.map_empty import why_empty
from appli.presenters.map_kinds import MapKinds, MapKindsView
from appli.presenters.map_list import MapList, MapListView
from appli.presenters.map_picture import MapPicture
from appli.presenters.map_place import MapPlace, MapPlaceView
from appli.presenters.map_pointing import CLOSE_UP, MapPointing, MapPointingView
from appli.presenters.map_search import Bounds, MapSearch
from appli.presenters.shell import ANNUAIRE, MOVE, Request, Shell
from appli.services.live_map import EveryPoint, LiveMap, Points, point_of
from appli.services.locating import Spot, Territory, spot_of, territory_of
from appli.services.unlocated import count_to_locate

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.store.index_area import Point
    from appli.store.index_model import Query

__all__ = ["MapPage", "MapPageView", "Territory"]

STILL_MS = 200
"""How long the map stands still before the list follows its frame."""


class MapPageView(MapListView, MapKindsView, MapPlaceView, MapPointingView, Protocol):
    """What draws the page."""

    def show_waiting(self, count: int) -> None:
        """So many records have no place, or a doubtful one."""

    def points_changed(self) -> None:
        """The source holds other points."""

    def maps_changed(self) -> None:
        """Other maps lie under the records."""

    def show_territory(self, territory: Territory) -> None:
        """What the directory is about; the rest stands back."""

    def show_circle(self, centre: tuple[float, float] | None, km: float | None, name: str) -> None:
        """Where one looks, and how far."""


class MapPage:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.search = MapSearch(shell.search)
        self.list = MapList(self._session, self.search)
        self.kinds = MapKinds(self._session, shell.search, self.search)
        self.place = MapPlace(self._session, self.search, self._show_area)
        self.pointing = MapPointing(shell, self.place, self._placed)
        self.source = LiveMap(self._session.index, self._session.folder, online=True)
        self.layers = MapLayers(shell, self.source)
        self.picture = MapPicture(self._session, self.search, self.source)
        self.view: MapPageView | None = None
        self.waiting = 0
        """How many records have no place, or a doubtful one."""
        self.following = False
        """Whether the list follows what the map has in sight."""
        self._framed = False
        self._sight: Bounds | None = None
        self._came_for: Point | None = None
        self._points = EveryPoint()
        leave = [self.search.shown.listen(self._read_points), self._session.changed.listen(self._changed)]
        self._leave = [*leave, self._session.opened.listen(lambda _none: self._opened())]
        self._leave.append(self._session.maps_changed.listen(self._maps_changed))

    # --- coming and going ---

    def start(self, view: MapPageView) -> None:
        """The page is drawn."""
        self.view = self.list.view = self.kinds.view = self.place.view = self.pointing.view = view
        if self._session.is_open:
            self._opened()

    def enter(self, request: Request) -> None:
        """The page is at the front, perhaps to show a record where it is."""
        self.search.wake()
        self._say()
        self._count_waiting()
        if request.record is not None and request.kind == MOVE:
            self._framed = True
            self.pointing.show(request.record)
        elif request.record is not None:
            self.centre_on(request.record)
        else:
            self.list.come()

    def leave(self) -> None:
        """Another page is."""
        self.pointing.stop()
        self.list.leave()
        self.search.sleep()

    def close(self) -> None:
        """Stop listening."""
        for leave in (*self._leave, self.list.close, self.kinds.close, self.search.close, self.layers.close):
            leave()

    def _maps_changed(self, _none: None) -> None:
        self.source.base.refresh()
        if self.view is not None:
            self.view.maps_changed()

    # --- the frame ---

    def follow_frame(self, follow: bool) -> None:
        """List only what the map has in sight, or all."""
        self.following = follow
        self.search.set_frame(self._sight if follow else None)

    def frame_moved(self, south: float, west: float, north: float, east: float) -> None:
        """The map has something else in sight."""
        self._sight = (south, west, north, east)
        if self.following:
            self._session.jobs.later("carte-cadre", STILL_MS, self._follow)

    @property
    def sight(self) -> Bounds | None:
        """What the map has in sight, once it said so."""
        return self._sight

    # --- one record ---

    def go_to(self, place: int) -> None:
        """The person is on another row: the map shows it."""
        record_id = self.list.id_at(place)
        if record_id is not None:
            self.list.current = record_id
            if self.view is not None:
                self.view.select(record_id.hex())

    def chosen_on_map(self, record_id: RecordId) -> None:
        """The person is on another sign: the list shows it."""
        self.list.show(record_id)

    def open_row(self, place: int) -> None:
        """The person opens a row: its sheet."""
        record_id = self.list.id_at(place)
        if record_id is not None:
            self.open(record_id)

    def open(self, record_id: RecordId) -> None:
        """Show the sheet."""
        self._shell.go(ANNUAIRE, Request(record=record_id))

    def centre_on(self, record_id: RecordId) -> None:
        """Show a record where it is; one without a place gets a sign to move."""

        def found(spot: Spot | None) -> None:
            if spot is not None and spot.lat is None:
                self.pointing.show(record_id)
            else:
                self._show_spot(spot, near=True)

        self._framed = True
        self._session.read("carte-fiche", lambda d, _stopped: spot_of(d, record_id), found)

    def to_locate(self) -> None:
        """Go through the records that have no place, or a doubtful one."""
        self._shell.go("a_localiser")

    # --- words ---

    def count_words(self) -> str:
        """« 58 fiches »."""
        count = self.list.count
        return _n("{n} fiche", "{n} fiches", count).format(n=number(count)) if self.list.known else ""

    def about_words(self) -> str:
        """What the list is of, where the radius does not say it: « dans ce cadre », « sur la carte »."""
        if self.search.frame is not None:
            return _("dans ce cadre")
        return "" if self.search.centre is not None else _("sur la carte")

    def spoken_words(self) -> str:
        """The count with all that limits it, for whoever does not see the fields."""
        centre, km = self.search.centre, self.search.km
        parts = [self.count_words(), self.about_words()]
        if centre is not None and km is not None:
            parts.append(_("à moins de {n} km de {name}").format(n=number(km), name=centre.name))
        return " ".join(part for part in parts if part)

    def status_words(self) -> str:
        """« 208 fiches sur la carte, 58 dans le cercle »."""
        count = self.source.held.count
        words = _n("{n} fiche sur la carte", "{n} fiches sur la carte", count).format(n=number(count))
        if self.search.centre is not None and self.search.km is not None and self.list.known:
            words = _("{on_map}, {n} dans le cercle").format(on_map=words, n=number(self.list.count))
        return words

    def why_empty(self) -> Empty | None:
        """Why nothing is listed; None when something is."""
        if self.list.count or not self.list.known:
            return None
        return why_empty(self._shell.search, self.search, self.place.set_km, lambda: self.follow_frame(False))

    def results_shown(self) -> None:
        """The list has other rows."""
        self._say()

    # --- parts ---

    def _opened(self) -> None:
        """All of the directory is there: opening hours, the territory, what was written meanwhile."""
        self._session.read(
            "carte-base", lambda directory, _stopped: (directory, territory_of(directory)), self._is_open
        )
        self.search.forget()
        self._count_waiting()

    def _is_open(self, answer: tuple[Directory, Territory]) -> None:
        self.source.directory, territory = answer
        if self.view is None:
            return
        self.view.show_territory(territory)
        if territory.box is not None and not self._framed:
            self._framed = True
            self.view.fit(territory.box)

    def _changed(self, _changes: Changes) -> None:
        self._came_for = None
        self.search.forget()
        self._count_waiting()

    def _count_waiting(self) -> None:
        def counted(count: int) -> None:
            self.waiting = count
            if self.view is not None:
                self.view.show_waiting(count)

        self._session.read_index("carte-attente", count_to_locate, counted)

    def _read_points(self, query: Query) -> None:
        also, wanted = self._came_for, replace(query, bounds=None)  # a point is somewhere: no need to ask
        self._session.read_index(
            "carte-points", lambda index, stopped: self._points.read(index, wanted, stopped, also), self._points_read
        )

    def _points_read(self, points: Points) -> None:
        self.source.held = points
        self._say()
        if self.view is None:
            return
        self.view.points_changed()
        if points.box is not None and not self._framed and self._session.is_open:
            self._framed = True
            self.view.fit(points.box)

    def _show_area(self, stay: bool) -> None:
        """The circle is another; the map goes there, unless the person is at it with the mouse."""
        if self.view is None:
            return
        self._framed = True
        centre, km = self.search.centre, self.search.km
        if centre is None:
            self.view.show_circle(None, None, "")
            return
        self.view.show_circle((centre.lat, centre.lon), km, centre.name)
        if stay:
            return
        if km is not None:
            self.view.fit(bounding_box((centre.lat, centre.lon), km))
        elif METROPOLITAN.contains(centre.lat, centre.lon):
            self.view.fit(METROPOLITAN)

    def _show_spot(self, spot: Spot | None, *, near: bool) -> None:
        """The record's sign with its popup; `near`: as near as one sees where it is within its commune."""
        if spot is None or spot.lat is None or spot.lon is None or self.view is None:
            return
        self._came_for = point_of(spot)
        self._read_points(self.search.on_map)
        self.list.show(spot.id)
        if near:
            self.view.go_to(spot.lat, spot.lon, CLOSE_UP)
        self.view.select(spot.id.hex())

    def _placed(self, record_id: RecordId) -> None:
        """It is where the person put it, and looks at it there."""
        self._session.read(
            "carte-fiche", lambda d, _stopped: spot_of(d, record_id), lambda spot: self._show_spot(spot, near=False)
        )

    def _follow(self) -> None:
        if self.following:
            self.search.set_frame(self._sight)

    def _say(self) -> None:
        if self.search.awake:
            self._shell.say_status(self.status_words())
