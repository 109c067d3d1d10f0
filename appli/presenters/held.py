"""A directory that can only be read for now: why, and how one writes in it again once nothing prevents it any more."""

from __future__ import annotations

from collections.abc import Callable

from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.presenters import misplaced
from appli.presenters.jobs import Stopped, ignore
from appli.presenters.session import Session
from appli.presenters.shell import Shell
from appli.store.folder_files import can_be_written

CHANNEL = "tenu"
PAUSE = 5_000
"""Milliseconds between two looks at who holds the folder; a look writes nothing."""

Notice = Callable[[str, str, str, Callable[[], None]], None]
"""A strip over the page: what happened, what to do, the words of its button, what the button does."""


class Held:
    """Watches a folder that something keeps from being written in; tells when that is over, and does nothing itself."""

    def __init__(self, shell: Shell, show_notice: Notice, ask: Callable[[misplaced.Misplaced], None] = ignore) -> None:
        """`ask` shows what one can do about a directory that lies in a wrong place."""
        self._ask = ask
        self._shell = shell
        self._session: Session = shell.session
        self._show = show_notice
        self._is_free = False

    def begin(self) -> None:
        """The directory was opened, perhaps for reading only."""
        held = self._session.held
        if held is None:
            return
        if held.code in misplaced.CODES:
            way = _("Voir ce qu’on peut faire")
            self._show(held.message, "", way, lambda: self._ask(misplaced.Misplaced(self._shell, held)))
        else:
            self._show(held.message, held.hint, _("Réessayer"), self.try_again)
            self._wait()

    def look(self) -> None:
        """See whether it is free now: asked now and then, and when the person comes back to the window."""
        held = self._session.held
        if held is not None and held.code not in misplaced.CODES and not self._is_free:
            self._session.jobs.read(CHANNEL, self._held_by, self._looked)

    def try_again(self) -> None:
        """The person asks: write again if one may, else say that it is not so."""
        self._session.jobs.read(CHANNEL, self._held_by, self._tried)

    def _held_by(self, _stopped: Stopped) -> EnvironmentProblem | None:
        from appli.store.lock import held_elsewhere, is_held

        folder, held = self._session.folder, self._session.held
        if is_held(folder):
            return held_elsewhere(folder)
        return None if can_be_written(folder) else held

    def _looked(self, held: EnvironmentProblem | None) -> None:
        if held is not None:
            self._wait()
            return
        self._is_free = True
        words = _("Plus rien n’empêche d’y écrire. Vous retrouverez votre recherche où elle est.")
        self._show(_("Cet annuaire est de nouveau libre."), words, _("Écrire de nouveau"), self._write_again)

    def _tried(self, held: EnvironmentProblem | None) -> None:
        if held is None:
            self._write_again()
            return
        self._shell.refuse(held.message)
        self._show(held.message, held.hint, _("Réessayer"), self.try_again)
        self._wait()

    def _write_again(self) -> None:
        query = self._shell.search.query
        self._shell.open_folder(self._session.folder, lambda shell: shell.search.take_over(query))

    def _wait(self) -> None:
        self._session.jobs.later(CHANNEL, PAUSE, self.look)
