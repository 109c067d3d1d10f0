"""A whole directory folder copied elsewhere, every byte read again before the copy counts.

The bases are copied by SQLite itself, with what waits in their logs; the copy carries no identity, so whoever opens it
takes a new name and no number is ever given to two edits. The index is derived and stays behind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.ports import Progress
from appli.store import engine as sqlite
from appli.store.backup import copy_base
from appli.store.folder_files import FILES, INDEX_FILE, MOVED_AWAY, missing_file
from appli.store.lock import HOLDER_FILE, LOCK_FILE
from appli.store.whole_file import HALF

_LEFT = frozenset((*FILES, INDEX_FILE, LOCK_FILE, HOLDER_FILE, MOVED_AWAY))
_ROOM = 50_000_000
_CHUNK = 1 << 20
_PAGES = 500


def copy_folder(folder: Path, target: Path, progress: Progress) -> None:
    """Copy; `target` is there whole, or not at all. Nobody may write in `folder` meanwhile (`FolderLock`)."""
    lost = missing_file(folder)
    if lost is not None:
        raise lost
    with sqlite.translated():
        others = list(_others(folder))
        sizes = [(folder / name).stat().st_size for name in (*FILES, *others)]
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < sum(sizes) + _ROOM:
            raise EnvironmentProblem(
                "disk_full",
                _("Il n’y a pas assez de place sur ce poste pour l’annuaire. Rien n’a changé."),
                _("Libérez de la place, ou choisissez un autre disque de ce poste."),
            )
        partial = target.with_name(target.name + HALF)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            told = _Told(progress, sum(sizes))
            for name in FILES:
                _copy_base(folder / name, partial / name, told)
            for name in others:
                _copy_file(folder / name, partial / name, told)
            if target.exists():
                target.rmdir()
            partial.rename(target)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


class _Told:
    """How many bytes are there."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, max(1, total)

    def step(self, more: int) -> None:
        self._done = min(self._total, self._done + more)
        self._progress.step(self._done, self._total, _("Copie de l’annuaire"))


def _others(folder: Path) -> Iterator[str]:
    """What lies beside the bases: photos, backups, maps, layers; not what programs that synchronise leave there."""
    for path, inside, files in os.walk(folder):
        here = Path(path).relative_to(folder)
        inside[:] = [name for name in inside if not name.startswith(".")]
        for name in files:
            beside = here == Path() and (name in _LEFT or name.removesuffix("-wal").removesuffix("-shm") in _LEFT)
            if not (beside or name.startswith(".") or name.endswith(HALF)):
                yield str(here / name)


def _copy_base(source: Path, target: Path, told: _Told) -> None:
    size = source.stat().st_size
    sound = copy_base(source, target, lambda pages: told.step(size * min(_PAGES, pages) // max(1, pages)), _PAGES)
    if not sound:
        raise EnvironmentProblem(
            "damaged",
            _("L’annuaire est abîmé là où il est : la copie n’a pas été gardée. L’original est intact."),
            _("Restaurez une sauvegarde là-bas, puis réessayez."),
        )


def _copy_file(source: Path, target: Path, told: _Told) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    read = hashlib.sha256()
    with source.open("rb") as origin, target.open("wb") as copy:
        while chunk := origin.read(_CHUNK):
            read.update(chunk)
            copy.write(chunk)
            told.step(len(chunk))
        copy.flush()
        os.fsync(copy.fileno())
    with target.open("rb") as copy:
        if hashlib.file_digest(copy, "sha256").digest() != read.digest():
            raise EnvironmentProblem(
                "copy_differs",
                _("Un fichier copié ne se relit pas comme l’original. L’original est intact."),
                _("Ce disque est peut-être abîmé : choisissez-en un autre."),
            )
    shutil.copystat(source, target)
