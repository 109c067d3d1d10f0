"""Backups on screen: the list, one more, coming back to one, looking the base over.

The list needs no open directory: it is of use above all when none opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.errors import EnvironmentProblem
from appli.i18n import N_, _, _n, number
from appli.presenters.jobs import Stopped, Ticket
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.store.backup import Backup

FIRST_SHOWN = 5
REASONS = {
    "auto": N_("faite d’elle-même"),
    "manuelle": N_("faite à la main"),
    "avant-import": N_("avant un import"),
    "avant-restauration": N_("avant un retour en arrière"),
    "avant-mise-a-jour": N_("avant une mise à jour de Maillage"),
}


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup, in words."""

    name: str
    when: str
    """« Aujourd’hui à 9 h 12 », « 14 mars 2026 à 18 h »."""
    details: str
    """« faite à la main · 1 512 fiches · 4,2 Mo »."""


@dataclass(frozen=True, slots=True)
class Health:
    """What looking the base over said."""

    title: str
    sentences: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.sentences


@dataclass(frozen=True, slots=True)
class Question:
    """Asked before coming back to a backup: the answer that keeps the present comes first."""

    name: str
    title: str
    words: str
    keep: str
    go_back: str


class BackupsView(Protocol):
    """What draws them."""

    def show_rows(self, rows: Sequence[BackupRow], hidden: int) -> None:
        """The latest ones, and how many are not shown."""

    def show_possible(self, make: str, go_back: str) -> None:
        """Why one cannot back up, or come back; empty when one can."""

    def show_health(self, health: Health | None) -> None:
        """What was found; None while the base is being looked over."""

    def ask(self, question: Question) -> None:
        """Have the person choose; `go_back` follows."""

    def show_going_back(self, done: int, total: int, words: str, *, may_stop: bool) -> None:
        """How far the return is, and what stopping leaves."""

    def show_gone_back(self) -> None:
        """It is over, or it could not be done."""


class BackupList:
    """State of the section."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._now = config.clock()
        self._ticket: Ticket | None = None
        self._all = False
        self.rows: list[BackupRow] = []
        self.view: BackupsView | None = None
        session = shell.session
        self._leave = [session.backed_up.listen(self._backed_up), session.opened.listen(lambda _none: self.show())]

    @property
    def folder(self) -> Path:
        """Where they lie; the directory's folder while there is none."""
        from appli.services.backing_up import place_of

        place = place_of(self._session.folder)
        return place if place.is_dir() else self._session.folder

    def close(self) -> None:
        """The window closes."""
        for leave in self._leave:
            leave()

    def show(self) -> None:
        """Read the folder again."""
        self._session.jobs.read("liste-sauvegardes", lambda _stopped: self._read(), self._known)
        if self.view is not None:
            self.view.show_possible(self._why_not_make(), self._why_not_go_back())

    def show_all(self) -> None:
        """The older ones too."""
        self._all = True
        self._show_rows()

    # --- deeds ---

    def make(self) -> None:
        """One more, now."""
        if not self._why_not_make():
            self._session.do(_back_up, self._made)

    def check(self) -> None:
        """Look the base over."""
        if self._session.is_open and self.view is not None:
            self.view.show_health(None)
            self._session.read("verifier", _problems, self._checked, self._not_checked)

    def ask_to_go_back(self, name: str) -> None:
        """Coming back has to be wanted: say what it does."""
        row = next((r for r in self.rows if r.name == name), None)
        if row is None or self.view is None or self._why_not_go_back():
            return
        words = _(
            "Vos fiches redeviendront celles de cette sauvegarde. L’annuaire d’aujourd’hui est d’abord sauvegardé :"
            " vous pourrez y revenir. Les personnes effacées depuis ne reviennent pas."
        )
        when = row.when[0].lower() + row.when[1:]
        title = _("Revenir à la sauvegarde : {when} ?").format(when=when)
        self.view.ask(Question(name, title, words, _("Garder aujourd’hui"), _("Revenir à cette sauvegarde")))

    def go_back(self, name: str) -> None:
        """Come back, then open the window anew on what has come back."""
        if not self._why_not_go_back():
            folder, when = self._session.folder, next((r.when for r in self.rows if r.name == name), name)
            said = _("L’annuaire est revenu à la sauvegarde : {when}.").format(when=when[0].lower() + when[1:])
            self._steps(0, 0, "")
            self._ticket = self._session.alone(
                lambda directory, progress: _go_back(folder, directory, name, progress),
                lambda _none: self._gone_back(lambda: self._shell.open_folder(folder, lambda shell: shell.toast(said))),
                lambda problem: self._gone_back(lambda: self._failed(problem)),
                self._steps,
            )

    def stop(self) -> None:
        """Keep the present, if there is still time."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- answers ---

    def _made(self, made: Backup) -> None:
        self._session.backed_up.tell(made)
        self._shell.toast(_("Sauvegarde faite et vérifiée."))

    def _backed_up(self, _made: Backup) -> None:
        self.show()

    def _checked(self, problems: Sequence[str]) -> None:
        if self.view is not None:
            time = _hour(datetime.fromtimestamp(self._now() / 1000).astimezone())
            sound = _("Tout est en ordre. Base vérifiée à {time}.").format(time=time)
            title = _n("Un défaut trouvé.", "{n} défauts trouvés.", len(problems)).format(n=number(len(problems)))
            self.view.show_health(Health(title, tuple(problems)) if problems else Health(sound))

    def _not_checked(self, problem: Exception) -> None:
        """A base too damaged to be read through is an answer too."""
        if isinstance(problem, EnvironmentProblem) and self.view is not None:
            sentences = tuple(s for s in (problem.message, problem.hint) if s)
            self.view.show_health(Health(_("La base n’a pas pu être lue en entier."), sentences))
        else:
            self._shell.report(problem)

    def _gone_back(self, then: Callable[[], None]) -> None:
        self._ticket = None
        if self.view is not None:
            self.view.show_gone_back()
        then()

    def _failed(self, problem: Exception) -> None:
        self._shell.report(problem)
        self.show()

    def _steps(self, done: int, total: int, label: str) -> None:
        from appli.services.backing_up import AFTERWARDS

        may_stop = label != _(AFTERWARDS)
        words = _("L’annuaire est revenu. La recherche se prépare.")
        if may_stop:
            words = _("L’annuaire d’aujourd’hui est d’abord sauvegardé. Arrêter maintenant le garde tel qu’il est.")
        if self.view is not None:
            self.view.show_going_back(done, total, words, may_stop=may_stop)

    # --- parts ---

    def _read(self) -> list[BackupRow]:
        from appli.services.backing_up import backups_of

        return [self._row(one) for one in backups_of(self._session.folder)]

    def _row(self, one: Backup) -> BackupRow:
        count = _n("{n} fiche", "{n} fiches", one.records).format(n=number(one.records))
        reason = REASONS.get(one.reason, one.reason)
        return BackupRow(one.name, self._when(one.at), " · ".join((_(reason), count, size_words(one.size))))

    def _when(self, at: datetime) -> str:
        from appli.services.wording import date_text

        days = (datetime.fromtimestamp(self._now() / 1000).astimezone().date() - at.date()).days
        day = {0: _("Aujourd’hui"), 1: _("Hier")}.get(days) or date_text(at.date().isoformat())
        return _("{day} à {time}").format(day=day, time=_hour(at))

    def _known(self, rows: list[BackupRow]) -> None:
        self.rows = rows
        self._show_rows()

    def _show_rows(self) -> None:
        shown = self.rows if self._all else self.rows[:FIRST_SHOWN]
        if self.view is not None:
            self.view.show_rows(shown, len(self.rows) - len(shown))

    def _why_not_make(self) -> str:
        if self._session.held is not None:
            return _("Cet annuaire est ouvert ailleurs : c’est là-bas qu’il se sauvegarde.")
        return "" if self._session.is_open else _("L’annuaire n’est pas ouvert.")

    def _why_not_go_back(self) -> str:
        if self._session.held is not None:
            return _("Cet annuaire est ouvert ailleurs : fermez-le d’abord là-bas.")
        ready = self._session.is_open or self._session.refusal is not None or not self._session.exists
        return "" if ready else _("L’annuaire s’ouvre.")


def size_words(size: int) -> str:
    """« 640 Ko », « 4,2 Mo »."""
    if size < 1_000_000:
        return _("{n} Ko").format(n=number(max(1, round(size / 1000))))
    return _("{n} Mo").format(n=number(size / 1_000_000, 1))


def _hour(moment: datetime) -> str:
    from appli.services.wording import time_text

    return time_text(f"{moment.hour}:{moment.minute:02}")


def _back_up(directory: Directory) -> Backup:
    from appli.services.backing_up import back_up

    return back_up(directory)


def _go_back(folder: Path, directory: Directory | None, name: str, progress: Progress) -> None:
    from appli.services.backing_up import go_back

    go_back(folder, directory, name, progress)


def _problems(directory: Directory, _stopped: Stopped) -> list[str]:
    from appli.services.backing_up import check

    return check(directory)
