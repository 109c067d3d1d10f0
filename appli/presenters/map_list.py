"""The list beside the map: the same records in words, in order of distance."""

from __future__ import annotations

from typing import Protocol

from appli.domain.ids import RecordId
from appli.i18n import _, number
from appli.presenters.kinds import word_of
from appli.presenters.listed_row import ListedRow
from appli.presenters.map_search import MapSearch
from appli.presenters.session import Session
from appli.presenters.sheet_page import NEXT_DOOR
from appli.store.index_model import Query

PAGE = 50
CHANNEL = "carte-liste"


class MapRow(ListedRow):
    """A row as it is drawn beside the map: what and where in the second line, how far at the right."""

    @property
    def second_line(self) -> str:
        return " · ".join(p for p in (self.row.second_line, self.row.commune) if p)

    @property
    def commune(self) -> str:
        return ""

    @property
    def distance(self) -> str:
        """« 0,6 km », « 14 km »; empty around nothing. Many are at their town hall."""
        km = self.row.distance_km
        if km is None:
            return ""
        return _("tout près") if km < NEXT_DOOR else _("{n} km").format(n=number(km, 1 if km < 9.95 else 0))

    @property
    def spoken(self) -> str:
        """Kind first, distance last."""
        row = self.row
        return ", ".join(p for p in (word_of(row.kind, row.shape), self.title, self.second_line, self.distance) if p)


class MapListView(Protocol):
    """What draws the list."""

    def rows_replaced(self, *, stay: bool) -> None:
        """Other rows: those of another search, shown from the top, or almost the same ones if they `stay`."""

    def rows_changed(self) -> None:
        """The same rows say something else."""

    def show_current(self, row: int, *, roll: bool) -> None:
        """Mark a row, -1 for none; `roll` the list until it is seen."""

    def results_shown(self) -> None:
        """Another count."""

    def mark(self, record_id: str) -> None:
        """Draw the sign of a record large, without going there."""


class MapList:
    """What the circle holds, read aside; rows are asked by pages when they are drawn."""

    def __init__(self, session: Session, search: MapSearch) -> None:
        self._session = session
        self._search = search
        self.view: MapListView | None = None
        self.current: RecordId | None = None
        self.known = False
        """Whether the count is known at all."""
        self._rolls = False
        """Whether the record marked is rolled into sight once there are rows."""
        self._query = Query()
        self._ids: list[RecordId] = []
        self._rows: dict[RecordId, MapRow] = {}
        self._leave = search.changed.listen(self.find)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    def row(self, place: int) -> MapRow | None:
        """The row at a place; None if the record went away meanwhile."""
        if not 0 <= place < len(self._ids):
            return None
        record_id = self._ids[place]
        if record_id not in self._rows:
            start = place - place % PAGE
            rows = self._session.index.rows(self._ids[start : start + PAGE], self._query.near)
            self._rows.update((r.id, MapRow(r, self._query.text)) for r in rows)
        return self._rows.get(record_id)

    def id_at(self, place: int) -> RecordId | None:
        """The record of a row."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, record_id: RecordId | None) -> int:
        """The row of a record, -1 when it is not in the list."""
        return self._ids.index(record_id) if record_id in self._ids else -1

    def find(self, query: Query) -> None:
        """Show what a query finds."""
        same_search = query.text == self._query.text and query.near == self._query.near

        def found(ids: list[RecordId]) -> None:
            self._query = query
            self._show(ids, stay=same_search)

        self._session.read_index(CHANNEL, lambda index, stopped: index.ids(query, stopped), found)

    def show(self, record_id: RecordId | None, *, roll: bool = True) -> None:
        """Another record is looked at: its row is marked if it is in the list."""
        self.current = record_id
        if self.view is not None:
            self.view.show_current(self.place_of(record_id), roll=roll)

    def come(self) -> None:
        """The page is shown: the record that was looked at on another one is marked, in the list and on the map."""
        record_id = self._session.looked_at
        if record_id is not None and record_id != self.current:
            self._rolls = not self.known
            self.show(record_id)
            if self.view is not None:
                self.view.mark(record_id.hex())

    def leave(self) -> None:
        """Another page is shown, and may go on with the record looked at here."""
        if self.current is not None:
            self._session.looked_at = self.current

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    def _show(self, ids: list[RecordId], *, stay: bool) -> None:
        same = ids == self._ids and self.known
        self._ids, self.known = ids, True
        self._rows.clear()
        if self.view is None:
            return
        if same:
            self.view.rows_changed()
        else:
            self.view.rows_replaced(stay=stay)
        self.view.show_current(self.place_of(self.current), roll=self._rolls)
        self._rolls = False
        self.view.results_shown()
