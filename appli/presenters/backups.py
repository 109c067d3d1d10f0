"""Backups made by themselves: half an hour after the first change that none holds yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from appli.domain.changes import Changes
from appli.errors import EnvironmentProblem
from appli.i18n import _, _n, number
from appli.presenters.reports import note
from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.store.backup import Backup

EVERY_MINUTES = 30
LATE_DAYS = 7
CHANNEL = "sauvegarde"


class Backups:
    """Watches the changes; `told` hears when the words of the status bar change."""

    def __init__(self, session: Session, now: Callable[[], int], told: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._told = told
        self._waiting = False
        self.last: datetime | None = None
        self.failed = False
        session.changed.listen(self._changed)
        session.backed_up.listen(self._made)

    def start(self) -> None:
        """Ask for the latest one as soon as the directory is open."""
        self._ask()

    def words(self) -> str:
        """« Sauvegarde vérifiée à 9 h 12 »."""
        if self.failed:
            return _("Sauvegarde impossible : voyez la place sur le disque")
        if self.last is None:
            return _("Pas encore de sauvegarde")
        today = datetime.fromtimestamp(self._now() / 1000).astimezone().date()
        days = (today - self.last.date()).days
        if days <= 0:
            return _("Sauvegarde vérifiée à {time}").format(time=_hour(self.last))
        words = _n("Dernière sauvegarde hier", "Dernière sauvegarde il y a {n} jours", days)
        return words.format(n=number(days))

    def is_late(self) -> bool:
        """Whether the words are a warning."""
        if self.failed:
            return True
        return self.last is not None and self._now() / 1000 - self.last.timestamp() > LATE_DAYS * 86_400

    def _changed(self, _changes: Changes) -> None:
        if not self._waiting and self._session.can_write:
            self._waiting = True
            self._session.jobs.later(CHANNEL, EVERY_MINUTES * 60_000, self.make)

    def make(self) -> None:
        """Make one now; it counts only once it was opened and checked."""
        self._waiting = False
        self._session.do(_backup, self._session.backed_up.tell, self._not_made)

    def _made(self, made: Backup) -> None:
        self.last, self.failed = made.at, False
        self._told()

    def _not_made(self, problem: Exception) -> None:
        if not isinstance(problem, EnvironmentProblem):
            raise problem
        note("backup", problem.code)
        self.failed = True
        self._told()

    def _ask(self) -> None:
        self._session.read("sauvegardes", lambda directory, _stopped: _latest(directory), self._known)

    def _known(self, last: datetime | None) -> None:
        self.last = last
        self._told()


def _backup(directory: Directory) -> Backup:
    return directory.store.backup("auto")


def _latest(directory: Directory) -> datetime | None:
    found = directory.store.backups()
    return found[0].at if found else None


def _hour(moment: datetime) -> str:
    return _("{hour} h {minute}").format(hour=moment.hour, minute=f"{moment.minute:02}")
