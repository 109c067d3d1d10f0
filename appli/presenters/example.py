"""The example: invented people in a folder of their own, opened, left and erased; the real directory is not touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.ports import Progress
from appli.presenters.jobs import Failed, Ticket
from appli.presenters.reports import note
from appli.presenters.session import Session
from appli.store.folder_files import is_directory

if TYPE_CHECKING:
    from appli.services.directory import Directory

Steps = Callable[[int, int, str], None]


def is_shown(session: Session) -> bool:
    """Whether the window shows the example."""
    return session.folder.resolve() == config.example_directory().resolve()


def is_made() -> bool:
    """Whether it is there already, as it was left."""
    return is_directory(config.example_directory())


def make(session: Session, done: Callable[[], None], failed: Failed, steps: Steps) -> Ticket:
    """Write the example into its folder; stopped or failed, it leaves nothing there."""

    def made(_counts: dict[str, int]) -> None:
        done()

    def not_made(problem: Exception) -> None:
        erase()
        failed(problem)

    erase()  # what a former attempt may have left
    return session.elsewhere(config.example_directory(), _load, made, not_made, steps)


def erase() -> None:
    """Remove its folder. It is renamed first: half of it is never taken for the example."""
    folder = config.example_directory()
    if not folder.exists():
        return
    gone = folder.with_name(f"{folder.name}-efface")
    try:
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as problem:
        note("example", type(problem).__name__)
        raise EnvironmentProblem(
            "example_kept",
            _("L’exemple n’a pas pu être effacé en entier. Vos propres fiches n’ont pas changé."),
            _("Fermez les programmes qui utilisent ce dossier, puis supprimez-le : {path}").format(path=folder),
        ) from problem


def own_directory() -> Path:
    """The directory one comes back to when leaving the example; it may not be there yet."""
    last = config.default_directory()
    return last if last.resolve() != config.example_directory().resolve() else config.usual_directory()


def _load(directory: Directory, progress: Progress) -> dict[str, int]:
    from appli.services.demonstration import load

    return load(directory, progress)
