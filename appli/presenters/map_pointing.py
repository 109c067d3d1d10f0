"""What a person shows on the map: where a record is, by moving its sign, or the middle of the circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.kinds import drawn_shape
from appli.presenters.map_place import MapPlace
from appli.presenters.map_search import Bounds
from appli.presenters.shell import Shell
from appli.services.placing import Start, Whereabouts, put_at, start_of, whereabouts

if TYPE_CHECKING:
    from appli.presenters.jobs import Stopped
    from appli.services.directory import Directory

__all__ = ["MapPointing", "MapPointingView", "Start"]

CHANNEL = "carte-signe"
CLOSE_UP = 12
"""The zoom at which one sees where a record is within its commune."""


class MapPointingView(Protocol):
    """What asks for the place."""

    def select(self, record_id: str | None) -> None:
        """Show one record large, with its popup."""

    def show_moving(self, start: Start | None) -> None:
        """Let the sign of this record be moved; none: no longer."""

    def show_whereabouts(self, words: str, advice: str) -> None:
        """Where the sign lies now, and what would make that more exact."""

    def show_choosing(self, on: bool) -> None:
        """Wait for a click on the map that is the middle of the circle, or no longer."""

    def fit(self, box: Bounds) -> None:
        """Show an area."""

    def go_to(self, lat: float, lon: float, zoom: int) -> None:
        """Show what lies around a point."""


class MapPointing:
    """At most one question at a time; `placed` is told the record that got its place."""

    def __init__(self, shell: Shell, place: MapPlace, placed: Callable[[RecordId], None]) -> None:
        self._shell = shell
        self._session = shell.session
        self._place = place
        self._placed = placed
        self.view: MapPointingView | None = None
        self.moving: Start | None = None
        """The record whose sign may be moved."""
        self._shown: tuple[float, float, int] | None = None
        """Where its sign is, and how near the map is."""
        self.choosing = False
        """Whether the middle of the circle is asked."""

    # --- the place of a record ---

    def show(self, record_id: RecordId) -> None:
        """Show where a record may be, with its sign to move."""
        self._ask(record_id, near=True)

    def move(self, record_id: RecordId) -> None:
        """Let a record's sign be moved, on the map as it is."""
        self._ask(record_id, near=False)

    def _ask(self, record_id: RecordId, *, near: bool) -> None:
        if not self._session.can_write:
            self._shell.say_status(_("Cet annuaire est ouvert en lecture seule."))
            return

        def found(start: Start | None) -> None:
            if start is not None and self.view is not None:
                self._begin(start, near=near)

        self._session.read("carte-fiche", lambda directory, _stopped: start_of(directory, record_id), found)

    def _begin(self, start: Start, *, near: bool) -> None:
        if self.view is None:
            return
        if near and start.around is not None:
            self.view.fit(start.around)
        elif near and start.lat is not None and start.lon is not None:
            self.view.go_to(start.lat, start.lon, CLOSE_UP)
        self.stop()
        self.moving = start
        self.view.select(None)
        self.view.show_moving(Start(start.id, start.title, drawn_shape(start.shape), start.lat, start.lon))

    def moved(self, lat: float, lon: float, zoom: int) -> None:
        """The sign is there now."""
        if self.moving is None:
            return
        self._shown = (lat, lon, zoom)

        def read(directory: Directory, _stopped: Stopped) -> Whereabouts:
            return whereabouts(directory, lat, lon, zoom)

        self._session.read(CHANNEL, read, self._say_where)

    def put(self) -> None:
        """It is right there."""
        start, shown = self.moving, self._shown
        if start is None or shown is None:
            return
        self.stop()
        words = _("{title} est à sa place.").format(title=start.title or _("La fiche"))

        def placed(_changes: Changes) -> None:
            self._shell.toast(words, undo=True)
            self._placed(start.id)

        self._session.do(lambda directory: put_at(directory, start.id, *shown), placed)

    def give_up(self) -> None:
        """It stays where it was, and is looked at there again."""
        start = self.moving
        self.stop()
        if start is not None and self.view is not None and start.lat is not None and start.around is None:
            self.view.select(start.id.hex())

    # --- the middle of the circle ---

    def choose_centre(self) -> None:
        """Ask where the middle of the circle is."""
        if self.view is not None:
            self.stop()
            self.choosing = True
            self.view.select(None)
            self.view.show_choosing(True)

    def pointed(self, lat: float, lon: float) -> None:
        """The person showed it."""
        if self.choosing:
            self.stop()
            self._place.around_point(lat, lon)

    # --- both ---

    def stop(self) -> None:
        """Ask no longer: everything is as it was."""
        if self.view is not None and self.moving is not None:
            self.view.show_moving(None)
        if self.view is not None and self.choosing:
            self.view.show_choosing(False)
        self.moving, self._shown, self.choosing = None, None, False

    def _say_where(self, where: Whereabouts) -> None:
        if self.view is None or self.moving is None:
            return
        advice = (
            _("À {about} près : rapprochez la carte pour être plus précis.").format(about=where.about)
            if where.about
            else ""
        )
        self.view.show_whereabouts(where.words, advice)
