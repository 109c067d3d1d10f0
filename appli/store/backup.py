"""Backups that count only once they were opened and checked, and coming back to one without bringing the erased back.

Each is a folder `sauvegardes/AAAA-MM-JJ_HHMMSS-raison/` holding both files and `info.json`. A backup carries no
identity: coming back to one takes a new replica name, since the commit numbers given after it were used.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appli.errors import EnvironmentProblem, UserError
from appli.i18n import _
from appli.store import engine as sqlite
from appli.store import erase as erasing
from appli.store.folder import Folder, raw
from appli.store.folder_files import INDEX_FILE, PRIVATE_FILE, SHARED_FILE
from appli.store.private import PrivateValues
from appli.store.registers import Registers

FOLDER = "sauvegardes"
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 12, 10, 9
RECENT = 5
"""The latest ones are kept whatever their date: a clock gone wrong is no reason to lose them."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One checked backup."""

    name: str
    path: Path
    at: datetime
    reason: str
    records: int
    size: int


def backup(folder: Folder, reason: str, records: int) -> Backup:
    """Copy both files while they are open, check the copies, then let the copy count."""
    now = datetime.fromtimestamp(folder.clock() / 1000).astimezone()
    home = folder.path / FOLDER
    final = _free_name(home, f"{now:%Y-%m-%d_%H%M%S}-{reason}")
    _check_space(folder)
    partial = final.with_name(final.name + ".partiel")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        for name in (PRIVATE_FILE, SHARED_FILE):
            _copy(folder.path / name, partial / name)
        info = {"at": now.isoformat(), "reason": reason, "records": records}
        (partial / "info.json").write_text(json.dumps(info), "utf-8")
        partial.rename(final)
    except (OSError, sqlite.Error) as problem:
        shutil.rmtree(partial, ignore_errors=True)
        raise EnvironmentProblem(
            "backup_failed",
            _("La sauvegarde n’a pas pu être faite. Vos fiches sont intactes."),
            _("Libérez de la place sur le disque, puis réessayez."),
        ) from problem
    thin(home)
    return _read(final)


def _copy(source: Path, target: Path) -> None:
    origin, copy = sqlite.connect(source, read_only=True), sqlite.connect(target)
    try:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise EnvironmentProblem("damaged", _("La copie est abîmée : elle n’a pas été gardée."))
    finally:
        origin.close()
        copy.close()


def _free_name(home: Path, name: str) -> Path:
    found, n = home / name, 2
    while found.exists():
        found, n = home / f"{name}-{n}", n + 1
    return found


def _check_space(folder: Folder) -> None:
    size = sum((folder.path / name).stat().st_size for name in (PRIVATE_FILE, SHARED_FILE))
    if shutil.disk_usage(folder.path).free < 3 * size + 50_000_000:
        raise EnvironmentProblem(
            "disk_full",
            _("Il n’y a plus assez de place sur le disque pour une sauvegarde. Rien n’a changé."),
            _("Libérez 200 Mo, puis réessayez."),
        )


def backups(folder: Path) -> list[Backup]:
    """The checked backups, the latest first."""
    home = folder / FOLDER
    found = (_readable(p) for p in home.iterdir() if p.is_dir()) if home.exists() else ()
    return sorted((b for b in found if b), key=lambda b: b.name, reverse=True)


def _readable(path: Path) -> Backup | None:
    try:
        return None if path.suffix == ".partiel" else _read(path)
    except (OSError, ValueError, KeyError):
        return None


def _read(path: Path) -> Backup:
    info = json.loads((path / "info.json").read_text("utf-8"))
    size = sum((path / name).stat().st_size for name in (PRIVATE_FILE, SHARED_FILE))
    return Backup(path.name, path, datetime.fromisoformat(info["at"]), info["reason"], info["records"], size)


def thin(home: Path) -> None:
    """Keep the latest of each of 12 days, 10 weeks and 9 months; never the reason to lose the most recent ones."""
    found = sorted(
        (b for p in home.iterdir() if p.is_dir() and (b := _readable(p))), key=lambda b: b.name, reverse=True
    )
    kept = {b.name for b in found[:RECENT]}
    periods: tuple[tuple[int, Callable[[Backup], object]], ...] = (
        (KEPT_DAYS, lambda b: b.at.date()),
        (KEPT_WEEKS, lambda b: b.at.isocalendar()[:2]),
        (KEPT_MONTHS, lambda b: (b.at.year, b.at.month)),
    )
    for many, period in periods:
        kept |= _latest_of(found, many, period)
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
        _("Aucune sauvegarde ne s’appelle « {name} ». Rien n’a changé.").format(name=name),
        _("Choisissez-en une dans la liste."),
    )


def restore(folder: Folder, chosen: Backup) -> None:
    """Put a backup in place of the present files. The caller has backed up the present, and reopens the folder after.

    Orders to erase given since then are applied again before anything else can read the files.
    """
    for name in (PRIVATE_FILE, SHARED_FILE):
        _check_copy(chosen.path / name)
    with folder.reading() as connection:
        orders = erasing.all_erasures(Registers(raw(connection)))
    folder.engine.dispose()
    for name in (PRIVATE_FILE, SHARED_FILE):
        fresh = folder.path / f"{name}.restaure"
        shutil.copyfile(chosen.path / name, fresh)
        for rest in ("-wal", "-shm"):
            (folder.path / (name + rest)).unlink(missing_ok=True)
        fresh.replace(folder.path / name)
    forget_index(folder.path)
    with folder.transaction() as connection:
        registers = Registers(raw(connection))
        private = PrivateValues(registers.connection)
        registers.connection.execute("DELETE FROM partage.meta WHERE key='nonce'")
        for order in orders:
            erasing.erase(registers, private, order.stamp, order.id)


def _check_copy(path: Path) -> None:
    if sqlite.read_stamp(path)[0] != sqlite.APPLICATION_ID:
        raise EnvironmentProblem("damaged", _("Cette sauvegarde est abîmée. Votre annuaire n’a pas changé."))
    copy = sqlite.connect(path, read_only=True)
    try:
        sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    finally:
        copy.close()
    if not sound:
        raise EnvironmentProblem("damaged", _("Cette sauvegarde est abîmée. Votre annuaire n’a pas changé."))


def forget_index(folder: Path) -> None:
    """The index is derived: deleting it costs only the time to build it again."""
    for rest in ("", "-wal", "-shm"):
        (folder / (INDEX_FILE + rest)).unlink(missing_ok=True)
