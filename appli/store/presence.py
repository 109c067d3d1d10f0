"""Whether the files that were opened are still the folder's: a stick is pulled out, a folder renamed or replaced.

A file that was opened goes on taking what is written after its stick is gone, or under its new name: without this look,
what nobody will find again would be called saved.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.store.folder_files import PRIVATE_FILE

GONE, OTHER = "folder_gone", "other_directory"


class Presence:
    """Remembers which file was opened, once it is; looked at around every writing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: tuple[int, int] | None = None
        self.lost = False
        """Whether the disk failed since: the files are to be opened anew before anything else is written."""

    def begin(self) -> None:
        """The files are those now."""
        self._file = _which(self._folder)

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Raises EnvironmentProblem `folder_gone` when the files are not there, before or after it is tried."""
        self._look()
        try:
            yield
        except EnvironmentProblem as problem:
            if problem.code in ("unwritable", "damaged"):
                self.lost = self._file is not None
                self._look()
            raise

    def _look(self) -> None:
        if self._file is not None and _which(self._folder) != self._file:
            self.lost = True
            raise gone(self._folder)


def gone(folder: Path) -> EnvironmentProblem:
    """The folder is not there any more."""
    return EnvironmentProblem(
        GONE,
        _(
            "Le dossier de l’annuaire n’est plus là : « {path} ». Ce qui était enregistré y est toujours ; "
            "ce que vous venez de saisir ne l’est pas encore."
        ).format(path=folder),
        _("Rebranchez la clé ou le disque, ou remettez le dossier à sa place, puis réessayez."),
    )


def another(folder: Path) -> EnvironmentProblem:
    """Another directory lies where ours was."""
    return EnvironmentProblem(
        OTHER,
        _("Le dossier « {name} » contient maintenant un autre annuaire. Rien n’y a été écrit.").format(
            name=folder.name
        ),
        _("Remettez le premier à sa place, puis réessayez ; ou fermez Maillage et rouvrez-le pour celui-ci."),
    )


def _which(folder: Path) -> tuple[int, int] | None:
    try:
        found = (folder / PRIVATE_FILE).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
