"""The folder of the directory is not there any more, as when a stick is pulled out: told once, until it is back.

Nothing that is typed leaves the screen; what was asked meanwhile can be asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.presenters.jobs import Stopped
from appli.presenters.shell import Shell
from appli.store.folder_files import is_directory
from appli.store.presence import GONE, OTHER, gone

CHANNEL = "parti"
PAUSE = 3_000
"""Milliseconds between two looks for it."""
_MAY_BE_GONE = frozenset((GONE, OTHER, "unwritable", "missing_file", "no_directory", "damaged"))
"""What is said of a folder that is not there, by whoever meets it first."""


class AwayView(Protocol):
    """The window around the page."""

    def show_notice(self, title: str, words: str, deed: str, take: Callable[[], None]) -> None:
        """A strip that stays."""

    def drop_notice(self) -> None:
        """What the strip said is over."""


class Away:
    """Watches for the folder to come back, then opens it anew where the window is."""

    def __init__(self, shell: Shell, view: AwayView) -> None:
        self._shell = shell
        self._view = view
        self._told = False

    def tell(self, problem: BaseException) -> bool:
        """Whether the problem is that the folder is away; it is told here then."""
        session = self._shell.session
        if not isinstance(problem, EnvironmentProblem) or problem.code not in _MAY_BE_GONE or not session.is_open:
            return False
        if problem.code not in (GONE, OTHER) and is_directory(session.folder):
            return False
        if problem.code == GONE:
            self._shell.refuse(_("Pas enregistré : le dossier de l’annuaire n’est plus là."))
        if not self._told or problem.code == OTHER:
            self._strip(problem if problem.code == OTHER else gone(session.folder))
        return True

    def try_again(self) -> None:
        """Open the files anew; the person asked, or they seem to be there."""
        self._shell.session.do(lambda _directory: None, lambda _none: self._back(), self._not_back)

    def _strip(self, problem: EnvironmentProblem) -> None:
        self._told = True
        self._view.show_notice(problem.message, problem.hint, _("Réessayer"), self.try_again)
        self._shell.session.jobs.later(CHANNEL, PAUSE, self._look)

    def _look(self) -> None:
        if self._told:
            self._shell.session.jobs.read(CHANNEL, self._is_there, self._looked)

    def _is_there(self, _stopped: Stopped) -> bool:
        return is_directory(self._shell.session.folder)

    def _looked(self, is_there: bool) -> None:
        if is_there:
            self.try_again()
        else:
            self._shell.session.jobs.later(CHANNEL, PAUSE, self._look)

    def _back(self) -> None:
        if self._told:
            self._told = False
            self._view.drop_notice()
            self._shell.toast(_("L’annuaire est de nouveau là : vous pouvez enregistrer."))

    def _not_back(self, problem: Exception) -> None:
        if isinstance(problem, EnvironmentProblem):
            self._strip(problem)
        else:
            self._shell.report(problem)
