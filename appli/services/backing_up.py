"""Backups as one asks for them: the list, one more, coming back to one, looking the base over.

The list is read from the folder alone and one can come back to a backup of a base that does not open any more: that is
the day when backups are for.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from appli.errors import Cancelled
from appli.i18n import N_, _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.spaces import default_label, name_replica, named_replica
from appli.store.backup import FOLDER, Backup
from appli.store.backup import backups as checked_backups
from appli.store.restore import rescue

BY_HAND = "manuelle"
AFTERWARDS = N_("Mise à jour de la recherche")
"""The label of the steps that come once the directory has come back: stopping has no effect any more."""


def backups_of(folder: Path) -> Sequence[Backup]:
    """The checked backups of a folder, open or not, the last one made first."""
    return checked_backups(folder)


def place_of(folder: Path) -> Path:
    """Where the backups of a folder lie."""
    return folder / FOLDER


def back_up(directory: Directory) -> Backup:
    """Make one now; it counts only once it was opened and checked."""
    return directory.store.backup(BY_HAND)


def go_back(folder: Path, directory: Directory | None, name: str, progress: Progress = SILENT) -> None:
    """Come back to a backup, after one of the present; without a directory, that of a base that does not open.

    Stopping has an effect before the first step only. What was erased since stays erased; this PC keeps its name.
    """
    progress.step(0, 0, _("Sauvegarde"))
    if directory is None:
        rescue(folder, name)
        return
    directory.index.close()
    label = named_replica(directory)
    directory.store.restore(name)
    directory.ensure_index(_TooLate(progress))
    if label and label != default_label():
        name_replica(directory, label)


def check(directory: Directory) -> list[str]:
    """What is wrong with the base, in French sentences; nothing when all is sound."""
    return directory.store.problems()


@dataclass(frozen=True, slots=True)
class _TooLate:
    """What comes after the point of no return is told, and not stopped any more."""

    progress: Progress

    def step(self, done: int, total: int, label: str = "") -> None:  # noqa: ARG002 — its own label says where one is
        with suppress(Cancelled):
            self.progress.step(done, total, _(AFTERWARDS))
