"""« En attente »: packets put off and sheets left out of one, to be looked at when one has the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config
from appli.domain.changes import Changes
from appli.i18n import _, _n, number
from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.jobs import Stopped
from appli.presenters.shell import BUNDLE, Request
from appli.presenters.to_settle_words import when_words

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.aside import Waiting


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One packet of which something waits. `can_look`: it can still be read."""

    uid: str
    title: str
    words: str
    can_look: bool


Found = tuple[tuple["Waiting", "Path | None"], ...]


class ExchangeWaiting(ExchangeSection[Found]):
    """State of the list."""

    channel = "echanges-attente"
    _known: Found = ()

    @property
    def rows(self) -> list[WaitingRow]:
        """What waits, the latest first."""
        today = datetime.fromtimestamp(config.clock()() / 1000).astimezone().date()
        return [_row(one, file, today) for one, file in self._known]

    def look(self, uid: str) -> None:
        """Open the packet again: what was taken of it already is not shown."""
        file = next((file for one, file in self._known if one.uid == uid), None)
        if file is not None:
            self._shell.go(BUNDLE, Request(paths=(file,)))

    def give_up(self, uid: str) -> None:
        """Wait for it no more."""
        if self.why_not_write:
            return

        def forget(directory: Directory) -> None:
            from appli.services.exchanging import aside

            aside.forget(directory, uid)

        def done(_none: None) -> None:
            self._shell.toast(_("Ce paquet n’attend plus. Rien d’autre n’a changé."))
            self._session.changed.tell(Changes())

        self._session.do(forget, done, self._shell.report)

    def _ask(self, directory: Directory, _stopped: Stopped) -> Found:
        from appli.services.exchanging import aside

        return tuple((one, aside.file_of(directory, one)) for one in aside.waiting(directory))

    def _take(self, answer: Found) -> None:
        self._known = answer


def _row(one: Waiting, file: Path | None, today: date) -> WaitingRow:
    count = number(one.sheets)
    if one.whole:
        title = _n(
            "Paquet de « {name} » mis de côté : {n} fiche", "Paquet de « {name} » mis de côté : {n} fiches", one.sheets
        )
    else:
        title = _n(
            "{n} fiche laissée de côté du paquet de « {name} »",
            "{n} fiches laissées de côté du paquet de « {name} »",
            one.sheets,
        )
    words = _("Fait {made}, mis de côté {when}.").format(
        made=when_words(one.made_at, today), when=when_words(one.at, today)
    )
    if file is None:
        gone = _("Son fichier n’est plus là : le prochain paquet complet les proposera de nouveau.")
        words = f"{words} {gone}"
    return WaitingRow(one.uid, title.format(n=count, name=one.sender), words, file is not None)
