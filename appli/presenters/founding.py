"""The questions a new directory needs. All but the name can wait; nothing is written before « Créer l’annuaire »."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.errors import AppError
from appli.i18n import _
from appli.presenters.session import Session
from appli.presenters.shell import Request, Shell
from appli.presenters.territories import Territories
from appli.services.siting import free_beside, refusal, room_in

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer
    from appli.services.directory import Directory


@dataclass(slots=True)
class Answers:
    """What was answered so far."""

    name: str = ""
    contact: str = ""
    label: str = ""
    folder: Path = Path()


class FoundingView(Protocol):
    """What draws the questions."""

    def show_answers(self) -> None:
        """Fill the fields with the answers."""

    def show_folder(self, folder: str, refusal: str, deed: str) -> None:
        """Where the directory will lie; or why not there, with what can be done instead."""

    def show_name_missing(self, sentence: str) -> None:
        """The one answer that cannot wait; nothing once it is given."""

    def show_making(self, making: bool) -> None:
        """The directory is being made, or it could not be."""


class Founding:
    """State of the questions."""

    def __init__(self, shell: Shell, gazetteer: Callable[[], Gazetteer]) -> None:
        self._shell = shell
        self._session = shell.session
        self._refusal: AppError | None = None
        self.view: FoundingView | None = None
        self.files: tuple[Path, ...] = ()
        """Lists to import once the directory is there."""
        self.answers = Answers()
        self.territories = Territories(shell.session.jobs, gazetteer, lambda: None)

    def ask(self, folder: Path | None = None) -> None:
        """Show the questions, for a directory in that folder or in the usual one."""
        if folder is not None:
            self.set_folder(folder)
        elif self.answers.folder == Path():
            self.set_folder(free_beside(usual_folder(self._session)))
        if not self.answers.label:
            self._session.jobs.read("poste", lambda _stopped: default_label(), self._label_known)
        self.territories.prepare()
        if self.view is not None:
            self.view.show_answers()

    def set_name(self, text: str) -> None:
        """The name of the directory."""
        self.answers.name = " ".join(text.split())
        if self.answers.name and self.view is not None:
            self.view.show_name_missing("")

    def set_contact(self, text: str) -> None:
        """Who answers for the data."""
        self.answers.contact = text.strip()

    def set_label(self, text: str) -> None:
        """What this PC is called."""
        self.answers.label = text.strip()

    def set_folder(self, chosen: Path) -> None:
        """Another folder; in one that holds other things, a new one inside."""
        self._session.jobs.read("dossier", lambda _stopped: checked(room_in(chosen)), self._folder_known)

    def open_there(self) -> None:
        """The folder chosen holds a directory already: that one, then."""
        self._shell.open_folder(self.answers.folder)

    def create(self) -> None:
        """Make the directory, then open it."""
        if self.view is None:
            return
        if not self.answers.name:
            self.view.show_name_missing(_("Donnez un nom à l’annuaire. Vous pourrez le changer."))
        elif self._refusal is None:
            self.view.show_making(True)
            folder = self.answers.folder
            self._session.jobs.read("dossier", lambda _stopped: checked(folder), self._make, self._not_made)

    def _make(self, checked: tuple[Path, AppError | None]) -> None:
        self._folder_known(checked)
        if self._refusal is not None:
            self._say_making(False)
            return
        answers, territory = self.answers, self.territories.parts
        self._session.elsewhere(
            answers.folder,
            lambda directory, _progress: _found(directory, answers, territory),
            lambda _done: self._made(),
            self._not_made,
        )

    def _made(self) -> None:
        self._say_making(False)
        files, words = self.files, _("L’annuaire « {name} » est créé.").format(name=self.answers.name)

        def greet(shell: Shell) -> None:
            shell.toast(words)
            if files:
                shell.go("import", Request(paths=files))

        self._shell.open_folder(self.answers.folder, greet)

    def _not_made(self, problem: Exception) -> None:
        self._say_making(False)
        self._shell.report(problem)

    def _say_making(self, making: bool) -> None:
        if self.view is not None:
            self.view.show_making(making)

    def _label_known(self, label: str) -> None:
        if not self.answers.label:
            self.answers.label = label
            if self.view is not None:
                self.view.show_answers()

    def _folder_known(self, checked: tuple[Path, AppError | None]) -> None:
        self.answers.folder, self._refusal = checked
        words = f"{self._refusal.message} {self._refusal.hint}".strip() if self._refusal else ""
        deed = _("Ouvrir cet annuaire") if self._refusal and self._refusal.code == "already_directory" else ""
        if self.view is not None:
            self.view.show_folder(str(self.answers.folder), words, deed)


def usual_folder(session: Session) -> Path:
    """The folder asked for at the start, unless a directory is open or has gone from there."""
    asked = session.folder
    gone = config.last_directory() == asked
    return config.usual_directory() if session.exists or gone else asked


def checked(folder: Path) -> tuple[Path, AppError | None]:
    """A folder, and why no directory may be made in it."""
    return folder, refusal(folder)


def default_label() -> str:
    """What this PC is called until somebody says better."""
    from appli.services.spaces import default_label

    return default_label()


def _found(directory: Directory, answers: Answers, territory: Sequence[dict[str, str]]) -> None:
    from appli.services.spaces import SpaceFacts, found

    found(directory, SpaceFacts(answers.name, territory, answers.contact, answers.label))
