"""Backups that count only once they were opened and checked.

Each is a folder `sauvegardes/AAAA-MM-JJ_HHMMSS-raison/` holding both files and `info.json`. A backup carries no
identity: whoever comes back to one takes a new replica name, since the commit numbers given after it were used.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appli.domain import catalogue
from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _
from appli.store import engine as sqlite
from appli.store.folder import Folder, raw
from appli.store.folder_files import FILES, SHARED_FILE
from appli.store.rows import SHARED

FOLDER = "sauvegardes"
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 12, 10, 9
RECENT = 5
"""The last ones made are kept whatever their date: a clock gone wrong is no reason to lose them."""
ROOM = 50_000_000


@dataclass(frozen=True, slots=True)
class Backup:
    """One checked backup. `number` counts them: it tells the last one made even when the clock went back."""

    name: str
    path: Path
    at: datetime
    reason: str
    records: int
    size: int
    number: int = 0


def backup(folder: Folder, reason: str, records: int, spared: str = "") -> Backup:
    """Copy both files while they are open, check the copies, then let the copy count; `spared` is not thinned out."""
    now = datetime.fromtimestamp(folder.clock() / 1000).astimezone()
    home = folder.path / FOLDER
    final = _free_name(home, f"{now:%Y-%m-%d_%H%M%S}-{reason}")
    check_space(folder.path, folder.path)
    partial = final.with_name(final.name + ".partiel")
    shutil.rmtree(partial, ignore_errors=True)
    number = 1 + max((b.number for b in backups(folder.path)), default=0)
    try:
        partial.mkdir(parents=True)
        copy_bases(folder, partial)
        info = {"at": now.isoformat(), "reason": reason, "records": records, "number": number}
        (partial / "info.json").write_text(json.dumps(info), "utf-8")
        partial.rename(final)
    except (OSError, sqlite.Error, EnvironmentProblem) as problem:
        shutil.rmtree(partial, ignore_errors=True)
        raise _failed(problem) from problem
    thin(home, spared)
    return _read(final)


def copy_bases(folder: Folder, target: Path) -> None:
    """Both files as they are at one moment, checked, and without the identity of this PC."""
    with folder.writing:
        for name in FILES:
            _copy(folder.path / name, target / name)


def back_up_before_upgrade(folder: Folder) -> None:
    """An older base, as it was before its tables change."""
    numbers = ",".join(str(k.number) for k in catalogue.main_kinds())
    with folder.reading() as connection:
        sql = f"SELECT count(*) FROM {SHARED}.ver WHERE kind IN ({numbers})"
        records = int(sqlite.scalar(raw(connection), sql) or 0)
    backup(folder, "avant-mise-a-jour", records)


def _failed(problem: Exception) -> EnvironmentProblem:
    if isinstance(problem, EnvironmentProblem) and problem.code == "damaged":
        return problem
    return EnvironmentProblem(
        "backup_failed",
        _("La sauvegarde n’a pas pu être faite. Vos fiches sont intactes."),
        _("Libérez de la place sur le disque, puis réessayez."),
    )


def _copy(source: Path, target: Path) -> None:
    with sqlite.translated():
        sound = copy_base(source, target)
    if not sound:
        raise EnvironmentProblem("damaged", _("La copie est abîmée\u00a0: elle n’a pas été gardée."))


def copy_base(source: Path, target: Path, told: Callable[[int], None] | None = None, pages: int = -1) -> bool:
    """Copy one base whole, however much it is in use, without the mark that ties it to this PC; whether it is sound.

    `told` hears how many pages the base has, after each step of so many pages.
    """
    origin, copy = sqlite.connect(source, read_only=True), sqlite.connect(target)
    try:
        origin.backup(copy, pages=pages, progress=told and (lambda _state, _left, total: told(total)))
        if target.name == SHARED_FILE:
            copy.execute("DELETE FROM meta WHERE key='nonce'")
        copy.execute("PRAGMA journal_mode=DELETE")
        return bool(copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    finally:
        origin.close()
        copy.close()


def _free_name(home: Path, name: str) -> Path:
    found, n = home / name, 2
    while found.exists():
        found, n = home / f"{name}-{n}", n + 1
    return found


def check_space(source: Path, folder: Path) -> None:
    """Refuse to copy the files of `source` into a folder whose disk is about to be full."""
    size = sum((source / name).stat().st_size for name in FILES if (source / name).exists())
    if shutil.disk_usage(folder).free < 3 * size + ROOM:
        raise EnvironmentProblem(
            "disk_full",
            _("Il n’y a plus assez de place sur le disque pour une sauvegarde. Rien n’a changé."),
            _("Libérez 200 Mo, puis réessayez."),
        )


def backups(folder: Path) -> list[Backup]:
    """The checked backups, the last one made first."""
    home = folder / FOLDER
    found = (_readable(p) for p in home.iterdir() if p.is_dir()) if home.exists() else ()
    return sorted((b for b in found if b), key=lambda b: (b.number, b.name), reverse=True)


def _readable(path: Path) -> Backup | None:
    try:
        return None if path.suffix == ".partiel" else _read(path)
    except (OSError, ValueError, KeyError):
        return None


def _read(path: Path) -> Backup:
    info = json.loads((path / "info.json").read_text("utf-8"))
    size = sum((path / name).stat().st_size for name in FILES)
    at = datetime.fromisoformat(info["at"])
    return Backup(path.name, path, at, info["reason"], info["records"], size, info.get("number", 0))


def thin(home: Path, spared: str = "") -> None:
    """Keep the latest of each of 12 days, 10 weeks and 9 months, and the last ones made."""
    found = backups(home.parent)
    kept = {b.name for b in found[:RECENT]} | {spared}
    periods: tuple[tuple[int, Callable[[Backup], object]], ...] = (
        (KEPT_DAYS, lambda b: b.at.date()),
        (KEPT_WEEKS, lambda b: b.at.isocalendar()[:2]),
        (KEPT_MONTHS, lambda b: (b.at.year, b.at.month)),
    )
    by_date = sorted(found, key=lambda b: b.at, reverse=True)
    for many, period in periods:
        kept |= _latest_of(by_date, many, period)
    for one in found:
        if one.name not in kept:
            shutil.rmtree(one.path, ignore_errors=True)


def _latest_of(found: Iterable[Backup], many: int, period: Callable[[Backup], object]) -> set[str]:
    seen: dict[object, str] = {}
    for one in found:
        if len(seen) < many:
            seen.setdefault(period(one), one.name)
    return set(seen.values())


def find(folder: Path, name: str) -> Backup:
    """A backup by its name or its path."""
    for one in backups(folder):
        if one.name == name or one.path == Path(name):
            return one
    raise UserError(
        "no_backup",
        _("Aucune sauvegarde ne s’appelle « {name} ». Rien n’a changé.").format(name=name),
        _("Choisissez-en une dans la liste."),
    )
