"""Joining a network with a file received: whose it is comes first, then where the new directory lies, then the yes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from appli.domain.moments import local
from appli.errors import AppError, Cancelled
from appli.i18n import _, _n, number
from appli.presenters.backup_list import size_words
from appli.presenters.founding import checked, default_label, usual_folder
from appli.presenters.jobs import Ticket
from appli.presenters.shell import Shell
from appli.services.siting import free_beside, room_in

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exchanging.joining import Introduction
    from appli.services.exchanging.receiving import Receipt

Part = Literal["reading", "phrase", "refused", "facts", "working"]


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What a packet says of itself."""

    space: str
    sender: str
    facts: str
    words: str


class JoiningView(Protocol):
    """What draws the step."""

    def show_part(self, part: Part) -> None:
        """What the step is about now."""

    def show_facts(self, facts: NetworkFacts) -> None:
        """Whose network it is."""

    def show_label(self, label: str) -> None:
        """What this PC is called."""

    def show_folder(self, folder: str, refusal: str) -> None:
        """Where the directory will lie, or why not there."""

    def show_phrase(self, name: str, refused: str) -> None:
        """Ask for the passphrase of that file."""

    def show_refusal(self, title: str, words: str) -> None:
        """Why the file leads nowhere."""

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""


class Joining:
    """State of the step. Nothing is written before `join`."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._path = Path()
        self._phrase: str | None = None
        self._refusal: AppError | None = None
        self._ticket: Ticket | None = None
        self._space = ""
        self.label = ""
        self.folder = Path()
        self.part: Part = "reading"
        self.view: JoiningView | None = None

    def ask(self, path: Path, phrase: str | None = None) -> None:
        """Read whose network that file leads into."""
        self._path = path
        self._become("reading")
        self._session.jobs.read(
            "rejoindre",
            lambda _stopped: _introduce(path, phrase),
            lambda known: self._known(known, phrase),
            self._failed,
        )
        if self.folder == Path():
            self.set_folder(free_beside(usual_folder(self._session)))
        if not self.label:
            self._session.jobs.read("poste", lambda _stopped: default_label(), self._label_known)

    def open_with(self, phrase: str) -> None:
        """The passphrase was typed."""
        self.ask(self._path, phrase)

    def set_label(self, text: str) -> None:
        """What this PC is called."""
        self.label = text.strip()

    def set_folder(self, chosen: Path) -> None:
        """Another folder; in one that holds other things, a new one inside."""
        self._session.jobs.read("dossier", lambda _stopped: checked(room_in(chosen)), self._folder_known)

    def join(self) -> None:
        """Make the directory, take everything of the packet into it, open it."""
        if self.part == "facts" and self._refusal is None:
            folder = self.folder
            self._session.jobs.read("dossier", lambda _stopped: checked(room_in(folder)), self._make, self._failed)

    def _make(self, found: tuple[Path, AppError | None]) -> None:
        before = self.folder
        self._folder_known(found)
        if self._refusal is not None or self.folder != before:
            return
        self._become("working")
        self._steps(0, 0, "")
        self._take(self.folder)

    def _take(self, folder: Path) -> None:
        path, phrase, label = self._path, self._phrase, self.label
        self._ticket = self._session.elsewhere(
            folder,
            lambda directory, progress: _join(directory, path, phrase, label, progress),
            lambda _receipt: self._joined(folder),
            lambda problem: self._not_joined(folder, problem),
            self._steps,
        )

    def stop(self) -> None:
        """Stop: the new folder leaves again."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- answers ---

    def _known(self, known: Introduction, phrase: str | None) -> None:
        self._phrase, self._space = phrase, known.space
        if self.view is not None:
            self.view.show_facts(facts_of(known))
        self._become("facts")

    def _failed(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            self._shell.report(problem)
        elif problem.code in ("passphrase_needed", "passphrase_wrong"):
            self._become("phrase")
            refused = f"{problem.message} {problem.hint}".strip() if problem.code == "passphrase_wrong" else ""
            if self.view is not None:
                self.view.show_phrase(self._path.name, refused)
        else:
            self._become("refused")
            if self.view is not None:
                self.view.show_refusal(problem.message, problem.hint)

    def _joined(self, folder: Path) -> None:
        words = self._welcome()
        self._become("facts")
        self._shell.open_folder(folder, lambda shell: shell.toast(words))

    def _not_joined(self, folder: Path, problem: Exception) -> None:
        self._forget(folder)
        if isinstance(problem, AppError) and not isinstance(problem, Cancelled):
            self._failed(problem)
        else:
            self._become("facts")
            self._shell.report(problem)

    def _forget(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)  # it was empty, or not there, before

    def _welcome(self) -> str:
        return _("Vous avez rejoint le réseau « {name} ».").format(name=self._space)

    def _label_known(self, label: str) -> None:
        if not self.label:
            self.label = label
            if self.view is not None:
                self.view.show_label(label)

    def _folder_known(self, found: tuple[Path, AppError | None]) -> None:
        self.folder, self._refusal = found
        words = f"{self._refusal.message} {self._refusal.hint}".strip() if self._refusal else ""
        if self.view is not None:
            self.view.show_folder(str(self.folder), words)

    # --- parts ---

    def _become(self, part: Part) -> None:
        self.part = part
        if self.view is not None:
            self.view.show_part(part)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)


def facts_of(known: Introduction) -> NetworkFacts:
    """« Fait par le poste « Accueil » le 18 novembre 2026 · 1 646 éléments · 94 Ko »."""
    from appli.services.wording import date_text

    day = local(known.made_at).date()
    count = _n("{n} élément", "{n} éléments", known.records).format(n=number(known.records))
    return NetworkFacts(
        space=known.space,
        sender=_("Fichier fait par le poste « {name} »").format(name=known.sender),
        facts=" · ".join((_("le {day}").format(day=date_text(day.isoformat())), count, size_words(known.size))),
        words=known.fingerprint,
    )


def _introduce(path: Path, phrase: str | None) -> Introduction:
    from appli.services.exchanging.joining import introduce

    return introduce(path, phrase)


def _join(directory: Directory, path: Path, phrase: str | None, label: str, progress: Progress) -> Receipt:
    from appli.services.exchanging.joining import join

    return join(directory, path, phrase, label, progress)
