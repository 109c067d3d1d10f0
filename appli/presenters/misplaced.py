"""A directory where it would get damaged, on the network or in a folder that a program copies: move it, or read it.

Also one that was moved from there: nobody writes in the former place any more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli.errors import AppError, Cancelled, EnvironmentProblem
from appli.i18n import N_, _
from appli.ports import Progress
from appli.presenters.jobs import Failed, Stopped, Ticket
from appli.presenters.session import Session
from appli.presenters.shell import FIRST_RUN, Shell
from appli.services import siting
from appli.store.folder_files import is_directory

if TYPE_CHECKING:
    from appli.services.relocating import Moved

CODES = frozenset((siting.NETWORK, siting.SYNCHRONISED, siting.MOVED))
TITLES = {
    siting.NETWORK: N_("Cet annuaire est sur le réseau"),
    siting.SYNCHRONISED: N_("Cet annuaire est dans un dossier recopié ailleurs"),
    siting.MOVED: N_("Cet annuaire a été déplacé"),
}


class MisplacedView(Protocol):
    """The dialog."""

    def show_target(self, words: str, refusal: str) -> None:
        """Where it would go, and why it may not."""

    def show_progress(self, done: int, total: int) -> None:
        """How far the copy is."""

    def show_refusal(self, words: str) -> None:
        """It was not moved; without words, because the person stopped it."""

    def finish(self) -> None:
        """It is over: close."""


class Misplaced:
    """State of the dialog."""

    def __init__(self, shell: Shell, problem: EnvironmentProblem) -> None:
        self._shell = shell
        self._session: Session = shell.session
        self._problem = problem
        self._ticket: Ticket | None = None
        self._target: Path | None = None
        self._refused = ""
        self._writing = self._settled = False
        self.view: MisplacedView | None = None

    # --- what the dialog shows ---

    @property
    def title(self) -> str:
        """What is the matter."""
        return _(TITLES[self._problem.code])

    def words(self) -> list[str]:
        """What happened, whether the data is safe, what moving does."""
        if not self.can_move:
            return [self._problem.message, self._problem.hint]
        return [
            _(
                "{what} Deux postes y écriraient à la fois, ou ses fichiers partiraient à des moments différents."
            ).format(what=siting.danger_words(self._session.folder)),
            _(
                "Le déplacer le copie sur ce poste, relit toute la copie, puis l’ouvre. L’original reste entier où il "
                "est, avec une marque pour que plus personne n’y écrive."
            ),
            _("Pour partager, on s’échange des paquets ; eux peuvent passer par ce dossier."),
        ]

    @property
    def can_move(self) -> bool:
        """Whether moving is what one can do; it was moved already otherwise."""
        return self._problem.code != siting.MOVED

    @property
    def deed(self) -> str:
        """The words of the first button; nothing when there is nothing else than reading."""
        if self.can_move:
            return _("Le déplacer sur ce poste")
        return _("Ouvrir l’annuaire déplacé") if self._moved_to() else ""

    @property
    def is_writing(self) -> bool:
        """Whether it is being copied."""
        return self._writing

    # --- what the person does ---

    def start(self) -> None:
        """The dialog is shown: propose a place."""
        if self.can_move:
            self._session.jobs.read("deplacer", self._usual, self._target_known)

    def choose_target(self, chosen: Path) -> None:
        """Another folder of this PC."""
        self._session.jobs.read("deplacer", lambda _stopped: _checked(siting.room_in(chosen)), self._target_known)

    def act(self) -> None:
        """The first button."""
        if not self.can_move:
            there = self._moved_to()
            if there is not None:
                self._leave(lambda: self._shell.open_folder(there))
        elif self._target is not None and not self._refused and not self._writing:
            folder, target = self._session.folder, self._target
            self._writing = True
            self._steps(0, 0, "")

            def move(progress: Progress) -> Moved:
                from appli.services import relocating

                return relocating.move(folder, target, progress)

            self._ticket = self._session.jobs.write(move, self._moved, self._not_moved, self._steps)

    def stop(self) -> None:
        """Do not move it after all; nothing is left of the copy."""
        if self._ticket is not None:
            self._ticket.stop()

    def read_only(self) -> None:
        """Open it as it is, without writing: also what closing the dialog does."""
        if not self._settled:
            self._leave(lambda: self._session.open_to_read(self._problem, self._shell.report))

    def choose_another(self) -> None:
        """Another directory."""
        self._leave(lambda: self._shell.go(FIRST_RUN))

    # --- parts ---

    def _leave(self, then: Callable[[], None]) -> None:
        self._settled = True
        if self.view is not None:
            self.view.finish()
        then()

    def _moved_to(self) -> Path | None:
        said = siting.moved_to(self._session.folder)
        there = Path(said["to"]) if said else None
        return there if there is not None and is_directory(there) else None

    @staticmethod
    def _usual(_stopped: Stopped) -> tuple[Path, AppError | None]:
        from appli.services.relocating import usual_target

        return _checked(usual_target())

    def _target_known(self, checked: tuple[Path, AppError | None]) -> None:
        self._target, refusal = checked
        self._refused = f"{refusal.message} {refusal.hint}".strip() if refusal else ""
        if self.view is not None:
            self.view.show_target(str(self._target), self._refused)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)

    def _moved(self, moved: Moved) -> None:
        from appli.services import relocating

        self._writing = False
        self._session.elsewhere(
            moved.folder,
            lambda directory, _progress: relocating.settle_in(directory, moved),
            lambda _done: self._opened(moved),
            lambda _problem: self._opened(moved),
        )

    def _opened(self, moved: Moved) -> None:
        said = _("L’annuaire est maintenant sur ce poste. L’ancien dossier reste entier : il ne peut plus qu’être lu.")
        if not moved.marked:
            said = _(
                "L’annuaire est maintenant sur ce poste. L’ancien dossier n’a pas pu être marqué : n’y écrivez plus."
            )
        self._leave(lambda: self._shell.open_folder(moved.folder, lambda shell: shell.toast(said)))

    def _not_moved(self, problem: Exception) -> None:
        self._writing = False
        if self.view is None:
            return
        if isinstance(problem, AppError):
            self.view.show_refusal(f"{problem.message} {problem.hint}".strip())
            return
        self.view.show_refusal("")
        if not isinstance(problem, Cancelled):
            self._shell.report(problem)


def unless(shell: Shell, ask: Callable[[Misplaced], None], failed: Failed) -> Failed:
    """What to do with a problem: `ask` if it is this that keeps a directory from opening, else `failed`."""

    def tell(problem: Exception) -> None:
        if isinstance(problem, EnvironmentProblem) and problem.code in CODES:
            ask(Misplaced(shell, problem))
        else:
            failed(problem)

    return tell


def _checked(folder: Path) -> tuple[Path, AppError | None]:
    return folder, siting.refusal(folder)
