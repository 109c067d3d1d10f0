"""« Fiches à confirmer »: what nobody confirmed for long, by age; confirm several, or print what asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.domain.text import sort_key
from appli.i18n import N_, _, _n, number
from appli.presenters.jobs import Stopped
from appli.presenters.listed_row import ListedRow
from appli.presenters.printing_editions import today
from appli.presenters.shell import ANNUAIRE, PRINTING, RETURNS, Request, Shell
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.freshness import Freshness

CHANNEL = "a-confirmer"
MONTHS = (3, 6, 12, 24, 36)
KINDS = {
    "": N_("Toutes les fiches"),
    "person": N_("Personnes"),
    "organization": N_("Structures"),
    "place": N_("Lieux"),
    "project": N_("Projets"),
    "equipment": N_("Matériel"),
}
AGES = ((6, N_("moins de 6 mois")), (12, N_("6 à 12 mois")), (24, N_("1 à 2 ans")), (0, N_("plus de 2 ans")))
"""Months under which a sheet belongs to an age, the last without limit; words."""
MODELS = {
    "letters": (N_("Lettres…"), "mail"),
    "calls": (N_("Liste d’appels…"), "phone"),
    "corrections": (N_("Feuilles de correction…"), "pencil"),
}
"""What asks for news on paper: words and icon."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the directory holds: the rows to confirm, the oldest first, and how many sheets there are of each age."""

    rows: list[ListedRow]
    ages: tuple[int, ...]


class ToConfirmView(Protocol):
    """What draws the page."""

    def show_found(self) -> None:
        """Other rows, other figures."""


class ToConfirm:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: ToConfirmView | None = None
        self.months = 12
        self.kind = ""
        self.read = False
        """Whether the directory was gone through."""
        self._found = Found([], (0,) * len(AGES))
        self._front = False
        self._leave = self._session.changed.listen(self._changed)

    def enter(self) -> None:
        """The page is at the front."""
        self._front = True
        self._read()

    def leave(self) -> None:
        """Another page is."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- the list ---

    @property
    def count(self) -> int:
        """How many sheets wait."""
        return len(self._found.rows)

    def row(self, place: int) -> ListedRow | None:
        """A row of the list."""
        return self._found.rows[place] if 0 <= place < self.count else None

    def ages(self) -> list[tuple[str, int]]:
        """(words, how many sheets are so old), of the chosen kind."""
        return [(_(words), n) for (_limit, words), n in zip(AGES, self._found.ages, strict=True)]

    def lead_words(self) -> str:
        """« 12 fiches sur 210 n’ont été ni confirmées ni modifiées depuis 12 mois. »"""
        words = _n(
            "{n} fiche sur {all} n’a été ni confirmée ni modifiée depuis {months} mois.",
            "{n} fiches sur {all} n’ont été ni confirmées ni modifiées depuis {months} mois.",
            self.count,
        )
        return words.format(n=number(self.count), all=number(sum(self._found.ages)), months=self.months)

    def choose(self, *, months: int | None = None, kind: str | None = None) -> None:
        """Another age, another kind."""
        self.months = self.months if months is None else months
        self.kind = self.kind if kind is None else kind
        self._read()

    # --- what is done ---

    @property
    def can_write(self) -> bool:
        """Whether anything can be confirmed."""
        return self._session.can_write

    def ways(self) -> list[tuple[str, str]]:
        """How a sheet may have been confirmed: code, words."""
        from appli.services.freshness import WAYS

        return [(code, _(words)) for code, words in WAYS.items()]

    def confirm(self, places: Sequence[int], how: str) -> None:
        """These sheets are right."""
        ids = [row.id for place in places if (row := self.row(place)) is not None]
        if not ids or not self.can_write:
            return

        def done(_changes: Changes) -> None:
            words = _n("{n} fiche confirmée.", "{n} fiches confirmées.", len(ids))
            self._shell.toast(words.format(n=number(len(ids))), undo=True)

        self._session.do(lambda d: _confirm(d, ids, how), done, self._shell.report)

    def print(self, model: str, places: Sequence[int] = ()) -> None:
        """Letters, calls or correction sheets for these rows; without any, for all that wait."""
        from appli.services.printing.edition import new_edition

        made = new_edition(model)
        chosen = tuple(row.id.hex() for place in places if (row := self.row(place)) is not None)
        kinds = (self.kind,) if self.kind else () if chosen else made.kinds
        edition = replace(made, kinds=kinds, records=chosen, options={"months": self.months})
        self._shell.go(PRINTING, Request(edition=edition))

    def open(self, place: int) -> None:
        """Show the sheet."""
        row = self.row(place)
        if row is not None:
            self._shell.go(ANNUAIRE, Request(record=row.id))

    def take_in(self, place: int) -> None:
        """Correct the sheet from a paper that came back."""
        row = self.row(place)
        if row is not None:
            self._shell.go(RETURNS, Request(record=row.id))

    def back(self) -> None:
        """To the page one came from."""
        self._shell.back()

    # --- parts ---

    def _read(self) -> None:
        months, kind = self.months, self.kind
        self._session.read(CHANNEL, lambda d, stopped: _found(d, months, kind, stopped), self._show)

    def _show(self, found: Found) -> None:
        self._found, self.read = found, True
        if self.view is not None:
            self.view.show_found()
        if self._front:
            words = _n("{n} fiche à confirmer", "{n} fiches à confirmer", self.count)
            self._shell.say_status(words.format(n=number(self.count)))

    def _changed(self, _changes: Changes) -> None:
        if self._front:
            self._read()


def _found(directory: Directory, months: int, kind: str, stopped: Stopped) -> Found:
    from appli.services.freshness import freshness

    filters = (("kind", frozenset((kind,))),) if kind else ()
    ids = directory.index.ids(Query(filters=filters), stopped)
    day, known = date.fromisoformat(today()), list(freshness(directory, ids))
    ages = [0] * len(AGES)
    for one in known:
        ages[_age(one.months(day))] += 1
    stale = {one.id: one for one in known if one.months(day) >= months}
    found = directory.index.rows(list(stale))
    rows = [ListedRow(replace(row, second_line=_line(stale[row.id])), "") for row in found if row.id in stale]
    rows.sort(key=lambda row: (stale[row.id].on, sort_key(row.title)))
    return Found(rows, tuple(ages))


def _age(months: int) -> int:
    return next((at for at, (limit, _words) in enumerate(AGES) if months < limit), len(AGES) - 1)


def _line(one: Freshness) -> str:
    from appli.services.wording import date_text

    if not one.on:
        return _("jamais confirmée")
    words = _("confirmée le {day}") if one.confirmed else _("jamais confirmée, modifiée le {day}")
    return words.format(day=date_text(one.on))


def _confirm(directory: Directory, ids: Sequence[RecordId], how: str) -> Changes:
    from appli.services.freshness import confirm_all

    return confirm_all(directory, ids, how, today())
