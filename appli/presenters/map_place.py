"""The place field of the map: a commune found while one types, around which one looks, and how far."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.map_search import Centre, MapSearch
from appli.presenters.session import Session
from appli.services.locating import Place, Spot, place_meant, place_near, places_named, places_offered, spot_of

if TYPE_CHECKING:
    from appli.presenters.jobs import Stopped
    from appli.services.directory import Directory

CHANNEL = "carte-commune"
FEWEST_LETTERS = 2


class MapPlaceView(Protocol):
    """What draws the field."""

    def show_centre(self, name: str, km: int | None) -> None:
        """What the circle is around, and how far it reaches."""

    def show_places(self, places: list[Place]) -> None:
        """The communes that the typed letters may mean."""

    def show_unknown(self, words: str) -> None:
        """Nothing is called so; no words: no more to say."""


class MapPlace:
    """Turns what is typed or pointed at into the circle of the search; `moved` is told each new one, and whether
    it came from the map itself, which then stays where it is.
    """

    def __init__(self, session: Session, search: MapSearch, moved: Callable[[bool], None]) -> None:
        self._session = session
        self._search = search
        self._moved = moved
        self.view: MapPlaceView | None = None

    def type(self, text: str) -> None:
        """Letters of a commune's name."""
        self._say("")
        if len(text.strip()) < FEWEST_LETTERS:
            self._offer([])
        else:
            self._session.read(CHANNEL, lambda directory, _stopped: places_offered(directory, text), self._offer)

    def enter(self, text: str) -> None:
        """The name is typed: its best answer is meant, or nobody is called so."""
        if not text.strip():
            self.clear()
            return
        if self._search.centre is not None and text == self._search.centre.name:
            return  # as it was, perhaps the name of a record

        def read(directory: Directory, _stopped: Stopped) -> tuple[Place | None, Place | None]:
            found = places_named(directory, text)
            return (found[0], None) if found else (None, place_meant(directory, text))

        def answered(answer: tuple[Place | None, Place | None]) -> None:
            place, meant = answer
            if place is not None:
                self.choose(place)
            else:
                self._say(unknown_words(text, meant))

        self._session.read(CHANNEL, read, answered)

    def choose(self, place: Place) -> None:
        """Look around a commune."""
        self._look(Centre(place.name, place.lat, place.lon))

    def around(self, record_id: RecordId) -> None:
        """Look around a record."""

        def found(spot: Spot | None) -> None:
            if spot is not None and spot.lat is not None and spot.lon is not None:
                self._look(Centre(spot.title, spot.lat, spot.lon))

        self._session.read(CHANNEL, lambda directory, _stopped: spot_of(directory, record_id), found)

    def drag(self, lat: float, lon: float) -> None:
        """The middle of the circle was drawn there."""
        self.around_point(lat, lon, stay=True)

    def around_point(self, lat: float, lon: float, *, stay: bool = False) -> None:
        """Look around a point of the map, called after the commune it is in or near."""

        def found(near: Place | None) -> None:
            name = _("{commune}, point choisi").format(commune=near.name) if near else _("Point choisi")
            self._look(Centre(name, lat, lon), stay=stay)

        self._session.read(CHANNEL, lambda directory, _stopped: place_near(directory, lat, lon), found)

    def clear(self) -> None:
        """Look around nothing."""
        self._look(None)

    def set_km(self, km: int | None, *, stay: bool = False) -> None:
        """Look as far as that."""
        self._search.set_km(km)
        self._show(stay)

    def pull(self, km: int) -> None:
        """The circle's edge was drawn there."""
        self.set_km(max(1, km), stay=True)

    def _look(self, centre: Centre | None, *, stay: bool = False) -> None:
        self._say("")
        self._search.set_centre(centre)
        self._show(stay)

    def _show(self, stay: bool) -> None:
        centre = self._search.centre
        if self.view is not None:
            self.view.show_centre(centre.name if centre else "", self._search.km)
        self._moved(stay)

    def _offer(self, places: list[Place]) -> None:
        if self.view is not None:
            self.view.show_places(places)

    def _say(self, words: str) -> None:
        if self.view is not None:
            self.view.show_unknown(words)


def unknown_words(text: str, meant: Place | None) -> str:
    """« Aucune commune ne s’appelle « Florak ». Vouliez-vous dire Florac Trois Rivières ? »"""
    words = _("Aucune commune ne s’appelle « {name} ».").format(name=text.strip())
    if meant is None:
        return words
    return words + " " + _("Vouliez-vous dire {name} ?").format(name=meant.name)
