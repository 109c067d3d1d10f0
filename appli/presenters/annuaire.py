"""The directory's page: the list, its filters and the sheet, in step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import N_, _, _n, number
from appli.presenters.empty_results import EmptyResults
from appli.presenters.export_list import ExportList
from appli.presenters.facets import Facets
from appli.presenters.record_list import RecordList
from appli.presenters.search import ORDERS
from appli.presenters.sheet import SheetPane
from appli.presenters.shell import DUPLICATES, FOUND, PRINTING, TO_SETTLE, Request, Shell
from appli.store.index_model import Order

if TYPE_CHECKING:
    from appli.services.directory import Directory

ORDER_WORDS: dict[Order, str] = {
    "relevance": N_("Pertinence"),
    "title": N_("Nom"),
    "distance": N_("Distance"),
    "updated": N_("Récemment modifiées"),
}


class Annuaire:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        session, search = shell.session, shell.search
        self.list = RecordList(session, search, self._list_chose)
        self.sheet = SheetPane(session, shell, self.list.show)
        self.facets = Facets(session, search)
        self.empty = EmptyResults(session, search, shell, self.facets.label)

        self.in_front = True
        """Whether the page is the one shown: only then it says what it counts."""
        self._left: RecordId | None = None
        """What was looked at when another page was shown."""

    def start(self) -> None:
        """The parts have their views: show what is found."""
        self.list.find(self._shell.search.query)
        self.facets.ask(self._shell.search.query)

    def enter(self, request: Request) -> None:
        """The page is shown, for a record perhaps, else for the one that was looked at on the map."""
        self.in_front = True
        chosen_there = self._shell.session.looked_at if self._shell.session.looked_at != self._left else None
        record_id = request.record or chosen_there
        if record_id is not None:
            self.sheet.open(record_id)

    def leave(self) -> None:
        """Another page is shown."""
        self.in_front = False
        self._left = self._shell.session.looked_at = self.list.current

    # --- the list ---

    def go_to(self, place: int, *, step: bool) -> None:
        """The person is on another row; `step` when she chose it, not when she passes by."""
        record_id = self.list.set_current(place)
        if record_id is None:
            return
        if step:
            self.sheet.open(record_id)
        else:
            self.sheet.look_at(record_id)

    def results_shown(self) -> None:
        """The list has other rows: say how many, or why there are none."""
        if self.in_front:
            self._shell.say_status(self.list.status_words())
        self.empty.show(empty=self.list.count == 0, all_records=self.list.all)

    def orders(self) -> list[tuple[Order, str]]:
        """What the menu of orders offers: by distance only around a point."""
        near = self._shell.search.query.near is not None
        return [(o, _(ORDER_WORDS[o])) for o in ("distance", *ORDERS) if near or o != "distance"]

    def order_words(self) -> str:
        """The order in use."""
        return _(ORDER_WORDS[self._shell.search.query.order])

    def set_order(self, order: Order) -> None:
        """Another order."""
        self._shell.search.set_order(order)

    # --- what keeps a directory tidy ---

    def chores(self) -> list[tuple[str, str]]:
        """Pages that look through the whole directory: (page, words)."""
        found = ((DUPLICATES, _("Chercher les doublons")), (TO_SETTLE, _("Choisir entre plusieurs valeurs")))
        return [(page, words) for page, words in found if self._shell.has_page(page)]

    def exporting(self) -> ExportList:
        """The dialog that writes what the list shows for other programs."""
        return ExportList(self._shell)

    @property
    def can_print(self) -> bool:
        """Whether there is a page to print from."""
        return self._shell.has_page(PRINTING)

    def print(self) -> None:
        """Print what the list shows."""
        self._shell.go(PRINTING, Request(kind=FOUND))

    def go_to_page(self, page: str) -> None:
        """One of them."""
        self._shell.go(page)

    def settle(self, place: int) -> None:
        """Choose between the values of the record on that row."""
        ids = self.list.ids_at([place])
        if ids and self._shell.has_page(TO_SETTLE):
            self._shell.go(TO_SETTLE, Request(record=ids[0]))

    # --- the trash ---

    @property
    def in_trash(self) -> bool:
        """Whether the list shows the trash."""
        return self._shell.search.query.trashed

    def chosen_words(self, count: int) -> str:
        """« 3 fiches choisies »."""
        return _n("{n} fiche choisie", "{n} fiches choisies", count).format(n=number(count))

    def move(self, ids: Sequence[RecordId]) -> None:
        """What the button over several chosen sheets does: into the trash, or out of it."""
        if self.in_trash:
            self.restore(ids)
        else:
            self.trash(ids)

    def trash(self, ids: Sequence[RecordId]) -> None:
        """Put sheets into the trash; the words offer to take it back."""
        if not ids or not self._shell.session.can_write:
            return
        name = self._name(ids)

        def work(directory: Directory) -> Changes:
            from appli.services.editing import trash

            return trash(directory, ids)

        one = _("{name} est à la corbeille.").format(name=name)
        words = (
            one if len(ids) == 1 else _n("{n} fiche est à la corbeille.", "{n} fiches sont à la corbeille.", len(ids))
        )
        self._do(work, words.format(n=number(len(ids))) if len(ids) > 1 else words)

    def restore(self, ids: Sequence[RecordId]) -> None:
        """Take sheets out of the trash."""
        if not ids or not self._shell.session.can_write:
            return
        name = self._name(ids)

        def work(directory: Directory) -> Changes:
            from appli.services.editing import restore

            return restore(directory, ids)

        if len(ids) == 1:
            words = _("{name} est de nouveau dans l’annuaire.").format(name=name)
        else:
            words = _("{n} fiches sont de nouveau dans l’annuaire.").format(n=number(len(ids)))
        self._do(work, words)

    def close(self) -> None:
        """Stop listening."""
        for part in (self.list, self.facets, self.sheet):
            part.close()

    # --- parts ---

    def _do(self, work: Callable[[Directory], Changes], words: str) -> None:
        self._shell.session.do(work, lambda _c: self._shell.toast(words, undo=True))

    def _name(self, ids: Sequence[RecordId]) -> str:
        rows = self._shell.session.index.rows(ids[:1])
        return rows[0].title if rows else _("La fiche")

    def _list_chose(self, record_id: RecordId | None) -> None:
        self.sheet.look_at(record_id)
