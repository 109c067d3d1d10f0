"""The first page: which directory? Make one, open one that is there, try with invented people, or take a file received.

Also reached from the Réglages to change directory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from appli import config
from appli.i18n import _, number
from appli.presenters import example
from appli.presenters.arriving_pc import ArrivingPc
from appli.presenters.doors import Door, Notice, doors_shown
from appli.presenters.founding import Founding
from appli.presenters.given_files import is_list, is_moving, is_packet
from appli.presenters.jobs import Ticket
from appli.presenters.joining import Joining
from appli.presenters.shell import FIRST_AID, Request, Shell
from appli.store.folder_files import is_directory, missing_file

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer

Step = Literal["doors", "questions", "join", "arrive", "work"]


class FirstRunView(Protocol):
    """What draws the page."""

    def show_step(self, step: Step) -> None:
        """Doors, questions or the example being made."""

    def show_notice(self, notice: Notice | None) -> None:
        """Over the doors or the questions."""

    def show_progress(self, done: int, total: int, count: str) -> None:
        """How far the example is."""


class FirstRun:
    """State of the page."""

    def __init__(self, shell: Shell, view: FirstRunView, gazetteer: Callable[[], Gazetteer]) -> None:
        self._shell = shell
        self._session = shell.session
        self._view = view
        self._ticket: Ticket | None = None
        self._for_files = False
        self.step: Step = "doors"
        self.founding = Founding(shell, gazetteer)
        self.joining = Joining(shell)
        self.arriving = ArrivingPc(shell)

    # --- what the page shows ---

    def doors(self) -> list[Door]:
        """The ways in that this version has."""
        return doors_shown(self._shell.has_page, in_example=example.is_shown(self._session))

    @property
    def can_leave(self) -> bool:
        """Whether there is a directory to go back to."""
        return self._session.exists

    def words(self) -> tuple[str, str]:
        """The title and the sentence under it."""
        if self.step == "join":
            return _("Rejoindre un réseau"), _("Regardez d’où vient ce fichier avant de l’accepter.")
        if self.step == "arrive":
            return _("Reprendre un annuaire d’un autre poste"), _("Regardez ce qu’il contient avant de l’accepter.")
        if self.step == "questions":
            return _("Votre annuaire"), _("Seul le nom est nécessaire. Tout se change ensuite dans les Réglages.")
        promise = _("Un annuaire reste sur ce poste. Rien ne part sur Internet, aucun compte n’est demandé.")
        return (_("Quel annuaire ouvrir ?") if self.can_leave else _("Bonjour. Par où commencer ?")), promise

    # --- coming and going ---

    def enter(self, request: Request) -> None:
        """The page is shown, perhaps for files."""
        under_way = self._under_way()
        if not under_way:
            self._for_files = bool(request.paths)
            self._become("doors", self._trouble())
            if request.paths:
                self.take(request.paths)
        elif request.paths:
            self._shell.refuse(under_way.format(name=request.paths[0].name))

    def choose(self, key: str) -> None:
        """Go through a door; those that lead to a folder or a file come with it, by `take`."""
        if key == "create":
            self._ask()
        elif key == "example":
            self._open_example()

    def back(self) -> None:
        """From the questions to the doors, from the doors to the directory."""
        if self.step == "questions":
            self.founding.files = ()
            self._become("doors")
        elif self.step in ("join", "arrive"):
            if self._for_files and self.can_leave:
                self._shell.back()  # the doors were never asked for
            else:
                self._become("doors")
        elif self.step == "doors" and self.can_leave:
            self._shell.back()

    def take(self, paths: Sequence[Path]) -> None:
        """A folder or files, dropped or chosen."""
        folder = next((p for p in paths if p.is_dir()), None)
        moving = next((p for p in paths if is_moving(p)), None)
        packets = tuple(p for p in paths if is_packet(p))
        lists = tuple(p for p in paths if is_list(p))
        if folder is not None:
            self._session.jobs.read("annuaire-choisi", lambda _stopped: _found(folder), self._open_found)
        elif moving is not None:
            self._become("arrive")
            self.arriving.ask(moving)
        elif packets:
            self._become("join")
            self.joining.ask(packets[0])
        elif lists and self._shell.has_page("import"):
            self.founding.files = lists
            self._ask()
        elif paths:
            words = _("Maillage ne sait pas ouvrir « {name} ». Rien n’a changé.").format(name=paths[0].name)
            self._view.show_notice(Notice("warning", words))

    # --- the ways ---

    def _ask(self, folder: Path | None = None) -> None:
        files = self.founding.files
        self._become("questions", _import_follows(files) if files else None)
        self.founding.ask(folder)

    def _open_found(self, found: tuple[Path, bool]) -> None:
        folder, is_there = found
        if is_there:
            self._shell.open_folder(folder)
        elif not self._offer_backup(folder):
            title = _("Il n’y a pas d’annuaire dans « {name} ».").format(name=folder.name or str(folder))
            here = _("En créer un ici")
            self._view.show_notice(Notice("warning", title, _("Rien n’a changé."), here, lambda: self._ask(folder)))

    def _offer_backup(self, folder: Path) -> bool:
        """A folder of which the backups alone are left."""
        from appli.services.backing_up import backups_of

        last = next(iter(backups_of(folder)), None)
        if last is None:
            return False
        from appli.services.wording import date_text

        day = date_text(last.at.date().isoformat())
        title = _("Il n’y a plus d’annuaire dans « {name} », mais il y reste des sauvegardes.").format(name=folder.name)
        deed = _("Revenir à celle du {day}").format(day=day)
        self._view.show_notice(Notice("warning", title, _("Rien n’a changé."), deed, lambda: self._come_back(folder)))
        return True

    def _come_back(self, folder: Path) -> None:
        self._session.jobs.write(
            lambda _progress: _come_back(folder), lambda _none: self._shell.open_folder(folder), self._shell.report
        )

    def _open_example(self) -> None:
        if example.is_made():
            self._shell.open_folder(config.example_directory())
            return
        self._become("work")
        self._steps(0, 0, "")
        self._ticket = example.make(self._session, self._example_made, self._not_made, self._steps)

    def stop(self) -> None:
        """Stop making the example."""
        if self._ticket is not None:
            self._ticket.stop()

    def _example_made(self) -> None:
        self._become("doors")
        self._shell.open_folder(config.example_directory())

    def _not_made(self, problem: Exception) -> None:
        self._become("doors")
        self._shell.report(problem)

    def _steps(self, done: int, total: int, label: str) -> None:
        count = _("{n} fiches sur {total}").format(n=number(done), total=number(total)) if total else ""
        # what is counted while the search is made ready are not sheets
        self._view.show_progress(done, total, count if label in ("", _("Exemple")) else label)

    # --- parts ---

    def _under_way(self) -> str:
        """What to say to whoever brings a file while a folder is being filled; empty when none is."""
        if self.step == "work":
            return _("L’exemple se prépare. Rouvrez « {name} » quand il sera prêt.")
        coming = {"join": self.joining, "arrive": self.arriving}.get(self.step)
        if coming is not None and coming.part == "working":
            return _("Un annuaire arrive sur ce poste. Rouvrez « {name} » quand il sera là.")
        return ""

    def _become(self, step: Step, notice: Notice | None = None) -> None:
        self.step = step
        self._view.show_step(step)
        self._view.show_notice(notice)

    def _trouble(self) -> Notice | None:
        """Why there is no directory although there should be one."""
        folder = self._session.folder
        incomplete = missing_file(folder)
        if incomplete is not None:
            way = _("Voir ce qu’on peut faire") if self._shell.has_page(FIRST_AID) else ""
            return Notice("danger", incomplete.message, "", way, lambda: self._shell.go(FIRST_AID))
        if not self.can_leave and config.last_directory() == folder:
            title = _("L’annuaire de la dernière fois n’est plus là.")
            words = _("Il était dans « {path} ». Branchez le disque ou la clé, puis réessayez.").format(path=folder)
            return Notice("warning", title, words, _("Réessayer"), lambda: self._shell.open_folder(folder))
        return None


def _import_follows(files: Sequence[Path]) -> Notice:
    title = _("La liste « {name} » sera importée ensuite.").format(name=files[0].name)
    return Notice("info", title, _("Vous verrez tout avant d’accepter."))


def _found(chosen: Path) -> tuple[Path, bool]:
    """The directory meant (that folder, one inside, the one around), and whether there is one."""
    if (chosen / "info.json").exists():  # a backup is come back to, and never written in
        return chosen.parent.parent, is_directory(chosen.parent.parent)
    around = (chosen, chosen / "annuaire", chosen.parent)
    there = next((one for one in around if is_directory(one) or missing_file(one) is not None), None)
    return (there or chosen), there is not None


def _come_back(folder: Path) -> None:
    from appli.services.first_aid import come_back, latest

    come_back(folder, latest(folder).name)
