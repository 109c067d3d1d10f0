"""« Ne garder que pour moi… »: a sheet that never left becomes private; one that did is erased there, copied here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.presenters.session import Session
from appli.presenters.sheet_page import SheetPage
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory

CHANNEL = "fiche-retrait"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked before a sheet is taken back: the safe answer, then the other."""

    title: str
    words: str
    keep: str
    withdraw: str


class WithdrawingView(Protocol):
    """What draws the question."""

    def ask_withdrawing(self, asked: Asked) -> None:
        """Ask; a yes calls `withdraw`."""


class Withdrawing:
    """Takes the sheet that is shown back from the network."""

    def __init__(
        self,
        session: Session,
        shell: Shell,
        page: Callable[[], SheetPage | None],
        open_sheet: Callable[[RecordId], None],
    ) -> None:
        self._session = session
        self._shell = shell
        self._page = page
        self._open = open_sheet
        self.view: WithdrawingView | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the sheet shown is shared, and may be changed."""
        page = self._page()
        return page is not None and page.whole and not page.private and self._session.can_write

    def start(self) -> None:
        """Find out whether it left this PC; then do it, or ask."""
        page = self._page()
        if page is None or not self.is_possible:
            return
        record = page.id

        def found(left: bool) -> None:
            if left:
                self._ask(page)
            else:
                self._make_private(record)

        self._session.read(CHANNEL, lambda directory, _stopped: _left(directory, record), found)

    def withdraw(self) -> None:
        """The person said yes: erased elsewhere, kept here."""
        page = self._page()
        if page is None:
            return
        record = page.id

        def done(copy: Copied) -> None:
            self._open(copy.record)
            words = _("La copie privée est ici. L’ancienne fiche est effacée, et le sera chez les autres.")
            self._shell.toast(words)

        self._session.do(lambda directory: _keep(directory, record), done)

    def _ask(self, page: SheetPage) -> None:
        words = _(
            "Cette fiche est déjà partie vers d’autres postes : on ne peut pas la reprendre. Maillage peut l’effacer "
            "chez les autres, à leur prochain paquet, et en garder une copie privée ici. Ce qu’ils ont imprimé ou "
            "recopié ne s’efface pas. Cela ne pourra pas être annulé."
        )
        title = _("Ne garder « {title} » que pour vous ?").format(title=page.title)
        if self.view is not None:
            self.view.ask_withdrawing(
                Asked(title, words, _("La laisser partagée"), _("Effacer chez les autres, garder ici"))
            )

    def _make_private(self, record: RecordId) -> None:
        def work(directory: Directory) -> Changes:
            from appli.services.withdrawing import make_private

            return make_private(directory, record)

        words = _("La fiche ne quittera plus ce poste.")
        self._session.do(work, lambda _done: self._shell.toast(words, undo=True))


@dataclass(frozen=True, slots=True)
class Copied:
    """The copy that stays, and what changed."""

    record: RecordId
    changes: Changes


def _left(directory: Directory, record: RecordId) -> bool:
    from appli.services.withdrawing import may_be_elsewhere

    return may_be_elsewhere(directory, record)


def _keep(directory: Directory, record: RecordId) -> Copied:
    from appli.services.withdrawing import keep_for_myself

    copy = keep_for_myself(directory, record)
    return Copied(copy, Changes(frozenset([copy]), frozenset([record])))
