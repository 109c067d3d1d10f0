"""The list of the directory: what a search found. Ids and a cache of pages; never the whole base in rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.i18n import _, _n, number
from appli.presenters.listed_row import ListedRow
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.store.index_model import Query, Row

PAGE = 50
CHANNEL = "liste"


class RecordListView(Protocol):
    """What draws the list."""

    def rows_replaced(self, *, stay: bool) -> None:
        """Other rows: those of another search, shown from the top, or almost the same ones if they `stay`."""

    def rows_added(self, first: int, last: int) -> None:
        """More rows at the end, the others unchanged."""

    def rows_changed(self) -> None:
        """The same rows say something else."""

    def show_current(self, row: int, *, roll: bool) -> None:
        """Mark a row, -1 for none; `roll` the list until it is seen."""

    def results_shown(self) -> None:
        """The head and the foot may say another count, the list may be empty."""


class RecordList:
    """What is found, in order, and which row is current. `chosen` is called when it becomes another by itself."""

    def __init__(self, session: Session, search: Search, chosen: Callable[[RecordId | None], None]) -> None:
        self._session = session
        self._search = search
        self._chosen = chosen
        self.view: RecordListView | None = None
        self._chooses = True
        self.complete = False
        self.current: RecordId | None = None
        self.all: int | None = None
        """How many records the directory holds."""
        self._text = ""
        self._ids: list[RecordId] = []
        self._rows: dict[RecordId, ListedRow] = {}
        self._leave = [search.changed.listen(self.find), session.changed.listen(self.refresh)]
        self._leave.append(session.opened.listen(self._opened))

    # --- what is shown ---

    @property
    def count(self) -> int:
        """How many rows the list has now; the total as soon as it is `complete`."""
        return len(self._ids)

    def row(self, place: int) -> ListedRow | None:
        """The row at a place; None if the record went away meanwhile."""
        if not 0 <= place < len(self._ids):
            return None
        record_id = self._ids[place]
        if record_id not in self._rows:
            start = place - place % PAGE
            self._keep(self._session.index.rows(self._ids[start : start + PAGE], self._search.query.near))
        return self._rows.get(record_id)

    def ids_at(self, places: Sequence[int]) -> list[RecordId]:
        """The records of some rows, in the order of the list."""
        return [self._ids[p] for p in sorted(places) if p < len(self._ids)]

    def place_of(self, record_id: RecordId | None) -> int:
        """The row of a record, -1 when it is not found."""
        return self._ids.index(record_id) if record_id in self._ids else -1

    def count_words(self) -> str:
        """« 17 fiches », « plus de 50 fiches » while they are being counted."""
        words = _n("{n} fiche", "{n} fiches", self.count).format(n=number(self.count))
        return words if self.complete else _("plus de {count}").format(count=words)

    def about_words(self) -> str:
        """« pour « bois » », « à la corbeille »."""
        query = self._search.query
        parts = [_("à la corbeille")] if query.trashed else []
        if query.text.strip():
            parts.append(_("pour « {text} »").format(text=query.text.strip()))
        if query.near is not None:
            parts.append(_("à moins de {n} km").format(n=number(query.near[2])))
        return " ".join(parts)

    def status_words(self) -> str:
        """« 17 fiches sur 212 »: the foot of the window."""
        if self._search.query.trashed:
            return _("{count} à la corbeille").format(count=self.count_words())
        if self.all is None or (self.complete and self.count == self.all):
            return self.count_words()
        return _("{count} sur {all}").format(count=self.count_words(), all=number(self.all))

    # --- what is done ---

    def find(self, query: Query) -> None:
        """Show what a query finds: the first page at once, all the rest as soon as it is known.

        An index that cannot be read shows nothing: opening the directory fills it anew, or says what is wrong.
        """
        try:
            first = self._session.index.first_page(query, PAGE)
        except EnvironmentProblem:
            first = []
        self._rows.clear()
        self._keep(first)
        self._ids = [r.id for r in first]
        self.complete = len(first) < PAGE
        if self.view is not None:
            self.view.rows_replaced(stay=False)
        if query.text != self._text:
            self._text = query.text
            self._take_first()
        if self.complete:
            self._session.jobs.read(CHANNEL, lambda _stopped: None)
            self._settle()
        else:
            self._read_all(query)
            self._show()

    def refresh(self, changes: Changes) -> None:
        """Ask again, staying where one is."""
        for record_id in changes.records | changes.removed:
            self._rows.pop(record_id, None)
        self._read_all(self._search.query)
        self._count_all()

    def choose_by_itself(self, on: bool) -> None:
        """Whether a search that no longer finds the current record takes its first one instead."""
        former, self._chooses = self._chooses, on
        if on and not former and self.complete and self.current is None:
            self._settle()

    def set_current(self, place: int) -> RecordId | None:
        """The person goes to a row."""
        self.current = self._ids[place] if 0 <= place < len(self._ids) else None
        return self.current

    def show(self, record_id: RecordId | None) -> None:
        """Another record is looked at: its row is marked if it is in the list."""
        self.current = record_id
        if self.view is not None:
            self.view.show_current(self.place_of(record_id), roll=True)

    def close(self) -> None:
        """Stop listening."""
        for leave in self._leave:
            leave()

    # --- parts ---

    def _opened(self, _none: None) -> None:
        self.refresh(Changes())

    def _read_all(self, query: Query) -> None:
        self._session.read_index(CHANNEL, lambda index, stopped: index.ids(query, stopped), self._all_found)

    def _all_found(self, ids: list[RecordId]) -> None:
        before, place = self._ids, self.place_of(self.current)
        self._ids, self.complete = ids, True
        if place >= 0 and ids and self.place_of(self.current) < 0:
            # it went to the trash: its neighbour takes its place
            self._become(ids[min(place, len(ids) - 1)])
        if self.view is not None:
            if ids == before:
                self.view.rows_changed()
            elif ids[: len(before)] == before:
                self.view.rows_added(len(before), len(ids) - 1)
            else:
                self.view.rows_replaced(stay=True)
        self._settle()

    def _settle(self) -> None:
        """All is known: the current record stays if it is found, else the first one takes its place."""
        if self.place_of(self.current) < 0:
            self._take_first()
        if self.view is not None:
            self.view.show_current(self.place_of(self.current), roll=False)
        self._show()
        if self.all is None:
            self._count_all()

    def _take_first(self) -> None:
        """Typing shows the best match; a record that is not found any more gives way to the first that is."""
        self._become(self._ids[0] if self._ids else None)

    def _become(self, record_id: RecordId | None) -> None:
        if self._chooses and record_id != self.current:
            self.current = record_id
            self._chosen(record_id)

    def _count_all(self) -> None:
        self._session.read_index("total", lambda index, stopped: index.total(Query(), stopped), self._counted)

    def _counted(self, total: int) -> None:
        self.all = total
        self._show()

    def _show(self) -> None:
        if self.view is not None:
            self.view.results_shown()

    def _keep(self, rows: Sequence[Row]) -> None:
        self._rows.update((r.id, ListedRow(r, self._search.query.text)) for r in rows)
