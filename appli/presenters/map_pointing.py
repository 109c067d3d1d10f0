"""What a click on the map may be for, besides choosing a sign: the place of a record, or the middle of the circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.map_place import MapPlace
from appli.presenters.shell import Shell
from appli.services.locating import Spot, put_at


class MapPointingView(Protocol):
    """What asks for the click."""

    def select(self, record_id: str | None) -> None:
        """Show one record large, with its popup."""

    def show_placing(self, title: str) -> None:
        """Wait for a click on the map that places this record; no title: no longer."""

    def show_choosing(self, on: bool) -> None:
        """Wait for a click on the map that is the middle of the circle, or no longer."""


class MapPointing:
    """At most one question at a time; `placed` is told the record that got its place."""

    def __init__(self, shell: Shell, place: MapPlace, placed: Callable[[RecordId], None]) -> None:
        self._shell = shell
        self._session = shell.session
        self._place = place
        self._placed = placed
        self.view: MapPointingView | None = None
        self.placing: RecordId | None = None
        """The record whose place is asked."""
        self.choosing = False
        """Whether the middle of the circle is."""

    def place(self, spot: Spot) -> None:
        """Ask where a record is."""
        if self._session.can_write and self.view is not None:
            self.stop()
            self.placing = spot.id
            self.view.select(None)
            self.view.show_placing(spot.title)

    def choose_centre(self) -> None:
        """Ask where the middle of the circle is."""
        if self.view is not None:
            self.stop()
            self.choosing = True
            self.view.select(None)
            self.view.show_choosing(True)

    def pointed(self, lat: float, lon: float) -> None:
        """The person showed it."""
        record_id, choosing = self.placing, self.choosing
        self.stop()
        if record_id is not None:
            self._put(record_id, lat, lon)
        elif choosing:
            self._place.around_point(lat, lon)

    def stop(self) -> None:
        """The person gave it up."""
        if self.view is not None and self.placing is not None:
            self.view.show_placing("")
        if self.view is not None and self.choosing:
            self.view.show_choosing(False)
        self.placing, self.choosing = None, False

    def _put(self, record_id: RecordId, lat: float, lon: float) -> None:
        rows = self._session.index.rows([record_id])
        words = _("{title} est à sa place.").format(title=rows[0].title if rows else _("La fiche"))

        def placed(_changes: Changes) -> None:
            self._shell.toast(words, undo=True)
            self._placed(record_id)

        self._session.do(lambda directory: put_at(directory, record_id, lat, lon), placed)
