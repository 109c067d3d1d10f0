"""Adding a note right on the sheet, and taking one off; what is typed stays while the sheet is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.audience import Audience
from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.session import Session
from appli.presenters.sheet_page import SheetPage
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory

AUDIENCES = (("private", "lock"), ("shared", "users-round"))
"""Who a note may be for, and its sign; the first unless one chooses."""


@dataclass(slots=True)
class Typed:
    """A note that is being written."""

    text: str = ""
    audience: str = AUDIENCES[0][0]
    is_open: bool = False


class NotesView(Protocol):
    """What draws the notes of the sheet."""

    def show_writing(self, typed: Typed) -> None:
        """The line to write in, open or not."""

    def ask_erasing(self, title: str, words: str, keep: str, erase: str, note: RecordId) -> None:
        """Ask before forgetting a note for ever; a yes calls `erase`."""


class SheetNotes:
    """The notes of the sheet that is shown."""

    def __init__(self, session: Session, shell: Shell, page: Callable[[], SheetPage | None]) -> None:
        self._session = session
        self._shell = shell
        self._page = page
        self._typed: dict[RecordId, Typed] = {}
        self.view: NotesView | None = None

    @property
    def can_add(self) -> bool:
        """Whether one may write on this sheet."""
        page = self._page()
        return page is not None and page.whole and not page.trashed and self._session.can_write

    @property
    def typed(self) -> Typed:
        """What is being written on the sheet shown."""
        page = self._page()
        return self._typed.setdefault(page.id, Typed()) if page is not None else Typed()

    def open(self) -> None:
        """Begin a note."""
        self.typed.is_open = True
        self._show()

    def type(self, text: str) -> None:
        """What the line holds now."""
        self.typed.text = text

    def set_audience(self, level: str) -> None:
        """Who it is for."""
        self.typed.audience = level

    def give_up(self) -> None:
        """No note after all."""
        page = self._page()
        if page is not None:
            self._typed.pop(page.id, None)
        self._show()

    def save(self) -> None:
        """Keep the note; what is typed stays until that is done."""
        page, typed = self._page(), self.typed
        if page is None or not self.can_add or not typed.text.strip():
            return
        record, text, audience = page.id, typed.text, Audience[typed.audience.upper()]

        def work(directory: Directory) -> Changes:
            from appli.services.notes import add

            return add(directory, record, text, audience)

        self._session.do(work, lambda _done: self._saved(record))

    def _saved(self, record: RecordId) -> None:
        self._typed.pop(record, None)
        self._show()
        self._shell.toast(_("Note ajoutée."), undo=True)

    def take_off(self, note: RecordId) -> None:
        """Take a note off the sheet."""

        def work(directory: Directory) -> Changes:
            from appli.services.notes import take_off

            return take_off(directory, note)

        self._session.do(work, lambda _done: self._shell.toast(_("Note enlevée."), undo=True))

    def ask_erasing(self, note: RecordId) -> None:
        """Ask before forgetting a note."""
        if self.view is not None:
            words = _("Elle sera effacée ici, puis sur les postes où elle est allée. Cela ne pourra pas être annulé.")
            self.view.ask_erasing(
                _("Effacer cette note partout ?"), words, _("Garder la note"), _("Effacer partout"), note
            )

    def erase(self, note: RecordId) -> None:
        """The person said yes."""

        def work(directory: Directory) -> Changes:
            from appli.services.erasing import erase_part

            return erase_part(directory, note, _("Effacer une note"))

        self._session.do(work, lambda _done: self._shell.toast(_("Note effacée pour toujours.")))

    def _show(self) -> None:
        if self.view is not None:
            self.view.show_writing(self.typed)
