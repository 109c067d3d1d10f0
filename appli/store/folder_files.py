"""The files of a directory folder, by name; cheap to import, so that a search need not load the store.

Two things touch both files at once and may be interrupted: making a new directory and coming back to a backup. Each
leaves a mark until it is done, and the next opening for writing finishes it or starts it again.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from appli.errors import EnvironmentProblem
from appli.i18n import _

PRIVATE_FILE, SHARED_FILE, INDEX_FILE = "prive.db", "partage.db", "index.db"
FILES = (PRIVATE_FILE, SHARED_FILE)
BEING_MADE = "creation.en-cours"
"""Stands while a new directory is being made: without it, an empty file is a damaged one."""
LEAST_ROOM = 500_000
ASIDE = "attente"
"""Holds copies of small packets that somebody wants to come back to."""
MOVED_AWAY = "deplace.json"
"""Left in a folder whose directory was moved: it says where to, and nobody writes there any more."""
COMING_BACK = "restauration"
"""Holds the files of a backup, ready and checked, until they have taken the place of the present ones."""
KEPT_IN = "garder-dans.txt"
"""Beside those files: the folder that the present ones go to instead of being removed."""
DAMAGED, NEWER = "base-abimee", "base-plus-recente"
"""How such folders are called, before the date; only a person's word removes one (`services.bases_aside`)."""


def is_directory(path: Path) -> bool:
    """Whether a folder holds a directory."""
    return all((path / name).exists() for name in FILES) and not (path / BEING_MADE).exists()


def has_room(path: Path) -> bool:
    """Whether the disk takes what SQLite keeps beside a file, without which nothing is even opened for writing."""
    try:
        return shutil.disk_usage(path).free >= LEAST_ROOM
    except OSError:
        return True


def can_be_written(path: Path) -> bool:
    """Whether this account may write in a folder: neither a protected stick, nor somebody else's, nor a full disk."""
    if not has_room(path):
        return False
    if sys.platform == "win32":
        try:  # Windows answers for the folder whatever the stick does; opening the index risks nothing
            os.close(os.open(path / INDEX_FILE, os.O_RDWR))
        except FileNotFoundError:
            pass
        except OSError:
            return False
    return os.access(path, os.W_OK | os.X_OK) or not path.exists()


def no_directory(path: Path) -> EnvironmentProblem:
    """Nothing to read there."""
    return EnvironmentProblem(
        "no_directory",
        _("Il n’y a pas encore d’annuaire dans « {path} ».").format(path=path),
        _("Créez-en un : « maillage espace creer NOM », ou ouvrez la fenêtre de Maillage."),
    )


def missing_file(path: Path) -> EnvironmentProblem | None:
    """What to say of a folder that lost one of its two files; None if it holds both, or none."""
    lost = [name for name in FILES if not (path / name).exists()]
    if len(lost) != 1:
        return None
    return EnvironmentProblem(
        "missing_file",
        _("Il manque le fichier « {name} » dans le dossier de l’annuaire. Rien n’a été changé.").format(name=lost[0]),
        _(
            "Remettez ce fichier à sa place, rouvrez Maillage, qui propose d’y remédier, ou écrivez"
            " « maillage base restaurer derniere »."
        ),
    )


def remove_base(path: Path, name: str) -> None:
    """Remove a base with what SQLite keeps beside it."""
    for rest in ("-wal", "-shm", ""):
        (path / (name + rest)).unlink(missing_ok=True)


def forget_index(path: Path) -> None:
    """The index is derived: deleting it costs only the time to build it again."""
    remove_base(path, INDEX_FILE)


def forget_aside(path: Path) -> None:
    """Packets that wait may speak of somebody who was erased since: their copies go, whoever sent them has others."""
    shutil.rmtree(path / ASIDE, ignore_errors=True)


def place_aside(path: Path, name: str, at: int) -> str:
    """A folder that is not there yet, for files that no longer serve and that somebody may still want: its name."""
    moment = datetime.fromtimestamp(at / 1000).astimezone()
    wanted = found = f"{name}-{moment:%Y-%m-%d_%H%M%S}"
    number = 2
    while (path / found).exists():
        found, number = f"{wanted}-{number}", number + 1
    return found


def set_aside(path: Path, kept_in: str, names: Collection[str] = FILES) -> None:
    """Move bases into that folder as they are, with what SQLite had not yet written into them."""
    target = path / kept_in
    for name in names:
        (path / (name + "-shm")).unlink(missing_ok=True)
        for one in (name, name + "-wal"):
            if (path / one).exists():
                target.mkdir(parents=True, exist_ok=True)
                (path / one).rename(target / one)


def finish(path: Path) -> None:
    """Finish what was interrupted: clear away a directory half made, put a backup fully in place."""
    if (path / BEING_MADE).exists():
        for name in FILES:
            remove_base(path, name)
    ready = path / COMING_BACK
    if not ready.is_dir():
        return
    forget_index(path)
    kept_in = (ready / KEPT_IN).read_text("ascii") if (ready / KEPT_IN).exists() else ""
    for name in FILES:
        if (ready / name).exists():
            if kept_in:
                set_aside(path, kept_in, [name])
            remove_base(path, name)
            (ready / name).replace(path / name)
    shutil.rmtree(ready)
