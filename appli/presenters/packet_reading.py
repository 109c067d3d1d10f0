"""What is read while one looks at a packet: the sheet one is on, in full, and the twins of what comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from appli import config
from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.presenters.jobs import Stopped
from appli.presenters.packet_answers import Foot, Refusal, give_up, put_off, twins_of
from appli.presenters.packet_sheets import PacketSheets
from appli.presenters.packet_words import SheetPage, page_of, twin_choice
from appli.presenters.session import Session
from appli.services.exchanging.previewing import LineChange, Preview

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.resembling import Twin

Step = Literal["working", "phrase", "refused", "ready"]
CHANNEL, TWINS = "paquet-fiche", "paquet-ressemblances"


class PacketPreviewView(Protocol):
    """What draws the page."""

    def show_step(self, step: Step) -> None:
        """What the page is about now."""

    def show_progress(self, what: str, done: int, total: int, leaves: str) -> None:
        """How far it is, and what stopping leaves."""

    def show_phrase(self, name: str, refused: str) -> None:
        """Ask for the passphrase of that file; why the former was refused."""

    def show_refusal(self, refusal: Refusal) -> None:
        """Why it does not come in."""

    def show_packet(self) -> None:
        """Head, chips and list are known."""

    def show_notes(self) -> None:
        """Other chips, and something else to know before accepting."""

    def rows_replaced(self) -> None:
        """Other rows in the list."""

    def rows_changed(self) -> None:
        """The same rows, ticked otherwise."""

    def show_current(self, place: int) -> None:
        """Mark a row, -1 for none."""

    def show_sheet(self, page: SheetPage | None) -> None:
        """The row one is on, in full."""

    def show_foot(self, foot: Foot) -> None:
        """What one may do."""


class PacketReading:
    """Reads aside; what comes back for a sheet one has left is dropped."""

    def __init__(self, session: Session, sheets: PacketSheets) -> None:
        self._session = session
        self._sheets = sheets

    def show_sheet(self, view: PacketPreviewView | None) -> None:
        """The sheet one is on, in full."""
        if view is None:
            return
        if self._sheets.place < 0:
            view.show_sheet(None)
            return
        sheet, fate = self._sheets.sheet(self._sheets.place)

        def ask(directory: Directory, _stopped: Stopped) -> tuple[RecordId, list[LineChange]]:
            from appli.services.exchanging.previewing import lines_of

            return sheet.id, lines_of(directory, sheet)

        def told(answer: tuple[RecordId, list[LineChange]]) -> None:
            if self._sheets.is_current(answer[0]):
                twin = self._sheets.twins.get(sheet.id)
                choice = twin_choice(sheet, twin, self._sheets.said_of(sheet.id)) if twin else None
                view.show_sheet(page_of(sheet, fate, answer[1], today(), choice))

        self._session.read(CHANNEL, ask, told)

    def look_for_twins(self, preview: Preview, found: Callable[[], None]) -> None:
        """Mark the sheets that look like others; calls back when there are any."""

        def told(twins: dict[RecordId, Twin]) -> None:
            if twins and self._sheets.is_of(preview):
                self._sheets.set_twins(twins)
                found()

        self._session.read(TWINS, lambda directory, stopped: twins_of(directory, preview, stopped), told)

    def put_off(
        self, path: Path, phrase: str | None, sheets: int, kept: Callable[[], None], not_kept: Callable[[], None]
    ) -> None:
        """Have a packet wait in Échanges."""
        self._session.do(
            lambda directory: put_off(directory, path, phrase, sheets),
            lambda _none: self._counted(kept),
            lambda _problem: not_kept(),
        )

    def give_up(self, uid: str) -> None:
        """Have it wait no more."""
        if self._session.can_write:
            self._session.do(lambda directory: give_up(directory, uid), lambda _none: self._counted(lambda: None))

    def _counted(self, then: Callable[[], None]) -> None:
        """No sheet changed, but how much waits did."""
        self._session.changed.tell(Changes())
        then()


def today() -> date:
    """The day it is."""
    return datetime.fromtimestamp(config.clock()() / 1000).astimezone().date()
