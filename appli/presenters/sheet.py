"""The pane beside the list: one sheet, or one skill and who has it; where one has been; what one may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.presenters.history import History
from appli.presenters.jobs import Stopped
from appli.presenters.session import Session
from appli.presenters.sheet_notes import SheetNotes
from appli.presenters.sheet_page import SheetPage, UnitedSheet, compose, head_of
from appli.presenters.sheet_withdrawing import Withdrawing
from appli.presenters.shell import EXCHANGES, FORM, PRINTING, TO_SETTLE, Request, Shell

if TYPE_CHECKING:
    from appli.presenters.add_link import AddLink
    from appli.presenters.photo_viewer import PhotoViewer
    from appli.presenters.sheet_erasing import Erasing
    from appli.services.directory import Directory
    from appli.services.terms import TermPage

CHANNEL = "fiche"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere one has been: a sheet, or the page of a term."""

    id: RecordId
    term: bool = False


class SheetView(Protocol):
    """What draws the pane."""

    def show_sheet(self, page: SheetPage) -> None:
        """Draw a sheet, from its top unless it is the one shown."""

    def show_term(self, page: TermPage) -> None:
        """Draw the page of a skill."""

    def show_nothing(self) -> None:
        """Nothing is chosen."""

    def show_ways(self, *, back: bool, forward: bool) -> None:
        """Whether there is a sheet before and after."""

    def choose_link(self, choice: AddLink) -> None:
        """Let the person choose a role and another sheet."""

    def show_photos(self, viewer: PhotoViewer) -> None:
        """Let the person look at the photos, one after the other."""

    def ask_erasing(self, erasing: Erasing) -> None:
        """Ask before erasing for ever; a yes calls its `erase`."""

    def follow(self, target: str) -> None:
        """Open an address outside the program."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""


class SheetPane:
    """State of the pane. `seen` is called when another sheet is shown, so that the list marks it."""

    def __init__(self, session: Session, shell: Shell, seen: Callable[[RecordId | None], None]) -> None:
        self._session = session
        self._shell = shell
        self._seen = seen
        self.view: SheetView | None = None
        self.history: History[Place] = History()
        self.page: SheetPage | None = None
        self.place: Place | None = None
        self.notes = SheetNotes(session, shell, lambda: self.page)
        self.withdrawing = Withdrawing(session, shell, lambda: self.page, self.open)
        self._leave = [session.changed.listen(self._changed)]

    # --- where one is ---

    def look_at(self, record_id: RecordId | None) -> None:
        """What the list shows by itself, while one searches: no step of the history."""
        if record_id is None:
            self._show(None)
        else:
            self.history.replace(Place(record_id))
            self._show(Place(record_id))

    def open(self, record_id: RecordId) -> None:
        """The person goes to a sheet."""
        self._go(Place(record_id))

    def open_term(self, term: RecordId) -> None:
        """The person goes to a skill."""
        self._go(Place(term, term=True))

    def back(self) -> None:
        """To the sheet seen before."""
        self._show(self.history.back())
        self._tell()

    def forward(self) -> None:
        """To the sheet seen after."""
        self._show(self.history.forward())
        self._tell()

    # --- what one does ---

    @property
    def can_change(self) -> bool:
        """Whether a sheet is there, all of it, in a directory one may write."""
        return self.page is not None and self.page.whole and self._session.can_write

    @property
    def can_edit(self) -> bool:
        """Whether there is a form to change it with."""
        return self.can_change and self._shell.has_page(FORM)

    def edit(self) -> None:
        """Open the form."""
        if self.page is not None and self.can_edit:
            self._shell.go(FORM, Request(record=self.page.id))

    def confirm(self, how: str) -> None:
        """Somebody checked the sheet today."""
        from appli.config import clock

        if self.page is None:
            return
        record_id, title = self.page.id, self.page.title
        today = f"{datetime.fromtimestamp(clock()() / 1000).astimezone():%Y-%m-%d}"

        def work(directory: Directory) -> Changes:
            from appli.services.editing import confirm

            return confirm(directory, record_id, how, today, directory.operator)

        self._session.do(
            work, lambda _c: self._shell.toast(_("{title} : confirmée aujourd’hui.").format(title=title), undo=True)
        )

    @property
    def can_settle(self) -> bool:
        """Whether there is a page to choose between several values."""
        return self._shell.has_page(TO_SETTLE)

    def settle(self) -> None:
        """Go and choose between the values of this sheet."""
        if self.page is not None and self.can_settle:
            self._shell.go(TO_SETTLE, Request(record=self.page.id))

    @property
    def can_answer(self) -> bool:
        """Whether there is a page where what others ask is answered."""
        return self._shell.has_page(EXCHANGES)

    def answer(self) -> None:
        """Go and answer those who want this sheet erased."""
        self._shell.go(EXCHANGES)

    def separate(self, united: UnitedSheet) -> None:
        """One of the sheets shown as one is not the same after all."""
        words = _("La fiche {code} est séparée des autres.").format(code=united.code)

        def work(directory: Directory) -> Changes:
            from appli.services.judging import separate

            return separate(directory, united.id)

        self._session.do(work, lambda _c: self._shell.toast(words, undo=True))

    def follow(self, target: str) -> None:
        """Open an address of the sheet; only those `following.target` lets through come here."""
        if self.view is not None and target:
            self.view.follow(target)

    def copy_code(self) -> None:
        """Put the code on the clipboard."""
        if self.page is not None and self.view is not None:
            self.view.copy(self.page.code)
            self._shell.toast(_("Code {code} copié.").format(code=self.page.code))

    @property
    def can_print(self) -> bool:
        """Whether there is a page to print it from."""
        return self._shell.has_page(PRINTING)

    def print(self) -> None:
        """Print this sheet alone."""
        if self.page is not None:
            self._shell.go(PRINTING, Request(record=self.page.id))

    def add_link(self) -> None:
        """Link this sheet to another."""
        from appli.presenters.add_link import AddLink

        if self.page is not None and self.view is not None and self.can_change:
            self.view.choose_link(AddLink(self._session, self._shell, self.page))

    def look_at_photo(self, place: int) -> None:
        """Look at the photos of the sheet, beginning with this one."""
        from appli.presenters.photo_viewer import PhotoViewer

        if self.page is not None and self.view is not None and place < len(self.page.photos):
            self.view.show_photos(PhotoViewer(self._session, self._shell, self.page.photos, place))

    def unlink(self, link: RecordId) -> None:
        """Take one of its links off."""

        def work(directory: Directory) -> Changes:
            from appli.services.linking import take_off

            return take_off(directory, link)

        if self.can_change:
            self._session.do(work, lambda _c: self._shell.toast(_("Lien enlevé."), undo=True))

    def ask_erasing(self) -> None:
        """Ask before forgetting the sheet everywhere, once one knows what would go."""
        from appli.presenters.sheet_erasing import start

        if self.page is not None and self.view is not None and self.can_change:
            start(self._session, self._shell, self.page.id, self.view)

    def close(self) -> None:
        """Stop listening."""
        for leave in self._leave:
            leave()

    # --- parts ---

    def _go(self, place: Place) -> None:
        self.history.visit(place)
        self._show(place)
        self._tell()

    def _tell(self) -> None:
        """The list marks what is looked at."""
        place = self.history.current
        self._seen(place.id if place is not None and not place.term else None)

    def _show(self, place: Place | None) -> None:
        self.place = place
        if self.view is not None:
            self.view.show_ways(back=self.history.can_go_back, forward=self.history.can_go_forward)
        if place is None:
            self.page = None
            if self.view is not None:
                self.view.show_nothing()
            return
        if not place.term and not self._session.is_open:
            self._show_head(place.id)
        self._read(place)

    def _show_head(self, record_id: RecordId) -> None:
        """What the index knows, until the directory is open."""
        rows = self._session.index.rows([record_id])
        if rows:
            self.page = head_of(rows[0])
            if self.view is not None:
                self.view.show_sheet(self.page)

    def _read(self, place: Place) -> None:
        if place.term:
            self._session.read(CHANNEL, _term_reader(place.id), self._term_found, self._lost)
        else:
            self._session.read(CHANNEL, _sheet_reader(place.id), self._found, self._lost)

    def _found(self, page: SheetPage) -> None:
        if self.place is None or self.place.id not in (page.id, *(u.id for u in page.united)):
            return
        if self.place.id != page.id:  # another sheet stands for the one asked for
            self.place = Place(page.id)
            self.history.replace(self.place)
            self._tell()
        self.page = page
        if self.view is not None:
            self.view.show_sheet(page)

    def _term_found(self, page: TermPage) -> None:
        self.page = None
        if self.view is not None:
            self.view.show_term(page)

    def _lost(self, problem: Exception) -> None:
        """What was shown is no more."""
        if not isinstance(problem, UserError):
            raise problem
        if self.place is not None:
            self.history.forget({self.place})
        self.place = self.page = None
        if self.view is not None:
            self.view.show_nothing()

    def _changed(self, changes: Changes) -> None:
        self.history.forget({Place(i) for i in changes.removed})
        if self.place is not None:
            self._read(self.place)


def _sheet_reader(record_id: RecordId) -> Callable[[Directory, Stopped], SheetPage]:
    def read(directory: Directory, _stopped: Stopped) -> SheetPage:
        from appli.presenters.sheet_erasing import asked_words
        from appli.services.group_sheet import whole_sheet

        page = compose(whole_sheet(directory, record_id))
        return replace(page, erasing_asked=asked_words(directory, [page.id, *(u.id for u in page.united)]))

    return read


def _term_reader(term: RecordId) -> Callable[[Directory, Stopped], TermPage]:
    def read(directory: Directory, _stopped: Stopped) -> TermPage:
        from appli.services.terms import term_page

        return term_page(directory, term)

    return read
