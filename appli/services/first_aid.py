"""First aid for a directory that does not open: what is left of it, and the ways on.

Each way keeps the files as they are, in a folder with the date (`bases_aside` lists them), and whoever was erased
stays erased: the orders lie beside the base, in its backups and, as far as it can be read, in the base itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appli import config
from appli.errors import AppError, EnvironmentProblem, UserError
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.backing_up import backups_of
from appli.store import folder_files as files
from appli.store import remaking, restore
from appli.store.backup import Backup
from appli.store.lock import FolderLock
from appli.store.photos import FOLDER as PHOTOS
from appli.store.remaking import Remade

LATEST = "derniere"
"""What one writes in the terminal for the latest backup that can be come back to."""
MENDED = frozenset(("damaged", "missing_file", "not_a_directory", "newer_base"))
"""What keeps a directory from opening and is mended here."""
BEFORE_UPDATE = "avant-mise-a-jour"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a folder whose directory does not open."""

    problem: EnvironmentProblem
    backup: Backup | None
    """The latest one that can be come back to; before an update, for a base of a later version."""
    useless: int
    """Backups that are damaged too, or of a later version."""
    works: int | None
    """Works done since that backup, which would be missing; None when nobody can tell."""
    written: datetime | None
    """When the base was last written."""
    readable: int
    """Sheets that can still be read."""

    @property
    def is_newer(self) -> bool:
        """Whether nothing is wrong with the base, but that this program is too old for it."""
        return self.problem.code == "newer_base"


def examine(folder: Path, problem: EnvironmentProblem) -> Findings:
    """Look at what is left; nothing is touched."""
    backups = backups_of(folder)
    usable = [one for one in backups if restore.opens(one)]
    newer = problem.code == "newer_base"
    chosen = next((one for one in usable if newer and one.reason == BEFORE_UPDATE), next(iter(usable), None))
    since = int(chosen.at.timestamp() * 1000) if chosen else 0
    left = remaking.Left(0, None)
    if not newer:
        with suppress(AppError, OSError):
            left = remaking.what_is_left(folder, since)
    works = left.works if chosen else None
    return Findings(problem, chosen, len(backups) - len(usable), works, _last_written(folder), left.sheets)


def latest(folder: Path) -> Backup:
    """The latest backup that can be come back to. Raises UserError: there is none."""
    for one in backups_of(folder):
        if restore.opens(one):
            return one
    raise UserError(
        "no_backup",
        _("Aucune sauvegarde de ce dossier ne peut être reprise. Rien n’a changé."),
        _("« maillage base recuperer » reprend ce qui se lit encore de la base."),
    )


def come_back(folder: Path, name: str, *, newer: bool = False) -> Path:
    """Come back to a backup; returns where the base that did not open is kept."""
    return restore.rescue(folder, name, config.clock(), files.NEWER if newer else files.DAMAGED)


def recover(folder: Path, progress: Progress = SILENT) -> Remade:
    """Go on with what can still be read."""
    return remaking.remake(folder, config.clock(), progress)


def start_empty(folder: Path) -> Path:
    """Set the base aside with its photos, so that the next opening makes an empty directory; returns where."""
    lock = FolderLock(folder)
    lock.take("")
    try:
        kept_in = files.place_aside(folder, files.DAMAGED, config.clock()())
        files.forget_index(folder)
        shutil.rmtree(folder / files.COMING_BACK, ignore_errors=True)
        files.set_aside(folder, kept_in)
        if (folder / PHOTOS).exists():
            (folder / PHOTOS).rename(folder / kept_in / PHOTOS)
    except OSError as problem:
        raise EnvironmentProblem(
            "unwritable",
            _("Les fichiers de l’annuaire n’ont pas pu être mis de côté. Rien n’est effacé."),
            _("Vérifiez que le disque ou la clé n’est pas protégé, puis réessayez."),
        ) from problem
    finally:
        lock.release()
    return folder / kept_in


def _last_written(folder: Path) -> datetime | None:
    moments = list(_moments(folder / name for name in files.FILES))
    return datetime.fromtimestamp(max(moments)).astimezone() if moments else None


def _moments(paths: Iterable[Path]) -> Iterable[float]:
    for path in paths:
        for one in (path, path.with_name(path.name + "-wal")):
            with suppress(OSError):
                if one.is_file() and one.stat().st_size:
                    yield one.stat().st_mtime
