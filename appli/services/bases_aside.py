"""Bases that were set aside because they did not open: what there is of them, and their end.

First aid keeps them as they were, and nobody can take one person out of a damaged file: whoever is erased afterwards is
still in them. They go whole, when somebody says so, and never by themselves.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _
from appli.store.folder_files import DAMAGED, NEWER

EVERY = "toutes"
"""What one writes in the terminal for all of them."""
_MOMENT = re.compile(r"-([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6})(?:-[0-9]+)?")


@dataclass(frozen=True, slots=True)
class BaseAside:
    """One of them."""

    path: Path
    at: datetime
    size: int
    newer: bool
    """Whether nothing was wrong with it, but that the program was too old for it."""


def bases_aside(folder: Path) -> list[BaseAside]:
    """Those of a folder, open or not, the last one set aside first."""
    found = []
    for name in (DAMAGED, NEWER):
        with suppress(OSError):
            places = [p for p in folder.glob(f"{name}-*") if p.is_dir() and not p.is_symlink()]
            found += [BaseAside(p, _moment(p, name), sum(_sizes(p)), name == NEWER) for p in places]
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def delete(folder: Path, names: Collection[str]) -> int:
    """Delete them for ever; returns how many bytes they took. Raises UserError: there is no such base aside."""
    known = {one.path.name: one for one in bases_aside(folder)}
    for name in names:
        if name not in known:
            raise UserError(
                "no_base_aside",
                _("Aucune base mise de côté ne s’appelle « {name} ». Rien n’a changé.").format(name=name),
                _("« maillage base ecartees » les liste."),
            )
    try:
        for name in names:
            shutil.rmtree(known[name].path)
    except OSError as problem:
        raise EnvironmentProblem(
            "not_deleted",
            _("Des fichiers mis de côté n’ont pas pu être supprimés. Votre annuaire n’a pas changé."),
            _("Vérifiez que le disque ou la clé n’est pas protégé, fermez ce qui les montre, puis réessayez."),
        ) from problem
    return sum(known[name].size for name in names)


def _moment(path: Path, name: str) -> datetime:
    written = _MOMENT.fullmatch(path.name.removeprefix(name))
    with suppress(ValueError):
        if written is not None:
            return datetime.strptime(written[1], "%Y-%m-%d_%H%M%S").astimezone()
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()  # somebody gave it another name


def _sizes(place: Path) -> Iterator[int]:
    for path in place.rglob("*"):
        with suppress(OSError):
            if path.is_file() and not path.is_symlink():
                yield path.stat().st_size
