"""What every part of Échanges has in common: it reads when the page is shown and after each change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from appli.i18n import _
from appli.presenters.imports_journal import Question
from appli.presenters.jobs import Stopped
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory

T = TypeVar("T")


class SectionView(Protocol):
    """What draws a part of the page."""

    def show_all(self) -> None:
        """All of it is known, or it is other."""

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        """Have the person choose."""


class ExchangeSection(Generic[T]):
    """State of one part: a subclass says what it reads (`_ask`, in a reading thread) and keeps it (`_take`)."""

    channel = ""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._front = False
        self.is_known = False
        self.view: SectionView | None = None
        self._leave = self._session.changed.listen(lambda _changes: self.read() if self._front else None)

    def enter(self) -> None:
        """The page is at the front."""
        self._front = True
        self.read()

    def leave(self) -> None:
        """Another page is."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    @property
    def why_not_write(self) -> str:
        """Why nothing can be exchanged now; empty when it can."""
        return "" if self._session.can_write else _("Cet annuaire est ouvert en lecture seule.")

    def read(self) -> None:
        """Read it again."""
        self._session.read(self.channel, self._ask, self._found)

    def _found(self, answer: T) -> None:
        self.is_known = True
        self._take(answer)
        self._show()

    def _show(self) -> None:
        if self.view is not None:
            self.view.show_all()

    def _ask(self, directory: Directory, stopped: Stopped) -> T:
        raise NotImplementedError

    def _take(self, answer: T) -> None:
        raise NotImplementedError
