"""« Dossier partagé » on the page: choosing and leaving it, how it is, what waits in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from appli.i18n import _
from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.imports_journal import Question
from appli.presenters.jobs import Stopped
from appli.presenters.shared_folder_words import WaitingRow, state_words, waiting_row
from appli.presenters.shell import BUNDLE, Request, Shell
from appli.services.directory import Directory

State = Literal["none", "away", "empty", "trouble", "well"]


class ExchangeFolder(ExchangeSection[None]):
    """State of the part; `shell.shared_folder` does the work, whatever page is shown."""

    channel = "echanges-dossier"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._folder = shell.shared_folder
        self._leave_folder: Callable[[], None] = self._folder.changed.listen(lambda _none: self._heard())
        self.is_known = self._folder.is_known

    def close(self) -> None:
        super().close()
        self._leave_folder()

    def read(self) -> None:
        self._folder.look()

    # --- what is shown ---

    @property
    def state(self) -> State:
        """Which of its states the part is in."""
        standing = self._folder.standing
        if standing is None:
            return "none"
        if not standing.there:
            return "away"
        if not standing.begun:
            return "empty"
        return "trouble" if self._folder.problem is not None else "well"

    @property
    def words(self) -> str:
        """That state, in words."""
        folder = self._folder
        match self.state:
            case "none":
                return _(
                    "Syncthing ou Nextcloud portent les paquets d’un poste à l’autre ; ici, ils arrivent et partent "
                    "d’eux-mêmes. Ce qui demande un choix vous attend."
                )
            case "away":
                return _(
                    "Le dossier n’est pas là pour l’instant. Vos fiches sont sur ce poste ; "
                    "il sera relevé dès son retour."
                )
            case "empty":
                return _(
                    "Ce dossier est vide : son disque n’est peut-être pas branché. Vos fiches sont sur ce poste. "
                    "Rien n’y sera écrit avant que vous le disiez."
                )
        if folder.problem is not None:
            return f"{folder.problem.message} {folder.problem.hint}".strip()
        if folder.is_working:
            return _("Relevé en cours…")
        return state_words(folder.standing, folder.looked_at) if folder.standing is not None else ""

    @property
    def warning(self) -> str:
        """What should be changed where the folder is carried; empty when nothing."""
        standing = self._folder.standing
        if standing is None:
            return ""
        if standing.has_strangers and standing.writers == 1:
            return _(
                "Un autre réseau écrit dans ce dossier, et aucun poste du vôtre. Pour être du même, un poste "
                "rejoint l’autre : "
                "à la première ouverture, avec un paquet reçu."
            )
        if not standing.keeps_old:
            return ""
        return _(
            "Syncthing garde ici d’anciens fichiers, dans « .stversions » : ce qui est effacé y reste. "
            "Coupez la gestion des versions de ce dossier, puis supprimez « .stversions »."
        )

    @property
    def root(self) -> Path | None:
        """Where it is."""
        return self._folder.standing.root if self._folder.standing is not None else None

    @property
    def waiting(self) -> list[WaitingRow]:
        """What waits, a row for each PC."""
        standing = self._folder.standing
        return [waiting_row(one) for one in standing.waiting] if standing is not None else []

    # --- deeds ---

    def choose(self, root: Path) -> None:
        """Use that folder from now on."""
        words = _("Dossier partagé : « {name} ».").format(name=root.name or str(root))
        self._folder.choose(root, lambda: self._shell.toast(words))

    def look_now(self) -> None:
        """Now, without waiting for its turn."""
        self._folder.look()

    def begin_anew(self) -> None:
        """The empty folder is the right one."""
        self._folder.write_anew()

    def look_at(self, sender: bytes) -> None:
        """Open the oldest packet of that PC; once it is settled, the next ones come by themselves, or wait in turn."""
        standing = self._folder.standing
        paths = [one.paths[0] for one in standing.waiting if one.sender == sender] if standing else []
        if paths:
            self._shell.go(BUNDLE, Request(paths=tuple(paths)))

    def ask_to_leave(self) -> None:
        """Say what leaving does, before it is done."""
        if self.view is None or self.root is None or self.why_not_write:
            return
        question = Question(
            _("Quitter le dossier « {name} » ?").format(name=self.root.name or str(self.root)),
            _(
                "Vos fiches restent toutes ici. Les paquets de ce poste seront retirés du dossier : "
                "qui ne les a pas encore lus ne les lira plus. Vous pourrez y revenir."
            ),
            _("Rester"),
            _("Quitter le dossier"),
        )
        self.view.ask(question, lambda: self._folder.leave(self._left))

    # --- parts ---

    def _left(self, clean: bool) -> None:
        words = _("Dossier partagé quitté ; les paquets de ce poste en ont été retirés.")
        if not clean:
            words = _("Dossier partagé quitté. Des paquets de ce poste y sont restés : il ne répondait pas.")
        self._shell.toast(words)

    def _heard(self) -> None:
        self.is_known = self._folder.is_known
        self._show()

    def _ask(self, directory: Directory, stopped: Stopped) -> None:
        """Nothing: the folder looks for itself."""

    def _take(self, answer: None) -> None:
        """Nothing either."""
