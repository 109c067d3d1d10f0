"""« Impression »: the editions of this PC, the choices of one of them, its pages as they will be on paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from appli.domain.audience import Audience
from appli.domain.changes import Changes
from appli.domain.text import fold, sort_key
from appli.errors import AppError, Cancelled
from appli.i18n import _, _n, number
from appli.presenters.jobs import Stopped
from appli.presenters.printing_choices import Offer, offer_of
from appli.presenters.printing_editions import Editions, today
from appli.presenters.printing_found import found_edition
from appli.presenters.printing_words import EditionRow, outlook_words, row_of, sheets_of_paper
from appli.presenters.shell import FOUND, NOTHING, RETURNS, TO_CONFIRM, Request, Shell
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.printing.edition import Edition
    from appli.services.printing.printing import Printed
    from appli.services.sheets_out import SheetOut
    from appli.store.index import Index

CHANNEL, COMMUNES = "impression", "impression-communes"
JOINING = "joining"
PAUSE = 350
"""Milliseconds without another choice before the pages are made again."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages shown: as one reads them, and as they go to the printer when that differs (a booklet)."""

    reading: bytes
    printing: bytes
    count: int
    facing: bool
    """Whether two pages face each other, as in a book."""
    words: str
    """« 91 fiches sur 102. 11 personnes sans accord. »"""
    paper: str
    """« 3 feuilles A4, recto verso, à plier ensemble »"""
    handed_with: Callable[[Collection[int] | None], Mapping[str, SheetOut]]
    """Sheets that are expected back once some pages are printed, counted from 0, or all of them."""


class PrintingView(Protocol):
    """What draws the page."""

    def show_editions(self) -> None:
        """Other editions, or another one chosen."""

    def show_choices(self) -> None:
        """Draw the choices of the edition: it is another one, or its model is."""

    def show_communes(self, choices: list[tuple[str, str]]) -> None:
        """The communes there are sheets of."""

    def show_making(self) -> None:
        """Its pages are being made anew."""

    def show_pages(self, pages: Pages) -> None:
        """They are there."""

    def show_refusal(self, words: str) -> None:
        """There are none, and why."""

    def show_written(self, path: Path, words: str) -> None:
        """The file is there."""


class Printing:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: PrintingView | None = None
        self.editions = Editions(shell, self._show_chosen, self._show_editions)
        self._pages: Pages | None = None
        self._stale = True
        self._front = False
        self._leave = self._session.changed.listen(self._changed)

    # --- coming and going ---

    def enter(self, request: Request = NOTHING) -> None:
        """The page is at the front; the request may ask to print one sheet, or what the search finds."""
        self._front = True
        wanted = self._wanted(request)
        if self.editions.current is None:
            self._session.when_open(lambda: self.editions.read(wanted))
        elif wanted is not None:
            self.editions.propose(wanted)
        elif self._stale:
            self._make()
        self._say()

    def leave(self) -> None:
        """Another page is: nothing is made for nobody."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- the editions ---

    @property
    def rows(self) -> list[EditionRow]:
        """Those kept, then what each model proposes."""
        return [row_of(edition) for edition in self.editions.all]

    @property
    def edition(self) -> Edition:
        """The one chosen. Raises LookupError before the editions are read."""
        if self.editions.current is None:
            raise LookupError("no edition yet")
        return self.editions.current

    @property
    def offer(self) -> Offer:
        """What can be chosen of it."""
        return offer_of(self.edition)

    @property
    def models(self) -> list[tuple[str, str, str, str]]:
        """(code, label, what it is for, icon) of all that can be printed."""
        from appli.services.printing.models import MODELS

        return [(m.code, _(m.label), _(m.help), m.icon) for m in MODELS.values()]

    def ways(self) -> list[tuple[str, str, str]]:
        """(page, words, icon) of what brings paper back, where these pages exist."""
        ways = (
            (RETURNS, _("Dépouiller des feuilles…"), "inbox"),
            (TO_CONFIRM, _("Fiches à confirmer…"), "calendar-days"),
        )
        return [way for way in ways if self._shell.has_page(way[0])]

    # --- its choices ---

    def change(self, **choices: Any) -> None:
        """Other choices, by the names of `Edition`: `change(paper="a5")`."""
        if self.editions.change(replace(self.edition, **choices)):
            self._make_soon()
            if "paper" in choices and self.view is not None:
                self.view.show_choices()

    def set_option(self, code: str, value: Any) -> None:
        """Another answer to one of the model's own choices."""
        self.change(options={**self.edition.options, code: value})

    def set_part(self, code: str, on: bool) -> None:
        """Print a part of the sheets, or not."""
        chosen = {*self.edition.parts, code} if on else set(self.edition.parts) - {code}
        self.change(parts=tuple(part for part in self.edition.of.parts if part in chosen))

    def set_kinds(self, codes: Sequence[str]) -> None:
        """Which sorts of sheets, in the order of the model."""
        self.change(kinds=tuple(codes))

    def set_audience(self, code: str) -> None:
        """For whom."""
        self.change(audience=Audience[code.upper()])

    def ask_communes(self) -> None:
        """Have the communes read that there are sheets of."""

        def read(index: Index, stopped: Stopped) -> list[tuple[str, str]]:
            groups = index.facets(Query(), stopped)
            found = next((group.values for group in groups if group.code == "commune"), ())
            return [(code, label) for code, label, _count in found]

        def told(found: list[tuple[str, str]]) -> None:
            if self.view is not None:
                self.view.show_communes(sorted(found, key=lambda choice: sort_key(choice[1])))

        self._session.read_index(COMMUNES, read, told)

    # --- what is done ---

    @property
    def pages(self) -> Pages | None:
        """The pages shown; None while there are none."""
        return self._pages

    @property
    def file_name(self) -> str:
        """The name proposed."""
        words = "-".join(fold(self.edition.title).split())[:60] or "impression"
        return f"{words}-{today()}.pdf"

    def save(self, path: Path) -> None:
        """Write the pages shown to a file; it counts as one printing."""
        pages = self._pages
        if pages is None:
            return
        target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")

        def written(_none: None) -> None:
            words = _n("{n} page écrite dans {name}.", "{n} pages écrites dans {name}.", pages.count)
            if self.view is not None:
                self.view.show_written(target, words.format(n=number(pages.count), name=target.name))
            self.count(pages)

        self._session.do(lambda _directory: _write(pages.printing, target), written, self._shell.report)

    def count(self, pages: Pages, printed: Collection[int] | None = None) -> None:
        """These pages, or some of them from 0, were printed or saved: sheets expected back are out from now on."""
        self.editions.count()
        handed = pages.handed_with(printed)
        if handed and self._session.can_write:
            self._session.do(lambda directory: _hand_out(directory, handed))

    @property
    def has_blank_list(self) -> bool:
        """Whether the edition is a form that also exists as an empty list, to fill on a computer."""
        return self.edition.model == JOINING

    @property
    def list_name(self) -> str:
        """The name proposed for that list."""
        return f"{self.file_name.removesuffix('.pdf')}.xlsx"

    def save_blank_list(self, path: Path) -> None:
        """Write the empty list."""
        kind = str(self.edition.option("form_kind"))
        target = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")

        def written(_none: None) -> None:
            if self.view is not None:
                words = _("Liste vide écrite dans {name}. Une fois remplie, elle s’importe sans question.")
                self.view.show_written(target, words.format(name=target.name))

        self._session.do(lambda d: _write_blank_list(d, kind, target), written, self._shell.report)

    # --- parts ---

    def _wanted(self, request: Request) -> Edition | None:
        """The edition that a request asks for; kept only if something of it is chosen otherwise."""
        from appli.services.printing.edition import new_edition

        if request.edition is not None:
            return request.edition
        if request.record is not None:
            rows = self._session.index.rows([request.record])
            return replace(new_edition("single", rows[0].title), kinds=(), text=rows[0].code) if rows else None
        return found_edition(self._shell.search.query) if request.kind == FOUND else None

    def _show_editions(self) -> None:
        if self.view is not None:
            self.view.show_editions()

    def _show_chosen(self) -> None:
        self._stale = True
        if self.view is not None:
            self.view.show_editions()
            self.view.show_choices()
        if self._front:
            self._make()

    def _make_soon(self) -> None:
        self._stale = True
        if self.view is not None:
            self.view.show_making()
        self._session.jobs.later(CHANNEL, PAUSE, self._make)

    def _make(self) -> None:
        edition = self.editions.current
        if not self._front or edition is None:
            return
        self._stale = False
        if self.view is not None:
            self.view.show_making()
        self._session.read(CHANNEL, _making(edition), lambda printed: self._made(edition, printed), self._not_made)

    def _made(self, edition: Edition, printed: Printed) -> None:
        self._pages = Pages(
            reading=printed.reading or printed.pdf,
            printing=printed.pdf,
            count=printed.pages,
            facing=bool(printed.reading),
            words=outlook_words(edition, printed),
            paper=sheets_of_paper(edition, printed.pages),
            handed_with=printed.handed_with,
        )
        if self.view is not None:
            self.view.show_pages(self._pages)
        self._say()

    def _not_made(self, problem: Exception) -> None:
        self._pages = None
        if isinstance(problem, Cancelled):
            return
        words = f"{problem.message} {problem.hint}".strip() if isinstance(problem, AppError) else ""
        if self.view is not None:
            self.view.show_refusal(words or _("Ces pages n’ont pas pu être faites."))
        self._say()
        if not words:
            self._shell.report(problem)

    def _changed(self, _changes: Changes) -> None:
        """Somebody wrote: the pages are made again once one looks at them."""
        self._stale = True
        if self._front and self.editions.current is not None:
            self._session.jobs.later(CHANNEL, PAUSE, self._make)

    def _say(self) -> None:
        if self._front:
            count = self._pages.count if self._pages is not None else 0
            words = _n("{n} page", "{n} pages", count).format(n=number(count))
            self._shell.say_status(words if count else "")


@dataclass(slots=True)
class _Reading:
    """Progress of pages made aside: whoever no longer wants them stops them."""

    stopped: Stopped

    def step(self, _done: int, _total: int, _label: str = "") -> None:
        if self.stopped():
            raise Cancelled


def _making(edition: Edition) -> Callable[[Directory, Stopped], Printed]:
    def make(directory: Directory, stopped: Stopped) -> Printed:
        from appli.services.printing.printing import print_edition

        return print_edition(directory, edition, _Reading(stopped))

    return make


def _write_blank_list(directory: Directory, kind: str, path: Path) -> None:
    from appli.services.printing.joining_form import blank_list
    from appli.services.printing.printing import write

    write(blank_list(directory, kind), path)


def _hand_out(directory: Directory, handed: Mapping[str, SheetOut]) -> None:
    from appli.services.sheets_out import hand_out

    hand_out(directory, handed)


def _write(pdf: bytes, path: Path) -> None:
    from appli.services.printing.printing import write

    write(pdf, path)
